//! nianbao: one checked data file → the filed PDF and the workbook.
pub mod check;
pub mod data;
pub mod document;
pub mod finding;
pub mod form;
pub mod report;
pub mod source;
