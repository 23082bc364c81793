//! Checking: do the figures of a report agree with each other, and can its texts be printed?
//!
//! In goes a [`Report`], out come findings and, where none of them is an error, a [`Checked`]
//! report. Only that can become a document.

mod amounts;
mod another;
mod deadline;
mod equation;
mod glyphs;
pub(crate) mod jumps;
mod leftovers;
mod narrative;
mod particulars;
mod rules;
mod scripts;
mod texts;
mod typing;
mod wordings;

pub use deadline::future;

pub use equation::Equation;
pub use rules::Verdict;

use std::ops::Deref;

use crate::report::Report;
use crate::text::Findings;

/// A report in which nothing was found that stops the build, the one on the year before that it
/// was checked against, and what the rules say of both. Made by [`Report::check`].
#[derive(Debug, Clone)]
pub struct Checked {
    report: Report,
    previous: Option<Report>,
    verdicts: Vec<Verdict>,
    warnings: Findings,
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

    /// What is doubted in the report, in file order.
    pub fn warnings(&self) -> &Findings {
        &self.warnings
    }
}

impl Deref for Checked {
    type Target = Report;

    fn deref(&self) -> &Report {
        &self.report
    }
}

impl Report {
    /// Checks the report against the rules of its form, and against the report on the year before
    /// where that is given. `covers` tells whether a character can be printed.
    ///
    /// # Errors
    /// Everything that was found, where any of it is an error. Of a sound report the
    /// [warnings](Checked::warnings) are kept.
    pub fn check(
        self,
        previous: Option<&Self>,
        covers: impl Fn(char) -> bool,
    ) -> Result<Checked, Findings> {
        let (verdicts, mut findings) = rules::check(&self, previous);
        findings.extend_from_slice(&self.doubts);
        findings.extend(previous.map_or_else(Vec::new, |previous| jumps::check(&self, previous)));
        findings.extend(deadline::check(&self));
        findings.extend(particulars::check(&self));
        findings.extend(amounts::check(&self));
        findings.extend(texts::check(&self));
        findings.extend(leftovers::check(&self));
        findings.extend(another::check(&self, previous));
        findings.extend(typing::check(&self));
        findings.extend(narrative::check(&self, previous));
        findings.extend(glyphs::check(&self, covers));
        Ok(Checked {
            warnings: Findings::from(findings).without_errors()?,
            report: self,
            previous: previous.cloned(),
            verdicts,
        })
    }
}
