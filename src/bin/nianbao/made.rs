//! Workbooks that `build` wrote, in a folder beside what they were made of.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use nianbao::pipeline::organ_and_year;
use nianbao::xlsx;

/// Leaves out what would be the same report twice: a workbook of `walked` that `build` wrote, where
/// the data file that it was made of is among the files too; that is one of the same name, but for
/// the ending, and of the same body and year. Out comes how many there were. A workbook without its
/// data file stays, for it is what some offices hand in.
pub(super) fn leave_out(files: &mut Vec<PathBuf>, walked: &HashSet<PathBuf>) -> usize {
    let mut names: HashMap<String, Vec<PathBuf>> = HashMap::new();
    for path in files.iter() {
        names.entry(name(path)).or_default().push(path.clone());
    }
    let before = files.len();
    files.retain(|path| {
        let others = names.get(&name(path)).filter(|same| same.len() > 1);
        let others = others.filter(|_| walked.contains(path) && is_made(path));
        let Some(others) = others else { return true };
        let Some(report) = organ_and_year(path) else {
            return true;
        };
        let mut sources = others
            .iter()
            .filter(|other| *other != path && !is_made(other));
        !sources.any(|other| organ_and_year(other).as_ref() == Some(&report))
    });
    before - files.len()
}

/// What the outputs of a data file are called.
fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().to_lowercase()
}

/// Whether `build` wrote a file, and nobody has saved it since.
fn is_made(path: &Path) -> bool {
    let named = path.extension();
    named.is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) && xlsx::carried(path).is_some()
}
