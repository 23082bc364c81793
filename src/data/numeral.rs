//! Numbers as people write them: exact reading, and what is wrong with the ways that can't be
//! read.

use rust_decimal::Decimal;

use crate::text::Message;

/// Largest figure: 999,999,999,999.
pub const MAX: i64 = 999_999_999_999;
/// Most significant digits of a sum of money: a workbook's number cell holds 15.
pub const MAX_DIGITS: usize = 15;

/// Longest unit in characters, as a cell may have it.
const LONGEST_UNIT: usize = 8;

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
    /// `35O`, with a letter that looks like a digit.
    Letters,
    /// `－4`, with a sign that looks like a minus.
    Minus,
    /// `约4`, `10余`.
    About,
    /// `1.286.450`.
    Points,
    /// `¥12`, `(12)`.
    Wrapped,
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

/// Words for a number that isn't told exactly, before it or behind it.
const ABOUT: [&str; 20] = [
    "约", "約", "大约", "近", "超过", "逾", "不足", "余", "餘", "多", "左右", "以上", "以下", "~",
    "～", "≈", ">", "<", "≥", "≤",
];
/// Signs that look like a minus.
const MINUS: [char; 7] = ['－', '−', '–', '—', '﹣', '‐', '‑'];
/// What stands around a number and isn't part of it.
const WRAPPING: [char; 12] = [
    '¥', '￥', '$', '(', '（', '[', ')', '）', ']', '\'', '’', '\u{60}',
];

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
    } else if all(|c| matches!(c, '/' | '／' | '、')) || is_none(text) {
        NumeralError::Slash
    } else if matches!(first, '增' | '减' | '減') {
        NumeralError::SignWord
    } else if is_about(text) {
        NumeralError::About
    } else if first_digit(text.trim_start_matches(MINUS)) && text.starts_with(MINUS) {
        NumeralError::Minus
    } else if first_digit(text.trim_matches(WRAPPING))
        && text.starts_with(WRAPPING)
        && parse(text.trim_matches(WRAPPING)).is_ok()
    {
        NumeralError::Wrapped
    } else if text.matches(['.', '．']).count() > 1
        && all(|c| c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '．'))
    {
        NumeralError::Points
    } else if is_lettered(text) {
        NumeralError::Letters
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

/// Words for nothing.
fn is_none(text: &str) -> bool {
    let words = [
        "无", "無", "没有", "沒有", "空", "null", "nil", "none", "na", "n/a", "nan",
    ];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn first_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// Whether a text is a number with a word that says it is not exact.
fn is_about(text: &str) -> bool {
    let bare = ABOUT.iter().find_map(|word| text.strip_prefix(word));
    bare.is_some_and(|rest| first_digit(rest.trim_start()))
        || (first_digit(text) && ABOUT.iter().any(|word| text.contains(word)))
}

/// Whether a text is a number in which letters stand for digits.
fn is_lettered(text: &str) -> bool {
    let letter = |c: char| matches!(c, 'O' | 'o' | 'I' | 'l' | 'Ｏ' | 'ｏ' | '○' | '〇');
    let digits = text.chars().filter(|c| c.is_ascii_digit()).count();
    text.chars().any(letter)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || letter(c) || matches!(c, '.' | '-'))
        && (digits > 0 || matches!(text, "O" | "o"))
}

/// The digits of a number that is told with words around it, and its minus.
fn digits_of(text: &str) -> String {
    let meant = plain(text);
    let start = meant
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(meant.len());
    let digits = meant.get(start..).unwrap_or_default();
    let digits = digits
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.');
    let minus = if meant
        .get(..start)
        .is_some_and(|before| before.contains('-'))
    {
        "-"
    } else {
        ""
    };
    minus.to_owned() + &digits.collect::<String>()
}

/// The text with separators and full-width forms taken out: the number that was meant.
pub fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0),
            '．' => Some('.'),
            c if MINUS.contains(&c) => Some('-'),
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
            Self::Unit => apart(&meant),
            Self::Letters => {
                let number: String = meant.chars().map(as_digit).collect();
                Message::new(
                    format!("里面有字母（O、l 这样像数字的），写成 {number}"),
                    format!("there is a letter that looks like a digit in it: write {number}"),
                )
            }
            Self::Minus => Message::new(
                format!("负号用半角的 -，写成 {meant}"),
                format!("write a plain minus: {meant}"),
            ),
            Self::About => {
                let number = digits_of(text);
                Message::new(
                    format!("表里要准确的数，不写“约”“余”“左右”，如 {number}"),
                    format!("a table has exact figures, such as {number}"),
                )
            }
            Self::Points => {
                let number: String = meant.chars().filter(char::is_ascii_digit).collect();
                Message::new(
                    format!("小数点只能有一个，数字不加分隔符；是整数就写成 {number}"),
                    format!("one point at most and no separators: {number} if it is whole"),
                )
            }
            Self::Wrapped => {
                let number = digits_of(text);
                Message::new(
                    format!("只写数字 {number}"),
                    format!("write the number {number} only"),
                )
            }
            Self::Notation | Self::Other => Message::new(
                "写普通的十进制数字，如 12 或 128.645",
                "write a plain decimal number, such as 12 or 128.645",
            ),
        }
    }
}

fn as_digit(c: char) -> char {
    match c {
        'O' | 'o' | 'Ｏ' | 'ｏ' | '○' | '〇' => '0',
        'I' | 'l' => '1',
        c => c,
    }
}

/// What to write in place of a number with something behind it.
fn apart(meant: &str) -> Message {
    let is_digit = |c: &char| c.is_ascii_digit() || *c == '.';
    let number: String = meant.chars().take_while(is_digit).collect();
    let unit: String = meant.chars().skip(number.chars().count()).collect();
    if unit.chars().all(|c| "。．、，；：,;！!".contains(c)) {
        return Message::new(format!("写成 {number}"), format!("write {number}"));
    }
    let note = unit.trim_matches(|c| "（）()，；。".contains(c));
    if unit.starts_with(['（', '(', '，', '；', '。']) || unit.chars().count() > LONGEST_UNIT {
        return Message::new(
            format!("说明另写：{{ value = {number}, note = \"{note}\" }}"),
            format!("give the note apart: {{ value = {number}, note = \"{note}\" }}"),
        );
    }
    let myriads = [
        ('千', 1_000_i64),
        ('万', 10_000),
        ('萬', 10_000),
        ('亿', 100_000_000),
        ('億', 100_000_000),
    ];
    let scale = myriads.iter().find(|(word, _)| unit.starts_with(*word));
    if let Some((word, times)) = scale.filter(|_| !unit.contains('元')) {
        let value = parse(&number)
            .ok()
            .and_then(|value| value.checked_mul((*times).into()));
        if let Some(value) = value.map(|value| value.normalize()) {
            return Message::new(
                format!("件数写成 {value}；金额写成 {{ value = {number}, unit = \"{word}元\" }}"),
                format!(
                    "write {value}; a sum of money as {{ value = {number}, unit = \"{word}元\" }}"
                ),
            );
        }
    }
    Message::new(
        format!("单位另写：{{ value = {number}, unit = \"{unit}\" }}"),
        format!("give the unit apart: {{ value = {number}, unit = \"{unit}\" }}"),
    )
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
            ("35O", NumeralError::Letters),
            ("l2", NumeralError::Letters),
            ("－4", NumeralError::Minus),
            ("−４", NumeralError::Minus),
            ("约4", NumeralError::About),
            ("10余件", NumeralError::About),
            ("1.286.450", NumeralError::Points),
            ("¥12", NumeralError::Wrapped),
            ("（12）", NumeralError::Wrapped),
            ("若干", NumeralError::Other),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
        for (text, meant) in [
            ("35O", "350"),
            ("－4", "-4"),
            ("约4件", "4"),
            ("1.286.450", "1286450"),
            ("（12）", "12"),
            ("358。", "358"),
            ("12.86万", "128600"),
            ("358（其中网办300）", "note = \"其中网办300\""),
            ("减3", "-3"),
        ] {
            let remedy = diagnose(text).remedy(text).zh;
            assert!(remedy.contains(meant), "{text}: {remedy}");
        }
        assert!(
            NumeralError::Unit
                .remedy("6条")
                .zh
                .contains("value = 6, unit = \"条\"")
        );
    }
}
