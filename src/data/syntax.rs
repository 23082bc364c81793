//! TOML to raw values, with every syntax fault of the file at once.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::numeral::{self, Fault};
use super::value::{Entry, Node, Value};
use crate::finding::{Code, Finding, Message};
use crate::source::{Place, Source, Span};

/// Deepest nesting of lists and tables that is read: the data file needs four levels.
const MAX_DEPTH: usize = 16;

/// A data file as it was read: not judged against any form.
#[derive(Debug, Clone)]
pub struct RawFile {
    /// The text.
    pub source: Arc<Source>,
    /// The whole file as one table. After a syntax fault, what could be made out of it.
    pub root: Node,
    /// The syntax faults, in file order, one a line at most.
    pub findings: Vec<Finding>,
}

impl RawFile {
    /// Whether the line that holds byte `offset` has a syntax fault: what was read from such a
    /// line is a guess, and no further finding should rest on it.
    pub fn is_doubtful(&self, offset: usize) -> bool {
        let line = self.source.line_of(offset);
        self.findings.iter().any(|finding| {
            finding
                .place
                .as_ref()
                .is_some_and(|place| self.source.line_of(place.span.start) == line)
        })
    }
}

/// Reads a data file.
pub fn read(source: &Arc<Source>) -> RawFile {
    let empty = |findings| RawFile {
        source: Arc::clone(source),
        root: Node {
            value: Value::Table(Vec::new()),
            span: 0..0,
        },
        findings,
    };
    if let Some(finding) = too_deep(source) {
        return empty(vec![finding]);
    }
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let mut findings: Vec<Finding> = Vec::new();
    let mut seen_lines = std::collections::BTreeSet::new();
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        if seen_lines.insert(source.line_of(span.start)) {
            findings.push(syntax_finding(source, span, error.message()));
        }
    }
    let span = 0..source.text().len();
    RawFile {
        root: Node {
            value: table_value(table.get_ref()),
            span,
        },
        ..empty(findings)
    }
}

fn table_value(table: &DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            name: key.get_ref().to_string(),
            span: key.span(),
            node: Node {
                value: node_value(value.get_ref()),
                span: value.span(),
            },
        })
        .collect();
    entries.sort_by_key(|entry| entry.span.start);
    Value::Table(entries)
}

fn node_value(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        // A number in another base keeps its prefix, so that it is no plain decimal.
        DeValue::Integer(number) => Value::Number(number.to_string()),
        DeValue::Float(number) => Value::Number(number.to_string()),
        DeValue::Boolean(yes) => Value::Bool(*yes),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| Node {
                    value: node_value(item.get_ref()),
                    span: item.span(),
                })
                .collect(),
        ),
        DeValue::Table(table) => table_value(table),
    }
}

/// A finding for nesting beyond [`MAX_DEPTH`]: walking such a tree would use up the stack.
/// Brackets in texts count too, which no real data file notices: they are closed again.
fn too_deep(source: &Arc<Source>) -> Option<Finding> {
    let mut depth = 0usize;
    for line in 0.. {
        let span = source.line_span(line);
        if span.start >= source.text().len() {
            return None;
        }
        let text = source.slice(&span);
        let header = text.trim_start().starts_with('[');
        let dots = text
            .bytes()
            .take_while(|&b| b != b'=')
            .filter(|&b| b == b'.')
            .count();
        if dots > MAX_DEPTH {
            return Some(depth_finding(source, span));
        }
        if header {
            depth = 0;
        }
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MAX_DEPTH {
                let at = span.start + at;
                return Some(depth_finding(source, at..at + 1));
            }
        }
    }
    None
}

fn depth_finding(source: &Arc<Source>, span: Span) -> Finding {
    Finding::new(
        Code::Syntax,
        Message::new(
            format!("列表或表嵌套超过 {MAX_DEPTH} 层"),
            format!("lists or tables are nested more than {MAX_DEPTH} deep"),
        ),
    )
    .at(Place::new(source, span))
    .remedy(Message::new(
        "请检查括号是否配对",
        "check that the brackets are paired",
    ))
}

fn syntax_finding(source: &Arc<Source>, span: Span, parser: &str) -> Finding {
    if let Some(finding) = wrong_numeral(source, &span) {
        return finding;
    }
    let line = source.line_span(source.line_of(span.start));
    let text = source.slice(&line);
    let curly = ['“', '”', '‘', '’', '＝', '，', '［', '］', '｛', '｝', '＃'];
    let (zh, en) = if text.contains(['\0', '\u{1}', '\u{2}', '\u{1b}']) {
        (
            "含有控制字符，不是文本文件",
            "there are control characters: this is no text file",
        )
    } else if parser.contains("duplicate") {
        ("这个键写了两次", "this key is given twice")
    } else if parser.contains("string") || parser.contains("quote") {
        (
            "文字的引号没有配对",
            "a text's quotation marks are not paired",
        )
    } else if parser.contains("array") {
        (
            "方括号没有配对，或列表里少了逗号",
            "a bracket is not closed, or a comma is missing",
        )
    } else if parser.contains("inline table") {
        (
            "花括号没有配对，或其中少了逗号",
            "a brace is not closed, or a comma is missing",
        )
    } else {
        (
            "这一行不合数据文件的写法",
            "this line is not written as a data file's",
        )
    };
    let remedy = if text.contains(curly) {
        Message::new(
            "等号、引号、逗号和括号要用半角：= \" , [ ] { } #",
            "equals signs, quotes, commas and brackets must be plain ASCII: = \" , [ ] { } #",
        )
    } else {
        Message::new(
            "每行写成“键 = 值”，文字放在英文双引号里，多行文字放在三个双引号之间",
            "write each line as key = value, a text in double quotes, a text of several lines between triple double quotes",
        )
    };
    if parser.contains("date") || parser.contains("time") {
        return Finding::new(
            Code::BadDate,
            Message::new("这不是一个日期", format!("this is no date ({parser})")),
        )
        .at(Place::new(source, span))
        .remedy(Message::new("写成 2025-01-16", "write it as 2025-01-16"));
    }
    Finding::new(Code::Syntax, Message::new(zh, format!("{en} ({parser})")))
        .at(Place::new(source, span))
        .remedy(remedy)
}

/// `made = 12,345`, `made = 增10`, `made = —`: a figure written as on paper stops the parser
/// with a message about commas or keys. What helps is how to write the number.
fn wrong_numeral(source: &Arc<Source>, span: &Span) -> Option<Finding> {
    let line = source.line_span(source.line_of(span.start));
    let text = source.slice(&line);
    let at = span.start - line.start;
    let (start, end) = word_around(text, at)?;
    let word = text.get(start..end)?;
    let fault = match numeral::parse(word) {
        Err(Fault::Blank | Fault::Other | Fault::Notation) | Ok(_) => return None,
        Err(fault) => fault,
    };
    Some(
        Finding::new(
            Code::NotACount,
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

/// The bytes of the value around byte `at` of a line: from the last `=`, `[` or `{` before it
/// to the end of the value. Commas inside a number belong to it.
fn word_around(text: &str, at: usize) -> Option<(usize, usize)> {
    let before = text.get(..at)?;
    let from = before.rfind(['=', '[', '{'])? + 1;
    let rest = text.get(from..)?;
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = text.get(start..)?;
    let mut end = rest.len();
    for (i, c) in rest.char_indices() {
        let next = rest.get(i + c.len_utf8()..).unwrap_or_default();
        let splits = match c {
            '#' | ']' | '}' | '"' | '\'' => true,
            // "12, other" is the end of a value, "12,345" is not.
            ',' => !next.starts_with(|n: char| n.is_ascii_digit()),
            _ => false,
        };
        if splits {
            end = i;
            break;
        }
    }
    let word = rest.get(..end)?.trim_end();
    (!word.is_empty()).then(|| (start, start + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<Finding> {
        read(&Arc::new(Source::new("t.toml", text))).findings
    }

    #[test]
    fn numbers_keep_their_digits() {
        let source = Arc::new(Source::new("t", "a = 59237.2449\nb = [1, -2, 0x10]\n"));
        let raw = read(&source);
        let number = |node: &Node| match &node.value {
            Value::Number(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(number(&raw.root.get("a").unwrap().node), "59237.2449");
        let Value::Array(items) = &raw.root.get("b").unwrap().node.value else {
            panic!("no list");
        };
        assert_eq!(
            items.iter().map(number).collect::<Vec<_>>(),
            ["1", "-2", "0x10"]
        );
        assert_eq!(source.slice(&items[1].span), "-2");
    }

    #[test]
    fn several_faults_are_found_in_one_run() {
        let found = findings("a = \nyear = 2019\nb = 12,345\nc = 增10\nd = [1, —]\n");
        let lines: Vec<usize> = found
            .iter()
            .map(|f| f.place.as_ref().unwrap().position().line)
            .collect();
        assert!(
            lines.contains(&1) && lines.contains(&3) && lines.contains(&4),
            "{found:#?}"
        );
        let separators = found
            .iter()
            .find(|f| f.found.as_deref() == Some("12,345"))
            .expect("12,345 is named");
        assert_eq!(separators.code, Code::NotACount);
        assert!(separators.remedy.as_ref().unwrap().zh.contains("12345"));
        assert!(found.iter().any(|f| f.found.as_deref() == Some("增10")));
    }

    #[test]
    fn deep_nesting_is_a_finding() {
        assert_eq!(findings(&format!("a = {}", "[".repeat(100_000))).len(), 1);
        assert_eq!(findings(&format!("{}a = 1", "a.".repeat(100_000))).len(), 1);
    }
}
