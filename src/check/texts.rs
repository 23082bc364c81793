//! What the texts must say, and what they must not say again.

use crate::form::{Mention, Script, SectionBody};
use crate::report::Report;
use crate::text::{Code, Finding, Message, Place, Severity};

/// Every doubt about the texts.
pub(super) fn check(report: &Report) -> Vec<Finding> {
    let mut findings: Vec<Finding> = report
        .form
        .mentions
        .iter()
        .filter_map(|mention| mentioned(report, mention))
        .collect();
    findings.extend(headings(report));
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

/// The official heading typed again in the first line below it, or at its start.
fn headings(report: &Report) -> Vec<Finding> {
    let sections = report
        .form
        .sections
        .iter()
        .filter_map(|section| match section.body {
            SectionBody::Text(text) => Some((&section.heading, report.text(text))),
            SectionBody::Table(_) => None,
        });
    let again = sections.flat_map(|(heading, text)| {
        let bare: Vec<String> = [Script::Hans, Script::Hant]
            .into_iter()
            .map(|script| without_number(heading.text(script)).to_owned())
            .collect();
        text.lines.iter().filter_map(move |line| {
            let typed = &line.worded.text;
            let rest = without_number(typed);
            let bare = bare.iter().find(|bare| rest.starts_with(bare.as_str()))?;
            let numbered = rest.len() < typed.len();
            let whole = rest.trim_end_matches(['。', '：', ':', '，']) == bare;
            let end = typed.len() - rest.len() + bare.len();
            (numbered && !typed.starts_with(['（', '(']) || whole).then_some((&line.worded, end))
        })
    });
    again
        .map(|(worded, end)| {
            let said = worded.text.get(..end).unwrap_or_default();
            Finding::new(
                Code::RepeatedHeading,
                Message::new(
                    format!("正文里又写了标题“{said}”，会印两次"),
                    format!("the heading \"{said}\" is typed again and would be printed twice"),
                ),
            )
            .at(Place::within(&worded.place, &worded.text, 0, end))
            .remedy(Message::new(
                "删去：标题由程序印",
                "take it out: the program prints the headings",
            ))
        })
        .collect()
}

/// A heading without its number: 五、 or 5. and the like.
fn without_number(heading: &str) -> &str {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = heading
        .trim_start_matches(['（', '('])
        .trim_start_matches(numeral);
    match rest.strip_prefix(['、', '.', '．', '）', ')']) {
        Some(rest) if rest.len() < heading.len() => rest.trim_start(),
        _ => heading,
    }
}
