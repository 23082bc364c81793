//! What the 正文 sheet says first: who reports on what, one particular a line, each under the name
//! that it has in a data file.

use rust_xlsxwriter::ExcelDateTime;

use crate::data::date;
use crate::form::{Particular, ParticularKind, Script};

/// First and last year in which Excel and others count the days alike: before March 1900 they
/// don't.
const CALENDAR: std::ops::RangeInclusive<i16> = 1901..=9999;

/// The number of a particular that is a year.
pub(super) fn year(particular: &Particular, said: &str) -> Option<i32> {
    let is_year = matches!(particular.kind, ParticularKind::Year);
    is_year.then(|| said.parse().ok())?
}

/// A particular that is a day, as Excel counts it; none of one outside its calendar.
pub(super) fn day(particular: &Particular, said: &str) -> Option<ExcelDateTime> {
    let is_day = matches!(particular.kind, ParticularKind::Date);
    let date = is_day.then(|| date::parse(said))?;
    let date = date.filter(|date| CALENDAR.contains(&date.year()))?;
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    ExcelDateTime::from_ymd(date.year().unsigned_abs(), month, day).ok()
}

/// A particular as a text: of one of a few choices what it is called.
pub(super) fn text<'a>(particular: &Particular, said: &'a str, script: Script) -> &'a str {
    let mut choices = particular.kind.choices().iter();
    let choice = choices.find(|choice| choice.word == said);
    choice.map_or(said, |choice| choice.name(script))
}
