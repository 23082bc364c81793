//! Slips of typing: half-width punctuation and brackets of two widths, characters of the other
//! script.

use std::collections::BTreeSet;
use std::ops::Range;

use super::scripts;
use crate::form::Script;
use crate::report::{Report, Worded};
use crate::text::{Code, Finding, Message, Place};

/// How many different characters of the other script make a text one of the other script: fewer
/// may be a name.
const CHARACTERS: usize = 5;

/// Every slip.
pub(super) fn check(report: &Report) -> Vec<Finding> {
    let lines: Vec<&Worded> = report.paragraphs().collect();
    let mut findings: Vec<Finding> = punctuation(&lines).into_iter().collect();
    for worded in &lines {
        findings.extend(brackets(worded));
        findings.extend(date(worded));
    }
    let others = lines
        .iter()
        .filter_map(|worded| script(report.script, worded));
    let mut others = others.collect::<Vec<_>>().into_iter();
    // One finding for all: where every paragraph is in the other script, script is wrong.
    if let Some(mut first) = others.next() {
        let count = others.len() + 1;
        if count > 1 {
            first.message.zh += &format!("；共 {count} 段");
            first.message.en += &format!(", in {count} paragraphs");
        }
        findings.push(first);
    }
    findings
}

fn finding(worded: &Worded, range: Range<usize>, message: Message, remedy: Message) -> Finding {
    let place = Place::within(&worded.place, &worded.text, range.start, range.len());
    Finding::new(Code::Typing, message).at(place).remedy(remedy)
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Half-width punctuation between Han, where it is a slip: a text that has no other is somebody's
/// way to write.
fn punctuation(lines: &[&Worded]) -> Option<Finding> {
    let mut slips = Vec::new();
    let mut full = 0;
    for worded in lines {
        let text = &worded.text;
        full += text.chars().filter(|c| "，；：？！".contains(*c)).count();
        for (at, c) in text.char_indices().filter(|(_, c)| ",;:?!".contains(*c)) {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + 1..).and_then(|text| text.chars().next());
            if before.is_some_and(is_han) && after.is_some_and(is_han) {
                slips.push((*worded, at, c));
            }
        }
    }
    let (worded, at, c) = slips.first().filter(|_| slips.len() < full)?;
    let count = slips.len();
    let full = match c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        _ => '！',
    };
    Some(
        finding(
            worded,
            *at..at + 1,
            Message::new(
                format!("汉字之间用了半角的“{c}”，正文里共 {count} 处半角标点"),
                format!("a half-width {c} between Chinese characters, one of {count} in the texts"),
            ),
            Message::new(format!("改成全角的“{full}”"), format!("write {full}")),
        )
        .expected(full, c),
    )
}

/// A bracket that is opened in one width and closed in the other: （二).
fn brackets(worded: &Worded) -> Option<Finding> {
    let mut open: Option<(usize, char)> = None;
    for (at, c) in worded.text.char_indices() {
        match (c, open) {
            ('（' | '(', _) => open = Some((at, c)),
            (')', Some((from, '（'))) | ('）', Some((from, '('))) => {
                let range = from..at + c.len_utf8();
                let said = worded.text.get(range.clone())?;
                return Some(finding(
                    worded,
                    range,
                    Message::new(
                        format!("“{said}”的括号一半全角、一半半角"),
                        format!("\"{said}\" has brackets of two widths"),
                    ),
                    Message::new("都改成全角的（）", "write both in full width: （）"),
                ));
            }
            (')' | '）', _) => open = None,
            _ => {}
        }
    }
    None
}

/// A paragraph with characters of the other script.
fn script(script: Script, worded: &Worded) -> Option<Finding> {
    let others = worded
        .text
        .char_indices()
        .filter(|(_, c)| scripts::script_of(*c).is_some_and(|other| other != script));
    let others: Vec<(usize, char)> = others.collect();
    let different: BTreeSet<char> = others.iter().map(|(_, c)| *c).collect();
    let (at, c) = *others.first().filter(|_| different.len() >= CHARACTERS)?;
    let shown: String = different.iter().take(8).collect();
    let (zh, en) = match script {
        Script::Hans => ("繁体字", "traditional"),
        Script::Hant => ("简体字", "simplified"),
    };
    Some(finding(
        worded,
        at..at + c.len_utf8(),
        Message::new(
            format!(
                "这一段里有{zh}（{shown}），与 script = \"{}\" 不符",
                script.as_str()
            ),
            format!(
                "this paragraph has {en} characters ({shown}), but script = \"{}\"",
                script.as_str()
            ),
        ),
        Message::new(
            "把这一段改成与报告一致的字体，或核对 script",
            "write the paragraph in the script of the report, or check script",
        ),
    ))
}

/// A date whose 年 was left out: 202312月31日.
fn date(worded: &Worded) -> Option<Finding> {
    let text = &worded.text;
    text.match_indices('月').find_map(|(at, _)| {
        let before = text.get(..at)?;
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let year = before.get(at.checked_sub(digits)?..)?;
        let dated = (5..=6).contains(&digits) && (year.starts_with("19") || year.starts_with("20"));
        let end = at + '月'.len_utf8();
        dated.then(|| {
            finding(
                worded,
                at - digits..end,
                Message::new(
                    format!("“{year}月”少了“年”"),
                    format!("\"{year}月\" lacks a 年"),
                ),
                Message::new("写成 2024年12月31日 这样", "write it like 2024年12月31日"),
            )
        })
    })
}
