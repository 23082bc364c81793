//! How the labels of the official tables are broken, as a person reads them: one line a cell, a
//! stroke where a line ends.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::common::document;
use crate::common::pages::{library, runs};
use crate::common::project_file;
use nianbao::document::{Block, Document};
use nianbao::form::Content;
use nianbao::layout::{PageStyle, Part, lay_out};

fn labels(document: &Document) -> String {
    let library = library();
    let faces = library.faces(document.script).unwrap();
    let pages = lay_out(document, &faces, &PageStyle::default());
    // The lines of each cell, from the top, and the size of its type.
    let mut cells: BTreeMap<(usize, usize), (f64, BTreeMap<i64, String>)> = BTreeMap::new();
    for (_, run) in runs(&pages) {
        let Part::Cell { block, cell, .. } = run.part else {
            continue;
        };
        let entry = cells.entry((block, cell)).or_default();
        entry.0 = run.size;
        let line = entry.1.entry((run.y * 10.0) as i64).or_default();
        line.extend(run.glyphs.iter().map(|glyph| glyph.c));
    }
    let mut shown = String::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let Block::Table(table) = block else { continue };
        let first = cells.get(&(index, 0)).map_or(0.0, |(size, _)| *size);
        let _ = writeln!(shown, "## {} at {first} pt", table.name());
        for (number, cell) in table.cells.iter().enumerate() {
            if !matches!(cell.content, Content::Wording(..)) {
                continue;
            }
            let lines: Vec<&str> = cells[&(index, number)]
                .1
                .values()
                .map(String::as_str)
                .collect();
            let _ = writeln!(shown, "{}", lines.join("/"));
        }
    }
    shown
}

#[test]
fn of_the_2021_form() {
    insta::assert_snapshot!(labels(&document(&project_file(
        "samples/qingshi-2024.toml"
    ))));
}

#[test]
fn of_the_2019_form_in_traditional_script() {
    insta::assert_snapshot!(labels(&document(&project_file("samples/liubei-2019.toml"))));
}
