//! Reading and checking data files, whatever is to be made of them.

use std::path::Path;
use std::sync::Arc;

use super::previous::{self, Previous};
use super::{Outcome, Stop};
use crate::check::{self, Checked};
use crate::data;
use crate::fault::Fault;
use crate::finding::{self, Finding, Severity};
use crate::font::Faces;
use crate::form::{Form, Script};
use crate::intake;
use crate::report::{self, Reading};
use crate::source::{self, Source};

/// What every data file of a run is read and checked with.
pub struct Desk<'a> {
    /// The forms, those that come first before others for the same year.
    pub forms: &'a [Arc<Form>],
    /// Whether a warning stops a file as an error does.
    pub deny_warnings: bool,
    /// Where last year's reports are.
    pub previous: Previous,
    /// The year by the clock; none where no report is doubted for being too early.
    pub this_year: Option<i32>,
}

impl<'a> Desk<'a> {
    /// A desk with these forms; warnings don't stop a file, and no other year is looked at.
    pub fn new(forms: &'a [Arc<Form>]) -> Self {
        Self {
            forms,
            deny_warnings: false,
            previous: Previous::None,
            this_year: None,
        }
    }

    /// Reads the data file or workbook at `path` and checks it. `faces` gives the faces that are to
    /// print a script; none where nothing is to be printed.
    pub fn read<'f>(
        &self,
        path: &Path,
        faces: impl FnOnce(Script) -> Result<Option<&'f Faces<'f>>, Fault>,
    ) -> Outcome<Checked> {
        let mut outcome = Outcome {
            findings: Vec::new(),
            notes: Vec::new(),
            result: Err(Stop::Findings),
        };
        match self.checked(path, faces, &mut outcome) {
            Ok(Some(checked)) => outcome.result = Ok(checked),
            Ok(None) => {}
            Err(stop) => outcome.result = Err(stop),
        }
        outcome
    }

    /// The checked report, with what was found on the way put into `outcome`; none after an error.
    fn checked<'f>(
        &self,
        path: &Path,
        faces: impl FnOnce(Script) -> Result<Option<&'f Faces<'f>>, Fault>,
        outcome: &mut Outcome<Checked>,
    ) -> Result<Option<Checked>, Stop> {
        let reading = self.open(path)?;
        outcome.findings = reading.findings;
        let Some(report) = reading.report else {
            return Ok(None);
        };
        let this_year = self.this_year;
        let future = this_year.and_then(|this_year| check::future(&report, this_year));
        outcome.findings.extend(future);
        let mut previous = None;
        match self.previous.find(&report, self)? {
            previous::Found::NotAsked => {}
            previous::Found::Nothing(note) => outcome.notes.push(note),
            previous::Found::Report(report) => previous = Some(report),
            previous::Found::Unusable(findings) => outcome.findings.extend(findings),
        }
        // Without fonts the figures can still be checked: the clerk hears of both at once.
        let faces = faces(report.script);
        let covers = |c| match &faces {
            Ok(Some(faces)) => faces.covers(c),
            Ok(None) | Err(_) => true,
        };
        let checking = check::check(report, previous.as_deref(), covers);
        outcome.findings.extend(checking.findings);
        finding::sort(&mut outcome.findings);
        if self.deny_warnings {
            deny(&mut outcome.findings);
        }
        faces.map_err(Stop::Fault)?;
        let sound = !finding::any_error(&outcome.findings);
        Ok(checking.checked.filter(|_| sound))
    }

    /// Reads the data file or workbook at `path` (standard input where it is `-`) against its form. A
    /// file whose content is neither is a reading with a finding.
    pub(super) fn open(&self, path: &Path) -> Result<Reading, Stop> {
        let bytes =
            source::read_bytes(path).map_err(|error| Stop::Fault(Fault::io(path, &error)))?;
        let folder = folder(path);
        let name = path.display().to_string();
        if intake::is_workbook(path, &bytes) {
            return Ok(intake::read(&name, &bytes, self.forms).report(self.forms, folder));
        }
        Ok(match Source::from_bytes(name, bytes) {
            Ok(source) => report::read(&data::read(&Arc::new(source)), self.forms, folder),
            Err(finding) => Reading {
                report: None,
                findings: vec![*finding],
            },
        })
    }
}

/// Where the files lie that the data file at `path` may name.
pub(super) fn folder(path: &Path) -> Option<&Path> {
    if path == Path::new("-") {
        return None;
    }
    path.parent().map(|folder| match folder.as_os_str() {
        here if here.is_empty() => Path::new("."),
        _ => folder,
    })
}

/// Makes every warning an error.
fn deny(findings: &mut [Finding]) {
    for finding in findings {
        finding.severity = Severity::Error;
    }
}
