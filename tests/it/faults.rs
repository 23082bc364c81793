//! What goes wrong around a run: it is killed, the disk is full, folders vanish, fonts change. Every
//! output is whole or absent, and the next run leaves no trace of the one before.

use std::fs::{self, File};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

/// A folder with reports in `in/`.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(reports: usize) -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/qingshi-2024.toml");
        let text = fs::read_to_string(sample).unwrap();
        fs::create_dir(desk.path("in")).unwrap();
        for number in 0..reports {
            let organ = format!("name   = \"青石县第{number}中学\"");
            let text = text.replacen("name   = \"青石县教育局\"", &organ, 1);
            fs::write(desk.path(&format!("in/{number:02}.toml")), text).unwrap();
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A shell that has the program as `$NIANBAO`.
    fn shell(&self, script: &str) -> Output {
        Command::new("bash")
            .args(["-c", script])
            .env("NIANBAO", assert_cmd::cargo::cargo_bin("nianbao"))
            .env_remove("NIANBAO_FONTS")
            .current_dir(self.folder.path())
            .output()
            .unwrap()
    }

    fn build(&self, options: &[&str]) -> Child {
        Command::new(assert_cmd::cargo::cargo_bin("nianbao"))
            .args(["build", "in", "-q"])
            .args(options)
            .env_remove("NIANBAO_FONTS")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .current_dir(self.folder.path())
            .spawn()
            .unwrap()
    }

    /// The names of all files in a folder, sorted; of one that isn't there, none.
    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    fn debris(&self, folder: &str) -> Vec<String> {
        let mut names = self.names(folder);
        names.retain(|name| name.starts_with('.'));
        names
    }

    /// Every output in the folder, which must be whole.
    fn outputs(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let mut names = self.names(folder);
        names.retain(|name| !name.starts_with('.'));
        let outputs = names.into_iter().map(|name| {
            let bytes = fs::read(self.path(folder).join(&name)).unwrap();
            assert_whole(&name, &bytes);
            (name, bytes)
        });
        outputs.collect()
    }

    /// Waits until there is an output.
    fn wait_for_output(&self, folder: &str) {
        for _ in 0..6000 {
            let names = self.names(folder);
            if names.iter().any(|name| !name.starts_with('.')) {
                return;
            }
            sleep(Duration::from_millis(5));
        }
        panic!("no output within 30 seconds");
    }
}

fn assert_whole(name: &str, bytes: &[u8]) {
    if name.ends_with(".pdf") {
        assert!(bytes.ends_with(b"%%EOF"), "{name} is cut short");
        let pdf = lopdf::Document::load_mem(bytes).unwrap();
        assert!(!pdf.get_pages().is_empty(), "{name}");
    } else {
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for index in 0..package.len() {
            let mut part = Vec::new();
            package
                .by_index(index)
                .unwrap()
                .read_to_end(&mut part)
                .unwrap();
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_killed_run_leaves_whole_files_and_the_next_one_no_debris() {
    let desk = Desk::new(6);
    for kill in 0..8 {
        let mut run = desk.build(&[]);
        sleep(Duration::from_millis(40 + 97 * kill));
        run.kill().unwrap();
        run.wait().unwrap();
        desk.outputs("out");
    }
    let last = desk.build(&[]).wait_with_output().unwrap();
    assert!(last.status.success(), "{}", said(&last));
    assert_eq!(desk.outputs("out").len(), 12);
    assert_eq!(desk.debris("out"), [""; 0]);
}

#[test]
fn what_a_dead_run_left_is_taken_away_and_nothing_else() {
    let desk = Desk::new(1);
    fs::create_dir(desk.path("out")).unwrap();
    for name in [
        ".nianbao-a1B2c3",
        ".nianbao-zZzZzZ",
        ".nianbao-notes.txt",
        ".nianbao",
    ] {
        fs::write(desk.path("out").join(name), "half").unwrap();
    }
    // A run that is still alive holds a lock on what it is writing.
    let alive = File::open(desk.path("out/.nianbao-zZzZzZ")).unwrap();
    alive.lock().unwrap();
    let run = desk.build(&[]).wait_with_output().unwrap();
    assert!(run.status.success(), "{}", said(&run));
    assert_eq!(
        desk.debris("out"),
        [".nianbao", ".nianbao-notes.txt", ".nianbao-zZzZzZ"]
    );
}

#[test]
fn two_runs_into_one_folder_do_each_other_no_harm() {
    let desk = Desk::new(6);
    let runs = [
        desk.build(&["-j", "2"]),
        desk.build(&["-j", "1"]),
        desk.build(&[]),
    ];
    for run in runs {
        let run = run.wait_with_output().unwrap();
        assert!(run.status.success(), "{}", said(&run));
    }
    assert_eq!(desk.outputs("out").len(), 12);
    assert_eq!(desk.debris("out"), [""; 0]);
}

#[test]
fn a_disk_that_takes_no_more_is_told_with_the_file_and_leaves_nothing() {
    let desk = Desk::new(2);
    // No file may be longer than 8 kB: the write fails, as on a full disk.
    let run = desk.shell("trap '' XFSZ; ulimit -f 8; \"$NIANBAO\" build in");
    assert_eq!(run.status.code(), Some(3), "{}", said(&run));
    for path in ["out/00.pdf", "out/01.pdf"] {
        assert!(said(&run).contains(path), "{}", said(&run));
    }
    assert_eq!(desk.names("out"), [""; 0]);
}

#[test]
fn a_long_roll_up_without_room_for_temporary_files_is_told_with_their_folder() {
    // Fewer units are held without temporary files.
    let desk = Desk::new(60);
    let run = desk.shell("TMPDIR=nowhere \"$NIANBAO\" rollup in -o sums.xlsx -q");
    assert_eq!(run.status.code(), Some(3), "{}", said(&run));
    assert!(
        said(&run).contains("sums.xlsx：放临时文件的文件夹 nowhere"),
        "{}",
        said(&run)
    );
    assert!(!desk.path("sums.xlsx").exists());
}

#[test]
fn a_place_that_is_a_folder_is_told_and_its_report_leaves_nothing() {
    let desk = Desk::new(2);
    fs::create_dir_all(desk.path("out/00.xlsx")).unwrap();
    let run = desk.build(&[]).wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(3));
    assert_eq!(said(&run), "错误：out/00.xlsx：这是文件夹，不是文件\n");
    assert_eq!(desk.names("out"), ["00.xlsx", "01.pdf", "01.xlsx"]);
}

#[test]
fn an_output_folder_that_vanishes_is_told_with_the_file() {
    let desk = Desk::new(12);
    let run = desk.build(&["-j", "1"]);
    desk.wait_for_output("out");
    // While it is taken away, more may be written into it.
    while desk.path("out").exists() {
        let _ = fs::remove_dir_all(desk.path("out"));
    }
    let run = run.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(3), "{}", said(&run));
    assert!(
        said(&run).contains("错误：out/11.pdf：没有这个文件或文件夹"),
        "{}",
        said(&run)
    );
}

#[test]
fn a_run_that_resumes_makes_again_what_was_made_before_its_style_changed() {
    let desk = Desk::new(6);
    let style = ["--style", "style.toml", "--only", "pdf"];
    let write = |title: &str| {
        let text = format!("[sizes]\ntitle = {title}\n");
        fs::write(desk.path("style.toml"), text).unwrap();
    };
    write("21");
    let run = desk.build(&style);
    desk.wait_for_output("out");
    // The rest is written after this, in the style that was read before it.
    write("20");
    let run = run.wait_with_output().unwrap();
    assert!(run.status.success(), "{}", said(&run));
    let resumed = desk.build(&[&style[..], &["--resume"]].concat());
    assert!(resumed.wait_with_output().unwrap().status.success());
    let anew = desk.build(&[&style[..], &["-o", "anew"]].concat());
    assert!(anew.wait_with_output().unwrap().status.success());
    assert!(desk.outputs("out") == desk.outputs("anew"));
}

/// The font with its names before the outlines, so that it still has them when it is cut short.
fn names_first(font: &[u8]) -> Vec<u8> {
    let number = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let (mut head, rest) = (font[..12 + 16 * tables].to_vec(), &font[12 + 16 * tables..]);
    let entries = (0..tables).map(|table| 12 + 16 * table);
    let name = entries.clone().find(|at| font[*at..].starts_with(b"name"));
    let (start, length) = name.map(|at| (number(at + 8), number(at + 12))).unwrap();
    let mut names = font[start..start + length].to_vec();
    names.resize(length.next_multiple_of(4), 0);
    for at in entries {
        let start = match Some(at) == name {
            true => head.len(),
            false => number(at + 8) + names.len(),
        };
        head[at + 8..at + 12].copy_from_slice(&u32::try_from(start).unwrap().to_be_bytes());
    }
    [&head, names.as_slice(), rest].concat()
}

#[test]
fn a_font_that_is_cut_short_is_told_by_its_file() {
    let desk = Desk::new(1);
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let font = names_first(&fs::read(fonts.join("FandolKai-Regular.ttf")).unwrap());
    fs::create_dir(desk.path("fonts")).unwrap();
    for length in [0, 100, 4096, font.len() / 2, font.len() - 4096] {
        fs::write(desk.path("fonts/Kai.ttf"), &font[..length]).unwrap();
        let run = desk
            .build(&["--fonts", "fonts"])
            .wait_with_output()
            .unwrap();
        // One whose name can't be read is not found, and the program's own takes its place.
        match run.status.code() {
            Some(0) => assert!(length < font.len() / 2, "{length}"),
            status => {
                assert_eq!(status, Some(3), "{length}: {}", said(&run));
                assert!(said(&run).contains("fonts/Kai.ttf"), "{}", said(&run));
            }
        }
    }
}

#[test]
fn a_font_that_changes_during_a_long_run_changes_nothing() {
    let desk = Desk::new(20);
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    fs::create_dir(desk.path("fonts")).unwrap();
    for font in fs::read_dir(fonts).unwrap() {
        let font = font.unwrap();
        if font.file_type().unwrap().is_file() {
            fs::copy(font.path(), desk.path("fonts").join(font.file_name())).unwrap();
        }
    }
    let run = desk.build(&["--fonts", "fonts", "--only", "pdf"]);
    desk.wait_for_output("out");
    for font in fs::read_dir(desk.path("fonts")).unwrap() {
        // As cp does: cut to nothing, then written over.
        fs::write(font.unwrap().path(), "no font").unwrap();
    }
    let run = run.wait_with_output().unwrap();
    assert!(run.status.success(), "{:?} {}", run.status, said(&run));
    let undisturbed = desk.build(&["--only", "pdf", "-o", "again"]);
    assert!(undisturbed.wait_with_output().unwrap().status.success());
    assert!(desk.outputs("out") == desk.outputs("again"));
}
