//! Numbers as texts write them: 3646, 3,646, １２, 一百二十三, 两, 1.2万.

use rust_decimal::Decimal;

use super::characters::{Character, rest};

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub value: Decimal,
    /// A figure that is less than this away fits: 1 but for a rounded number such as 1.2万, or one
    /// with decimals.
    pub step: Decimal,
    /// The characters that it takes.
    pub length: usize,
    /// Whether it has decimals and no 万 behind: no number of things.
    pub broken: bool,
    /// Whether it is a figure quoted from the tables.
    pub quoted: bool,
}

impl Number {
    /// What 未 and 无 say.
    pub const NONE: Self = Self {
        value: Decimal::ZERO,
        step: Decimal::ONE,
        length: 0,
        broken: false,
        quoted: false,
    };

    /// Whether the number can stand for `figure`.
    pub fn fits(&self, figure: Decimal) -> bool {
        (self.value - figure).abs() < self.step
    }
}

/// Most digits of a number that is read: more than any figure may have.
const MAX_DIGITS: usize = 13;

/// Reads the number at the start; none where it can't be read for certain.
pub(super) fn read(characters: &[Character]) -> Option<Number> {
    let first = characters.first()?;
    if let Some(value) = first.quoted {
        return Some(Number {
            value,
            step: Decimal::ONE,
            length: 1,
            broken: false,
            quoted: true,
        });
    }
    if first.is_digit() {
        arabic(characters)
    } else {
        chinese(characters)
    }
}

/// Whether `c` is written in numbers.
pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二两三四五六七八九十百千万亿".contains(c)
}

fn arabic(characters: &[Character]) -> Option<Number> {
    let digits = |at: usize| {
        rest(characters, at)
            .iter()
            .take(MAX_DIGITS + 1)
            .take_while(|g| g.is_digit())
            .count()
    };
    let mut text: String = String::new();
    let mut take = |from: usize, count: usize| {
        text.extend(characters.iter().skip(from).take(count).map(|g| g.c));
        from + count
    };
    let first = digits(0);
    let mut length = take(0, first);
    let c = |at: usize| characters.get(at).map(|character| character.c);
    while first <= 3 && matches!(c(length), Some(',' | '，')) && digits(length + 1) == 3 {
        length = take(length + 1, 3);
    }
    let mut decimals = 0;
    if c(length) == Some('.') {
        decimals = digits(length + 1);
        if decimals == 0 {
            return None;
        }
        length = take(length, decimals + 1);
    }
    if text.len() > MAX_DIGITS {
        return None;
    }
    let scale = match c(length) {
        Some('百') => 100,
        Some('千') => 1_000,
        Some('万') => 10_000,
        Some('亿') => 100_000_000,
        _ => 1,
    };
    let broken = scale == 1 && decimals > 0;
    let scale = Decimal::from(scale);
    let step = scale.checked_mul(Decimal::new(1, u32::try_from(decimals).ok()?))?;
    Some(Number {
        value: Decimal::from_str_exact(&text).ok()?.checked_mul(scale)?,
        step,
        length: length + usize::from(scale > Decimal::ONE),
        broken,
        quoted: false,
    })
}

/// A Chinese numeral in its full form. 一百二 (120), 三五 (three to five) and 百 alone are how
/// people talk, not how they count: they are not read.
fn chinese(characters: &[Character]) -> Option<Number> {
    let numeral: Vec<char> = characters
        .iter()
        .map(|character| character.c)
        .take_while(|c| is_numeral(*c) && !c.is_ascii_digit())
        .take(MAX_DIGITS * 2)
        .collect();
    let mut value = 0_i64;
    let mut parts = numeral.as_slice();
    let mut step = 1;
    for (unit, scale) in [('亿', 100_000_000), ('万', 10_000)] {
        if let Some(at) = parts.iter().position(|c| *c == unit) {
            value += section(parts.get(..at)?, value == 0)? * scale;
            parts = parts.get(at + 1..)?;
            if parts.is_empty() {
                step = scale;
            }
        }
    }
    if !parts.is_empty() || numeral.is_empty() {
        value += section(parts, value == 0)?;
    }
    Some(Number {
        value: Decimal::from(value),
        step: Decimal::from(step),
        length: numeral.len(),
        broken: false,
        quoted: false,
    })
}

/// A number below ten thousand; `leading` where nothing stands before it.
fn section(chars: &[char], leading: bool) -> Option<i64> {
    if chars == ['零'] || chars == ['〇'] {
        return leading.then_some(0);
    }
    let mut value = 0;
    let mut digit: Option<i64> = None;
    // What the next part must be below, and whether a 零 has said that a place is left out.
    let mut below = 10_000;
    let mut skipped = leading;
    for c in chars {
        if let Some(found) = "一二三四五六七八九".chars().position(|d| d == *c) {
            if digit.replace(i64::try_from(found).ok()? + 1).is_some() {
                return None;
            }
            continue;
        }
        let unit = match c {
            '两' if digit.is_none() => {
                digit = Some(2);
                continue;
            }
            '零' | '〇' if digit.is_none() && !skipped => {
                skipped = true;
                continue;
            }
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            _ => return None,
        };
        let count = match digit.take() {
            Some(count) => count,
            // 十五, but not 百五.
            None if unit == 10 && leading && value == 0 => 1,
            None => return None,
        };
        if unit >= below || (!skipped && unit * 10 != below) {
            return None;
        }
        value += count * unit;
        below = unit;
        skipped = false;
    }
    match digit {
        Some(_) if !skipped && below != 10 => None,
        Some(digit) => Some(value + digit),
        None => (value > 0).then_some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(String, usize)> {
        let characters: Vec<Character> = text
            .chars()
            .map(|c| Character {
                c,
                at: 0,
                end: 0,
                quoted: None,
            })
            .collect();
        read(&characters).map(|n| (n.value.normalize().to_string(), n.length))
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, value, length) in [
            ("3646件", "3646", 4),
            ("3,646件", "3646", 5),
            ("1，234，567件", "1234567", 9),
            ("1.2万件", "12000", 4),
            ("3千件", "3000", 2),
            ("两件", "2", 1),
            ("零件", "0", 1),
            ("十件", "10", 1),
            ("十五件", "15", 2),
            ("二十件", "20", 2),
            ("一百二十三件", "123", 5),
            ("一百零五件", "105", 4),
            ("一百一十件", "110", 4),
            ("三千六百四十六件", "3646", 7),
            ("三千零四十六件", "3046", 6),
            ("三千零六件", "3006", 4),
            ("一万二千件", "12000", 4),
            ("一万零二十件", "10020", 5),
            ("两亿零五万件", "200050000", 5),
        ] {
            assert_eq!(number(text), Some((value.to_owned(), length)), "{text}");
        }
    }

    #[test]
    fn talk_is_not_read_as_a_number() {
        for text in [
            "件",
            "三五件",
            "二三十件",
            "一百二件",
            "百件",
            "百五件",
            "一千二件",
            "万件",
            "十百件",
            "三千四十件",
            "零五件",
            "二〇二四件",
            "1.件",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn a_rounded_number_fits_what_it_may_stand_for() {
        let rounded = Number {
            value: Decimal::from(12_000),
            step: Decimal::from(1_000),
            length: 4,
            broken: false,
            quoted: false,
        };
        assert!(rounded.fits(Decimal::from(12_345)));
        assert!(rounded.fits(Decimal::from(11_950)));
        assert!(!rounded.fits(Decimal::from(13_000)));
    }
}
