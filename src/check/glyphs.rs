//! Characters that no face has: found before anything is drawn.

use std::collections::BTreeSet;

use crate::finding::{Code, Finding, Message};
use crate::report::{Report, Worded};
use crate::source::Place;

/// One finding for each character that can't be printed, at the first place where it stands.
pub(super) fn check(report: &Report, covers: impl Fn(char) -> bool) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for worded in report.worded() {
        for (at, c) in worded.text.char_indices() {
            if !is_layout(c) && !covers(c) && seen.insert(c) {
                findings.push(finding(worded, at, c));
            }
        }
    }
    findings
}

/// White space that the layout turns into space of its own: it needs no glyph.
fn is_layout(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

fn finding(worded: &Worded, at: usize, c: char) -> Finding {
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
    let mut finding = Finding::new(Code::MissingGlyph, message)
        .at(Place::within(&worded.place, &worded.text, at, c.len_utf8()))
        .remedy(remedy);
    finding.found = Some(code);
    finding
}

/// Characters that change the order or joining of others and print nothing themselves.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
