//! Reading single values with findings: what all parts of a data file have in common.

use std::sync::Arc;

use crate::data::{Entry, Node, RawFile, Value};
use crate::finding::{Code, Finding, Message};
use crate::source::{Place, Source, Span};

use super::model::Worded;

/// Takes values out of a raw file and collects the findings on the way.
pub(super) struct Fields<'a> {
    pub raw: &'a RawFile,
    pub findings: Vec<Finding>,
}

impl<'a> Fields<'a> {
    pub fn new(raw: &'a RawFile) -> Self {
        Self {
            raw,
            findings: Vec::new(),
        }
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.raw.source
    }

    pub fn place(&self, span: &Span) -> Place {
        Place::new(self.source(), span.clone())
    }

    /// Adds a finding, unless it rests on a line that couldn't be parsed.
    pub fn push(&mut self, finding: Finding) {
        let doubtful = finding.place.as_ref().is_some_and(|place| {
            Arc::ptr_eq(&place.source, self.source()) && self.raw.is_doubtful(place.span.start)
        });
        if !doubtful {
            self.findings.push(finding);
        }
    }

    /// Adds a finding for a key that isn't there. After a syntax fault that proves nothing.
    pub fn missing(&mut self, parent: &Span, key: &str, message: Message, remedy: Message) {
        if self.raw.findings.is_empty() {
            let place = self.place(&self.head_of(parent));
            self.findings.push(
                Finding::new(Code::MissingKey, message)
                    .at(place)
                    .key(key)
                    .remedy(remedy),
            );
        }
    }

    /// The first line of a table's span: where to say that something is missing in it.
    fn head_of(&self, span: &Span) -> Span {
        let line = self.source().line_span(self.source().line_of(span.start));
        span.start..span.end.min(line.end).max(span.start)
    }

    pub fn wrong_type(&mut self, node: &Node, key: &str, zh: &str, en: &str) {
        let (found_zh, found_en) = node.value.kind();
        let finding = Finding::new(
            Code::WrongType,
            Message::new(
                format!("{key} 应当是{zh}，这里是{found_zh}"),
                format!("{key} should be {en}, not {found_en}"),
            ),
        )
        .at(self.place(&node.span))
        .key(key)
        .expected(zh, found_zh);
        self.push(finding);
    }

    /// Adds a finding for every entry whose name is not one of `known`.
    pub fn unknown(&mut self, entries: &'a [Entry], prefix: &str, known: &[&str]) {
        for entry in entries {
            if !known.contains(&entry.name.as_str()) {
                self.unknown_key(entry, prefix, known);
            }
        }
    }

    pub fn unknown_key(&mut self, entry: &Entry, prefix: &str, known: &[&str]) {
        let key = join(prefix, &entry.name);
        let near = known
            .iter()
            .map(|name| (strsim::damerau_levenshtein(name, &entry.name), *name))
            .min()
            .filter(|(distance, name)| *distance <= 1 + name.len() / 4);
        let remedy = match near {
            Some((_, name)) => {
                Message::new(format!("是不是 {name}？"), format!("did you mean {name}?"))
            }
            None => Message::new(
                format!("可以写的键：{}", known.join("、")),
                format!("keys that may stand here: {}", known.join(", ")),
            ),
        };
        let finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                format!("这里没有 {key} 这个键"),
                format!("there is no key {key} here"),
            ),
        )
        .at(self.place(&entry.span))
        .key(key)
        .remedy(remedy);
        self.push(finding);
    }

    /// The entries of a table; a finding where it is something else.
    pub fn table(&mut self, node: &'a Node, key: &str) -> Option<&'a [Entry]> {
        match &node.value {
            Value::Table(entries) => Some(entries),
            _ => {
                self.wrong_type(node, key, "一组键（表）", "a table");
                None
            }
        }
    }

    /// A text of one line; a finding where it is something else, blank or too long.
    pub fn text(&mut self, node: &Node, key: &str, longest: usize) -> Option<Worded> {
        let Value::Text(text) = &node.value else {
            self.wrong_type(node, key, "放在双引号里的文字", "a text in double quotes");
            return None;
        };
        let trimmed = text.trim();
        let fault = if trimmed.is_empty() {
            Some(("不能为空", "may not be blank".to_owned()))
        } else if trimmed.contains(['\n', '\r', '\t']) {
            Some(("只能是一行", "is one line".to_owned()))
        } else if trimmed.chars().count() > longest {
            Some(("太长", format!("is too long, {longest} characters at most")))
        } else {
            None
        };
        let place = self.place(&node.span);
        if let Some((zh, en)) = fault {
            let code = if trimmed.is_empty() {
                Code::MissingKey
            } else {
                Code::WrongLength
            };
            let remedy = if trimmed.is_empty() {
                Message::new("请填写，或删去这一行", "fill it in, or take the line out")
            } else {
                Message::new(
                    format!("写成一行，最多 {longest} 个字"),
                    format!("write one line of {longest} characters at most"),
                )
            };
            let finding = Finding::new(
                code,
                Message::new(format!("{key} {zh}"), format!("{key} {en}")),
            )
            .at(place)
            .key(key)
            .remedy(remedy);
            self.push(finding);
            return None;
        }
        Some(Worded {
            text: trimmed.to_owned(),
            place,
        })
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        node: &Node,
        key: &str,
        choices: &[(&str, &str, T)],
    ) -> Option<T> {
        let listed: Vec<String> = choices
            .iter()
            .map(|(word, meaning, _)| format!("\"{word}\"（{meaning}）"))
            .collect();
        let words: Vec<&str> = choices.iter().map(|(word, _, _)| *word).collect();
        let found = match &node.value {
            Value::Text(text) => {
                if let Some((_, _, value)) = choices.iter().find(|(word, _, _)| word == text) {
                    return Some(*value);
                }
                text.clone()
            }
            other => other.kind().0.to_owned(),
        };
        let finding = Finding::new(
            Code::WrongType,
            Message::new(
                format!("{key} 不能是 {found}"),
                format!("{key} can't be {found}"),
            ),
        )
        .at(self.place(&node.span))
        .key(key)
        .expected(words.join(" | "), found)
        .remedy(Message::new(
            format!("写 {}", listed.join(" 或 ")),
            format!("write one of: {}", words.join(", ")),
        ));
        self.push(finding);
        None
    }
}

/// A dotted key.
pub(super) fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}.{name}")
    }
}

/// A text short enough for one line of a finding.
pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(24) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
