//! Findings: one fault or doubt each.

use std::fmt;

use super::{Code, Place};

/// Longest wording of a message, in characters: what it quotes of the file may have no end.
const LONGEST: usize = 600;

/// Language of the messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// Whether a finding stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A doubt: the outputs are written.
    Warning,
    /// A fault: nothing is written for that file.
    Error,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Both wordings of one sentence. What would not stand on one line of a terminal, or is too
    /// long for a person, comes from the file that is spoken of and is cut.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: on_one_line(zh.into()),
            en: on_one_line(en.into()),
        }
    }

    /// The wording in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A text with no more than [`LONGEST`] characters and without those that a terminal obeys.
fn on_one_line(text: String) -> String {
    let long = text.len() > LONGEST && text.chars().nth(LONGEST).is_some();
    if !long && !text.contains(is_obeyed) {
        return text;
    }
    let shown = text.chars().take(LONGEST);
    let mut shown: String = shown
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if is_obeyed(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect();
    if long {
        shown.push('…');
    }
    shown
}

/// Whether a terminal does something for a character other than to show it: controls, and the
/// marks that turn a line round (UAX #9, 2.1 to 2.5).
pub(crate) fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What that place has to do with the finding.
    pub message: Message,
    /// Where it is; none for a figure that the file does not give.
    pub place: Option<Place>,
    /// Its figure, if it is one.
    pub key: Option<String>,
}

/// One fault or doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule it breaks.
    pub code: Code,
    /// Whether it stops the build.
    pub severity: Severity,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub remedy: Option<Message>,
    /// Where it is.
    pub place: Option<Place>,
    /// The figure that it is about, as a dotted key.
    pub key: Option<String>,
    /// What was expected.
    pub expected: Option<String>,
    /// What was found.
    pub found: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The other cells of which the same is said, where the message counts them.
    pub cells: Vec<Place>,
}

impl Finding {
    /// A finding of the severity that its code has.
    pub fn new(code: Code, message: Message) -> Self {
        Self {
            severity: code.severity(),
            code,
            message,
            remedy: None,
            place: None,
            key: None,
            expected: None,
            found: None,
            related: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Whether it stops the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Sets the place.
    #[must_use]
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub(crate) fn remedy(mut self, remedy: Message) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// Sets the figure that it is about.
    #[must_use]
    pub(crate) fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(on_one_line(key.into()));
        self
    }

    /// Sets what was expected and what was found.
    #[must_use]
    pub(crate) fn expected(
        mut self,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) -> Self {
        self.expected = Some(on_one_line(expected.to_string()));
        self.found = Some(on_one_line(found.to_string()));
        self
    }

    /// Adds another place.
    #[must_use]
    pub(crate) fn related(mut self, related: Related) -> Self {
        self.related.push(related);
        self
    }
}
