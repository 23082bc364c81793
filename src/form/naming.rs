//! How texts name the rows and columns of the tables: data, most of it the same for every form.

use std::sync::OnceLock;

use serde::Deserialize;

/// Words that name a row or a column of the tables.
#[derive(Debug, Clone)]
pub struct Naming {
    /// The words, each a way to say it, in simplified characters. `{year}`, `{last}` and `{next}`
    /// stand for the year reported on and its neighbours.
    pub words: Vec<String>,
    /// What they name.
    pub names: Named,
    /// One of these words is in the sentence too; none where the words say it all.
    pub needs: Vec<String>,
    /// A sentence that it is for.
    pub example: String,
}

/// What a naming names.
#[derive(Debug, Clone)]
pub enum Named {
    /// A row, or several that are added up.
    Row(RowNaming),
    /// A column, or several that are added up: the last parts of the figures' keys.
    Column(Vec<String>),
}

/// A row as texts name it.
#[derive(Debug, Clone)]
pub struct RowNaming {
    /// The name of its table.
    pub table: String,
    /// Every sum of rows that the words may mean, the expected one first. A row is the keys of its
    /// figures without their last part.
    pub readings: Vec<Vec<String>>,
    /// The column that is meant where none is named and the row has no `total`.
    pub default: Option<String>,
    /// Rows of one group are parts of one whole and may be added up in a text.
    pub group: Option<String>,
    /// The group of its parts: 其中 behind it speaks of them.
    pub divides: Option<String>,
    /// A verb: the tables of the rows that may be its objects. 收到行政复议申请3件 speaks of 行政复议.
    pub objects: Vec<String>,
    /// Whether a smaller number is right too.
    pub most: bool,
    /// Whether it is only meant behind a verb where a cause is named.
    pub caused: bool,
}

/// Where numbers of a table are looked for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// The name of the table.
    pub table: String,
    /// Words that open it for the paragraph.
    pub words: Vec<String>,
    /// Words that open it for the rest of their sentence.
    #[serde(default)]
    pub sentence: Vec<String>,
    /// Whether it ends where something else is counted.
    #[serde(default)]
    pub closes: bool,
}

/// A naming as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamingFile {
    pub words: Vec<String>,
    pub row: Option<String>,
    pub column: Option<String>,
    #[serde(default)]
    pub also: Vec<String>,
    pub default: Option<String>,
    pub group: Option<String>,
    pub divides: Option<String>,
    #[serde(default)]
    pub objects: Vec<String>,
    #[serde(default)]
    pub most: bool,
    #[serde(default)]
    pub caused: bool,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub example: String,
}

/// The namings that every form has whose tables have their rows.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shared {
    pub topic: Vec<Topic>,
    pub naming: Vec<NamingFile>,
}

/// The namings that come with the program; a test keeps the file sound.
pub(super) fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| toml::from_str(include_str!("namings.toml")).unwrap_or_default())
}

/// Resolves a naming among the keys of a form's figures; none where a row or a column isn't there.
pub(super) fn resolve(file: &NamingFile, keys: &[&str]) -> Option<Naming> {
    let names = match (&file.row, &file.column) {
        (Some(row), None) => {
            let expected = rows(row, keys)?;
            let also = file.also.iter().filter_map(|also| rows(also, keys));
            Named::Row(RowNaming {
                table: row.split('.').next().unwrap_or_default().to_owned(),
                readings: std::iter::once(expected).chain(also).collect(),
                default: file.default.clone(),
                group: file.group.clone(),
                divides: file.divides.clone(),
                objects: file.objects.clone(),
                most: file.most,
                caused: file.caused,
            })
        }
        (None, Some(column)) => {
            let columns: Vec<String> = parts(column).map(str::to_owned).collect();
            let known = |column: &String| {
                let mut keys = keys.iter().filter_map(|key| key.rsplit_once('.'));
                keys.any(|(_, last)| last == column)
            };
            columns
                .iter()
                .all(known)
                .then_some(Named::Column(columns))?
        }
        _ => return None,
    };
    Some(Naming {
        words: file.words.clone(),
        names,
        needs: file.needs.clone(),
        example: file.example.clone(),
    })
}

/// The rows whose keys start with what is written, in the form's order; none where a part of the
/// sum has no row.
fn rows(written: &str, keys: &[&str]) -> Option<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for prefix in parts(written) {
        let before = found.len();
        for (row, _) in keys.iter().filter_map(|key| key.rsplit_once('.')) {
            let below = row.strip_prefix(prefix);
            if below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                && !found.iter().any(|known| known == row)
            {
                found.push(row.to_owned());
            }
        }
        if found.len() == before {
            return None;
        }
    }
    Some(found)
}

fn parts(sum: &str) -> impl Iterator<Item = &str> {
    sum.split('+').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namings_of_the_program_are_sound() {
        let shared: Shared = toml::from_str(include_str!("namings.toml")).unwrap();
        for naming in &shared.naming {
            assert!(
                naming.row.is_some() != naming.column.is_some(),
                "{:?}",
                naming.words
            );
            assert!(!naming.words.is_empty() && !naming.example.is_empty());
        }
    }

    #[test]
    fn a_row_is_all_that_stands_below_it() {
        let keys = [
            "requests.denied.secret.total",
            "requests.denied.law.total",
            "requests.denied.law.other",
            "requests.denied_once.total",
        ];
        let both = ["requests.denied.secret", "requests.denied.law"];
        assert_eq!(rows("requests.denied", &keys).unwrap(), both);
        assert_eq!(rows("requests.denied.law", &keys).unwrap(), both[1..]);
        assert_eq!(rows("requests.denied + requests.granted", &keys), None);
    }
}
