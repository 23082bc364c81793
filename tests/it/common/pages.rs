//! What holds for the pages of every report.

use nianbao::font::{Library, Search};
use nianbao::layout::geometry::{LEFT, TOP, TURNED_LEFT, TURNED_TOP, TYPE_HEIGHT, TYPE_WIDTH};
use nianbao::layout::{Area, Item, NotePart, Page, Pages, Part, Run};

/// The fonts of the project.
pub fn library() -> Library {
    Library::open(&Search::standard(None)).unwrap()
}

/// All runs, each with its page, from 0.
pub fn runs(pages: &Pages) -> impl Iterator<Item = (usize, &Run)> {
    pages.pages.iter().enumerate().flat_map(|(number, page)| {
        page.items.iter().filter_map(move |item| match item {
            Item::Run(run) => Some((number, run)),
            _ => None,
        })
    })
}

/// The type area of a page: 156 × 225 mm, upright or on its side.
pub fn type_area(page: &Page) -> Area {
    let (x, y, width, height) = if page.turned {
        (TURNED_LEFT, TURNED_TOP, TYPE_HEIGHT, TYPE_WIDTH)
    } else {
        (LEFT, TOP, TYPE_WIDTH, TYPE_HEIGHT)
    };
    Area {
        x,
        y,
        width,
        height,
    }
}

/// No rule runs through the text of a cell, and no text leaves the type area.
pub fn nothing_leaves_its_cell(pages: &Pages) {
    for page in &pages.pages {
        let area = type_area(page);
        for item in &page.items {
            let Item::Run(run) = item else { continue };
            let is_in_cell = matches!(
                run.part,
                Part::Cell { .. }
                    | Part::RepeatedHead { .. }
                    | Part::Note {
                        part: NotePart::Mark,
                        ..
                    }
            );
            if !is_in_cell {
                continue;
            }
            let width: f64 = run.glyphs.iter().map(|g| g.advance).sum();
            let (left, right) = (run.x, run.x + width);
            let shown: String = run.glyphs.iter().map(|g| g.c).collect();
            // A closing mark's blank half may reach over the edge of its cell.
            let blank = if shown.ends_with(['）', '”', '，', '、', '：', '；', '。']) {
                run.size / 2.0
            } else {
                0.0
            };
            let blank_left = if shown.starts_with(['（', '“']) {
                run.size / 2.0
            } else {
                0.0
            };
            assert!(
                left + blank_left > area.x
                    && right - blank < area.x + area.width
                    && run.y < area.y + area.height,
                "{shown} leaves the type area"
            );
            for item in &page.items {
                let Item::Rule(rule) = item else { continue };
                let vertical = rule.from.0 == rule.to.0;
                if vertical && rule.from.1 < run.y && run.y < rule.to.1 {
                    let clear = rule.from.0 <= left + blank_left || rule.from.0 >= right - blank;
                    assert!(clear, "{shown} runs through the rule at {}", rule.from.0);
                }
                let horizontal = rule.from.1 == rule.to.1
                    && rule.from.0 < right - blank
                    && rule.to.0 > left + blank_left;
                if horizontal {
                    let clear = rule.from.1 >= run.y || rule.from.1 <= run.y - 0.6 * run.size;
                    assert!(clear, "{shown} runs through the rule at y {}", rule.from.1);
                }
            }
        }
    }
}
