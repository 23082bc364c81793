//! Texts that were read, places in them, and what was found there.
//!
//! A [`Source`] is a text with a name; a [`Place`] is a part of one. A [`Finding`] is one fault or
//! doubt with its [`Code`], its place, what was found, what was expected and what to write instead,
//! in Chinese and in English; [`Findings`] are all those of a file, and an error where they stop it.
//! A finding says nothing of how it is shown: `human` draws it for a person, `json` for a program.
//! A [`Failure`] is what no file is at fault for. `class` says what each character is where Chinese text is
//! set, `character` what must not be printed as it is typed.

pub(crate) mod character;
pub(crate) mod class;
mod code;
mod encoding;
mod failure;
mod finding;
mod findings;
mod human;
mod json;
mod source;

pub use code::Code;
pub use failure::{Failure, FailureKind, ReadError};
pub(crate) use finding::is_obeyed;
pub use finding::{Finding, Lang, Message, Related, Severity};
pub use findings::Findings;
pub(crate) use findings::MOST;
pub use json::failure_json;
pub(crate) use source::{MAX_BYTES, folder_of, read_bytes};
pub use source::{Place, Position, SheetCell, Source, Span};
