//! `nianbao fonts`: which font serves which role, and from where.

use serde::Serialize;

use super::args::FontsArgs;
use super::printing::Printer;
use super::{Halt, Status};
use nianbao::text::Lang;

/// One face of a role. The field names are a promise.
#[derive(Serialize)]
struct Row {
    role: &'static str,
    script: &'static str,
    family: String,
    file: String,
    index: u32,
}

/// Prints the table.
pub(super) fn run(typed: &FontsArgs, printer: &Printer) -> Result<Status, Halt> {
    let (_, library) = typed.fonts.open()?;
    let rows: Vec<Row> = library
        .roles()
        .into_iter()
        .flat_map(|role| {
            role.faces.into_iter().map(move |face| Row {
                role: role.role.as_str(),
                script: role.script.as_str(),
                family: face.family,
                file: face.file.display().to_string(),
                index: face.index,
            })
        })
        .collect();
    let text = if printer.json() {
        // Strings and numbers only: there is nothing in a row that can't be written as JSON.
        rows.iter()
            .map(|row| serde_json::to_string(row).unwrap_or_default() + "\n")
            .collect()
    } else {
        table(&rows, printer.lang())
    };
    printer.result(&text)?;
    Ok(Status::Done)
}

fn table(rows: &[Row], lang: Lang) -> String {
    let heads = match lang {
        Lang::Zh => ["用处", "简繁", "字体", "文件"],
        Lang::En => ["role", "script", "family", "file"],
    };
    let mut lines = vec![heads.map(str::to_owned)];
    lines.extend(rows.iter().map(|row| {
        // A collection's file holds several faces: the number says which.
        let file = match row.index {
            0 => row.file.clone(),
            index => format!("{}#{index}", row.file),
        };
        [
            row.role.to_owned(),
            row.script.to_owned(),
            row.family.clone(),
            file,
        ]
    }));
    let widths = [0, 1, 2].map(|column| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    });
    let mut text = String::new();
    for line in &lines {
        for (cell, wide) in line.iter().zip(widths) {
            text.push_str(cell);
            text.push_str(&" ".repeat(wide - width(cell) + 2));
        }
        text.push_str(&line[3]);
        text.push('\n');
    }
    text
}

/// Columns on a terminal, on which a Chinese character takes two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c as u32 >= 0x2E80 { 2 } else { 1 })
        .sum()
}
