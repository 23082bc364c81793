//! Names with `*` and `?`: on Windows no shell puts files in their place.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// The words, each that has a sign for any characters in the last part of its path replaced by the names that
/// it fits, sorted. One that fits none stays. No file of Windows can have such a sign in its own name.
pub(super) fn expand(words: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let words = words.into_iter();
    words
        .flat_map(|word| names(&word).unwrap_or_else(|| vec![word]))
        .collect()
}

fn names(word: &OsString) -> Option<Vec<OsString>> {
    let path = Path::new(word);
    let pattern = path.file_name()?.to_str()?;
    if word.as_encoded_bytes().starts_with(b"-") || !pattern.contains(['*', '?']) {
        return None;
    }
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let folder = path.parent().unwrap_or(Path::new(""));
    let listed = match folder.as_os_str().is_empty() {
        true => fs::read_dir("."),
        false => fs::read_dir(folder),
    };
    let found = listed.ok()?.flatten().map(|entry| entry.file_name());
    let found = found.filter(|name| {
        let name = name.to_string_lossy().to_lowercase();
        // What editors keep, and Excel while it has a workbook open.
        !name.starts_with(['.', '~']) && fits(&pattern, &name.chars().collect::<Vec<_>>())
    });
    let mut found: Vec<OsString> = found.map(|name| folder.join(name).into()).collect();
    found.sort();
    (!found.is_empty()).then_some(found)
}

/// Whether a name is as the pattern says: `*` stands for any characters, `?` for one.
fn fits(pattern: &[char], name: &[char]) -> bool {
    match (pattern.split_first(), name.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), left) => {
            fits(rest, name) || left.is_some_and(|(_, left)| fits(pattern, left))
        }
        (Some((sign, rest)), Some((c, left))) => (*sign == '?' || sign == c) && fits(rest, left),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_the_files_it_fits_and_stays_where_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "乙局.TOML",
            "甲局.toml",
            "~$甲局.toml",
            "甲局.xlsx",
            "报告[1].toml",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let words = |pattern: &str| {
            let word = folder.path().join(pattern).into_os_string();
            let found = expand([OsString::from("check"), word]);
            let names = found.iter().skip(1);
            let names = names.map(|it| {
                Path::new(it)
                    .file_name()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            });
            names.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words("*.toml"), "乙局.TOML 报告[1].toml 甲局.toml");
        assert_eq!(words("?局.*"), "乙局.TOML 甲局.toml 甲局.xlsx");
        assert_eq!(words("*[1]*"), "报告[1].toml");
        assert_eq!(words("丙*"), "丙*");
        assert_eq!(expand(["--name".into(), "-*".into()]), ["--name", "-*"]);
    }
}
