//! The program as people start it who know no commands: files dropped on it, a double click.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

fn sample() -> String {
    let path = format!("{}/samples/qingshi-2024.toml", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap()
}

/// The program in a folder of its own, with nobody's screen or state.
fn run(folder: &TempDir, words: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("nianbao").unwrap();
    command.args(words).current_dir(folder.path());
    for name in [
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "BROWSER",
        "WSL_DISTRO_NAME",
        "NIANBAO_LANG",
    ] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn dropped_files_are_built_beside_themselves() {
    let folder = tempfile::tempdir().unwrap();
    for unit in ["甲", "乙"] {
        fs::create_dir(folder.path().join(unit)).unwrap();
        fs::write(folder.path().join(unit).join("报告.toml"), sample()).unwrap();
    }
    // One name in two folders is two reports.
    let ran = run(&folder, &["甲/报告.toml", "乙/报告.toml"]);
    assert_eq!(ran.0, 0, "{}", ran.2);
    for unit in ["甲", "乙"] {
        assert_eq!(
            names(&folder.path().join(unit)),
            ["报告.pdf", "报告.toml", "报告.xlsx"]
        );
    }
    assert_eq!(names(folder.path()), ["乙", "甲"]);
    // As `build` makes them.
    let built = run(&folder, &["build", "甲/报告.toml", "-o", "out"]);
    assert_eq!(built.0, 0, "{}", built.2);
    for name in ["报告.pdf", "报告.xlsx"] {
        let read = |below: &str| fs::read(folder.path().join(below).join(name)).unwrap();
        assert!(read("甲") == read("out"), "{name}");
    }
}

#[test]
fn a_dropped_workbook_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.toml"), sample()).unwrap();
    assert_eq!(run(&folder, &["build", "in.toml", "-o", "."]).0, 0);
    fs::rename(
        folder.path().join("in.xlsx"),
        folder.path().join("填报.xlsx"),
    )
    .unwrap();
    fs::remove_file(folder.path().join("in.pdf")).unwrap();
    let before = fs::read(folder.path().join("填报.xlsx")).unwrap();
    for _ in 0..2 {
        let ran = run(&folder, &["填报.xlsx"]);
        assert_eq!(ran.0, 0, "{}", ran.2);
        assert_eq!(
            names(folder.path()),
            ["in.toml", "填报-报送.pdf", "填报-报送.xlsx", "填报.xlsx"]
        );
    }
    assert!(fs::read(folder.path().join("填报.xlsx")).unwrap() == before);
}

#[test]
fn a_report_dropped_with_its_outputs_is_one_report() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("2024.toml"), sample()).unwrap();
    let all = ["2024.pdf", "2024.toml", "2024.xlsx"];
    for words in [&["2024.toml"] as &[&str], &all] {
        let ran = run(&folder, words);
        assert_eq!(ran.0, 0, "{}", ran.2);
        assert_eq!(names(folder.path()), all);
    }
    assert_eq!(run(&folder, &["2024.pdf"]).0, 1);
}

#[test]
fn what_lies_beside_a_dropped_file_and_is_somebody_s_stays() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("2024.toml"), sample()).unwrap();
    fs::write(folder.path().join("2024.pdf"), "the signed one").unwrap();
    let (status, _, told) = run(&folder, &["2024.toml"]);
    assert_eq!(status, 3);
    assert!(told.contains("2024.pdf：已经有这个文件"), "{told}");
    assert_eq!(names(folder.path()), ["2024.pdf", "2024.toml"]);
    assert_eq!(
        fs::read(folder.path().join("2024.pdf")).unwrap(),
        b"the signed one"
    );
}

#[test]
fn a_word_is_a_file_where_there_is_one_or_it_is_called_like_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("check"), sample()).unwrap();
    fs::write(folder.path().join("notes"), "x").unwrap();
    let told = |words: &[&str]| run(&folder, words).2;
    assert!(told(&["2042.toml"]).starts_with("错误：2042.toml：没有这个文件"));
    assert!(told(&["chekc"]).starts_with("错误：没有 chekc 这个命令"));
    assert!(told(&["check"]).starts_with("错误：缺少 <PATH>"));
    assert!(told(&["notes"]).contains("notes"));
    // Nobody sees a page, and nothing is made: this is a script that has forgotten its words.
    let (status, _, told) = run(&folder, &[]);
    assert_eq!(status, 2);
    assert!(told.starts_with("错误：缺少命令"), "{told}");
    assert_eq!(names(folder.path()), ["check", "notes"]);
}

/// The window that a file manager opens for a program closes with it.
#[cfg(target_os = "linux")]
#[test]
fn only_a_window_opened_for_the_program_waits_until_it_has_been_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("2024.toml"), sample()).unwrap();
    let program = assert_cmd::cargo::cargo_bin("nianbao");
    let seen = |command: &str| {
        // script (util-linux) gives the program a terminal; its own input is at its end.
        let output = std::process::Command::new("script")
            .args(["-qec", command, "/dev/null"])
            .env("DISPLAY", ":0")
            .current_dir(folder.path())
            .output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let program = program.display();
    let Ok(alone) = seen(&format!("exec '{program}' 2024.toml")) else {
        return;
    };
    if alone.contains("invalid option") {
        return;
    }
    assert!(
        alone.contains("已写出") && alone.contains("按回车键关闭"),
        "{alone}"
    );
    let in_a_shell = seen(&format!("'{program}' 2024.toml; true")).unwrap();
    assert!(in_a_shell.contains("已写出"), "{in_a_shell}");
    assert!(!in_a_shell.contains("按回车键关闭"), "{in_a_shell}");
    let typed = seen(&format!("exec '{program}' build --beside 2024.toml")).unwrap();
    assert!(
        typed.contains("已写出") && !typed.contains("按回车键关闭"),
        "{typed}"
    );
}

#[test]
fn the_page_of_instructions_names_buttons_that_there_are() {
    let read = |path: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        fs::read_to_string(path).unwrap()
    };
    let shown = read("src/desk/page/mod.rs") + &read("src/desk/page/report.rs");
    for system in ["windows", "linux"] {
        let instructions = read(&format!("dist/使用说明-{system}.txt"));
        for button in ["写出文件", "还差 … 处", "看一看", "结束"] {
            assert!(
                instructions.contains(&format!("“{button}”")),
                "{system}: {button}"
            );
            let (first, last) = button.split_once('…').unwrap_or((button, ""));
            assert!(
                shown.contains(&format!("\"{first}")) && shown.contains(last),
                "{button}"
            );
        }
    }
}
