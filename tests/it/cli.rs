//! The program as it is used: words in; exit status, messages and files out.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A folder to work in. Paths are given relative to it, so that messages are the same anywhere.
struct Desk {
    folder: TempDir,
}

struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::cargo_bin("nianbao").unwrap();
        command
            .args(words)
            .current_dir(self.folder.path())
            .env_remove("NIANBAO_FONTS")
            .env_remove("NIANBAO_LANG")
            .env_remove("CLICOLOR_FORCE")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("BROWSER")
            .env_remove("WSL_DISTRO_NAME");
        command
    }

    fn run(&self, words: &[&str]) -> Ran {
        Ran::of(self.command(words).output().unwrap())
    }

    /// What `check` says of a data file, which has to be an error.
    fn refused(&self, content: impl AsRef<[u8]>) -> String {
        self.put("report.toml", content);
        let ran = self.run(&["check", "report.toml"]);
        assert_eq!(ran.status, 1, "{}", ran.err);
        // A single file has a closing line.
        let errors = ran.err.matches("错误[").count();
        assert!(
            ran.out.starts_with(&format!("{errors} 处错误")),
            "{}",
            ran.out
        );
        ran.err
    }

    /// Names of all files below, sorted.
    fn files(&self) -> Vec<String> {
        fn list(folder: &Path, top: &Path, names: &mut Vec<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    list(&path, top, names);
                } else {
                    names.push(path.strip_prefix(top).unwrap().display().to_string());
                }
            }
        }
        let mut names = Vec::new();
        list(self.folder.path(), self.folder.path(), &mut names);
        names.sort();
        names
    }
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code().expect("an exit status"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A sound report, with one part of it written differently.
fn sample(from: &str, to: &str) -> String {
    let path = format!("{}/samples/qingshi-2024.toml", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

fn good() -> String {
    sample("", "")
}

#[test]
fn a_sound_report_becomes_a_pdf_and_a_workbook() {
    let desk = Desk::new();
    desk.put("qingshi.toml", good());
    let ran = desk.run(&["build", "qingshi.toml", "-o", "deep/er"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(
        desk.files(),
        [
            "deep/er/qingshi.pdf",
            "deep/er/qingshi.xlsx",
            "qingshi.toml"
        ]
    );
    assert!(
        fs::read(desk.path("deep/er/qingshi.pdf"))
            .unwrap()
            .starts_with(b"%PDF")
    );
    assert!(
        fs::read(desk.path("deep/er/qingshi.xlsx"))
            .unwrap()
            .starts_with(b"PK")
    );
    insta::with_settings!({filters => vec![(r"\d+ 页", "N 页"), (r"\d+ kB", "N kB")]}, {
        insta::assert_snapshot!(ran.out, @r"
        已写出 deep/er/qingshi.pdf（N 页，N kB）
        已写出 deep/er/qingshi.xlsx（N kB）
        ");
    });
}

#[test]
fn outputs_go_to_out_and_only_one_of_them_if_asked() {
    let desk = Desk::new();
    desk.put("a.toml", good());
    let ran = desk.run(&["build", "a.toml", "--only", "xlsx", "-q"]);
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (0, "", "")
    );
    assert_eq!(desk.files(), ["a.toml", "out/a.xlsx"]);
    assert_eq!(desk.run(&["build", "a.toml", "--only", "pdf"]).status, 0);
    assert_eq!(desk.files(), ["a.toml", "out/a.pdf", "out/a.xlsx"]);
}

#[cfg(unix)]
#[test]
fn outputs_are_readable_as_other_files_are() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.put("a.toml", good());
    desk.run(&["build", "a.toml", "--only", "xlsx"]);
    let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode();
    assert_eq!(mode("out/a.xlsx"), mode("a.toml"));
}

#[test]
fn a_wrong_total_stops_the_build() {
    let desk = Desk::new();
    desk.put(
        "a.toml",
        sample("1,    1,    1,    1,   20]", "1,    1,    1,    1,   21]"),
    );
    let ran = desk.run(&["build", "a.toml"]);
    let closing = "1 处错误，什么也没有写\n";
    assert_eq!((ran.status, ran.out.as_str()), (1, closing));
    assert_eq!(desk.files(), ["a.toml"]);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn a_warning_stops_the_build_only_if_denied() {
    let desk = Desk::new();
    desk.put(
        "a.toml",
        sample("in_force = 14 }", "in_force = 0 }").replace("现行有效14件", "现行有效0件"),
    );
    let denied = desk.run(&["build", "a.toml", "--deny", "warnings"]);
    let closing = "1 处错误，什么也没有写\n";
    assert_eq!((denied.status, denied.out.as_str()), (1, closing));
    assert!(
        denied.err.starts_with("错误[in-force-low]"),
        "{}",
        denied.err
    );
    assert!(!desk.path("out/a.pdf").exists());
    let ran = desk.run(&["build", "a.toml"]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.starts_with("警告[in-force-low]"), "{}", ran.err);
    assert!(desk.path("out/a.pdf").exists());
}

#[test]
fn what_came_in_and_what_was_handled_differ() {
    insta::assert_snapshot!(Desk::new().refused(sample(
        "[  27,    4,    1,    2,    3,    1,   38]",
        "[  27,    4,    1,    3,    3,    1]"
    )));
}

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(Desk::new().refused(""));
}

#[test]
fn random_bytes() {
    let mut state = 20_250_116_u64;
    let bytes: Vec<u8> = (0..200)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        })
        .collect();
    insta::assert_snapshot!(Desk::new().refused(bytes));
}

#[test]
fn a_missing_row() {
    let text = sample("granted                =", "# granted =");
    insta::assert_snapshot!(Desk::new().refused(text));
}

#[test]
fn a_separator_in_an_inline_table() {
    let text = sample(
        "licensing           = { decisions = 358 }",
        "licensing = { decisions = 12,345 }",
    );
    insta::assert_snapshot!(Desk::new().refused(text));
}

#[test]
fn a_separator_in_a_row() {
    let text = sample(
        "[  27,    4,    1,    2,    3,    1,   38]",
        "[12,345, 4, 1, 2, 3, 1]",
    );
    insta::assert_snapshot!(Desk::new().refused(text));
}

#[test]
fn full_width_digits_and_a_dash_and_a_misspelt_key() {
    let text = sample("decisions = 358", "decisions = ３５８")
        .replace(
            "coercion            = { decisions = 0 }",
            "coercion = { decisions = — }",
        )
        .replace("not_held ", "not_hold ");
    insta::assert_snapshot!(Desk::new().refused(text));
}

#[test]
fn findings_in_english() {
    let desk = Desk::new();
    desk.put(
        "a.toml",
        sample("1,    1,    1,    1,   20]", "1,    1,    1,    1,   21]"),
    );
    insta::assert_snapshot!(desk.run(&["check", "a.toml", "--lang", "en"]).err);
}

#[test]
fn a_caret_far_into_a_long_line_stays_below_its_character() {
    insta::assert_snapshot!(Desk::new().refused(sample("大字版办事指南", "大字版办事😀指南")));
}

#[test]
fn files_that_cannot_be_read() {
    let desk = Desk::new();
    desk.put("empty/notes.txt", "");
    desk.put("file", "");
    let ran = desk.run(&["check", "nowhere.toml", "empty", "file/in.toml"]);
    assert_eq!(ran.status, 3);
    insta::assert_snapshot!(ran.err + &ran.out, @r"
    错误：nowhere.toml：没有这个文件或文件夹
    错误：empty：文件夹里没有数据文件（*.toml、*.xlsx、*.xlsm）
    错误：file/in.toml：路径里有一段是文件，不是文件夹
    0 份完成，0 份有错误，3 份没能处理
    没有完成的：
      nowhere.toml（没能处理）
      empty（没能处理）
      file/in.toml（没能处理）
    ");
}

#[test]
fn an_output_folder_that_cannot_be_made() {
    let desk = Desk::new();
    desk.put("a.toml", good());
    for folder in ["a.toml/out", "a.toml"] {
        let ran = desk.run(&["build", "a.toml", "-o", folder]);
        assert_eq!((ran.status, ran.out.as_str()), (3, ""));
        assert_eq!(
            ran.err,
            format!("错误：{folder}：路径里有一段是文件，不是文件夹\n")
        );
    }
    assert_eq!(desk.files(), ["a.toml"]);
}

#[test]
fn an_output_that_is_a_folder_leaves_nothing_behind() {
    let desk = Desk::new();
    desk.put("a.toml", good());
    fs::create_dir_all(desk.path("out/a.xlsx/x")).unwrap();
    let ran = desk.run(&["build", "a.toml", "--only", "xlsx"]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("out/a.xlsx"), "{}", ran.err);
    assert_eq!(desk.files(), ["a.toml"]);
}

#[test]
fn fonts_are_listed() {
    let desk = Desk::new();
    desk.put("a.toml", good());
    let ran = desk.run(&["fonts"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.lines().count() > 2, "{}", ran.out);
    let nowhere = desk.run(&["check", "a.toml", "--fonts", "nowhere"]);
    assert_eq!(nowhere.status, 3);
    assert_eq!(nowhere.err, "错误：nowhere：没有这个文件或文件夹\n");
    for line in desk.run(&["fonts", "--format", "json"]).out.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        for field in ["role", "script", "family", "file"] {
            assert!(row[field].is_string(), "{line}");
        }
    }
}

#[test]
fn forms_and_written_files_are_objects_to_a_program() {
    let desk = Desk::new();
    desk.put("a.toml", good());
    let objects = |words: &[&str]| -> Vec<serde_json::Value> {
        let ran = desk.run(&[words, &["--format", "json"]].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        let lines = ran.out.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let forms = objects(&["forms"]);
    let names: Vec<_> = forms.iter().map(|form| form["form"].as_str()).collect();
    assert_eq!(names, [Some("2021"), Some("2019")]);
    assert_eq!(forms[1]["last_year"], 2020);
    let form = &objects(&["forms", "2021"])[0];
    assert_eq!(
        form["sections"][2]["figures"][0]["key"],
        "requests.new.natural_person"
    );
    assert_eq!(form["rules"][0]["severity"], "error");

    let mut built = objects(&["build", "a.toml", "-o", "o"]);
    let summary = &built.pop().unwrap()["summary"];
    assert_eq!(
        (&summary["done"], &summary["with_errors"]),
        (&1.into(), &0.into())
    );
    let kinds: Vec<_> = built.iter().map(|file| file["kind"].as_str()).collect();
    assert_eq!(kinds, [Some("pdf"), Some("xlsx")]);
    let written: Vec<_> = built.iter().map(|file| file["written"].as_str()).collect();
    assert_eq!(written, [Some("o/a.pdf"), Some("o/a.xlsx")]);
    assert!(built[0]["pages"].as_u64() > Some(3), "{built:?}");
    for file in &built {
        assert_eq!(file["source"], "a.toml");
        let length = fs::metadata(desk.path(file["written"].as_str().unwrap()));
        assert_eq!(file["bytes"], length.unwrap().len());
    }
    for words in [
        &["new", "-o", "b.toml"] as &[&str],
        &["blank", "-o", "b.xlsx"],
        &["import", "o/a.xlsx", "-o", "c.toml"],
        &["rollup", "a.toml", "-o", "r.xlsx"],
    ] {
        assert_eq!(objects(words)[0]["written"], *words.last().unwrap());
    }
}

#[test]
fn a_new_file_lacks_its_texts_only() {
    let desk = Desk::new();
    for year in ["2019", "2024"] {
        let ran = desk.run(&["new", "--year", year, "--organ", "某县某局"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        desk.put("new.toml", &ran.out);
        let ran = desk.run(&["check", "new.toml", "--format", "json"]);
        assert_eq!(ran.status, 1);
        let keys: Vec<String> = ran
            .out
            .lines()
            .map(|line| {
                let row: serde_json::Value = serde_json::from_str(line).unwrap();
                assert_eq!(row["code"], "missing-key");
                row["key"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(keys, ["text.overview", "text.problems", "text.other"]);
    }
}

#[test]
fn the_new_file_of_the_form_in_force() {
    let ran = Desk::new().run(&["new", "--year", "2024"]);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn new_overwrites_nothing_and_knows_its_years() {
    let desk = Desk::new();
    let ran = desk.run(&["new", "-o", "a.toml"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let before = fs::read(desk.path("a.toml")).unwrap();
    let again = desk.run(&["new", "--year", "2019", "-o", "a.toml"]);
    assert_eq!(again.status, 3);
    insta::assert_snapshot!(
        again.err,
        @"错误：a.toml：已经有这个文件，没有覆盖；请换一个文件名，或者确实不要原来的了，加 --force"
    );
    assert_eq!(fs::read(desk.path("a.toml")).unwrap(), before);
    assert_eq!(desk.files(), ["a.toml"]);
    let early = desk.run(&["new", "--year", "2008"]);
    assert_eq!((early.status, early.out.as_str()), (2, ""));
    assert_eq!(
        early.err,
        "错误：2008 年没有对应的格式；可用的最早年份是 2019\n"
    );
}

#[test]
fn blank_overwrites_its_own_workbook_and_no_other() {
    let desk = Desk::new();
    let ran = desk.run(&["blank", "--year", "2024", "--organ", "某局", "-o", "a.xlsx"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let before = fs::read(desk.path("a.xlsx")).unwrap();
    let again = desk.run(&["blank", "--script", "hant", "-o", "a.xlsx"]);
    assert_eq!(again.status, 0, "{}", again.err);
    assert_ne!(fs::read(desk.path("a.xlsx")).unwrap(), before);
    desk.put("a.xlsx", "a word");
    let again = desk.run(&["blank", "-o", "a.xlsx"]);
    assert_eq!(again.status, 3);
    insta::assert_snapshot!(again.err);
    assert_eq!(fs::read(desk.path("a.xlsx")).unwrap(), b"a word");
    assert_eq!(desk.files(), ["a.xlsx"]);
    let early = desk.run(&["blank", "--year", "2008", "-o", "b.xlsx"]);
    assert_eq!(early.status, 2, "{}", early.err);
}

#[test]
fn a_finding_as_json() {
    let desk = Desk::new();
    desk.put(
        "a.toml",
        sample(
            "[  27,    4,    1,    2,    3,    1,   38]",
            "[  27,    4,    1,    3,    3,    1]",
        ),
    );
    let ran = desk.run(&["build", "a.toml", "nowhere.toml", "--format", "json"]);
    assert_eq!(ran.status, 3);
    insta::assert_snapshot!(format!("{}--\n{}", ran.out, ran.err));
}

#[test]
fn a_report_from_standard_input() {
    let desk = Desk::new();
    let ran = Ran::of(
        desk.command(&["build", "-"])
            .write_stdin(good())
            .output()
            .unwrap(),
    );
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(desk.files(), ["out/stdin.pdf", "out/stdin.xlsx"]);
    let wrong = sample("year   = 2024", "year   = 24");
    let ran = Ran::of(
        desk.command(&["check", "-"])
            .write_stdin(wrong)
            .output()
            .unwrap(),
    );
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!(ran.err);
}

#[test]
fn one_bad_file_in_a_folder_does_not_stop_the_others() {
    let desk = Desk::new();
    desk.put(
        "in/b.toml",
        sample("1,    1,    1,    1,   20]", "1,    1,    1,    1,   21]"),
    );
    desk.put("in/sub/a.toml", good());
    desk.put("in/c.toml", good());
    desk.put("in/readme.txt", "no data");
    desk.put("in/.git/config.toml", "no data");
    let ran = desk.run(&["build", "in", "--only", "xlsx"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("in/b.toml"), "{}", ran.err);
    insta::with_settings!({filters => vec![(r"\d+ kB", "N kB")]}, {
        insta::assert_snapshot!(ran.out, @r"
        已写出 out/c.xlsx（N kB）
        已写出 out/sub/a.xlsx（N kB）
        2 份完成，1 份有错误
        提示：row-total 1
        没有完成的：
          in/b.toml（1 处错误）
        ");
    });
    assert!(desk.path("out/sub/a.xlsx").exists() && desk.path("out/c.xlsx").exists());
    assert!(!desk.path("out/b.xlsx").exists());
    insta::assert_snapshot!(desk.run(&["check", "in"]).out, @r"
    in/c.toml：没有发现问题
    in/sub/a.toml：没有发现问题
    2 份完成，1 份有错误
    提示：row-total 1
    没有完成的：
      in/b.toml（1 处错误）
    ");
}

/// A folder of reports, some with a warning, some with an error.
fn many(desk: &Desk, count: usize) {
    for number in 0..count {
        let text = match number % 5 {
            1 => sample("in_force = 14 }", "in_force = 0 }").replace("现行有效14件", "现行有效0件"),
            3 => sample("1,    1,    1,    1,   20]", "1,    1,    1,    1,   21]"),
            _ => good(),
        };
        desk.put(&format!("in/{number:02}.toml"), text);
    }
}

#[test]
fn a_folder_says_and_writes_the_same_on_one_thread_and_on_many() {
    let desk = Desk::new();
    many(&desk, 12);
    desk.put("in/05.toml", "year = ");
    for command in [&["check"] as &[&str], &["build", "--only", "xlsx"]] {
        for format in ["text", "json"] {
            let runs = ["1", "2", "8"].map(|jobs| {
                let words = [command, &["in", "-j", jobs, "--format", format]].concat();
                let ran = desk.run(&words);
                let written = desk
                    .files()
                    .into_iter()
                    .filter(|name| name.starts_with("out/"));
                let written: Vec<_> = written
                    .map(|name| (fs::read(desk.path(&name)).unwrap(), name))
                    .collect();
                let _ = fs::remove_dir_all(desk.path("out"));
                (ran.status, ran.out, ran.err, written)
            });
            assert_eq!(runs[0].0, 1);
            assert!(
                runs.iter().all(|run| *run == runs[0]),
                "{command:?} {format}"
            );
        }
    }
}

#[test]
fn the_first_error_stops_a_run_if_asked_to_and_nothing_later_is_written() {
    for jobs in ["1", "4"] {
        let desk = Desk::new();
        many(&desk, 10);
        let words = ["build", "in", "--only", "xlsx", "--fail-fast", "-j", jobs];
        let ran = desk.run(&words);
        assert_eq!(ran.status, 1);
        assert!(
            ran.out.ends_with(
                "3 份完成（其中 1 份有警告），1 份有错误，6 份没有看\n提示：in-force-low 1，row-total 1\n\
                 没有完成的：\n  in/03.toml（1 处错误）\n"
            ),
            "{}",
            ran.out
        );
        let mut written = desk.files();
        written.retain(|name| name.starts_with("out/"));
        assert_eq!(written, ["out/00.xlsx", "out/01.xlsx", "out/02.xlsx"]);
    }
    let desk = Desk::new();
    desk.put("a.toml", good());
    let ran = desk.run(&[
        "check",
        "nowhere.toml",
        "a.toml",
        "--fail-fast",
        "--lang",
        "en",
    ]);
    assert_eq!(ran.status, 3);
    assert_eq!(
        ran.out,
        "0 done, 0 with errors, 1 could not be worked on, 1 not looked at\n\
         not done:\n  nowhere.toml (could not be worked on)\n"
    );
}

/// The lines that stand on an endless terminal once `sent` was written to it (ECMA-48: EL, CUU, SGR).
#[cfg(unix)]
fn on_screen(sent: &str) -> Vec<String> {
    let mut lines: Vec<Vec<char>> = vec![Vec::new()];
    let (mut row, mut column) = (0, 0);
    let mut rest = sent.chars();
    while let Some(c) = rest.next() {
        match c {
            '\r' => column = 0,
            '\n' => row += 1,
            '\x1b' => {
                let mut order = String::new();
                while !order.ends_with(|c: char| c.is_ascii_alphabetic()) {
                    order.push(rest.next().unwrap());
                }
                match order.as_str() {
                    "[2K" => lines[row].clear(),
                    "[1A" => row -= 1,
                    order if order.ends_with('m') => {}
                    order => panic!("a terminal is told {order:?}"),
                }
            }
            c => {
                let line = &mut lines[row];
                line.resize(line.len().max(column + 1), ' ');
                line[column] = c;
                column += 1;
            }
        }
        lines.resize(lines.len().max(row + 1), Vec::new());
    }
    let lines = lines.into_iter().map(String::from_iter);
    lines
        .map(|line: String| line.trim_end().to_owned())
        .collect()
}

#[cfg(unix)]
#[test]
fn progress_is_shown_on_a_terminal_and_nowhere_else() {
    let desk = Desk::new();
    many(&desk, 12);
    let piped = desk.run(&["check", "in"]);
    let program = assert_cmd::cargo::cargo_bin("nianbao");
    let seen = |options: &str| {
        // script (util-linux) gives the program a terminal.
        let command = format!("'{}' check in {options}", program.display());
        let output = std::process::Command::new("script")
            .args(["-qec", &command, "/dev/null"])
            .env("TERM", "xterm")
            .env_remove("CI")
            .current_dir(desk.folder.path())
            .output();
        output.map(|output| String::from_utf8(output.stdout).unwrap())
    };
    let Ok(all) = seen("") else { return };
    if all.contains("invalid option") {
        return;
    }
    assert!(all.contains("12/12 份"), "{all}");
    // The line stands in nothing's way and is gone at the end.
    let mut said: Vec<&str> = piped.out.lines().chain(piped.err.lines()).collect();
    let mut seen_last = on_screen(&all);
    seen_last.retain(|line| !line.is_empty());
    said.retain(|line| !line.is_empty());
    said.sort_unstable();
    seen_last.sort_unstable();
    assert_eq!(seen_last, said);
    assert!(seen("-q").unwrap().contains("12/12 份"));
    for options in ["-qq", "--format json"] {
        assert!(!seen(options).unwrap().contains("/12 份"), "{options}");
    }
}

#[cfg(unix)]
#[test]
fn folders_that_link_in_a_circle_are_read_once() {
    let desk = Desk::new();
    desk.put("in/a.toml", good());
    std::os::unix::fs::symlink(desk.path("in"), desk.path("in/loop")).unwrap();
    std::os::unix::fs::symlink(desk.path("in/a.toml"), desk.path("in/same.toml")).unwrap();
    let ran = desk.run(&["check", "in", "in/a.toml"]);
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (0, "in/a.toml：没有发现问题\n")
    );
}

#[test]
fn subfolders_are_mirrored_and_several_folders_keep_their_names() {
    let desk = Desk::new();
    desk.put("all/教育局/2024.toml", good());
    desk.put(
        "all/民政局/2024.toml",
        sample("青石县教育局", "青石县民政局"),
    );
    let written = |words: &[&str]| {
        let ran = desk.run(&[&["build", "--only", "xlsx"], words].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        let mut files = desk.files();
        files.retain(|name| name.starts_with("out/"));
        fs::remove_dir_all(desk.path("out")).unwrap();
        files
    };
    let mirrored = ["out/教育局/2024.xlsx", "out/民政局/2024.xlsx"];
    assert_eq!(written(&["all"]), mirrored);
    assert_eq!(written(&["all/教育局", "all/民政局"]), mirrored);
    assert_eq!(
        written(&[
            "all/教育局/2024.toml",
            "all/民政局/2024.toml",
            "--name",
            "{organ}{year}年政府信息公开工作年度报告"
        ]),
        [
            "out/青石县教育局2024年政府信息公开工作年度报告.xlsx",
            "out/青石县民政局2024年政府信息公开工作年度报告.xlsx"
        ]
    );
}

#[test]
fn names_of_outputs_are_ones_that_every_system_takes() {
    let desk = Desk::new();
    desk.put("a.toml", sample("青石县教育局", "青石县/教育局"));
    desk.put("b.toml", sample("青石县教育局", "青石县/民政局"));
    let name = |pattern: &str| {
        desk.run(&[
            "build", "a.toml", "b.toml", "--only", "xlsx", "--name", pattern,
        ])
    };
    let ran = name("{stem}:{organ}.");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(ran.out.matches("换成了 _").count(), 1, "{}", ran.out);
    assert!(desk.path("out/a_青石县_教育局.xlsx").exists());
    for pattern in ["", " ", "{name}", "{organ", "organ}"] {
        let ran = name(pattern);
        assert_eq!(ran.status, 2, "{pattern}");
        assert!(ran.err.contains("{organ}"), "{}", ran.err);
    }
}

#[test]
fn of_two_reports_with_one_output_name_the_first_is_built() {
    let desk = Desk::new();
    desk.put("x/a.toml", good());
    desk.put("y/A.toml", good().replace("青石县教育局", "青石县民政局"));
    desk.put("y/b.toml", good());
    let paths = ["x/a.toml", "y/A.toml", "y/b.toml"];
    let ran = desk.run(&[&["build", "--only", "xlsx"], &paths[..]].concat());
    assert_eq!(ran.status, 3);
    let mut written = desk.files();
    written.retain(|name| name.starts_with("out/"));
    assert_eq!(written, ["out/a.xlsx", "out/b.xlsx"]);
    insta::assert_snapshot!(
        ran.err,
        @"错误：y/A.toml：结果文件与 x/a.toml 的同名，这一份没有写；请改文件名，或用 --name '{organ}{year}' 按单位取名，或分两次用不同的 -o 写出"
    );
}

#[test]
fn wrong_usage_is_told_in_chinese_or_english() {
    let desk = Desk::new();
    let mut told = String::new();
    for words in [
        &[] as &[&str],
        &["chekc"],
        &["check"],
        &["check", "a", "--jmp"],
        &["check", "a", "--format", "xml"],
        &["build", "a", "-o"],
        &["new", "--year", "last"],
        &["new", "--year", "2019", "--year", "2020"],
        &["new", "--style", "x", "--lang", "en"],
        &["--lang", "en", "build"],
        &["import", "a", "b"],
        &["new", "--year", "24"],
        &["check", "a", "-j", "0"],
        &["help", "chekc"],
    ] {
        let ran = desk.run(words);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{words:?}");
        told += &format!("$ nianbao {}\n{}\n", words.join(" "), ran.err);
    }
    insta::assert_snapshot!(told);
    let ran = desk.run(&["build", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, &object["code"]), (2, &"usage".into()));
}

#[test]
fn the_language_is_named_anywhere_or_by_a_variable() {
    let desk = Desk::new();
    let english = "error: nowhere: no such file or folder\n";
    for words in [
        &["--lang", "en", "check", "nowhere"] as &[&str],
        &["check", "--lang=en", "nowhere"],
    ] {
        assert!(desk.run(words).err.starts_with(english), "{words:?}");
    }
    let with_variable = |words: &[&str]| {
        let mut command = desk.command(words);
        Ran::of(command.env("NIANBAO_LANG", "en").output().unwrap()).err
    };
    assert!(with_variable(&["check", "nowhere"]).starts_with(english));
    assert!(with_variable(&["chekc"]).starts_with("error: there is no command chekc"));
    assert!(with_variable(&["check", "nowhere", "--lang", "zh"]).starts_with("错误"));
}

#[test]
fn help_fits_a_terminal_of_80_columns() {
    let desk = Desk::new();
    let commands = [
        "",
        "check",
        "build",
        "new",
        "blank",
        "import",
        "rollup",
        "forms",
        "schema",
        "fonts",
        "completions",
        "man",
        "help",
        "version",
    ];
    for name in commands {
        let words: Vec<&str> = [name, "--help"]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect();
        let ran = desk.run(&words);
        assert_eq!(ran.status, 0, "{name}");
        for line in ran.out.lines() {
            let wide = line
                .chars()
                .map(|c| if c as u32 >= 0x2E80 { 2 } else { 1 })
                .sum::<usize>();
            assert!(wide <= 80, "{name}: {wide} {line}");
        }
        if !name.is_empty() {
            assert_eq!(desk.run(&["help", name]).out, ran.out, "{name}");
            assert!(desk.run(&["man", name]).out.contains(".TH"), "{name}");
        }
    }
}

#[test]
fn quiet_leaves_out_what_became_of_each_file_and_keeps_what_became_of_all() {
    let desk = Desk::new();
    many(&desk, 4);
    let ran = desk.run(&["check", "in", "-q"]);
    insta::assert_snapshot!(ran.out, @r"
    3 份完成（其中 1 份有警告），1 份有错误
    提示：in-force-low 1，row-total 1
    没有完成的：
      in/03.toml（1 处错误）
    ");
    let silent = desk.run(&["check", "in", "-qq"]);
    assert_eq!((silent.out.as_str(), silent.err), ("", ran.err));
}

#[test]
fn help_is_in_chinese_first() {
    let desk = Desk::new();
    let mut told = String::new();
    for words in [
        &["--help"] as &[&str],
        &["build", "-h"],
        &["new", "-h"],
        &["blank", "-h"],
    ] {
        let ran = desk.run(words);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        told += &format!("$ nianbao {}\n{}\n", words.join(" "), ran.out);
    }
    insta::assert_snapshot!(told);
    assert!(desk.run(&["--version"]).out.starts_with("nianbao "));
}

#[cfg(unix)]
#[test]
fn a_reader_that_went_away_is_no_failure_and_a_full_disk_is_one() {
    let desk = Desk::new();
    let program = assert_cmd::cargo::cargo_bin("nianbao");
    let shell = |script: &str| {
        let output = std::process::Command::new("bash")
            .args(["-c", script])
            .env("NIANBAO", &program)
            .current_dir(desk.folder.path())
            .output()
            .unwrap();
        Ran::of(output)
    };
    desk.put("a.toml", good());
    for words in ["new", "check a.toml", "fonts", "--help"] {
        let script = format!("\"$NIANBAO\" {words} | true; exit ${{PIPESTATUS[0]}}");
        let ran = shell(&script);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{words}");
    }
    if Path::new("/dev/full").exists() {
        let ran = shell("\"$NIANBAO\" new > /dev/full");
        assert_eq!(ran.status, 3);
        assert_eq!(ran.err, "错误：写不出结果：磁盘已满\n");
    }
}

#[test]
fn completions_know_the_commands_in_every_shell() {
    let desk = Desk::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = desk.run(&["completions", shell]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{shell}");
        for word in ["check", "build", "previous", "system-fonts"] {
            assert!(ran.out.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(desk.run(&["completions", "cmd"]).status, 2);
}

/// The outputs that `build in --resume` with these options writes.
fn resumed(desk: &Desk, options: &[&str]) -> Vec<String> {
    let ran = desk.run(&[&["build", "in", "--resume"], options].concat());
    assert_eq!(ran.status, 0, "{options:?} {}", ran.err);
    let made = ran.out.lines().filter_map(|line| {
        let (place, _) = line.strip_prefix("已写出 out/")?.split_once('（')?;
        Some(place.to_owned())
    });
    made.collect()
}

#[test]
fn a_resumed_build_makes_again_what_is_not_there_or_not_whole() {
    let desk = Desk::new();
    for name in ["a", "b", "c", "d", "e"] {
        desk.put(&format!("in/{name}.toml"), good());
    }
    let read = || -> Vec<_> {
        let mut files = desk.files();
        files.retain(|name| name.starts_with("out/"));
        let files = files.into_iter();
        files
            .map(|name| (fs::read(desk.path(&name)).unwrap(), name))
            .collect()
    };
    assert_eq!(resumed(&desk, &[]).len(), 10);
    let expected = read();
    assert_eq!(resumed(&desk, &[]), [""; 0]);

    let cut = |name: &str, by: u64| {
        let file = fs::File::options()
            .write(true)
            .open(desk.path(name))
            .unwrap();
        file.set_len(file.metadata().unwrap().len() - by).unwrap();
    };
    fs::remove_file(desk.path("out/c.xlsx")).unwrap();
    // As files may look that were written when the power failed.
    fs::write(desk.path("out/d.pdf"), [0; 4096]).unwrap();
    fs::write(desk.path("out/e.xlsx"), []).unwrap();
    let again = ["c.pdf", "c.xlsx", "d.pdf", "d.xlsx", "e.pdf", "e.xlsx"];
    assert_eq!(resumed(&desk, &[]), again);
    assert!(read() == expected);

    // What was cut short can't be told from a file of somebody's.
    cut("out/a.pdf", 1);
    cut("out/b.xlsx", 30);
    let ran = desk.run(&["build", "in", "--resume"]);
    assert_eq!(ran.status, 3);
    assert!(
        ran.err.contains("out/a.pdf") && ran.err.contains("out/b.xlsx"),
        "{}",
        ran.err
    );
    let again = ["a.pdf", "a.xlsx", "b.pdf", "b.xlsx"];
    assert_eq!(resumed(&desk, &["--force"]), again);
    assert!(read() == expected);
}

#[test]
fn a_resumed_build_makes_again_what_is_older_than_anything_that_it_is_made_of() {
    let desk = Desk::new();
    let with_text = sample("[text]\n", "[text]\nopening = { file = \"opening.txt\" }\n");
    desk.put("in/opening.txt", "开头一段。");
    desk.put("in/a.toml", with_text);
    desk.put("in/b.toml", sample("青石县教育局", "青石县民政局"));
    assert_eq!(resumed(&desk, &[]).len(), 4);

    desk.put("in/b.toml", sample("青石县教育局", "青石县财政局"));
    assert_eq!(resumed(&desk, &[]), ["b.pdf", "b.xlsx"]);
    desk.put("in/opening.txt", "开头另一段。");
    assert_eq!(resumed(&desk, &[]), ["a.pdf", "a.xlsx"]);

    // Last year's report, of the one whose it is.
    let last_year = sample("year   = 2024", "year   = 2023");
    let last_year = last_year.replace("2025-01-16", "2024-01-16");
    desk.put("previous/a.toml", last_year);
    let previous = ["--previous", "previous"];
    assert_eq!(resumed(&desk, &previous), ["a.pdf", "a.xlsx"]);
    assert_eq!(resumed(&desk, &previous), [""; 0]);

    // What all reports are made with.
    let style = "[sizes]\ntitle = 21\n".to_owned();
    let form = crate::common::project_file("src/form/2021.toml");
    for (option, file, text) in [
        ("--style", "style.toml", style),
        ("--form", "form.toml", form),
    ] {
        desk.put(file, text);
        assert_eq!(resumed(&desk, &[option, file]).len(), 4, "{option}");
        assert_eq!(resumed(&desk, &[option, file]), [""; 0], "{option}");
    }
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    fs::create_dir(desk.path("fonts")).unwrap();
    let kai = "FandolKai-Regular.ttf";
    fs::copy(fonts.join(kai), desk.path("fonts").join(kai)).unwrap();
    assert_eq!(resumed(&desk, &["--fonts", "fonts"]).len(), 4);
    assert_eq!(resumed(&desk, &["--fonts", "fonts"]), [""; 0]);
    assert_eq!(resumed(&desk, &["--only", "xlsx"]), [""; 0]);
}

#[test]
fn a_resumed_build_of_another_program_makes_everything_again() {
    let desk = Desk::new();
    desk.put("in/a.toml", good());
    assert_eq!(resumed(&desk, &[]).len(), 2);
    let program = desk.path("nianbao");
    fs::copy(assert_cmd::cargo::cargo_bin("nianbao"), &program).unwrap();
    let run = std::process::Command::new(program)
        .args(["build", "in", "--resume"])
        .env_remove("NIANBAO_FONTS")
        .current_dir(desk.folder.path())
        .output();
    let ran = Ran::of(run.unwrap());
    assert_eq!(ran.out.matches("已写出").count(), 2, "{}", ran.out);
}

#[test]
fn a_workbook_that_someone_saved_since_is_theirs() {
    let desk = Desk::new();
    desk.put("in/a.toml", good());
    assert_eq!(resumed(&desk, &["--only", "xlsx"]), ["a.xlsx"]);
    assert!(desk.run(&["check", "."]).out.starts_with("另有 1 份"));
    // Excel, WPS and LibreOffice keep a workbook's own properties and say when they saved it.
    let before = fs::read(desk.path("out/a.xlsx")).unwrap();
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(before)).unwrap();
    let mut saved = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut part, &mut content).unwrap();
        if name == "docProps/core.xml" {
            let (before, rest) = content.rsplit_once("T00:00:00Z").unwrap();
            content = format!("{before}T08:30:00Z{rest}");
        }
        let options = zip::write::SimpleFileOptions::default();
        saved.start_file(name, options).unwrap();
        std::io::Write::write_all(&mut saved, content.as_bytes()).unwrap();
    }
    desk.put("out/a.xlsx", saved.finish().unwrap().into_inner());
    assert_eq!(resumed(&desk, &["--only", "xlsx"]), [""; 0]);
    assert!(
        desk.run(&["check", "."])
            .out
            .ends_with("2 份完成，0 份有错误\n")
    );
}

#[test]
fn a_folder_s_own_workbooks_are_not_its_data_files_twice() {
    let desk = Desk::new();
    desk.put("甲/2024.toml", good());
    desk.put(
        "乙/2024.toml",
        good().replace("青石县教育局", "青石县民政局"),
    );
    for office in ["甲", "乙"] {
        let output = format!("{office}/out");
        assert_eq!(
            desk.run(&["build", office, "--only", "xlsx", "-o", &output])
                .status,
            0
        );
    }
    let looked_at = |words: &[&str]| desk.run(&[&["check"], words].concat()).out;
    insta::assert_snapshot!(looked_at(&["."]), @r"
    另有 2 份由 build 写出的工作簿，它们的数据文件已在其中，不重复看
    ./乙/2024.toml：没有发现问题
    ./甲/2024.toml：没有发现问题
    2 份完成，0 份有错误
    ");
    // Another office's workbook of the same name is another report, and so is one without its data
    // file.
    fs::remove_file(desk.path("乙/2024.toml")).unwrap();
    insta::assert_snapshot!(looked_at(&["."]), @r"
    另有 1 份由 build 写出的工作簿，它们的数据文件已在其中，不重复看
    ./乙/out/2024.xlsx：批注会印在表下：主动公开!B4“其中修订1件”
    ./乙/out/2024.xlsx：没有发现问题
    ./甲/2024.toml：没有发现问题
    2 份完成，0 份有错误
    ");
    assert!(looked_at(&["甲/2024.toml", "甲/out/2024.xlsx"]).contains("2 份完成"));
}
