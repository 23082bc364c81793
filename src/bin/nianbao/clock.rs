//! The year that is to be reported on: the one place where the program reads the clock.
//!
//! Only what starts a new report (`new`, `blank`) or names its form (`schema`) asks, and only
//! without `--year`; no output of a data file depends on it.

use jiff::Timestamp;
use jiff::tz::offset;

/// Last year, by the clock in Beijing.
pub(super) fn last_year() -> i32 {
    let now = offset(8).to_datetime(Timestamp::now());
    i32::from(now.year()) - 1
}
