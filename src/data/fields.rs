//! Reading single values with findings: what data files and style files have in common.

use std::sync::Arc;

use super::{Entry, Node, RawFile, Value};
use crate::text::{Code, Finding, MOST, Message, Place, Source, Span};

/// A text of a file and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// The text.
    pub text: String,
    /// Its place.
    pub place: Place,
}

/// Takes values out of a raw file and collects the findings on the way.
pub(crate) struct Fields<'a> {
    pub raw: &'a RawFile,
    pub findings: Vec<Finding>,
    /// A year that a report may be on, to show how one is written.
    pub year_example: i32,
    /// Keys that the file has under a name that is not theirs: they are not missing.
    pub meant: Vec<String>,
    /// The code of every finding, where the file has one for all its faults.
    code: Option<Code>,
}

impl<'a> Fields<'a> {
    /// Every finding has the code of its fault.
    pub fn new(raw: &'a RawFile) -> Self {
        Self {
            raw,
            findings: Vec::new(),
            year_example: 2024,
            meant: Vec::new(),
            code: None,
        }
    }

    /// Every finding has the code `code`.
    pub fn with_code(raw: &'a RawFile, code: Code) -> Self {
        Self {
            code: Some(code),
            ..Self::new(raw)
        }
    }

    pub fn source(&self) -> &Arc<Source> {
        &self.raw.source
    }

    pub fn place(&self, span: &Span) -> Place {
        Place::new(self.source(), span.clone())
    }

    /// Whether there are more findings than are told, so that further ones needn't be made.
    pub fn is_full(&self) -> bool {
        self.findings.len() > MOST
    }

    /// Adds a finding, unless it rests on a line that couldn't be parsed.
    pub fn push(&mut self, mut finding: Finding) {
        if self.is_full() {
            return;
        }
        if let Some(code) = &self.code {
            finding.code = code.clone();
        }
        let doubtful = finding.place.as_ref().is_some_and(|place| {
            // What the parser puts in place of what it couldn't read stands nowhere.
            let nowhere = place.span == (0..0) && !self.raw.findings.is_empty();
            let own = Arc::ptr_eq(&place.source, self.source());
            own && (nowhere || self.raw.is_doubtful(place.span.start))
        });
        if !doubtful {
            self.findings.push(finding);
        }
    }

    /// Adds a finding for the value at `key`.
    pub fn fault(&mut self, node: &Node, key: &str, code: Code, message: Message, remedy: Message) {
        let finding = Finding::new(code, message).at(self.place(&node.span));
        self.push(finding.key(key).remedy(remedy));
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

    /// The first line of a table's span: where to say that something is missing in it. In the
    /// file as a whole that is its very start: the first line is no more at fault than any other.
    fn head_of(&self, span: &Span) -> Span {
        if *span == self.raw.root.span {
            return 0..0;
        }
        let line = self.source().line_span(self.source().line_of(span.start));
        span.start..span.end.min(line.end).max(span.start)
    }

    /// Adds a finding for a value of the wrong kind. `name` is what the user calls it; `wanted`
    /// says what it should be.
    pub fn wrong_type(
        &mut self,
        node: &Node,
        key: &str,
        name: &Message,
        wanted: (&str, &str),
        remedy: Message,
    ) {
        let (found_zh, found_en) = node.value.kind();
        let finding = Finding::new(
            Code::WrongType,
            Message::new(
                format!("{}应当是{}，这里写的是{found_zh}", name.zh, wanted.0),
                format!("{} should be {}, not {found_en}", name.en, wanted.1),
            ),
        )
        .at(self.place(&node.span))
        .key(key)
        .expected(wanted.0, found_zh)
        .remedy(remedy);
        self.push(finding);
    }

    /// A value as it is written, short enough for a finding.
    pub fn written(&self, node: &Node) -> String {
        shorten(self.source().slice(&node.span))
    }

    /// What to write in place of a value that should be a text.
    pub fn quoted(&self, node: &Node, key: &str) -> Message {
        let last = last(key);
        let text = match &node.value {
            Value::Number(_) | Value::Date(_) => self.written(node),
            _ => "……".to_owned(),
        };
        Message::new(
            format!("加上英文双引号：{last} = \"{text}\""),
            format!("put it in double quotes: {last} = \"{text}\""),
        )
    }

    /// Adds a finding for every entry whose name is not one of `known`.
    pub fn unknown(&mut self, entries: &[Entry], prefix: &str, known: &[&str]) {
        for entry in entries {
            if !known.contains(&entry.name.as_str()) {
                self.unknown_key(entry, prefix, known);
            }
        }
    }

    pub fn unknown_key(&mut self, entry: &Entry, prefix: &str, known: &[&str]) {
        if self.is_full() {
            return;
        }
        let key = join(prefix, &entry.name);
        let name = entry.name.to_ascii_lowercase();
        let remedy = match nearest(&name, known.iter().copied()) {
            Some((distance, name)) if distance <= 1 + name.len() / 4 => {
                self.meant.push(join(prefix, name));
                Message::new(format!("是不是 {name}？"), format!("did you mean {name}?"))
            }
            _ => Message::new(
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
                let remedy = Message::new(
                    format!("写一行 [{key}]，下面每行写一个“键 = 值”"),
                    format!("write [{key}] and below it lines of key = value"),
                );
                self.wrong_type(node, key, &key_name(key), ("一节", "a table"), remedy);
                None
            }
        }
    }

    /// A text of one line; a finding where it is something else, blank or too long.
    pub fn text(&mut self, node: &Node, key: &str, longest: usize) -> Option<Worded> {
        let remedy = Message::new("请填写，或删去这一项", "fill it in, or take it out");
        self.text_or(node, key, longest, remedy)
    }

    /// The same of a text that can't be left out.
    pub fn needed_text(&mut self, node: &Node, key: &str, longest: usize) -> Option<Worded> {
        self.text_or(node, key, longest, Message::new("请填写", "fill it in"))
    }

    fn text_or(
        &mut self,
        node: &Node,
        key: &str,
        longest: usize,
        blank: Message,
    ) -> Option<Worded> {
        let Value::Text(text) = &node.value else {
            let wanted = ("放在英文双引号里的文字", "a text in double quotes");
            self.wrong_type(node, key, &key_name(key), wanted, self.quoted(node, key));
            return None;
        };
        let trimmed = text.trim();
        let count = trimmed.chars().count();
        let (code, message, remedy) = if trimmed.is_empty() {
            (
                Code::MissingKey,
                Message::new(format!("{key} 没有内容"), format!("{key} is blank")),
                blank,
            )
        } else if trimmed.contains(['\n', '\r', '\t']) {
            (
                Code::WrongLength,
                Message::new(
                    format!("{key} 只能是一行，不能有换行和制表符"),
                    format!("{key} is one line, without line breaks or tabs"),
                ),
                Message::new("写成一行", "write it in one line"),
            )
        } else if count > longest {
            (
                Code::WrongLength,
                Message::new(
                    format!("{key} 有 {count} 个字，最多 {longest} 个"),
                    format!("{key} has {count} characters, {longest} at most"),
                ),
                Message::new("请缩短", "make it shorter"),
            )
        } else {
            return Some(Worded {
                text: trimmed.to_owned(),
                place: self.place(&node.span),
            });
        };
        self.fault(node, key, code, message, remedy);
        None
    }

    /// One of a few words, each with its meaning in Chinese.
    pub fn choice(
        &mut self,
        node: &Node,
        key: &str,
        choices: &[(&'static str, &str)],
    ) -> Option<&'static str> {
        let found = match &node.value {
            Value::Text(text) => match choices.iter().find(|(word, _)| word == text) {
                Some((word, _)) => return Some(word),
                None => text.clone(),
            },
            _ => self.written(node),
        };
        let listed: Vec<String> = choices
            .iter()
            .map(|(word, meaning)| format!("\"{word}\"（{meaning}）"))
            .collect();
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let message = Message::new(
            format!("{key} 不能是 {found}"),
            format!("{key} can't be {found}"),
        );
        let remedy = Message::new(
            format!("写 {}", listed.join("或 ")),
            format!("write one of: {}", words.join(", ")),
        );
        let finding = Finding::new(Code::WrongType, message).at(self.place(&node.span));
        let finding = finding.key(key).expected(words.join(" | "), found);
        self.push(finding.remedy(remedy));
        None
    }
}

/// The one of `known` that is most like `name`, and by how many letters they differ. A name that
/// is longer than any key is like none: comparing takes as long as both lengths multiplied.
pub(crate) fn nearest<'k>(
    name: &str,
    known: impl Iterator<Item = &'k str>,
) -> Option<(usize, &'k str)> {
    /// A key has eight parts at most, and the official ones have 45 characters.
    const LONGEST_KEY: usize = 120;
    if name.len() > LONGEST_KEY {
        return None;
    }
    known
        .map(|key| (strsim::damerau_levenshtein(key, name), key))
        .min()
}

/// What a finding calls a value that has no official name: its key, set off from Chinese by a
/// space.
pub(crate) fn key_name(key: &str) -> Message {
    Message::new(format!("{key} "), key)
}

/// A dotted key.
pub(crate) fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}.{name}")
    }
}

/// The last part of a dotted key: its name where it stands.
pub(crate) fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// A text short enough for one line of a finding.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(24) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
