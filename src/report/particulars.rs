//! What a data file says of the body and its report, by the table of
//! [particulars](crate::form::PARTICULARS).

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::data::fields::{Fields, key_name};
use crate::data::{Entry, Node, Value, Worded, date};
use crate::form::{LONGEST_PARTICULAR, PARTICULAR_TABLES, Particular, ParticularKind, Script};
use crate::text::{Code, Finding, Message, Place, Span};

/// Longest name of a file, in characters.
const LONGEST_FILE_NAME: usize = 255;

/// The particulars that a data file gives.
#[derive(Debug, Clone, Default)]
pub struct Particulars {
    said: BTreeMap<&'static str, Worded>,
    tables: Vec<&'static str>,
    /// Where names are best broken, by key.
    marks: BTreeMap<&'static str, Vec<usize>>,
}

/// Names in which a user may mark where they are best broken.
const NAMES: [&str; 2] = ["organ.name", "signature.name"];

impl Particulars {
    /// What the file says at a key, such as `organ.code`.
    pub fn get(&self, key: &str) -> Option<&Worded> {
        self.said.get(key)
    }

    /// Everything that the file says, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Worded)> {
        self.said.iter().map(|(key, worded)| (*key, worded))
    }

    /// Where the name at a key is best broken, as numbers of characters before the break.
    pub fn marks(&self, key: &str) -> &[usize] {
        self.marks.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether the file has the table of this name, whatever is in it.
    pub fn has_table(&self, table: &str) -> bool {
        self.tables.contains(&table)
    }

    /// The day that the report is signed, with its place.
    pub fn date(&self) -> Option<(Date, &Place)> {
        let worded = self.get("signature.date")?;
        Some((date::parse(&worded.text)?, &worded.place))
    }

    /// Reads every particular, with a finding for each that can't be read or must be there.
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        let root = &fields.raw.root;
        let mut particulars = Self::default();
        for (table, _) in &PARTICULAR_TABLES {
            let members = Particular::of_table(table);
            let (span, entries): (&Span, &[Entry]) = match root.get(table) {
                _ if table.is_empty() => (&root.span, root.entries()),
                None => (&root.span, &[]),
                Some(head) => {
                    let Some(entries) = fields.table(&head.node, table) else {
                        continue;
                    };
                    let known: Vec<&str> = members.iter().map(|member| member.name()).collect();
                    fields.unknown(entries, table, &known);
                    particulars.tables.push(table);
                    (&head.span, entries)
                }
            };
            for member in members {
                match entries.iter().find(|entry| entry.name == member.name()) {
                    Some(entry) => {
                        let mut said = said(fields, &entry.node, member);
                        if let Some(name) = said.as_mut().filter(|_| NAMES.contains(&member.key)) {
                            let marks = take_marks(&mut name.text);
                            particulars.marks.insert(member.key, marks);
                        }
                        particulars.said.extend(said.map(|said| (member.key, said)));
                    }
                    None if member.needed => missing(fields, span, member),
                    None => {}
                }
            }
        }
        particulars
    }
}

/// Takes the marks `|` out of a name, and the spaces around them; gives the numbers of characters before
/// them. A name of nothing else stays as it is.
fn take_marks(name: &mut String) -> Vec<usize> {
    let parts: Vec<&str> = name.split(['|', '｜']).map(str::trim).collect();
    let plain = parts.concat();
    if plain.is_empty() {
        return Vec::new();
    }
    let mut count = 0;
    let mut marks: Vec<usize> = Vec::new();
    for part in &parts {
        marks.push(count);
        count += part.chars().count();
    }
    marks.retain(|mark| *mark > 0 && *mark < count);
    *name = plain;
    marks
}

fn said(fields: &mut Fields<'_>, node: &Node, particular: &Particular) -> Option<Worded> {
    let key = particular.key;
    let text = match &particular.kind {
        ParticularKind::Text if particular.needed => {
            return fields.needed_text(node, key, LONGEST_PARTICULAR);
        }
        ParticularKind::Text => return fields.text(node, key, LONGEST_PARTICULAR),
        ParticularKind::Picture => return fields.text(node, key, LONGEST_FILE_NAME),
        ParticularKind::Form => match &node.value {
            Value::Text(text) => text.clone(),
            _ => {
                let wanted = ("放在英文双引号里的格式名", "a form's name in double quotes");
                let remedy = fields.quoted(node, key);
                fields.wrong_type(node, key, &key_name(key), wanted, remedy);
                return None;
            }
        },
        ParticularKind::Choice(choices) => {
            let words = choices
                .iter()
                .map(|choice| (choice.word, choice.name(Script::Hans)));
            let words: Vec<_> = words.collect();
            fields.choice(node, key, &words)?.to_owned()
        }
        ParticularKind::Year => match &node.value {
            Value::Number(text) if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) => {
                text.clone()
            }
            _ => {
                no_year(fields, node, key);
                return None;
            }
        },
        ParticularKind::Date => match &node.value {
            Value::Date(text) if date::parse(text).is_some() => text.clone(),
            _ => {
                let finding = date::finding(&fields.written(node), fields.place(&node.span));
                fields.push(finding);
                return None;
            }
        },
    };
    Some(Worded {
        text,
        place: fields.place(&node.span),
    })
}

fn no_year(fields: &mut Fields<'_>, node: &Node, key: &str) {
    let found = fields.written(node);
    let message = Message::new(
        format!("{key} 应当是四位数的年份，不能是 {found}"),
        format!("{key} is a year of four digits, not {found}"),
    );
    let year = date::meant_year(&found).map_or(fields.year_example, |year| year as i32);
    let remedy = Message::new(
        format!("写成 {key} = {year}，不加引号"),
        format!("write it as {key} = {year}, without quotes"),
    );
    let finding = Finding::new(Code::WrongType, message).at(fields.place(&node.span));
    fields.push(finding.key(key).expected(year, found).remedy(remedy));
}

fn missing(fields: &mut Fields<'_>, span: &Span, particular: &Particular) {
    let (key, label) = (particular.key, particular.label(Script::Hans));
    let value = match particular.kind {
        ParticularKind::Year => fields.year_example.to_string(),
        _ => "\"……\"".to_owned(),
    };
    let line = format!("{} = {value}", particular.name());
    let remedy = match particular.table() {
        "" => Message::new(
            format!("在文件开头加上 {line}"),
            format!("add {line} at the top of the file"),
        ),
        table => Message::new(
            format!("加上 [{table}] 和 {line}"),
            format!("add [{table}] and {line}"),
        ),
    };
    let message = Message::new(
        format!("缺少 {key}（{label}）"),
        format!("{key} is missing"),
    );
    fields.missing(span, key, message, remedy);
}
