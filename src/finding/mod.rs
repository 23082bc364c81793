//! Findings: one fault or doubt each, with its code, its place, what was found, what was
//! expected and what to write instead, in Chinese and in English.
//!
//! A finding says nothing of how it is shown: [`text`] draws it for a person, [`json`] for a
//! program.

mod code;
pub mod json;
pub mod text;

pub use code::Code;

use std::fmt;

use serde::Serialize;

use crate::source::Place;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    /// Both wordings of one sentence.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
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
        }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Sets what to do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: Message) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// Sets the figure that it is about.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Sets what was expected and what was found.
    #[must_use]
    pub fn expected(mut self, expected: impl fmt::Display, found: impl fmt::Display) -> Self {
        self.expected = Some(expected.to_string());
        self.found = Some(found.to_string());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, related: Related) -> Self {
        self.related.push(related);
        self
    }
}

/// Whether any of `findings` stops the build.
pub fn any_error(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.severity == Severity::Error)
}

/// Puts findings in the order of their places: by file name, then by offset, in a workbook by
/// sheet, row and column. Those without a place come first.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let at = |f: &Finding| {
            f.place.as_ref().map(|p| {
                let cell = p.cell().map(|cell| (cell.number, cell.row, cell.column));
                (p.source.name().to_owned(), cell, p.span.start)
            })
        };
        at(a).cmp(&at(b))
    });
}
