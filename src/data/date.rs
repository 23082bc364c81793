//! Days: as a data file writes them, as people do, and as they are printed.

use jiff::civil::Date;

use crate::text::{Code, Finding, Message, Place};

/// Reads `2025-01-16`; nothing else, and no day that the month doesn't have.
pub fn parse(text: &str) -> Option<Date> {
    let date = text.parse::<Date>().ok()?;
    (date.to_string() == text).then_some(date)
}

/// `2025年1月16日`, as GB/T 9704—2012 7.3.5.4 writes a date.
pub fn chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// The date that a text such as `2025年1月16日`, `2025.1.16` or `"2025-1-16"` means, written as
/// a data file has it. Whether there is such a day is not asked.
pub fn meant(text: &str) -> Option<String> {
    let parts: Vec<u32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let [year, month, day] = *parts.as_slice() else {
        return None;
    };
    ((1000..10_000).contains(&year) && month <= 12 && day <= 31)
        .then(|| format!("{year}-{month:02}-{day:02}"))
}

/// The finding for a `text` that stands where a date should.
pub fn finding(text: &str, place: Place) -> Finding {
    let (message, remedy) = match meant(text) {
        // Written as it should be, and still no date: that day is in no calendar.
        Some(date) if date == text => (
            Message::new(
                format!("日历上没有 {date} 这一天"),
                format!("there is no day {date} in the calendar"),
            ),
            Message::new("请核对月份和日期", "check the month and the day"),
        ),
        other => {
            let date = other.unwrap_or_else(|| "2025-01-16".to_owned());
            (
                Message::new(format!("{text} 不是日期"), format!("{text} is no date")),
                Message::new(
                    format!("写成 {date}，不加引号"),
                    format!("write it as {date}, without quotes"),
                ),
            )
        }
    };
    Finding::new(Code::BadDate, message)
        .at(place)
        .key("signature.date")
        .remedy(remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        assert_eq!(chinese(parse("2020-01-16").unwrap()), "2020年1月16日");
        assert!(parse("2024-02-29").is_some());
        for wrong in [
            "2023-02-29",
            "2020-13-01",
            "2020-1-16",
            "20200116",
            "2020-W03-4",
            "2020-01-16T08:00:00",
            "2020年1月16日",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_as_on_paper_are_understood() {
        for text in ["2025年1月16日", "2025.1.16", "2025/01/16", "\"2025-1-16\""] {
            assert_eq!(meant(text).as_deref(), Some("2025-01-16"), "{text}");
        }
        for text in ["2025年1月", "16.1.2025", "二〇二五年一月十六日", ""] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
