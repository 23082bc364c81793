//! The neutral document: what is to be shown, with no thought of pages or sheets.
//!
//! [`Document::of`] makes it from a [checked report](crate::check::Checked), [`blank()`] from the form
//! alone. The layout and the workbook read these and nothing else: both have the form's own grid
//! and the same values, so that they can't disagree.

mod blank;
mod build;
pub mod dump;
mod model;
mod previous;
mod table;

pub use blank::{Blank, Question, blank, blank_after};
#[cfg(feature = "desk")]
pub(crate) use build::paragraphs;
pub use model::{Block, Document, Emphasis, Paragraph, Seal, TextPlace, Title};
pub use previous::{Before, Jump, Previous};
pub use table::{Figure, Note, Slot, Table, Value};
