//! Characters that no face has: found before anything is drawn, in what the clerk typed and in the
//! wording of the form.

use std::collections::BTreeSet;

use crate::form::{Content, Form, Script};
use crate::report::Report;
use crate::text::{Code, Finding, MOST, Message, Place};

/// One finding for each character that can't be printed, at the first place where it stands, as
/// many as are told.
pub(super) fn check(report: &Report, covers: impl Fn(char) -> bool) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for worded in report.worded() {
        for (at, c) in worded.text.char_indices() {
            // One more than is told tells that there are more.
            let told = findings.len() > MOST;
            if !told && !is_layout(c) && seen.insert(c) && !covers(c) {
                let place = Place::within(&worded.place, &worded.text, at, c.len_utf8());
                findings.push(finding(c).at(place));
            }
        }
    }
    for wording in wordings(&report.form, report.script) {
        for c in wording.chars() {
            if !is_layout(c) && seen.insert(c) && !covers(c) {
                let form = &report.form.id;
                let mut finding = finding(c);
                finding.message.zh = format!("格式“{form}”的“{wording}”：{}", finding.message.zh);
                finding.message.en = format!("form {form}, {wording:?}: {}", finding.message.en);
                findings.push(finding);
            }
        }
    }
    findings
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
fn finding(c: char) -> Finding {
    let code = format!("U+{:04X}", c as u32);
    // Such a character would spoil the line that it is shown in, and no font can help.
    let (message, remedy) = if c.is_control() || is_invisible(c) {
        (
            Message::new(
                format!("文字里有看不见的字符（{code}）"),
                format!("there is an invisible character in the text ({code})"),
            ),
            Message::new(
                "删去它；看不到时把这几个字重新输入一遍",
                "delete it, or type these few words again",
            ),
        )
    } else {
        (
            Message::new(
                format!("没有字体能印“{c}”（{code}）"),
                format!("no font has \"{c}\" ({code})"),
            ),
            Message::new(
                "换一个字，或用 --fonts 指定含有这个字的字体",
                "write another character, or name a folder of fonts that has it with --fonts",
            ),
        )
    };
    let mut finding = Finding::new(Code::MissingGlyph, message).remedy(remedy);
    finding.found = Some(code);
    finding
}

/// Characters that change the order or joining of others and print nothing themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
