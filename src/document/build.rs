//! Checked report → document.

use super::heading;
use super::model::{
    Block, Cell, CellContent, Document, Emphasis, Figure, Note, Paragraph, Table, Title,
};
use crate::check::Checked;
use crate::form::{Content, Expr, FigureId, SectionBody, TableId};
use crate::report::{Line, Report, Segment, Text};

/// Makes the document of a report.
pub fn build(report: &Checked) -> Document {
    let form = &report.form;
    let year = report.year.to_string();
    let mut blocks = Vec::new();
    blocks.extend(opening(report).into_iter().map(Block::Paragraph));
    for section in &form.sections {
        blocks.push(Block::Paragraph(Paragraph {
            runs: vec![(
                Emphasis::Heading1,
                section.heading.text(report.script).to_owned(),
            )],
        }));
        match section.body {
            SectionBody::Text(id) => {
                blocks.extend(paragraphs(report, report.text(id)).map(Block::Paragraph));
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
        });
    }
    Document {
        script: report.script,
        title: Title {
            organ: report.organ.name.text.clone(),
            subject: form.title.text(report.script).replace("{year}", &year),
        },
        organ: report.organ.name.text.clone(),
        year: report.year,
        date,
        blocks,
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
    }]
}

fn paragraphs<'a>(report: &'a Report, text: &'a Text) -> impl Iterator<Item = Paragraph> + 'a {
    text.lines.iter().map(|line| paragraph(report, line))
}

fn paragraph(report: &Report, line: &Line) -> Paragraph {
    let text: String = line
        .segments
        .iter()
        .map(|segment| match segment {
            Segment::Plain(text) => text.clone(),
            Segment::Quote(id) => report.figure(*id).value.to_string(),
        })
        .collect();
    let runs = match heading::recognise(&text) {
        Some((emphasis, end)) if end < text.len() => {
            let (head, rest) = text.split_at(end);
            vec![
                (emphasis, head.to_owned()),
                (Emphasis::Text, rest.to_owned()),
            ]
        }
        Some((emphasis, _)) => vec![(emphasis, text)],
        None => vec![(Emphasis::Text, text)],
    };
    Paragraph { runs }
}

fn table(report: &Report, id: TableId) -> Table {
    let form = &report.form;
    let spec = form.table(id);
    let cells = spec.cells.iter().map(|cell| Cell {
        row: cell.row,
        column: cell.column,
        row_span: cell.row_span,
        column_span: cell.column_span,
        content: match &cell.content {
            Content::Wording(role, wording) => {
                CellContent::Wording(*role, wording.phrase(report.script).clone())
            }
            Content::Figure(id) => CellContent::Figure(figure(report, *id)),
        },
    });
    let notes = spec.cells.iter().filter_map(|cell| match &cell.content {
        Content::Figure(id) => note(report, *id),
        Content::Wording(..) => None,
    });
    Table {
        id: spec.id.clone(),
        name: form.table_name(id, report.script).to_owned(),
        sheet: spec.sheet.text(report.script).to_owned(),
        rows: spec.rows,
        columns: spec.columns,
        header_rows: spec.header_rows,
        labels: spec.labels,
        cells: cells.collect(),
        notes: notes.collect(),
    }
}

fn figure(report: &Report, id: FigureId) -> Figure {
    let spec = report.form.spec(id);
    let figure = report.figure(id);
    Figure {
        id,
        key: spec.key.clone(),
        kind: spec.kind,
        value: figure.value,
        unit: figure.unit.as_ref().map(|unit| unit.text.clone()),
        formula: formula(report, id),
    }
}

fn formula(report: &Report, id: FigureId) -> Option<Expr> {
    report
        .form
        .definitions
        .iter()
        .find(|definition| definition.figure == id)
        .map(|definition| definition.expr.clone())
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
