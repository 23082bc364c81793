//! A data file becomes the filed PDF and the workbook, as bytes: `cargo run --example report`.

#![allow(clippy::print_stdout)]

use std::error::Error;

use nianbao::document::Document;
use nianbao::font::{Library, Search};
use nianbao::form::Forms;
use nianbao::layout::{self, PageStyle};
use nianbao::pdf::{self, PrintStyle};
use nianbao::report::Report;
use nianbao::text::Source;
use nianbao::xlsx;

fn main() -> Result<(), Box<dyn Error>> {
    // What all reports share: the mandated forms, and the fonts of `fonts/`.
    let forms = Forms::builtin()?;
    let library = Library::open(&Search::standard(None))?;

    // Read against the form of its year: every value is typed and knows its place in the text.
    let text = include_str!("../samples/qingshi-2024.toml");
    let report = Report::read(Source::new("qingshi-2024.toml", text), &forms)?;

    // Checked: an error stops here, so nothing wrong can reach a printer.
    let faces = library.faces(report.script)?;
    let checked = report.check(None, |c| faces.covers(c))?;

    // What is to be shown, and from it both outputs.
    let document = Document::of(&checked);
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
