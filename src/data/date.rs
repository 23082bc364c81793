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

/// The date that a text such as `2025年1月16日`, `2025.1.16`, `20250116`, `"2025-1-16"` or
/// `二〇二五年一月十六日` means, written as a data file has it. Whether there is such a day is not asked.
pub fn meant(text: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_digit() || digit(c).is_some() || "十廿卅".contains(c);
    let parts: Vec<&str> = text
        .split(|c: char| !is_part(c))
        .filter(|part| !part.is_empty())
        .collect();
    let together = |range: std::ops::Range<usize>| parts.first().and_then(|part| part.get(range));
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] => (*year, *month, *day),
        [all] if all.len() == 8 && all.bytes().all(|b| b.is_ascii_digit()) => {
            (together(0..4)?, together(4..6)?, together(6..8)?)
        }
        // A time of the day behind it.
        [year, month, day, ..] if text.contains(':') => (*year, *month, day.trim_end_matches('T')),
        _ => return None,
    };
    let (year, month, day) = (spelt(year)?, spelt(month)?, spelt(day)?);
    ((1000..10_000).contains(&year) && month <= 12 && day <= 31)
        .then(|| format!("{year}-{month:02}-{day:02}"))
}

/// The year that a text such as `2024年度`, `"2024"`, `２０２４` or `二〇二四` means.
pub fn meant_year(text: &str) -> Option<u32> {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "\"'“”‘’公元年度份".contains(c));
    let year = spelt(bare)?;
    match year {
        1000..10_000 => Some(year),
        // Nobody reports on the years before 2000 any more.
        0..100 if bare.chars().count() == 2 => Some(2000 + year),
        _ => None,
    }
}

fn digit(c: char) -> Option<u32> {
    let chinese = "〇一二三四五六七八九".chars().position(|it| it == c);
    let chinese = chinese.and_then(|value| u32::try_from(value).ok());
    match c {
        '零' | '○' | 'Ｏ' => Some(0),
        '元' => Some(1),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10).or(chinese),
    }
}

/// A number below 10,000 in digits of any kind, or below 40 with 十, 廿 or 卅 in it.
fn spelt(text: &str) -> Option<u32> {
    if let Some((tens, ones)) = text.split_once(['十', '廿', '卅']) {
        let one = |part: &str, blank| match part {
            "" => Some(blank),
            part => spelt(part),
        };
        let tens = match text.chars().find(|c| "十廿卅".contains(*c))? {
            '廿' => 2,
            '卅' => 3,
            _ => one(tens, 1)?,
        };
        return tens.checked_mul(10)?.checked_add(one(ones, 0)?);
    }
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    let mut value = 0;
    for c in text.chars() {
        value = value * 10 + digit(c)?;
    }
    Some(value)
}

/// The finding for a `text` that stands where a date should.
pub fn finding(text: &str, place: Place) -> Finding {
    let (message, remedy) = refusal(text);
    Finding::new(Code::BadDate, message)
        .at(place)
        .key("signature.date")
        .remedy(remedy)
}

/// What is wrong with a `text` that stands where a date should, and what to write.
pub(super) fn refusal(text: &str) -> (Message, Message) {
    match meant(text) {
        // Such a day is in no calendar, however it is written.
        Some(date) if parse(&date).is_none() => (
            Message::new(
                format!("日历上没有 {date} 这一天"),
                format!("there is no day {date} in the calendar"),
            ),
            Message::new("请核对月份和日期", "check the month and the day"),
        ),
        Some(date) => (
            Message::new(
                format!("日期要写成 {date}，这里写的是 {text}"),
                format!("the date is to be written as {date}, not {text}"),
            ),
            Message::new(
                format!("写成 {date}，不加引号"),
                format!("write it as {date}, without quotes"),
            ),
        ),
        None => (
            Message::new(
                format!("{text} 不是程序认得的日期"),
                format!("{text} is not a date as the program reads them"),
            ),
            Message::new(
                "写年、月、日，如 2025-01-16，不加引号",
                "write year, month and day, such as 2025-01-16, without quotes",
            ),
        ),
    }
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
        for text in [
            "2025年1月16日",
            "2025.1.16",
            "2025/01/16",
            "\"2025-1-16\"",
            "20250116",
            "２０２５年１月１６日",
            "二〇二五年一月十六日",
            "二○二五年元月十六号",
            "2025-01-16 08:30:00",
        ] {
            assert_eq!(meant(text).as_deref(), Some("2025-01-16"), "{text}");
        }
        for text in ["2025年1月", "16.1.2025", "一月十六日", "0772-2825345", ""] {
            assert_eq!(meant(text), None, "{text}");
        }
        for text in [
            "2024年",
            "\"2024\"",
            "2024年度",
            "２０２４",
            "二〇二四年",
            "24",
        ] {
            assert_eq!(meant_year(text), Some(2024), "{text}");
        }
        for text in ["last", "2024-01-16", "358", ""] {
            assert_eq!(meant_year(text), None, "{text}");
        }
    }
}
