//! A data file becomes the filed PDF and the workbook, as bytes: `cargo run --example report`.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::sync::Arc;

use nianbao::finding::{Finding, Lang, text};
use nianbao::font::{Library, Search};
use nianbao::layout::{self, PageStyle};
use nianbao::pdf::{self, PrintStyle};
use nianbao::source::Source;
use nianbao::{check, data, document, form, report, xlsx};

fn main() -> Result<(), Box<dyn Error>> {
    // What all reports share: the mandated forms, and the fonts of `fonts/`.
    let forms = form::builtin().map_err(told)?;
    let library = Library::open(&Search::standard(None))?;

    // Read against the form of its year: every value is typed and knows its place in the text.
    let text = include_str!("../samples/qingshi-2024.toml");
    let source = Arc::new(Source::new("qingshi-2024.toml", text));
    let reading = report::read(&data::read(&source), forms, None);
    let report = reading.report.ok_or_else(|| told(&reading.findings))?;

    // Checked: an error stops here, so nothing wrong can reach a printer.
    let faces = library.faces(report.script)?;
    let checking = check::check(report, None, |c| faces.covers(c));
    let checked = checking.checked.ok_or_else(|| told(&checking.findings))?;

    // What is to be shown, and from it both outputs.
    let document = document::build(&checked);
    let pages = layout::lay_out(&document, &faces, &PageStyle::default());
    let pdf = pdf::write(&pages, &document, &faces, &PrintStyle::default())?;
    let workbook = xlsx::write(&document)?;
    println!(
        "{}: a PDF of {} bytes, a workbook of {} bytes",
        document.organ,
        pdf.len(),
        workbook.len()
    );
    Ok(())
}

/// Findings as a person reads them.
fn told(findings: &[Finding]) -> String {
    let drawn = findings.iter().map(|it| text::render(it, Lang::En, false));
    drawn.collect::<Vec<_>>().join("\n\n")
}
