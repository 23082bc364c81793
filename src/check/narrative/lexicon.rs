//! The words that one report is read with: those of the form's terms and those around numbers.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::characters::{Character, rest, simplified, starts};
use crate::form::{Form, Named};
use crate::report::{Report, Scope};
use crate::text::character::same_name;

/// What a word does to the numbers beside it; words.toml says it in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Plain,
    Own,
    Region,
    Sum,
    Cause,
    Shown,
    None,
    Of,
    Within,
    Joiner,
    Each,
    Tail,
    Share,
    Compared,
    Up,
    Down,
    Count,
    Vague,
    Away,
    Running,
    Way,
    Narrowing,
}

/// The file of words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    word: Vec<Row>,
    short: Vec<Short>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: Kind,
    words: Vec<String>,
    // What the row is for; a test reads it.
    #[allow(dead_code)]
    example: String,
}

/// The end of bodies' names, and how it is shortened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Short {
    end: String,
    short: Vec<String>,
}

fn file() -> &'static File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| toml::from_str(include_str!("words.toml")).unwrap_or_default())
}

/// What is known of a word.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    kinds: Vec<Kind>,
    /// The term of a row or a column that it is.
    pub row: Option<usize>,
    pub column: Option<usize>,
    /// Whether it names the year reported on.
    pub year: bool,
}

impl Word {
    pub fn is(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    pub fn is_any(&self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|kind| self.is(*kind))
    }
}

/// The words that the texts of one report are read with.
pub(super) struct Lexicon<'a> {
    words: HashMap<String, Word>,
    /// The lengths of the words by their first character, the longest first.
    lengths: HashMap<char, Vec<usize>>,
    /// The body's name, and what the short forms of it end in.
    name: Vec<char>,
    ends: Vec<&'a str>,
    scope: Scope,
}

/// Longest short form of a body's name, in characters.
const LONGEST_NAME: usize = 40;

impl<'a> Lexicon<'a> {
    pub fn new(report: &Report) -> Self {
        let mut lexicon = Self {
            words: HashMap::new(),
            lengths: HashMap::new(),
            name: Vec::new(),
            ends: Vec::new(),
            scope: report.scope,
        };
        for row in &file().word {
            for word in &row.words {
                lexicon.add(word, report.year, |known| known.kinds.push(row.kind));
            }
        }
        lexicon.add_namings(&report.form, report.year);
        lexicon.add_names(report);
        for lengths in lexicon.lengths.values_mut() {
            lengths.sort_unstable_by(|a, b| b.cmp(a));
            lengths.dedup();
        }
        lexicon
    }

    fn add_namings(&mut self, form: &Form, year: i32) {
        for (id, term) in form.namings.iter().enumerate() {
            for word in &term.words {
                self.add(word, year, |known| match &term.names {
                    Named::Row(_) => known.row = Some(id),
                    Named::Column(_) => known.column = Some(id),
                });
            }
        }
    }

    /// The body's name and, of a region, what it is called. Short forms of them are told by
    /// [`Self::own`].
    fn add_names(&mut self, report: &Report) {
        let full = simplified(&same_name(&report.organ.text));
        let name = full.split('(').next().unwrap_or_default();
        let ours = match self.scope {
            Scope::Own => Kind::Own,
            Scope::Region => Kind::Region,
        };
        self.add(name, report.year, |known| known.kinds.push(ours));
        self.name = name.chars().collect();
        match self.scope {
            Scope::Own => {
                let short = file()
                    .short
                    .iter()
                    .filter(|short| name.ends_with(&short.end));
                let longest = short.max_by_key(|short| short.end.len());
                if let Some(short) = longest {
                    self.ends.extend(short.short.iter().map(String::as_str));
                }
            }
            Scope::Region => {
                let places = [
                    "省",
                    "市",
                    "州",
                    "县",
                    "区",
                    "旗",
                    "盟",
                    "政府",
                    "管委会",
                    "委员会",
                ];
                self.ends.extend(places);
                if let Some(region) = report.particulars.get("organ.region") {
                    let region = simplified(&same_name(&region.text));
                    self.add(&region, report.year, |known| known.kinds.push(ours));
                    self.name.extend(region.chars());
                }
            }
        }
    }

    fn add(&mut self, written: &str, year: i32, change: impl Fn(&mut Word)) {
        let word = written
            .replace("{year}", &year.to_string())
            .replace("{last}", &(year - 1).to_string())
            .replace("{next}", &(year + 1).to_string());
        let Some(first) = word.chars().next() else {
            return;
        };
        let lengths = self.lengths.entry(first).or_default();
        lengths.push(word.chars().count());
        let known = self.words.entry(word).or_default();
        known.year |= written.contains("{year}");
        change(known);
    }

    /// Whether `text` is a word of the form's terms.
    pub fn is_term(&self, text: &str) -> bool {
        let word = self.words.get(text);
        word.is_some_and(|word| word.row.is_some() || word.column.is_some())
    }

    /// Whether `text` starts with a word of one of the kinds.
    pub fn starts_with(&self, text: &str, kinds: &[Kind]) -> bool {
        self.starts(text, |word| word.is_any(kinds))
    }

    /// Whether `text` starts with the name of a row or a column.
    pub fn starts_with_term(&self, text: &str) -> bool {
        self.starts(text, |word| word.row.is_some() || word.column.is_some())
    }

    fn starts(&self, text: &str, fit: impl Fn(&Word) -> bool) -> bool {
        let lengths = text.chars().next().and_then(|c| self.lengths.get(&c));
        lengths.into_iter().flatten().any(|length| {
            let end = text.char_indices().nth(*length);
            let word = text.get(..end.map_or(text.len(), |(at, _)| at));
            word.and_then(|word| self.words.get(word)).is_some_and(&fit)
        })
    }

    /// The longest word that `characters` start with, and its length.
    pub fn longest(&self, characters: &[Character]) -> Option<(&Word, usize)> {
        self.longest_of(characters, |_| true)
    }

    /// The longest of the words that `fit`.
    pub fn longest_of(
        &self,
        characters: &[Character],
        fit: impl Fn(&Word) -> bool,
    ) -> Option<(&Word, usize)> {
        let lengths = self.lengths.get(&characters.first()?.c)?;
        lengths.iter().find_map(|length| {
            let word: String = characters.get(..*length)?.iter().map(|c| c.c).collect();
            let word = self.words.get(&word).filter(|word| fit(word))?;
            Some((word, *length))
        })
    }

    /// How many characters a short form of the body's name takes: what is left of the name when
    /// parts are taken out, if it still ends as such a name does (县教育局, 区卫健委).
    pub fn own(&self, characters: &[Character]) -> usize {
        let mut name = self.name.iter();
        let taken = characters.iter().take(LONGEST_NAME);
        let run = taken
            .take_while(|character| name.by_ref().any(|c| *c == character.c))
            .count();
        (2..=run)
            .rev()
            .find(|length| {
                self.ends.iter().any(|end| {
                    let from = length.checked_sub(end.chars().count());
                    from.is_some_and(|from| {
                        starts(rest(characters, from), end) == Some(length - from)
                    })
                })
            })
            .unwrap_or(0)
    }

    /// Whether a word speaks of the bodies whose numbers are not in this report: of a region in
    /// a body's report, of one body in a region's.
    pub fn is_others(&self, word: &Word) -> bool {
        word.is(match self.scope {
            Scope::Own => Kind::Region,
            Scope::Region => Kind::Own,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_program_are_sound() {
        let file: File = toml::from_str(include_str!("words.toml")).unwrap();
        for row in &file.word {
            assert!(!row.words.is_empty() && !row.example.is_empty(), "{row:?}");
        }
    }
}
