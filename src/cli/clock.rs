//! The year that it is: the one place where the program reads the clock.
//!
//! What starts a new report (`new`, `blank`) or names its form (`schema`) asks, without `--year`, and
//! what checks one, for a year that has not come; no output of a data file depends on it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Last year, by the clock in Beijing.
pub(super) fn last_year() -> i32 {
    this_year() - 1
}

/// This year, by the clock in Beijing.
pub(super) fn this_year() -> i32 {
    const BEIJING: u64 = 8 * 3600;
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    year_of((seconds + BEIJING) / 86_400)
}

/// The year of a day, counted from 1 January 1970.
fn year_of(day: u64) -> i32 {
    let (mut year, mut left) = (1970, day);
    loop {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = if leap { 366 } else { 365 };
        // A clock set wrong beyond measure must not keep the loop going.
        if left < days || year == 9999 {
            return year;
        }
        left -= days;
        year += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::year_of;

    #[test]
    fn years_start_on_the_first_of_january() {
        assert_eq!(year_of(0), 1970);
        assert_eq!((year_of(10_956), year_of(10_957)), (1999, 2000));
        assert_eq!((year_of(20_088), year_of(20_089)), (2024, 2025));
        assert_eq!(year_of(u64::MAX), 9999);
    }
}
