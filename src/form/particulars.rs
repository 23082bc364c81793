//! What a data file says of the body and its report beside its texts and figures: the one table of
//! it, for data files, their schema, reports and workbooks.

use std::sync::LazyLock;

use serde::Deserialize;

use super::wording::Script;

/// One particular.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particular {
    /// Its key in a data file and its defined name in a workbook: `organ.name`.
    pub key: &'static str,
    /// What it is called on a workbook's sheet 正文, in both scripts.
    label: [&'static str; 2],
    /// What it holds.
    #[serde(default)]
    pub kind: ParticularKind,
    /// Whether there is no report without it.
    #[serde(default)]
    pub needed: bool,
    /// What a new data file says of it; may be blank.
    #[serde(default)]
    pub comment: &'static str,
    /// What a blank workbook says of its cell, in both scripts.
    #[serde(default = "not_needed")]
    hint: [&'static str; 2],
}

/// What a particular holds.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase", bound(deserialize = "'de: 'static"))]
pub enum ParticularKind {
    /// A form's name.
    Form,
    /// A year of four digits.
    Year,
    /// One of a few words.
    Choice(Vec<Choice>),
    /// A text of one line, of [`LONGEST_PARTICULAR`] characters at most.
    #[default]
    Text,
    /// A day.
    Date,
    /// The file name of a picture.
    Picture,
}

/// One of a few words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// As a data file has it.
    pub word: &'static str,
    /// What it is called, in both scripts.
    name: [&'static str; 2],
}

#[derive(Default, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct File {
    particular: Vec<Particular>,
}

/// Longest name or address, in characters.
pub const LONGEST_PARTICULAR: usize = 120;

fn not_needed() -> [&'static str; 2] {
    ["可不填", "可不填"]
}

/// Every particular, in the order of a workbook's sheet 正文; a test keeps the file sound.
pub static PARTICULARS: LazyLock<Vec<Particular>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("particulars.toml")).unwrap_or_default();
    file.particular
});

/// The tables of a data file that hold particulars, and what a new data file says of each. First the
/// top of the file, which is no table.
pub static PARTICULAR_TABLES: [(&str, &str); 4] = [
    ("", ""),
    ("organ", "机关：name 用全称，印在标题和落款里"),
    (
        "contact",
        "联系方式：可整节不写；要写就去掉行首的“# ”，报告开头会自动生成说明段",
    ),
    (
        "signature",
        "落款：可整节不写；name 不写就用机关全称，日期不加引号",
    ),
];

/// What comes first at the top of a data file.
const TOP: [&str; 4] = ["form", "year", "script", "scope"];

/// The keys at the top of a data file that are the same for every form; the tables' names come
/// beside them.
pub fn data_file_keys() -> impl Iterator<Item = &'static str> {
    let top = Particular::of_table("").into_iter().map(Particular::name);
    let tables = PARTICULAR_TABLES.iter().map(|(table, _)| *table);
    top.chain(tables.filter(|table| !table.is_empty()))
        .chain(["text"])
}

impl Particular {
    /// The particular with this key.
    pub fn of(key: &str) -> Option<&'static Self> {
        PARTICULARS.iter().find(|particular| particular.key == key)
    }

    /// Those of a table of the data file, in the order in which it has them.
    pub fn of_table(table: &str) -> Vec<&'static Self> {
        let members = PARTICULARS
            .iter()
            .filter(|particular| particular.table() == table);
        let mut members: Vec<_> = members.collect();
        let place = |key: &str| TOP.iter().position(|top| *top == key).unwrap_or(TOP.len());
        members.sort_by_key(|particular| place(particular.key));
        members
    }

    /// The table of a data file that it stands in.
    pub fn table(&self) -> &'static str {
        self.key.split_once('.').map_or("", |(table, _)| table)
    }

    /// Its name there.
    pub fn name(&self) -> &'static str {
        self.key.split_once('.').map_or(self.key, |(_, name)| name)
    }

    /// What it is called.
    pub fn label(&self, script: Script) -> &'static str {
        script.of(self.label)
    }

    /// What a blank workbook says of its cell.
    pub fn hint(&self, script: Script) -> &'static str {
        script.of(self.hint)
    }
}

impl ParticularKind {
    /// The words of which one is chosen; none where anything may be written.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::Choice(choices) => choices,
            _ => &[],
        }
    }
}

impl Choice {
    /// What it is called.
    pub fn name(&self, script: Script) -> &'static str {
        script.of(self.name)
    }

    /// Whether a text means it, in whichever script.
    pub fn is(&self, text: &str) -> bool {
        self.word == text || self.name.contains(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_particulars_of_the_program_are_sound() {
        let file: File = toml::from_str(include_str!("particulars.toml")).unwrap();
        for particular in &file.particular {
            let table = particular.table();
            let known = PARTICULAR_TABLES.iter().any(|(name, _)| *name == table);
            assert!(known, "{}", particular.key);
        }
    }
}
