//! What holds for any input whatever, however wrong. The fuzz targets of `fuzz/` assert it on what
//! libFuzzer thinks of, `tests/mutations.rs` on a few thousand changed samples.
//!
//! Each module has one function that takes the bytes of an input and panics where something
//! doesn't hold.

#![allow(dead_code, clippy::unwrap_used, clippy::panic, clippy::expect_used)]

pub mod data_file;
pub mod form_file;
pub mod formula;
pub mod workbook;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use nianbao::font::{Faces, Library, Search};
use nianbao::form::{Form, Script};
use nianbao::report::Report;
use nianbao::text::{Finding, Lang, Message, Place, Source};

/// Longest drawing of one finding, in bytes: nobody reads a screenful of one.
const LONGEST_DRAWING: usize = 16 * 1024;

/// The root of the project, from the tests' crate or from that of the fuzz targets.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    match here.file_name() {
        Some(name) if name == "fuzz" => here.parent().unwrap().to_owned(),
        _ => here.to_owned(),
    }
}

static LIBRARY: LazyLock<Library> =
    LazyLock::new(|| Library::open(&Search::standard(Some(root().join("fonts")))).unwrap());

thread_local! {
    /// The faces of simplified script.
    static FACES: Faces<'static> = LIBRARY.faces(Script::Hans).unwrap();
}

/// Whether a character can be printed, by the fonts of the project.
pub fn covers(c: char) -> bool {
    FACES.with(|faces| faces.covers(c))
}

/// A small form, on which more of an input's bytes matter than on the official ones.
pub fn small_form() -> Arc<Form> {
    static FORM: LazyLock<Arc<Form>> = LazyLock::new(|| {
        let source = Source::new("small-form.toml", include_str!("small-form.toml"));
        Arc::new(Form::read(source).unwrap())
    });
    Arc::clone(&FORM)
}

/// Asserts that findings can be shown: each lies in a text, says what is wrong in both languages
/// on one line, and is drawn without anything that a terminal would obey.
fn presentable(findings: &[Finding]) {
    for finding in findings {
        let related = finding.related.iter();
        let places = related
            .clone()
            .filter_map(|related| related.place.as_ref())
            .chain(&finding.place);
        for place in places {
            lies_in_its_text(place);
        }
        let messages = related.map(|related| &related.message);
        for message in messages.chain([&finding.message]).chain(&finding.remedy) {
            says_something(message);
        }
        for lang in [Lang::Zh, Lang::En] {
            let drawn = finding.human(lang, false);
            assert!(drawn.contains(finding.code.as_str()), "{drawn}");
            assert!(drawn.len() <= LONGEST_DRAWING, "{} bytes", drawn.len());
            let odd = drawn.chars().find(|c| *c != '\n' && !may_be_shown(*c));
            assert_eq!(odd, None, "{drawn:?}");
            let row = finding.json(lang);
            assert!(!row.contains('\n') && row.len() > 2, "{row}");
            let row: serde_json::Value = serde_json::from_str(&row).unwrap();
            assert_eq!(row["code"], finding.code.as_str());
        }
    }
}

fn lies_in_its_text(place: &Place) {
    let text = place.source.text();
    assert!(text.get(place.span.clone()).is_some(), "{:?}", place.span);
    let position = place.position();
    assert!(position.line >= 1 && position.column >= 1);
    if place.cell().is_none() {
        assert!(position.line <= text.matches('\n').count() + 1);
        assert!(position.column <= text.len() + 1);
    }
}

fn says_something(message: &Message) {
    for words in [&message.zh, &message.en] {
        assert!(!words.trim().is_empty());
        assert!(!words.contains(['\n', '\r']), "{words:?}");
    }
}

/// Controls and the marks that turn a line round (UAX #9, 2) never reach a terminal.
fn may_be_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Everything that a report says, without places.
pub fn said(report: &Report) -> Vec<String> {
    let signed = report.particulars.has_table("signature");
    let date = report.particulars.date().map(|(date, _)| date);
    let mut said = vec![
        format!(
            "{} {} {:?} {:?}",
            report.form.id, report.year, report.script, report.scope
        ),
        format!("{signed} {date:?}"),
    ];
    said.extend(report.worded().map(|worded| worded.text.clone()));
    for (figure, spec) in report.figures.iter().zip(&report.form.figures) {
        said.push(format!("{} {}", spec.key, figure.value));
    }
    said
}
