//! The whole way from a data file to its outputs, for the command line and for tests.
//!
//! Nothing is written here and nothing shown: out come findings, and a document or bytes.

mod desk;
mod previous;
mod rollup;

pub use desk::Desk;
pub use previous::{Previous, organ_and_year};
pub use rollup::{ParentReport, Pile, Piled, kept, read_report};

use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::check::Checked;
use crate::document::{self, Document};
use crate::fault::Fault;
use crate::font::{self, Faces, Library};
use crate::form::{Form, Script};
use crate::intake;
use crate::layout;
use crate::pdf;
use crate::style::Style;
use crate::text::{Finding, Message};
use crate::xlsx;

/// What every data file of a run is made into outputs with. It is shared by all of them and
/// changed by none.
pub struct Press<'a> {
    /// What they are read and checked with.
    pub desk: Desk<'a>,
    /// The fonts.
    pub library: &'a Library,
    /// How the pages look.
    pub style: Style,
    /// The faces of each script, looked up when the first report in it comes.
    hans: OnceLock<Result<Faces<'a>, font::Fault>>,
    hant: OnceLock<Result<Faces<'a>, font::Fault>>,
}

/// The threads of a run share one press: what is put into it must not take that away.
const _: () = {
    const fn shared<T: Sync>() {}
    shared::<Press<'static>>();
};

/// Why there is no result.
#[derive(Debug)]
pub enum Stop {
    /// A finding is an error.
    Findings,
    /// The work itself failed.
    Fault(Fault),
}

/// What became of a data file.
#[derive(Debug)]
pub struct Outcome<T> {
    /// Everything that was found, in file order.
    pub findings: Vec<Finding>,
    /// What else there is to say, such as that last year's report is not there.
    pub notes: Vec<Message>,
    /// The result, or why there is none.
    pub result: Result<T, Stop>,
}

impl<T> Outcome<T> {
    /// The same with another result.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Outcome<U> {
        Outcome {
            findings: self.findings,
            notes: self.notes,
            result: self.result.map(make),
        }
    }

    /// Goes on with the result, where there is one.
    pub fn and_then<U>(self, next: impl FnOnce(T) -> Result<U, Stop>) -> Outcome<U> {
        Outcome {
            findings: self.findings,
            notes: self.notes,
            result: self.result.and_then(next),
        }
    }
}

/// Which outputs are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The filed PDF.
    pub pdf: bool,
    /// The workbook.
    pub xlsx: bool,
}

/// The outputs of one report, as far as wanted.
#[derive(Debug)]
pub struct Outputs {
    /// The PDF.
    pub pdf: Option<Pdf>,
    /// The workbook's bytes.
    pub xlsx: Option<Vec<u8>>,
}

/// A PDF and what there is to say about it.
#[derive(Debug)]
pub struct Pdf {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
}

impl<'a> Press<'a> {
    /// A press with these forms and fonts, in the standard style; warnings don't stop it.
    pub fn new(forms: &'a [Arc<Form>], library: &'a Library) -> Self {
        Self {
            desk: Desk::new(forms),
            library,
            style: Style::default(),
            hans: OnceLock::new(),
            hant: OnceLock::new(),
        }
    }

    /// The faces that print `script`.
    ///
    /// # Errors
    /// The fault of the font library, the same each time.
    pub fn faces(&self, script: Script) -> Result<&Faces<'a>, Fault> {
        let slot = match script {
            Script::Hans => &self.hans,
            Script::Hant => &self.hant,
        };
        slot.get_or_init(|| self.library.faces(script))
            .as_ref()
            .map_err(Fault::font)
    }
}

/// What a workbook becomes.
#[derive(Debug)]
pub struct Imported {
    /// The text of a data file; after an error it is not what the workbook means.
    pub text: Option<String>,
    /// What is wrong with the workbook. Whether its figures add up is not asked.
    pub findings: Vec<Finding>,
}

/// Reads the workbook at `path` into the text of a data file.
///
/// # Errors
/// What the system says where it can't be read.
pub fn import(path: &Path, forms: &[Arc<Form>]) -> std::io::Result<Imported> {
    let bytes = crate::text::read_bytes(path)?;
    let intake = intake::read(&path.display().to_string(), &bytes, forms);
    let text = intake
        .source
        .as_ref()
        .map(|source| source.text().to_owned());
    let mut findings = intake.report(forms, desk::folder(path)).findings;
    // The seal's picture belongs beside the data file, which may go anywhere.
    findings.retain(|finding| finding.key.as_deref() != Some("signature.seal"));
    Ok(Imported { text, findings })
}

/// Reads the data file at `path` and checks it, also whether the faces can print it.
pub fn read_checked(path: &Path, press: &Press<'_>) -> Outcome<Checked> {
    press
        .desk
        .read(path, |script| press.faces(script).map(Some))
}

/// As [`read_checked`], and makes the document.
pub fn read_document(path: &Path, press: &Press<'_>) -> Outcome<Document> {
    read_checked(path, press).map(|checked| document::build(&checked))
}

/// Makes the wanted outputs of a document. `path` is the data file's, for the fault's sake.
///
/// # Errors
/// A font that is missing, or a back end that failed.
pub fn render(
    document: &Document,
    path: &Path,
    press: &Press<'_>,
    wanted: Wanted,
) -> Result<Outputs, Fault> {
    let pdf = wanted.pdf.then(|| pdf(document, path, press)).transpose()?;
    let xlsx = wanted.xlsx.then(|| xlsx::write(document)).transpose();
    let xlsx = xlsx.map_err(|error| Fault::output(path, "xlsx", &error))?;
    Ok(Outputs { pdf, xlsx })
}

fn pdf(document: &Document, path: &Path, press: &Press<'_>) -> Result<Pdf, Fault> {
    let faces = press.faces(document.script)?;
    let pages = layout::lay_out(document, faces, &press.style.page);
    let bytes = pdf::write(&pages, document, faces, &press.style.print)
        .map_err(|error| Fault::output(path, "PDF", &error))?;
    Ok(Pdf {
        bytes,
        pages: pages.count(),
    })
}
