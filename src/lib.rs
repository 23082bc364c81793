//! nianbao (年报): one checked data file becomes the filed PDF and the workbook of a
//! 政府信息公开工作年度报告.
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
//! | [`text`] | bytes | text with lines and columns |
//! | [`data`] | text | [`RawFile`](data::RawFile): values with places, nothing judged |
//! | [`intake`] | the bytes of a workbook | text with cells in place of lines and columns |
//! | [`form`] | a form file | [`Form`](form::Form): grids, wording, figures, rules |
//! | [`report`] | raw file and form | [`Report`](report::Report): every figure once, exact |
//! | [`check`] | report | [`Checked`](check::Checked) report, or findings that stop it |
//! | [`style`] | a style file | [`Style`](style::Style): faces by name, sizes, tint, print marks |
//! | [`document`] | checked report, or a form | [`Document`](document::Document): what is to be shown; [`Blank`](document::Blank): what is to be filled in |
//! | [`rollup`] | many checked reports | [`Rollup`](rollup::Rollup): the official tables with the sums, and the units |
//! | [`font`] | folders | [`Faces`](font::Faces): which glyph draws a character in a role |
//! | [`layout`] | document, faces, style | [`Pages`](layout::Pages): glyphs, rules, tints, pictures at their places |
//! | [`pdf`] | pages | bytes; the only room that knows printpdf |
//! | [`xlsx`] | document, or blank | bytes; never sees page geometry |
//!
//! [`pipeline`] walks the whole way; [`text`] has what all of them say
//! to the user.

pub mod check;
pub mod data;
#[cfg(any(feature = "pdf", feature = "xlsx"))]
pub mod document;
#[cfg(feature = "pdf")]
pub mod font;
pub mod form;
#[cfg(feature = "xlsx")]
pub mod intake;
#[cfg(feature = "pdf")]
pub mod layout;
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
