//! A copy of a workbook in which the findings stand: coloured cells with notes, everything else as it was.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use nianbao::document::Document;
use nianbao::form::Forms;
use nianbao::intake;
use nianbao::report::Report;
use nianbao::text::{Findings, Lang};
use nianbao::xlsx;

use crate::common::calc::{cells, rewritten};
use crate::common::{checked, project_file, report};

/// The sample's workbook; it has a note on 主动公开!B4.
fn sample() -> Vec<u8> {
    let report = report(&project_file("samples/qingshi-2024.toml"));
    xlsx::write(&Document::of(&checked(report))).unwrap()
}

/// With something else in cells of the official sheets, counted from 1.
fn with(bytes: &[u8], changes: &[(usize, &str, &str)]) -> Vec<u8> {
    rewritten(bytes, |number, mut xml| {
        for (_, cell, value) in changes.iter().filter(|(sheet, ..)| *sheet == number) {
            let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
            let inner = start + xml[start..].find('>').unwrap();
            let end = inner + xml[inner..].find("</c>").unwrap();
            let style = xml[start..inner].split(" t=").next().unwrap().to_owned();
            xml.replace_range(start..end, &format!("{style} {value}"));
        }
        xml
    })
}

/// A text that is typed into a cell.
const TEXT: &str = "t=\"inlineStr\"><is><t>约&lt;12件</t></is>";

fn broken() -> Vec<u8> {
    with(
        &sample(),
        &[(1, "B4", TEXT), (1, "C3", TEXT), (2, "D5", TEXT)],
    )
}

fn read(bytes: &[u8]) -> Result<Report, Findings> {
    intake::report("r.xlsx", bytes, &Forms::builtin().unwrap(), None)
}

fn marked(bytes: &[u8]) -> Vec<u8> {
    let found = read(bytes).unwrap_err();
    let copy = intake::marked("r.xlsx", bytes, &found, Lang::Zh).unwrap();
    copy.unwrap()
}

/// Every file of an archive.
fn files(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = package
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    let read = |name: String| {
        let mut content = Vec::new();
        package
            .by_name(&name)
            .unwrap()
            .read_to_end(&mut content)
            .unwrap();
        (name, String::from_utf8_lossy(&content).into_owned())
    };
    names.into_iter().map(read).collect()
}

#[test]
fn findings_stand_in_their_cells_and_all_else_is_as_it_was() {
    let bytes = broken();
    let copy = marked(&bytes);
    let (before, after) = (files(&bytes), files(&copy));
    let changed: Vec<&str> = before
        .iter()
        .filter(|(name, content)| after[*name] != **content)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(
        changed,
        [
            "[Content_Types].xml",
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
        ]
    );
    assert_eq!(cells(&bytes).0, cells(&copy).0);
    let message = |findings: Findings| -> Vec<String> {
        findings.iter().map(|it| it.message.zh.clone()).collect()
    };
    assert_eq!(
        message(read(&copy).unwrap_err()),
        message(read(&bytes).unwrap_err())
    );

    let coloured = |sheet: &str| after[sheet].matches("priority=\"1\"").count();
    assert!(
        after["xl/worksheets/sheet1.xml"].contains("sqref=\"B4 C3\"")
            || after["xl/worksheets/sheet1.xml"].contains("sqref=\"C3 B4\"")
    );
    assert!(after["xl/worksheets/sheet2.xml"].contains("sqref=\"D5\""));
    assert_eq!(coloured("xl/worksheets/sheet1.xml"), 1);
    // What the clerk has explained stays before what is said of it.
    let notes = &after["xl/comments1.xml"];
    let own = notes.find("其中修订1件").unwrap();
    assert!(notes[own..].contains("【年报程序】错误："), "{notes}");
    assert!(notes.contains("改法："), "{notes}");
    let notes = &after["xl/nianbao/comments1.xml"];
    assert!(notes.contains("“约&lt;12件”不是能读的数字"), "{notes}");
}

#[test]
fn what_is_mended_in_the_copy_is_a_report_without_the_program_s_notes() {
    let sound = sample();
    let cell = |sheet: usize, cell: &str| {
        let xml = files(&sound)[&format!("xl/worksheets/sheet{sheet}.xml")].clone();
        let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
        let value = xml[start..].split("<v>").nth(1).unwrap();
        format!("><v>{}</v>", value.split("</v>").next().unwrap())
    };
    let mended = with(
        &marked(&broken()),
        &[
            (1, "B4", &cell(1, "B4")),
            (1, "C3", &cell(1, "C3")),
            (2, "D5", &cell(2, "D5")),
        ],
    );
    let notes = |report: Report| -> Vec<String> {
        let notes = report.figures.iter().filter_map(|it| it.note.clone());
        notes.map(|note| note.text).collect()
    };
    assert_eq!(notes(read(&mended).unwrap()), notes(read(&sound).unwrap()));
}

#[test]
fn a_copy_of_a_copy_says_what_is_wrong_still() {
    let half = with(&marked(&broken()), &[(1, "C3", "><v>0</v>")]);
    let copy = files(&marked(&half));
    let sheet = &copy["xl/worksheets/sheet1.xml"];
    assert!(
        sheet.contains("sqref=\"B4\"") && !sheet.contains("B4 C3"),
        "{sheet}"
    );
    let notes = &copy["xl/comments1.xml"];
    assert!(notes.contains("这一格没有问题了"), "{notes}");
    assert_eq!(notes.matches("【年报程序】错误：").count(), 1, "{notes}");
}

#[test]
fn the_program_writes_the_copy_beside_the_workbook_and_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("教育局.xlsx"), broken()).unwrap();
    let run = |options: &[&str]| {
        let mut program = assert_cmd::Command::cargo_bin("nianbao").unwrap();
        let ran = program
            .current_dir(folder.path())
            .arg("check")
            .args(options)
            .output()
            .unwrap();
        let said = [ran.stdout, ran.stderr].concat();
        (ran.status.code(), String::from_utf8(said).unwrap())
    };
    let (code, said) = run(&["--mark", "教育局.xlsx"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("教育局-有误.xlsx"), "{said}");
    let place = folder.path().join("教育局-有误.xlsx");
    assert_eq!(fs::read(&place).unwrap(), marked(&broken()));
    // In a folder it is no report of its own.
    let (_, said) = run(&["."]);
    assert!(said.contains("另有 1 份标了颜色的"), "{said}");
    fs::write(&place, "mine").unwrap();
    let (code, said) = run(&["--mark", "教育局.xlsx"]);
    assert_eq!(code, Some(3), "{said}");
    assert_eq!(fs::read(&place).unwrap(), b"mine");
}
