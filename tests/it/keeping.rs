//! No command replaces what a person may have made or changed: each tries to write over each kind of file.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::common::project_file;

/// What lies at the place of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    /// Only zeros, as after a power failure.
    Zeros,
    Report,
    Blank,
    Rollup,
    Pdf,
    /// One figure of a report's workbook corrected, and nothing else said.
    ChangedReport,
    FilledBlank,
    ChangedRollup,
    /// A PDF that was added to.
    SignedPdf,
    DataFile,
    /// A workbook that another program made.
    Foreign,
    Text,
    Folder,
    LinkToFile,
    LinkToNothing,
    LinkToFolder,
}

use Found::*;

const ALL: [Found; 17] = [
    Nothing,
    Zeros,
    Report,
    Blank,
    Rollup,
    Pdf,
    ChangedReport,
    FilledBlank,
    ChangedRollup,
    SignedPdf,
    DataFile,
    Foreign,
    Text,
    Folder,
    LinkToFile,
    LinkToNothing,
    LinkToFolder,
];

fn run(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::cargo_bin("nianbao").unwrap();
    command
        .args(words)
        .current_dir(folder)
        .env_remove("NIANBAO_FONTS");
    command.output().unwrap()
}

fn written(folder: &Path, words: &[&str]) {
    let output = run(folder, words);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{words:?} {told}");
}

/// A workbook with one part changed, packed as other programs pack; its properties stay as they are.
fn changed(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut saved = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = false;
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let part_name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if part_name == name {
            let before = String::from_utf8(content).unwrap();
            let after = change(before.clone());
            assert_ne!(after, before, "{name}");
            content = after.into_bytes();
            found = true;
        }
        let options = zip::write::SimpleFileOptions::default();
        saved.start_file(part_name, options).unwrap();
        saved.write_all(&content).unwrap();
    }
    assert!(found, "{name}");
    saved.finish().unwrap().into_inner()
}

/// A folder with a data file `a.toml`, a workbook `own/a.xlsx` of it, and a place `out` for outputs.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = project_file("samples/qingshi-2024.toml");
        fs::write(folder.path().join("a.toml"), data).unwrap();
        for words in [
            &["build", "a.toml", "-o", "own"] as &[&str],
            &["blank", "-o", "own/blank.xlsx"],
            &["rollup", "a.toml", "-o", "own/rollup.xlsx"],
        ] {
            written(folder.path(), words);
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn own(&self, name: &str) -> Vec<u8> {
        fs::read(self.path("own").join(name)).unwrap()
    }

    /// The content of what is found, where it is a file.
    fn content(&self, found: Found) -> Vec<u8> {
        let figure = |xml: String| xml.replacen("<v>358</v>", "<v>999</v>", 1);
        let sheet = "xl/worksheets/sheet1.xml";
        match found {
            Zeros => vec![0; 5000],
            Report => self.own("a.xlsx"),
            Blank => self.own("blank.xlsx"),
            Rollup => self.own("rollup.xlsx"),
            Pdf => self.own("a.pdf"),
            ChangedReport => changed(&self.own("a.xlsx"), sheet, figure),
            FilledBlank => changed(
                &self.own("blank.xlsx"),
                "xl/worksheets/sheet2.xml",
                |xml: String| {
                    let at = xml.find("<c r=\"B5\"").unwrap();
                    let end = at + xml[at..].find("/>").unwrap();
                    format!("{}><v>3</v></c>{}", &xml[..end], &xml[end + 2..])
                },
            ),
            ChangedRollup => changed(
                &self.own("rollup.xlsx"),
                "docProps/app.xml",
                |xml: String| xml.replacen("Microsoft Excel", "WPS", 1),
            ),
            SignedPdf => [
                self.own("a.pdf"),
                b"\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF".to_vec(),
            ]
            .concat(),
            DataFile => fs::read(self.path("a.toml")).unwrap(),
            Foreign => {
                let mut book = rust_xlsxwriter::Workbook::new();
                book.add_worksheet().write_string(0, 0, "名单").unwrap();
                book.save_to_buffer().unwrap()
            }
            _ => b"a word".to_vec(),
        }
    }

    /// Puts it to its place; false where the system has no such thing.
    fn put(&self, found: Found, place: &Path) -> bool {
        let _ = fs::remove_dir_all(self.path("out"));
        fs::create_dir(self.path("out")).unwrap();
        fs::write(self.path("theirs"), "their words").unwrap();
        fs::create_dir_all(self.path("their folder")).unwrap();
        match found {
            Nothing => {}
            Folder => {
                fs::create_dir(place).unwrap();
                fs::write(place.join("in it"), "a word").unwrap();
            }
            LinkToFile => return link(&self.path("theirs"), place),
            LinkToNothing => return link(&self.path("nowhere"), place),
            LinkToFolder => return link(&self.path("their folder"), place),
            _ => fs::write(place, self.content(found)).unwrap(),
        }
        true
    }

    /// Tries to write over everything; only what is in `own` may be replaced.
    fn try_all(&self, words: &[&str], output: &str, own: &[Found]) {
        let place = self.path(output);
        for found in ALL {
            if !self.put(found, &place) {
                continue;
            }
            let before = state(&place);
            let ran = run(self.folder.path(), words);
            let told = String::from_utf8(ran.stderr).unwrap();
            let what = format!("{words:?} over {found:?}: {told}");
            if found == Nothing || own.contains(&found) {
                assert_eq!(ran.status.code(), Some(0), "{what}");
                assert_ne!(state(&place), before, "{what}");
            } else {
                assert_eq!(ran.status.code(), Some(3), "{what}");
                assert!(told.contains(output), "{what}");
                assert!(told.contains("--force") || place.is_dir(), "{what}");
                assert_eq!(state(&place), before, "{what}");
            }
            assert!(!self.path("nowhere").exists(), "{what}");
        }
        let forced = [words, &["--force"]].concat();
        for found in [Text, Folder, LinkToFile, LinkToFolder] {
            if !self.put(found, &place) {
                continue;
            }
            let before = state(&place);
            let ran = run(self.folder.path(), &forced);
            let what = format!("{forced:?} over {found:?}");
            if matches!(found, Folder | LinkToFolder) {
                assert_eq!(ran.status.code(), Some(3), "{what}");
                assert_eq!(state(&place), before, "{what}");
            } else {
                assert_eq!(ran.status.code(), Some(0), "{what}");
                assert!(fs::symlink_metadata(&place).unwrap().is_file(), "{what}");
                assert_ne!(state(&place), before, "{what}");
            }
            // What a link leads to stays as it is.
            let theirs = fs::read(self.path("theirs")).unwrap();
            assert_eq!(theirs, b"their words", "{what}");
        }
    }
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> bool {
    std::os::unix::fs::symlink(to, at).unwrap();
    true
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> bool {
    false
}

/// What is at a place, to be compared: bytes are the same again where an output is, so their number of
/// the file (inode) tells whether it was replaced.
fn state(place: &Path) -> String {
    let Ok(meta) = fs::symlink_metadata(place) else {
        return "nothing".to_owned();
    };
    if meta.is_symlink() {
        return format!("link to {}", fs::read_link(place).unwrap().display());
    }
    if meta.is_dir() {
        let inside = fs::read(place.join("in it"));
        return format!("folder with {:?}", inside.unwrap_or_default());
    }
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let number = meta.modified().unwrap();
    format!("{number:?} {:?}", fs::read(place).unwrap())
}

#[test]
fn build_replaces_its_own_workbook_and_no_other_file() {
    let words = ["build", "a.toml", "-o", "out", "--only", "xlsx"];
    Desk::new().try_all(&words, "out/a.xlsx", &[Report, Zeros]);
}

#[test]
fn build_replaces_its_own_pdf_and_no_other_file() {
    let words = ["build", "a.toml", "-o", "out", "--only", "pdf"];
    Desk::new().try_all(&words, "out/a.pdf", &[Pdf, Zeros]);
}

#[test]
fn rollup_replaces_its_own_workbook_and_no_other_file() {
    let words = ["rollup", "a.toml", "-o", "out/a.xlsx"];
    Desk::new().try_all(&words, "out/a.xlsx", &[Rollup, Zeros]);
}

#[test]
fn blank_replaces_its_own_workbook_and_no_other_file() {
    let words = ["blank", "-o", "out/a.xlsx"];
    Desk::new().try_all(&words, "out/a.xlsx", &[Blank, Zeros]);
}

#[test]
fn data_files_are_never_replaced() {
    let desk = Desk::new();
    desk.try_all(&["new", "-o", "out/a.toml"], "out/a.toml", &[]);
    desk.try_all(
        &["import", "own/a.xlsx", "-o", "out/a.toml"],
        "out/a.toml",
        &[],
    );
    let words = [
        "rollup",
        "a.toml",
        "-o",
        "sums.xlsx",
        "--toml",
        "out/a.toml",
    ];
    desk.try_all(&words, "out/a.toml", &[]);
}

#[test]
fn an_input_is_not_replaced_even_by_force() {
    let desk = Desk::new();
    fs::copy(desk.path("own/a.xlsx"), desk.path("a.xlsx")).unwrap();
    for words in [
        &["build", "a.xlsx", "-o", ".", "--force"] as &[&str],
        &["rollup", "a.xlsx", "-o", "a.xlsx", "--force"],
    ] {
        let before = state(&desk.path("a.xlsx"));
        let ran = run(desk.folder.path(), words);
        assert_eq!(ran.status.code(), Some(3), "{words:?}");
        assert_eq!(state(&desk.path("a.xlsx")), before, "{words:?}");
    }
}

#[test]
fn the_right_ending_is_asked_for() {
    let desk = Desk::new();
    for (words, right) in [
        (&["blank", "-o", "x.xls"] as &[&str], "x.xlsx"),
        (&["blank", "-o", "2024"], "2024.xlsx"),
        (&["rollup", "a.toml", "-o", "x.toml"], "x.xlsx"),
        (
            &["rollup", "a.toml", "-o", "y.xlsx", "--toml", "x.xlsx"],
            "x.toml",
        ),
        (&["import", "own/a.xlsx", "-o", "x.xlsx"], "x.toml"),
        (&["new", "-o", "x"], "x.toml"),
    ] {
        let ran = run(desk.folder.path(), words);
        let told = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{words:?} {told}");
        assert!(told.contains(right), "{words:?} {told}");
    }
    assert!(!desk.path("x.xls").exists() && !desk.path("y.xlsx").exists());
}

#[test]
fn in_a_folder_every_file_is_read_or_told_of() {
    let desk = Desk::new();
    fs::create_dir(desk.path("in")).unwrap();
    let put = |name: &str, content: &[u8]| fs::write(desk.path("in").join(name), content).unwrap();
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    put("甲局.toml", &desk.content(DataFile));
    put("乙局.xlsm", &desk.own("a.xlsx"));
    put("汇总.xlsx", &desk.content(ChangedRollup));
    for old in ["丙局.xls", "丁局.et"] {
        put(old, &ole);
    }
    put("戊局.xlsb", &desk.content(Foreign));
    for document in ["说明.docx", "名单.CSV", "通知.wps", "通知.doc"] {
        put(document, b"words");
    }
    for ignored in [
        "~$甲局.xlsx",
        ".~lock.甲局.xlsx#",
        "Thumbs.db",
        "desktop.ini",
    ] {
        put(ignored, b"x");
    }
    let check = run(desk.folder.path(), &["check", "in"]);
    assert_eq!(check.status.code(), Some(1));
    let said = String::from_utf8(check.stdout).unwrap();
    insta::assert_snapshot!(said);
    let told = String::from_utf8(check.stderr).unwrap();
    for name in ["丙局.xls", "丁局.et", "戊局.xlsb"] {
        assert!(told.contains(name), "{name}: {told}");
    }
    assert_eq!(
        told.matches("警告[syntax]: 这个文件没有读").count(),
        4,
        "{told}"
    );
    assert!(!told.contains("汇总") && !told.contains('~'), "{told}");

    let rollup = run(desk.folder.path(), &["rollup", "in", "-o", "s.xlsx"]);
    assert_eq!(rollup.status.code(), Some(1));
    let said = String::from_utf8(rollup.stdout).unwrap();
    let last = "已写出 s.xlsx（2024 年，汇总 1 个单位，未汇总 4 份，另有 4 个文件没有读）\n";
    assert!(said.ends_with(last), "{said}");

    // A letter is no error, unless it is asked to be one.
    for name in ["丙局.xls", "丁局.et", "戊局.xlsb"] {
        fs::remove_file(desk.path("in").join(name)).unwrap();
    }
    for (options, status) in [(&[] as &[&str], 0), (&["--deny", "warnings"], 1)] {
        let words = [&["check", "in"], options].concat();
        assert_eq!(run(desk.folder.path(), &words).status.code(), Some(status));
    }
}
