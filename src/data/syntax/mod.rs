//! TOML to raw values, with every syntax fault of the file at once.

mod explain;
mod fault;
mod heading;
mod line;
mod paper;
mod quoted;
mod signs;
mod size;
mod unclosed;
mod walk;
mod word;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use self::explain::syntax_finding;
use self::line::{is_meant_as_entry, is_meant_as_head};
pub(crate) use self::size::beyond;
use self::size::too_much;
use self::unclosed::unclosed;
use super::value::{Entry, Node, Value};
use crate::text::{Finding, MOST, Message, Source, Span};

/// As many lines with the same fault are told in one finding.
const MANY: usize = 5;

/// A data file as it was read: not judged against any form.
#[derive(Debug, Clone)]
pub struct RawFile {
    /// The text.
    pub source: Arc<Source>,
    /// The whole file as one table. After a syntax fault, what could be made out of it.
    pub root: Node,
    /// The syntax faults, in file order, one a line at most.
    pub findings: Vec<Finding>,
    /// What can't be relied on: below a text or a list that was not closed, and the rest of a table
    /// whose head is at fault.
    unsure: Vec<Span>,
}

impl RawFile {
    /// Whether the line that holds byte `offset` has a syntax fault or stands behind something
    /// that was not closed: what was read there is a guess, and no further finding should rest
    /// on it.
    pub fn is_doubtful(&self, offset: usize) -> bool {
        if self.unsure.iter().any(|span| span.contains(&offset)) {
            return true;
        }
        let line = self.source.line_of(offset);
        let places = self
            .findings
            .iter()
            .filter_map(|finding| finding.place.as_ref());
        let mut places = places.map(|place| &place.span).chain(&self.unsure);
        places.any(|span| self.source.line_of(span.start) == line)
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
        unsure: Vec::new(),
    };
    if let Some(finding) = too_much(source) {
        return empty(vec![finding]);
    }
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let errors = errors
        .iter()
        .map(|it| (it.span().unwrap_or(0..0), it.message()));
    let mut errors: Vec<(Span, &str)> = errors.collect();
    errors.sort_by_key(|(span, _)| span.start);
    // What is not closed swallows the lines below, and the parser complains of each of them.
    let open = if errors.is_empty() {
        None
    } else {
        unclosed(source).filter(|open| errors.iter().any(|(span, _)| span.start >= open.span.start))
    };
    let end = source.text().len();
    let mut unsure: Vec<Span> = open.iter().map(|open| open.span.start..end).collect();
    let mut findings: Vec<Finding> = Vec::new();
    // The line of the last complaint, told or not.
    let mut last: Option<usize> = None;
    for (span, complaint) in errors {
        let line = source.line_of(span.start);
        if unsure
            .iter()
            .any(|unsure| unsure.start <= span.start && unsure.end == end)
            || last == Some(line)
            || is_foreign_key(source, &span, complaint)
        {
            continue;
        }
        let prose = last.is_some_and(|last| is_prose(source, last, line));
        last = Some(line);
        if prose {
            continue;
        }
        let finding = syntax_finding(source, span.clone(), complaint);
        let head = source.slice(&source.line_span(line));
        if is_meant_as_head(head) {
            unsure.push(span.start..next_head(source, line));
        }
        findings.push(finding);
        // One more than is told tells that there are more.
        if findings.len() > MOST {
            unsure.push(span.start..end);
            break;
        }
    }
    // Of more than can be told nobody has counted all.
    if findings.len() <= MOST {
        told_once(&mut findings, &mut unsure);
    }
    findings.extend(open.map(|open| open.finding(source)));
    let span = 0..source.text().len();
    RawFile {
        root: Node {
            value: table_value(table.get_ref()),
            span,
        },
        unsure,
        ..empty(findings)
    }
}

/// Makes one finding of those that say the same of many lines, as where a page was copied from the web or a
/// list was kept in another notation.
fn told_once(findings: &mut Vec<Finding>, unsure: &mut Vec<Span>) {
    let mut counts: HashMap<(String, Option<String>), usize> = HashMap::new();
    let said = |finding: &Finding| {
        let remedy = finding.remedy.as_ref().map(|remedy| remedy.zh.clone());
        (finding.message.zh.clone(), remedy)
    };
    for finding in findings.iter() {
        *counts.entry(said(finding)).or_default() += 1;
    }
    let mut seen = HashSet::new();
    findings.retain_mut(|finding| {
        let key = said(finding);
        let count = counts.get(&key).copied().unwrap_or_default();
        if count < MANY {
            return true;
        }
        if seen.insert(key) {
            finding.message = Message::new(
                format!("{}，这样的一共有 {count} 行", finding.message.zh),
                format!("{}, and so on {count} lines", finding.message.en),
            );
            return true;
        }
        unsure.extend(finding.place.iter().map(|place| place.span.clone()));
        false
    });
}

/// A key in other letters than TOML's. It is as good as any for telling that the form has no such key.
fn is_foreign_key(source: &Source, span: &Span, parser: &str) -> bool {
    let key = source.slice(span);
    parser.contains("unquoted key")
        && key.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || "_-（）、".contains(c))
}

/// Whether all lines behind `last` down to `line` are prose: the rest of what was told of `last`.
fn is_prose(source: &Source, last: usize, line: usize) -> bool {
    (last + 1..=line).all(|index| !is_meant_as_entry(source.slice(&source.line_span(index))))
}

/// The byte where the next table starts below a line; the end where none does.
fn next_head(source: &Source, line: usize) -> usize {
    let mut below = line + 1;
    loop {
        let span = source.line_span(below);
        let text = source.slice(&span);
        if span.start >= source.text().len() || (text.starts_with('[') && text.contains(']')) {
            return span.start;
        }
        below += 1;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Code;

    pub(super) fn findings(text: &str) -> Vec<Finding> {
        read(&Arc::new(Source::new("t.toml", text))).findings
    }

    /// The one finding of a text: its code, line and Chinese remedy.
    pub(super) fn only(text: &str) -> (Code, usize, String) {
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
    fn deep_nesting_is_one_finding() {
        let texts = [
            format!("a = {}", "[".repeat(50_000)),
            format!("a = {}", "{a=".repeat(50_000)),
            format!("{}a = 1", "a.".repeat(50_000)),
        ];
        for text in texts {
            let found = findings(&text);
            assert_eq!(found.len(), 1, "{found:#?}");
            assert!(found[0].message.zh.contains("嵌套"), "{found:#?}");
        }
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
    fn nothing_is_made_of_lines_behind_what_is_not_closed() {
        let source = Arc::new(Source::new("t", "a = 1\nb = [1, 2\nc = [1]\nd = 2\n"));
        let raw = read(&source);
        assert!(!raw.is_doubtful(0));
        assert!(raw.is_doubtful(source.text().find('d').unwrap()));
    }

    #[test]
    fn odd_blanks_and_signs_are_named_and_one_mistake_is_one_finding() {
        for (text, said) in [
            ("　name = \"a\"\n", "行首有全角空格"),
            ("name\u{a0}= \"a\"\n", "不间断空格"),
            ("\u{200b}year = 2024\n", "U+200B"),
            ("a = 1\n\u{feff}[t]\nb = 1\n", "U+FEFF"),
            ("a = { x = 358\u{a0}}\n", "U+00A0"),
            ("new: [1, 2]\n", "冒号"),
            ("new ＝ [1, 2]\n", "全角等号"),
            ("a = { x = 1，y = 2 }\n", "全角逗号"),
            ("a = [1、 2]\n", "顿号"),
            ("a = [1,  , 2]\n", "空着"),
            ("【t】\nb = 1\nc = 1\n", "方括号"),
            ("[t\nb = 1\nc = 1\n", "没有关上"),
            ("t]\nb = 1\n", "少了前一半"),
            ("[t]\u{a0}# 说明\nb = 1\n", "U+00A0"),
            ("[a。b]\nc = 1\n", "点要用半角"),
            ("// 说明\na = 1\n", "像是说明"),
            ("按科室填报，见附件。\n分两行写。\na = 1\n", "像是说明"),
            ("a = 1 // 说明\n", "像是说明"),
            ("a = \"甲\"乙\"丙\"\n", "又用了英文双引号"),
            ("a = \"甲”\n", "没有后面的"),
            ("a = \"印章\\seal.png\"\n", "反斜线"),
            ("a = 1 b = 2\n", "两项"),
            ("a { x = 1 }\n", "少了等号"),
            ("a = 1，\n", "多了一个符号"),
        ] {
            let found = findings(text);
            assert_eq!(found.len(), 1, "{text}: {found:#?}");
            assert!(found[0].message.zh.contains(said), "{text}: {found:#?}");
        }
        // A key in Chinese is as good as any until it is looked for.
        assert!(findings("年度 = 2024\n").is_empty());
        let lines: String = (0..30).map(|at| format!("a{at}\u{a0}= 1\n")).collect();
        assert!(findings(&lines)[0].message.zh.contains("一共有 30 行"));
    }
}
