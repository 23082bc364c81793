//! Checking: do the figures of a report agree with each other, and can its texts be printed?
//!
//! In goes a [`Report`], out come findings and, where none of them is an error, a [`Checked`]
//! report. Only that can become a document.

mod deadline;
mod equation;
mod glyphs;
pub(crate) mod jumps;
mod narrative;
mod rules;
mod texts;

pub use equation::Equation;
pub use rules::Verdict;

use std::ops::Deref;

use crate::report::Report;
use crate::text::Finding;

/// A report in which nothing was found that stops the build, the one on the year before that it
/// was checked against, and what the rules say of both.
#[derive(Debug, Clone)]
pub struct Checked {
    report: Report,
    previous: Option<Report>,
    verdicts: Vec<Verdict>,
}

impl Checked {
    /// The report on the year before, where it was given.
    pub fn previous(&self) -> Option<&Report> {
        self.previous.as_ref()
    }

    /// Every rule that could be asked, in the order of the form; those across years only where the
    /// report on the year before has the figures.
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
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
    let (verdicts, mut findings) = rules::check(&report, previous);
    findings.extend(previous.map_or_else(Vec::new, |previous| jumps::check(&report, previous)));
    findings.extend(deadline::check(&report));
    findings.extend(texts::check(&report));
    findings.extend(narrative::check(&report));
    findings.extend(glyphs::check(&report, covers));
    crate::text::sort(&mut findings);
    let sound = !crate::text::any_error(&findings);
    Checking {
        checked: sound.then(|| Checked {
            report,
            previous: previous.cloned(),
            verdicts,
        }),
        findings,
    }
}
