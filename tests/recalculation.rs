//! LibreOffice works out every formula anew: the results are those that the workbook came with.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use common::{project_file, read};
use nianbao::form::load;
use nianbao::report::Report;
use nianbao::source::Source;
use nianbao::{check, data, document, report, xlsx};

fn workbook(report: Report, previous: Option<&Report>) -> Vec<u8> {
    let checking = check::check(report, previous, |_| true);
    xlsx::write(&document::build(&checking.checked.unwrap())).unwrap()
}

fn built_in(path: &str) -> Report {
    read(&project_file(path)).report.unwrap()
}

/// A report against a form of the user's own.
fn own_form() -> Report {
    let source = Source::new(
        "form.toml",
        project_file("samples/forms/tongjibiao-2014.toml"),
    );
    let form = Arc::new(load(&Arc::new(source)).unwrap());
    let source = Source::new(
        "data.toml",
        project_file("samples/forms/shuangxi-2017.toml"),
    );
    let reading = report::read(&data::read(&Arc::new(source)), &[form], None);
    reading.report.unwrap()
}

/// A copy without the results: the program that opens it has nothing to go by but the formulas.
fn forgetful(bytes: &[u8]) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut file = package.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            let xml = String::from_utf8(content).unwrap();
            let mut parts = xml.split("</f><v>");
            let mut kept = parts.next().unwrap().to_owned();
            for part in parts {
                kept.push_str("</f>");
                kept.push_str(part.split_once("</v>").unwrap().1);
            }
            content = kept.into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        copy.start_file(name, options).unwrap();
        copy.write_all(&content).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

/// What every cell shows, by sheet and place, and which cells have a formula.
type Cells = BTreeMap<(String, usize, usize), Data>;

fn cells(bytes: &[u8]) -> (Cells, Vec<(String, usize, usize)>) {
    let mut workbook = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let (mut cells, mut formulas) = (Cells::new(), Vec::new());
    for sheet in workbook.sheet_names() {
        let values = workbook.worksheet_range(&sheet).unwrap();
        let at = |start: Option<(u32, u32)>, row: usize, column: usize| {
            let (top, left) = start.unwrap();
            (sheet.clone(), top as usize + row, left as usize + column)
        };
        for (row, column, value) in values.used_cells() {
            cells.insert(at(values.start(), row, column), value.clone());
        }
        let live = workbook.worksheet_formula(&sheet).unwrap();
        for (row, column, formula) in live.used_cells() {
            if !formula.is_empty() {
                formulas.push(at(live.start(), row, column));
            }
        }
    }
    (cells, formulas)
}

fn same(expected: &Data, found: &Data) -> bool {
    match (expected, found) {
        (Data::String(expected), Data::String(found)) => expected == found,
        _ => {
            let number = |data: &Data| match data {
                Data::Float(number) => Some(*number),
                #[allow(clippy::cast_precision_loss)]
                Data::Int(number) => Some(*number as f64),
                _ => None,
            };
            number(expected).zip(number(found)).is_some_and(|(a, b)| {
                // The last bits of sums of decimals depend on the order of the terms.
                (a - b).abs() <= 1e-12 * a.abs().max(b.abs())
            })
        }
    }
}

fn convert(folder: &Path, files: &[std::path::PathBuf]) {
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let done = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", "xlsx", "--outdir"])
        .arg(folder.join("again"))
        .args(files)
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn libreoffice_works_out_the_results_that_the_workbooks_have() {
    let here = Command::new("soffice").arg("--version").output();
    if !here.is_ok_and(|output| output.status.success()) {
        println!("skipped: soffice (LibreOffice Calc) is not installed");
        return;
    }
    let year = |number: &str| built_in(&format!("tests/data/reports/{number}.toml"));
    let workbooks = [
        ("2019", workbook(built_in("samples/liubei-2019.toml"), None)),
        (
            "2021",
            workbook(built_in("samples/qingshi-2024.toml"), None),
        ),
        ("years", workbook(year("06"), Some(&year("05")))),
        // It breaks a rule that only warns.
        (
            "broken",
            workbook(
                built_in("samples/broken/in-force.toml"),
                Some(&built_in("samples/broken/previous/in-force.toml")),
            ),
        ),
        ("own", workbook(own_form(), None)),
    ];
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<_> = workbooks
        .iter()
        .map(|(name, bytes)| {
            let path = folder.path().join(format!("{name}.xlsx"));
            std::fs::write(&path, forgetful(bytes)).unwrap();
            path
        })
        .collect();
    convert(folder.path(), &files);
    for (name, bytes) in &workbooks {
        let again = folder.path().join("again").join(format!("{name}.xlsx"));
        let (expected, formulas) = cells(bytes);
        let (found, _) = cells(&std::fs::read(again).unwrap());
        assert!(formulas.len() > 40, "{name}: {}", formulas.len());
        for place in &formulas {
            let (expected, found) = (&expected[place], found.get(place));
            assert!(
                found.is_some_and(|found| same(expected, found)),
                "{name} {place:?}: {expected:?} became {found:?}"
            );
        }
    }
}
