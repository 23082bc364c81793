//! Numbers as people write them: exact reading, and what is wrong with the ways that can't be
//! read.

use rust_decimal::Decimal;

use crate::text::Message;

/// Largest figure: 999,999,999,999.
pub const MAX: i64 = 999_999_999_999;
/// Most significant digits of a sum of money: a workbook's number cell holds 15.
pub const MAX_DIGITS: usize = 15;

/// Why a text is not a number that can be taken as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumeralError {
    /// Nothing there.
    Blank,
    /// `12,345`.
    Separators,
    /// `１２`.
    FullWidth,
    /// `十二`.
    Chinese,
    /// `增10`, `减3`.
    SignWord,
    /// `—`, `-`.
    Dash,
    /// `/`.
    Slash,
    /// `6条`.
    Unit,
    /// `1e6`, `0x10`, `inf`.
    Notation,
    /// Anything else.
    Other,
}

/// The exact value of a plain decimal such as `12`, `-3` or `59237.2449`.
///
/// # Errors
/// What is wrong with any other text.
pub fn parse(text: &str) -> Result<Decimal, NumeralError> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if plain(whole) && plain(fraction) {
        return Decimal::from_str_exact(text.strip_prefix('+').unwrap_or(text))
            .map_err(|_| NumeralError::Other);
    }
    Err(diagnose(text))
}

/// What is wrong with a text that stands where a number should.
pub fn diagnose(text: &str) -> NumeralError {
    let text = text.trim();
    let Some(first) = text.chars().next() else {
        return NumeralError::Blank;
    };
    let all = |test: fn(char) -> bool| text.chars().all(test);
    if all(|c| matches!(c, '—' | '－' | '-' | '–' | '―' | '一')) && !text.starts_with('一')
    {
        NumeralError::Dash
    } else if all(|c| matches!(c, '/' | '／' | '、')) || text == "无" || text == "無" {
        NumeralError::Slash
    } else if matches!(first, '增' | '减' | '減') {
        NumeralError::SignWord
    } else if all(|c| c.is_ascii_digit() || matches!(c, ',' | '，' | '.' | '-' | ' '))
        && text.contains([',', '，', ' '])
    {
        NumeralError::Separators
    } else if text.chars().any(|c| matches!(c, '０'..='９' | '．' | '＋')) {
        NumeralError::FullWidth
    } else if all(|c| "〇零一二三四五六七八九十百千万萬亿億两兩".contains(c)) {
        NumeralError::Chinese
    } else if first.is_ascii_digit() && text.chars().any(|c| c as u32 >= 0x2E80) {
        NumeralError::Unit
    } else if first.is_ascii_digit() || matches!(text, "inf" | "nan" | "+inf" | "-inf") {
        NumeralError::Notation
    } else {
        NumeralError::Other
    }
}

/// The text with separators and full-width forms taken out: the number that was meant.
pub fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0),
            '．' => Some('.'),
            '－' => Some('-'),
            '＋' | '+' | ',' | '，' | ' ' | '　' => None,
            c => Some(c),
        })
        .collect()
}

impl NumeralError {
    /// What to write instead of `text`.
    pub fn remedy(self, text: &str) -> Message {
        let meant = plain(text);
        match self {
            Self::Blank => Message::new("没有就写 0", "write 0 where there is none"),
            Self::Separators => Message::new(
                format!("数字不加分隔符，写成 {meant}"),
                format!("write it without separators: {meant}"),
            ),
            Self::FullWidth => Message::new(
                format!("用半角数字，写成 {meant}"),
                format!("write it in plain digits: {meant}"),
            ),
            Self::Chinese => Message::new("用阿拉伯数字，如 12", "write it in digits, such as 12"),
            Self::SignWord => {
                let rest: String = meant.chars().skip(1).collect();
                let minus = if meant.starts_with('增') { "" } else { "-" };
                let rest = if rest.is_empty() {
                    "10".to_owned()
                } else {
                    rest
                };
                Message::new(
                    format!("增加写正数，减少写负数，这里写成 {minus}{rest}"),
                    format!("a rise is a positive number, a fall a negative one: {minus}{rest}"),
                )
            }
            Self::Dash | Self::Slash => Message::new(
                "没有就写 0，不写横线、斜线或“无”",
                "write 0 where there is none, no dash or stroke",
            ),
            Self::Unit => {
                let number: String = meant
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                let unit: String = meant.chars().skip(number.chars().count()).collect();
                Message::new(
                    format!("单位另写：{{ value = {number}, unit = \"{unit}\" }}"),
                    format!("give the unit apart: {{ value = {number}, unit = \"{unit}\" }}"),
                )
            }
            Self::Notation | Self::Other => Message::new(
                "写普通的十进制数字，如 12 或 128.645",
                "write a plain decimal number, such as 12 or 128.645",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        assert_eq!(parse("59237.2449").unwrap().to_string(), "59237.2449");
        assert_eq!(parse("-35").unwrap().to_string(), "-35");
        assert_eq!(parse("+7").unwrap().to_string(), "7");
        assert_eq!(parse(&"9".repeat(400)), Err(NumeralError::Other));
        assert_eq!(parse("1."), Err(NumeralError::Notation));
    }

    #[test]
    fn wrong_ways_of_writing_are_told_apart() {
        for (text, fault) in [
            ("", NumeralError::Blank),
            ("12,345", NumeralError::Separators),
            ("12，345", NumeralError::Separators),
            ("１２", NumeralError::FullWidth),
            ("十二", NumeralError::Chinese),
            ("增10", NumeralError::SignWord),
            ("—", NumeralError::Dash),
            ("-", NumeralError::Dash),
            ("/", NumeralError::Slash),
            ("6条", NumeralError::Unit),
            ("1e6", NumeralError::Notation),
            ("若干", NumeralError::Other),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
        assert!(NumeralError::SignWord.remedy("减3").zh.ends_with("-3"));
        assert!(
            NumeralError::Unit
                .remedy("6条")
                .zh
                .contains("value = 6, unit = \"条\"")
        );
    }
}
