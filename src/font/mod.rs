//! Fonts: which face serves which role, and which glyph a character gets there.
//!
//! [`Library::open`] finds the faces with fontdb in the folders of a [`Search`] and reads their
//! files, their outlines when they are used; [`Library::faces`] gives those that one script needs as [`Faces`]. A role is a chain
//! of faces: the first that has a character draws it, so a rare name comes out in a face near
//! the role's own. [`Named`] faces come before the program's. Nothing is drawn here.

mod error;
#[cfg(test)]
mod evenness;
mod faces;
mod file;
mod ink;
mod library;
mod named;
mod roles;
mod search;

pub use error::FontError;
pub use faces::{Face, FaceId, Faces, Glyph, MIDDLE};
pub use library::{FaceReport, Library, RoleReport};
pub use named::Named;
pub use roles::Role;
pub use search::Search;
