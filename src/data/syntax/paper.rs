//! Dates and figures written as on paper, which the parser stumbles over.

use std::sync::Arc;

use super::line::code_part;
use crate::data::date;
use crate::data::numeral::{self, NumeralError};
use crate::text::{Code, Finding, Message, Place, Source, Span};

/// `date = 2025年1月16日`, `date = 2025.1.16`, `date = 2025-02-30`.
pub(super) fn wrong_date(
    source: &Arc<Source>,
    line: &Span,
    span: &Span,
    parser: &str,
) -> Option<Finding> {
    let text = source.slice(line);
    let (key, value) = code_part(text).split_once('=')?;
    let word = value.trim();
    let digits = word.starts_with(|c: char| c.is_ascii_digit());
    let wanted = digits && (key.trim().ends_with("date") || word.contains('年'));
    if !wanted && !parser.contains("invalid date") {
        return None;
    }
    let start = line.start + text.len() - text.get(key.len() + 1..)?.trim_start().len();
    let place = if wanted {
        Place::new(source, start..start + word.len())
    } else {
        Place::new(source, span.clone())
    };
    Some(date::finding(word, place))
}

/// `made = 12,345`, `made = 增10`, `made = —`: a figure written as on paper stops the parser
/// with a message about commas or keys. What helps is how to write the number.
pub(super) fn wrong_numeral(source: &Arc<Source>, span: &Span) -> Option<Finding> {
    let line = source.line_span(source.line_of(span.start));
    let text = source.slice(&line);
    let at = span.start - line.start;
    let (start, end) = word_around(text, at)?;
    let word = text.get(start..end)?;
    let fault = match numeral::parse(word) {
        Err(NumeralError::Blank | NumeralError::Other | NumeralError::Notation) | Ok(_) => {
            return None;
        }
        Err(fault) => fault,
    };
    // Only money has decimals; which figure it is, is not known here.
    let code = if numeral::plain(word).contains('.') {
        Code::NotAnAmount
    } else {
        Code::NotACount
    };
    Some(
        Finding::new(
            code,
            Message::new(
                format!("“{word}”不是能读的数字"),
                format!("\"{word}\" is no number that can be read"),
            ),
        )
        .at(Place::new(source, line.start + start..line.start + end))
        .expected("0", word)
        .remedy(fault.remedy(word)),
    )
}

/// The bytes of the value around byte `at` of a line: in a list from comma to comma; behind an
/// equals sign to the end of the value, and commas inside a number belong to it. None where it
/// may be several values, run together by a sign that is no comma.
fn word_around(text: &str, at: usize) -> Option<(usize, usize)> {
    let before = text.get(..at)?;
    let mut from = before.rfind(['=', '[', '{'])? + 1;
    let list = before.get(..from)?.ends_with('[');
    if list && let Some(comma) = before.rfind(',') {
        from = from.max(comma + 1);
    }
    let rest = text.get(from..)?;
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = text.get(start..)?;
    let mut end = rest.len();
    for (i, c) in rest.char_indices() {
        let next = rest.get(i + c.len_utf8()..).unwrap_or_default();
        let splits = match c {
            '#' | ']' | '}' | '"' | '\'' => true,
            // "12, other" is the end of a value, "12,345" is not.
            ',' => list || !next.starts_with(|n: char| n.is_ascii_digit()),
            _ => false,
        };
        if splits {
            end = i;
            break;
        }
    }
    let word = rest.get(..end)?.trim_end();
    let several = word.contains(['=', '、', '；'])
        || (list && word.contains(|c: char| c.is_whitespace() || c == '，'));
    (!word.is_empty() && !several).then(|| (start, start + word.len()))
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
            assert!(remedy.contains("逗号"), "{text}: {remedy}");
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
        ] {
            let (code, _, remedy) = only(text);
            assert_eq!(code, Code::BadDate);
            assert_eq!(remedy, "写成 2025-01-16，不加引号");
        }
        let (code, _, remedy) = only("date = 2025-02-30\n");
        assert_eq!((code, remedy.as_str()), (Code::BadDate, "请核对月份和日期"));
    }
}
