//! All that was found in one file.

use std::error::Error;
use std::fmt;
use std::ops::Deref;

use super::{Finding, Lang, Message, Severity};

/// Most findings of one file that are told. Whoever has mended these sees the next ones.
pub const MOST: usize = 200;

/// What was found in a file, in the order of the places: by file name, then by offset, in a
/// workbook by sheet, row and column. Those without a place come first. Of more than 200 the
/// first are kept, and one that says so.
///
/// They are the error of everything that reads or checks. `Display` shows them to a person in
/// English; [`human`](Self::human) does so in either language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Whether any of them stops the build.
    pub fn any_error(&self) -> bool {
        self.iter().any(Finding::is_error)
    }

    /// The findings where all of them are warnings.
    ///
    /// # Errors
    /// The findings where one of them is an error.
    pub(crate) fn without_errors(self) -> Result<Self, Self> {
        if self.any_error() {
            Err(self)
        } else {
            Ok(self)
        }
    }

    /// Makes every warning an error.
    pub(crate) fn deny_warnings(&mut self) {
        for finding in &mut self.0 {
            finding.severity = Severity::Error;
        }
    }

    /// The findings as lines of text, a blank line between two; `colour` adds ANSI colours.
    pub fn human(&self, lang: Lang, colour: bool) -> String {
        let drawn: Vec<String> = self.iter().map(|it| it.human(lang, colour)).collect();
        drawn.join("\n\n")
    }

    /// The findings as JSON, one object a line.
    pub fn json(&self, lang: Lang) -> String {
        self.iter().map(|it| it.json(lang) + "\n").collect()
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(mut findings: Vec<Finding>) -> Self {
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
        Self(findings)
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

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Self(vec![finding])
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.0
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.human(Lang::En, false))
    }
}

impl Error for Findings {}
