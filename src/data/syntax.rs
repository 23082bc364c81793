//! TOML to raw values, with every syntax fault of the file at once.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::date;
use super::numeral::{self, Fault};
use super::value::{Entry, Node, Value};
use crate::finding::{Code, Finding, Message};
use crate::source::{Place, Source, Span};

/// Deepest nesting of brackets that is read: the data file needs four levels.
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
    /// The byte from which on nothing is sure, where a text or a list was not closed.
    unsure_from: Option<usize>,
}

impl RawFile {
    /// Whether the line that holds byte `offset` has a syntax fault or stands behind something
    /// that was not closed: what was read there is a guess, and no further finding should rest
    /// on it.
    pub fn is_doubtful(&self, offset: usize) -> bool {
        if self.unsure_from.is_some_and(|from| offset >= from) {
            return true;
        }
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
        unsure_from: None,
    };
    if let Some(finding) = too_deep(source) {
        return empty(vec![finding]);
    }
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let spans = || errors.iter().map(|error| error.span().unwrap_or(0..0));
    // What is not closed swallows the lines below, and the parser complains of each of them.
    let open = if errors.is_empty() {
        None
    } else {
        unclosed(source).filter(|open| spans().any(|span| span.start >= open.span.start))
    };
    let unsure_from = open.as_ref().map(|open| open.span.start);
    let mut findings: Vec<Finding> = Vec::new();
    let mut seen_lines = std::collections::BTreeSet::new();
    for (error, span) in errors.iter().zip(spans()) {
        if unsure_from.is_some_and(|from| span.start >= from) {
            continue;
        }
        if seen_lines.insert(source.line_of(span.start)) {
            findings.push(syntax_finding(source, span, error.message()));
        }
    }
    findings.extend(open.map(|open| open.finding(source)));
    let span = 0..source.text().len();
    RawFile {
        root: Node {
            value: table_value(table.get_ref()),
            span,
        },
        unsure_from,
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

/// A finding for brackets nested beyond [`MAX_DEPTH`], before the parser wades through them; it
/// has a limit of its own for what is spread over lines or written with dots. Brackets in texts
/// count too, which no real data file notices: they are closed again.
fn too_deep(source: &Arc<Source>) -> Option<Finding> {
    let mut depth = 0usize;
    for line in 0.. {
        let span = source.line_span(line);
        if span.start >= source.text().len() {
            return None;
        }
        let text = source.slice(&span);
        if text.trim_start().starts_with('[') {
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
        Message::new("列表或表嵌套得太深", "lists or tables are nested too deep"),
    )
    .at(Place::new(source, span))
    .remedy(Message::new(
        "请检查括号是否配对",
        "check that the brackets are paired",
    ))
}

/// What was opened and not closed.
struct Unclosed {
    /// From the opening to the end of its line.
    span: Span,
    kind: Opening,
}

enum Opening {
    /// `"""`.
    Text,
    /// `[`.
    List,
    /// `{`.
    Braces,
}

impl Unclosed {
    fn finding(&self, source: &Arc<Source>) -> Finding {
        let (message, remedy) = match self.kind {
            Opening::Text => (
                Message::new(
                    "从这里开始的文字没有结束",
                    "the text that starts here has no end",
                ),
                Message::new(
                    "在这段文字的最后一行下面另起一行，写三个英文双引号 \"\"\"",
                    "write three double quotes, \"\"\", on a line below the text's last one",
                ),
            ),
            Opening::List => (
                Message::new("这个方括号没有关上", "this bracket is not closed"),
                Message::new("在最后一个数字后面加上 ]", "add ] behind the last figure"),
            ),
            Opening::Braces => (
                Message::new("这个花括号没有关上", "this brace is not closed"),
                Message::new("在最后一项后面加上 }", "add } behind the last entry"),
            ),
        };
        Finding::new(Code::Syntax, message)
            .at(Place::new(source, self.span.clone()))
            .remedy(remedy)
    }
}

/// The first text, list or pair of braces after which a line starts that can't be a part of it:
/// `key = """` inside a text, `key =` or `[table]` inside a list.
fn unclosed(source: &Arc<Source>) -> Option<Unclosed> {
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
        if code.trim().is_empty() {
            continue;
        }
        if starts_entry(code) && bracket.is_some() {
            return bracket;
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
        kind: Opening::Text,
    })
}

const TEXT_QUOTES: &str = "\"\"\"";

/// `key = """`.
fn starts_text(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, value)| {
        is_key(key.trim()) && value.trim_start().starts_with(TEXT_QUOTES)
    })
}

/// `key =` or `[table]`.
fn starts_entry(code: &str) -> bool {
    let code = code.trim();
    let table = code
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|name| is_key(name) && !name.starts_with(|c: char| c.is_ascii_digit()));
    table
        || code
            .split_once('=')
            .is_some_and(|(key, _)| is_key(key.trim()))
}

fn is_key(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    !text.is_empty() && text.chars().all(part)
}

/// The line without its comment.
fn code_part(line: &str) -> &str {
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted => return line.get(..at).unwrap_or_default(),
            _ => {}
        }
    }
    line
}

/// The bracket or brace of a line that is not closed on it. One at the end of the line, or with
/// a comma there, goes on below.
fn left_open(code: &str) -> Option<(usize, Opening)> {
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
        '[' => Some((at, Opening::List)),
        _ if code.trim_end().ends_with(['{', ',']) => None,
        _ => Some((at, Opening::Braces)),
    }
}

/// Signs that an input method writes in place of the plain ones.
const FULL_WIDTH: [char; 11] = ['“', '”', '‘', '’', '＝', '，', '［', '］', '｛', '｝', '＃'];

fn syntax_finding(source: &Arc<Source>, span: Span, parser: &str) -> Finding {
    let line = source.line_span(source.line_of(span.start));
    let text = source.slice(&line);
    if let Some(finding) = control_character(source, &line) {
        return finding;
    }
    if parser.contains("recursion") {
        return depth_finding(source, span);
    }
    if let Some(finding) = wrong_date(source, &line, &span, parser) {
        return finding;
    }
    if let Some(finding) = wrong_numeral(source, &span) {
        return finding;
    }
    let (message, remedy) = explained(text, span.start - line.start, parser);
    let code = code_part(text);
    let entry = code.contains(['=', '＝']) || code.trim_start().starts_with(['[', '［']);
    let remedy = if entry && code.contains(FULL_WIDTH) {
        Message::new(
            "等号、引号、逗号和括号要用半角：= \" , [ ] { } #",
            "equals signs, quotes, commas and brackets must be plain ASCII: = \" , [ ] { } #",
        )
    } else {
        remedy
    };
    let message = Message::new(message.zh, format!("{} ({parser})", message.en));
    Finding::new(Code::Syntax, message)
        .at(Place::new(source, span))
        .remedy(remedy)
}

/// What the parser's complaint about byte `at` of a line means to a person, and what to write.
fn explained(text: &str, at: usize, parser: &str) -> (Message, Message) {
    let says = |words: &[&str]| words.iter().any(|word| parser.contains(word));
    if says(&["duplicate"]) {
        (
            Message::new("这个键写了两次", "this key is given twice"),
            Message::new("删去其中一处", "take one of them out"),
        )
    } else if is_blank_value(text, at) {
        (
            Message::new("等号后面没有写内容", "there is nothing behind the ="),
            Message::new(
                "数字没有就写 0；文字写在英文双引号里",
                "write 0 where there is none, a text in double quotes",
            ),
        )
    } else if says(&["leading zero"]) {
        (
            Message::new("数字不能以 0 开头", "a number doesn't start with 0"),
            Message::new(
                "邮编、电话、代码是文字，放在英文双引号里；数字去掉前面的 0",
                "postcodes and phone numbers are texts, in double quotes; take the 0 off a number",
            ),
        )
    } else if says(&["array"]) || (says(&["must be quoted"]) && is_number_in_list(text, at)) {
        (
            Message::new(
                "方括号没有配对，或列表里少了逗号",
                "a bracket is not closed, or a comma is missing",
            ),
            Message::new(
                "写成 [0, 0, 0, 0, 0, 0] 这样，两个数字之间用一个半角逗号，数字里不加分隔符",
                "write it like [0, 0, 0, 0, 0, 0], a comma between figures and none inside them",
            ),
        )
    } else if says(&["must be quoted"]) {
        (
            Message::new(
                "文字没有放在英文双引号里",
                "this text is not in double quotes",
            ),
            Message::new(
                "在文字前后各加一个英文双引号 \"",
                "put a double quote, \", before and behind it",
            ),
        )
    } else if says(&["string", "quote"]) {
        (
            Message::new(
                "文字的引号没有配对",
                "a text's quotation marks are not paired",
            ),
            Message::new(
                "文字前后各一个英文双引号；多行文字前后各三个",
                "a text has one double quote on either side, a text of several lines three",
            ),
        )
    } else if says(&["inline table", "key-value"]) {
        (
            Message::new(
                "花括号没有配对，或其中少了逗号",
                "a brace is not closed, or a comma is missing",
            ),
            Message::new(
                "写成 { made = 0, repealed = 0 } 这样，两项之间用一个半角逗号",
                "write it like { made = 0, repealed = 0 }, a comma between entries",
            ),
        )
    } else {
        (
            Message::new(
                "这一行不合数据文件的写法",
                "this line is not written as a data file's",
            ),
            Message::new(
                "每行写成“键 = 值”，文字放在英文双引号里，多行文字放在三个双引号之间",
                "write each line as key = value, a text in double quotes, a text of several lines between triple double quotes",
            ),
        )
    }
}

/// Whether a number starts at byte `at`, inside the brackets of a list.
fn is_number_in_list(text: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let bracket = before.rfind(['=', '[', '{']);
    bracket.is_some_and(|from| before.get(from..).is_some_and(|b| b.starts_with('[')))
        && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether byte `at` stands where a value should, and there is none.
fn is_blank_value(text: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    before.trim_end().ends_with('=')
        && matches!(
            rest.trim_start().chars().next(),
            None | Some(',' | '}' | ']' | '#')
        )
}

/// A control character: it can't be seen, so the parser's complaint would make no sense.
fn control_character(source: &Arc<Source>, line: &Span) -> Option<Finding> {
    let text = source.slice(line);
    let (at, c) = text
        .char_indices()
        .find(|(_, c)| c.is_control() && *c != '\t')?;
    let (message, remedy) = if c == '\r' {
        (
            Message::new(
                "换行只有回车符，没有换行符",
                "the line breaks are carriage returns only",
            ),
            Message::new(
                "在编辑器里另存为，换行符选 Windows (CRLF) 或 Unix (LF)",
                "save it again with Windows (CRLF) or Unix (LF) line breaks",
            ),
        )
    } else {
        let code = format!("U+{:04X}", c as u32);
        (
            Message::new(
                format!("这里有看不见的控制字符（{code}）"),
                format!("there is an invisible control character here ({code})"),
            ),
            Message::new(
                "删去这个字符；如果到处都是，请检查是否选错了文件",
                "delete it; where they are everywhere, check that this is the right file",
            ),
        )
    };
    let start = line.start + at;
    Some(
        Finding::new(Code::Syntax, message)
            .at(Place::new(source, start..start + c.len_utf8()))
            .remedy(remedy),
    )
}

/// `date = 2025年1月16日`, `date = 2025.1.16`, `date = 2025-02-30`.
fn wrong_date(source: &Arc<Source>, line: &Span, span: &Span, parser: &str) -> Option<Finding> {
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

    /// The one finding of a text: its code, line and Chinese remedy.
    fn only(text: &str) -> (Code, usize, String) {
        let found = findings(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        let line = found[0].place.as_ref().unwrap().position().line;
        (
            found[0].code.clone(),
            line,
            found[0].remedy.as_ref().unwrap().zh.clone(),
        )
    }

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
        // What goes on over lines on purpose is left alone.
        assert!(findings("a = [\n  1,\n  2,\n]\nb = { x = 1,\n  y = 2 }\n").is_empty());
    }

    #[test]
    fn nothing_is_made_of_lines_behind_what_is_not_closed() {
        let source = Arc::new(Source::new("t", "a = 1\nb = [1, 2\nc = [1]\nd = 2\n"));
        let raw = read(&source);
        assert!(!raw.is_doubtful(0));
        assert!(raw.is_doubtful(source.text().find('d').unwrap()));
    }

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

    #[test]
    fn a_blank_value_an_unquoted_text_and_a_leading_zero_are_told_apart() {
        for (text, said) in [
            ("a = { x =  }\n", "没有写内容"),
            ("a = \n", "没有写内容"),
            ("a = 青石县\n", "没有放在英文双引号里"),
            ("a = “青石县”\n", "没有放在英文双引号里"),
            ("a = 000100\n", "以 0 开头"),
            ("a = \"一段\u{7}文字\"\n", "控制字符（U+0007）"),
        ] {
            let found = findings(text);
            assert_eq!(found.len(), 1, "{text}: {found:#?}");
            assert!(found[0].message.zh.contains(said), "{text}: {found:#?}");
        }
    }

    #[test]
    fn points_in_a_text_are_no_nesting() {
        let text = format!(
            "a = \"\"\"\n{}\n......其他......还有......\n\"\"\"\n",
            "3.5%，".repeat(40)
        );
        assert!(findings(&text).is_empty());
    }

    #[test]
    fn deep_nesting_is_a_finding() {
        assert_eq!(findings(&format!("a = {}", "[".repeat(100_000))).len(), 1);
        assert_eq!(findings(&format!("{}a = 1", "a.".repeat(100_000))).len(), 1);
        let lines = findings(&format!("a = [\n{}", "[\n".repeat(10_000)));
        assert!(
            lines.iter().any(|f| f.message.zh.contains("嵌套")),
            "{lines:#?}"
        );
    }
}
