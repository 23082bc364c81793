//! Where glyphs stand on their line.

use crate::common::pages::{library, runs};
use crate::common::{document, project_file};
use nianbao::font::MIDDLE;
use nianbao::layout::{Item, Page, PageStyle, Part, Run, lay_out};

/// The edges of the cell around a run: the nearest rules above and below.
fn cell_edges(page: &Page, run: &Run) -> (f64, f64) {
    let x = run.x + run.glyphs.iter().map(|glyph| glyph.advance).sum::<f64>() / 2.0;
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => (rule.from.1 == rule.to.1).then_some(rule),
        _ => None,
    });
    let heights = rules.filter(|rule| rule.from.0 < x && x < rule.to.0);
    let (above, below): (Vec<f64>, Vec<f64>) = heights
        .map(|rule| rule.from.1)
        .partition(|height| *height < run.y);
    let top = above.into_iter().fold(f64::MIN, f64::max);
    (top, below.into_iter().fold(f64::MAX, f64::min))
}

/// To 0.15 pt; a face's digits are raised to the middle of the square.
#[test]
fn figures_stand_in_the_middle_of_their_cells() {
    let library = library();
    for sample in ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"] {
        let document = document(&project_file(sample));
        let faces = library.faces(document.script).unwrap();
        let pages = lay_out(&document, &faces, &PageStyle::default());
        let mut figures = 0;
        for (number, run) in runs(&pages) {
            let digits = run.glyphs.iter().all(|glyph| glyph.c.is_ascii_digit());
            if !digits || !matches!(run.part, Part::Cell { .. }) {
                continue;
            }
            let (top, bottom) = cell_edges(&pages.pages[number], run);
            // Digits have their middle in that of the square once they are raised.
            let middle = run.y - MIDDLE * run.size;
            let off = middle - (top + bottom) / 2.0;
            assert!(
                off.abs() < 0.15,
                "{sample}: {off} pt at {}, {}",
                run.x,
                run.y
            );
            assert!(run.rise > 0.0, "digits of a face that is not raised");
            figures += 1;
        }
        assert!(figures > 150, "{figures}");
    }
}

/// A style may set smaller type in the same squares.
#[test]
fn two_dashes_touch_at_every_size_of_type() {
    let library = library();
    let text = project_file("samples/qingshi-2024.toml");
    let text = text.replacen(
        "overview = \"\"\"",
        "overview = \"\"\"\n公开——以公开为常态，ABC——。",
        1,
    );
    let document = document(&text);
    let faces = library.faces(document.script).unwrap();
    for size in [14.0, 15.0, 16.0] {
        let style = PageStyle {
            text: size,
            ..PageStyle::default()
        };
        let pages = lay_out(&document, &faces, &style);
        let mut pairs = 0;
        for (_, run) in runs(&pages) {
            for pair in run.glyphs.windows(2) {
                if pair[0].c == '—' && pair[1].c == '—' {
                    // The dash of the text's face is as wide as the type is high.
                    assert!(
                        pair[0].advance <= size + 1e-6,
                        "{} at {size}",
                        pair[0].advance
                    );
                    pairs += 1;
                }
            }
        }
        assert_eq!(pairs, 2);
    }
}

/// In running text: two digits take a square.
#[test]
fn digits_stand_in_half_squares() {
    let library = library();
    let text = project_file("samples/qingshi-2024.toml");
    let text = text.replacen("overview = \"\"\"", "overview = \"\"\"\n电话12345678。", 1);
    let document = document(&text);
    let faces = library.faces(document.script).unwrap();
    let pages = lay_out(&document, &faces, &PageStyle::default());
    let shown = |run: &Run| run.glyphs.iter().map(|glyph| glyph.c).collect::<String>();
    let number = runs(&pages).map(|(_, run)| run);
    let mut number = number.filter(|run| shown(run) == "12345678");
    let glyphs = &number.next().unwrap().glyphs;
    let square = nianbao::layout::geometry::SQUARE;
    for glyph in &glyphs[..7] {
        assert!(
            (glyph.advance - square / 2.0).abs() < 1e-6,
            "{}",
            glyph.advance
        );
    }
}
