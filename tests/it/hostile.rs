//! Files that nobody means to write, and some that somebody means ill with: the program ends with
//! a finding that says where, never with a panic and never without a word.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

fn sample() -> String {
    let path = format!("{}/samples/qingshi-2024.toml", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap()
}

/// The sample with one part of it written differently.
fn changed(from: &str, to: &str) -> String {
    let text = sample();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// The sample with another overview.
fn overview(value: &str) -> String {
    let text = sample();
    let (before, rest) = text.split_once("overview = \"\"\"").unwrap();
    let (_, after) = rest.split_once("\"\"\"").unwrap();
    format!("{before}overview = {value}{after}")
}

/// What `check` says of a file, with its exit status.
fn check(folder: &Path, content: &[u8]) -> (i32, String) {
    fs::write(folder.join("r.toml"), content).unwrap();
    let output = Command::cargo_bin("nianbao")
        .unwrap()
        .args(["check", "r.toml", "-q"])
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!told.contains("panicked"), "{told}");
    (output.status.code().expect("an exit status"), told)
}

/// Asserts that a file is refused with one finding that has this code, and these words.
fn refused(content: impl AsRef<[u8]>, code: &str, words: &str) {
    let folder = TempDir::new().unwrap();
    refused_in(folder.path(), content.as_ref(), code, words);
}

fn refused_in(folder: &Path, content: &[u8], code: &str, words: &str) {
    let (status, told) = check(folder, content);
    assert_eq!(status, 1, "{code} {words}: {told}");
    assert!(
        told.starts_with(&format!("错误[{code}]")),
        "{code} {words}: {told}"
    );
    assert!(told.contains(words), "{words}: {told}");
    assert_eq!(told.matches("错误[").count(), 1, "{told}");
    assert!(told.contains("--> ") && told.contains("改法"), "{told}");
}

fn accepted(content: impl AsRef<[u8]>) {
    let folder = TempDir::new().unwrap();
    let (status, told) = check(folder.path(), content.as_ref());
    assert_eq!((status, told.as_str()), (0, ""));
}

#[test]
fn brackets_without_end() {
    refused("[".repeat(1_000_000), "syntax", "太多");
    refused("[".repeat(100_000), "syntax", "方括号没有配对");
    refused(format!("a = {}", "[".repeat(100_000)), "syntax", "嵌套");
    refused(format!("a = {}", "{a=".repeat(100_000)), "syntax", "嵌套");
    let folder = TempDir::new().unwrap();
    let lines = format!("a = [\n{}", "[\n".repeat(200_000));
    let (status, told) = check(folder.path(), lines.as_bytes());
    assert_eq!(status, 1);
    assert!(told.contains("嵌套"), "{told}");
    assert!(told.len() < 10_000, "{} bytes of findings", told.len());
}

#[test]
fn a_section_of_one_line_with_thousands_of_characters() {
    let line = "本机关依法公开政府信息，".repeat(420);
    accepted(overview(&format!("\"{line}。\"")));
    accepted(overview(&format!("\"{}\"", "增长3.5%，".repeat(100))));
}

#[test]
fn figures_of_many_digits() {
    for digits in ["123456789", "999999999999"] {
        let figure = changed("decisions = 358", &format!("decisions = {digits}"));
        accepted(figure.replace("决定358件", &format!("决定{digits}件")));
    }
    for digits in ["1000000000000", "99999999999999999999999999999999"] {
        refused(
            changed("decisions = 358", &format!("decisions = {digits}")),
            "not-a-count",
            "最大 999999999999",
        );
    }
    refused(
        changed("amount = 128.6450", "amount = 0.1234567890123456789"),
        "not-an-amount",
        "位数太多",
    );
}

#[test]
fn rare_characters_in_a_name() {
    accepted(changed("李堃", "李𬭚"));
}

#[test]
fn characters_that_cannot_be_seen() {
    for (escaped, code) in [
        ("\\u0007", "U+0007"),
        ("\\u202e", "U+202E"),
        ("\\ufeff", "U+FEFF"),
    ] {
        refused(
            overview(&format!("\"一段{escaped}文字\"")),
            "missing-glyph",
            code,
        );
    }
    // Turned round, the line would read as another in the finding itself.
    let told = {
        let folder = TempDir::new().unwrap();
        check(folder.path(), overview("\"一段\u{202e}文字\"").as_bytes()).1
    };
    assert!(
        told.contains("U+202E") && !told.contains('\u{202e}'),
        "{told}"
    );
    for c in ['\0', '\u{7}', '\u{c}', '\u{1b}'] {
        let told = format!("U+{:04X}", c as u32);
        refused(overview(&format!("\"一段{c}文字\"")), "syntax", &told);
    }
}

#[cfg(unix)]
#[test]
fn text_files_outside_the_folder() {
    let folder = TempDir::new().unwrap();
    let desk = folder.path().join("desk");
    fs::create_dir_all(desk.join("folder.txt")).unwrap();
    fs::write(folder.path().join("secret.txt"), "外面的文字").unwrap();
    std::os::unix::fs::symlink("../secret.txt", desk.join("link.txt")).unwrap();
    fs::write(desk.join("cut.txt"), b"\xc4\xea\xb1").unwrap();
    for (name, code, words) in [
        (
            "../../etc/passwd",
            "bad-reference",
            "不在数据文件的文件夹里",
        ),
        ("../secret.txt", "bad-reference", "不在数据文件的文件夹里"),
        ("/etc/passwd", "bad-reference", "不在数据文件的文件夹里"),
        ("link.txt", "bad-reference", "不在数据文件的文件夹里"),
        ("folder.txt", "bad-reference", "不是文件"),
        ("none.txt", "bad-reference", "没有这个文件"),
        ("cut.txt", "syntax", "UTF-8"),
    ] {
        let text = overview(&format!("{{ file = \"{name}\" }}"));
        refused_in(&desk, text.as_bytes(), code, words);
        let told = check(&desk, text.as_bytes()).1;
        assert!(!told.contains("外面的文字"), "{told}");
        assert!(!told.contains(&*folder.path().to_string_lossy()), "{told}");
    }
}

#[test]
fn a_text_that_says_nothing_is_told_of() {
    refused(overview("{ }"), "missing-key", "text.overview");
    refused(overview("\"\""), "missing-key", "“一、总体情况”没有内容");
    refused(
        overview("\"新收{{requests.new.total件\""),
        "bad-reference",
        "}}",
    );
}

#[test]
fn years_that_are_none() {
    for year in [
        "99999999999",
        "-1",
        "2019.5",
        "\"2024\"",
        "2024-01-01",
        "0x7e8",
    ] {
        refused(
            changed("year   = 2024", &format!("year = {year}")),
            "wrong-type",
            "四位数",
        );
    }
}

#[test]
fn days_that_are_none() {
    for (date, words) in [
        ("2025-02-30", "日历上没有"),
        ("2025-1-16", "写成 2025-01-16"),
        ("2025年1月16日", "写成 2025-01-16"),
        ("2025.1.16", "写成 2025-01-16"),
        ("\"2025-1-16\"", "写成 2025-01-16"),
        ("2025-01-16T08:00:00", "写成 2025-01-16"),
    ] {
        refused(
            changed("date = 2025-01-16", &format!("date = {date}")),
            "bad-date",
            words,
        );
    }
}

#[test]
fn a_name_without_end_and_a_unit_that_is_none() {
    let name = format!("name   = \"{}\"", "青".repeat(10_000));
    refused(
        changed("name   = \"青石县教育局\"", &name),
        "wrong-length",
        "有 10000 个字，最多 120 个",
    );
    refused(
        changed(
            "decisions = 358",
            "decisions = { value = 358, unit = \"\\\"\" }",
        ),
        "wrong-type",
        "不是单位",
    );
}

#[test]
fn tables_where_figures_should_be() {
    refused(
        changed("decisions = 358", "decisions = { value = { value = 358 } }"),
        "wrong-type",
        "应当是数字",
    );
    refused(
        changed("[requests]", "[[requests]]"),
        "wrong-type",
        "写成 [requests]",
    );
    refused(
        changed("[  27,    4,    1,    2,    3,    1,   38]", "38"),
        "wrong-type",
        "写成 new = [0, 0, 0, 0, 0, 0]",
    );
}

#[test]
fn a_key_that_is_given_twice() {
    refused(
        changed("script = \"hans\"", "year = 2024\nscript = \"hans\""),
        "syntax",
        "删去其中一处",
    );
}

#[test]
fn a_form_that_does_not_serve_the_year_is_one_finding() {
    refused(
        changed("form   = \"2021\"", "form   = \"2019\""),
        "wrong-form",
        "form = \"2021\"",
    );
}

#[test]
fn line_breaks_and_marks_of_other_systems() {
    let windows = sample().replace('\n', "\r\n");
    accepted(&windows);
    accepted([b"\xef\xbb\xbf", windows.as_bytes()].concat());
    accepted(sample().replace("    ", "\t"));
    let wide = windows.replace("decisions = 358", "decisions = ３５８");
    let folder = TempDir::new().unwrap();
    let (status, told) = check(folder.path(), wide.as_bytes());
    assert_eq!(status, 1);
    // The break is no part of the line that is shown.
    assert!(!told.contains(['\r', '␍']), "{told}");
    refused(sample().replace('\n', "\r"), "syntax", "换行");
}

#[test]
fn files_in_other_encodings() {
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(sample().encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let sample = sample();
    let (gbk, _, _) = encoding_rs::GBK.encode(&sample);
    for bytes in [&utf16[..], &gbk] {
        let folder = TempDir::new().unwrap();
        let (status, told) = check(folder.path(), bytes);
        assert_eq!((status, told.as_str()), (0, ""));
    }
    let (big5, _, _) = encoding_rs::BIG5.encode("name = \"柳北區文化體育廣電和旅游局\"");
    refused(&big5, "syntax", "UTF-8");
    refused(b"%PDF-1.7\n", "syntax", "PDF");
}

/// Whatever is wrong with a file, a person can read what is said of it.
#[test]
fn thousands_of_faults_are_told_in_a_few_screens() {
    let quotes = "{{a}}".repeat(30_000);
    let rare: String = (0..50_000)
        .filter_map(|at| char::from_u32(0xF_0000 + at))
        .collect();
    for (what, content) in [
        ("lines that are no TOML", "a\n".repeat(200_000)),
        (
            "keys given twice",
            format!("{}zz = 1\n", sample()) + &"zz = 1\n".repeat(50_000),
        ),
        (
            "unknown keys",
            sample()
                + &(0..50_000)
                    .map(|at| format!("k{at} = 1\n"))
                    .collect::<String>(),
        ),
        (
            "figures that no table has",
            overview(&format!("\"{quotes}\"")),
        ),
        (
            "characters that no font has",
            overview(&format!("\"{rare}\"")),
        ),
    ] {
        let folder = TempDir::new().unwrap();
        let (status, told) = check(folder.path(), content.as_bytes());
        assert_eq!(status, 1, "{what}");
        assert!(
            told.contains("从这里起没有再列出"),
            "{what}: {}",
            told.len()
        );
        assert!(told.matches("错误[").count() <= 201, "{what}");
        assert!(told.len() < 200_000, "{what}: {} bytes", told.len());
    }
}

#[test]
fn a_file_of_nothing_but_lines() {
    refused("a\n".repeat(1_000_000), "syntax", "太多");
    refused("\n".repeat(8_000_000), "syntax", "太多");
    refused(
        changed(
            "[  27,    4,    1,",
            &format!("[{}", "1,".repeat(1_000_000)),
        ),
        "syntax",
        "太多",
    );
}

#[test]
fn a_key_without_end() {
    let key = "k".repeat(3_000_000);
    let folder = TempDir::new().unwrap();
    let (status, told) = check(folder.path(), format!("{key} = 1\n{}", sample()).as_bytes());
    assert_eq!(status, 1);
    assert!(told.starts_with("错误[unknown-key]"), "{}", told.len());
    assert!(told.len() < 5_000, "{}", told.len());
}

#[test]
fn a_figure_of_four_hundred_digits_and_a_text_of_too_many_characters() {
    refused(
        changed(
            "decisions = 358",
            &format!("decisions = {}", "9".repeat(400)),
        ),
        "not-a-count",
        "位数太多",
    );
    refused(
        overview(&format!("\"{}\"", "字".repeat(200_001))),
        "wrong-length",
        "最多 200000 个字",
    );
    refused(vec![b' '; 16 * 1024 * 1024 + 1], "syntax", "16 MB");
}

#[cfg(unix)]
#[test]
fn a_link_to_itself() {
    let folder = TempDir::new().unwrap();
    std::os::unix::fs::symlink("loop.txt", folder.path().join("loop.txt")).unwrap();
    std::os::unix::fs::symlink(".", folder.path().join("here")).unwrap();
    let text = overview("{ file = \"loop.txt\" }");
    refused_in(folder.path(), text.as_bytes(), "bad-reference", "不能读");
    let deep = format!("{}loop.txt", "here/".repeat(45));
    let text = overview(&format!("{{ file = \"{deep}\" }}"));
    refused_in(folder.path(), text.as_bytes(), "bad-reference", "不能读");
}

/// What `check` says of the sample with a form file.
fn check_form(form: &str) -> (i32, String) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("form.toml"), form).unwrap();
    fs::write(folder.path().join("r.toml"), sample()).unwrap();
    let output = Command::cargo_bin("nianbao")
        .unwrap()
        .args(["check", "r.toml", "--form", "form.toml", "-q"])
        .current_dir(folder.path())
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!told.contains("panicked"), "{told}");
    (output.status.code().expect("an exit status"), told)
}

/// Rules and tables that a few bytes ask for and that no memory would hold.
#[test]
fn form_files_that_ask_for_too_much() {
    let form = |columns: &str, series: &str, rows: &str, rest: &str| {
        format!(
            "id = \"f\"\nyears = [2014]\nissued_by = \"通知\"\ntitle = \"报告\"\n\
             section = [{{ heading = \"一、表\", table = \"t\" }}]\n\
             [[table]]\nid = \"t\"\nsheet = \"表\"\ncolumns = {columns}\nseries = [{series}]\n\
             rows = [{rows}]\n{rest}"
        )
    };
    let rule = |kind: &str, formula: &str| {
        format!("[[rule]]\ncode = \"r\"\nzh = \"规则\"\nen = \"rule\"\n{kind} = \"{formula}\"\n")
    };
    let rows: String = (0..1600)
        .map(|row| format!("[{{ label = \"行\" }}, {{ figures = \"r{row}\" }}],"))
        .collect();
    let table = |rest: &str| form("4", "\"x\", \"y\", \"z\"", &rows, rest);
    let sums = vec!["t.*.x"; 1000].join(",");
    let sections: String = (0..10_000)
        .map(|at| format!("[[section]]\nheading = \"节\"\ntext = \"t{at}\"\n"))
        .collect();
    let chain = |last: usize| -> String {
        let next = |row: usize| {
            rule(
                "compute",
                &format!("t.r{row}.x = t.r{}.x", (row + 1) % last),
            )
        };
        (0..1599).map(next).collect()
    };
    let figure = "[{ figure = \"a\" }]";
    for (what, form, words) in [
        (
            "sums of sums",
            table(&rule("check", &format!("t.@r.x = sum({sums})"))),
            "太多",
        ),
        (
            "many rules",
            table(&rule("check", "t.@r.x >= t.@r.y").repeat(2_000)),
            "太多",
        ),
        ("a circle of rules", table(&chain(1599)), "互相循环"),
        (
            "brackets",
            table(&rule("check", &"(".repeat(5_000))),
            "嵌套太深",
        ),
        (
            "sections",
            table("").replace("section = [{ heading = \"一、表\", table = \"t\" }]\n", "")
                + &sections,
            "节太多",
        ),
        (
            "columns",
            form(
                "99999999999",
                "\"x\"",
                "[{ figure = \"a\", columns = 99999999999 }]",
                "",
            ),
            "太大",
        ),
        (
            "rows of a cell",
            form(
                "2",
                "\"x\"",
                "[{ label = \"a\", rows = 9223372036854775807 }, { figure = \"a\" }]",
                "",
            ),
            "超出最下一行",
        ),
        (
            "a key",
            form(
                "1",
                "\"x\"",
                &figure.replace("\"a\"", &format!("\"{}\"", "k".repeat(1_000_000))),
                "",
            ),
            "不能用",
        ),
        (
            "a wording",
            form(
                "2",
                "\"x\"",
                &format!(
                    "[{{ label = \"{}\" }}, {{ figure = \"a\" }}]",
                    "长".repeat(100_000)
                ),
                "",
            ),
            "2000 characters",
        ),
        ("lines", "a\n".repeat(1_000_000), "太多"),
    ] {
        let (status, told) = check_form(&form);
        assert_eq!(status, 1, "{what}: {told}");
        assert!(told.starts_with("错误[form-file]"), "{what}: {told}");
        assert!(told.contains(words), "{what}: {told}");
        assert!(
            told.contains("form.toml") && told.contains("改法"),
            "{what}: {told}"
        );
        assert!(told.len() < 100_000, "{what}: {} bytes", told.len());
    }
    // A long chain is none of that: each figure is made of the next.
    let (_, told) = check_form(&table(&chain(usize::MAX)));
    assert!(!told.contains("form-file"), "{told}");
}
