//! The year that it is: the one place where the program reads the clock.
//!
//! What starts a new report (`new`, `blank`) or names its form (`schema`) asks, without `--year`, and
//! what checks one, for a year that has not come; no output of a data file depends on it.

use jiff::Timestamp;
use jiff::tz::offset;

/// Last year, by the clock in Beijing.
pub(super) fn last_year() -> i32 {
    this_year() - 1
}

/// This year, by the clock in Beijing.
pub(super) fn this_year() -> i32 {
    let now = offset(8).to_datetime(Timestamp::now());
    i32::from(now.year())
}
