//! Raw file + form → report.

use std::path::Path;
use std::sync::Arc;

use super::figures::GivenCells;
use super::model::{Report, Scope, Text};
use super::particulars::Particulars;
use super::seal;
use super::text;
use crate::data::fields::Fields;
use crate::data::{self, Entry, Worded};
use crate::form::{Form, Script, data_file_keys, for_year};
use crate::text::{Code, Finding, Findings, Message, Source, Span};

impl Report {
    /// Reads a data file against the form that serves its year. Texts in files of their own and
    /// the picture of the seal are looked for in the [folder](Source::in_folder) of the source.
    ///
    /// # Errors
    /// Everything that is wrong with the file. Whether its figures agree is not asked.
    pub fn read(source: impl Into<Arc<Source>>, forms: &[Arc<Form>]) -> Result<Self, Findings> {
        let source = source.into();
        let raw = data::read(&source);
        let mut fields = Fields::new(&raw);
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
    let Some(year) = year else {
        return by_name.or(forms.first()).cloned();
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
            format!("请核对年份；可用的最早年份是 {first}"),
            format!("check the year; the first one served is {first}"),
        ));
        finding.place = place;
        fields.push(finding);
        return by_name.or(forms.first()).cloned();
    };
    if let Some(Worded { text: name, place }) = named
        && *name != serving.id
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
        .at(place.clone())
        .key("form")
        .expected(&serving.id, name)
        .remedy(Message::new(
            format!("写 form = \"{}\"，或删去这一行", serving.id),
            format!("write form = \"{}\", or take the line out", serving.id),
        ));
        fields.push(finding);
        // Either the year or the name is wrong. To read the tables against the wrong form
        // would drown this finding in others.
        return by_name.is_none().then(|| Arc::clone(serving));
    }
    Some(Arc::clone(serving))
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
                Message::new(
                    format!("在 [text] 下加上 {name} = \"\"\"……\"\"\"；没有内容就写“无。”"),
                    format!(
                        "add {name} = \"\"\"…\"\"\" below [text], 无。 if there is nothing to say"
                    ),
                ),
            ),
        }
    }
    let complete = texts.len() == form.texts.len();
    (opening, complete.then_some(texts))
}
