//! Values written as on paper, which the parser stumbles over.

use std::ops::Range;

use super::fault::Fault;
use super::line::is_key;
use super::signs::COMMAS;
use crate::data::date;
use crate::data::fields::shorten;
use crate::data::numeral::{self, NumeralError};
use crate::text::{Code, Message};

/// Keys in braces and lists whose values are texts.
const TEXTS: [&str; 9] = [
    "unit", "note", "file", "name", "address", "postcode", "phone", "email", "seal",
];
/// Fewest digits of a telephone number.
const PHONE: usize = 7;

/// What is wrong with `word`, which stands unquoted behind `key`; the key of an item in a list is
/// blank. With it the bytes that are at fault.
pub(super) fn faulty(key: &str, word: &str, alone: bool) -> Option<(Range<usize>, Fault)> {
    let whole = 0..word.len();
    let last = key.rsplit('.').next().unwrap_or(key);
    let fault = |code, message, remedy| {
        let fault = Fault {
            span: whole.clone(),
            code,
            message,
            remedy,
        };
        Some((whole.clone(), fault))
    };
    if is_plain(word) {
        return None;
    }
    if let Some((at, note)) = trailing_note(word) {
        let remedy = Message::new("说明前面写 #（半角的）", "a note has a # before it");
        let message = Message::new(
            format!("“{}”像是说明", shorten(note)),
            format!("\"{}\" looks like a note", shorten(note)),
        );
        let fault = Fault {
            span: 0..0,
            code: Code::Syntax,
            message,
            remedy,
        };
        return Some((at..word.len(), fault));
    }
    let digits = word
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.len());
    let digits = word
        .get(..digits)
        .filter(|digits| digits.len() == 4 && last == "year");
    let year = date::meant_year(digits.unwrap_or(word));
    if let Some(year) =
        year.filter(|_| last == "year" || word.trim_end_matches(['度', '份']).ends_with('年'))
    {
        return fault(
            Code::WrongType,
            Message::new(
                format!("年份只写四位数字，这里写的是 {word}"),
                format!("a year is four digits, not {word}"),
            ),
            Message::new(
                format!("写成 year = {year}"),
                format!("write year = {year}"),
            ),
        );
    }
    let is_date = last.ends_with("date") || word.contains('年') || is_day(word);
    if is_date && (date::meant(word).is_some() || last.ends_with("date")) {
        let (message, remedy) = date::refusal(&shorten(word));
        return fault(Code::BadDate, message, remedy);
    }
    if is_phone(word) {
        return fault(
            Code::Syntax,
            Message::new(
                "电话是文字，要放在英文双引号里",
                "a telephone number is a text, in double quotes",
            ),
            quoted(key, word),
        );
    }
    if alone && let Some((list, message)) = row(key, word) {
        let remedy = Message::new(format!("写成 {list}"), format!("write {list}"));
        return fault(Code::Syntax, message, remedy);
    }
    if alone && let Some((_, value)) = word.split_once('=') {
        let entry = word.split('=').next().unwrap_or_default().trim();
        if is_key(entry) && !value.trim().is_empty() {
            let line = format!("{key} = {{ {} }}", word.trim_matches(['{', '}', ' ']));
            return fault(
                Code::Syntax,
                Message::new("这几项没有放在花括号里", "these entries are in no braces"),
                Message::new(format!("写成 {line}"), format!("write {line}")),
            );
        }
    }
    let several: Vec<&str> = word.split_whitespace().collect();
    if !alone && several.len() > 1 && several.iter().all(|it| numeral::parse(it).is_ok()) {
        return fault(
            Code::Syntax,
            Message::new(
                "两个数之间少了逗号",
                "there is no comma between two figures",
            ),
            Message::new(
                format!("写成 {}", several.join(", ")),
                format!("write {}", several.join(", ")),
            ),
        );
    }
    // What no number looks like is a text, but in braces and lists only where a text may be.
    let numbers = !alone && !TEXTS.contains(&last);
    let error = match numeral::parse(word) {
        Err(NumeralError::Other) if numbers => {
            let shown = shorten(word);
            return fault(
                Code::NotACount,
                Message::new(
                    format!("“{shown}”不是数字"),
                    format!("\"{shown}\" is no number"),
                ),
                Message::new(
                    "写一个数字，没有就写 0",
                    "write a number, 0 where there is none",
                ),
            );
        }
        Err(error) if !is_text(word, error) => error,
        _ if word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit()) => return None,
        _ => {
            return fault(
                Code::Syntax,
                Message::new(
                    "文字没有放在英文双引号里",
                    "this text is not in double quotes",
                ),
                quoted(key, word),
            );
        }
    };
    // Only money has decimals; which figure it is, is not known here.
    let code = if numeral::plain(word).contains('.') && error != NumeralError::Points {
        Code::NotAnAmount
    } else {
        Code::NotACount
    };
    let shown = shorten(word);
    fault(
        code,
        Message::new(
            format!("“{shown}”不是能读的数字"),
            format!("\"{shown}\" is no number that can be read"),
        ),
        error.remedy(word),
    )
}

/// Whether the parser can make something of a word.
pub(super) fn is_plain(word: &str) -> bool {
    let leading_zero = |word: &str| {
        let digits = word.trim_start_matches(['-', '+']);
        digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.")
    };
    matches!(word, "" | "true" | "false")
        || (numeral::parse(word).is_ok() && !leading_zero(word))
        || date::parse(word).is_some()
}

/// Whether a word that is no number is a text rather than a number written wrongly.
fn is_text(word: &str, error: NumeralError) -> bool {
    match error {
        NumeralError::Other | NumeralError::Blank => true,
        // 12件 is a number, 20号楼东侧办事大厅 is none.
        NumeralError::Unit => {
            let behind = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let spoken = behind.contains(['号', '楼', '室', '路']);
            spoken
                || (behind.chars().count() > 8
                    && !behind.starts_with(['（', '(', '，', '；', '。']))
        }
        // 1e6 is a number, 8am none.
        NumeralError::Notation => word.contains('@') || word.len() > 8,
        _ => false,
    }
}

/// `358 说明`: a number with a note behind it, and where that starts.
fn trailing_note(word: &str) -> Option<(usize, &str)> {
    let at = word.find("//").filter(|at| *at > 0 && !word.contains(':'));
    let at = at.or_else(|| {
        let at = word.find(char::is_whitespace)?;
        let behind = word.get(at..)?.trim_start();
        let prose = behind.chars().any(|c| c as u32 >= 0x2E80) && !behind.starts_with(COMMAS);
        let number = is_plain(word.get(..at)?);
        // 358 件: a unit.
        let unit = behind.chars().count() <= 4
            && behind.ends_with([
                '件', '条', '项', '个', '元', '次', '份', '宗', '起', '人', '页', '张', '万', '亿',
            ]);
        (prose && number && !behind.contains('年') && !unit).then_some(at)
    })?;
    is_plain(word.get(..at)?.trim_end()).then_some(())?;
    let note = word.get(at..)?;
    let start = word.len() - note.trim_start().len();
    Some((start, note.trim()))
}

fn quoted(key: &str, word: &str) -> Message {
    let text = shorten(&word.trim_matches(['\'', '"']).replace('\\', "/"));
    let line = match key {
        "" => format!("\"{text}\""),
        key => format!("{key} = \"{text}\""),
    };
    Message::new(
        format!("前后各加一个英文双引号：{line}"),
        format!("put a double quote before and behind it: {line}"),
    )
}

/// `2025.1.16`, `2025/1/16`, `2025-1-16`.
fn is_day(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
    matches!(parts.as_slice(), [year, _, _] if year.len() == 4) && date::meant(word).is_some()
}

/// `0772-2825345`, `(0772) 2825345`, `138 0013 8000`.
fn is_phone(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let joined = word.contains(['-', '(', '（', '－', '—', '转'])
        || (word.starts_with(['0', '1', '+']) && word.contains(' '));
    let allowed = |c: char| c.is_ascii_digit() || "-－—+ ()（）/、转".contains(c);
    digits >= PHONE && joined && word.chars().all(allowed) && !word.starts_with(['-', '－', '—'])
}

/// The parts between commas and blanks, where all of them are figures.
pub(super) fn figures(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| COMMAS.contains(&c) || c.is_whitespace());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    if parts.iter().all(|part| numeral::parse(part).is_ok()) {
        parts
    } else {
        Vec::new()
    }
}

/// `27, 4, 1`: a row of figures without its brackets, as it should be written. `12,345` is one figure.
fn row(key: &str, word: &str) -> Option<(String, Message)> {
    let bare = word.trim_matches(|c: char| "[]［］【】()（）{}".contains(c));
    let parts = figures(bare);
    let one = bare
        .split([',', '，', ' '])
        .skip(1)
        .all(|part| part.len() == 3)
        && bare == word;
    if parts.len() < 2 || (one && parts.len() < 6) {
        return None;
    }
    let message = Message::new(
        "一行数字要放在方括号里",
        "a row of figures stands in square brackets",
    );
    Some((format!("{key} = [{}]", parts.join(", ")), message))
}

#[cfg(test)]
mod tests {
    use super::super::tests::only;
    use crate::text::Code;

    #[test]
    fn numbers_run_together_are_never_joined_into_one() {
        for text in [
            "a = [27，    4, 1]\n",
            "a = [27  4, 1]\n",
            "a = [27、4, 1]\n",
            "a = [1, 27，4]\n",
            "a = { made = 0，repealed = 0 }\n",
        ] {
            let (code, _, remedy) = only(text);
            assert_eq!(code, Code::Syntax, "{text}");
            assert!(
                remedy.contains("逗号") || remedy.contains("27, 4"),
                "{text}: {remedy}"
            );
        }
        for (text, meant) in [
            ("a = [３,2,3]\n", "写成 3"),
            ("a = [1, 2, ４]\n", "写成 4"),
            ("a = [1,２,3]\n", "写成 2"),
        ] {
            let (code, _, remedy) = only(text);
            assert_eq!(code, Code::NotACount, "{text}");
            assert!(remedy.ends_with(meant), "{text}: {remedy}");
        }
    }

    #[test]
    fn a_date_as_on_paper_is_no_number_with_a_unit() {
        for text in [
            "date = 2025年1月16日\n",
            "date = 2025.1.16\n",
            "date = 2025/1/16 # 落款\n",
            "date = 二〇二五年一月十六日\n",
        ] {
            let (code, _, remedy) = only(text);
            assert_eq!(code, Code::BadDate);
            assert_eq!(remedy, "写成 2025-01-16，不加引号");
        }
        let (code, _, remedy) = only("date = 2025-02-30\n");
        assert_eq!((code, remedy.as_str()), (Code::BadDate, "请核对月份和日期"));
    }

    #[test]
    fn a_year_a_telephone_number_and_a_row_are_told_for_what_they_are() {
        for (text, code, meant) in [
            ("year = 2024年\n", Code::WrongType, "year = 2024"),
            (
                "phone = 0772-2825345\n",
                Code::Syntax,
                "phone = \"0772-2825345\"",
            ),
            ("new = 27, 4, 1, 2\n", Code::Syntax, "new = [27, 4, 1, 2]"),
            ("new = (27, 4, 1, 2)\n", Code::Syntax, "["),
            ("new = 27, 4, 1, 2]\n", Code::Syntax, "new = [27, 4, 1, 2]"),
            ("fees = amount = 3\n", Code::Syntax, "fees = { amount = 3 }"),
            ("a = { x = 35O }\n", Code::NotACount, "350"),
            ("a = { x = 约4 }\n", Code::NotACount, "4"),
            ("a = { x = 1.286.450 }\n", Code::NotACount, "1286450"),
            ("a = { x = 4, y = null }\n", Code::NotACount, "写 0"),
            (
                "name = 青石县教育局\n",
                Code::Syntax,
                "name = \"青石县教育局\"",
            ),
            ("address = 20号楼\n", Code::Syntax, "address = \"20号楼\""),
            ("a = 358 其中网办\n", Code::Syntax, "#"),
        ] {
            let (found, _, remedy) = only(text);
            assert_eq!(found, code, "{text}: {remedy}");
            assert!(remedy.contains(meant), "{text}: {remedy}");
        }
    }
}
