//! Checking: do the figures of a report agree with each other, and can its texts be printed?
//!
//! In goes a [`Report`], out come findings and, where none of them is an error, a [`Checked`]
//! report. Only that can become a document.

mod amounts;
mod another;
mod deadline;
mod glyphs;
pub(crate) mod jumps;
mod narrative;
mod particulars;
mod rules;
mod scripts;
mod texts;
mod typing;
mod wordings;

pub use deadline::future;

use std::ops::Deref;

use crate::finding::{self, Finding};
use crate::report::Report;

/// A report in which nothing was found that stops the build, and the one on the year before that
/// it was checked against.
#[derive(Debug, Clone)]
pub struct Checked {
    report: Report,
    previous: Option<Report>,
}

impl Checked {
    /// The report on the year before, where it was given.
    pub fn previous(&self) -> Option<&Report> {
        self.previous.as_ref()
    }
}

impl Deref for Checked {
    type Target = Report;

    fn deref(&self) -> &Report {
        &self.report
    }
}

/// What became of a report.
#[derive(Debug)]
pub struct Checking {
    /// The report, where no finding is an error.
    pub checked: Option<Checked>,
    /// Everything that was found, in file order.
    pub findings: Vec<Finding>,
}

/// Checks a report against the rules of its form, and against the report on the year before
/// where that is given. `covers` tells whether a character can be printed.
pub fn check(report: Report, previous: Option<&Report>, covers: impl Fn(char) -> bool) -> Checking {
    let mut findings = rules::check(&report, previous);
    findings.extend(previous.map_or_else(Vec::new, |previous| jumps::check(&report, previous)));
    findings.extend(deadline::check(&report));
    findings.extend(particulars::check(&report));
    findings.extend(amounts::check(&report));
    findings.extend(texts::check(&report));
    findings.extend(another::check(&report, previous));
    findings.extend(typing::check(&report));
    findings.extend(narrative::check(&report, previous));
    findings.extend(glyphs::check(&report, covers));
    finding::sort(&mut findings);
    let sound = !finding::any_error(&findings);
    Checking {
        checked: sound.then(|| Checked {
            report,
            previous: previous.cloned(),
        }),
        findings,
    }
}
