//! Reading and checking data files, whatever is to be made of them.

use std::path::Path;
use std::sync::Arc;

use super::previous::{self, Previous};
use super::{Outcome, Renderer};
use crate::check::{self, Checked};
use crate::form::Form;
use crate::intake;
use crate::report::Report;
use crate::text::{Failure, Finding, Findings, Message, ReadError, Source, folder_of, read_bytes};

/// What every data file of a run is read and checked with.
pub struct Checker<'a> {
    /// The forms, those that come first before others for the same year.
    pub forms: &'a [Arc<Form>],
    /// Whether a warning stops a file as an error does.
    pub deny_warnings: bool,
    /// Where last year's reports are.
    pub previous: Previous,
    /// The year that it is, for a report on one that has not come; none where that is not asked.
    pub this_year: Option<i32>,
}

impl<'a> Checker<'a> {
    /// A checker with these forms; warnings don't stop a file, and no other year is looked at.
    pub fn new(forms: &'a [Arc<Form>]) -> Self {
        Self {
            forms,
            deny_warnings: false,
            previous: Previous::None,
            this_year: None,
        }
    }

    /// Reads the data file or workbook at `path` and checks it, and whether `renderer` has a glyph for
    /// all that it says; none where nothing is to be printed.
    pub fn check(&self, path: &Path, renderer: Option<&Renderer<'_>>) -> Outcome<Checked> {
        let (mut findings, mut notes) = (Vec::new(), Vec::new());
        let result = self.checked(path, renderer, &mut findings, &mut notes);
        let mut findings = Findings::from(findings);
        if self.deny_warnings {
            findings.deny_warnings();
        }
        let sound = !findings.any_error();
        Outcome {
            result: result.map(|checked| checked.filter(|_| sound)),
            findings,
            notes,
        }
    }

    /// The checked report; none after an error. What was found on the way is added to `findings`.
    fn checked(
        &self,
        path: &Path,
        renderer: Option<&Renderer<'_>>,
        findings: &mut Vec<Finding>,
        notes: &mut Vec<Message>,
    ) -> Result<Option<Checked>, Failure> {
        let report = match self.open(path) {
            Ok(report) => report,
            Err(ReadError::Failure(failure)) => return Err(failure),
            Err(ReadError::Findings(found)) => {
                findings.extend(found);
                return Ok(None);
            }
        };
        let future = self.this_year.and_then(|year| check::future(&report, year));
        findings.extend(future);
        notes.extend(printed_notes(&report));
        let mut previous = None;
        match self.previous.find(&report, self)? {
            previous::Found::NotAsked => {}
            previous::Found::Nothing(note) => notes.push(note),
            previous::Found::Report(report) => previous = Some(report),
            previous::Found::Unusable(found) => findings.extend(found),
        }
        // Without fonts the figures can still be checked: the clerk hears of both at once.
        let faces = renderer.map(|renderer| renderer.faces(report.script));
        let faces = faces.transpose();
        let covers = |c| match &faces {
            Ok(Some(faces)) => faces.covers(c),
            Ok(None) | Err(_) => true,
        };
        let checked = report.check(previous.as_deref(), covers);
        let found = checked
            .as_ref()
            .map_or_else(|found| found, Checked::warnings);
        findings.extend_from_slice(found);
        faces?;
        Ok(checked.ok())
    }

    /// Reads the data file or workbook at `path` (standard input where it is `-`) against its form.
    ///
    /// # Errors
    /// What the system says where it can't be read, and what is wrong with it.
    pub fn open(&self, path: &Path) -> Result<Report, ReadError> {
        let bytes = read_bytes(path)?;
        let (name, folder) = (path.display().to_string(), folder_of(path));
        Ok(if intake::is_workbook(path, &bytes) {
            intake::report(&name, &bytes, self.forms, folder)?
        } else {
            let source = Source::from_bytes(name, bytes)?;
            Report::read_in(source.in_folder(folder), self.forms, self.this_year)?
        })
    }
}

/// What of a workbook's notes is printed below the tables: a reviewer's word to a colleague is a
/// note as well.
fn printed_notes(report: &Report) -> Option<Message> {
    let notes = report.figures.iter().filter_map(|figure| {
        let note = figure.note.as_ref()?;
        let cell = note.place.cell()?;
        Some(format!("{}!{}“{}”", cell.sheet, cell.name(), note.text))
    });
    let notes: Vec<String> = notes.collect();
    if notes.is_empty() {
        return None;
    }
    let (name, notes) = (report.source.name(), notes.join("；"));
    Some(Message::new(
        format!("{name}：批注会印在表下：{notes}"),
        format!("{name}: these notes will be printed below the tables: {notes}"),
    ))
}
