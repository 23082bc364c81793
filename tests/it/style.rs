//! Style files: their faults, and what becomes of a report that is printed with one.

use std::path::Path;

use crate::common::{document, project_file, set_figures, shown};
use assert_cmd::Command;
use lopdf::{Document as Objects, Object};
use nianbao::document::Document;
use nianbao::font::{Library, Role, Search};
use nianbao::form::Script;
use nianbao::layout::{Item, lay_out};
use nianbao::pdf::{self, Tint};
use nianbao::style::Style;
use nianbao::text::{Findings, Source};

const SAMPLES: [&str; 2] = ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"];

fn style_of(text: &str) -> Result<Style, Findings> {
    Style::read(Source::new("style.toml", text))
}

fn sound(text: &str) -> Style {
    style_of(text).unwrap_or_else(|findings| panic!("{}", shown(&findings)))
}

/// The fonts of the project, and before them those of a folder.
fn search(folder: Option<&Path>) -> Search {
    Search::standard(folder.map(Path::to_owned))
}

fn printed(sample: &str, style: &Style) -> Vec<u8> {
    printed_document(&document(&project_file(sample)), style)
}

fn printed_document(document: &Document, style: &Style) -> Vec<u8> {
    let library = Library::open_with(&search(None), &style.fonts.named).unwrap();
    let faces = library.faces(document.script).unwrap();
    let pages = lay_out(document, &faces, &style.page);
    pdf::write(&pages, document, &faces, &style.print).unwrap()
}

/// A style with something in every key.
const FULL: &str = r##"[fonts]
title = "Noto Sans CJK SC Medium"
heading = "FandolKai"
subheading = ["没有装的楷体", "FandolFang"]
text = "FandolKai"
table = "Noto Serif CJK SC"
number = "Nianbao Serif"
system = false
[fonts.hant]
text = "cwTeXFangSong"

[sizes]
title = "小二"
text = "小三"
page_number = 12
note = 8
table_max = 10.5
table_min = "小五"

[table]
band = { gray = 0.85 }
rule = 0.75

[print]
bleed = 3
crop_marks = true

[seal]
diameter = 42
"##;

/// What is changed in the style, and into what.
const FAULTS: &[(&str, &str, &str)] = &[
    ("not TOML", "[sizes]", "[sizes"),
    ("a text without quotes", "\"小二\"", "小二"),
    ("a unit behind a number", "bleed = 3", "bleed = 3mm"),
    (
        "a Chinese unit behind a number",
        "rule = 0.75",
        "rule = 0.75磅",
    ),
    ("a key twice", "note = 8", "note = 8\nnote = 9"),
    ("an unknown section", "[table]", "[tables]"),
    ("an unknown key", "crop_marks", "cropmarks"),
    ("an unknown role", "table = \"Noto", "body = \"Noto"),
    (
        "a key of both scripts in one's section",
        "[fonts.hant]",
        "[fonts.hant]\nsystem = true",
    ),
    ("a section that is none", "[seal]\ndiameter = 42", ""),
    ("a font that is a number", "\"FandolKai\"", "16"),
    ("a list with a number", "\"没有装的楷体\"", "1"),
    ("an empty list", "[\"没有装的楷体\", \"FandolFang\"]", "[]"),
    ("a font without a name", "\"FandolKai\"", "\" \""),
    (
        "more fonts than anyone needs",
        "\"没有装的楷体\"",
        "\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\"",
    ),
    ("a flag that is a text", "system = false", "system = \"no\""),
    (
        "a flag that is a number",
        "crop_marks = true",
        "crop_marks = 1",
    ),
    ("text too small", "text = \"小三\"", "text = \"四号\""),
    ("text too large", "text = \"小三\"", "text = 18"),
    ("a size that is none", "\"小三\"", "\"特大\""),
    ("a size with a unit", "\"小三\"", "\"15pt\""),
    ("a size that is a list", "\"小三\"", "[15]"),
    ("a title too large", "title = \"小二\"", "title = \"一号\""),
    (
        "a page number too small",
        "page_number = 12",
        "page_number = 9",
    ),
    ("a note too large", "note = 8", "note = 12"),
    (
        "a table too small",
        "table_min = \"小五\"",
        "table_min = 7.5",
    ),
    (
        "the least above the most",
        "table_min = \"小五\"",
        "table_min = 12",
    ),
    ("a rule that is no number", "rule = 0.75", "rule = \"细\""),
    ("a rule that can't be seen", "rule = 0.75", "rule = 0"),
    ("a rule without end", "rule = 0.75", "rule = inf"),
    ("a colour by name", "{ gray = 0.85 }", "\"浅蓝\""),
    ("a colour of three digits", "{ gray = 0.85 }", "\"#CDF\""),
    (
        "a colour with a sign in it",
        "{ gray = 0.85 }",
        "\"#+6D9F1\"",
    ),
    ("a colour too dark", "{ gray = 0.85 }", "\"#1F4E79\""),
    ("a grey in per cent", "gray = 0.85", "gray = 85"),
    ("a grey too dark", "gray = 0.85", "gray = 0.3"),
    ("a grey spelt otherwise", "gray = 0.85", "grey = 0.85"),
    ("a bleed too wide", "bleed = 3", "bleed = 10"),
    ("a bleed below nothing", "bleed = 3", "bleed = -1"),
    ("a seal too large", "diameter = 42", "diameter = 420"),
];

#[test]
fn every_fault_of_a_style_file_is_found_at_its_place() {
    sound(FULL);
    let mut seen = String::new();
    for (name, from, to) in FAULTS {
        let mut text = FULL.replacen(from, to, 1);
        if to.is_empty() {
            text.insert_str(0, "seal = 42\n");
        }
        assert_ne!(text, FULL, "{name}");
        let findings = style_of(&text).err().unwrap_or_else(|| panic!("{name}"));
        for finding in &findings {
            assert_eq!(finding.code.as_str(), "style-file", "{name}");
            assert!(
                finding.place.is_some() && finding.remedy.is_some(),
                "{name}"
            );
        }
        seen.push_str(&format!("## {name}\n{}\n\n", shown(&findings)));
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn all_faults_of_a_style_file_are_found_at_once() {
    let text = FULL
        .replace("bleed = 3", "bleed = 30")
        .replace("note", "notes");
    assert_eq!(style_of(&text).err().unwrap().len(), 2);
}

#[test]
fn what_a_style_says_is_what_it_holds() {
    let style = sound(FULL);
    let page = style.page;
    assert_eq!(
        (page.title, page.text, page.page_number),
        (18.0, 15.0, 12.0)
    );
    assert_eq!(
        (page.note, page.table_max, page.table_min),
        (8.0, 10.5, 9.0)
    );
    assert_eq!(page.rule, 0.75);
    assert_eq!(style.print.band, Tint::Gray(0.85));
    assert!(style.print.crop_marks && !style.fonts.system);
    assert_eq!(style.page.seal, Some(42.0));
    let text = |script| style.fonts.named.get(script, Role::Text).to_owned();
    assert_eq!(text(Script::Hans), ["FandolKai"]);
    assert_eq!(text(Script::Hant), ["cwTeXFangSong"]);
}

#[test]
fn a_style_that_says_nothing_changes_nothing() {
    assert_eq!(sound("# 都照标准\n[fonts]\n[print]\n"), Style::default());
    assert!(!Search::standard(None).system);
}

fn numbers(objects: &Objects, page: lopdf::ObjectId, key: &[u8]) -> Vec<f32> {
    let page = objects.get_dictionary(page).unwrap();
    let list = page.get(key).unwrap().as_array().unwrap();
    list.iter().map(|item| item.as_float().unwrap()).collect()
}

/// Operators of a page's content with their operands, one a line.
fn content(objects: &Objects, page: lopdf::ObjectId) -> Vec<(String, Vec<Object>)> {
    let content = objects.get_and_decode_page_content(page).unwrap();
    let operations = content.operations.into_iter();
    operations.map(|op| (op.operator, op.operands)).collect()
}

/// 210 × 297 mm in points, to a thousandth.
const A4: [f32; 4] = [0.0, 0.0, 595.276, 841.89];

#[test]
fn every_page_has_its_boxes_without_a_style_too() {
    for sample in SAMPLES {
        let objects = Objects::load_mem(&printed(sample, &Style::default())).unwrap();
        for page in objects.get_pages().into_values() {
            for key in ["MediaBox", "BleedBox", "TrimBox"] {
                assert_eq!(numbers(&objects, page, key.as_bytes()), A4, "{key}");
            }
            assert!(!objects.get_dictionary(page).unwrap().has(b"CropBox"));
        }
    }
}

/// ISO 32000-1, 14.11.2: the trimmed page is A4, the bleed 3 mm around it, the medium as far as the
/// crop marks: 3 mm and their 5 mm.
#[test]
fn a_print_shop_gets_boxes_and_marks_outside_the_bleed() {
    let (bleed, medium) = (3.0 * 72.0 / 25.4, 8.0 * 72.0 / 25.4);
    let grown = |by: f32| [-by, -by, A4[2] + by, A4[3] + by];
    for sample in SAMPLES {
        let objects = Objects::load_mem(&printed(sample, &sound(FULL))).unwrap();
        for page in objects.get_pages().into_values() {
            for (key, wanted) in [
                ("MediaBox", grown(medium)),
                ("BleedBox", grown(bleed)),
                ("TrimBox", A4),
            ] {
                let found = numbers(&objects, page, key.as_bytes());
                let near = found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.002);
                assert!(near, "{key} {found:?}");
            }
            // The last bracket on the page is an artifact with eight black lines, each of which
            // lies outside the bleed.
            let content = content(&objects, page);
            let start = content.iter().rposition(|(op, _)| op == "BDC").unwrap();
            let properties = content[start].1[1].as_dict().unwrap();
            assert_eq!(content[start].1[0].as_name().unwrap(), b"Artifact");
            assert_eq!(properties.get(b"Type").unwrap().as_name().unwrap(), b"Page");
            let mut ends = Vec::new();
            for (op, operands) in &content[start..] {
                if op == "m" || op == "l" {
                    let at = |i: usize| operands[i].as_float().unwrap();
                    ends.push((at(0), at(1)));
                }
                assert!(!["rg", "RG", "k", "K"].contains(&op.as_str()));
            }
            assert_eq!(ends.len(), 16);
            for (x, y) in ends {
                let outside = |at: f32, size: f32| at < 0.01 - bleed || at > size + bleed - 0.01;
                assert!(outside(x, A4[2]) || outside(y, A4[3]), "{x},{y}");
            }
        }
    }
}

/// A page that lies on its side is wider than high in all its boxes, without a turn that a program
/// might not know; its crop marks are at its own corners, and its page number is read from the side.
#[test]
fn a_page_on_its_side_has_its_own_boxes_and_marks() {
    let mut document = document(&project_file(SAMPLES[1]));
    set_figures(&mut document, "999999999999".parse().unwrap());
    let objects = Objects::load_mem(&printed_document(&document, &sound(FULL))).unwrap();
    let (bleed, medium) = (3.0 * 72.0 / 25.4, 8.0 * 72.0 / 25.4);
    let mut turned = 0;
    for page in objects.get_pages().into_values() {
        let trim = numbers(&objects, page, b"TrimBox");
        if trim == A4 {
            continue;
        }
        turned += 1;
        assert_eq!(trim, [0.0, 0.0, A4[3], A4[2]]);
        for (key, by) in [("MediaBox", medium), ("BleedBox", bleed)] {
            let wanted = [-by, -by, A4[3] + by, A4[2] + by];
            let found = numbers(&objects, page, key.as_bytes());
            let near = found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.002);
            assert!(near, "{key} {found:?}");
        }
        assert!(!objects.get_dictionary(page).unwrap().has(b"Rotate"));
        // What is drawn, in the page's own coordinates: rules inside, crop marks outside the bleed.
        let content = content(&objects, page);
        let real = |operands: &[Object], at: usize| operands[at].as_float().unwrap();
        let (mut down, mut quarters) = (0.0, 0);
        for (op, operands) in &content {
            match op.as_str() {
                "cm" if real(operands, 0) == 1.0 => down = real(operands, 5),
                "cm" => {
                    let turn: Vec<f32> = (0..4).map(|at| real(operands, at)).collect();
                    assert_eq!(turn, [0.0, -1.0, 1.0, 0.0]);
                    quarters += 1;
                }
                "m" | "l" => {
                    let (x, y) = (real(operands, 0), real(operands, 1) + down);
                    let inside = |at: f32, size: f32| at > 70.0 && at < size - 70.0;
                    let outside =
                        |at: f32, size: f32| at < 0.01 - bleed || at > size + bleed - 0.01;
                    let is_table = inside(x, A4[3]) && inside(y, A4[2]);
                    let is_mark = outside(x, A4[3]) || outside(y, A4[2]);
                    assert!(is_table || is_mark, "{x},{y}");
                }
                _ => {}
            }
        }
        // Dash, digits, dash.
        assert_eq!(quarters, 3, "the page number");
    }
    assert!(turned >= 1);
}

#[test]
fn marks_stand_clear_of_the_page_where_nothing_bleeds() {
    let style = sound("[print]\ncrop_marks = true\n");
    let objects = Objects::load_mem(&printed(SAMPLES[1], &style)).unwrap();
    let page = objects.get_pages()[&1];
    assert_eq!(numbers(&objects, page, b"BleedBox"), A4);
    let medium = numbers(&objects, page, b"MediaBox");
    assert!((medium[0] + 8.0 * 72.0 / 25.4).abs() < 0.002, "{medium:?}");
}

/// Bands in grey are DeviceGray, so that nothing on the page is in colour.
#[test]
fn a_style_reaches_the_page() {
    let style = sound(FULL);
    for sample in SAMPLES {
        let objects = Objects::load_mem(&printed(sample, &style)).unwrap();
        let (mut bands, mut rules) = (0, 0);
        for page in objects.get_pages().into_values() {
            for (op, operands) in content(&objects, page) {
                let operand = || operands[0].as_float().unwrap();
                match op.as_str() {
                    "rg" | "RG" => panic!("colour in {sample}"),
                    "g" if operand() == 0.85 => bands += 1,
                    "g" | "G" => assert_eq!(operand(), 0.0),
                    "w" if operand() == 0.75 => rules += 1,
                    "w" => assert_eq!(operand(), 0.25, "only crop marks are thinner"),
                    _ => {}
                }
            }
        }
        // Rules are as thick as asked for on each of the pages with tables: two at least.
        assert!(bands >= 4 && rules >= 2, "{bands} bands, {rules} rules");
        let mut names: Vec<String> = Vec::new();
        for object in objects.objects.values() {
            if let Object::Dictionary(font) = object
                && let Ok(name) = font.get(b"BaseFont").and_then(Object::as_name)
            {
                let name = String::from_utf8_lossy(name);
                names.push(name.split_once('+').unwrap().1.to_owned());
            }
        }
        for name in ["NotoSansCJKsc-Medium", "FandolKai-Regular"] {
            let found = names.iter().any(|found| found == name);
            assert!(found, "{name} is not among {names:?}");
        }
        assert!(names.iter().all(|name| !name.contains("SemiBold")));
    }
}

#[test]
fn outline_entries_point_into_the_trimmed_page() {
    let objects = Objects::load_mem(&printed(SAMPLES[1], &sound(FULL))).unwrap();
    let plain = Objects::load_mem(&printed(SAMPLES[1], &Style::default())).unwrap();
    let tops = |objects: &Objects| -> Vec<f32> {
        let dictionaries = objects.objects.values().filter_map(|o| o.as_dict().ok());
        let destinations = dictionaries.filter_map(|d| d.get(b"Dest").ok()?.as_array().ok());
        destinations.map(|d| d[3].as_float().unwrap()).collect()
    };
    let (styled, plain) = (tops(&objects), tops(&plain));
    assert_eq!(styled.len(), plain.len());
    assert!(styled.len() >= 6);
    // Headings open the pages of tables in both: they are at the same height but for their size.
    assert!(styled.iter().all(|top| (100.0..750.0).contains(top)));
}

#[test]
fn the_same_style_gives_the_same_bytes() {
    let style = sound(FULL);
    assert!(printed(SAMPLES[0], &style) == printed(SAMPLES[0], &style.clone()));
}

/// cwTeX is a Taiwanese face: its stops stand in the middle of the square. `Nianbao WenKai` has the
/// quotation marks of Latin text. Where a style names such a face its marks are left out.
#[test]
fn a_face_s_marks_are_used_only_where_they_stand_as_in_the_mainland() {
    let style = sound("[fonts]\ntext = \"cwTeXFangSong\"\nsubheading = \"Nianbao WenKai\"\n");
    let library = Library::open_with(&search(None), &style.fonts.named).unwrap();
    let faces = library.faces(Script::Hans).unwrap();
    let family = |role, c| {
        let glyph = faces.glyph(role, c).unwrap();
        faces.face(glyph.face).family.as_str()
    };
    assert_eq!(family(Role::Text, '國'), "cwTeXFangSong");
    assert_eq!(family(Role::Text, '2'), "Nianbao Serif");
    for c in "，。、；：".chars() {
        assert_ne!(family(Role::Text, c), "cwTeXFangSong", "{c}");
    }
    assert_eq!(family(Role::Subheading, '國'), "Nianbao WenKai");
    assert_eq!(family(Role::Subheading, '，'), "Nianbao WenKai");
    assert_ne!(family(Role::Subheading, '“'), "Nianbao WenKai");
    // Its … lies on the baseline, its ？ and ！ stand in the middle.
    for c in "…？！".chars() {
        assert_ne!(family(Role::Text, c), "cwTeXFangSong", "{c}");
    }
}

/// Chinese characters of a face that sets them narrower than an em are enlarged to their square.
/// An office's own font may have CFF outlines, which no font of the project has: of such a file a PDF has the
/// outlines alone (ISO 32000-1, 9.9, table 126).
#[test]
fn a_named_face_with_cff_outlines_is_embedded_as_such() {
    let style = sound("[fonts]\ntext = \"Tests CFF\"\n");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fonts");
    let library = Library::open_with(&search(Some(&folder)), &style.fonts.named).unwrap();
    let document = document(&project_file("samples/qingshi-2024.toml"));
    let faces = library.faces(document.script).unwrap();
    let pages = lay_out(&document, &faces, &style.page);
    let bytes = pdf::write(&pages, &document, &faces, &style.print).unwrap();
    let objects = Objects::load_mem(&bytes).unwrap();
    let programs: Vec<_> = objects
        .objects
        .values()
        .filter_map(|object| {
            let stream = object.as_stream().ok()?;
            let kind = stream.dict.get(b"Subtype").and_then(Object::as_name);
            (kind.ok()? == b"CIDFontType0C").then(|| stream.decompressed_content().unwrap())
        })
        .collect();
    let [program] = programs.as_slice() else {
        panic!("{} CFF programs", programs.len());
    };
    // A CFF table of version 1, not a file that holds one.
    assert_eq!(program.first(), Some(&1));
}

#[test]
fn a_named_face_fills_the_square() {
    let style = sound("[fonts]\ntable = \"cwTeXFangSong\"\n");
    let library = Library::open_with(&search(None), &style.fonts.named).unwrap();
    let faces = library.faces(Script::Hant).unwrap();
    let advance = faces.glyph(Role::Table, '國').unwrap().advance;
    assert!((advance - 1.0).abs() < 1e-6, "{advance}");
    let document = document(&project_file(SAMPLES[0]));
    for page in &lay_out(&document, &faces, &style.page).pages {
        for item in &page.items {
            let Item::Run(run) = item else { continue };
            let cell = matches!(run.part, nianbao::layout::Part::Cell { .. });
            if cell && faces.face(run.face).family == "cwTeXFangSong" {
                let size = run.size * 0.92;
                assert!((9.0 - 1e-6..=12.0 + 1e-6).contains(&size), "{size}");
            }
        }
    }
}

#[test]
fn a_face_is_found_by_any_of_its_names() {
    for name in ["nianbao wenkai", "FandolFang-Regular", " FandolKai "] {
        let style = sound(&format!("[fonts]\ntext = \"{name}\"\n"));
        Library::open_with(&search(None), &style.fonts.named).unwrap();
    }
}

/// The finding for a style's faces, as it is printed but for the folders of this machine.
fn face_finding(text: &str, search: &Search) -> String {
    let style = sound(text);
    let fault = Library::open_with(search, &style.fonts.named)
        .err()
        .unwrap();
    let finding = style.fonts.finding(&fault).unwrap();
    let mut shown = shown(&[finding]);
    for folder in &search.folders {
        shown = shown.replace(&folder.display().to_string(), "…/fonts");
    }
    shown.replace("…/fonts、…/fonts", "…/fonts")
}

#[test]
fn a_face_that_is_nowhere_is_named_with_the_folders_and_what_to_do() {
    let text = "[fonts]\ntext = [\"仿宋_GB2312\", \"仿宋二号\"]\n";
    let unknown = face_finding(text, &search(None));
    let misspelt = face_finding("[fonts]\ntext = \"Nianbao Wenka\"\n", &search(None));
    insta::assert_snapshot!(format!("{unknown}\n\n{misspelt}"));
}

/// OS/2 fsType 2 (restricted licence), 0x0100 (no subsetting), 0x0200 (bitmaps only).
#[test]
fn a_face_that_forbids_embedding_is_refused_by_name() {
    for fs_type in [0x0002_u16, 0x0100, 0x0200] {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/cwfs.ttf");
        let mut font = std::fs::read(source).unwrap();
        let record = (12..)
            .step_by(16)
            .find(|at| font[*at..].starts_with(b"OS/2"))
            .unwrap();
        let table = u32::from_be_bytes(font[record + 8..record + 12].try_into().unwrap()) as usize;
        font[table + 8..table + 10].copy_from_slice(&fs_type.to_be_bytes());
        std::fs::write(folder.path().join("restricted.ttf"), font).unwrap();
        let search = search(Some(folder.path()));
        let shown = face_finding("[fonts.hant]\ntext = \"cwTeXFangSong\"\n", &search);
        assert!(shown.contains("字体“cwTeXFangSong”"), "{shown}");
        assert!(shown.contains("不许嵌入"), "{shown}");
        assert!(shown.contains("style.toml:2:8"), "{shown}");
    }
}

fn program() -> Command {
    let mut command = Command::cargo_bin("nianbao").unwrap();
    command.env_remove("NIANBAO_FONTS");
    command
}

#[test]
fn fonts_shows_the_faces_that_a_style_puts_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("style.toml");
    std::fs::write(&path, "[fonts]\ntext = \"Nianbao WenKai\"\n").unwrap();
    let out = program()
        .arg("fonts")
        .arg("--style")
        .arg(&path)
        .output()
        .unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    let first = |role: &str, script: &str| {
        let rows = text.lines().map(|line| line.split("  ").map(str::trim));
        let mut rows = rows.map(|row| row.filter(|cell| !cell.is_empty()).collect::<Vec<_>>());
        rows.find(|row| row[..2] == [role, script]).unwrap()[2].to_owned()
    };
    assert_eq!(first("text", "hans"), "Nianbao WenKai", "{text}");
    assert_eq!(first("text", "hant"), "Nianbao WenKai");
    assert_eq!(first("table", "hans"), "Noto Serif CJK SC");
}

/// A face in the user's own fonts is used with `--system-fonts` or `system = true`, and not without.
#[cfg(target_os = "linux")]
#[test]
fn the_computer_s_own_fonts_are_used_only_when_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let own = home.path().join(".fonts");
    std::fs::create_dir(&own).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/cwfs.ttf");
    let font = std::fs::read(source).unwrap();
    let renamed = |name: &str| -> Vec<u8> { name.bytes().flat_map(|b| [0, b]).collect() };
    let font = replaced(&font, &renamed("cwTeXFangSong"), &renamed("TestsOwnFont1"));
    std::fs::write(own.join("own.ttf"), font).unwrap();
    let style = home.path().join("style.toml");
    let run = |text: &str, asked: bool| {
        std::fs::write(&style, text).unwrap();
        let mut command = program();
        command
            .env("HOME", home.path())
            .args(["fonts", "--style"])
            .arg(&style);
        if asked {
            command.arg("--system-fonts");
        }
        command.output().unwrap()
    };
    let text = "[fonts]\ntext = \"TestsOwnFont1\"\n";
    let refused = run(text, false);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("找不到字体“TestsOwnFont1”") && said.contains("--system-fonts"),
        "{said}"
    );
    for done in [
        run(text, true),
        run(&format!("{text}system = true\n"), false),
    ] {
        let told = String::from_utf8(done.stdout).unwrap();
        assert!(
            told.contains("TestsOwnFont1") && told.contains("own.ttf"),
            "{told}"
        );
    }
}

/// The bytes with every `from` made a `to` of the same length.
#[cfg(target_os = "linux")]
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_owned();
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + from.len()].copy_from_slice(to);
        }
    }
    bytes
}

#[test]
fn a_faulty_style_stops_every_command_that_takes_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("style.toml");
    std::fs::write(&path, "[print]\nbleed = 30\n").unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLES[1]);
    let out = folder.path().join("out");
    for words in [vec!["fonts"], vec!["check"], vec!["build", "-o"]] {
        let mut command = program();
        command.args(&words);
        if words[0] == "build" {
            command.arg(&out);
        }
        if words[0] != "fonts" {
            command.arg(&data);
        }
        let done = command.arg("--style").arg(&path).output().unwrap();
        assert_eq!(done.status.code(), Some(1), "{words:?}");
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(said.contains("style.toml:2:9"), "{said}");
    }
    assert!(!out.exists(), "nothing is written");
    let missing = program()
        .args(["fonts", "--style", "nowhere.toml"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(3));
}

#[test]
fn the_sample_and_the_examples_of_the_guide_are_sound() {
    let sample = project_file("samples/styles/print-shop.toml");
    let style = sound(&sample);
    assert!(style.print.crop_marks);
    // What is commented out for want of the fonts is sound too.
    let whole = sample
        .replace("# title", "title")
        .replace("# heading", "heading");
    let whole = whole
        .replace("# subheading", "subheading")
        .replace("# text ", "text ");
    let whole = whole
        .replace("# table", "table")
        .replace("# number", "number");
    assert!(sound(&whole.replace("# system", "system")).fonts.system);
    let guide = project_file("docs/style.md");
    let mut examples = 0;
    for block in guide.split("```toml\n").skip(1) {
        sound(block.split("```").next().unwrap());
        examples += 1;
    }
    assert!(examples >= 3, "{examples}");
}

/// The limits that the guide tells of are those that the program keeps.
#[test]
fn the_guide_names_the_limits_that_hold() {
    let guide = project_file("docs/style.md");
    let mut tried = 0;
    for line in guide.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (key, range) = (cells[1].trim_matches('`'), cells[2]);
        let ends: Vec<f64> = range
            .split('至')
            .filter_map(|end| {
                let digits = end.trim().split(' ').next()?;
                digits.parse().ok()
            })
            .collect();
        let [least, most] = ends.as_slice() else {
            continue;
        };
        let (section, name) = key.split_once('.').unwrap();
        let at = |value: f64| {
            let all = if name == "table_max" {
                "\ntable_min = 9"
            } else {
                ""
            };
            style_of(&format!("[{section}]\n{name} = {value}{all}\n"))
        };
        assert!(at(*least).is_ok() && at(*most).is_ok(), "{key}");
        assert!(at(least - 0.1).is_err() && at(most + 0.1).is_err(), "{key}");
        tried += 1;
    }
    assert_eq!(tried, 9);
}
