//! Reading data files into raw values: nothing is judged here, everything keeps its place.
//!
//! In goes a [`Source`](crate::source::Source), out comes a tree of [`Node`]s and the faults of
//! the syntax itself, all of them in one go.

pub mod date;
pub(crate) mod fields;
pub mod numeral;
mod syntax;
mod value;

pub use fields::Worded;
pub(crate) use syntax::beyond;
pub use syntax::{RawFile, read};
pub use value::{Entry, Node, Value};
