//! Official wording in both scripts, with the places where a label may be broken.

use serde::Deserialize;

/// Script of the official wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub enum Script {
    /// Simplified characters.
    #[default]
    Hans,
    /// Traditional characters.
    Hant,
}

impl Script {
    /// `hans` or `hant`, as in the data file.
    pub fn as_str(self) -> &'static str {
        self.of(["hans", "hant"])
    }

    /// What is in this script, of what is said in both.
    pub(crate) fn of<T>(self, [hans, hant]: [T; 2]) -> T {
        match self {
            Self::Hans => hans,
            Self::Hant => hant,
        }
    }

    /// The language tag (BCP 47): `zh-Hans-CN` or `zh-Hant-CN`.
    pub fn lang(self) -> &'static str {
        self.of(["zh-Hans-CN", "zh-Hant-CN"])
    }
}

/// A text and the places where it is best broken.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Phrase {
    /// The text as it is printed.
    pub text: String,
    /// Where it may be broken: numbers of characters before the break, rising.
    pub breaks: Vec<usize>,
}

impl Phrase {
    /// A phrase from a form file's notation, in which `|` marks a break.
    pub(crate) fn parse(marked: &str) -> Self {
        let mut phrase = Self::default();
        let mut count = 0;
        for c in marked.chars() {
            if c == '|' {
                phrase.breaks.push(count);
            } else {
                phrase.text.push(c);
                count += 1;
            }
        }
        phrase
    }
}

/// One wording in both scripts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "Notation")]
pub struct Wording {
    phrases: [Phrase; 2],
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a text, or a list of two texts: simplified and traditional"
)]
enum Notation {
    Same(String),
    Both([String; 2]),
}

/// Longest wording, in characters. The longest of the built-in forms has 200.
const LONGEST: usize = 2_000;

impl TryFrom<Notation> for Wording {
    type Error = String;

    fn try_from(notation: Notation) -> Result<Self, String> {
        let texts = match notation {
            Notation::Same(text) => [text.clone(), text],
            Notation::Both(texts) => texts,
        };
        if texts.iter().any(|text| text.chars().count() > LONGEST) {
            return Err(format!("a wording has {LONGEST} characters at most"));
        }
        Ok(Self {
            phrases: texts.map(|text| Phrase::parse(&text)),
        })
    }
}

impl Wording {
    /// The phrase in `script`.
    pub fn phrase(&self, script: Script) -> &Phrase {
        script.of(self.phrases.each_ref())
    }

    /// The plain text in `script`.
    pub fn text(&self, script: Script) -> &str {
        &self.phrase(script).text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn break_marks_are_no_part_of_the_wording() {
        let phrase = Phrase::parse("社会|公益|组织");
        assert_eq!(phrase.text, "社会公益组织");
        assert_eq!(phrase.breaks, [2, 4]);
    }
}
