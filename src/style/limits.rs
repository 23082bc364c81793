//! The limits of what a style may change: data.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::size;
use crate::text::Message;

/// The limits of one value.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limit {
    pub least: f64,
    pub most: f64,
    unit: Unit,
    /// Whether a size may be written by its name.
    #[serde(default)]
    pub named: bool,
    /// Why, in Chinese and English.
    pub why: [String; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    Points,
    Millimetres,
}

/// The limits of the value at `key` of a style file; a test keeps the file sound.
pub(super) fn limit(key: &str) -> Option<&'static Limit> {
    static LIMITS: OnceLock<BTreeMap<String, Limit>> = OnceLock::new();
    LIMITS
        .get_or_init(|| toml::from_str(include_str!("limits.toml")).unwrap_or_default())
        .get(key)
}

impl Limit {
    /// From the least to the most, with the names of sizes where both have one.
    pub fn range(&self) -> Message {
        let (least, most) = (self.least, self.most);
        let (unit_zh, unit_en) = match self.unit {
            Unit::Points => ("磅", "pt"),
            Unit::Millimetres => ("毫米", "mm"),
        };
        let names = (self.unit == Unit::Points)
            .then(|| Some((size::name(least)?, size::name(most)?)))
            .flatten();
        let (zh, en) = names.map_or_else(Default::default, |(least, most)| {
            (
                format!("（{least}至{most}）"),
                format!(" ({least} to {most})"),
            )
        });
        Message::new(
            format!("{least} 至 {most} {unit_zh}{zh}"),
            format!("{least} to {most} {unit_en}{en}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_of_the_program_are_sound() {
        let limits: BTreeMap<String, Limit> = toml::from_str(include_str!("limits.toml")).unwrap();
        assert!(limits.values().all(|limit| limit.least < limit.most));
    }
}
