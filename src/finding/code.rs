//! The codes of findings. They are a promise: a code that was printed once keeps its meaning.

use std::fmt;
use std::sync::Arc;

use super::Severity;

/// What kind of fault or doubt a finding is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Code {
    /// The file is not text, or not TOML.
    Syntax,
    /// A key that the form doesn't have.
    UnknownKey,
    /// A key that the form asks for is not there.
    MissingKey,
    /// A value of the wrong kind: text for a number, a number for a table.
    WrongType,
    /// A row of figures with too few or too many.
    WrongLength,
    /// A figure that is not a whole number of things.
    NotACount,
    /// A sum of money that is not an exact decimal.
    NotAnAmount,
    /// The form doesn't go with the year.
    WrongForm,
    /// A date that is none.
    BadDate,
    /// A file or a figure named in a text that can't be found.
    BadReference,
    /// A character that no font has.
    MissingGlyph,
    /// A form file that is no sound form.
    FormFile,
    /// A style file that is no sound style, or names a face that can't be used.
    StyleFile,
    /// A figure five times last year's, or a fifth of it.
    Jump,
    /// Signed before the year is over, or after the day on which the report is due.
    Deadline,
    /// The form's instruction left in a text.
    TemplateText,
    /// A number in a text that contradicts the tables.
    Narrative,
    /// A rule of the form, by the code that the form file gives it.
    Rule(Arc<str>),
}

impl Code {
    /// Every code of the program itself; the rules of a form come on top.
    pub const ALL: &'static [Self] = &[
        Self::Syntax,
        Self::UnknownKey,
        Self::MissingKey,
        Self::WrongType,
        Self::WrongLength,
        Self::NotACount,
        Self::NotAnAmount,
        Self::WrongForm,
        Self::BadDate,
        Self::BadReference,
        Self::MissingGlyph,
        Self::FormFile,
        Self::StyleFile,
        Self::Jump,
        Self::Deadline,
        Self::TemplateText,
        Self::Narrative,
    ];

    /// The code as it is printed.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Syntax => "syntax",
            Self::UnknownKey => "unknown-key",
            Self::MissingKey => "missing-key",
            Self::WrongType => "wrong-type",
            Self::WrongLength => "wrong-length",
            Self::NotACount => "not-a-count",
            Self::NotAnAmount => "not-an-amount",
            Self::WrongForm => "wrong-form",
            Self::BadDate => "bad-date",
            Self::BadReference => "bad-reference",
            Self::MissingGlyph => "missing-glyph",
            Self::FormFile => "form-file",
            Self::StyleFile => "style-file",
            Self::Jump => "jump",
            Self::Deadline => "deadline",
            Self::TemplateText => "template-text",
            Self::Narrative => "narrative",
            Self::Rule(code) => code,
        }
    }

    /// The severity that findings of this code have from the start.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Jump | Self::Deadline | Self::TemplateText | Self::Narrative => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_kebab_case() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{code} twice");
            assert!(
                code.as_str()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-')
            );
        }
    }
}
