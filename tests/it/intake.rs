//! Workbooks as data files: what `build` wrote comes back whole, and what is wrong with a
//! workbook is told with its sheet and cell.

use std::io::{Cursor, Read, Write};
use std::process::Command;
use std::sync::Arc;

use crate::common::{checked, project_file, report, shown};
use nianbao::document::Document;
use nianbao::form::{Form, Forms};
use nianbao::report::Report;
use nianbao::text::{Findings, Lang, Source};
use nianbao::{intake, xlsx};

const SAMPLES: [&str; 7] = [
    "samples/liubei-2019.toml",
    "samples/qingshi-2024.toml",
    "tests/data/reports/01.toml",
    "tests/data/reports/02.toml",
    "tests/data/reports/05.toml",
    "tests/data/reports/06.toml",
    "samples/broken/in-force.toml",
];

pub fn forms() -> Forms {
    Forms::builtin().unwrap()
}

fn workbook(report: Report) -> Vec<u8> {
    xlsx::write(&Document::of(&checked(report))).unwrap()
}

fn sample(path: &str) -> Report {
    report(&project_file(path))
}

pub fn small() -> Vec<u8> {
    workbook(sample("samples/broken/in-force.toml"))
}

/// The report that a workbook holds, read from the text that `import` writes: as a person would
/// hand it in again.
pub fn again(bytes: &[u8], forms: &[Arc<Form>]) -> Report {
    let (text, _) = intake::data_file("again.xlsx", bytes, forms, None).unwrap();
    let report = Report::read(Source::new("again.toml", text.as_str()), forms);
    report.unwrap_or_else(|findings| panic!("{}\n{text}", shown(&findings)))
}

/// Everything that a report says, without places.
pub fn said(report: &Report) -> Vec<String> {
    let mut said = vec![
        format!(
            "{} {} {:?} {:?}",
            report.form.id, report.year, report.script, report.scope
        ),
        format!(
            "{:?}",
            (
                report.particulars.has_table("signature"),
                report.particulars.date().map(|(date, _)| date)
            )
        ),
    ];
    said.extend(report.worded().map(|worded| worded.text.clone()));
    for (figure, spec) in report.figures.iter().zip(&report.form.figures) {
        said.push(format!("{} {}", spec.key, figure.value));
    }
    said
}

#[test]
fn every_sample_comes_back_from_its_workbook_as_it_was() {
    for path in SAMPLES {
        let report = sample(path);
        let bytes = workbook(report.clone());
        assert_eq!(said(&again(&bytes, &forms())), said(&report), "{path}");
    }
}

#[test]
fn a_form_of_ones_own_comes_back_too() {
    let text = project_file("samples/forms/tongjibiao-2014.toml");
    let form = Form::read(Source::new("form.toml", text)).unwrap();
    let forms = [Arc::new(form)];
    let text = project_file("samples/forms/shuangxi-2017.toml");
    let report = Report::read(Source::new("data.toml", text), &forms).unwrap();
    assert_eq!(
        said(&again(&workbook(report.clone()), &forms)),
        said(&report)
    );
}

#[test]
fn the_data_file_of_a_workbook_is_laid_out_for_a_person() {
    let forms = Forms::builtin().unwrap();
    let (text, doubts) = intake::data_file("r.xlsx", &small(), &forms, None).unwrap();
    assert!(doubts.is_empty());
    insta::assert_snapshot!(text);
}

/// A workbook with parts of it written differently.
pub fn edited(bytes: &[u8], part: &str, edit: impl Fn(&str) -> String) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = false;
    for index in 0..package.len() {
        let mut file = package.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name == part {
            let old = String::from_utf8(content).unwrap();
            let new = edit(&old);
            assert_ne!(old, new, "{part}");
            content = new.into_bytes();
            found = true;
        }
        let options = zip::write::SimpleFileOptions::default();
        copy.start_file(name, options).unwrap();
        copy.write_all(&content).unwrap();
    }
    assert!(found, "{part}");
    copy.finish().unwrap().into_inner()
}

/// A sheet in which one cell holds something else: its element from `<c r="E5"` on.
pub fn with_cell(sheet: u32, cell: &str, kind: &str, content: &str) -> Vec<u8> {
    edited(
        &small(),
        &format!("xl/worksheets/sheet{sheet}.xml"),
        |xml| {
            let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
            let (before, from) = xml.split_at(start);
            let (head, rest) = from.split_once('>').unwrap();
            let after = if head.ends_with('/') {
                rest
            } else {
                rest.split_once("</c>").unwrap().1
            };
            let style = head
                .split("s=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            format!("{before}<c r=\"{cell}\" s=\"{style}\"{kind}>{content}</c>{after}")
        },
    )
}

pub fn findings(bytes: &[u8]) -> Findings {
    let forms = Forms::builtin().unwrap();
    let report = intake::report("报表.xlsx", bytes, &forms, None);
    report.err().unwrap_or_default()
}

pub fn told(bytes: &[u8]) -> String {
    shown(&findings(bytes))
}

#[test]
fn every_fault_of_a_workbook_is_told_with_its_cell() {
    let text = |text: &str| format!("<is><t>{text}</t></is>");
    let inline = " t=\"inlineStr\"";
    let mut out = String::new();
    let mut show = |what: &str, bytes: &[u8]| {
        out.push_str(&format!("== {what}\n{}\n\n", told(bytes)));
    };
    show("blank", &with_cell(2, "D5", "", ""));
    for written in ["12,345", "６", "—", "12", "6件", "若干"] {
        show(written, &with_cell(2, "D5", inline, &text(written)));
    }
    show("fraction", &with_cell(2, "D5", "", "<v>1.5</v>"));
    show("negative", &with_cell(2, "D5", "", "<v>-1</v>"));
    show(
        "16 digits",
        &with_cell(2, "D5", "", "<v>1234567890123456</v>"),
    );
    show(
        "error",
        &with_cell(2, "D5", " t=\"e\"", "<f>A1/0</f><v>#DIV/0!</v>"),
    );
    show(
        "formula without result",
        &with_cell(2, "D5", "", "<f>1+1</f>"),
    );
    show(
        "wording",
        &with_cell(2, "A6", inline, &text("二、上年结转")),
    );
    show("code as number", &with_cell(4, "B4", "", "<v>2024</v>"));
    show("no body", &with_cell(4, "B2", "", ""));
    show("year as text", &with_cell(4, "B5", inline, &text("2024年")));
    show(
        "year of another form",
        &with_cell(4, "B5", "", "<v>2020</v>"),
    );
    show(
        "date as text",
        &with_cell(4, "B14", inline, &text("2025年1月16日")),
    );
    let renamed =
        |from: &str, to: &str| edited(&small(), "xl/workbook.xml", |xml| xml.replace(from, to));
    show(
        "sheet renamed",
        &renamed("name=\"依申请公开\"", "name=\"Sheet1\""),
    );
    show(
        "name lost",
        &renamed("name=\"text.other\"", "name=\"other\""),
    );
    show(
        "row put in",
        &edited(&small(), "xl/worksheets/sheet2.xml", |xml| {
            let mut xml = xml.to_owned();
            for row in (5..40).rev() {
                for column in 'A'..='J' {
                    let cell = |row: u32| format!("<c r=\"{column}{row}\"");
                    xml = xml.replace(&cell(row), &cell(row + 1));
                }
            }
            xml
        }),
    );
    insta::assert_snapshot!(out);
}

#[test]
fn a_rule_that_is_broken_shows_the_cells_and_not_the_data_file() {
    let bytes = with_cell(2, "J5", "", "<v>30</v>");
    let forms = Forms::builtin().unwrap();
    let report = intake::report("报表.xlsx", &bytes, &forms, None).unwrap();
    let findings = report.check(None, |_| true).unwrap_err();
    let told = shown(&findings);
    assert!(told.contains("报表.xlsx 依申请公开!J5"), "{told}");
    let finding = findings
        .iter()
        .find(|f| f.code.as_str() == "row-total")
        .unwrap();
    let json = finding.json(Lang::Zh);
    assert!(
        json.contains("\"sheet\":\"依申请公开\",\"cell\":\"J5\""),
        "{json}"
    );
    assert!(json.contains("\"line\":5,\"column\":10"), "{json}");
}

#[test]
fn what_is_no_workbook_is_told_in_one_finding() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let locked = [&ole[..], &[0; 500], &name].concat();
    let truncated = &small()[..9000];
    for (bytes, words) in [
        (&b""[..], "这不是 .xlsx"),
        (b"year = 2024", "这不是 .xlsx"),
        (&ole, "旧格式"),
        (&locked, "密码"),
        (truncated, "损坏"),
    ] {
        let findings = findings(bytes);
        assert_eq!(findings.len(), 1);
        let told = shown(&findings);
        assert!(
            told.contains(words) && told.contains("--> 报表.xlsx\n"),
            "{told}"
        );
    }
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let bomb = edited(&small(), "xl/worksheets/sheet1.xml", |xml| {
        xml.replace(
            "<sheetData>",
            &format!("<sheetData>{}", " ".repeat(70_000_000)),
        )
    });
    assert!(told(&bomb).contains("工作簿太大"));
    let cells = edited(&small(), "xl/worksheets/sheet1.xml", |xml| {
        let row = "<c t=\"b\"><v>1</v></c>".repeat(100_001);
        xml.replace("<sheetData>", &format!("<sheetData><row>{row}</row>"))
    });
    assert!(told(&cells).contains("工作簿太大"));
}

/// One text that many cells share takes a few bytes in the file and as much room as all of them.
#[test]
fn a_workbook_that_says_the_same_without_end_is_refused() {
    let small = small();
    let mut strings = String::new();
    let mut package = zip::ZipArchive::new(Cursor::new(&small)).unwrap();
    let mut part = package.by_name("xl/sharedStrings.xml").unwrap();
    part.read_to_string(&mut strings).unwrap();
    let last = strings.matches("<si>").count();
    let long = edited(&small, "xl/sharedStrings.xml", |xml| {
        let text = "字".repeat(1_000_000);
        xml.replace("</sst>", &format!("<si><t>{text}</t></si></sst>"))
    });
    let bytes = edited(&long, "xl/worksheets/sheet1.xml", |xml| {
        let row = format!("<c t=\"s\"><v>{last}</v></c>").repeat(20_000);
        xml.replace(
            "</sheetData>",
            &format!("<row r=\"900\">{row}</row></sheetData>"),
        )
    });
    assert!(told(&bytes).contains("工作簿太大"), "{}", told(&bytes));
    for (part, end, more) in [
        (
            "xl/workbook.xml",
            "</sheets>",
            "<sheet name=\"a\" r:id=\"rId1\"/>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            "<Relationship Id=\"a\" Type=\"b\" Target=\"c\"/>",
        ),
        ("xl/sharedStrings.xml", "</sst>", "<si/>"),
        ("xl/styles.xml", "</cellXfs>", "<xf/>"),
    ] {
        let bytes = edited(&small, part, |xml| {
            xml.replace(end, &(more.repeat(300_000) + end))
        });
        assert!(
            told(&bytes).contains("工作簿太大"),
            "{part}: {}",
            told(&bytes)
        );
    }
    let names = edited(&small, "xl/workbook.xml", |xml| {
        let names: String = (0..60_000)
            .map(|at| format!("<definedName name=\"n{at}\">正文!$A$1</definedName>"))
            .collect();
        xml.replace("</definedNames>", &(names + "</definedNames>"))
    });
    assert!(told(&names).contains("工作簿太大"), "{}", told(&names));
}

/// What is said of a workbook is read by a person, however much is wrong with it.
#[test]
fn paragraphs_without_end_beside_the_texts_are_told_of_in_a_few_screens() {
    let bytes = edited(&small(), "xl/worksheets/sheet4.xml", |xml| {
        let rows: String = (5_000..35_000)
            .map(|row| format!("<row r=\"{row}\"><c r=\"B{row}\" t=\"str\"><v>字</v></c></row>"))
            .collect();
        xml.replace("</sheetData>", &(rows + "</sheetData>"))
    });
    let findings = findings(&bytes);
    assert!((100..250).contains(&findings.len()), "{}", findings.len());
}

/// A million of what is not read costs nothing: merged squares, attributes, elements in elements.
#[test]
fn what_is_not_read_of_a_workbook_may_be_as_much_as_there_is() {
    let small = small();
    let sheet = "xl/worksheets/sheet1.xml";
    let good = said(&again(&small, &forms()));
    let merges = "<mergeCell ref=\"A1:B2\"/>".repeat(1_000_000);
    let attributes: String = (0..300_000).map(|at| format!(" a{at}=\"\"")).collect();
    let elements = "<a>".repeat(300_000) + &"</a>".repeat(300_000);
    for (end, more) in [
        (
            "</sheetData>",
            format!("</sheetData><mergeCells>{merges}</mergeCells>"),
        ),
        ("<sheetData>", format!("<sheetData><row{attributes}/>")),
        ("<sheetData>", format!("{elements}<sheetData>")),
    ] {
        let bytes = edited(&small, sheet, |xml| xml.replace(end, &more));
        assert_eq!(said(&again(&bytes, &forms())), good);
    }
}

/// Parts that are named wrongly, elsewhere or not at all.
#[test]
fn relations_that_lead_nowhere_are_told_of() {
    let small = small();
    let list = "xl/_rels/workbook.xml.rels";
    let outside = "Target=\"file:///etc/passwd\" TargetMode=\"External\"";
    for (part, from, to, words) in [
        (
            "_rels/.rels",
            "officeDocument\"",
            "nothing\"",
            "这不是 .xlsx 工作簿",
        ),
        (
            "_rels/.rels",
            "xl/workbook.xml",
            "_rels/.rels",
            "这不是 .xlsx 工作簿",
        ),
        (list, "worksheets/sheet1.xml", "worksheets/none.xml", "损坏"),
        (list, "worksheets/sheet1.xml", "../../etc/passwd", "损坏"),
        (list, "worksheets/sheet1.xml", "styles.xml", "空白"),
        (
            list,
            "Target=\"worksheets/sheet1.xml\"",
            outside,
            "缺少工作表“主动公开”",
        ),
        (list, "sharedStrings.xml", "none.xml", "损坏"),
    ] {
        let told = told(&edited(&small, part, |xml| xml.replace(from, to)));
        assert!(told.contains(words), "{to}: {told}");
        assert!(told.contains("改法") && !told.contains("root:"), "{told}");
    }
}

/// Wherever a byte is changed there is a report or a finding, and no panic.
#[test]
fn damaged_bytes_are_survived() {
    let forms = Forms::builtin().unwrap();
    let good = small();
    // The parts are stored plain, so that the damage reaches the XML.
    let mut state = 0x9E37_79B9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    for round in 0..60 {
        let part = [
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet4.xml",
            "xl/styles.xml",
            "xl/sharedStrings.xml",
            "xl/_rels/workbook.xml.rels",
        ][round % 6];
        let mut places: Vec<(u32, u32)> = (0..3).map(|_| (next(), next())).collect();
        places.dedup();
        let bytes = edited(&good, part, |xml| {
            let mut characters: Vec<char> = xml.chars().collect();
            for (at, what) in &places {
                let at = *at as usize % characters.len();
                characters[at] = ['<', '9', '>', '"', '&', '$', ' ', '-'][*what as usize % 8];
            }
            characters.iter().collect()
        });
        let report = intake::report("r.xlsx", &bytes, &forms, None);
        assert!(report.err().is_none_or(|findings| findings.any_error()));
        let mut bytes = good.clone();
        for _ in 0..3 {
            let at = next() as usize % bytes.len();
            bytes[at] = next().to_le_bytes()[0];
        }
        let report = intake::report("r.xlsx", &bytes, &forms, None);
        assert!(report.err().is_none_or(|findings| findings.any_error()));
    }
}

/// openpyxl drops the results of formulas.
#[test]
fn a_workbook_that_openpyxl_saved_comes_back_whole() {
    let path = format!("{}/tests/data/openpyxl.xlsx", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let report = sample("samples/broken/in-force.toml");
    assert_eq!(said(&again(&bytes, &forms())), said(&report));
}

#[test]
fn workbooks_that_libreoffice_saved_come_back_whole() {
    let here = Command::new("soffice").arg("--version").output();
    if !here.is_ok_and(|output| output.status.success()) {
        println!("skipped: soffice (LibreOffice Calc) is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let mut command = Command::new("soffice");
    command.args(["--headless", &profile, "--convert-to", "xlsx", "--outdir"]);
    command.arg(folder.path().join("again"));
    for (number, path) in SAMPLES.iter().enumerate() {
        let file = folder.path().join(format!("{number}.xlsx"));
        std::fs::write(&file, workbook(sample(path))).unwrap();
        command.arg(file);
    }
    assert!(command.output().unwrap().status.success());
    for (number, path) in SAMPLES.iter().enumerate() {
        let file = folder.path().join(format!("again/{number}.xlsx"));
        let report = again(&std::fs::read(file).unwrap(), &forms());
        assert_eq!(said(&report), said(&sample(path)), "{path}");
    }
}
