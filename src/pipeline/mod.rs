//! The whole way from data files to outputs: a [`Checker`] reads and checks, a [`Renderer`] makes each
//! [`Output`].
//!
//! Nothing is written here and nothing shown: out come findings, and a document or bytes.

mod checker;
mod mark;
mod previous;
mod render;
mod rollup;
mod unread;

pub use checker::Checker;
pub use mark::{mark, marked_from};
pub use previous::{Previous, organ_and_year};
pub use render::{Output, Rendered, Renderer};
pub use rollup::{ParentReport, roll_up, rollup_file};
pub use unread::{is_document, unread};

use std::path::Path;
use std::sync::Arc;

use crate::form::Form;
use crate::intake;
use crate::text::{self, Failure, Findings, Message, ReadError};

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

/// Reads the workbook at `path` into the text of a data file, with what there is to doubt about it. One that
/// is filled in only in part is read where that is asked for.
///
/// # Errors
/// What the system says where it can't be read, and what is wrong with the workbook.
pub fn import(
    path: &Path,
    forms: &[Arc<Form>],
    partial: bool,
) -> Result<(String, Findings), ReadError> {
    let bytes = text::read_bytes(path)?;
    let name = path.display().to_string();
    let read = match partial {
        true => intake::draft,
        false => intake::data_file,
    };
    Ok(read(&name, &bytes, forms, text::folder_of(path))?)
}
