//! Checked report → document.

use std::ops::Range;
use std::sync::Arc;

use super::grid::{grid, slot};
use super::model::{
    Block, Document, Emphasis, Figure, Note, Paragraph, Particulars, Seal, Table, TextPlace, Title,
};
use super::previous;
use crate::check::Checked;
use crate::form::{Content, FigureId, SectionBody, TableId};
use crate::report::{Line, Report, Segment, Text, Worded, heading};

/// Diameter of a seal whose picture states none, in mm: that of a township's government
/// (国发〔1999〕25号; a county's government has 45, a province's 50).
const SEAL_DIAMETER: f64 = 42.0;

impl Document {
    /// The document of a report.
    pub fn of(report: &Checked) -> Self {
        let form = &report.form;
        let year = report.year.to_string();
        let mut blocks = Vec::new();
        let mut texts = Vec::new();
        blocks.extend(opening(report).into_iter().map(Block::Paragraph));
        // The official opening paragraph is made of the contact; without one it is a text like those
        // that are typed.
        let contact = report.contact.iter().flat_map(|contact| &contact.parts);
        if report.opening.is_some() || contact.flatten().next().is_none() {
            texts.push(place("opening", 0..blocks.len()));
        }
        for section in &form.sections {
            blocks.push(Block::Paragraph(Paragraph {
                runs: vec![(
                    Emphasis::Heading1,
                    section.heading.text(report.script).to_owned(),
                )],
                quotes: Vec::new(),
            }));
            match section.body {
                SectionBody::Text(id) => {
                    let start = blocks.len();
                    blocks.extend(paragraphs(report, report.text(id)).map(Block::Paragraph));
                    let key = form.texts.get(id.0).map_or("", String::as_str);
                    texts.push(place(key, start..blocks.len()));
                }
                SectionBody::Table(id) => blocks.push(Block::Table(table(report, id))),
            }
        }
        let signature = report.signature.as_ref();
        let date = signature
            .and_then(|s| s.date.as_ref())
            .map(|(date, _)| *date);
        if let Some(signature) = signature {
            let name = signature.name.as_ref().unwrap_or(&report.organ.name);
            blocks.push(Block::Signature {
                name: name.text.clone(),
                date: date.map(|date| date.chinese()),
                seal: signature.seal.as_ref().map(|picture| Seal {
                    picture: Arc::clone(picture),
                    diameter: picture.diameter.unwrap_or(SEAL_DIAMETER),
                    description: format!("{}印章", name.text),
                }),
            });
        }
        texts.retain(|text| !text.blocks.is_empty());
        Self {
            form: form.id.clone(),
            form_identity: form.identity,
            script: report.script,
            title: Title {
                organ: report.organ.name.text.clone(),
                subject: form.title.text(report.script).replace("{year}", &year),
            },
            organ: report.organ.name.text.clone(),
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
}

fn place(key: &str, blocks: Range<usize>) -> TextPlace {
    TextPlace {
        key: format!("text.{key}"),
        blocks,
    }
}

fn particulars(report: &Report) -> Particulars {
    let text = |worded: &Option<Worded>| worded.as_ref().map(|worded| worded.text.clone());
    let organ = &report.organ;
    Particulars {
        scope: report.scope,
        code: text(&organ.code),
        region: text(&organ.region),
        contact: report
            .contact
            .as_ref()
            .map_or_else(Default::default, |contact| {
                contact.parts.each_ref().map(text)
            }),
        signature: report.signature.as_ref().map(|signature| {
            let name = signature.name.as_ref().unwrap_or(&organ.name);
            name.text.clone()
        }),
        seal: report
            .signature
            .as_ref()
            .and_then(|signature| signature.seal_file.clone()),
    }
}

/// The body's own opening paragraph, or the form's where there is a contact to name.
fn opening(report: &Report) -> Vec<Paragraph> {
    if let Some(text) = &report.opening {
        return paragraphs(report, text).collect();
    }
    let Some(contact) = &report.contact else {
        return Vec::new();
    };
    let form = &report.form.opening;
    let fill = |wording: &str| {
        wording
            .replace("{year}", &report.year.to_string())
            .replace("{organ}", &report.organ.name.text)
    };
    let parts: Vec<String> = form
        .parts
        .iter()
        .zip(&contact.parts)
        .filter_map(|(name, part)| {
            let part = part.as_ref()?;
            Some(format!("{}{}", name.text(report.script), part.text))
        })
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

fn paragraphs<'a>(report: &'a Report, text: &'a Text) -> impl Iterator<Item = Paragraph> + 'a {
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

fn table(report: &Report, id: TableId) -> Table {
    let spec = report.form.table(id);
    let notes = spec.cells.iter().filter_map(|cell| match &cell.content {
        Content::Figure(id) => note(report, *id),
        Content::Wording(..) => None,
    });
    Table {
        notes: notes.collect(),
        ..grid(&report.form, report.script, id, |id| figure(report, id))
    }
}

fn figure(report: &Report, id: FigureId) -> Figure {
    let figure = report.figure(id);
    let slot = slot(&report.form, report.script, id);
    Figure {
        id,
        key: slot.key,
        kind: slot.kind,
        value: figure.value,
        unit: figure.unit.as_ref().map(|unit| unit.text.clone()),
        printed_unit: slot.printed_unit,
        row: slot.row,
        column: slot.column,
        formula: slot.formula,
    }
}

fn note(report: &Report, id: FigureId) -> Option<Note> {
    let note = report.figure(id).note.as_ref()?;
    let (row, column) = report.form.figure_name(id, report.script);
    let names = [row, column];
    let about: Vec<&str> = names.into_iter().filter(|n| !n.is_empty()).collect();
    Some(Note {
        key: report.form.spec(id).key.clone(),
        about: about.join(" "),
        text: note.text.clone(),
    })
}
