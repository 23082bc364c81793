//! Which characters of the pages are English: a voice reads them as such (ISO 14289-1, 7.2).
//!
//! Names and abbreviations are read in any voice, and a form's own language says how. From three words
//! on in a row it is a title or a sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use super::marked_content::{Key, Mark};
use crate::layout::{Item, Pages, Run};

/// Fewest words in a row that are English.
const WORDS: usize = 3;
/// The last character of the scripts of European languages that are written in Latin letters (Latin
/// Extended-B).
const LAST_LATIN: char = '\u{24F}';

/// Glyphs of a run, and the passage that they are of.
type Part = (Range<usize>, usize);

/// The English passages of a document, numbered from 0.
#[derive(Debug, Default)]
pub(super) struct English {
    /// The parts of each item that has any, by its page and number there.
    parts: BTreeMap<(usize, usize), Vec<Part>>,
}

impl English {
    /// The passages of the pages.
    pub fn of(pages: &Pages) -> Self {
        let mut runs_of: BTreeMap<Key, Vec<(usize, usize, &Run)>> = BTreeMap::new();
        for (page, content) in pages.pages.iter().enumerate() {
            for (number, item) in content.items.iter().enumerate() {
                if let (Item::Run(run), Mark::Element(key)) = (item, Mark::of(item)) {
                    runs_of.entry(key).or_default().push((page, number, run));
                }
            }
        }
        let mut english = Self::default();
        let mut passages = 0;
        for runs in runs_of.values() {
            let mut glyphs = runs.iter().flat_map(|(.., run)| &run.glyphs);
            if !glyphs.any(|glyph| is_letter(glyph.c)) {
                continue;
            }
            // The place of each character: page, item, glyph. None of the space that a line's end is.
            let (mut text, mut places) = (Vec::new(), Vec::new());
            let mut line = None;
            for (page, number, run) in runs {
                let this = (*page, run.y);
                if line.is_some_and(|line| line != this) {
                    text.push(' ');
                    places.push(None);
                }
                line = Some(this);
                for (glyph, placed) in run.glyphs.iter().enumerate() {
                    text.push(placed.c);
                    places.push(Some((*page, *number, glyph)));
                }
            }
            for passage in found(&text) {
                let places = places.get(passage).unwrap_or_default();
                let places: Vec<_> = places.iter().flatten().collect();
                for of_run in places.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                    if let (Some((page, item, first)), Some((.., last))) =
                        (of_run.first(), of_run.last())
                    {
                        let parts = english.parts.entry((*page, *item)).or_default();
                        parts.push((*first..last + 1, passages));
                    }
                }
                passages += 1;
            }
        }
        english
    }

    /// Whether a part of an item is English.
    pub fn has_part(&self, page: usize, item: usize) -> bool {
        self.parts.contains_key(&(page, item))
    }

    /// An item's run of `length` glyphs, cut where its language changes, with the passage of each part.
    pub fn cut(
        &self,
        page: usize,
        item: usize,
        length: usize,
    ) -> Vec<(Range<usize>, Option<usize>)> {
        let mut cut = Vec::new();
        let mut at = 0;
        for (part, passage) in self.parts.get(&(page, item)).into_iter().flatten() {
            cut.push((at..part.start, None));
            cut.push((part.clone(), Some(*passage)));
            at = part.end;
        }
        cut.push((at..length, None));
        cut.retain(|(part, _)| !part.is_empty());
        cut
    }
}

/// The passages of a text, by their characters: from a letter to a letter.
fn found(text: &[char]) -> Vec<Range<usize>> {
    let mut passages = Vec::new();
    let mut start = 0;
    for stretch in text.chunk_by(|a, b| is_latin_text(*a) == is_latin_text(*b)) {
        let (from, end) = (start, start + stretch.len());
        start = end;
        let first = stretch.iter().position(|c| is_letter(*c));
        let last = stretch.iter().rposition(|c| is_letter(*c));
        if let (Some(first), Some(last)) = (first, last)
            && stretch
                .split(|c| *c == ' ')
                .filter(|it| is_word(it))
                .count()
                >= WORDS
        {
            passages.push(from + first..from + last + 1);
        }
    }
    passages
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && c <= LAST_LATIN
}

/// Whether a character may stand in a passage: quotation marks and dashes may be Chinese as well.
fn is_latin_text(c: char) -> bool {
    c.is_ascii() || is_letter(c) || matches!(c, '‘' | '’' | '“' | '”' | '–' | '—' | '…')
}

/// Whether what stands between spaces is a word: two letters or more, and no address.
fn is_word(text: &[char]) -> bool {
    let is_mark = |c: &char| !c.is_alphanumeric();
    let from = text.iter().position(|c| !is_mark(c)).unwrap_or(text.len());
    let to = text
        .iter()
        .rposition(|c| !is_mark(c))
        .map_or(from, |at| at + 1);
    let word = text.get(from..to).unwrap_or_default();
    let letters = word.iter().filter(|c| is_letter(**c)).count();
    letters >= 2
        && word
            .iter()
            .all(|c| is_letter(*c) || matches!(c, '-' | '\'' | '’'))
}

#[cfg(test)]
mod tests {
    use super::found;

    fn passages(text: &str) -> Vec<String> {
        let text: Vec<char> = text.chars().collect();
        let found = found(&text).into_iter();
        found.map(|part| text[part].iter().collect()).collect()
    }

    #[test]
    fn three_words_in_a_row_are_english_and_fewer_are_not() {
        let law =
            "《Regulations of the People’s Republic of China on Open Government Information》";
        assert_eq!(
            passages(&format!(
                "依据{law}（2019）和“Freedom of Information Act, 1966”。"
            )),
            [
                "Regulations of the People’s Republic of China on Open Government Information",
                "Freedom of Information Act",
            ]
        );
        for none in [
            "全年公开信息412条。",
            "用 WPS Office 打开 PDF，网址 https://www.example.gov.cn/col/col1/index.html 。",
            "甲 A B C D 类",
            "电子邮箱zwgk@example.cn or zwgk2@example.cn",
            "",
        ] {
            assert!(passages(none).is_empty(), "{none}");
        }
    }
}
