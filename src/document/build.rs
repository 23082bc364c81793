//! Checked report, or a form alone → document.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::model::{Block, Document, Emphasis, Paragraph, Seal, TextPlace, Title};
use super::previous;
use super::table::{Note, Table, Value};
use crate::check::Checked;
use crate::data::date;
use crate::form::{Content, FigureId, Form, Script, SectionBody, TableId};
use crate::report::{Line, Report, Scope, Segment, Text, Worded, heading};

/// Diameter of a seal whose picture states none, in mm: that of a township's government
/// (国发〔1999〕25号; a county's government has 45, a province's 50).
const SEAL_DIAMETER: f64 = 42.0;

impl Document {
    /// The document of a report.
    pub fn of(report: &Checked) -> Self {
        let form = &report.form;
        let mut blocks = Vec::new();
        let mut texts = Vec::new();
        blocks.extend(opening(report).into_iter().map(Block::Paragraph));
        // The official opening paragraph is made of the contact; without one it is a text like those
        // that are typed.
        if report.opening.is_some() || contact(report).flatten().next().is_none() {
            texts.push(place("opening", 0..blocks.len()));
        }
        sections(form, report.script, Some(report), &mut blocks, &mut texts);
        let date = report.particulars.date().map(|(date, _)| date);
        if let Some(name) = signatory(report) {
            blocks.push(Block::Signature {
                name: name.to_owned(),
                date: date.map(date::chinese),
                seal: report.seal.as_ref().map(|picture| Seal {
                    picture: Arc::clone(picture),
                    diameter: picture.diameter.unwrap_or(SEAL_DIAMETER),
                    description: format!("{name}印章"),
                }),
            });
        }
        texts.retain(|text| !text.blocks.is_empty());
        Self {
            form: form.id.clone(),
            script: report.script,
            title: title(form, report.year, report.script, &report.organ.text),
            organ: report.organ.text.clone(),
            name_marks: name_marks(report),
            particulars: particulars(report),
            year: report.year,
            date,
            blocks,
            texts,
            checks: report.verdicts().to_vec(),
            previous: report
                .previous()
                .map(|previous| previous::build(report, previous)),
        }
    }

    /// The document of a form for `year` with nothing filled in but the particulars that are known.
    pub(super) fn blank(
        form: &Arc<Form>,
        year: i32,
        script: Script,
        mut particulars: BTreeMap<&'static str, String>,
    ) -> Self {
        particulars
            .entry("scope")
            .or_insert_with(|| Scope::Own.as_str().to_owned());
        particulars.insert("form", form.id.clone());
        particulars.insert("year", year.to_string());
        particulars.insert("script", script.as_str().to_owned());
        let organ = particulars.get("organ.name").cloned().unwrap_or_default();
        let (mut blocks, mut texts) = (Vec::new(), Vec::new());
        sections(form, script, None, &mut blocks, &mut texts);
        Self {
            form: form.id.clone(),
            script,
            title: title(form, year, script, &organ),
            organ,
            particulars,
            year,
            blocks,
            texts,
            ..Self::default()
        }
    }
}

fn title(form: &Form, year: i32, script: Script, organ: &str) -> Title {
    Title {
        organ: organ.to_owned(),
        subject: form.title.text(script).replace("{year}", &year.to_string()),
    }
}

/// Adds the sections of a form, filled in by a report where there is one.
fn sections(
    form: &Arc<Form>,
    script: Script,
    report: Option<&Report>,
    blocks: &mut Vec<Block>,
    texts: &mut Vec<TextPlace>,
) {
    let values: Option<Arc<[Value]>> = report.map(|report| {
        let figures = report.figures.iter();
        let values = figures.map(|figure| Value {
            number: figure.value,
            unit: figure.unit.as_ref().map(|unit| unit.text.clone()),
        });
        values.collect()
    });
    for section in &form.sections {
        blocks.push(Block::Paragraph(Paragraph {
            runs: vec![(Emphasis::Heading1, section.heading.text(script).to_owned())],
            quotes: Vec::new(),
        }));
        match section.body {
            SectionBody::Text(id) => {
                let start = blocks.len();
                let text = report.map(|report| paragraphs(report, report.text(id)));
                blocks.extend(text.into_iter().flatten().map(Block::Paragraph));
                let key = form.texts.get(id.0).map_or("", String::as_str);
                texts.push(place(key, start..blocks.len()));
            }
            SectionBody::Table(number) => blocks.push(Block::Table(Table {
                form: Arc::clone(form),
                number,
                script,
                values: values.clone(),
                notes: report.map_or_else(Vec::new, |report| notes(report, number)),
            })),
        }
    }
}

fn place(key: &str, blocks: Range<usize>) -> TextPlace {
    TextPlace {
        key: format!("text.{key}"),
        blocks,
    }
}

/// Who signs the report, where it is signed.
fn signatory(report: &Report) -> Option<&str> {
    let signed = report.particulars.has_table("signature");
    let name = report.particulars.get("signature.name");
    signed.then(|| name.unwrap_or(&report.organ).text.as_str())
}

/// Where the names are best broken. A body that signs by its own name breaks it at the same places.
fn name_marks(report: &Report) -> BTreeMap<&'static str, Vec<usize>> {
    let (organ, signature) = ("organ.name", "signature.name");
    let signs = match report.particulars.get(signature) {
        Some(_) => signature,
        None => organ,
    };
    [(organ, organ), (signature, signs)]
        .map(|(key, source)| (key, report.particulars.marks(source).to_vec()))
        .into()
}

/// The parts of the contact, in the order of a form's opening paragraph.
fn contact(report: &Report) -> impl Iterator<Item = Option<&Worded>> {
    let keys = ["address", "postcode", "phone", "email"];
    keys.into_iter()
        .map(|part| report.particulars.get(&format!("contact.{part}")))
}

fn particulars(report: &Report) -> BTreeMap<&'static str, String> {
    let said = report.particulars.iter();
    let mut said: BTreeMap<_, _> = said
        .map(|(key, worded)| (key, worded.text.clone()))
        .collect();
    said.insert("form", report.form.id.clone());
    said.insert("scope", report.scope.as_str().to_owned());
    said.insert("script", report.script.as_str().to_owned());
    said.extend(signatory(report).map(|name| ("signature.name", name.to_owned())));
    said
}

/// The body's own opening paragraph, or the form's where there is a contact to name.
fn opening(report: &Report) -> Vec<Paragraph> {
    if let Some(text) = &report.opening {
        return paragraphs(report, text).collect();
    }
    if !report.particulars.has_table("contact") {
        return Vec::new();
    }
    let form = &report.form.opening;
    let fill = |wording: &str| {
        wording
            .replace("{year}", &report.year.to_string())
            .replace("{organ}", &report.organ.text)
    };
    let parts: Vec<String> = form
        .parts
        .iter()
        .zip(contact(report))
        .filter_map(|(name, part)| Some(format!("{}{}", name.text(report.script), part?.text)))
        .collect();
    let mut text = fill(form.paragraph.text(report.script));
    if !parts.is_empty() {
        let sentence = fill(form.contact.text(report.script));
        text.push_str(&sentence.replace("{contact}", &parts.join("，")));
    }
    if text.is_empty() {
        return Vec::new();
    }
    vec![Paragraph {
        runs: vec![(Emphasis::Text, text)],
        quotes: Vec::new(),
    }]
}

/// The paragraphs of a text, as they are set.
pub(crate) fn paragraphs<'a>(
    report: &'a Report,
    text: &'a Text,
) -> impl Iterator<Item = Paragraph> + 'a {
    text.lines.iter().map(|line| paragraph(report, line))
}

fn paragraph(report: &Report, line: &Line) -> Paragraph {
    let mut text = String::new();
    let mut quotes = Vec::new();
    for segment in &line.segments {
        match segment {
            Segment::Plain(plain) => text.push_str(plain),
            Segment::Quote(id) => {
                let start = text.len();
                text.push_str(&report.figure(*id).value.to_string());
                quotes.push((start..text.len(), *id));
            }
        }
    }
    let (emphasis, end) = match heading::recognise(&text) {
        Some((level, end)) => (Emphasis::of_heading(level), end),
        None => (Emphasis::Text, text.len()),
    };
    let rest = text.split_off(end);
    let mut runs = vec![(emphasis, text)];
    if !rest.is_empty() {
        runs.push((Emphasis::Text, rest));
    }
    Paragraph { runs, quotes }
}

fn notes(report: &Report, table: TableId) -> Vec<Note> {
    let cells = report.form.table(table).cells.iter();
    let notes = cells.filter_map(|cell| match &cell.content {
        Content::Figure(id) => note(report, *id),
        Content::Wording(..) => None,
    });
    notes.collect()
}

fn note(report: &Report, id: FigureId) -> Option<Note> {
    let note = report.figure(id).note.as_ref()?;
    Some(Note {
        key: report.form.spec(id).key.clone(),
        text: note.text.clone(),
    })
}
