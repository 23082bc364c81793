//! Many reports on all cores: forms and fonts are shared by the threads, nothing is kept between
//! reports, and the same report gives the same bytes on each: `cargo run --example many_reports`.

#![allow(clippy::print_stdout)]

use std::error::Error;

use nianbao::document::Document;
use nianbao::font::{Faces, Library, Search};
use nianbao::form::{Forms, Script};
use nianbao::layout::{self, PageStyle};
use nianbao::pdf::{self, PrintStyle};
use nianbao::report::Report;
use nianbao::text::Source;
use rayon::prelude::*;

fn main() -> Result<(), Box<dyn Error>> {
    let forms = Forms::builtin()?;
    let library = Library::open(&Search::standard(None))?;
    let faces = library.faces(Script::Hans)?;

    let sample = include_str!("../samples/qingshi-2024.toml");
    let texts = (1..=20).map(|number| sample.replace("青石县", &format!("第{number}县")));
    let texts: Vec<String> = texts.collect();
    let pdfs = texts.par_iter().map(|text| pdf(text, &forms, &faces));
    let pdfs: Result<Vec<Vec<u8>>, String> = pdfs.collect();
    let pdfs = pdfs?;

    let bytes: usize = pdfs.iter().map(Vec::len).sum();
    println!("{} reports, {bytes} bytes", pdfs.len());
    Ok(())
}

/// The PDF of a data file, or what is wrong with it.
fn pdf(text: &str, forms: &Forms, faces: &Faces<'_>) -> Result<Vec<u8>, String> {
    let report = Report::read(Source::new("report.toml", text), forms);
    let checked = report.and_then(|report| report.check(None, |c| faces.covers(c)));
    let document = Document::of(&checked.map_err(|findings| findings.to_string())?);
    let pages = layout::lay_out(&document, faces, &PageStyle::default());
    let pdf = pdf::write(&pages, &document, faces, &PrintStyle::default());
    pdf.map_err(|error| error.to_string())
}
