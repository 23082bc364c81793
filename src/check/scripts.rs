//! Which characters are simplified and which traditional.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::form::Script;

/// The table as it is written: each character and, at the same place, that of the other script.
#[derive(Deserialize, Default)]
struct File {
    only_traditional: String,
    only_simplified: String,
    traditional: String,
    simplified: String,
}

/// What is known of characters.
struct Scripts {
    simplify: HashMap<char, char>,
    only: HashMap<char, Script>,
}

fn scripts() -> &'static Scripts {
    static SCRIPTS: OnceLock<Scripts> = OnceLock::new();
    SCRIPTS.get_or_init(|| {
        let file: File = toml::from_str(include_str!("scripts.toml")).unwrap_or_default();
        let strict = file
            .only_traditional
            .chars()
            .zip(file.only_simplified.chars());
        let loose = file.traditional.chars().zip(file.simplified.chars());
        let only = strict
            .clone()
            .flat_map(|(hant, hans)| [(hant, Script::Hant), (hans, Script::Hans)]);
        Scripts {
            only: only.collect(),
            simplify: strict.chain(loose).collect(),
        }
    })
}

/// A character in simplified form.
pub(super) fn simplify(c: char) -> char {
    scripts().simplify.get(&c).copied().unwrap_or(c)
}

/// The only script that has a character; none where both have it, or it is no Han character.
pub(super) fn script_of(c: char) -> Option<Script> {
    scripts().only.get(&c).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_traditional_character_has_its_simplified_one() {
        let file: File = toml::from_str(include_str!("scripts.toml")).unwrap();
        for (hant, hans) in [
            (&file.only_traditional, &file.only_simplified),
            (&file.traditional, &file.simplified),
        ] {
            assert_eq!(hant.chars().count(), hans.chars().count());
        }
        let text: String = "行政複議、結轉下年度繼續辦理規範性文件"
            .chars()
            .map(simplify)
            .collect();
        assert_eq!(text, "行政复议、结转下年度继续办理规范性文件");
        assert_eq!(script_of('請'), Some(Script::Hant));
        assert_eq!(script_of('请'), Some(Script::Hans));
        assert_eq!(script_of('后'), None);
    }
}
