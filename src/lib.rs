//! nianbao: one checked data file → the filed PDF and the workbook.
pub mod check;
pub mod cli;
pub mod data;
pub mod document;
pub mod fault;
pub mod finding;
pub mod font;
pub mod form;
pub mod layout;
pub mod pdf;
pub mod pipeline;
pub mod report;
pub mod source;
pub mod xlsx;
