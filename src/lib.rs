//! nianbao (年报): one checked data file becomes the filed PDF and the workbook of a
//! 政府信息公开工作年度报告.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use nianbao::document::Document;
//! use nianbao::font::{Library, Search};
//! use nianbao::form::Forms;
//! use nianbao::layout::{self, PageStyle};
//! use nianbao::pdf::{self, PrintStyle};
//! use nianbao::report::Report;
//! use nianbao::text::Source;
//! use nianbao::xlsx;
//!
//! let forms = Forms::builtin()?;
//! let library = Library::open(&Search::standard(None))?;
//!
//! let text = std::fs::read_to_string("samples/qingshi-2024.toml")?;
//! let report = Report::read(Source::new("qingshi-2024.toml", text), &forms)?;
//! let faces = library.faces(report.script)?;
//! let checked = report.check(None, |c| faces.covers(c))?;
//!
//! let document = Document::of(&checked);
//! let pages = layout::lay_out(&document, &faces, &PageStyle::default());
//! let pdf: Vec<u8> = pdf::write(&pages, &document, &faces, &PrintStyle::default())?;
//! let workbook: Vec<u8> = xlsx::write(&document)?;
//! # assert!(pdf.starts_with(b"%PDF") && workbook.starts_with(b"PK"));
//! # Ok(())
//! # }
//! ```
//!
//! That is the whole way. What is wrong with a file is an error on it: [`Findings`](text::Findings), each
//! with its place and remedy. `examples/` has the same, a form of one's own, and many reports on threads.
//!
//! Fonts are files and too large for crates.io: they are in the folder `fonts/` of the project, which
//! [`Search::standard`](font::Search::standard) finds in its source tree, beside the program or by the
//! variable `NIANBAO_FONTS`, and [`Search::folder`](font::Search::folder) anywhere.
//!
//! The data flows one way:
//!
//! ```text
//! bytes → source → data (spans, all syntax faults at once) → report (typed, origin on every figure)
//!                                 form ─────────────────────────┘            │
//!                                             check → findings (an error stops here)
//!                                                                            ↓
//!                                        document (paragraphs, resolved grids; value and formula in each cell)
//!                                                      │                        │
//!                                         layout (pages of plain frames)     xlsx
//!                                                      │
//!                                                     pdf
//! ```
//!
//! Each room takes one type and gives another, so that raw data can't reach a printer:
//!
//! | room | takes | gives |
//! | --- | --- | --- |
//! | [`text`] | bytes | [`Source`](text::Source): text with lines and columns |
//! | `data` | text | values with places, nothing judged |
//! | [`intake`] | the bytes of a workbook | text with cells in place of lines and columns |
//! | [`form`] | a form file | [`Form`](form::Form): grids, wording, figures, rules |
//! | [`report`] | text and form | [`Report`](report::Report): every figure once, exact |
//! | [`check`] | report | [`Checked`](check::Checked) report, or findings that stop it |
//! | [`style`] | a style file | [`Style`](style::Style): faces by name, sizes, tint, print marks |
//! | [`document`] | checked report, or a form | [`Document`](document::Document): what is to be shown; [`Blank`](document::Blank): what is to be filled in |
//! | [`rollup`] | many checked reports | [`Rollup`](rollup::Rollup): the official tables with the sums, and the units |
//! | [`font`] | folders | [`Faces`](font::Faces): which glyph draws a character in a role |
//! | [`layout`] | document, faces, style | [`Pages`](layout::Pages): glyphs, rules, tints, pictures at their places |
//! | [`pdf`] | pages | bytes; the only room that knows printpdf |
//! | [`xlsx`] | document, or blank | bytes; never sees page geometry |
//!
//! [`pipeline`] walks the whole way for files: it reads, checks and makes each output; [`text`] has what all of them say
//! to the user.
//!
//! Features, all on by default: `pdf` for [`font`], [`layout`], [`style`] and [`pdf`]; `xlsx` for
//! [`xlsx`] and [`intake`]; with both of them there is [`pipeline`]. `cli` is the program.

// What only one kind of output needs is idle where that is left out.
#![cfg_attr(
    not(all(feature = "pdf", feature = "xlsx")),
    allow(dead_code, unused_imports)
)]

pub mod check;
mod data;
#[cfg(feature = "desk")]
pub mod desk;
pub mod document;
#[cfg(feature = "pdf")]
pub mod font;
pub mod form;
#[cfg(feature = "xlsx")]
pub mod intake;
#[cfg(feature = "pdf")]
pub mod layout;
#[cfg(all(feature = "pdf", feature = "xlsx"))]
pub mod output;
#[cfg(feature = "pdf")]
pub mod pdf;
#[cfg(all(feature = "pdf", feature = "xlsx"))]
pub mod pipeline;
pub mod report;
pub mod rollup;
#[cfg(feature = "pdf")]
pub mod style;
pub mod text;
#[cfg(feature = "xlsx")]
pub mod xlsx;
