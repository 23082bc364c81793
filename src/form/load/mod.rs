//! Form file to form: cells placed on their grids, keys numbered, rules resolved.

mod characters;
mod definitions;
mod figures;
mod rules;
mod sections;
mod tables;
mod texts;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, Deserializer};

use super::file::FormFile;
use super::formula::Keys;
use super::id::{FigureId, TableId};
use super::model::{FigureSpec, Form, Opening, Rule, Table};
use super::names::Names;
use super::naming;
use crate::data;
use crate::text::{Code, Finding, Findings, Message, Place, Source, Span};

/// Most sections, and most tables. The built-in forms have six and three.
const MOST_SECTIONS: usize = 200;
/// Most words that the texts are searched for. The namings that come with the program have 211.
const MOST_WORDS: usize = 2_000;

impl Form {
    /// Reads a form file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(source: impl Into<Arc<Source>>) -> Result<Self, Findings> {
        let source = &source.into();
        if let Some(at) = data::beyond(source.text()) {
            let message = Message::new(
                "文件里的行或单元格太多，不是格式文件",
                "there are too many lines or cells: this is no form file",
            );
            return Err(fault(source, at..at, message).into());
        }
        let unreadable = |error: toml::de::Error| {
            let span = error.span().unwrap_or(0..0);
            let message = Message::new(
                format!("格式文件不能读：{}", error.message()),
                format!("the form file can't be read: {}", error.message()),
            );
            fault(source, span, message)
        };
        let table = DeTable::parse(source.text()).map_err(unreadable)?;
        Findings::from(characters::faults(source, table.get_ref())).without_errors()?;
        let file = FormFile::deserialize(Deserializer::from(table)).map_err(unreadable)?;
        let mut loader = Loader {
            source,
            findings: Vec::new(),
            figures: Vec::new(),
            by_key: HashMap::new(),
            groups: HashSet::new(),
        };
        let form = loader.is_a_form(&file).then(|| loader.form(file));
        let findings = Findings::from(loader.findings).without_errors()?;
        form.ok_or(findings)
    }
}

fn fault(source: &Arc<Source>, span: Span, message: Message) -> Finding {
    Finding::new(Code::FormFile, message)
        .at(Place::new(source, span))
        .remedy(Message::new(
            "改格式文件里标出的地方；写法见 docs/forms.md",
            "mend the form file at this place; docs/forms.en.md says how it is written",
        ))
}

struct Loader<'a> {
    source: &'a Arc<Source>,
    findings: Vec<Finding>,
    figures: Vec<FigureSpec>,
    by_key: HashMap<String, FigureId>,
    /// What stands before a dot in the figures' keys.
    groups: HashSet<String>,
}

impl Loader<'_> {
    fn fault(&mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) {
        self.findings
            .push(fault(self.source, span, Message::new(zh, en)));
    }

    /// Whether the file is not too much for a form; a fault where it is.
    fn is_a_form(&mut self, file: &FormFile) -> bool {
        let namings = file
            .naming
            .iter()
            .map(|naming| naming.get_ref().words.len() + naming.get_ref().needs.len());
        let mentions = file.mention.iter().map(|mention| mention.any.len());
        let words: usize = namings.chain(mentions).sum();
        for (count, most, zh, en) in [
            (file.section.len(), MOST_SECTIONS, "节", "sections"),
            (file.table.len(), MOST_SECTIONS, "表", "tables"),
            (
                words,
                MOST_WORDS,
                "mention 和 naming 的词",
                "words of mentions and namings",
            ),
        ] {
            if count > most {
                self.fault(
                    0..0,
                    format!("{zh}太多：有 {count} 个，最多 {most} 个"),
                    format!("there are too many {en}: {count}, {most} at most"),
                );
            }
        }
        self.findings.is_empty()
    }

    fn form(&mut self, file: FormFile) -> Form {
        let years = self.years(&file.years);
        let mut tables: Vec<Table> = Vec::new();
        for (index, table) in file.table.iter().enumerate() {
            self.table_names(table.get_ref(), &tables);
            tables.push(self.table(TableId(index), table));
        }
        let sound = self.findings.is_empty();
        let mut texts = Vec::new();
        let sections = self.sections(&file, &tables, &mut texts);
        let mut defined = HashSet::new();
        // A figure that has no place in its table is no fault of the rules that name it.
        let rules = if sound { file.rule.as_slice() } else { &[] };
        let names: Vec<String> = self.figures.iter().map(|f| f.key.clone()).collect();
        let keys = Keys::new(names.iter().map(String::as_str));
        let (rules, places): (Vec<Rule>, Vec<Span>) = rules
            .iter()
            .filter_map(|rule| self.rule(rule, &keys, &mut defined))
            .unzip();
        let definitions = self.definitions(&rules, &places);
        let mentions = file
            .mention
            .into_iter()
            .filter_map(|mention| self.mention(mention, &texts))
            .collect();
        let namings = self.namings(&file.naming, &names);
        Form {
            id: file.id,
            issued_by: file.issued_by,
            years,
            title: file.title,
            opening: Opening {
                paragraph: file.opening,
                contact: file.contact,
                parts: [
                    file.contact_parts.address,
                    file.contact_parts.postcode,
                    file.contact_parts.phone,
                    file.contact_parts.email,
                ],
            },
            sections,
            texts,
            tables,
            figures: std::mem::take(&mut self.figures),
            rules,
            mentions,
            namings,
            topics: naming::shared().topic.clone(),
            definitions,
            by_key: std::mem::take(&mut self.by_key),
            names: Names::default(),
        }
    }

    fn years(&mut self, years: &Spanned<Vec<i32>>) -> (i32, Option<i32>) {
        let four_digits = |year: &i32| (1000..=9999).contains(year);
        match years.get_ref().as_slice() {
            [first] if four_digits(first) => (*first, None),
            [first, last] if four_digits(first) && four_digits(last) && first <= last => {
                (*first, Some(*last))
            }
            _ => {
                self.fault(
                    years.span(),
                    "years 写成 [起始年] 或 [起始年, 终止年]，年份四位",
                    "years is [first] or [first, last], four digits each",
                );
                (0, None)
            }
        }
    }

    fn bad_name(&mut self, span: Span, name: &str) {
        self.fault(
            span,
            format!("名称 {name} 不能用：用字母、数字、下划线，且不用保留的名称"),
            format!("name {name} can't be used: letters, digits and _, and no reserved name"),
        );
    }
}

/// Whether `text` can be a part of a key: a bare key of TOML that a formula can name.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
