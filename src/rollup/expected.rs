//! The list of the units that are to report: one a line.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::text::character::same_name;
use crate::text::{Place, Source};

/// The units that are to report.
#[derive(Debug, Clone)]
pub struct Expected {
    /// Each unit once.
    units: Vec<ExpectedUnit>,
}

/// A unit that is to report.
#[derive(Debug, Clone)]
pub(super) struct ExpectedUnit {
    /// Its name, or its 统一社会信用代码, as the list has it.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// The name as names are compared.
    key: String,
}

impl Expected {
    /// Reads a list: one name or 统一社会信用代码 a line. It may be numbered (`1、`, `1.`, `（1）`),
    /// or have the number in a column of its own, as what is copied from a sheet has; of further
    /// columns nothing is read. Blank lines, those that start with `#` and a heading are left out,
    /// and so is a name that stood before.
    pub fn read(source: &Arc<Source>) -> Self {
        let text = source.text();
        let mut seen = BTreeSet::new();
        let mut start = 0;
        let units = text.split_inclusive('\n').filter_map(|line| {
            let at = start;
            start += line.len();
            if line.trim_start().starts_with('#') {
                return None;
            }
            let name = name(line);
            let key = same_name(name);
            if key.is_empty() || HEADINGS.contains(&key.as_str()) || !seen.insert(key.clone()) {
                return None;
            }
            let from = at + line.find(name)?;
            Some(ExpectedUnit {
                name: name.to_owned(),
                place: Place::new(source, from..from + name.len()),
                key,
            })
        });
        Self {
            units: units.collect(),
        }
    }

    /// How many units it has.
    pub fn count(&self) -> usize {
        self.units.len()
    }

    /// The units in order.
    pub(super) fn units(&self) -> impl Iterator<Item = &ExpectedUnit> {
        self.units.iter()
    }

    /// Whether it has a unit, by its name or its code.
    pub(super) fn has(&self, organ: &str, code: Option<&str>) -> bool {
        let (organ, code) = (same_name(organ), code.map(same_name));
        self.units()
            .any(|unit| unit.key == organ || Some(&unit.key) == code.as_ref())
    }
}

impl ExpectedUnit {
    /// Whether it is one of these names and codes, each as names are compared.
    pub fn is_in(&self, known: &BTreeSet<String>) -> bool {
        known.contains(&self.key)
    }
}

/// What stands above a column of names.
const HEADINGS: [&str; 7] = [
    "单位名称",
    "單位名稱",
    "机关名称",
    "機關名稱",
    "应报单位",
    "单位",
    "名称",
];

/// The name on a line: its first column that is no number, without a number before it.
fn name(line: &str) -> &str {
    let is_number = |column: &str| column.len() <= 4 && column.bytes().all(|b| b.is_ascii_digit());
    let mut columns = line
        .split(['\t', ',', '，'])
        .map(str::trim)
        .filter(|column| !is_number(column) && !matches!(*column, "序号" | "序號"));
    unnumbered(columns.next().unwrap_or_default())
}

/// A name without its number in the list: 1、 2. （3） or 4 and a blank. What only starts with digits,
/// such as a code, stays.
fn unnumbered(name: &str) -> &str {
    let rest = name.trim_start_matches(['(', '（']);
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (1..=4).contains(&(rest.len() - behind.len()));
    let mark = ['、', '.', '．', ')', '）', ' ', '\u{3000}'];
    match behind.strip_prefix(mark) {
        Some(bare) if numbered => bare.trim_start_matches(mark).trim_start(),
        _ => name,
    }
}
