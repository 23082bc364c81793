//! Sentences in the styles of published reports: none that is true is doubted, and with one number
//! changed nearly all are.

use crate::common::project_file;
use crate::narrative::{doubts, with_overview};
use nianbao::text::Finding;

const FOLDER: &str = "tests/data/sentences";

/// A sentence that is true of a report.
struct Line {
    report: String,
    /// The figure that its marked number is about.
    key: String,
    before: String,
    marked: String,
    after: String,
}

impl Line {
    fn read(line: &str) -> Self {
        let mut parts = line.splitn(3, " | ");
        let mut part = || parts.next().unwrap_or_else(|| panic!("{line}")).to_owned();
        let (report, key, sentence) = (part(), part(), part().replace('¶', "\n"));
        let (before, rest) = sentence.split_once('[').unwrap();
        let (marked, after) = rest.split_once(']').unwrap();
        Self {
            report,
            key,
            before: before.to_owned(),
            marked: marked.to_owned(),
            after: after.to_owned(),
        }
    }

    fn with(&self, number: &str) -> String {
        format!("{}{number}{}", self.before, self.after)
    }

    /// The sentence as it is wrong, and the report of which it is.
    fn wrong(&self) -> (String, &str) {
        let number = match self.marked.as_str() {
            "三十八" => "三十六".to_owned(),
            "九十二" => "九十三".to_owned(),
            "十四" => "十五".to_owned(),
            "三" => "四".to_owned(),
            "两" => "三".to_owned(),
            digits => match digits.split_once('.') {
                Some((whole, decimals)) => {
                    format!("{}.{decimals}", whole.parse::<u64>().unwrap() + 1)
                }
                None => match digits.replace(',', "").parse::<u64>() {
                    Ok(number) => (number + 1).to_string(),
                    // 未, 无: as they would stand in the report of a body that has some.
                    Err(_) => return (self.with(&self.marked), "county"),
                },
            },
        };
        (self.with(&number), self.report.as_str())
    }
}

fn lines(file: &str) -> Vec<Line> {
    let text = project_file(&format!("{FOLDER}/{file}"));
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(Line::read).collect()
}

fn found(report: &str, sentence: &str) -> Vec<Finding> {
    let file = match report {
        "county" => "samples/qingshi-2024.toml".to_owned(),
        "city" => "tests/data/reports/06.toml".to_owned(),
        other => format!("{FOLDER}/{other}.toml"),
    };
    doubts(&with_overview(&file, sentence))
}

fn said(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding.message.zh.as_str())
        .collect()
}

#[test]
fn no_true_sentence_is_doubted() {
    let mut wrong = String::new();
    for line in lines("true.txt") {
        let found = found(&line.report, &line.with(&line.marked));
        if !found.is_empty() {
            wrong += &format!("{}\n  {:?}\n", line.with(&line.marked), said(&found));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn numbers_of_other_things_are_left_alone() {
    let text = project_file(&format!("{FOLDER}/beside.txt"));
    let mut wrong = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        for heading in ["", "（二）依申请公开情况。"] {
            let found = found("county", &format!("{heading}{line}"));
            if !found.is_empty() {
                wrong += &format!("{heading}{line}\n  {:?}\n", said(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn with_one_number_changed_nine_in_ten_are_found() {
    let lines = lines("true.txt");
    let mut missed = String::new();
    let mut count = 0;
    for line in &lines {
        let (sentence, report) = line.wrong();
        let found = found(report, &sentence);
        let told = found
            .iter()
            .any(|finding| finding.key.as_deref() == Some(line.key.as_str()));
        if !told {
            count += 1;
            missed += &format!(
                "{} {sentence}\n  {:?} {:?}\n",
                line.key,
                said(&found),
                found.iter().map(|f| f.key.clone()).collect::<Vec<_>>()
            );
        }
    }
    assert!(
        count * 10 <= lines.len(),
        "{count} of {} missed:\n{missed}",
        lines.len()
    );
    assert!(lines.len() >= 200, "only {} sentences", lines.len());
}
