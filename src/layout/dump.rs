//! Pages as plain text, for tests that a person reads: a line for each run, rule, tint and picture, all
//! lengths in points to a hundredth.

use std::fmt::Write;

use super::frame::{Item, NotePart, Page, Pages, Part, Picture};
use crate::font::Faces;

/// All pages.
pub fn dump(pages: &Pages, faces: &Faces<'_>) -> String {
    let mut out = String::new();
    for (index, page) in pages.pages.iter().enumerate() {
        // Writing to a String can't fail.
        let turned = if page.turned { ", turned" } else { "" };
        let _ = writeln!(out, "page {}{turned}", index + 1);
        let _ = write_page(page, faces, &mut out);
    }
    out
}

fn write_page(page: &Page, faces: &Faces<'_>, out: &mut String) -> std::fmt::Result {
    for item in &page.items {
        match item {
            Item::Run(run) => {
                let text: String = run.glyphs.iter().map(|glyph| glyph.c).collect();
                let width: f64 = run.glyphs.iter().map(|glyph| glyph.advance).sum();
                let part = match run.part {
                    Part::Title => "title".to_owned(),
                    Part::Block { block, run } => format!("block {block}.{run}"),
                    Part::Cell {
                        block,
                        cell,
                        part: 0,
                    } => format!("cell {block}.{cell}"),
                    Part::Cell { block, cell, part } => format!("cell {block}.{cell} part {part}"),
                    Part::RepeatedHead { block, cell } => format!("head {block}.{cell} again"),
                    Part::Note { block, note, part } => match part {
                        NotePart::Mark => format!("mark {block}.{note}"),
                        NotePart::Opening => format!("notes {block}"),
                        NotePart::Number => format!("number {block}.{note}"),
                        NotePart::Text => format!("note {block}.{note}"),
                    },
                    Part::PageNumber => "page number".to_owned(),
                };
                writeln!(
                    out,
                    "  {:.2},{:.2} {:.2} {} {:.2} [{part}] {text}",
                    run.x,
                    run.y,
                    width,
                    faces.face(run.face).family,
                    run.size
                )?;
            }
            Item::Rule(rule) => writeln!(
                out,
                "  rule {:.2},{:.2} – {:.2},{:.2}",
                rule.from.0, rule.from.1, rule.to.0, rule.to.1
            )?,
            Item::Tint(area) => writeln!(
                out,
                "  tint {:.2},{:.2} {:.2}×{:.2}",
                area.x, area.y, area.width, area.height
            )?,
            Item::Picture(Picture { block, area }) => writeln!(
                out,
                "  picture {:.2},{:.2} {:.2}×{:.2} [block {block}]",
                area.x, area.y, area.width, area.height
            )?,
        }
    }
    Ok(())
}
