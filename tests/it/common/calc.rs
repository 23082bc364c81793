//! Workbooks through LibreOffice, and what their cells show.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};

/// Whether LibreOffice is there; says so where it isn't.
#[allow(clippy::print_stdout)]
pub fn installed() -> bool {
    let here = Command::new("soffice").arg("--version").output();
    let here = here.is_ok_and(|output| output.status.success());
    if !here {
        println!("skipped: soffice (LibreOffice Calc) is not installed");
    }
    here
}

/// A copy without the results: the program that opens it has nothing to go by but the formulas.
pub fn forgetful(bytes: &[u8]) -> Vec<u8> {
    rewritten(bytes, |_, xml| {
        let mut parts = xml.split("</f><v>");
        let mut kept = parts.next().unwrap().to_owned();
        for part in parts {
            kept.push_str("</f>");
            kept.push_str(part.split_once("</v>").unwrap().1);
        }
        kept
    })
}

/// A copy with the XML of each sheet changed; sheets count from 1.
pub fn rewritten(bytes: &[u8], mut change: impl FnMut(usize, String) -> String) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut file = package.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let number = name
            .strip_prefix("xl/worksheets/sheet")
            .and_then(|rest| rest.strip_suffix(".xml")?.parse().ok());
        if let Some(number) = number {
            content = change(number, String::from_utf8(content).unwrap()).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        copy.start_file(name, options).unwrap();
        copy.write_all(&content).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

/// What every cell shows, by sheet and place, and which cells have a formula.
pub type Cells = BTreeMap<(String, usize, usize), Data>;

/// The cells of all sheets.
pub fn cells(bytes: &[u8]) -> (Cells, Vec<(String, usize, usize)>) {
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

/// Whether two cells show the same.
pub fn same(expected: &Data, found: &Data) -> bool {
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

/// Has LibreOffice open the workbooks and save each as `again/NAME.xlsx` in the folder.
pub fn convert<'n>(folder: &Path, workbooks: impl Iterator<Item = (&'n str, Vec<u8>)>) {
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let files = workbooks.map(|(name, bytes)| {
        let path = folder.join(format!("{name}.xlsx"));
        std::fs::write(&path, bytes).unwrap();
        path
    });
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
