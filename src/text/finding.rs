//! Findings: one fault or doubt each.

use std::fmt;

use super::{Code, Place};

/// Most findings of one file that are told. Whoever has mended these sees the next ones.
pub const MOST: usize = 200;
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
        self.key = Some(on_one_line(key.into()));
        self
    }

    /// Sets what was expected and what was found.
    #[must_use]
    pub fn expected(mut self, expected: impl fmt::Display, found: impl fmt::Display) -> Self {
        self.expected = Some(on_one_line(expected.to_string()));
        self.found = Some(on_one_line(found.to_string()));
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
/// sheet, row and column. Those without a place come first. Of more than [`MOST`] the first are
/// kept, and one that says so.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by_cached_key(|finding| {
        finding.place.as_ref().map(|place| {
            let cell = place.cell();
            let cell = cell.map(|cell| (cell.number, cell.row, cell.column));
            (place.source.name().to_owned(), cell, place.span.start)
        })
    });
    if findings.len() > MOST {
        let rest = findings.split_off(MOST);
        // An error must not be lost behind warnings: it decides what becomes of the file.
        let first = rest.into_iter().reduce(|first, other| {
            if other.severity > first.severity {
                other
            } else {
                first
            }
        });
        findings.extend(first.map(and_more));
    }
}

/// The finding that stands for `first` and all that come after it.
fn and_more(first: Finding) -> Finding {
    let mut finding = Finding::new(
        first.code,
        Message::new(
            "问题太多，从这里起没有再列出",
            "too many findings: those from here on are not listed",
        ),
    )
    .remedy(Message::new(
        "先改好上面列出的，再检查一遍；如果到处都是，请检查是否选错了文件",
        "mend those above and check again; where they are everywhere, check that this is the right file",
    ));
    finding.severity = first.severity;
    finding.place = first.place;
    finding
}
