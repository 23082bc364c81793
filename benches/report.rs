//! How long each phase of a report takes, and all of them: `cargo bench`.
//!
//! `first` is a report by itself, with nothing kept from another; `next` is one of many.

#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use nianbao::check::Checked;
use nianbao::document::Document;
use nianbao::font::{Faces, Library, Search};
use nianbao::form::{Forms, Script};
use nianbao::layout::{self, PageStyle, Pages};
use nianbao::pdf::{self, PrintStyle};
use nianbao::report::Report;
use nianbao::text::Source;
use nianbao::xlsx;

/// A report on each form, in each script.
const SAMPLES: [&str; 2] = ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"];

fn main() {
    divan::main();
}

fn text(sample: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(sample);
    std::fs::read_to_string(path).unwrap()
}

fn faces(script: Script) -> &'static Faces<'static> {
    static LIBRARY: LazyLock<Library> =
        LazyLock::new(|| Library::open(&Search::standard(None)).unwrap());
    static HANS: LazyLock<Faces<'static>> = LazyLock::new(|| LIBRARY.faces(Script::Hans).unwrap());
    static HANT: LazyLock<Faces<'static>> = LazyLock::new(|| LIBRARY.faces(Script::Hant).unwrap());
    match script {
        Script::Hans => &HANS,
        Script::Hant => &HANT,
    }
}

/// The phases before the document: reading, checking.
fn checked(text: &str) -> Checked {
    let source = Source::new("data.toml", text);
    let report = Report::read(source, &Forms::builtin().unwrap()).unwrap();
    let faces = faces(report.script);
    report.check(None, |c| faces.covers(c)).unwrap()
}

fn document(sample: &str) -> Document {
    Document::of(&checked(&text(sample)))
}

fn pages(document: &Document) -> Pages {
    layout::lay_out(document, faces(document.script), &PageStyle::default())
}

#[divan::bench(args = SAMPLES)]
fn a_read_and_check(bencher: Bencher<'_, '_>, sample: &str) {
    let text = text(sample);
    Forms::builtin().unwrap();
    bencher.bench(|| checked(&text));
}

#[divan::bench(args = SAMPLES)]
fn b_document(bencher: Bencher<'_, '_>, sample: &str) {
    let checked = checked(&text(sample));
    bencher.bench(|| Document::of(&checked));
}

#[divan::bench(args = SAMPLES)]
fn c_layout(bencher: Bencher<'_, '_>, sample: &str) {
    let document = document(sample);
    bencher.bench(|| pages(&document));
}

#[divan::bench(args = SAMPLES)]
fn d_pdf(bencher: Bencher<'_, '_>, sample: &str) {
    let document = document(sample);
    let (pages, style) = (pages(&document), PrintStyle::default());
    bencher.bench(|| pdf::write(&pages, &document, faces(document.script), &style).unwrap());
}

#[divan::bench(args = SAMPLES)]
fn e_xlsx(bencher: Bencher<'_, '_>, sample: &str) {
    let document = document(sample);
    bencher.bench(|| xlsx::write(&document).unwrap());
}

/// From the text of a data file to PDF and workbook.
#[divan::bench(args = SAMPLES)]
fn f_whole_next(bencher: Bencher<'_, '_>, sample: &str) {
    let text = text(sample);
    bencher.bench(|| {
        let document = Document::of(&checked(&text));
        let faces = faces(document.script);
        let pages = layout::lay_out(&document, faces, &PageStyle::default());
        let pdf = pdf::write(&pages, &document, faces, &PrintStyle::default());
        (pdf.unwrap(), xlsx::write(&document).unwrap())
    });
}
