//! What the 正文 sheet says first: who reports on what, one particular a line, each under the name
//! that it has in a data file.

use rust_xlsxwriter::{ExcelDateTime, XlsxError};

use crate::data::date;
use crate::form::{Particular, ParticularKind, Script};

/// First and last year in which Excel and others count the days alike: before March 1900 they
/// don't.
const CALENDAR: std::ops::RangeInclusive<i16> = 1901..=9999;

/// What the cell of a particular holds.
pub(super) enum Value<'a> {
    /// A text; blank where the data file leaves the particular out.
    Text(&'a str),
    /// A year.
    Year(i32),
    /// A day.
    Date(ExcelDateTime),
}

/// The cell of a particular that is `said`, as a data file writes it without quotes.
pub(super) fn value<'a>(
    particular: &Particular,
    said: Option<&'a String>,
    script: Script,
) -> Result<Value<'a>, XlsxError> {
    let Some(said) = said else {
        return Ok(Value::Text(""));
    };
    match particular.kind {
        ParticularKind::Year => {
            if let Ok(year) = said.parse() {
                return Ok(Value::Year(year));
            }
        }
        ParticularKind::Date => {
            if let Some(date) = date::parse(said).filter(|date| CALENDAR.contains(&date.year())) {
                let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
                return ExcelDateTime::from_ymd(date.year().unsigned_abs(), month, day)
                    .map(Value::Date);
            }
        }
        _ => {}
    }
    Ok(Value::Text(word(particular, said, script).unwrap_or(said)))
}

/// What a word is called that one of a few choices has in a data file.
pub(super) fn word(particular: &Particular, word: &str, script: Script) -> Option<&'static str> {
    let mut choices = particular.kind.choices().iter();
    let choice = choices.find(|choice| choice.word == word)?;
    Some(choice.name(script))
}
