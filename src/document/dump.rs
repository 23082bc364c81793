//! A document as plain text, for tests that a person reads.

use std::fmt::Write;

use super::{Block, Document, Emphasis, Table};
use crate::form::{Content, Role};

/// The document, a line for each paragraph and cell.
pub fn dump(document: &Document) -> String {
    let mut out = String::new();
    // Writing to a String can't fail.
    let _ = write(document, &mut out);
    out
}

fn write(document: &Document, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "title {} / {}",
        document.title.organ, document.title.subject
    )?;
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                for (emphasis, text) in &paragraph.runs {
                    let tag = match emphasis {
                        Emphasis::Heading1 => "h1",
                        Emphasis::Heading2 => "h2",
                        Emphasis::Heading3 => "h3",
                        Emphasis::Heading4 => "h4",
                        Emphasis::Text => "p",
                    };
                    write!(out, "{tag} {text}")?;
                    out.push(if paragraph.runs.len() > 1 { ' ' } else { '\n' });
                }
                if paragraph.runs.len() > 1 {
                    out.push('\n');
                }
            }
            Block::Table(table) => write_table(table, out)?,
            Block::Signature { name, date, seal } => {
                writeln!(out, "signature {name} / {}", date.as_deref().unwrap_or("—"))?;
                if let Some(seal) = seal {
                    writeln!(out, "seal {} {} mm", seal.description, seal.diameter)?;
                }
            }
        }
    }
    Ok(())
}

fn write_table(table: &Table, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "table {} {}x{} head {} sheet {}",
        table.id,
        table.rows,
        table.columns,
        table.header_rows,
        table.sheet()
    )?;
    for cell in &table.cells {
        write!(
            out,
            "  {},{} {}x{} ",
            cell.row, cell.column, cell.row_span, cell.column_span
        )?;
        match &cell.content {
            Content::Wording(role, wording) => {
                let role = match role {
                    Role::Band => "band",
                    Role::Head => "head",
                    Role::Label => "label",
                    Role::Note => "note",
                };
                writeln!(out, "{role} {}", wording.text(table.script))?;
            }
            Content::Figure(id) => {
                let slot = table.slot(*id);
                let mark = if slot.formula.is_some() { " =" } else { "" };
                let text = table.figure(*id).map(|figure| figure.text());
                writeln!(out, "{} {}{mark}", slot.key, text.unwrap_or_default())?;
            }
        }
    }
    for note in &table.notes {
        writeln!(out, "  note {}: {}", note.key, note.text)?;
    }
    Ok(())
}
