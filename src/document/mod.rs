//! The neutral document: what is to be shown, with no thought of pages or sheets.
//!
//! [`build`] makes it from a [checked report](crate::check::Checked); [`blank()`] makes what is to
//! be filled in from the form alone. The layout and the workbook read these and nothing else: a
//! table's grid is resolved here, once, so that they can't disagree.

mod blank;
mod build;
mod check;
pub mod dump;
mod grid;
pub(crate) mod heading;
mod made_of;
mod model;
mod previous;

pub use blank::{Blank, Part, Question, blank};
pub use build::build;
pub use check::{Check, Equation};
pub(crate) use grid::{grid, slot};
pub use model::{
    Block, Cell, CellContent, Document, Emphasis, Figure, Note, Paragraph, Seal, Slot, Table,
    TextPlace, Title,
};
pub use previous::{Before, Jump, Previous};
