//! What the texts must say, and what must not be left in them.

use std::ops::Range;

use super::wordings::wordings;
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
    findings.extend(blanks(report));
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

/// One warning for each line with a blank left in it, or with what only a machine should read.
fn blanks(report: &Report) -> Vec<Finding> {
    let left = report.worded().filter_map(|worded| {
        let text = &worded.text;
        let found = [blank(text), markup(text), braces(text)];
        let (range, kind) = found
            .into_iter()
            .flatten()
            .min_by_key(|(range, _)| range.start)?;
        Some((worded, range, kind))
    });
    left.map(|(worded, range, kind)| {
        let said = worded.text.get(range.clone()).unwrap_or_default();
        let (zh, en, remedy_zh, remedy_en) = match kind {
            Left::Blank => (
                "像是没有填写的空白",
                "looks like a blank that was not filled in",
                "填上实际内容，或删去",
                "fill it in, or take it out",
            ),
            Left::Markup => (
                "是网页的代码，会照样印出来",
                "is code of a web page and would be printed as it is",
                "删去；从网页复制时先粘贴到记事本里",
                "take it out; paste what comes from a web page into a plain editor first",
            ),
            Left::Braces => (
                "会照样印出来，不是引用",
                "would be printed as it is: it quotes no figure",
                "引用表中的数写两个半角的大括号：{{requests.new.total}}",
                "a figure is quoted in two pairs of braces: {{requests.new.total}}",
            ),
        };
        Finding::new(
            Code::TemplateText,
            Message::new(format!("“{said}”{zh}"), format!("\"{said}\" {en}")),
        )
        .at(Place::within(
            &worded.place,
            &worded.text,
            range.start,
            range.len(),
        ))
        .remedy(Message::new(remedy_zh, remedy_en))
    })
    .collect()
}

/// What was left in a text.
#[derive(Clone, Copy)]
enum Left {
    Blank,
    Markup,
    Braces,
}

/// The first blank of a text.
fn blank(text: &str) -> Option<(Range<usize>, Left)> {
    let wordings = wordings();
    let marks = wordings
        .blanks
        .iter()
        .flat_map(|mark| text.match_indices(mark.as_str()));
    let blanks = marks.filter(|(at, mark)| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + mark.len()..).unwrap_or_default();
        // XXXX is one blank.
        let (before, after) = match mark.chars().next() {
            Some(c) => (before.trim_end_matches(c), after.trim_start_matches(c)),
            None => (before, after),
        };
        let latin = mark.is_ascii()
            && (before.ends_with(|c: char| c.is_ascii_graphic())
                || after.starts_with(|c: char| c.is_ascii_alphanumeric()));
        // ……件: an omission is written with two.
        let omission =
            mark.starts_with('…') && text.get(..*at).is_some_and(|text| text.ends_with('…'));
        let named = before
            .chars()
            .next_back()
            .is_some_and(|c| wordings.surnames.contains(c))
            && !after.starts_with(|c: char| wordings.no_names.contains(c));
        !latin && !omission && !named
    });
    let (at, mark) = blanks.min_by_key(|(at, _)| *at)?;
    Some((at..at + mark.len(), Left::Blank))
}

/// A tag or a named character of HTML: <p>, &nbsp;.
fn markup(text: &str) -> Option<(Range<usize>, Left)> {
    let tag = text.match_indices('<').find_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let length = rest.find('>').filter(|length| *length <= 200)?;
        let name = rest.get(..length)?.trim_start_matches('/');
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii() && c != '@' && c != '<');
        let name = name.split([' ', '/']).next()?;
        (named && name.len() <= 10 && name.chars().all(|c| c.is_ascii_alphanumeric()))
            .then(|| at..at + length + 2)
    });
    let named = text.match_indices('&').find_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let length = rest.find(';').filter(|length| (2..=8).contains(length))?;
        let name = rest.get(..length)?.trim_start_matches('#');
        name.chars()
            .all(|c| c.is_ascii_alphanumeric())
            .then(|| at..at + length + 2)
    });
    let first = tag
        .into_iter()
        .chain(named)
        .min_by_key(|range| range.start)?;
    Some((first, Left::Markup))
}

/// A key in one pair of braces, or in full-width ones.
fn braces(text: &str) -> Option<(Range<usize>, Left)> {
    let opens = text.match_indices(['{', '｛']).filter(|(at, open)| {
        let before = text.get(..*at).unwrap_or_default();
        let after = text.get(at + open.len()..).unwrap_or_default();
        *open == "｛" || !before.ends_with('{') && !after.starts_with('{')
    });
    let mut keys = opens.filter_map(|(at, open)| {
        let inner = text.get(at + open.len()..)?;
        let inner = inner.trim_start_matches(['{', '｛']);
        let length = inner.find(['}', '｝'])?;
        let key = inner.get(..length)?.trim();
        let is_key = key.contains('.')
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
        let rest = inner.get(length..)?;
        let closed = rest.len() - rest.trim_start_matches(['}', '｝']).len();
        let end = text.len() - rest.len() + closed;
        is_key.then_some(at..end)
    });
    Some((keys.next()?, Left::Braces))
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
