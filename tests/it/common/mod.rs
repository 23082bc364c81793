//! The way from a data file to a document, for tests.

pub mod calc;
pub mod pages;
pub mod specimen;
pub mod units;

use std::path::Path;
use std::sync::Arc;

use nianbao::document::Document;
use nianbao::finding::{Finding, Lang, text};
use nianbao::report::Report;
use nianbao::source::Source;
use nianbao::{check, data, document, form, report};

/// A file of the project, by its path from the root.
pub fn project_file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Reads a data file's text against the built-in forms.
pub fn read(text: &str) -> report::Reading {
    let source = Arc::new(Source::new("data.toml", text));
    report::read(&data::read(&source), form::builtin().unwrap(), None)
}

/// The report of a data file without faults.
pub fn report(text: &str) -> Report {
    let reading = read(text);
    assert!(reading.findings.is_empty(), "{}", shown(&reading.findings));
    reading.report.unwrap()
}

/// All findings of a data file, those of the figures included.
pub fn findings(text: &str) -> Vec<Finding> {
    let mut reading = read(text);
    if let Some(report) = reading.report {
        reading
            .findings
            .extend(check::check(report, None, |_| true).findings);
    }
    reading.findings
}

/// The document of a data file without faults. Doubts are left to the tests that are about them: a
/// figure or a name that a test changes may not be what the text says.
pub fn document(text: &str) -> Document {
    let checking = check::check(report(text), None, |_| true);
    let sound = checking.checked;
    document::build(&sound.unwrap_or_else(|| panic!("{}", shown(&checking.findings))))
}

/// The document of a data file without faults, read against a form of the user's own.
pub fn document_of_form(form: &str, text: &str) -> Document {
    let form = form::load(&Arc::new(Source::new("form.toml", form)));
    let form = Arc::new(form.unwrap_or_else(|findings| panic!("{}", shown(&findings))));
    let source = Arc::new(Source::new("data.toml", text));
    let reading = report::read(&data::read(&source), &[form], None);
    assert!(reading.findings.is_empty(), "{}", shown(&reading.findings));
    let checking = check::check(reading.report.unwrap(), None, |_| true);
    assert!(
        checking.findings.is_empty(),
        "{}",
        shown(&checking.findings)
    );
    document::build(&checking.checked.unwrap())
}

/// Findings as a person sees them.
pub fn shown(findings: &[Finding]) -> String {
    let texts: Vec<String> = findings
        .iter()
        .map(|f| text::render(f, Lang::Zh, false))
        .collect();
    texts.join("\n\n")
}
