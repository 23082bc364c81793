//! The whole way from a data file to its outputs, for the command line and for tests.
//!
//! Nothing is written here and nothing shown: out come findings, and a document or bytes.

mod desk;
mod previous;
mod rollup;

pub use desk::Desk;
pub use previous::{Previous, whose};
pub use rollup::{ParentReport, Pile, kept, read_report};

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread;

use crate::digest::Digest;
use crate::document::Document;
use crate::font::{Faces, FontError, Library};
use crate::form::{Form, Script};
use crate::intake;
use crate::layout;
use crate::pdf;
use crate::style::Style;
use crate::text::{self, Failure, Findings, Message, ReadError};
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
    /// Whether a report's outputs are made at the same time, for a run of one report: where there
    /// are many, each core has one of its own.
    pub side_by_side: bool,
    /// The faces of each script, looked up when the first report in it comes.
    hans: OnceLock<Result<Faces<'a>, FontError>>,
    hant: OnceLock<Result<Faces<'a>, FontError>>,
    layout: layout::Layouter,
    pdf: pdf::Writer,
    xlsx: xlsx::Writer,
}

/// The threads of a run share one press: what is put into it must not take that away.
const _: () = {
    const fn shared<T: Sync>() {}
    shared::<Press<'static>>();
};

/// What became of a data file.
#[derive(Debug)]
pub struct Outcome<T> {
    /// Everything that was found, in file order.
    pub findings: Findings,
    /// What else there is to say, such as that last year's report is not there.
    pub notes: Vec<Message>,
    /// The result; none where a finding is an error.
    pub result: Result<Option<T>, Failure>,
}

impl<T> Outcome<T> {
    /// The same with another result.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Outcome<U> {
        self.and_then(|result| Ok(make(result)))
    }

    /// Goes on with the result, where there is one.
    pub fn and_then<U>(self, next: impl FnOnce(T) -> Result<U, Failure>) -> Outcome<U> {
        Outcome {
            findings: self.findings,
            notes: self.notes,
            result: self.result.and_then(|result| result.map(next).transpose()),
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
            side_by_side: false,
            hans: OnceLock::new(),
            hant: OnceLock::new(),
            layout: layout::Layouter::default(),
            pdf: pdf::Writer::default(),
            xlsx: xlsx::Writer::default(),
        }
    }

    /// The faces that print `script`.
    ///
    /// # Errors
    /// What is wrong with the fonts, the same each time.
    pub fn faces(&self, script: Script) -> Result<&Faces<'a>, Failure> {
        let slot = match script {
            Script::Hans => &self.hans,
            Script::Hant => &self.hant,
        };
        slot.get_or_init(|| self.library.faces(script))
            .as_ref()
            .map_err(Failure::from)
    }
}

/// Reads the workbook at `path` into the text of a data file.
///
/// # Errors
/// What the system says where it can't be read, and what is wrong with the workbook.
pub fn import(path: &Path, forms: &[Arc<Form>]) -> Result<String, ReadError> {
    let bytes = text::read_bytes(path)?;
    let name = path.display().to_string();
    Ok(intake::data_file(
        &name,
        &bytes,
        forms,
        text::folder_of(path),
    )?)
}

/// Reads the data file at `path`, checks it and makes its document.
pub fn read_document(path: &Path, press: &Press<'_>) -> Outcome<Document> {
    press
        .desk
        .read(path, |script| press.faces(script).map(Some))
        .map(|checked| Document::of(&checked))
}

/// What each output is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeOf {
    /// The PDF.
    pub pdf: Digest,
    /// The workbook.
    pub xlsx: Digest,
}

/// What the outputs of a document are made of. They carry it
/// ([`pdf::carried`], [`xlsx::carried`]).
///
/// # Errors
/// A font that is missing.
pub fn made_of(document: &Document, press: &Press<'_>) -> Result<MadeOf, Failure> {
    let faces = press.faces(document.script)?;
    let Style { page, print, .. } = &press.style;
    Ok(MadeOf {
        pdf: pdf::made_of(document, faces, page, print),
        xlsx: xlsx::made_of(document),
    })
}

/// Makes the wanted outputs of a document. `path` is the data file's, for the failure's sake.
///
/// # Errors
/// A font that is missing, or a back end that failed.
pub fn render(
    document: &Document,
    path: &Path,
    press: &Press<'_>,
    wanted: Wanted,
) -> Result<Outputs, Failure> {
    let pdf = || wanted.pdf.then(|| pdf(document, path, press)).transpose();
    let xlsx = || {
        let made = wanted.xlsx.then(|| press.xlsx.write(document)).transpose();
        made.map_err(|error| Failure::output(path, "xlsx", &error))
    };
    let (pdf, xlsx) = if press.side_by_side && wanted.pdf && wanted.xlsx {
        thread::scope(|scope| {
            let xlsx = scope.spawn(xlsx);
            (
                pdf(),
                xlsx.join().unwrap_or_else(|panic| resume_unwind(panic)),
            )
        })
    } else {
        (pdf(), xlsx())
    };
    let (pdf, xlsx) = (pdf?, xlsx?);
    Ok(Outputs { pdf, xlsx })
}

fn pdf(document: &Document, path: &Path, press: &Press<'_>) -> Result<Pdf, Failure> {
    let faces = press.faces(document.script)?;
    let pages = press.layout.lay_out(document, faces, &press.style.page);
    let bytes = press
        .pdf
        .write(&pages, document, faces, &press.style.print)
        .map_err(|error| Failure::output(path, "PDF", &error))?;
    Ok(Pdf {
        bytes,
        pages: pages.count(),
    })
}
