//! The page: what GB/T 9704 and clreq ask for, on samples and on random texts.

use std::collections::BTreeMap;

use crate::common::pages::{library, nothing_leaves_its_cell, runs, type_area};
use crate::common::{document, project_file, set_figures};
use nianbao::document::{Block, Document, Emphasis, Paragraph, Title};
use nianbao::font::Faces;
use nianbao::form::{Content, Role as CellRole, Script};
use nianbao::layout::geometry::{
    BASELINE, BOTTOM, LEFT, LINE_PITCH, LINES, LINES_CLOSE, PAGE_HEIGHT, PAGE_NUMBER_DROP,
    PAGE_WIDTH, RIGHT, SQUARE, TOP, TYPE_HEIGHT, mm, pitch,
};
use nianbao::layout::{Item, Page, PageStyle, Pages, Part, PlacedGlyph, Run, dump, lay_out};
use proptest::prelude::*;

/// 0.01 mm in points.
const HUNDREDTH: f64 = mm(0.01);

/// The standard, and the ends of what a style file may ask for.
fn styles() -> [PageStyle; 3] {
    let standard = PageStyle::default();
    let small = PageStyle {
        title: 18.0,
        text: 15.0,
        page_number: 12.0,
        note: 8.0,
        table_max: 9.0,
        table_min: 9.0,
        rule: 0.25,
        seal: Some(30.0),
    };
    let large = PageStyle {
        note: 10.5,
        table_max: 12.0,
        table_min: 12.0,
        rule: 1.0,
        ..standard
    };
    [standard, small, large]
}

fn text_of(paragraphs: &[&str]) -> Document {
    let paragraph = |text: &&str| {
        Block::Paragraph(Paragraph {
            runs: vec![(Emphasis::Text, (*text).to_owned())],
            quotes: Vec::new(),
        })
    };
    Document {
        script: Script::Hans,
        title: Title {
            organ: "青石县教育局".into(),
            subject: "2024年政府信息公开工作年度报告".into(),
        },
        organ: "青石县教育局".into(),
        year: 2024,
        date: None,
        blocks: paragraphs.iter().map(paragraph).collect(),
        ..Document::default()
    }
}

/// The characters of a line, each with where it starts and ends.
type Characters = Vec<(char, f64, f64)>;

/// The lines of the text, each with its characters and where each one's square starts and ends.
fn lines(pages: &Pages) -> Vec<(Part, Characters)> {
    let mut lines: BTreeMap<(usize, i64), (Part, Characters)> = BTreeMap::new();
    for (page, run) in runs(pages) {
        if !matches!(run.part, Part::Block { .. }) {
            continue;
        }
        let line = lines
            .entry((page, (run.y * 100.0) as i64))
            .or_insert((run.part, Vec::new()));
        let mut x = run.x;
        for glyph in &run.glyphs {
            line.1.push((glyph.c, x, x + glyph.advance));
            x += glyph.advance;
        }
    }
    lines.into_values().collect()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..'\u{a000}').contains(&c)
}

fn shown(line: &Characters) -> String {
    line.iter().map(|(c, ..)| *c).collect()
}

fn check_text(faces: &Faces<'_>, paragraphs: &[&str]) -> Result<(), TestCaseError> {
    let pages = lay_out(&text_of(paragraphs), faces, &PageStyle::default());
    let lines = lines(&pages);
    let typed: String = paragraphs.concat();
    let placed: String = lines
        .iter()
        .flat_map(|(_, line)| line.iter().map(|(c, ..)| *c))
        .collect();
    prop_assert_eq!(placed, typed, "every character once, in order");
    for (index, (part, line)) in lines.iter().enumerate() {
        let (first, last) = (line[0], line[line.len() - 1]);
        let is_first = index == 0 || lines[index - 1].0 != *part;
        let is_last = index + 1 == lines.len() || lines[index + 1].0 != *part;
        let shown: String = line.iter().map(|(c, ..)| *c).collect();
        // An opening mark's blank half stands outside, so that heads are flush.
        let blank = if is_first || !"《（“〔".contains(first.0) {
            0.0
        } else {
            SQUARE / 2.0
        };
        let head = first.1 + blank - LEFT;
        let indent = if is_first { 2.0 * SQUARE } else { 0.0 };
        prop_assert!((head - indent).abs() < 0.5, "head at {head}: {shown}");
        prop_assert!(last.2 <= RIGHT + SQUARE, "{shown}");
        if !is_first {
            prop_assert!(
                !"》）”。，、；：？！〕·／～".contains(first.0),
                "head of {shown}",
            );
            let dash = shown.starts_with('—') && !shown.starts_with("——");
            prop_assert!(!dash, "head of {shown}");
        }
        if !is_last {
            prop_assert!(!"《（“〔￥".contains(last.0), "foot of {shown}");
            let after: String = lines[index + 1].1.iter().map(|(c, ..)| *c).collect();
            let digit = |c: char| c.is_ascii_digit();
            let split = digit(last.0) && after.starts_with(digit);
            prop_assert!(!split, "{shown} parts a number from {after}");
        }
        for pair in line.windows(2) {
            let [(a, start, _), (b, next, _)] = pair else {
                continue;
            };
            if is_han(*a) && is_han(*b) {
                let put = next - start - SQUARE;
                prop_assert!((-0.5..=4.0).contains(&put), "{put} in {shown}");
            }
        }
    }
    for (_, run) in runs(&pages).filter(|(_, run)| run.part != Part::PageNumber) {
        prop_assert!(run.y > TOP && run.y < BOTTOM, "line at {}", run.y);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn random_texts_keep_every_character_and_every_rule(
        words in prop::collection::vec(
            prop_oneof![
                4 => "[一-龥]{1,6}".prop_filter("shipped faces", |w| w.chars().all(|c| c < '\u{9fa0}')),
                2 => "[，。、；：！？]",
                1 => "《[一-龥]{2,8}》",
                1 => "（[一-龥]{2,4}）",
                1 => "“[一-龥]{1,3}”",
                1 => "[0-9]{1,6}[件年月日条]",
                1 => "〔20[0-9]{2}〕[0-9]{1,3}号",
                1 => "20[0-9]{2}年[1-9]月[1-9]日",
                1 => "20[0-9]{2}[—～-]20[0-9]{2}年",
                1 => "(——|……)[一-龥]{1,3}".prop_filter("shipped faces", |w| w.chars().all(|c| c < '\u{9fa0}')),
                1 => "￥[1-9][0-9]{0,4}元",
                1 => "https://www[.][a-z]{4,9}[.]gov[.]cn/[a-z]{3,6}/[a-z]{3,9}_[0-9]{8}[.]html",
                1 => "[a-z]{2,6}-[a-z]{2,6}@[a-z]{4,9}[.]gov[.]cn",
                1 => "[A-Z][a-z]{1,9}( [a-z]{2,10}){1,4}",
            ],
            1..120,
        )
    ) {
        let library = library();
        let faces = library.faces(Script::Hans).unwrap();
        // A text doesn't start with a mark, and no two marks of the same kind stand together.
        let mut text = String::from("文");
        for word in words {
            let both = |s: &str| s.chars().last().is_some_and(|c| "，。、；：！？".contains(c));
            if !(both(&text) && both(&word)) {
                text.push_str(&word);
            }
        }
        text.push('完');
        check_text(&faces, &[&text])?;
    }
}

#[test]
fn full_lines_are_flush_to_a_hundredth_of_a_millimetre() {
    let library = library();
    let samples = ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"];
    let cases = styles().map(|style| samples.map(|sample| (style, sample)));
    for (style, sample) in cases.into_iter().flatten() {
        let document = document(&project_file(sample));
        let faces = library.faces(document.script).unwrap();
        let lines = lines(&lay_out(&document, &faces, &style));
        let mut full = 0;
        for pair in lines.windows(2) {
            let ((part, line), (next, _)) = (&pair[0], &pair[1]);
            if block(*part) != block(*next)
                || !matches!(document.blocks[block(*part)], Block::Paragraph(_))
            {
                continue;
            }
            // Latin letters and marks end where they end; a Chinese character fills its square.
            let (c, start, _) = line[line.len() - 1];
            if !('\u{4e00}'..'\u{a000}').contains(&c) {
                continue;
            }
            full += 1;
            let glyph = faces.glyph(nianbao::font::Role::Text, c).unwrap();
            let bearing = (SQUARE - glyph.advance * style.text) / 2.0;
            let end = start - bearing + SQUARE;
            let shown: String = line.iter().map(|(c, ..)| *c).collect();
            assert!((end - RIGHT).abs() < HUNDREDTH, "{sample}: {end} {shown}");
        }
        assert!(full > 20, "{sample}: only {full} full lines in {style:?}");
    }
}

/// The upper edges of the squares of a page's lines of text, from the type area's head, in points.
fn tops(page: &Page, style: &PageStyle) -> Vec<f64> {
    let is_text = |run: &&Run| matches!(run.part, Part::Block { .. } | Part::Title);
    let texts = page.items.iter().filter_map(|item| match item {
        Item::Run(run) => Some(run).filter(is_text),
        _ => None,
    });
    let mut tops: Vec<f64> = texts
        .map(|run| {
            // Type stands in the middle of its square, the title's fills one of its own.
            let title = run.y - BASELINE * style.title - type_area(page).y;
            let text = run.y - BASELINE * style.text - (SQUARE - style.text) / 2.0;
            if run.part == Part::Title {
                title
            } else {
                text - type_area(page).y
            }
        })
        .collect();
    tops.dedup_by(|a, b| (*a - *b).abs() < HUNDREDTH);
    tops
}

/// Smaller type stands on the same lines.
#[test]
fn lines_of_text_keep_the_page_s_pitch_in_every_style() {
    let library = library();
    for style in styles() {
        let document = document(&project_file("samples/qingshi-2024.toml"));
        let faces = library.faces(document.script).unwrap();
        let pages = lay_out(&document, &faces, &style);
        let mut count = 0;
        for page in &pages.pages {
            let tops = tops(page, &style);
            count += tops.len();
            // A page that lacks a line may be spread: then the pitch is that of one line less.
            let keeps = [LINES, LINES_CLOSE, LINES - 1, LINES_CLOSE - 1]
                .into_iter()
                .any(|lines| {
                    tops.iter().all(|top| {
                        let line = top / pitch(lines);
                        (line - line.round()).abs() < 1e-6 && line.round() < lines as f64
                    })
                });
            assert!(keeps, "{tops:?} in {style:?}");
        }
        assert!(count > 50, "{count}");
    }
}

/// GB/T 9704—2012, 3.2 and 5.2.1: the type area is filled by 22 lines, 37 mm from the paper's edge
/// to 35 mm from its foot.
#[test]
fn a_page_of_text_fills_the_type_area_from_head_to_foot() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let style = PageStyle::default();
    let sentence =
        "县局把政府信息公开作为一项基础工作来抓，按月检查，按季通报；全年公开信息412条。";
    // Its last page is more than half full: nothing is saved by 23 lines.
    let pages = lay_out(&text_of(&[&sentence.repeat(66)]), &faces, &style);
    assert!(pages.count() > 3);
    for page in &pages.pages[1..pages.count() - 1] {
        let tops = tops(page, &style);
        assert_eq!(tops.len(), 22);
        assert!(tops[0].abs() < HUNDREDTH, "{tops:?}");
        assert!((tops[21] + SQUARE - TYPE_HEIGHT).abs() < HUNDREDTH);
        assert!((tops[1] - tops[0] - LINE_PITCH).abs() < HUNDREDTH);
    }
}

/// GB/T 9704—2012, 5.2.3: where text runs on, no page ends a line above the foot: a last line is not
/// left alone at the cost of the page before it.
#[test]
fn no_page_of_running_text_lacks_one_line() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let style = PageStyle::default();
    for length in 60..120 {
        let paragraph = "全年主动公开政府信息，按时答复每一件申请".repeat(20);
        let paragraph: String = paragraph.chars().take(length).collect();
        let pages = lay_out(&text_of(&[paragraph.as_str(); 12]), &faces, &style);
        for page in &pages.pages[..pages.count() - 1] {
            let tops = tops(page, &style);
            let foot = TYPE_HEIGHT - SQUARE - tops[tops.len() - 1];
            assert!(foot.abs() < HUNDREDTH, "{length}: {foot} pt left");
        }
    }
}

/// A report with so many more lines before its signature.
fn with_lines_more(text: &str, more: usize) -> Document {
    let mut document = document(text);
    let at = document.blocks.len() - 1;
    for _ in 0..more {
        let runs = vec![(Emphasis::Text, "全年公开信息412条。".to_owned())];
        let quotes = Vec::new();
        let paragraph = Block::Paragraph(Paragraph { runs, quotes });
        document.blocks.insert(at, paragraph);
    }
    document
}

/// A report of any length: six lines and the signature are not carried to a page of their own where
/// the pages before can take them.
#[test]
fn a_last_page_is_not_nearly_empty() {
    let library = library();
    let style = PageStyle::default();
    let text = project_file("samples/qingshi-2024.toml");
    let mut short = Vec::new();
    for more in 0..22 {
        let document = with_lines_more(&text, more);
        let faces = library.faces(document.script).unwrap();
        let pages = lay_out(&document, &faces, &style);
        let last = tops(&pages.pages[pages.count() - 1], &style);
        let lines = last[last.len() - 1] / LINE_PITCH + 1.0;
        if lines.round() <= 6.0 {
            short.push(more);
        }
        // What is done for it is done on all pages alike, and nothing else is lost by it.
        assert_eq!(pages_of_table(&pages, &document, "requests").len(), 1);
        nothing_leaves_its_cell(&pages);
    }
    assert!(short.is_empty(), "with {short:?} lines more");
}

fn block(part: Part) -> usize {
    match part {
        Part::Block { block, .. } => block,
        other => panic!("{other:?}"),
    }
}

fn pages_of_table(pages: &Pages, document: &Document, id: &str) -> Vec<usize> {
    let index = document
        .blocks
        .iter()
        .position(|block| matches!(block, Block::Table(table) if table.id == id))
        .unwrap();
    let mut found: Vec<usize> = runs(pages)
        .filter(|(_, run)| matches!(run.part, Part::Cell { block, .. } if block == index))
        .map(|(page, _)| page)
        .collect();
    found.dedup();
    found
}

#[test]
fn table_three_stands_on_one_page() {
    let library = library();
    for sample in ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"] {
        let document = document(&project_file(sample));
        let faces = library.faces(document.script).unwrap();
        let pages = lay_out(&document, &faces, &PageStyle::default());
        assert_eq!(
            pages_of_table(&pages, &document, "requests").len(),
            1,
            "{sample}"
        );
        nothing_leaves_its_cell(&pages);
    }
}

/// Table two is parted before one of its bands, so that what belongs together stays together.
#[test]
fn a_table_that_is_parted_for_a_last_page_is_parted_at_a_band() {
    let library = library();
    let sample = project_file("samples/qingshi-2024.toml");
    let mut parted = 0;
    for more in 0..22 {
        let mut document = document(&sample);
        let is_table = |block: &Block| matches!(block, Block::Table(_));
        let at = document.blocks.iter().position(is_table).unwrap();
        // The table with lines above and below it, and nothing else.
        let table = document.blocks.remove(at);
        let heading = document.blocks.remove(at - 1);
        let line = || {
            let runs = vec![(Emphasis::Text, "全年公开信息412条。".to_owned())];
            let quotes = Vec::new();
            Block::Paragraph(Paragraph { runs, quotes })
        };
        let mut blocks: Vec<Block> = (0..10 + more).map(|_| line()).collect();
        blocks.extend([heading, table]);
        blocks.extend((0..14).map(|_| line()));
        document.blocks = blocks;
        let faces = library.faces(document.script).unwrap();
        let pages = lay_out(&document, &faces, &PageStyle::default());
        nothing_leaves_its_cell(&pages);
        let (block, parts) = pages.tables.iter().next().unwrap();
        let Block::Table(table) = &document.blocks[*block] else {
            panic!("{block}");
        };
        for part in &parts[1..] {
            parted += 1;
            let is_band = table.cells.iter().any(|cell| {
                cell.row == part.start
                    && matches!(cell.content, Content::Wording(CellRole::Band, _))
            });
            assert!(is_band, "parted before row {}", part.start);
        }
    }
    assert!(parted > 0);
}

/// The lowest rule of a page.
fn lowest_rule(page: &Page) -> f64 {
    let rules = page.items.iter().filter_map(|item| match item {
        Item::Rule(rule) => Some(rule.to.1),
        _ => None,
    });
    rules.fold(0.0, f64::max)
}

#[test]
fn a_table_with_a_page_to_itself_reaches_its_foot() {
    let library = library();
    let document = with_lines_more(&project_file("samples/qingshi-2024.toml"), 8);
    let faces = library.faces(document.script).unwrap();
    for style in [9.5, 10.0].map(|size| PageStyle {
        table_max: size,
        table_min: size,
        ..PageStyle::default()
    }) {
        let pages = lay_out(&document, &faces, &style);
        let page = pages_of_table(&pages, &document, "requests")[0];
        let page = &pages.pages[page];
        assert!((lowest_rule(page) - BOTTOM).abs() < HUNDREDTH);
    }
}

#[test]
fn figures_of_any_length_stay_in_their_cells_and_can_be_read() {
    let library = library();
    let text = project_file("samples/qingshi-2024.toml");
    for digits in [4, 6, 8, 9, 12] {
        let number = "9".repeat(digits);
        let mut document = document(&text);
        set_figures(&mut document, number.parse().unwrap());
        let faces = library.faces(document.script).unwrap();
        for style in styles() {
            let pages = lay_out(&document, &faces, &style);
            nothing_leaves_its_cell(&pages);
            // Type of 12 pt, asked for, is too large for a page in any case.
            let three = pages_of_table(&pages, &document, "requests").len();
            assert!(
                three == 1 || style.table_min > 9.0,
                "{digits} digits: table three is divided in {style:?}"
            );
            let smallest = runs(&pages)
                .filter(|(_, run)| matches!(run.part, Part::Cell { .. }))
                .map(|(_, run)| run.size)
                .fold(f64::MAX, f64::min);
            assert!(smallest > 8.999, "{digits} digits: {smallest} pt");
        }
    }
}

/// GB/T 9704—2012, clause 10: the page number of a page that lies on its side stands where the others
/// have it. Such a page has nothing but the table and its heading.
#[test]
fn a_page_on_its_side_keeps_the_sheet_s_margins_and_page_number() {
    let library = library();
    let mut document = document(&project_file("samples/qingshi-2024.toml"));
    set_figures(&mut document, "999999999999".parse().unwrap());
    let faces = library.faces(document.script).unwrap();
    let pages = lay_out(&document, &faces, &PageStyle::default());
    let turned: Vec<usize> = (0..pages.count())
        .filter(|n| pages.pages[*n].turned)
        .collect();
    assert_eq!(pages_of_table(&pages, &document, "requests"), turned[..1]);
    for (number, page) in pages.pages.iter().enumerate() {
        let size = if page.turned {
            (PAGE_HEIGHT, PAGE_WIDTH)
        } else {
            (PAGE_WIDTH, PAGE_HEIGHT)
        };
        assert_eq!(page.size(), size);
        // Dashes and digits are of two faces: a run each.
        let found = runs(&pages).filter(|(n, run)| *n == number && run.part == Part::PageNumber);
        let found: Vec<&Run> = found.map(|(_, run)| run).collect();
        let run = found[0];
        let last = found[found.len() - 1];
        let end = last.glyphs.iter().map(|glyph| glyph.advance).sum::<f64>() + last.x;
        let width = end - run.x;
        let x = if number % 2 == 0 {
            RIGHT - SQUARE - width
        } else {
            LEFT + SQUARE
        };
        assert!(
            (run.x - x).abs() < HUNDREDTH,
            "page {}: {} for {x}",
            number + 1,
            run.x
        );
        assert!((BOTTOM + PAGE_NUMBER_DROP..PAGE_HEIGHT - mm(20.0)).contains(&run.y));
    }
}

/// A section of 6,000 characters, and one line of 5,000 without a mark to break at.
#[test]
fn long_sections_flow_over_pages() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let sentence =
        "县局把政府信息公开作为一项基础工作来抓，按月检查，按季通报；全年公开信息412条。";
    let long = sentence.repeat(6000 / 40);
    let solid = "公".repeat(5000);
    let word = "x".repeat(300);
    check_text(&faces, &[&long, &solid, &word]).unwrap();
    let pages = lay_out(&text_of(&[&long, &solid]), &faces, &PageStyle::default());
    assert!(pages.count() > 15, "{}", pages.count());
}

#[test]
fn pages_of_a_small_report_as_a_person_reads_them() {
    let library = library();
    let document = text_of(&[
        "本报告由青石县教育局编制（国办公开办函〔2021〕30号）。如有疑问，请与青石县教育局联系。",
        "“双公示”工作。",
    ]);
    let faces = library.faces(Script::Hans).unwrap();
    insta::assert_snapshot!(dump::dump(
        &lay_out(&document, &faces, &PageStyle::default()),
        &faces
    ));
}

/// GB/T 9704—2012, 7.3.5.2: name and date stand together, on a page with text.
#[test]
fn a_signature_is_never_parted_nor_alone_on_a_page() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    for count in 1..48 {
        let paragraphs = vec!["全年公开信息412条。"; count];
        let mut document = text_of(&paragraphs);
        document.blocks.push(Block::Signature {
            name: "青石县教育局".into(),
            date: Some("2025年1月16日".into()),
            seal: None,
        });
        let pages = lay_out(&document, &faces, &PageStyle::default());
        let signed: Vec<usize> = runs(&pages)
            .filter(|(_, run)| matches!(run.part, Part::Block { block, .. } if block == count))
            .map(|(page, _)| page)
            .collect();
        let page = signed[0];
        assert!(signed.iter().all(|p| *p == page), "{count}: {signed:?}");
        let text = runs(&pages).any(|(p, run)| {
            p == page && matches!(run.part, Part::Block { block, .. } if block < count)
        });
        assert!(text, "{count}: the signature is alone on page {}", page + 1);
    }
}

/// No heading at a page's foot, no last line alone at a page's head.
#[test]
fn headings_stay_with_their_text_and_last_lines_are_not_alone() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    for count in 10..40 {
        let mut document = text_of(&vec!["全年公开信息412条。"; count]);
        let heading = Paragraph {
            runs: vec![(Emphasis::Heading2, "（一）主动公开情况".into())],
            quotes: Vec::new(),
        };
        document.blocks.push(Block::Paragraph(heading));
        let long = "县局把政府信息公开作为一项基础工作来抓，按月检查，按季通报。".repeat(3);
        document.blocks.push(Block::Paragraph(Paragraph {
            runs: vec![(Emphasis::Text, long)],
            quotes: Vec::new(),
        }));
        let pages = lay_out(&document, &faces, &PageStyle::default());
        let lines_of = |wanted: usize| -> Vec<usize> {
            let mut lines: Vec<(usize, i64)> = runs(&pages)
                .filter(|(_, run)| matches!(run.part, Part::Block { block, .. } if block == wanted))
                .map(|(page, run)| (page, (run.y * 10.0) as i64))
                .collect();
            lines.dedup();
            lines.into_iter().map(|(page, _)| page).collect()
        };
        let (heading, text) = (lines_of(count), lines_of(count + 1));
        assert_eq!(heading[0], text[0], "{count}: the heading is left behind");
        let last = text[text.len() - 1];
        let on_last = text.iter().filter(|page| **page == last).count();
        assert!(text[0] == last || on_last >= 2, "{count}: {text:?}");
    }
}

/// A name of 26 characters is not set as 20 and 6.
#[test]
fn the_lines_of_a_long_title_are_balanced() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let mut document = text_of(&["全年公开信息412条。"]);
    document.title.organ = "青石县教育文化体育卫生健康和旅游发展管理委员会办公室".into();
    let pages = lay_out(&document, &faces, &PageStyle::default());
    let mut lengths: Vec<(i64, usize)> = Vec::new();
    for (_, run) in runs(&pages).filter(|(_, run)| run.part == Part::Title) {
        match lengths.last_mut() {
            Some((y, length)) if *y == run.y as i64 => *length += run.glyphs.len(),
            _ => lengths.push((run.y as i64, run.glyphs.len())),
        }
    }
    let organ: Vec<usize> = lengths[..lengths.len() - 1]
        .iter()
        .map(|(_, l)| *l)
        .collect();
    assert_eq!(organ.iter().sum::<usize>(), 26);
    assert!(
        organ.len() == 2 && organ[0].abs_diff(organ[1]) <= 1,
        "{organ:?}"
    );
}

/// clreq, 标点符号的宽度调整: two marks side by side take one and a half squares.
#[test]
fn a_pair_of_marks_takes_one_and_a_half_squares() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    for pair in [
        "》（", "）。", "：“", "”，", "》、", "（《", "！”", "？”", "？！", "！！", "？？",
    ] {
        let text = format!("公开{pair}公开");
        let pages = lay_out(&text_of(&[&text]), &faces, &PageStyle::default());
        let line = &lines(&pages)[0].1;
        // Of the character before the pair to that behind it: its own square and the pair's.
        let (before, behind) = (line[1], line[4]);
        assert_eq!((before.0, behind.0), ('开', '公'));
        let taken = (behind.1 - before.1) / SQUARE;
        assert!((taken - 2.5).abs() < 0.05, "{pair}: {taken} squares");
    }
}

/// A number with its unit, a document's number, a date and the opening of a title are not parted
/// as long as the line can do without them, wherever in the line they would fall.
#[test]
fn numbers_and_what_belongs_to_them_stay_on_one_line() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let groups = ["38项", "〔2019〕", "60号", "2024年", "12月", "《条例"];
    for group in groups {
        for before in 8..60 {
            let text = format!("{}{group}{}", "公".repeat(before), "开".repeat(40));
            let pages = lay_out(&text_of(&[&text]), &faces, &PageStyle::default());
            let whole = lines(&pages).iter().any(|(_, line)| {
                let shown: String = line.iter().map(|(c, ..)| *c).collect();
                shown.contains(group)
            });
            let all: Vec<String> = lines(&pages)
                .iter()
                .map(|(_, line)| line.iter().map(|(c, ..)| *c).collect())
                .collect();
            assert!(whole, "{group} behind {before} characters: {all:?}");
        }
    }
}

/// clreq, 中、西文混排: space between Chinese characters and Latin letters or digits, not where a mark
/// stands between them, and no more of it where the author has typed a space.
#[test]
fn numbers_and_latin_words_stand_an_eighth_from_chinese_characters() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let edges = |text: &str| -> Vec<f64> {
        let pages = lay_out(&text_of(&[text]), &faces, &PageStyle::default());
        let line = &lines(&pages)[0].1;
        let width = |c: char| if is_han(c) { SQUARE } else { SQUARE / 2.0 };
        line.windows(2)
            .filter(|pair| is_han(pair[0].0) != is_han(pair[1].0))
            .map(|pair| (pair[1].1 - pair[0].1 - width(pair[0].0)) / SQUARE)
            .collect()
    };
    let near = |found: Vec<f64>, wanted: &[f64]| {
        let same = |(a, b): (&f64, &f64)| (a - b).abs() < 0.02;
        assert!(
            found.len() == wanted.len() && found.iter().zip(wanted).all(same),
            "{found:?} instead of {wanted:?}"
        );
    };
    near(edges("公开2024年12月"), &[0.125; 4]);
    // From the first character to the last: squares, digits of half a square, a typed space of a quarter.
    for (text, wanted) in [("函〔2021〕号", 5.0), ("共 5 件", 2.0)] {
        let pages = lay_out(&text_of(&[text]), &faces, &PageStyle::default());
        let line = &lines(&pages)[0].1;
        let taken = (line[line.len() - 1].1 - line[0].1) / SQUARE;
        assert!((taken - wanted).abs() < 0.03, "{text}: {taken} squares");
    }
}

/// GB/T 15834—2011: · and ／ take half a square.
#[test]
fn interpuncts_and_slashes_take_half_a_square() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    for mark in ["·", "／"] {
        let text = format!("公开{mark}公开");
        let pages = lay_out(&text_of(&[&text]), &faces, &PageStyle::default());
        let line = &lines(&pages)[0].1;
        let taken = (line[3].1 - line[1].1) / SQUARE;
        assert!((taken - 1.5).abs() < 0.02, "{mark}: {taken} squares");
    }
}

/// FandolFang and FandolKai have a dollar in the place of ￥.
#[test]
fn a_yuan_is_drawn_as_a_yuan() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let pages = lay_out(&text_of(&["收费￥100元"]), &faces, &PageStyle::default());
    let yuan = faces.glyph(nianbao::font::Role::Text, '¥').unwrap();
    let found = runs(&pages).any(|(_, run)| {
        let is_yuan = |glyph: &PlacedGlyph| glyph.c == '￥' && glyph.gid == yuan.gid;
        run.face == yuan.face && run.glyphs.iter().any(is_yuan)
    });
    assert!(found);
}

/// clreq, 分离禁则: wherever in the line they fall, the sign stays with its number, and what joins two
/// numbers with both.
#[test]
fn signs_and_connectors_are_not_parted_from_their_numbers() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let groups = [
        "-10℃",
        "−10℃",
        "±5%",
        "+3.5%",
        "￥100",
        "¥100",
        "$100",
        "1—12月",
        "1～12月",
        "1-12月",
        "9704—2012",
        "——",
        "……",
    ];
    for group in groups {
        for before in 18..32 {
            let text = format!("{}{group}{}", "甲".repeat(before), "乙".repeat(12));
            let pages = lay_out(&text_of(&[&text]), &faces, &PageStyle::default());
            let all: Vec<String> = lines(&pages).iter().map(|(_, line)| shown(line)).collect();
            let whole = all.iter().any(|line| line.contains(group));
            assert!(whole, "{group} behind {before} characters: {all:?}");
        }
    }
}

/// An address is broken at its signs, inside none of its names and numbers, and no line beside it is torn.
#[test]
fn addresses_are_broken_at_their_signs() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let address = "https://www.qingshi.gov.cn/zwgk/list_a/t20240116.html?id=11&name=some";
    let mut broken = 0;
    for before in 1..28 {
        let text = format!("{}{address}，请查阅。", "公".repeat(before));
        let pages = lay_out(&text_of(&[&text]), &faces, &PageStyle::default());
        let all: Vec<String> = lines(&pages).iter().map(|(_, line)| shown(line)).collect();
        for pair in all.windows(2) {
            let (before, after) = (pair[0].chars().last().unwrap(), &pair[1]);
            let outside = is_han(before) || before == '，';
            let allowed = outside
                || "/?&=_".contains(before) && after.starts_with(char::is_alphanumeric)
                || after.starts_with('.');
            assert!(allowed, "{all:?}");
            broken += usize::from(!outside);
        }
    }
    assert!(broken > 25, "{broken}");
}

/// What separates words at a line's end is in the file, and counts for nothing in the line's width.
#[test]
fn the_space_at_a_line_s_end_is_kept() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let text = "The Regulations of the People's Republic of China on Open Government Information";
    let pages = lay_out(&text_of(&[text]), &faces, &PageStyle::default());
    let lines = lines(&pages);
    let all: Vec<String> = lines.iter().map(|(_, line)| shown(line)).collect();
    assert!(all.len() == 2 && all[0].ends_with(' '), "{all:?}");
    let visible = lines[0].1[all[0].chars().count() - 2];
    assert!(
        (visible.2 - RIGHT).abs() < HUNDREDTH,
        "ends at {}",
        visible.2
    );
}

/// clreq: no character alone on a paragraph's last line, whatever marks go with it.
#[test]
fn no_character_stands_alone_on_a_last_line() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    for end in ["示。", "示”）。", "示》）；", "）。", "3件。"] {
        for count in 20..86 {
            let text = format!("{}{end}", "公".repeat(count));
            let pages = lay_out(&text_of(&[&text]), &faces, &PageStyle::default());
            let lines = lines(&pages);
            let last = shown(&lines[lines.len() - 1].1);
            let characters = last.chars().filter(|c| c.is_alphanumeric()).count();
            assert!(lines.len() == 1 || characters > 1, "{count}: {last}");
        }
    }
}

fn title_lines(organ: &str, marks: &[usize]) -> Vec<String> {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let mut document = text_of(&["全年公开信息412条。"]);
    document.title.organ = organ.into();
    document.name_marks.insert("organ.name", marks.to_vec());
    let pages = lay_out(&document, &faces, &PageStyle::default());
    let mut found: Vec<(i64, String)> = Vec::new();
    for (_, run) in runs(&pages).filter(|(_, run)| run.part == Part::Title) {
        let text: String = run.glyphs.iter().map(|glyph| glyph.c).collect();
        match found.last_mut() {
            Some((y, line)) if *y == run.y as i64 => line.push_str(&text),
            _ => found.push((run.y as i64, text)),
        }
    }
    found.pop();
    found.into_iter().map(|(_, line)| line).collect()
}

/// GB/T 9704—2012, 7.3.1: 词意完整, and the shorter line first.
#[test]
fn long_names_are_broken_between_words() {
    let cases: [&[&str]; 5] = [
        &["青石县市场监督管理局"],
        &[
            "青石经济技术开发区管理委员会",
            "暨青石国家高新技术产业开发区",
            "管理委员会党政综合办公室",
        ],
        &[
            "青石市人民代表大会常务委员会",
            "及青石市市场监督管理局联合办公室",
        ],
        &[
            "青石县和平区和谐乡人民政府",
            "与青石县社会保障和就业服务中心",
        ],
        &["青石自治州林业和草原局", "国家公园建设管理与保护服务中心"],
    ];
    for wanted in cases {
        assert_eq!(title_lines(&wanted.concat(), &[]), wanted);
    }
}

#[test]
fn a_name_is_broken_where_its_user_marks_it() {
    let name = "青石县教育文化体育卫生健康和旅游发展管理委员会办公室";
    let broken = title_lines(name, &[9, 23]);
    assert_eq!(
        broken,
        ["青石县教育文化体育", "卫生健康和旅游发展管理委员会办公室"]
    );
    assert_eq!(
        title_lines("青石县教育局", &[3]),
        ["青石县教育局"],
        "it fits"
    );
}
