//! The seal: read from its picture, set after GB/T 9704—2012 7.3.5.1, pressed into the PDF.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::common::{project_file, specimen};
use lopdf::content::Content;
use lopdf::{Dictionary, Document as Objects, Object};
use nianbao::document::{self, Block, Document, Emphasis, Paragraph, Seal, Title};
use nianbao::font::{Library, Search};
use nianbao::form::{self, Forms, Script};
use nianbao::layout::geometry::{
    BASELINE, BOTTOM, LEFT, LINE_PITCH, PAGE_WIDTH, RIGHT, SQUARE, TOP, mm,
};
use nianbao::layout::{Area, Item, Page, PageStyle, Pages, Part, Run, lay_out};
use nianbao::pdf::{self, PrintStyle};
use nianbao::pipeline::{Checker, Output, Renderer};
use nianbao::report::{Report, SealPicture};
use nianbao::style::Style;
use nianbao::text::{Findings, Lang, Source};
use proptest::prelude::*;
use tempfile::TempDir;

/// 0.01 mm in points.
const HUNDREDTH: f64 = mm(0.01);
/// 3号, the size of text (GB/T 9704—2012, 5.2.2), in points.
const TEXT_SIZE: f64 = 16.0;

fn library() -> Library {
    Library::open(&Search::standard(None)).unwrap()
}

/// The sample with a seal named in its signature.
fn sealed_sample(value: &str) -> String {
    let sample = project_file("samples/qingshi-2024.toml");
    let signed = sample.replace("[signature]\n", &format!("[signature]\nseal = {value}\n"));
    assert_ne!(sample, signed);
    signed
}

// What is read

fn read(folder: Option<&Path>, value: &str) -> Result<Report, Findings> {
    let source = Source::new("data.toml", sealed_sample(value)).in_folder(folder);
    Report::read(source, &Forms::builtin().unwrap())
}

fn picture_of(png: &[u8]) -> Arc<SealPicture> {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("seal.png"), png).unwrap();
    let report = read(Some(folder.path()), "\"seal.png\"").unwrap();
    report.seal.unwrap()
}

/// A PNG that states its size and has next to no data.
fn promising(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = specimen::png(1, &[specimen::INK], None);
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    bytes[12..29].copy_from_slice(&header);
    bytes[29..33].copy_from_slice(&crc(&header).to_be_bytes());
    bytes
}

/// The checksum of a chunk (ISO/IEC 15948, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

#[test]
fn every_fault_of_a_seal_is_told_with_its_remedy() {
    let folder = TempDir::new().unwrap();
    let desk = folder.path().join("desk");
    fs::create_dir_all(desk.join("folder.png")).unwrap();
    let (side, grey, dark) = (60, [180, 176, 170, 255], [60, 30, 20, 255]);
    let seal = specimen::pixels(side);
    let on = |ground: [u8; 4], within: f64| -> Vec<[u8; 4]> {
        let pixels = seal.iter().enumerate().map(|(index, pixel)| {
            let at = |i: usize| (i as f64 + 0.5) / side as f64 * 2.0 - 1.0;
            let inside = at(index % side).hypot(at(index / side)) < within;
            if pixel[3] == 0 && inside {
                ground
            } else {
                *pixel
            }
        });
        pixels.collect()
    };
    let whole = specimen::png(side, &seal, None);
    for (name, bytes) in [
        ("jpeg.png", b"\xff\xd8\xff\xe0\0\x10JFIF".to_vec()),
        ("half.png", whole[..whole.len() / 2].to_vec()),
        ("header.png", whole[..20].to_vec()),
        ("promise.png", promising(65_000, 65_000)),
        ("huge.png", promising(2401, 10)),
        ("short.png", promising(2400, 2400)),
        ("large.png", [whole.clone(), vec![0; 5 << 20]].concat()),
        ("ground.png", specimen::png(side, &on(grey, 9.0), None)),
        ("disc.png", specimen::png(side, &on(dark, 1.0), None)),
        ("blank.png", specimen::png(side, &vec![[0; 4]; 3600], None)),
        (
            "flat.png",
            specimen::png(side, &seal[..side * side / 2], None),
        ),
        ("../outside.png", whole.clone()),
    ] {
        fs::write(desk.join(name), bytes).unwrap();
    }
    let mut told = String::new();
    let faults = [
        (None, "\"seal.png\""),
        (Some(&*desk), "\"none.png\""),
        (Some(&*desk), "\"../outside.png\""),
        (Some(&*desk), "\"/etc/hostname\""),
        (Some(&*desk), "\"folder.png\""),
        (Some(&*desk), "\"jpeg.png\""),
        (Some(&*desk), "\"half.png\""),
        (Some(&*desk), "\"header.png\""),
        (Some(&*desk), "\"promise.png\""),
        (Some(&*desk), "\"huge.png\""),
        (Some(&*desk), "\"short.png\""),
        (Some(&*desk), "\"large.png\""),
        (Some(&*desk), "\"ground.png\""),
        (Some(&*desk), "\"disc.png\""),
        (Some(&*desk), "\"blank.png\""),
        (Some(&*desk), "\"flat.png\""),
        (Some(&*desk), "true"),
        (Some(&*desk), "{ file = \"seal.png\" }"),
        (Some(&*desk), "\"\""),
    ];
    for (folder, value) in faults {
        let findings = read(folder, value).unwrap_err();
        let [finding] = &*findings else {
            panic!("{value}: {findings}");
        };
        assert_eq!(finding.key.as_deref(), Some("signature.seal"), "{value}");
        for lang in [Lang::Zh, Lang::En] {
            told += &finding.human(lang, false);
            told += "\n\n";
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn the_seal_of_a_new_data_file_is_read_when_its_line_is_uncommented() {
    let forms = Forms::builtin().unwrap();
    let text = form::data_file::blank(&forms[0], 2024, Some("青石县教育局"))
        .replace("\"\"\"\n\"\"\"", "\"无。\"")
        .replace("# [signature]", "[signature]")
        .replace("# seal = ", "seal = ");
    let folder = TempDir::new().unwrap();
    let png = specimen::png(60, &specimen::pixels(60), None);
    fs::write(folder.path().join("seal.png"), png).unwrap();
    let source = Source::new("new.toml", text).in_folder(Some(folder.path()));
    let seal = Report::read(source, &forms).unwrap().seal;
    assert!(seal.is_some_and(|seal| seal.width == 60));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_picture_outside_the_folder_is_refused() {
    let folder = TempDir::new().unwrap();
    let desk = folder.path().join("desk");
    fs::create_dir(&desk).unwrap();
    let png = specimen::png(60, &specimen::pixels(60), None);
    fs::write(folder.path().join("real.png"), png).unwrap();
    std::os::unix::fs::symlink("../real.png", desk.join("seal.png")).unwrap();
    let findings = read(Some(&desk), "\"seal.png\"").unwrap_err();
    assert_eq!(findings.len(), 1);
    let message = &findings[0].message.zh;
    assert!(message.contains("不在数据文件的文件夹里"), "{message}");
}

#[test]
fn a_seal_is_measured_by_its_own_edges() {
    let side = 60;
    let seal = specimen::pixels(side);
    let blank = [255, 255, 255, 0];
    let mut wide = vec![blank; 100 * 10];
    for row in seal.chunks(side) {
        wide.extend([blank; 15]);
        wide.extend(row);
        wide.extend([blank; 25]);
    }
    let found = picture_of(&specimen::png(100, &wide, None));
    assert_eq!((found.width, found.height), (side, side));
    assert!(found.rgb == specimen::on_white(&seal));
}

/// Most clerks have a scan: a little grey or yellow, grainy, with dust on it. It is measured, and
/// printed, like one with a transparent ground.
#[test]
fn a_scan_on_white_paper_is_a_seal_without_its_paper() {
    let (side, around) = (200, 40);
    let seal = specimen::on_white(&specimen::pixels(side));
    let whole = side + 2 * around;
    for (paper, grain) in [([255_u8; 3], 0), ([251, 250, 246], 3), ([226, 224, 214], 5)] {
        let scanned = |row: usize, column: usize| -> [u8; 3] {
            let at = |at: usize| at.checked_sub(around).filter(|at| *at < side);
            let inked = at(row)
                .zip(at(column))
                .map(|(row, column)| seal[row * side + column]);
            let noise = (row * 7919 + column * 104_729) % (2 * grain + 1);
            let dust = (row, column) == (3, 5) || (row, column) == (whole - 2, 90);
            std::array::from_fn(|part| {
                let inked = inked.unwrap_or([255; 3])[part];
                let lit = usize::from(inked) * usize::from(paper[part]) / 255;
                if dust {
                    60
                } else {
                    (lit + grain - noise).min(255) as u8
                }
            })
        };
        let pixels: Vec<[u8; 4]> = (0..whole * whole)
            .map(|index| scanned(index / whole, index % whole))
            .map(|[red, green, blue]| [red, green, blue, 255])
            .collect();
        let found = picture_of(&specimen::png(whole, &pixels, None));
        assert_eq!((found.width, found.height), (side, side), "{paper:?}");
        for (found, wanted) in found.rgb.iter().zip(&seal) {
            if *wanted == [255; 3] {
                assert_eq!(*found, *wanted, "{paper:?}");
            }
            for (a, b) in found.iter().zip(wanted) {
                assert!(a.abs_diff(*b) <= 16, "{paper:?}: {found:?} {wanted:?}");
            }
        }
    }
}

#[test]
fn a_diameter_that_no_seal_has_is_not_the_picture_s() {
    let side = 60;
    let seal = specimen::pixels(side);
    let diameter = |mm: f64| {
        let density = (side as f64 / mm * 1000.0).round() as u32;
        picture_of(&specimen::png(side, &seal, Some(density))).diameter
    };
    for (stated, taken) in [
        (15.9, false),
        (37.9, false),
        (38.1, true),
        (45.0, true),
        (59.9, true),
        (60.2, false),
    ] {
        match diameter(stated) {
            Some(found) => assert!(taken && (found - stated).abs() < 0.05, "{stated}: {found}"),
            None => assert!(!taken, "{stated}"),
        }
    }
    assert_eq!(picture_of(&specimen::png(side, &seal, None)).diameter, None);
}

/// Drawing programs save seals with a palette, in grey, or with 16 bits.
#[test]
fn other_kinds_of_png_are_read_alike() {
    let side = 60;
    let seal = specimen::pixels(side);
    let encode = |color, depth, data: &[u8], palette: bool| {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, side as u32, side as u32);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if palette {
            encoder.set_palette(vec![255, 255, 255, 214, 32, 24]);
            encoder.set_trns(vec![0, 255]);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        bytes
    };
    let deep: Vec<u8> = seal.as_flattened().iter().flat_map(|b| [*b, *b]).collect();
    let found = picture_of(&encode(
        png::ColorType::Rgba,
        png::BitDepth::Sixteen,
        &deep,
        false,
    ));
    assert!(found.rgb == specimen::on_white(&seal));

    let inked: Vec<u8> = seal.iter().map(|pixel| u8::from(pixel[3] > 127)).collect();
    let found = picture_of(&encode(
        png::ColorType::Indexed,
        png::BitDepth::Eight,
        &inked,
        true,
    ));
    for (pixel, inked) in found.rgb.iter().zip(&inked) {
        let wanted = [[255; 3], [214, 32, 24]][usize::from(*inked)];
        assert_eq!(*pixel, wanted);
    }

    let grey: Vec<u8> = seal.iter().flat_map(|pixel| [90, pixel[3]]).collect();
    let found = picture_of(&encode(
        png::ColorType::GrayscaleAlpha,
        png::BitDepth::Eight,
        &grey,
        false,
    ));
    let wanted: Vec<_> = seal.iter().map(|pixel| [90, 90, 90, pixel[3]]).collect();
    assert!(found.rgb == specimen::on_white(&wanted));
}

// How it is set

fn signed(paragraphs: usize, name: &str, date: Option<&str>, diameter: f64) -> Document {
    let text = Block::Paragraph(Paragraph {
        runs: vec![(Emphasis::Text, "全年公开信息412条。".into())],
        quotes: Vec::new(),
    });
    let mut blocks = vec![text; paragraphs];
    blocks.push(Block::Signature {
        name: name.into(),
        date: date.map(str::to_owned),
        seal: Some(Seal {
            picture: Arc::new(specimen::picture(40)),
            diameter,
            description: format!("{name}印章"),
        }),
    });
    Document {
        script: Script::Hans,
        title: Title {
            organ: "青石县教育局".into(),
            subject: "2024年政府信息公开工作年度报告".into(),
        },
        organ: "青石县教育局".into(),
        year: 2024,
        date: None,
        blocks,
        ..Document::default()
    }
}

/// The page with the seal, and the seal's place on it.
fn seal_of(pages: &Pages) -> (usize, &Page, Area) {
    let mut found = pages.pages.iter().enumerate().flat_map(|(number, page)| {
        page.items.iter().filter_map(move |item| match item {
            Item::Picture(picture) => Some((number, page, picture.area)),
            _ => None,
        })
    });
    let seal = found.next().unwrap_or_else(|| panic!("no seal"));
    assert!(found.next().is_none(), "two seals");
    seal
}

fn runs(page: &Page) -> impl Iterator<Item = &Run> {
    page.items.iter().filter_map(|item| match item {
        Item::Run(run) => Some(run),
        _ => None,
    })
}

/// Left and right edge of the squares that a line's runs fill.
fn extent<'r>(line: impl Iterator<Item = &'r Run>) -> (f64, f64) {
    let mut extent = (f64::MAX, f64::MIN);
    for run in line {
        let mut x = run.x;
        for (index, glyph) in run.glyphs.iter().enumerate() {
            // A Chinese character stands in the middle of its square.
            let is_last = index + 1 == run.glyphs.len();
            let bearing = if glyph.c.is_ascii() {
                0.0
            } else {
                let own = if is_last { glyph.advance } else { TEXT_SIZE };
                (SQUARE - own) / 2.0
            };
            extent.0 = f64::min(extent.0, x - bearing);
            extent.1 = f64::max(extent.1, x + glyph.advance + bearing);
            x += glyph.advance;
        }
    }
    extent
}

fn middle((left, right): (f64, f64)) -> f64 {
    f64::midpoint(left, right)
}

fn part(block: usize, run: usize) -> impl Fn(&&Run) -> bool {
    move |found| found.part == Part::Block { block, run }
}

/// Upper and lower edge of a run's squares.
fn heights(run: &Run) -> (f64, f64) {
    let top = run.y - BASELINE * TEXT_SIZE;
    (top, top + TEXT_SIZE)
}

#[test]
fn name_and_date_stand_on_the_axis_of_the_seal() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    for diameter in [38.0, 40.0, 42.0, 45.0, 50.0, 55.0, 60.0] {
        for (name, date) in [
            ("教育局", "2025年1月6日"),
            ("青石县教育局", "2025年1月16日"),
            ("青石县文化广电体育和旅游局", "2025年12月26日"),
        ] {
            let pages = lay_out(
                &signed(3, name, Some(date), diameter),
                &faces,
                &PageStyle::default(),
            );
            let (_, page, seal) = seal_of(&pages);
            let told = format!("{name} {date} {diameter} mm");
            let name = runs(page).find(part(3, 0)).unwrap();
            let dates = extent(runs(page).filter(part(3, 1)));
            let near = |a: f64, b: f64| (a - b).abs() < HUNDREDTH;
            assert!(near(dates.1, RIGHT - 4.0 * SQUARE), "{told}: {dates:?}");
            assert!(near(middle(extent([name].into_iter())), middle(dates)));
            assert!(near(seal.x + seal.width / 2.0, middle(dates)), "{told}");
            assert!(near(seal.width, mm(diameter)) && near(seal.height, mm(diameter)));

            let date = runs(page).find(part(3, 1)).unwrap();
            let (top, end) = (heights(name).0, heights(date).1);
            let below = f64::midpoint(top, end) - (seal.y + seal.height / 2.0);
            assert!(0.0 < below && below < LINE_PITCH / 2.0, "{told}: {below}");
            assert!(seal.y < top && end < seal.y + seal.height, "{told}");

            let text = runs(page).find(part(2, 0)).unwrap();
            let gap = seal.y - heights(text).1;
            assert!(
                (0.0..=LINE_PITCH + HUNDREDTH).contains(&gap),
                "{told}: {gap} pt"
            );
        }
    }
}

#[test]
fn a_long_name_takes_date_and_seal_with_it() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let name = "青石县教育文化体育卫生健康和旅游发展管理委员会办公室";
    let pages = lay_out(
        &signed(3, name, Some("2025年1月16日"), 42.0),
        &faces,
        &PageStyle::default(),
    );
    let (_, page, seal) = seal_of(&pages);
    let names = extent(runs(page).filter(part(3, 0)));
    let dates = extent(runs(page).filter(part(3, 1)));
    assert!((names.1 - RIGHT).abs() < HUNDREDTH, "{names:?}");
    assert!((middle(names) - middle(dates)).abs() < HUNDREDTH);
    assert!((seal.x + seal.width / 2.0 - middle(dates)).abs() < HUNDREDTH);
}

/// Black over the seal's ink looks as ink over black does, and hides nothing: what is drawn after it
/// is its own name and date, and the page number.
#[test]
fn name_and_date_are_drawn_over_the_seal() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let pages = lay_out(
        &signed(3, "教育局", Some("2025年1月6日"), 42.0),
        &faces,
        &PageStyle::default(),
    );
    let (_, page, _) = seal_of(&pages);
    let at = page
        .items
        .iter()
        .position(|item| matches!(item, Item::Picture(_)));
    let mut over = Vec::new();
    for item in &page.items[at.unwrap() + 1..] {
        let Item::Run(run) = item else {
            panic!("{item:?}")
        };
        if run.part != Part::PageNumber {
            over.push(run.part);
        }
    }
    over.dedup();
    let wanted = [0, 1].map(|run| Part::Block { block: 3, run });
    assert_eq!(over, wanted);
}

#[test]
fn a_seal_stays_on_the_page_with_name_date_and_text() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let signatures = (1usize..45, 1usize..=120, prop::bool::ANY, 38.0..60.0f64);
    proptest!(ProptestConfig::with_cases(96), |((count, length, dated, diameter) in signatures)| {
        let name: String = "青石县教育局".chars().cycle().take(length).collect();
        let date = dated.then_some("2025年1月16日");
        let pages = lay_out(&signed(count, &name, date, diameter), &faces, &PageStyle::default());
        let (number, page, seal) = seal_of(&pages);
        prop_assert!(seal.x >= 0.0 && seal.x + seal.width <= PAGE_WIDTH, "{:?}", seal);
        prop_assert!(seal.y >= TOP && seal.y + seal.height <= BOTTOM + HUNDREDTH, "{:?}", seal);
        for run in 0..=usize::from(dated) {
            let (left, right) = extent(runs(page).filter(part(count, run)));
            prop_assert!(left >= LEFT - HUNDREDTH && right <= RIGHT + HUNDREDTH);
        }
        prop_assert!(runs(page).any(|run| {
            matches!(run.part, Part::Block { block, .. } if block < count)
        }), "no text on page {}", number + 1);
        for (other, page) in pages.pages.iter().enumerate().filter(|(n, _)| *n != number) {
            prop_assert!(!runs(page).any(|run| {
                matches!(run.part, Part::Block { block, .. } if block == count)
            }), "signature on pages {} and {}", number + 1, other + 1);
        }
    });
}

// What the PDF holds

/// The sample with the specimen as its seal, as it is built from files.
fn built(side: usize) -> (Document, Vec<u8>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("report.toml");
    fs::write(&path, sealed_sample("\"seal.png\"")).unwrap();
    let png = specimen::png(side, &specimen::pixels(side), None);
    fs::write(folder.path().join("seal.png"), png).unwrap();
    let library = library();
    let renderer = Renderer::new(&library, Style::default());
    let forms = Forms::builtin().unwrap();
    let checker = Checker::new(&forms);
    let checked = checker
        .check(&path, Some(&renderer))
        .result
        .unwrap()
        .unwrap();
    let document = Document::of(&checked);
    let pdf = renderer.render(&document, Output::Pdf, &path).unwrap();
    (document, pdf.bytes)
}

fn number(object: &Object) -> f64 {
    match object {
        Object::Integer(value) => *value as f64,
        other => f64::from(other.as_float().unwrap()),
    }
}

/// The element of the structure with this tag, and its place among its siblings.
fn child<'o>(
    objects: &'o Objects,
    parent: &Dictionary,
    tag: &[u8],
) -> Option<(usize, &'o Dictionary)> {
    let kids = parent.get(b"K").unwrap().as_array().unwrap();
    kids.iter().enumerate().find_map(|(index, kid)| {
        let element = objects.get_dictionary(kid.as_reference().ok()?).ok()?;
        (element.get(b"S").unwrap().as_name().unwrap() == tag).then_some((index, element))
    })
}

#[test]
fn the_pdf_holds_the_seal_its_place_and_its_words() {
    let side = 90;
    let (document, bytes) = built(side);
    let dump = document::dump::dump(&document);
    assert!(dump.contains("\nseal 青石县教育局印章 42 mm\n"), "{dump}");
    let objects = Objects::load_mem(&bytes).unwrap();
    let pages = objects.get_pages();
    let (last, page_id) = pages.last_key_value().unwrap();

    // Its place: in mm from the page's lower left corner.
    let content = Content::decode(&objects.get_page_content(*page_id)).unwrap();
    let drawn = content.operations.iter().position(|op| op.operator == "Do");
    let before = &content.operations[..drawn.unwrap()];
    let name = content.operations[drawn.unwrap()].operands[0]
        .as_name()
        .unwrap();
    let matrix: Vec<f64> = before.last().unwrap().operands.iter().map(number).collect();
    let in_mm = |points: f64| points * 25.4 / 72.0;
    assert!((in_mm(matrix[0]) - 42.0).abs() < 0.01, "{matrix:?}");
    assert!((in_mm(matrix[3]) - 42.0).abs() < 0.01, "{matrix:?}");
    let (left, bottom) = (in_mm(matrix[4]), in_mm(matrix[5]));
    assert!((120.0..142.0).contains(&left), "{left} mm from the left");
    assert!((35.0..60.0).contains(&bottom), "{bottom} mm up");

    // Its pixels.
    let resources = objects.get_page_resources(*page_id).unwrap();
    let page = objects.get_dictionary(*page_id).unwrap();
    let resources = resources
        .0
        .unwrap_or_else(|| objects.get_dictionary(resources.1[0]).unwrap());
    let entry = |kind: &[u8], name: &[u8]| {
        let all = objects.dereference(resources.get(kind).unwrap()).unwrap().1;
        let found = all.as_dict().unwrap().get(name).unwrap();
        objects.dereference(found).unwrap().1
    };
    let image = entry(b"XObject", name).as_stream().unwrap();
    let get = |key: &str| image.dict.get(key.as_bytes()).unwrap();
    assert_eq!(get("ColorSpace").as_name().unwrap(), b"DeviceRGB");
    assert_eq!(get("BitsPerComponent").as_i64().unwrap(), 8);
    assert_eq!(get("Width").as_i64().unwrap(), side as i64);
    assert_eq!(get("Height").as_i64().unwrap(), side as i64);
    assert!(!image.dict.has(b"Interpolate"));
    let colours = image.decompressed_content().unwrap();
    assert!(colours == specimen::on_white(&specimen::pixels(side)).as_flattened());

    // Nothing is transparent: black on the page would be blended into four inks on a press.
    assert!(!image.dict.has(b"SMask"));
    assert!(!page.has(b"Group"));
    assert!(content.operations.iter().all(|op| op.operator != "gs"));

    // What it stands on is still text.
    let text: String = objects.extract_text(&[*last]).unwrap();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(text.contains("青石县教育局2025年1月16日"), "{text}");

    // Its words, behind the name and the date.
    let catalog = objects.catalog().unwrap();
    let root = objects.get_dictionary(
        catalog
            .get(b"StructTreeRoot")
            .unwrap()
            .as_reference()
            .unwrap(),
    );
    let top = root.unwrap().get(b"K").unwrap().as_reference().unwrap();
    let top = objects.get_dictionary(top).unwrap();
    let (index, figure) = child(&objects, top, b"Figure").unwrap();
    assert_eq!(index + 1, top.get(b"K").unwrap().as_array().unwrap().len());
    let alt = lopdf::decode_text_string(figure.get(b"Alt").unwrap()).unwrap();
    assert_eq!(alt, "青石县教育局印章");
    let attributes = figure.get(b"A").unwrap().as_dict().unwrap();
    assert_eq!(attributes.get(b"O").unwrap().as_name().unwrap(), b"Layout");
    let bounds = attributes.get(b"BBox").unwrap().as_array().unwrap();
    let bounds: Vec<f64> = bounds.iter().map(number).collect();
    let wanted = [
        matrix[4],
        matrix[5],
        matrix[4] + matrix[0],
        matrix[5] + matrix[3],
    ];
    for (found, wanted) in bounds.iter().zip(wanted) {
        assert!((found - wanted).abs() < HUNDREDTH, "{bounds:?}");
    }
    assert!(!figure.get(b"K").unwrap().as_array().unwrap().is_empty());
    assert_eq!(figure.get(b"Pg").unwrap().as_reference().unwrap(), *page_id);
}

#[test]
fn the_same_seal_gives_the_same_bytes() {
    let (document, first) = built(40);
    let (_, second) = built(40);
    assert!(first == second);
    let library = library();
    let faces = library.faces(document.script).unwrap();
    let again = pdf::write(
        &lay_out(&document, &faces, &PageStyle::default()),
        &document,
        &faces,
        &PrintStyle::default(),
    )
    .unwrap();
    assert!(first == again);
}

#[test]
fn without_a_seal_no_page_has_a_picture() {
    let library = library();
    let faces = library.faces(Script::Hans).unwrap();
    let document = crate::common::document(&project_file("samples/qingshi-2024.toml"));
    let bytes = pdf::write(
        &lay_out(&document, &faces, &PageStyle::default()),
        &document,
        &faces,
        &PrintStyle::default(),
    )
    .unwrap();
    let objects = Objects::load_mem(&bytes).unwrap();
    for id in objects.get_pages().into_values() {
        let content = Content::decode(&objects.get_page_content(id)).unwrap();
        assert!(content.operations.iter().all(|op| op.operator != "Do"));
        assert!(!objects.get_dictionary(id).unwrap().has(b"Group"));
    }
}
