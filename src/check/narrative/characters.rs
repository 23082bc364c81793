//! A paragraph as the check reads it: in simplified characters, without quotations and asides.

use std::ops::Range;

use rust_decimal::Decimal;

use super::lexicon::{Kind, Lexicon};
use crate::check::scripts;
use crate::report::{Line, Report};

/// Stands for a bracket or a quotation that may change what is said: no word matches it.
const BLOCK: char = '\u{fffc}';
/// Stands for a figure quoted as `{{key}}`.
const QUOTED: char = '\u{fffd}';
/// A bracket that says more of the number before it: （其中自然人27件）.
pub(super) const OPEN: char = '\u{fff9}';
/// Its end.
pub(super) const CLOSE: char = '\u{fffb}';

/// Longest key in a quotation, in characters.
const LONGEST_KEY: usize = 200;

/// One character and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Character {
    /// The character, simplified and of half width.
    pub c: char,
    /// Its first byte in the paragraph.
    pub at: usize,
    /// The byte behind it.
    pub end: usize,
    /// The figure's value, where it stands for a quoted figure.
    pub quoted: Option<Decimal>,
}

impl Character {
    /// Whether it is a digit 0 to 9.
    pub fn is_digit(&self) -> bool {
        self.c.is_ascii_digit()
    }
}

/// A text in simplified characters of half width.
pub(super) fn simplified(text: &str) -> String {
    text.chars().map(simplify).collect()
}

fn simplify(c: char) -> char {
    match c {
        '\0'..='\u{7f}' => c,
        // Full-width digits, full stop and percent sign.
        '０'..='９' | '．' | '％' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '壹' => '一',
        '贰' | '貳' => '二',
        '叁' | '參' => '三',
        '拾' => '十',
        '佰' => '百',
        '仟' => '千',
        _ => scripts::simplify(c),
    }
}

/// Reads a paragraph.
pub(super) fn characters(report: &Report, lexicon: &Lexicon<'_>, line: &Line) -> Vec<Character> {
    let mut reader = Reader {
        report,
        lexicon,
        text: &line.worded.text,
        out: Vec::new(),
        spaced: false,
        within: false,
    };
    reader.read(0, line.worded.text.len());
    reader.out
}

struct Reader<'a> {
    report: &'a Report,
    lexicon: &'a Lexicon<'a>,
    text: &'a str,
    out: Vec<Character>,
    spaced: bool,
    /// Whether it reads a bracket that goes on counting: one within another is not looked into.
    within: bool,
}

impl Reader<'_> {
    fn read(&mut self, mut at: usize, end: usize) {
        while let Some(c) = self.text.get(at..end).and_then(|rest| rest.chars().next()) {
            let next = at + c.len_utf8();
            if let Some(closer) = closer(c) {
                let rest = self.text.get(next..end).unwrap_or_default();
                let Some(inside) = closing(rest, c, closer) else {
                    self.push(BLOCK, at, end);
                    return;
                };
                self.bracket(c, at..next + inside.end, next..next + inside.start);
                at = next + inside.end;
                continue;
            }
            if c.is_whitespace() {
                self.spaced = true;
            } else if let Some((key, length)) = self.text.get(at..end).and_then(quote) {
                let value = self.report.form.figure(key);
                let value = value.map(|id| self.report.figure(id).value);
                self.push(value.map_or(BLOCK, |_| QUOTED), at, at + length);
                if let Some(last) = self.out.last_mut() {
                    last.quoted = value;
                }
                at += length;
                continue;
            } else {
                let c = simplify(c);
                // 3 646 may be one number or two.
                if std::mem::take(&mut self.spaced)
                    && c.is_ascii_digit()
                    && self.out.last().is_some_and(Character::is_digit)
                {
                    self.push(BLOCK, at, at);
                }
                self.push(c, at, next);
            }
            at = next;
        }
    }

    /// A bracket or a quotation and its inside. One that goes on counting is read; what changes
    /// nothing is left out; of any other nothing is known.
    fn bracket(&mut self, opener: char, whole: Range<usize>, inside: Range<usize>) {
        let said = self.text.get(inside.clone()).unwrap_or_default();
        let said = simplified(said.trim());
        if !matches!(opener, '（' | '(') {
            // “三安全一稳定” is a word of the form.
            if self.lexicon.is_term(&said) {
                self.read(inside.start, inside.end);
            } else {
                self.push(BLOCK, whole.start, whole.end);
            }
            return;
        }
        let goes_on = |kinds: &[Kind]| self.lexicon.starts_with(&said, kinds);
        let more = goes_on(&[Kind::Of, Kind::Share, Kind::Compared])
            || said.starts_with('另')
            || self.lexicon.starts_with_term(&said);
        if !self.within && more {
            self.within = true;
            self.push(OPEN, whole.start, inside.start);
            self.read(inside.start, inside.end);
            self.push(CLOSE, inside.end, whole.end);
            self.within = false;
        } else if !is_aside(&said, self.out.last()) {
            self.push(BLOCK, whole.start, whole.end);
        }
    }

    fn push(&mut self, c: char, at: usize, end: usize) {
        self.out.push(Character {
            c,
            at,
            end,
            quoted: None,
        });
    }
}

/// Whether a bracket leaves what stands before it as it is: the number of a heading, a short name,
/// or behind a number how it came about.
fn is_aside(inside: &str, before: Option<&Character>) -> bool {
    const CHANGES: [&str; 8] = ["含", "包括", "除", "不计", "合并", "另", "仅", "不是"];
    let numbered = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let counted = before.is_some_and(|before| "件份宗起例条次个".contains(before.c));
    inside.chars().all(numbered)
        || inside.starts_with("以下简称")
        || inside.starts_with("简称")
        || counted && !CHANGES.iter().any(|word| inside.contains(word))
}

fn closer(c: char) -> Option<char> {
    let closer = match c {
        '（' => '）',
        '(' => ')',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '〔' => '〕',
        '【' => '】',
        '［' => '］',
        '[' => ']',
        '"' => '"',
        _ => return None,
    };
    Some(closer)
}

/// The bytes of what closes the bracket that `text` stands behind: a round one may be closed by one
/// of the other width.
fn closing(text: &str, opener: char, closer: char) -> Option<Range<usize>> {
    let round = |c: char| matches!(c, '）' | ')');
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if c == closer || round(closer) && round(c) {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some(at..at + c.len_utf8()),
            }
        } else if c == opener {
            depth += 1;
        }
    }
    None
}

/// The key that a text starting with `{{key}}` quotes, and the bytes of the quotation.
fn quote(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix("{{")?;
    let longest = rest.char_indices().nth(LONGEST_KEY);
    let end = rest
        .get(..longest.map_or(rest.len(), |(at, _)| at))?
        .find("}}")?;
    Some((rest.get(..end)?.trim(), end + 4))
}

/// Whether `characters` start with `word`, and with how many of them.
pub(super) fn starts(characters: &[Character], word: &str) -> Option<usize> {
    let mut length = 0;
    for c in word.chars() {
        if characters.get(length)?.c != c {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// Whether `word` is among `characters`.
pub(super) fn contain(characters: &[Character], word: &str) -> bool {
    (0..characters.len()).any(|at| starts(rest(characters, at), word).is_some())
}

/// The characters from `at` on.
pub(super) fn rest(characters: &[Character], at: usize) -> &[Character] {
    characters.get(at..).unwrap_or_default()
}
