//! Many reports on all cores: forms and fonts are shared by the threads, nothing is kept between
//! reports, and the same report gives the same bytes on each: `cargo run --example many_reports`.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::sync::Arc;

use nianbao::finding::{Finding, Lang, text};
use nianbao::font::{Faces, Library, Search};
use nianbao::form::{self, Form, Script};
use nianbao::layout::{self, PageStyle};
use nianbao::pdf::{self, PrintStyle};
use nianbao::source::Source;
use nianbao::{check, data, document, report};
use rayon::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let forms = form::builtin().map_err(told)?;
    let library = Library::open(&Search::standard(None))?;
    let faces = library.faces(Script::Hans)?;

    let sample = include_str!("../samples/qingshi-2024.toml");
    let texts = (1..=20).map(|number| sample.replace("青石县", &format!("第{number}县")));
    let texts: Vec<String> = texts.collect();
    let pdfs = texts.par_iter().map(|text| pdf(text, forms, &faces));
    let pdfs: Vec<Vec<u8>> = pdfs.collect::<Result<_, _>>()?;

    let bytes: usize = pdfs.iter().map(Vec::len).sum();
    println!("{} reports, {bytes} bytes", pdfs.len());
    Ok(())
}

/// The PDF of a data file, or what is wrong with it.
fn pdf(text: &str, forms: &[Arc<Form>], faces: &Faces<'_>) -> Result<Vec<u8>, String> {
    let source = Arc::new(Source::new("report.toml", text));
    let reading = report::read(&data::read(&source), forms, None);
    let report = reading.report.ok_or_else(|| told(&reading.findings))?;
    let checking = check::check(report, None, |c| faces.covers(c));
    let checked = checking.checked.ok_or_else(|| told(&checking.findings))?;
    let document = document::build(&checked);
    let pages = layout::lay_out(&document, faces, &PageStyle::default());
    let pdf = pdf::write(&pages, &document, faces, &PrintStyle::default());
    pdf.map_err(|error| error.to_string())
}

/// Findings as a person reads them.
fn told(findings: &[Finding]) -> String {
    let drawn = findings.iter().map(|it| text::render(it, Lang::En, false));
    drawn.collect::<Vec<_>>().join("\n\n")
}
