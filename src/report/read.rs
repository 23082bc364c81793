//! Raw file + form → report.

use std::path::Path;
use std::sync::Arc;

use super::figures::GivenCells;
use super::model::{Report, Scope, Text};
use super::particulars::Particulars;
use super::seal;
use super::{text, unknown};
use crate::data::fields::{Fields, nearest};
use crate::data::{self, Entry, Node, Value, Worded};
use crate::form::{Form, Script, data_file_keys, for_year};
use crate::text::{Code, Finding, Findings, Message, Source, Span};

impl Report {
    /// Reads a data file against the form that serves its year. Texts in files of their own and
    /// the picture of the seal are looked for in the [folder](Source::in_folder) of the source.
    ///
    /// # Errors
    /// Everything that is wrong with the file. Whether its figures agree is not asked.
    pub fn read(source: impl Into<Arc<Source>>, forms: &[Arc<Form>]) -> Result<Self, Findings> {
        Self::read_in(source, forms, None)
    }

    /// The same in the year `this_year`: where a file says no year, the one before it is proposed.
    ///
    /// # Errors
    /// As [`Report::read`].
    pub fn read_in(
        source: impl Into<Arc<Source>>,
        forms: &[Arc<Form>],
        this_year: Option<i32>,
    ) -> Result<Self, Findings> {
        let source = source.into();
        let raw = data::read(&source);
        let mut fields = Fields::new(&raw);
        if let Some(year) = this_year {
            fields.year_example = year - 1;
        }
        let report = report(&mut fields, forms, source.folder());
        let mut findings = raw.findings.clone();
        findings.append(&mut fields.findings);
        let findings = Findings::from(findings).without_errors()?;
        report.ok_or(findings)
    }
}

fn report(fields: &mut Fields<'_>, forms: &[Arc<Form>], folder: Option<&Path>) -> Option<Report> {
    let raw = fields.raw;
    let root = &raw.root;
    if root.entries().is_empty() && raw.findings.is_empty() {
        blank(fields);
        return None;
    }
    let particulars = Particulars::read(fields);
    let said = |key: &str| particulars.get(key).map(|worded| worded.text.as_str());
    let year = said("year").and_then(|year| year.parse().ok());
    let form = form(fields, forms, year, particulars.get("form"))?;
    let mut known: Vec<&str> = data_file_keys().collect();
    known.extend(form.tables.iter().map(|table| table.id.as_str()));
    if fit(&form, root) == 0
        && raw.findings.is_empty()
        && let Some(finding) = foreign(fields, &form, &known)
    {
        fields.push(finding);
        return None;
    }
    fields.unknown(root.entries(), "", &known);

    let script = match said("script") {
        Some("hant") => Script::Hant,
        _ => Script::Hans,
    };
    let scope = match said("scope") {
        Some("region") => Scope::Region,
        _ => Scope::Own,
    };
    let (opening, texts) = texts(fields, &form, folder);
    let cells = GivenCells::read(fields, &form, script);
    let seal = particulars.get("signature.seal");
    let seal = seal.and_then(|file| seal::read(fields, file, folder));
    unknown::explain(fields, &form);
    Some(Report {
        source: Arc::clone(&raw.source),
        year: year?,
        year_place: particulars.get("year")?.place.clone(),
        script,
        scope,
        organ: particulars.get("organ.name")?.clone(),
        particulars,
        seal,
        opening,
        texts: texts?,
        figures: cells.figures(&form)?,
        form,
        doubts: Vec::new(),
    })
}

/// One finding for a file that says nothing, in place of one for each key of the form.
fn blank(fields: &mut Fields<'_>) {
    let place = fields.place(&(0..0));
    let finding = Finding::new(
        Code::MissingKey,
        Message::new("文件是空的", "the file is blank"),
    )
    .at(place)
    .remedy(Message::new(
        "用 nianbao new 写出一份待填写的数据文件",
        "nianbao new writes a data file to fill in",
    ));
    fields.push(finding);
}

/// The form that the year asks for. Where the year can't tell, the one that the file names,
/// or else the first, so that the rest of the file is read too.
fn form(
    fields: &mut Fields<'_>,
    forms: &[Arc<Form>],
    year: Option<i32>,
    named: Option<&Worded>,
) -> Option<Arc<Form>> {
    let name = named.map(|named| named.text.as_str());
    let by_name = name.and_then(|name| forms.iter().find(|form| form.id == name));
    let root = &fields.raw.root;
    let likely = || forms.iter().rev().max_by_key(|form| fit(form, root));
    let Some(year) = year else {
        return by_name.or_else(likely).cloned();
    };
    // Where a form of the user's own serves the same year, the name decides.
    let by_year = by_name
        .filter(|form| form.serves(year))
        .or(for_year(forms, year));
    let Some(serving) = by_year else {
        let first = forms.iter().map(|form| form.years.0).min()?;
        let place = fields.raw.root.get("year");
        let place = place.map(|entry| fields.place(&entry.node.span));
        let mut finding = Finding::new(
            Code::WrongForm,
            Message::new(
                format!("{year} 年没有对应的格式"),
                format!("no form serves the year {year}"),
            ),
        )
        .key("year")
        .remedy(Message::new(
            format!("请核对年份，可用的最早年份是 {first}；用的是自己的格式，就加 --form 格式文件"),
            format!(
                "check the year, the first one served is {first}; \
                 a form of your own needs --form FILE"
            ),
        ));
        finding.place = place;
        fields.push(finding);
        // A file of a form that isn't at hand would have every table told of.
        let likely = likely().filter(|form| fit(form, root) > 0);
        return by_name.or(likely).cloned();
    };
    if let Some(Worded { text: name, place }) = named
        && *name != serving.id
    {
        let notice = serving.issued_by.text(Script::Hans);
        let finding = Finding::new(
            Code::WrongForm,
            match by_name {
                Some(_) => Message::new(
                    format!(
                        "{year} 年的报告用 {} 格式（{notice}），不是 {name}",
                        serving.id
                    ),
                    format!(
                        "a report on {year} uses form {} ({notice}), not {name}",
                        serving.id
                    ),
                ),
                None => Message::new(
                    format!("没有名为 {name} 的格式"),
                    format!("there is no form {name}"),
                ),
            },
        )
        .at(place.clone())
        .key("form")
        .expected(&serving.id, name)
        .remedy(match by_name {
            Some(_) => Message::new(
                format!("写 form = \"{}\"，或删去这一行", serving.id),
                format!("write form = \"{}\", or take the line out", serving.id),
            ),
            None => Message::new(
                format!(
                    "自己的格式要加 --form 格式文件；{year} 年的官方格式写 form = \"{}\"，或删去这一行",
                    serving.id
                ),
                format!(
                    "a form of your own needs --form FILE; for the official one write form = \
                     \"{}\", or take the line out",
                    serving.id
                ),
            ),
        });
        fields.push(finding);
        // Either the year or the name is wrong. To read the tables against the wrong form
        // would drown this finding in others.
        let serving = Some(serving).filter(|it| by_name.is_none() && fit(it, root) > 0);
        return serving.cloned();
    }
    Some(Arc::clone(serving))
}

/// How many rows of a form's tables a file has.
fn fit(form: &Form, root: &Node) -> usize {
    let tables = form.tables.iter().map(|table| {
        let known = form.names_below(&table.id);
        let said = root
            .get(&table.id)
            .map_or(&[][..], |entry| entry.node.entries());
        let said = said
            .iter()
            .filter(|entry| known.contains(&entry.name.as_str()));
        said.count()
    });
    tables.sum()
}

/// One finding for a file with tables, none of which is one of the form's, in place of one for each table.
fn foreign(fields: &Fields<'_>, form: &Form, known: &[&str]) -> Option<Finding> {
    let is_table = |entry: &&Entry| matches!(entry.node.value, Value::Table(_));
    let others = fields.raw.root.entries().iter().filter(is_table);
    let mut others = others.filter(|entry| !known.contains(&entry.name.as_str()));
    let first = others.find(|entry| {
        form.key_called("", known, &entry.name).is_none()
            && nearest(&entry.name, known.iter().copied()).is_none_or(|(far, _)| far > 2)
    })?;
    let (name, id) = (&first.name, &form.id);
    let finding = Finding::new(
        Code::WrongForm,
        Message::new(
            format!("文件里的表（{name}）不是 {id} 格式的"),
            format!("the tables of this file ({name}) are none of form {id}"),
        ),
    )
    .at(fields.place(&first.span))
    .remedy(Message::new(
        "用的是自己的格式，就加 --form 格式文件；用官方格式的，用 nianbao new 写一份新的来填",
        "a form of your own needs --form FILE; for an official one nianbao new writes a file to fill in",
    ));
    Some(finding)
}

fn texts(
    fields: &mut Fields<'_>,
    form: &Form,
    folder: Option<&Path>,
) -> (Option<Text>, Option<Vec<Text>>) {
    let raw = fields.raw;
    let mut known = vec!["opening"];
    known.extend(form.texts.iter().map(String::as_str));
    let (span, entries): (&Span, &[Entry]) = match raw.root.get("text") {
        Some(head) => match fields.table(&head.node, "text") {
            Some(entries) => (&head.span, entries),
            None => return (None, None),
        },
        None => (&raw.root.span, &[]),
    };
    fields.unknown(entries, "text", &known);
    let opening = entries
        .iter()
        .find(|entry| entry.name == "opening")
        .and_then(|entry| text::read(fields, &entry.node, "text.opening", form, folder));
    let mut texts = Vec::new();
    for name in &form.texts {
        let key = format!("text.{name}");
        match entries.iter().find(|entry| entry.name == *name) {
            Some(entry) => {
                texts.extend(text::read(fields, &entry.node, &key, form, folder));
            }
            None => fields.missing(
                span,
                &key,
                Message::new(format!("缺少 {key}"), format!("{key} is missing")),
                {
                    let blank = text::blank_remedy(form, &key);
                    Message::new(
                        format!("在 [text] 下加上 {name} = \"\"\"……\"\"\"；{}", blank.zh),
                        format!("add {name} = \"\"\"…\"\"\" below [text]; {}", blank.en),
                    )
                },
            ),
        }
    }
    let complete = texts.len() == form.texts.len();
    (opening, complete.then_some(texts))
}
