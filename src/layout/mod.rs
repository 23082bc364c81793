//! Layout: a document becomes pages of glyphs, rules, tints and pictures at
//! their places.
//!
//! ```text
//! text → atoms (glyph, class, room) → lines (breaking) ┐
//! table → column widths → cells → rows ────────────────┴→ places (paging, fitting) → pages
//! ```
//! Pure data in, pure data out: the same document, faces and [`PageStyle`] give the same pages, and
//! [`dump`] shows them as text.

mod atom;
mod breaking;
mod cell;
mod columns;
pub mod dump;
mod fitting;
mod flow;
mod frame;
pub mod geometry;
mod justify;
mod name;
mod notes;
mod opportunity;
mod paging;
mod paint;
mod paragraph;
mod pieces;
mod sealed;
mod style;
mod table;

pub use flow::lay_out;
pub use frame::{Area, Item, NotePart, Page, Pages, Part, Picture, PlacedGlyph, Rule, Run};
pub use style::PageStyle;
