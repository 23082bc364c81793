//! The list of the units that are to report: one a line.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::text::{Place, Source};

/// The units that are to report.
#[derive(Debug, Clone)]
pub struct Expected {
    /// Names, or 统一社会信用代码, each once, with their places.
    names: Vec<(String, Place)>,
}

impl Expected {
    /// Reads a list: one name or 统一社会信用代码 a line. Blank lines and those that start with `#`
    /// are left out, and so is a name that stood before.
    pub fn read(source: &Arc<Source>) -> Self {
        let text = source.text();
        let mut seen = BTreeSet::new();
        let mut start = 0;
        let names = text.split_inclusive('\n').filter_map(|line| {
            let at = start;
            start += line.len();
            let name = line.trim();
            if name.is_empty() || name.starts_with('#') || !seen.insert(name) {
                return None;
            }
            let before = line.len() - line.trim_start().len();
            let span = at + before..at + before + name.len();
            Some((name.to_owned(), Place::new(source, span)))
        });
        Self {
            names: names.collect(),
        }
    }

    /// How many units it has.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// The names in order, with their places.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.names
            .iter()
            .map(|(name, place)| (name.as_str(), place))
    }

    /// Whether it has a unit, by its name or its code.
    pub(super) fn has(&self, organ: &str, code: Option<&str>) -> bool {
        self.names()
            .any(|(name, _)| name == organ || Some(name) == code)
    }
}
