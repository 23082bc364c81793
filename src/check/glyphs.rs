//! Characters that no face has, or that no text should have: found before anything is drawn, in what the
//! clerk typed and in the wording of the form.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::form::{Content, Form, Script};
use crate::report::{Report, Worded};
use crate::text::character::{Oddity, oddity};
use crate::text::{Code, Finding, MOST, Message, Place, Severity};

/// Most characters that a finding names one by one.
const MOST_NAMED: usize = 8;

/// One finding for each character that can't be printed, at the first place where it stands, as
/// many as are told; and one for each text with characters that only look like others.
///
/// Where nobody prints (`covers` has everything), what is merely odd is a doubt: it spoils no figure.
pub(super) fn check(report: &Report, covers: impl Fn(char) -> bool) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for worded in report.worded() {
        findings.extend(lookalikes(worded, &covers));
        for (at, c) in worded.text.char_indices() {
            // One more than is told tells that there are more.
            let told = findings.len() > MOST;
            if told || is_layout(c) || matches!(oddity(c), Some(Oddity::Like(_))) {
                continue;
            }
            if seen.insert(c)
                && let Some(finding) = finding(c, &covers)
            {
                let place = Place::within(&worded.place, &worded.text, at, c.len_utf8());
                findings.push(finding.at(place));
            }
        }
    }
    findings.extend(seal(report));
    for wording in wordings(&report.form, report.script) {
        for c in wording.chars() {
            if !is_layout(c)
                && seen.insert(c)
                && let Some(mut finding) = finding(c, &covers)
            {
                let form = &report.form.id;
                finding.message.zh = format!("格式“{form}”的“{wording}”：{}", finding.message.zh);
                finding.message.en = format!("form {form}, {wording:?}: {}", finding.message.en);
                findings.push(finding);
            }
        }
    }
    findings
}

/// The name of the seal's picture isn't printed, but it stands in the workbook.
fn seal(report: &Report) -> Option<Finding> {
    let name = report.particulars.get("signature.seal")?;
    let odd = |c: &char| oddity(*c) == Some(Oddity::Forbidden);
    let c = name.text.chars().find(odd)?;
    Some(finding(c, &|_| true)?.at(name.place.clone()))
}

/// The wording of a form that is printed.
fn wordings(form: &Form, script: Script) -> impl Iterator<Item = &str> {
    let opening = &form.opening;
    let headings = form.sections.iter().map(|section| &section.heading);
    let cells = form.tables.iter().flat_map(|table| &table.cells);
    let cells = cells.filter_map(|cell| match &cell.content {
        Content::Wording(_, wording) => Some(wording),
        Content::Figure(_) => None,
    });
    [&form.title, &opening.paragraph, &opening.contact]
        .into_iter()
        .chain(&opening.parts)
        .chain(headings)
        .chain(cells)
        .map(move |wording| wording.text(script))
}

/// White space that the layout turns into space of its own: it needs no glyph.
fn is_layout(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

/// What is wrong with a character, wherever it stands.
fn finding(c: char, covers: &impl Fn(char) -> bool) -> Option<Finding> {
    let code = code(c);
    let covered = covers(c);
    // A character that nobody sees would spoil the line that it is shown in, and no font can help.
    let [zh, en, remedy_zh, remedy_en] = match oddity(c) {
        Some(Oddity::Like(plain)) => return Some(like(&[(c, plain)], covered)),
        Some(Oddity::Forbidden | Oddity::Invisible) => [
            format!("文字里有看不见的字符（{code}）"),
            format!("there is an invisible character in the text ({code})"),
            "删去它；看不到时把这几个字重新输入一遍".to_owned(),
            "delete it, or type these few words again".to_owned(),
        ],
        Some(Oddity::Blank) => [
            format!("文字里有看不见的字符（{code}）：一种特殊的空格"),
            format!("there is an invisible character in the text ({code}): an unusual blank"),
            "删去它，或改成普通的空格".to_owned(),
            "delete it, or type an ordinary blank".to_owned(),
        ],
        Some(Oddity::Lost) => [
            format!("“{c}”（{code}）代表一个丢失了的字或图片"),
            format!("\"{c}\" ({code}) stands for a character or picture that was lost"),
            "照原文重新输入；多余的就删去".to_owned(),
            "type what stood there, or delete it".to_owned(),
        ],
        Some(Oddity::Private) => [
            format!("“{c}”（{code}）是造字，换一台电脑就不是这个字了"),
            format!("\"{c}\" ({code}) is a private character: elsewhere it is another or none"),
            "用输入法重新输入这个字；没有的就换一个字".to_owned(),
            "type the character itself, or another where there is none".to_owned(),
        ],
        None if covered => return None,
        None => {
            let mut remedy = [
                "换一个字，或用 --fonts 指定含有这个字的字体".to_owned(),
                "write another character, or name a folder of fonts that has it with --fonts"
                    .to_owned(),
            ];
            let plain: String = [c].into_iter().nfkc().collect();
            if !plain.contains(c) && plain.chars().all(covers) {
                remedy = [format!("写“{plain}”"), format!("write \"{plain}\"")];
            }
            let [remedy_zh, remedy_en] = remedy;
            [
                format!("没有字体能印“{c}”（{code}）"),
                format!("no font has \"{c}\" ({code})"),
                remedy_zh,
                remedy_en,
            ]
        }
    };
    let mut finding = Finding::new(Code::MissingGlyph, Message::new(zh, en))
        .remedy(Message::new(remedy_zh, remedy_en));
    finding.found = Some(code);
    if covered && oddity(c) != Some(Oddity::Forbidden) {
        finding.severity = Severity::Warning;
    }
    Some(finding)
}

/// One finding for all characters of a text that only look like others.
fn lookalikes(worded: &Worded, covers: &impl Fn(char) -> bool) -> Option<Finding> {
    let mut first = None;
    let mut pairs: Vec<(char, char)> = Vec::new();
    for (at, c) in worded.text.char_indices() {
        if let Some(Oddity::Like(plain)) = oddity(c)
            && !pairs.contains(&(c, plain))
        {
            first.get_or_insert((at, c.len_utf8()));
            pairs.push((c, plain));
        }
    }
    let (at, length) = first?;
    let covered = pairs.iter().all(|(c, _)| covers(*c));
    let place = Place::within(&worded.place, &worded.text, at, length);
    Some(like(&pairs, covered).at(place))
}

/// That characters, each with the one that was meant, only look like these.
fn like(pairs: &[(char, char)], covered: bool) -> Finding {
    let named = || pairs.iter().take(MOST_NAMED);
    let shown = |c: char| format!("“{c}”（{}）", code(c));
    let zh = named().map(|(c, plain)| format!("{}应是{}", shown(*c), shown(*plain)));
    let en = named().map(|(c, plain)| {
        let (code, meant) = (code(*c), code(*plain));
        format!("{c} ({code}) should be {plain} ({meant})")
    });
    let (mut zh, mut en) = (
        zh.collect::<Vec<_>>().join("、"),
        en.collect::<Vec<_>>().join(", "),
    );
    if pairs.len() > MOST_NAMED {
        zh += &format!("等 {} 个", pairs.len());
        en += &format!(" and more, {} in all", pairs.len());
    }
    let mut finding = Finding::new(
        Code::MissingGlyph,
        Message::new(
            format!("样子一样，不是同一个字：{zh}"),
            format!("it looks alike and is another character: {en}"),
        ),
    )
    .remedy(Message::new(
        "多半是从 PDF 复制来的：用输入法把这几个字重新输入一遍，不然印出来的查不到",
        "probably copied from a PDF: type these words anew, or nobody finds them in what is printed",
    ));
    if let Some((c, plain)) = pairs.first() {
        finding = finding.expected(
            format!("{plain} {}", code(*plain)),
            format!("{c} {}", code(*c)),
        );
    }
    if covered {
        finding.severity = Severity::Warning;
    }
    finding
}

/// `U+2F08`.
fn code(c: char) -> String {
    format!("U+{:04X}", c as u32)
}
