//! Texts, lists and braces that are opened and not closed.

use std::sync::Arc;

use super::line::{
    TEXT_QUOTES, code_part, is_meant_as_entry, is_meant_as_head, starts_entry, starts_text,
};
use super::signs::{CLOSING, QUOTES};
use crate::text::{Code, Finding, Message, Place, Source, Span};

/// What was opened and not closed.
pub(super) struct Unclosed {
    /// From the opening to the end of its line.
    pub span: Span,
    kind: Delimiter,
}

enum Delimiter {
    /// `"""`.
    Text,
    /// `"`, or marks that are none, before a text of several lines.
    Lines,
    /// `[`.
    List,
    /// `{`.
    Braces,
}

impl Unclosed {
    pub fn finding(&self, source: &Arc<Source>) -> Finding {
        let (message, remedy) = match self.kind {
            Delimiter::Text => (
                Message::new(
                    "从这里开始的文字没有结束",
                    "the text that starts here has no end",
                ),
                Message::new(
                    "在这段文字的最后一行下面另起一行，写三个英文双引号 \"\"\"",
                    "write three double quotes, \"\"\", on a line below the text's last one",
                ),
            ),
            Delimiter::Lines => (
                Message::new(
                    "这段文字有好几行，前面没有写三个英文双引号",
                    "this text has several lines and doesn't start with three double quotes",
                ),
                Message::new(
                    "有好几行的文字，前后各写三个英文双引号 \"\"\"，后面的三个另起一行",
                    "a text of several lines has three double quotes, \"\"\", on either side",
                ),
            ),
            Delimiter::List => (
                Message::new("这个方括号没有关上", "this bracket is not closed"),
                Message::new("在最后一个数字后面加上 ]", "add ] behind the last figure"),
            ),
            Delimiter::Braces => (
                Message::new("这个花括号没有关上", "this brace is not closed"),
                Message::new("在最后一项后面加上 }", "add } behind the last entry"),
            ),
        };
        let last = source.slice(&self.span).chars().last();
        let closer = match self.kind {
            Delimiter::List => Some("]"),
            Delimiter::Braces => Some("}"),
            Delimiter::Text | Delimiter::Lines => None,
        };
        // What was to close it is there.
        let odd = last.filter(|c| CLOSING.contains(c)).zip(closer);
        let remedy = odd.map_or(remedy, |(c, closer)| {
            Message::new(
                format!("最后的 {c} 改成半角的 {closer}"),
                format!("write {closer} for the {c} at its end"),
            )
        });
        Finding::new(Code::Syntax, message)
            .at(Place::new(source, self.span.clone()))
            .remedy(remedy)
    }
}

/// The first text, list or pair of braces after which a line starts that can't be a part of it:
/// `key = """` inside a text, `key =` or `[table]` inside a list.
pub(super) fn unclosed(source: &Arc<Source>) -> Option<Unclosed> {
    let mut text_from: Option<usize> = None;
    let mut bracket: Option<Unclosed> = None;
    for index in 0.. {
        let line = source.line_span(index);
        if line.start >= source.text().len() {
            break;
        }
        let text = source.slice(&line);
        if text_from.is_some() {
            if starts_text(text) {
                break;
            }
            if text.matches(TEXT_QUOTES).count() % 2 == 1 {
                text_from = None;
            }
            continue;
        }
        let code = code_part(text);
        if code.trim().is_empty() || is_meant_as_head(code) && !starts_entry(code) {
            continue;
        }
        if starts_entry(code) && bracket.is_some() {
            return bracket;
        }
        if let Some(at) = lines_from(code)
            && goes_on(source, index)
        {
            let span = line.start + at..line.start + code.trim_end().len();
            return Some(Unclosed {
                span,
                kind: Delimiter::Lines,
            });
        }
        if text.matches(TEXT_QUOTES).count() % 2 == 1 {
            let at = text.find(TEXT_QUOTES).unwrap_or_default();
            text_from = Some(line.start + at);
            bracket = None;
            continue;
        }
        bracket = left_open(code).map(|(at, kind)| Unclosed {
            span: line.start + at..line.start + code.trim_end().len(),
            kind,
        });
    }
    let from = text_from?;
    let line = source.line_span(source.line_of(from));
    Some(Unclosed {
        span: from..line.end,
        kind: Delimiter::Text,
    })
}

/// Where the value of a line starts, if that is a mark that opens a text and nothing closes it there.
fn lines_from(code: &str) -> Option<usize> {
    let (key, value) = code.split_once(['=', '＝'])?;
    let value = value.trim();
    let at = code.len()
        - code
            .get(key.len()..)?
            .trim_start_matches(['=', '＝', ' ', '\t'])
            .len();
    if value.is_empty() {
        return Some(code.trim_end().len());
    }
    let mark = value
        .chars()
        .next()
        .filter(|c| *c == '"' || QUOTES.contains(c))?;
    let inner = value.trim_start_matches(|c| c == mark || QUOTES.contains(&c) || c == '"');
    let marks = value.get(..value.len() - inner.len())?;
    let closed = inner.ends_with(|c| c == '"' || QUOTES.contains(&c));
    (!marks.starts_with(TEXT_QUOTES) && !closed).then_some(at)
}

/// Whether the line below is the next one of a text: neither an entry nor the end.
fn goes_on(source: &Arc<Source>, index: usize) -> bool {
    let below = (index + 1..).map(|index| source.line_span(index));
    let mut below = below.take_while(|span| span.start < source.text().len());
    let next =
        below.find_map(|span| Some(source.slice(&span).trim()).filter(|text| !text.is_empty()));
    next.is_some_and(|text| !is_meant_as_entry(text))
}

/// The bracket or brace of a line that is not closed on it. One at the end of the line, or with
/// a comma there, goes on below.
fn left_open(code: &str) -> Option<(usize, Delimiter)> {
    let mut open = Vec::new();
    let mut quoted = false;
    for (at, c) in code.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '[' | '{' if !quoted => open.push((at, c)),
            ']' | '}' if !quoted => {
                open.pop();
            }
            _ => {}
        }
    }
    let (at, c) = open.into_iter().next()?;
    match c {
        '[' => Some((at, Delimiter::List)),
        _ if code.trim_end().ends_with(['{', ',']) => None,
        _ => Some((at, Delimiter::Braces)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, only};
    use crate::text::Code;

    #[test]
    fn what_is_not_closed_is_one_finding_at_its_opening() {
        let text = "[t]\na = \"\"\"\n一段\n\nb = \"\"\"\n（一）二段，三段\n\"\"\"\nc = 1\n";
        let (code, line, remedy) = only(text);
        assert_eq!((code, line), (Code::Syntax, 2));
        assert!(remedy.contains("另起一行"), "{remedy}");
        let rows = "a = [1, 2]\nb = [1, 2 # 注释\nc = [1, 2]\n\n[t]\nd = [1]\n";
        let (_, line, remedy) = only(rows);
        assert_eq!((line, remedy.as_str()), (2, "在最后一个数字后面加上 ]"));
        let braces = "a = { x = 1, y = 2\nb = { x = 1 }\nc = { x = 1 }\n";
        assert_eq!(only(braces).1, 1);
        for quotes in ["", "\"", "\"\"", "“”", "“”“”“”", "”””", "“"] {
            let text =
                format!("a = 1\nb = {quotes}\n一段。\n\n二段，三段：四。\n{quotes}\nc = 1\n");
            let (_, line, remedy) = only(&text);
            assert_eq!(line, 2, "{quotes}");
            assert!(remedy.contains("三个英文双引号"), "{quotes}: {remedy}");
        }
        // What goes on over lines on purpose is left alone.
        assert!(findings("a = [\n  1,\n  2,\n]\nb = { x = 1,\n  y = 2 }\n").is_empty());
    }
}
