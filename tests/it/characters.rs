//! Characters that are not what they look like, in names, texts, notes and forms; and bodies whose name
//! is typed in more than one way.

use std::fs;

use crate::common::units::unit;
use crate::common::{project_file, read, shown};
use crate::properties::covers;
use assert_cmd::Command;
use nianbao::form::Form;
use nianbao::text::{Finding, Findings, Severity, Source};

/// The sample with one thing replaced.
fn sample(from: &str, to: &str) -> String {
    let text = project_file("samples/qingshi-2024.toml");
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// What is found in a report that is to be printed.
fn found(text: &str) -> Findings {
    let report = read(text).unwrap_or_else(|findings| panic!("{}", shown(&findings)));
    let checked = report.check(None, covers);
    checked.map_or_else(|findings| findings, |checked| checked.warnings().clone())
}

/// The only finding about characters.
fn about_characters(findings: &Findings) -> &Finding {
    let mut about = findings
        .iter()
        .filter(|finding| finding.code.as_str() == "missing-glyph");
    let first = about
        .next()
        .unwrap_or_else(|| panic!("{}", shown(findings)));
    assert_eq!(about.next(), None);
    first
}

#[test]
fn a_character_that_only_looks_like_another_is_told_with_both_wherever_it_stands() {
    for (from, to) in [
        ("name   = \"青石县教育局\"", "name   = \"青⽯县教育局\""),
        ("address  = \"青石县", "address  = \"青⽯县"),
        ("严格执行主动公开", "青⽯县执行主动公开"),
        ("其中修订1件", "青⽯县的文件"),
    ] {
        let findings = found(&sample(from, to));
        let finding = about_characters(&findings);
        assert!(finding.is_error(), "{to}");
        for said in [&finding.message.zh, &finding.message.en] {
            for part in ["⽯", "U+2F6F", "石", "U+77F3"] {
                assert!(said.contains(part), "{to}: {said}");
            }
        }
    }
    // Each kind, one finding for all of a paragraph.
    let findings = found(&sample(
        "严格执行主动公开",
        "⻓期以来，⾦融、\u{f90a}融、⻔户网站",
    ));
    let said = &about_characters(&findings).message.zh;
    for part in [
        "长”（U+957F",
        "金”（U+91D1",
        "U+2FA6",
        "U+F90A",
        "门”（U+95E8",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn what_nobody_sees_is_called_that_and_has_a_remedy() {
    for c in [
        '\u{ad}',
        '\u{200b}',
        '\u{feff}',
        '\u{fe0f}',
        '\u{e0100}',
        '\u{202e}',
        '\u{2002}',
        '\u{2003}',
        '\u{fffe}',
    ] {
        let findings = found(&sample("严格执行主动", &format!("严格{c}执行主动")));
        let finding = about_characters(&findings);
        let code = format!("看不见的字符（U+{:04X}）", c as u32);
        assert!(finding.message.zh.contains(&code), "{}", finding.message.zh);
        let remedy = &finding.remedy.as_ref().unwrap().zh;
        assert!(remedy.starts_with("删去它"), "{remedy}");
        assert!(finding.is_error());
    }
    for (c, word) in [('\u{fffd}', "丢失"), ('\u{e815}', "造字")] {
        let findings = found(&sample("严格执行主动", &format!("严格{c}执行主动")));
        let finding = about_characters(&findings);
        assert!(finding.message.zh.contains(word), "{}", finding.message.zh);
    }
}

/// What is only added up is not printed; but no workbook can be written of what XML forbids.
#[test]
fn where_nothing_is_printed_odd_characters_are_doubts_unless_they_break_a_workbook() {
    for (c, severity) in [
        ('⽯', Severity::Warning),
        ('\u{ad}', Severity::Warning),
        ('\u{2003}', Severity::Warning),
        ('\u{fffe}', Severity::Error),
        ('\u{1ffff}', Severity::Error),
    ] {
        let report = read(&sample("严格执行主动", &format!("严格{c}执行主动"))).unwrap();
        let checked = report.check(None, |_| true);
        let findings = checked.map_or_else(|f| f, |checked| checked.warnings().clone());
        assert_eq!(
            about_characters(&findings).severity,
            severity,
            "{:04X}",
            c as u32
        );
    }
}

#[test]
fn separators_of_lines_and_paragraphs_end_a_paragraph() {
    let count = |text: &str| {
        let report = read(text).unwrap();
        report.worded().count()
    };
    let plain = count(&project_file("samples/qingshi-2024.toml"));
    for separator in ['\u{2028}', '\u{2029}'] {
        let text = sample("严格执行", &format!("依法公开。{separator}严格执行"));
        assert_eq!(count(&text), plain + 1);
        assert!(
            found(&text)
                .iter()
                .all(|finding| finding.code.as_str() != "missing-glyph")
        );
    }
}

#[test]
fn braces_that_quote_nothing_are_never_printed_as_they_are() {
    for typed in [
        "｛｛requests.new.total｝｝",
        "{requests.new.total}",
        "｛requests.new.total｝",
        "{requests.new.total}}",
        "｛{requests.new.total}｝",
        "｛｛ｒｅｑｕｅｓｔｓ．ｎｅｗ．ｔｏｔａｌ｝｝",
        "{ requests.new.total",
        "requests.new.total}}",
        "｛｛新收总数｝｝",
        "{{requests.new.total}}件，上年{requests.new.total}",
    ] {
        let findings = found(&sample(
            "严格执行主动",
            &format!("本年{typed}件。严格执行主动"),
        ));
        assert!(
            findings
                .iter()
                .any(|f| f.code.as_str() == "bad-reference" && f.is_error()),
            "{typed}: {}",
            shown(&findings)
        );
    }
    // Notes and names quote nothing.
    let findings = found(&sample("其中修订1件", "共{{requests.new.total}}件"));
    assert!(findings.any_error(), "{}", shown(&findings));
    let findings = found(&sample("严格执行主动", "{单位名称}严格执行主动"));
    let codes: Vec<&str> = findings.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, ["template-text"]);
    let findings = found(&sample(
        "严格执行主动",
        "{{requests.new.total}}件，严格执行主动",
    ));
    assert!(findings.is_empty(), "{}", shown(&findings));
}

#[test]
fn a_form_with_a_character_that_no_workbook_has_is_no_form() {
    let form = project_file("samples/forms/tongjibiao-2014.toml");
    for (c, escape) in [
        ('\u{fffe}', "\\uFFFE"),
        ('\u{ffff}', "\\uFFFF"),
        ('\u{1}', "\\u0001"),
        ('\u{1f}', "\\u001F"),
        ('\u{7f}', "\\u007F"),
        ('\u{1ffff}', "\\U0001FFFF"),
        ('\u{200b}', "\u{200b}"),
        ('⽯', "⽯"),
    ] {
        // Into each text of the file.
        let mut tried = 0;
        for (at, _) in form
            .match_indices("= \"")
            .chain(form.match_indices("[\""))
            .step_by(7)
        {
            let open = at + form[at..].find('"').unwrap() + 1;
            let text = format!("{}{escape}{}", &form[..open], &form[open..]);
            let findings = Form::read(Source::new("form.toml", text)).unwrap_err();
            let code = format!("U+{:04X}", c as u32);
            let told = |f: &Finding| f.code.as_str() == "form-file" && f.message.zh.contains(&code);
            assert!(findings.iter().any(told), "{}", shown(&findings));
            tried += 1;
        }
        assert!(tried > 10, "{tried}");
    }
}

fn nianbao(folder: &std::path::Path) -> Command {
    let mut command = Command::cargo_bin("nianbao").unwrap();
    command.current_dir(folder);
    command
}

#[test]
fn one_body_is_one_body_however_its_name_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("units")).unwrap();
    for (number, name) in (1..).zip([
        "青石县文化局（本级）",
        "青石县文化局(本级)",
        "青⽯县⽂化局（本级）",
        "青石县　文化局（本级）",
        "青石县\u{200b}文化局（本级）",
        "青石县文化馆",
    ]) {
        let text = unit(number, name).text;
        fs::write(folder.path().join(format!("units/{number}.toml")), text).unwrap();
    }
    let list = "序号\t单位名称\t联系人\n1\t青石县文化局(本级)\t张三\n2\t青石县 文化馆\t李四\n";
    fs::write(folder.path().join("list.txt"), list).unwrap();
    let done = nianbao(folder.path())
        .args([
            "rollup",
            "units",
            "-o",
            "sums.xlsx",
            "--expected",
            "list.txt",
        ])
        .assert()
        .code(1);
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert_eq!(told.matches("错误[unit-twice]").count(), 4, "{told}");
    let said = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(
        said.contains("汇总 2 个单位，未汇总 4 份，应报未报 0 个"),
        "{said}"
    );
    assert!(!told.contains("unit-unexpected"), "{told}");
}

#[test]
fn last_year_s_report_is_found_by_the_name_however_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("last")).unwrap();
    let last = sample("name   = \"青石县教育局\"", "name   = \"青⽯县 教育局\"")
        .replace("year   = 2024", "year   = 2023")
        .replace("2025-01-16", "2024-01-16");
    fs::write(folder.path().join("last/a.toml"), last).unwrap();
    fs::write(
        folder.path().join("now.toml"),
        project_file("samples/qingshi-2024.toml"),
    )
    .unwrap();
    let done = nianbao(folder.path())
        .args(["check", "now.toml", "--previous", "last"])
        .assert();
    let output = done.get_output();
    let told = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    assert!(!told.contains("没有找到"), "{told}");
    // Figures that are last year's again.
    assert!(told.contains("carried-over"), "{told}");
}

#[test]
fn a_list_of_units_may_be_numbered_and_one_warning_names_all_that_are_not_on_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("units")).unwrap();
    for number in 1..=12 {
        let text = unit(number, &format!("{number}号县教育局")).text;
        fs::write(folder.path().join(format!("units/{number:02}.toml")), text).unwrap();
    }
    let list = "# 名单\n单位\n1、1号县教育局\n2. 2号县教育局\n（3）3号县教育局\n4 4号县教育局\n\n5,5号县教育局,备注\n";
    fs::write(folder.path().join("list.txt"), list).unwrap();
    let done = nianbao(folder.path())
        .args([
            "rollup",
            "units",
            "-o",
            "sums.xlsx",
            "--expected",
            "list.txt",
        ])
        .assert()
        .code(0);
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(!told.contains("unit-missing"), "{told}");
    assert_eq!(told.matches("警告[unit-unexpected]").count(), 1, "{told}");
    for number in 6..=12 {
        assert!(told.contains(&format!("“{number}号县教育局”")), "{told}");
    }
}
