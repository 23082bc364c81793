//! The whole way from data files to outputs: a [`Checker`] reads and checks, a [`Renderer`] makes each
//! [`Output`].
//!
//! Nothing is written here and nothing shown: out come findings, and a document or bytes.

mod checker;
mod previous;
mod render;
mod rollup;

pub use checker::Checker;
pub use previous::{Previous, organ_and_year};
pub use render::{Output, Rendered, Renderer};
pub use rollup::{ParentReport, roll_up, rollup_file};

use std::path::Path;
use std::sync::Arc;

use crate::fault::Fault;
use crate::form::Form;
use crate::intake;
use crate::text::{Finding, Message};

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
    let mut findings = intake.report(forms, checker::folder(path)).findings;
    // The seal's picture belongs beside the data file, which may go anywhere.
    findings.retain(|finding| finding.key.as_deref() != Some("signature.seal"));
    Ok(Imported { text, findings })
}
