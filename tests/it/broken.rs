//! One file for each code that a finding can have, with one fault: what is said of it.
//!
//! `UPDATE_EXPECT=1 cargo test --test it broken` writes what is expected anew; read the difference
//! before you keep it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::common::{project_file, shown};
use nianbao::font::{Library, Search};
use nianbao::form::{Form, Forms};
use nianbao::pipeline::{Checker, Previous, Renderer};
use nianbao::style::Style;
use nianbao::text::{Code, Finding, Findings, Lang, Severity, Source};

const FOLDER: &str = "samples/broken";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER)
}

/// Every code: those of the program, and those of the rules of the built-in forms.
fn codes() -> Vec<String> {
    let mut codes: Vec<String> = Code::ALL.iter().map(|code| code.to_string()).collect();
    for form in Forms::builtin().unwrap().iter() {
        let rules = form.rules.iter().map(|rule| rule.code.to_string());
        let mentions = form.mentions.iter().map(|mention| mention.code.to_string());
        for code in rules.chain(mentions) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    codes
}

fn library() -> Library {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    Library::open(&Search::standard(Some(fonts))).unwrap()
}

/// A source of the folder, under the name that is the same on any machine.
fn source(name: &str) -> Arc<Source> {
    let bytes = std::fs::read(folder().join(name)).unwrap();
    Arc::new(Source::from_bytes(name, bytes).unwrap())
}

/// What is found in the file of `code`, in the way the program does it.
fn findings(code: &str, library: &Library) -> Findings {
    let name = format!("{code}.toml");
    if code == "form-file" {
        return Form::read(source(&name)).unwrap_err();
    }
    if code == "style-file" {
        return Style::read(source(&name)).unwrap_err();
    }
    let forms = Forms::builtin().unwrap();
    let mut checker = Checker::new(&forms);
    checker.this_year = Some(2025);
    let previous = folder().join("previous").join(&name);
    if previous.exists() {
        checker.previous = Previous::File(previous);
    }
    let renderer = Renderer::new(library, Style::default());
    let outcome = checker.check(&folder().join(&name), Some(&renderer));
    outcome.findings
}

fn all_findings() -> BTreeMap<String, Findings> {
    let library = library();
    codes()
        .into_iter()
        .map(|code| {
            let path = folder().join(format!("{code}.toml"));
            assert!(path.exists(), "{code} has no file {}", path.display());
            let found = findings(&code, &library);
            (code, found)
        })
        .collect()
}

/// Compares with the file at `path` below the folder, or writes it.
fn compare(path: &str, actual: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(folder().join(path), actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(folder().join(path)).unwrap_or_default();
    assert!(
        expected == actual,
        "{FOLDER}/{path} differs.\n--- expected\n{expected}\n--- actual\n{actual}\n\
         UPDATE_EXPECT=1 writes it anew."
    );
}

/// The finding as it is printed. The folder's place on this machine is left out.
fn printed(findings: &[Finding]) -> String {
    let place = format!("{}{}", folder().display(), std::path::MAIN_SEPARATOR);
    shown(findings).replace(&place, "") + "\n"
}

#[test]
fn each_code_has_a_file_in_which_it_is_the_one_finding() {
    for (code, found) in all_findings() {
        let told: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(told, [code.as_str()], "{}", printed(&found));
        compare(&format!("{code}.txt"), &printed(&found));
    }
}

#[test]
fn the_list_of_codes_is_that_of_the_files() {
    let all = all_findings();
    let mut table = String::from(
        "# 有错的样例\n\n\
         每个文件有一处错，文件名就是提示的代码；旁边的 `.txt` 是程序说的话。跨年核对用的上一年数据在 `previous/`。\n\
         各代码的意思和改法见 [docs/findings.md](../../docs/findings.md)。\n\n\
         | 代码 | 级别 | 提示 |\n| --- | --- | --- |\n",
    );
    for code in codes() {
        let finding = &all[&code][0];
        let severity = match finding.severity {
            Severity::Error => "错误",
            Severity::Warning => "警告",
        };
        let message = finding.message.zh.replace('|', "\\|");
        table += &format!("| [`{code}`]({code}.toml) | {severity} | {message} |\n");
    }
    compare("README.md", &table);
}

#[test]
fn the_reports_on_the_year_before_are_sound() {
    let library = library();
    let renderer = Renderer::new(&library, Style::default());
    let forms = Forms::builtin().unwrap();
    let checker = Checker::new(&forms);
    for entry in std::fs::read_dir(folder().join("previous")).unwrap() {
        let path = entry.unwrap().path();
        let outcome = checker.check(&path, Some(&renderer));
        assert!(outcome.findings.is_empty(), "{}", shown(&outcome.findings));
        let file = path.file_name().unwrap();
        assert!(
            folder().join(file).exists(),
            "{} helps none",
            path.display()
        );
    }
}

#[test]
fn each_finding_says_where_and_what_to_do_in_both_languages() {
    for (code, found) in all_findings() {
        let finding = &found[0];
        let place = finding.place.as_ref();
        assert!(
            place.is_some_and(|p| p.position().line > 0),
            "{code}: where?"
        );
        let remedy = finding
            .remedy
            .as_ref()
            .unwrap_or_else(|| panic!("{code}: what to do?"));
        for message in [&finding.message, remedy]
            .into_iter()
            .chain(finding.related.iter().map(|related| &related.message))
        {
            for words in [&message.zh, &message.en] {
                assert!(!words.trim().is_empty(), "{code}");
                assert!(!words.contains('\n'), "{code}: {words}");
            }
            let sentences = |words: &str, stop: &[char]| {
                words.ends_with(stop) && words.matches(stop).count() < 2
            };
            assert!(!sentences(&message.zh, &['。']), "{code}: {}", message.zh);
            assert!(!sentences(&message.en, &['.']), "{code}: {}", message.en);
        }
        assert!(
            finding.message.zh.chars().any(|c| c as u32 >= 0x4E00),
            "{code}: {}",
            finding.message.zh
        );
        assert_ne!(finding.message.zh, finding.message.en, "{code}");
        // Colour only adds to the text.
        assert!(finding.human(Lang::En, true).contains(&code));
    }
}

#[test]
fn each_code_is_explained_to_users() {
    let guide = project_file("docs/findings.md");
    let explained: Vec<&str> = guide
        .lines()
        .filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`'))
        .collect();
    let codes = codes();
    for code in &codes {
        assert!(explained.contains(&code.as_str()), "{code} has no heading");
    }
    let english = project_file("docs/findings.en.md");
    for code in codes
        .iter()
        .map(String::as_str)
        .chain(Code::ROLLUP.iter().map(Code::as_str))
    {
        assert_eq!(
            english.matches(&format!("\n| `{code}` |")).count(),
            1,
            "{code}"
        );
    }
    for heading in explained {
        // What is planned may be told of in good time, and no code twice.
        let times = guide.matches(&format!("\n## `{heading}`\n")).count();
        assert_eq!(times, 1, "{heading}");
    }
}

#[test]
fn the_examples_of_the_guide_are_what_the_program_says() {
    let path = "docs/findings.md";
    let guide = project_file(path);
    let mut told = guide.clone();
    for (code, found) in all_findings() {
        let section = told
            .split("\n## ")
            .find(|section| section.starts_with(&format!("`{code}`\n")))
            .unwrap_or_else(|| panic!("{code} has no heading"));
        // The next chapter is no part of it.
        let section = section.split("\n# ").next().unwrap_or(section).to_owned();
        let example = format!("```text\n{}```\n", printed(&found));
        let now = match section.split_once("```text\n") {
            Some((before, rest)) => {
                let after = rest.split_once("```\n").map_or("", |(_, after)| after);
                format!("{before}{example}{after}")
            }
            None => format!("{section}\n{example}"),
        };
        told = told.replacen(&section, &now, 1);
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(path), &told).unwrap();
    }
    assert!(
        told == guide || std::env::var_os("UPDATE_EXPECT").is_some(),
        "{path}: an example is not what the program says; UPDATE_EXPECT=1 writes it anew"
    );
}
