//! Texts that were written for another report: of another year, another body, another notice.

use std::collections::HashSet;
use std::ops::Range;

use super::scripts;
use super::wordings::wordings;
use crate::form::{self, Script};
use crate::report::{Report, Text, Worded};
use crate::text::character::same_name;
use crate::text::{Code, Finding, Message, Place};

/// How many years back a text may have been written.
const YEARS_BACK: i32 = 3;
/// Shortest sentence that is compared with last year's, and shortest text, in characters.
const SHORTEST_SENTENCE: usize = 10;
const SHORTEST_TEXT: usize = 200;

/// Every sign of another report's text.
pub(super) fn check(report: &Report, previous: Option<&Report>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for worded in report.paragraphs() {
        let text = simplified(&worded.text);
        // Simplifying changes no character's length in bytes but for what is not in the table.
        if text.len() != worded.text.len() {
            continue;
        }
        findings.extend(period(report, worded, &text).or_else(|| year(report, worded, &text)));
        findings.extend(body(report, worded, &text));
        findings.extend(notice(report, worded, &text));
    }
    let overview = report.texts.first().and_then(|text| text.lines.first());
    findings.extend(overview.and_then(|line| first_body(report, &line.worded)));
    if let Some(previous) = previous {
        let both = report.texts.iter().zip(&report.form.texts);
        for (text, key) in both {
            let at = previous.form.texts.iter().position(|other| other == key);
            let before = at.and_then(|at| previous.texts.get(at));
            findings.extend(before.and_then(|before| repeated(report.year, text, before)));
        }
    }
    findings
}

fn simplified(text: &str) -> String {
    text.chars().map(scripts::simplify).collect()
}

fn finding(worded: &Worded, range: Range<usize>, zh: String, en: String) -> Finding {
    let place = Place::within(&worded.place, &worded.text, range.start, range.len());
    Finding::new(Code::AnotherReport, Message::new(zh, en)).at(place)
}

/// The years that a text names: each four digits and 年, with their place.
fn years(text: &str) -> impl Iterator<Item = (usize, i32)> + '_ {
    text.match_indices('年').filter_map(|(at, _)| {
        let start = at.checked_sub(4)?;
        let digits = text.get(start..at)?;
        let alone = !text.get(..start)?.ends_with(|c: char| c.is_ascii_digit());
        let year = digits.parse().ok()?;
        (alone && digits.bytes().all(|b| b.is_ascii_digit())).then_some((start, year))
    })
}

/// A whole year of another year: 2023年1月1日至2023年12月31日.
fn period(report: &Report, worded: &Worded, text: &str) -> Option<Finding> {
    let (at, year) = years(text).find(|(at, year)| {
        let rest = text.get(*at..).unwrap_or_default();
        let near: String = rest.chars().take(32).collect();
        *year != report.year
            && near
                .get(4..)
                .is_some_and(|near| near.starts_with("年1月1日"))
            && near.contains("12月31日")
    })?;
    Some(
        finding(
            worded,
            at..at + "2023年".len(),
            format!("统计期限写的是 {year} 年，报告年度是 {}", report.year),
            format!(
                "the period is that of {year}, the report is about {}",
                report.year
            ),
        )
        .expected(report.year, year)
        .remedy(of_year(report)),
    )
}

fn of_year(report: &Report) -> Message {
    Message::new(
        format!("多半是往年的文字：改成 {} 年的情况", report.year),
        format!(
            "probably an earlier year's text: write what was in {}",
            report.year
        ),
    )
}

/// A sentence that reports on an earlier year, in a paragraph that doesn't name the report's.
fn year(report: &Report, worded: &Worded, text: &str) -> Option<Finding> {
    let wordings = wordings();
    if years(text).any(|(_, year)| year == report.year) {
        return None;
    }
    let (at, year) = years(text).find(|(at, year)| {
        let before = text.get(..*at).unwrap_or_default().trim_end();
        let opens = before.is_empty()
            || before.ends_with(['。', '；', '：', '！', '）', ')', '、', ';', ':']);
        let rest = text.get(at + "2023年".len()..).unwrap_or_default();
        let sentence = rest.split(['。', '；']).next().unwrap_or_default();
        (report.year - YEARS_BACK..report.year).contains(year)
            && opens
            && wordings
                .reports
                .iter()
                .any(|word| rest.starts_with(word.as_str()))
            && !wordings
                .by_right
                .iter()
                .any(|word| sentence.contains(word.as_str()))
    })?;
    Some(
        finding(
            worded,
            at..at + "2023年".len(),
            format!("文字写的是 {year} 年，报告年度是 {}", report.year),
            format!("the text is about {year}, the report about {}", report.year),
        )
        .expected(report.year, year)
        .remedy(of_year(report)),
    )
}

/// Another body where a text says whose report it is.
fn body(report: &Report, worded: &Worded, text: &str) -> Option<Finding> {
    wordings().named.iter().find_map(|named| {
        let behind = named
            .behind
            .iter()
            .find_map(|word| Some(text.find(word.as_str())? + word.len()));
        let from = behind?;
        let rest = text.get(from..)?;
        let to = named
            .before
            .iter()
            .filter_map(|word| rest.find(word.as_str()))
            .min()?;
        foreign(report, worded, text, from..from + to, false)
    })
}

/// Another body in the first words of section one: 2024年，白石县水利局深入贯彻….
fn first_body(report: &Report, worded: &Worded) -> Option<Finding> {
    let text = simplified(&worded.text);
    let (0, _) = years(&text).next()? else {
        return None;
    };
    let from = "2024年".len();
    let rest = text.get(from..)?;
    let from = from + rest.len() - rest.trim_start_matches(['度', '，', ',']).len();
    let rest = text.get(from..)?;
    let to = wordings()
        .first
        .iter()
        .filter_map(|word| rest.find(word.as_str()))
        .min()?;
    foreign(report, worded, &text, from..from + to, true)
}

/// A finding where the name in `range` is a body's of another place; with `strict`, also where it is
/// another body of the same place.
fn foreign(
    report: &Report,
    worded: &Worded,
    text: &str,
    range: Range<usize>,
    strict: bool,
) -> Option<Finding> {
    let name = text.get(range.clone())?;
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let length = name.chars().count();
    // 本报告由…, 在…的领导下: more than a name.
    let more = name.contains(['由', '的', '是', '与', '和', '及']) || name.contains("报告");
    if !(3..=30).contains(&length) || !name.chars().all(han) || more {
        return None;
    }
    form::body(name)?;
    let own = simplified(&same_name(&report.organ.text));
    let region = report.particulars.get("organ.region");
    let region = region.map_or_else(String::new, |region| simplified(&same_name(&region.text)));
    let whole = format!("{region}{own}");
    let theirs = places(name);
    let ours = places(&whole);
    let last = theirs.last()?;
    let known = theirs.iter().any(|place| whole.contains(place.as_str()));
    let other_place = !ours.is_empty() && !known && !whole.contains(last.as_str());
    let other_body = strict
        && known
        && !is_within(name, &whole)
        && !is_within(&own, name)
        && form::body(name).map(|b| &b.kind) == form::body(&own).map(|b| &b.kind)
        && form::body(name).is_some_and(|body| body.kind == "department");
    (other_place || other_body).then(|| {
        finding(
            worded,
            range,
            format!("文字写的是“{name}”，报告的机关是“{}”", report.organ.text),
            format!(
                "the text speaks of \"{name}\", the report is that of \"{}\"",
                report.organ.text
            ),
        )
        .expected(&report.organ.text, name)
        .remedy(Message::new(
            "多半是别处的文字：改成本机关的名称和情况",
            "probably another body's text: write this body's name, and what it did",
        ))
    })
}

/// Whether the characters of `short` are in `long` in their order.
fn is_within(short: &str, long: &str) -> bool {
    let mut long = long.chars();
    short.chars().all(|c| long.any(|other| other == c))
}

/// The places that a name starts with: 九江市, 濂溪区.
fn places(name: &str) -> Vec<String> {
    let mut places = Vec::new();
    let mut place = String::new();
    for c in name.chars() {
        place.push(c);
        if "省市州县区旗盟镇乡".contains(c) {
            if place.chars().count() >= 3 {
                places.push(std::mem::take(&mut place));
            } else {
                place.clear();
            }
        }
    }
    places
}

/// A notice that doesn't prescribe this form, or whose number is written wrongly.
fn notice(report: &Report, worded: &Worded, text: &str) -> Option<Finding> {
    let wordings = wordings();
    let own = number(report.form.issued_by.text(Script::Hans))?;
    let forms = form::Forms::builtin().ok()?;
    let others: Vec<[i32; 2]> = forms
        .iter()
        .filter_map(|form| number(form.issued_by.text(Script::Hans)))
        .filter(|other| *other != own)
        .collect();
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find("国办公开").map(|at| from + at) {
        from = at + "国办公开".len();
        let rest: String = text.get(at..)?.chars().take(24).collect();
        let Some(written) = number(&rest) else {
            continue;
        };
        let end = rest.find('号')?;
        let said = rest.get(..end + '号'.len_utf8())?;
        let prefix = said
            .split(['〔', '[', '（', '(', '［', '【'])
            .next()
            .unwrap_or_default();
        let right_prefix = prefix == wordings.notice;
        let (zh, en) = if others.contains(&written) {
            (
                "格式不是这份通知印发的",
                "this notice prescribes another form",
            )
        } else if written == own && !right_prefix {
            ("文号写错了", "the number of the notice is wrong")
        } else if written != own && right_prefix && !wordings.quoted.contains(&written) {
            (
                "不是印发格式的文号",
                "this is not the notice that prescribes the form",
            )
        } else {
            continue;
        };
        let issued_by = report.form.issued_by.text(report.script);
        return Some(
            finding(
                worded,
                at..at + said.len(),
                format!("“{said}”：{zh}"),
                format!("\"{said}\": {en}"),
            )
            .expected(issued_by, said)
            .remedy(Message::new(
                format!("{} 年的报告依据的是 {issued_by}", report.year),
                format!("the report on {} follows {issued_by}", report.year),
            )),
        );
    }
    None
}

/// Year and number of a notice: 〔2021〕30号.
fn number(text: &str) -> Option<[i32; 2]> {
    let (before, _) = text.split_once('号')?;
    let mut digits = before
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let (year, number) = (digits.next()?, digits.next()?);
    let alone = digits.next().is_none() && year.len() == 4;
    Some([year.parse().ok()?, number.parse().ok()?]).filter(|_| alone)
}

/// A text of which more than half stood in last year's report already.
fn repeated(year: i32, text: &Text, before: &Text) -> Option<Finding> {
    let known: HashSet<String> = before
        .lines
        .iter()
        .flat_map(|line| sentences(&line.worded.text, year))
        .map(|(_, sentence)| sentence)
        .collect();
    let mut first: Option<(&Worded, Range<usize>)> = None;
    let (mut all, mut same) = (0, 0);
    for line in &text.lines {
        for (range, sentence) in sentences(&line.worded.text, year) {
            let length = sentence.chars().count();
            all += length;
            if length >= SHORTEST_SENTENCE && known.contains(&sentence) {
                same += length;
                first.get_or_insert((&line.worded, range));
            }
        }
    }
    let (worded, range) = first?;
    (all >= SHORTEST_TEXT && same * 2 > all).then(|| {
        let share = same * 100 / all;
        finding(
            worded,
            range,
            format!("这一部分有 {share}% 的文字与上年的报告相同"),
            format!("{share}% of this section is last year's text"),
        )
        .remedy(Message::new(
            "写今年的情况；确实相同的可以不改",
            "write what was this year; what is really the same may stay",
        ))
    })
}

/// The sentences of a paragraph with their places, without white space and with every year called
/// the same: a copy in which only the year was changed is one.
fn sentences(text: &str, year: i32) -> Vec<(Range<usize>, String)> {
    let (this, last) = (year.to_string(), (year - 1).to_string());
    let mut found = Vec::new();
    let mut from = 0;
    for part in text.split_inclusive(['。', '；']) {
        let said: String = part.chars().filter(|c| !c.is_whitespace()).collect();
        let said = said.replace(&this, "Y").replace(&last, "Y");
        if !said.is_empty() {
            found.push((from..from + part.len(), said));
        }
        from += part.len();
    }
    found
}
