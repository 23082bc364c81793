//! What must not be left in a text: blanks that were to be filled in, what only a machine should read,
//! quotes of figures that quote nothing.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::wordings::wordings;
use crate::report::{Report, Worded};
use crate::text::{Code, Finding, Message, Place};

/// Longest that is looked at between two braces, in characters.
const LONGEST_BRACED: usize = 40;
/// Longest name of a tag: blockquote.
const LONGEST_TAG: usize = 12;

/// One finding for each text in which something is left.
pub(super) fn check(report: &Report) -> Vec<Finding> {
    let paragraphs = report.paragraphs().map(|worded| (worded, true));
    let labels = report.labels().map(|worded| (worded, false));
    paragraphs
        .chain(labels)
        .filter_map(|(worded, quotes)| {
            let text = &worded.text;
            let found = [blank(text), markup(text), braces(text, quotes)];
            let (range, kind) = found
                .into_iter()
                .flatten()
                .min_by_key(|(range, _)| range.start)?;
            Some(finding(worded, range, kind, quotes))
        })
        .collect()
}

/// What was left in a text.
#[derive(Clone, Copy)]
enum Left {
    Blank,
    Markup,
    /// Something in braces.
    Braces,
    /// Braces that were to quote a figure.
    Quote,
}

fn finding(worded: &Worded, range: Range<usize>, kind: Left, quotes: bool) -> Finding {
    let said = worded.text.get(range.clone()).unwrap_or_default();
    let (code, zh, en, remedy_zh, remedy_en) = match kind {
        Left::Blank => (
            Code::TemplateText,
            "像是没有填写的空白",
            "looks like a blank that was not filled in",
            "填上实际内容，或删去",
            "fill it in, or take it out",
        ),
        Left::Markup => (
            Code::TemplateText,
            "是网页的代码，会照样印出来",
            "is code of a web page and would be printed as it is",
            "删去；从网页复制时先粘贴到记事本里",
            "take it out; paste what comes from a web page into a plain editor first",
        ),
        Left::Braces => (
            Code::TemplateText,
            "像是模板里没有替换的内容，会照样印出来",
            "looks like what a template was to replace and would be printed as it is",
            "写上实际内容，去掉大括号",
            "write what was meant, without braces",
        ),
        Left::Quote if quotes => (
            Code::BadReference,
            "会照样印出来，不是引用",
            "would be printed as it is: it quotes no figure",
            "引用表中的数，前后各写两个半角的大括号：{{requests.new.total}}",
            "a figure is quoted in two pairs of braces: {{requests.new.total}}",
        ),
        Left::Quote => (
            Code::BadReference,
            "会照样印出来：这里不能引用表中的数",
            "would be printed as it is: no figure can be quoted here",
            "直接写数；只有正文的段落能引用",
            "write the number itself: only the paragraphs of the texts can quote",
        ),
    };
    Finding::new(
        code,
        Message::new(format!("“{said}”{zh}"), format!("\"{said}\" {en}")),
    )
    .at(Place::within(
        &worded.place,
        &worded.text,
        range.start,
        range.len(),
    ))
    .remedy(Message::new(remedy_zh, remedy_en))
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

/// A tag or a named character of HTML: <p style="…">, &nbsp;.
fn markup(text: &str) -> Option<(Range<usize>, Left)> {
    let tag = text.match_indices('<').find_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let length = rest.find('>')?;
        let inner = rest.get(..length)?;
        let name = inner.trim_start_matches('/');
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-');
        let behind = name.trim_start_matches(is_name);
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.len() - behind.len() <= LONGEST_TAG
            && (behind.is_empty() || behind.starts_with([' ', '/', '\t']));
        (named || inner.starts_with("!--")).then(|| at..at + length + 2)
    });
    let named = text.match_indices('&').find_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let length = rest.find(';').filter(|length| (2..=8).contains(length))?;
        let name = rest.get(..length)?.trim_start_matches('#');
        name.chars()
            .all(|c| c.is_ascii_alphanumeric())
            .then(|| at..at + length + 2)
    });
    let first = [tag, named]
        .into_iter()
        .flatten()
        .min_by_key(|range| range.start)?;
    Some((first, Left::Markup))
}

/// The first braces of a text that quote no figure. Where a text `quotes` figures, what stands in two
/// pairs of plain ones was found to do so when it was read.
fn braces(text: &str, quotes: bool) -> Option<(Range<usize>, Left)> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.find(is_brace)?;
        let rest = text.get(at..)?;
        if quotes && rest.starts_with("{{") {
            from = at + rest.find("}}")? + 2;
            continue;
        }
        return braced(text, at);
    }
}

fn is_brace(c: char) -> bool {
    matches!(c, '{' | '}' | '｛' | '｝' | '﹛' | '﹜')
}

/// What the braces at `at` hold, and what they were meant for.
fn braced(text: &str, at: usize) -> Option<(Range<usize>, Left)> {
    let rest = text.get(at..)?;
    let inner = rest.trim_start_matches(is_brace);
    let opening = rest.get(..rest.len() - inner.len())?;
    // A brace that only closes: the key stands before it.
    if opening.starts_with(['}', '｝', '﹜']) {
        let before = text.get(..at)?;
        let start = before.trim_end().trim_end_matches(is_key).len();
        let end = at + opening.len();
        return is_figure(before.get(start..)?).then_some((start..end, Left::Quote));
    }
    let behind = inner.char_indices().take(LONGEST_BRACED);
    let close = behind.clone().find(|(_, c)| is_brace(*c)).map(|(at, _)| at);
    let key = inner.trim_start();
    let key_end = inner.len() - key.trim_start_matches(is_key).len();
    let end = match close {
        Some(close) => {
            let closing = inner.get(close..)?;
            text.len() - closing.trim_start_matches(is_brace).len()
        }
        None => text.len() - inner.len() + key_end,
    };
    let quote = opening.chars().count() > 1 || is_figure(inner.get(..key_end)?);
    let kind = match (quote, close) {
        (true, _) => Left::Quote,
        (false, Some(_)) => Left::Braces,
        (false, None) => return None,
    };
    Some((at..end, kind))
}

/// Whether a character can be part of a figure's key, in whatever width.
fn is_key(c: char) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    plain(c) || ('\u{ff01}'..='\u{ff5e}').contains(&c) && [c].into_iter().nfkc().all(plain)
}

/// Whether a text looks like a figure's key: requests.new.total.
fn is_figure(text: &str) -> bool {
    let key: String = text.trim().nfkc().collect();
    key.contains('.') && key.starts_with(|c: char| c.is_ascii_alphabetic()) && !key.ends_with('.')
}
