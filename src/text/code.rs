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
    /// A text of another year's report or of another body's.
    AnotherReport,
    /// An official heading typed again.
    RepeatedHeading,
    /// Half-width punctuation, brackets of two widths, characters of the other script.
    Typing,
    /// A postcode, telephone, e-mail, credit code or name that can't be right.
    Particulars,
    /// A report on a year that has not come.
    FutureYear,
    /// A sum of money that is probably in another unit.
    MoneyUnit,
    /// A report in which nothing was filled in.
    BlankReport,
    /// In a roll-up, a report of another year or form than the rest.
    OtherForm,
    /// In a roll-up, a region's figures among those of single bodies.
    MixedScope,
    /// In a roll-up, a second report of a unit.
    UnitTwice,
    /// In a roll-up, a figure in a unit that can't be brought into that of the sum.
    MixedMeasure,
    /// In a roll-up, a sum that no figure may reach.
    SumTooLarge,
    /// In a roll-up, a unit that was expected and has no report.
    UnitMissing,
    /// In a roll-up, a report of a unit that was not expected.
    UnitUnexpected,
    /// In a roll-up, figures of the parent's own report that are not the sums.
    ParentDiffers,
    /// A rule of the form, by the code that the form file gives it.
    Rule(Arc<str>),
}

impl Code {
    /// The codes that only a roll-up has: they are about several reports.
    pub const ROLLUP: &'static [Self] = &[
        Self::OtherForm,
        Self::MixedScope,
        Self::UnitTwice,
        Self::MixedMeasure,
        Self::SumTooLarge,
        Self::UnitMissing,
        Self::UnitUnexpected,
        Self::ParentDiffers,
    ];

    /// The codes that a single file can have; the rules of a form come on top.
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
        Self::AnotherReport,
        Self::RepeatedHeading,
        Self::Typing,
        Self::Particulars,
        Self::FutureYear,
        Self::MoneyUnit,
        Self::BlankReport,
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
            Self::AnotherReport => "another-report",
            Self::RepeatedHeading => "repeated-heading",
            Self::Typing => "typing",
            Self::Particulars => "particulars",
            Self::FutureYear => "future-year",
            Self::MoneyUnit => "money-unit",
            Self::BlankReport => "blank-report",
            Self::OtherForm => "other-form",
            Self::MixedScope => "mixed-scope",
            Self::UnitTwice => "unit-twice",
            Self::MixedMeasure => "mixed-measure",
            Self::SumTooLarge => "sum-too-large",
            Self::UnitMissing => "unit-missing",
            Self::UnitUnexpected => "unit-unexpected",
            Self::ParentDiffers => "parent-differs",
            Self::Rule(code) => code,
        }
    }

    /// The severity that findings of this code have from the start.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Jump
            | Self::Deadline
            | Self::TemplateText
            | Self::Narrative
            | Self::AnotherReport
            | Self::RepeatedHeading
            | Self::Typing
            | Self::Particulars
            | Self::FutureYear
            | Self::MoneyUnit
            | Self::BlankReport
            | Self::UnitMissing
            | Self::UnitUnexpected
            | Self::ParentDiffers => Severity::Warning,
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
        for code in Code::ALL.iter().chain(Code::ROLLUP) {
            assert!(seen.insert(code.as_str()), "{code} twice");
            assert!(
                code.as_str()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-')
            );
        }
    }
}
