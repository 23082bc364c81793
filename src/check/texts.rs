//! What the texts must say, and what must not be left in them.

use crate::form::{Mention, SectionBody};
use crate::report::Report;
use crate::text::{Code, Finding, Message, Place, Severity};

/// Marks of a blank that was to be filled in. Each is one that no finished report has.
const BLANKS: [&str; 12] = [
    "××",
    "XX",
    "ＸＸ",
    "□□",
    "____",
    "＿＿",
    "（请填写",
    "（此处",
    "（填写",
    "(请填写",
    "请在此",
    "某某",
];

/// Every doubt about the texts.
pub(super) fn check(report: &Report) -> Vec<Finding> {
    let mut findings: Vec<Finding> = report
        .form
        .mentions
        .iter()
        .filter_map(|mention| mentioned(report, mention))
        .collect();
    findings.extend(blanks(report));
    findings
}

fn mentioned(report: &Report, mention: &Mention) -> Option<Finding> {
    let text = report.text(mention.text);
    let says = |word: &String| {
        text.lines
            .iter()
            .any(|line| line.worded.text.contains(word))
    };
    if mention.any.iter().any(says) {
        return None;
    }
    let heading = report
        .form
        .sections
        .iter()
        .find(|section| section.body == SectionBody::Text(mention.text))
        .map_or("", |section| section.heading.text(report.script));
    let mut finding = Finding::new(
        Code::Rule(mention.code.clone()),
        Message::new(
            format!("{heading}：{}", mention.description.zh),
            format!("{heading}: {}", mention.description.en),
        ),
    )
    .remedy(mention.remedy.clone());
    finding.severity = Severity::Warning;
    finding.place = text.lines.last().map(|line| line.worded.place.clone());
    Some(finding)
}

/// One warning for each line with a blank left in it.
fn blanks(report: &Report) -> Vec<Finding> {
    report
        .worded()
        .filter_map(|worded| {
            let (at, blank) = BLANKS
                .iter()
                .filter_map(|blank| Some((worded.text.find(blank)?, *blank)))
                .min()?;
            Some(
                Finding::new(
                    Code::TemplateText,
                    Message::new(
                        format!("“{blank}”像是没有填写的空白"),
                        format!("\"{blank}\" looks like a blank that was not filled in"),
                    ),
                )
                .at(Place::within(&worded.place, &worded.text, at, blank.len()))
                .remedy(Message::new(
                    "填上实际内容，或删去",
                    "fill it in, or take it out",
                )),
            )
        })
        .collect()
}
