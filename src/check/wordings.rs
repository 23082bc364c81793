//! The wordings that the checks of texts go by: data.

use std::sync::OnceLock;

use serde::Deserialize;

/// The file of wordings; it explains itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wordings {
    pub blanks: Vec<String>,
    pub surnames: String,
    pub no_names: String,
    pub by_right: Vec<String>,
    pub reports: Vec<String>,
    pub named: Vec<Named>,
    pub first: Vec<String>,
    pub notice: String,
    pub quoted: Vec<[i32; 2]>,
}

/// Where a text names the body that reports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    pub behind: Vec<String>,
    pub before: Vec<String>,
}

/// The wordings; a test keeps the file sound.
pub(super) fn wordings() -> &'static Wordings {
    static WORDINGS: OnceLock<Wordings> = OnceLock::new();
    WORDINGS.get_or_init(|| toml::from_str(include_str!("texts.toml")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wordings_are_sound() {
        let read: Wordings = toml::from_str(include_str!("texts.toml")).unwrap();
        assert!(read.blanks.iter().all(|blank| !blank.is_empty()));
    }
}
