//! All integration tests, one program: thirty programs would each be linked with everything that
//! the library stands on, and built again after each change.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

mod across_years;
mod baselines;
mod blank;
mod broken;
mod characters;
mod cli;
mod common;
mod conformance;
mod document;
mod facts;
#[cfg(unix)]
mod faults;
mod forms;
mod guide;
mod hostile;
mod intake;
mod keeping;
mod labels;
mod layout;
mod long_table;
mod marked;
mod mutations;
mod narrative;
mod own_form;
mod pdf;
mod pictures;
mod properties;
mod published;
mod real_workbooks;
mod recalculation;
mod rollup;
mod round_trip;
mod rules;
mod same_bytes;
mod seal;
mod sentences;
mod sheets;
mod started;
mod style;
mod tags;
mod unfilled;
mod wordings;
mod workbook;
