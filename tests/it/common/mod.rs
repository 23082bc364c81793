//! The way from a data file to a document, for tests.

pub mod calc;
pub mod pages;
pub mod specimen;
pub mod units;

use std::path::Path;
use std::sync::Arc;

use nianbao::check::Checked;
use nianbao::document::{Block, Document};
use nianbao::form::{Form, Forms};
use nianbao::report::Report;
use nianbao::text::{Finding, Findings, Lang, Source};
use rust_decimal::Decimal;

/// A file of the project, by its path from the root.
pub fn project_file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Reads a data file's text against the built-in forms.
pub fn read(text: &str) -> Result<Report, Findings> {
    Report::read(Source::new("data.toml", text), &Forms::builtin().unwrap())
}

/// The report of a data file without faults.
pub fn report(text: &str) -> Report {
    read(text).unwrap_or_else(|findings| panic!("{}", shown(&findings)))
}

/// The report checked alone, where nothing stops it.
pub fn checked(report: Report) -> Checked {
    let checked = report.check(None, |_| true);
    checked.unwrap_or_else(|findings| panic!("{}", shown(&findings)))
}

/// All that a check found.
pub fn found(checked: Result<Checked, Findings>) -> Findings {
    checked.map_or_else(|findings| findings, |checked| checked.warnings().clone())
}

/// All findings of a data file, those of the figures included.
pub fn findings(text: &str) -> Findings {
    match read(text) {
        Ok(report) => found(report.check(None, |_| true)),
        Err(findings) => findings,
    }
}

/// The document of a data file without faults. Doubts are left to the tests that are about them: a
/// figure or a name that a test changes may not be what the text says.
pub fn document(text: &str) -> Document {
    Document::of(&checked(report(text)))
}

/// The document of a data file without faults, read against a form of the user's own.
pub fn document_of_form(form: &str, text: &str) -> Document {
    let form = Form::read(Source::new("form.toml", form)).unwrap();
    let report = Report::read(Source::new("data.toml", text), &[Arc::new(form)]);
    let checked = checked(report.unwrap());
    assert!(checked.warnings().is_empty(), "{}", checked.warnings());
    Document::of(&checked)
}

/// Gives every figure of a document the same value.
pub fn set_figures(document: &mut Document, number: Decimal) {
    for block in &mut document.blocks {
        if let Block::Table(table) = block {
            for value in Arc::make_mut(table.values.as_mut().unwrap()) {
                value.number = number;
            }
        }
    }
}

/// Findings as a person sees them.
pub fn shown(findings: &[Finding]) -> String {
    let texts: Vec<String> = findings.iter().map(|f| f.human(Lang::Zh, false)).collect();
    texts.join("\n\n")
}
