//! The form file as it is written: what serde reads, nothing resolved.

use serde::Deserialize;
use toml::Spanned;

use super::model::{Kind, LabelAlign};
use super::naming::NamingFile;
use super::wording::Wording;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormFile {
    pub id: String,
    pub years: Spanned<Vec<i32>>,
    pub issued_by: Wording,
    pub title: Wording,
    #[serde(default)]
    pub opening: Wording,
    #[serde(default)]
    pub contact: Wording,
    #[serde(default)]
    pub contact_parts: ContactParts,
    pub section: Vec<Spanned<SectionFile>>,
    #[serde(default)]
    pub table: Vec<Spanned<TableFile>>,
    #[serde(default)]
    pub rule: Vec<Spanned<RuleFile>>,
    #[serde(default)]
    pub mention: Vec<MentionFile>,
    #[serde(default)]
    pub naming: Vec<Spanned<NamingFile>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactParts {
    pub address: Wording,
    pub postcode: Wording,
    pub phone: Wording,
    pub email: Wording,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionFile {
    pub heading: Wording,
    pub text: Option<Spanned<String>>,
    pub table: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableFile {
    pub id: Spanned<String>,
    pub sheet: Spanned<Wording>,
    pub columns: usize,
    #[serde(default)]
    pub header_rows: usize,
    #[serde(default)]
    pub labels: LabelAlign,
    pub series: Option<Spanned<Vec<String>>>,
    pub rows: Vec<Spanned<Vec<Spanned<CellFile>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CellFile {
    pub band: Option<Wording>,
    pub head: Option<Wording>,
    pub label: Option<Wording>,
    pub note: Option<Wording>,
    /// One figure: its key without the table's name.
    pub figure: Option<String>,
    /// One figure for each part of the table's series: their common key.
    pub figures: Option<String>,
    #[serde(default)]
    pub kind: Kind,
    #[serde(default = "one")]
    pub rows: usize,
    #[serde(default = "one")]
    pub columns: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub code: String,
    pub zh: Wording,
    pub en: String,
    /// A formula whose left side is the figure that it computes.
    pub compute: Option<Spanned<String>>,
    /// A formula that must hold.
    pub check: Option<Spanned<String>>,
    /// A formula that should hold: a warning where it doesn't.
    pub warn: Option<Spanned<String>>,
    /// Formulas that must hold for the rule to speak.
    #[serde(default)]
    pub when: Vec<Spanned<String>>,
    /// The bodies that the rule speaks of; all where it is left out.
    pub organs: Option<Spanned<OrgansFile>>,
    /// What to do where the rule is broken, in Chinese and in English.
    pub remedy: Option<[String; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrgansFile {
    /// Ends of names.
    #[serde(default)]
    pub ends: Vec<String>,
    /// Kinds of bodies, of those in bodies.toml.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Starts of names of bodies that are left out all the same.
    #[serde(default)]
    pub except_starts: Vec<String>,
}

/// A text that must speak of something.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MentionFile {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub text: Spanned<String>,
    /// One of these words must be in the text.
    pub any: Vec<String>,
    pub remedy: [String; 2],
}

fn one() -> usize {
    1
}
