//! Texts that were read, places in them, and what was found there.
//!
//! A [`Source`] is a text with a name; a [`Place`] is a part of one. A [`Finding`] is one fault or
//! doubt with its [`Code`], its place, what was found, what was expected and what to write instead,
//! in Chinese and in English. It says nothing of how it is shown: [`human`] draws it for a person,
//! [`json`] for a program.

mod code;
mod finding;
pub mod human;
pub mod json;
mod source;

pub use code::Code;
pub(crate) use finding::is_obeyed;
pub use finding::{Finding, Lang, MOST, Message, Related, Severity, any_error, sort};
pub use source::{MAX_BYTES, Place, Position, ReadFault, SheetCell, Source, Span, read_bytes};
