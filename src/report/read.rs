//! Raw file + form → report.

use std::path::Path;
use std::sync::Arc;

use super::date::Date;
use super::figures::Cells;
use super::model::{Contact, Organ, Report, Scope, Signature, Text};
use super::seal;
use super::text;
use crate::data::fields::{Fields, key_name, shorten};
use crate::data::{Entry, Node, RawFile, Value, Worded, date, numeral};
use crate::finding::{self, Code, Finding, Message};
use crate::form::{DATA_FILE_KEYS, Form, Script, for_year};

/// Longest name or address, in characters.
const LONGEST_NAME: usize = 120;

/// What became of a data file.
#[derive(Debug)]
pub struct Reading {
    /// The report; none where a finding is an error.
    pub report: Option<Report>,
    /// Everything that was found, in file order.
    pub findings: Vec<Finding>,
}

/// Reads a raw file against the form that serves its year. Texts in files of their own and
/// the picture of the seal are looked for in `folder`.
pub fn read(raw: &RawFile, forms: &[Arc<Form>], folder: Option<&Path>) -> Reading {
    let mut fields = Fields::new(raw);
    let report = Reader {
        fields: &mut fields,
        folder,
    }
    .report(forms);
    let mut findings = raw.findings.clone();
    findings.append(&mut fields.findings);
    finding::sort(&mut findings);
    let sound = !finding::any_error(&findings);
    Reading {
        report: report.filter(|_| sound),
        findings,
    }
}

struct Reader<'r, 'a> {
    fields: &'r mut Fields<'a>,
    folder: Option<&'a Path>,
}

impl<'a> Reader<'_, 'a> {
    fn report(&mut self, forms: &[Arc<Form>]) -> Option<Report> {
        let raw = self.fields.raw;
        let root = &raw.root;
        if root.entries().is_empty() && raw.findings.is_empty() {
            self.blank();
            return None;
        }
        let year = self.year();
        let form = self.form(forms, year)?;
        let mut known = DATA_FILE_KEYS.to_vec();
        known.extend(form.tables.iter().map(|table| table.id.as_str()));
        self.fields.unknown(root.entries(), "", &known);

        let script = root.get("script").map_or(Some(Script::Hans), |entry| {
            let choices = [
                ("hans", "简体", Script::Hans),
                ("hant", "繁体", Script::Hant),
            ];
            self.fields.choice(&entry.node, "script", &choices)
        });
        let scope = root.get("scope").map_or(Some(Scope::Own), |entry| {
            let choices = [
                ("own", "本机关", Scope::Own),
                ("region", "本行政区域汇总", Scope::Region),
            ];
            self.fields.choice(&entry.node, "scope", &choices)
        });
        let organ = self.organ();
        let contact = self.contact();
        let signature = self.signature();
        let (opening, texts) = self.texts(&form);
        let cells = Cells::read(self.fields, &form, script.unwrap_or_default());
        Some(Report {
            source: Arc::clone(&raw.source),
            year: year?,
            year_place: self.fields.place(&root.get("year")?.node.span),
            script: script?,
            scope: scope?,
            organ: organ?,
            contact,
            signature,
            opening,
            texts: texts?,
            figures: cells.figures(&form)?,
            form,
        })
    }

    /// One finding for a file that says nothing, in place of one for each key of the form.
    fn blank(&mut self) {
        let place = self.fields.place(&(0..0));
        let finding = Finding::new(
            Code::MissingKey,
            Message::new("文件是空的", "the file is blank"),
        )
        .at(place)
        .remedy(Message::new(
            "用 nianbao new 写出一份待填写的数据文件",
            "nianbao new writes a data file to fill in",
        ));
        self.fields.push(finding);
    }

    fn year(&mut self) -> Option<i32> {
        let root = &self.fields.raw.root;
        let Some(entry) = root.get("year") else {
            self.fields.missing(
                &root.span,
                "year",
                Message::new(
                    "缺少 year（报告年度）",
                    "year, the year reported on, is missing",
                ),
                Message::new("加上 year = 2024", "add year = 2024"),
            );
            return None;
        };
        let year = match &entry.node.value {
            Value::Number(text) => numeral::parse(text)
                .ok()
                .filter(|_| text.len() == 4)
                .and_then(|year| i32::try_from(year).ok()),
            _ => None,
        };
        if year.is_none() {
            let found = self.fields.source().slice(&entry.node.span).to_owned();
            let finding = Finding::new(
                Code::WrongType,
                Message::new(
                    format!("year 应当是四位数的年份，不能是 {}", shorten(&found)),
                    format!("year is a year of four digits, not {}", shorten(&found)),
                ),
            )
            .at(self.fields.place(&entry.node.span))
            .key("year")
            .expected("2024", shorten(&found))
            .remedy(Message::new(
                "写成 year = 2024，不加引号",
                "write it as year = 2024, without quotes",
            ));
            self.fields.push(finding);
        }
        year
    }

    /// The form that the year asks for. Where the year can't tell, the one that the file names,
    /// or else the first, so that the rest of the file is read too.
    fn form(&mut self, forms: &[Arc<Form>], year: Option<i32>) -> Option<Arc<Form>> {
        let named = self.fields.raw.root.get("form");
        let name = named.and_then(|entry| match &entry.node.value {
            Value::Text(text) => Some(text.as_str()),
            _ => {
                let wanted = ("放在英文双引号里的格式名", "a form's name in double quotes");
                let remedy = self.fields.quoted(&entry.node, "form");
                self.fields
                    .wrong_type(&entry.node, "form", &key_name("form"), wanted, remedy);
                None
            }
        });
        let by_name = name.and_then(|name| forms.iter().find(|form| form.id == name));
        let Some(year) = year else {
            return by_name.or(forms.first()).cloned();
        };
        // Where a form of the user's own serves the same year, the name decides.
        let by_year = by_name
            .filter(|form| form.serves(year))
            .or(for_year(forms, year));
        let Some(serving) = by_year else {
            let first = forms.iter().map(|form| form.years.0).min()?;
            let place = self
                .fields
                .raw
                .root
                .get("year")
                .map(|e| self.fields.place(&e.node.span));
            let mut finding = Finding::new(
                Code::WrongForm,
                Message::new(
                    format!("{year} 年没有对应的格式"),
                    format!("no form serves the year {year}"),
                ),
            )
            .key("year")
            .remedy(Message::new(
                format!("请核对年份；可用的最早年份是 {first}"),
                format!("check the year; the first one served is {first}"),
            ));
            finding.place = place;
            self.fields.push(finding);
            return by_name.or(forms.first()).cloned();
        };
        if let (Some(name), Some(entry)) = (name, named)
            && name != serving.id
        {
            let notice = serving.issued_by.text(Script::Hans);
            let finding = Finding::new(
                Code::WrongForm,
                Message::new(
                    format!(
                        "{year} 年的报告用 {} 格式（{notice}），不是 {name}",
                        serving.id
                    ),
                    format!(
                        "a report on {year} uses form {} ({notice}), not {name}",
                        serving.id
                    ),
                ),
            )
            .at(self.fields.place(&entry.node.span))
            .key("form")
            .expected(&serving.id, name)
            .remedy(Message::new(
                format!("写 form = \"{}\"，或删去这一行", serving.id),
                format!("write form = \"{}\", or take the line out", serving.id),
            ));
            self.fields.push(finding);
            // Either the year or the name is wrong. To read the tables against the wrong form
            // would drown this finding in others.
            return by_name.is_none().then(|| Arc::clone(serving));
        }
        Some(Arc::clone(serving))
    }

    /// The entries of a table at the top of the file that may be left out.
    fn section(&mut self, name: &str) -> Option<(&'a Entry, &'a [Entry])> {
        let raw: &'a RawFile = self.fields.raw;
        let entry = raw.root.get(name)?;
        Some((entry, self.fields.table(&entry.node, name)?))
    }

    fn name(&mut self, entries: &'a [Entry], section: &str, name: &str) -> Option<Worded> {
        let entry = entries.iter().find(|entry| entry.name == name)?;
        self.fields
            .text(&entry.node, &format!("{section}.{name}"), LONGEST_NAME)
    }

    fn organ(&mut self) -> Option<Organ> {
        let raw = self.fields.raw;
        let absent = Message::new(
            "缺少机关名称 organ.name",
            "organ.name, the body's name, is missing",
        );
        let remedy = Message::new(
            "加上 [organ] 和 name = \"某某局\"",
            "add [organ] and name = \"…\"",
        );
        let Some((head, entries)) = self.section("organ") else {
            if raw.root.get("organ").is_none() {
                self.fields
                    .missing(&raw.root.span, "organ.name", absent, remedy);
            }
            return None;
        };
        self.fields
            .unknown(entries, "organ", &["name", "code", "region"]);
        if !entries.iter().any(|entry| entry.name == "name") {
            self.fields
                .missing(&head.span, "organ.name", absent, remedy);
        }
        let (code, region) = (
            self.name(entries, "organ", "code"),
            self.name(entries, "organ", "region"),
        );
        Some(Organ {
            name: self.name(entries, "organ", "name")?,
            code,
            region,
        })
    }

    fn contact(&mut self) -> Option<Contact> {
        const PARTS: [&str; 4] = ["address", "postcode", "phone", "email"];
        let (_, entries) = self.section("contact")?;
        self.fields.unknown(entries, "contact", &PARTS);
        Some(Contact {
            parts: PARTS.map(|part| self.name(entries, "contact", part)),
        })
    }

    fn signature(&mut self) -> Option<Signature> {
        let (_, entries) = self.section("signature")?;
        self.fields
            .unknown(entries, "signature", &["name", "date", "seal"]);
        let date = entries
            .iter()
            .find(|entry| entry.name == "date")
            .and_then(|entry| {
                let place = self.fields.place(&entry.node.span);
                match self.date(&entry.node) {
                    Some(date) => Some((date, place)),
                    None => {
                        let found = self.fields.source().slice(&entry.node.span);
                        let finding = date::finding(&shorten(found), place);
                        self.fields.push(finding);
                        None
                    }
                }
            });
        let name = self.name(entries, "signature", "name");
        let seal = entries.iter().find(|entry| entry.name == "seal");
        let seal_file = seal.and_then(|entry| match &entry.node.value {
            Value::Text(name) => Some(name.trim().to_owned()),
            _ => None,
        });
        let seal = seal
            .and_then(|entry| seal::read(self.fields, &entry.node, "signature.seal", self.folder));
        Some(Signature {
            name,
            date,
            seal,
            seal_file,
        })
    }

    fn date(&self, node: &Node) -> Option<Date> {
        match &node.value {
            Value::Date(text) => Date::parse(text),
            _ => None,
        }
    }

    fn texts(&mut self, form: &Form) -> (Option<Text>, Option<Vec<Text>>) {
        let raw = self.fields.raw;
        let mut known = vec!["opening"];
        known.extend(form.texts.iter().map(String::as_str));
        let (span, entries) = match self.section("text") {
            Some((head, entries)) => (head.span.clone(), entries),
            None if raw.root.get("text").is_some() => return (None, None),
            None => (raw.root.span.clone(), &[] as &[Entry]),
        };
        self.fields.unknown(entries, "text", &known);
        let opening = entries
            .iter()
            .find(|entry| entry.name == "opening")
            .and_then(|entry| {
                text::read(self.fields, &entry.node, "text.opening", form, self.folder)
            });
        let mut texts = Vec::new();
        for name in &form.texts {
            let key = format!("text.{name}");
            match entries.iter().find(|entry| entry.name == *name) {
                Some(entry) => {
                    texts.extend(text::read(self.fields, &entry.node, &key, form, self.folder));
                }
                None => self.fields.missing(
                    &span,
                    &key,
                    Message::new(format!("缺少 {key}"), format!("{key} is missing")),
                    Message::new(
                        format!("在 [text] 下加上 {name} = \"\"\"……\"\"\"；没有内容就写“无。”"),
                        format!("add {name} = \"\"\"…\"\"\" below [text], 无。 if there is nothing to say"),
                    ),
                ),
            }
        }
        let complete = texts.len() == form.texts.len();
        (opening, complete.then_some(texts))
    }
}
