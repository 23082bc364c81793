//! The whole way from a data file to its outputs, for the command line and for tests.
//!
//! Nothing is written here and nothing shown: out come findings, and a document or bytes.

mod previous;

pub use previous::Previous;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::check;
use crate::data;
use crate::document::{self, Document};
use crate::fault::Fault;
use crate::finding::{self, Finding, Message, Severity};
use crate::font::{self, Faces, Library};
use crate::form::{Form, Script};
use crate::intake;
use crate::layout;
use crate::pdf;
use crate::report::{self, Reading};
use crate::source::{self, Source};
use crate::style::Style;
use crate::xlsx;

/// What every data file of a run is worked on with. It is shared by all of them and changed by
/// none.
pub struct Press<'a> {
    /// The forms, those that come first before others for the same year.
    pub forms: &'a [Arc<Form>],
    /// The fonts.
    pub library: &'a Library,
    /// Whether a warning stops a file as an error does.
    pub deny_warnings: bool,
    /// Where last year's reports are.
    pub previous: Previous,
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
            forms,
            library,
            deny_warnings: false,
            previous: Previous::None,
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

/// Reads the data file or workbook at `path` (standard input where it is `-`) against its form. A
/// file whose content is neither is a reading with a finding.
fn open(path: &Path, press: &Press<'_>) -> Result<Reading, Stop> {
    let bytes = source::read_bytes(path).map_err(|error| Stop::Fault(Fault::io(path, &error)))?;
    let folder = folder(path);
    let name = path.display().to_string();
    if intake::is_workbook(path, &bytes) {
        return Ok(intake::read(&name, &bytes, press.forms).report(press.forms, folder));
    }
    Ok(match Source::from_bytes(name, bytes) {
        Ok(source) => report::read(&data::read(&Arc::new(source)), press.forms, folder),
        Err(finding) => Reading {
            report: None,
            findings: vec![*finding],
        },
    })
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
    let bytes = source::read_bytes(path)?;
    let intake = intake::read(&path.display().to_string(), &bytes, forms);
    let text = intake
        .source
        .as_ref()
        .map(|source| source.text().to_owned());
    let mut findings = intake.report(forms, folder(path)).findings;
    // The seal's picture belongs beside the data file, which may go anywhere.
    findings.retain(|finding| finding.key.as_deref() != Some("signature.seal"));
    Ok(Imported { text, findings })
}

/// Where the files lie that the data file at `path` may name.
fn folder(path: &Path) -> Option<&Path> {
    if path == Path::new("-") {
        return None;
    }
    path.parent().map(|folder| match folder.as_os_str() {
        here if here.is_empty() => Path::new("."),
        _ => folder,
    })
}

/// Reads the data file at `path`, checks it and makes its document.
pub fn read_document(path: &Path, press: &Press<'_>) -> Outcome<Document> {
    let mut outcome = Outcome {
        findings: Vec::new(),
        notes: Vec::new(),
        result: Err(Stop::Findings),
    };
    match document(path, press, &mut outcome) {
        Ok(Some(document)) => outcome.result = Ok(document),
        Ok(None) => {}
        Err(stop) => outcome.result = Err(stop),
    }
    outcome
}

/// The document, with what was found on the way put into `outcome`; none after an error.
fn document(
    path: &Path,
    press: &Press<'_>,
    outcome: &mut Outcome<Document>,
) -> Result<Option<Document>, Stop> {
    let reading = open(path, press)?;
    outcome.findings = reading.findings;
    let Some(report) = reading.report else {
        return Ok(None);
    };
    let mut previous = None;
    match press.previous.find(&report, press)? {
        previous::Found::NotAsked => {}
        previous::Found::Nothing(note) => outcome.notes.push(note),
        previous::Found::Report(report) => previous = Some(report),
        previous::Found::Unusable(findings) => outcome.findings.extend(findings),
    }
    // Without fonts the figures can still be checked: the clerk hears of both at once.
    let faces = press.faces(report.script);
    let checking = check::check(report, previous.as_deref(), |c| {
        faces.as_ref().map_or(true, |faces| faces.covers(c))
    });
    outcome.findings.extend(checking.findings);
    finding::sort(&mut outcome.findings);
    if press.deny_warnings {
        deny(&mut outcome.findings);
    }
    faces.map_err(Stop::Fault)?;
    let sound = !finding::any_error(&outcome.findings);
    Ok(checking
        .checked
        .filter(|_| sound)
        .map(|checked| document::build(&checked)))
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
    let pdf = if wanted.pdf {
        let faces = press.faces(document.script)?;
        let pages = layout::lay_out(document, faces, &press.style.page);
        let bytes = pdf::write(&pages, document, faces, &press.style.print)
            .map_err(|error| Fault::output(path, "PDF", &error))?;
        Some(Pdf {
            bytes,
            pages: pages.count(),
        })
    } else {
        None
    };
    let xlsx = if wanted.xlsx {
        Some(xlsx::write(document).map_err(|error| Fault::output(path, "xlsx", &error))?)
    } else {
        None
    };
    Ok(Outputs { pdf, xlsx })
}

/// Makes every warning an error.
fn deny(findings: &mut [Finding]) {
    for finding in findings {
        finding.severity = Severity::Error;
    }
}
