//! Bytes as the parts of a workbook, packed up before they are read.

#![no_main]

#[path = "../../tests/it/properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::workbook::parts_hold(bytes));
