//! The data files that the paths on the command line stand for.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use nianbao::pipeline::organ_and_year;
use nianbao::text::{Failure, Message};
use nianbao::xlsx;

/// The name that stands for standard input.
pub(super) const STDIN: &str = "-";

/// The data files, each once, and the paths that led to none.
pub(super) struct Inputs {
    /// In the order of the command line, those of one folder sorted.
    pub files: Vec<PathBuf>,
    /// What could not be looked at.
    pub faults: Vec<Failure>,
    /// How many workbooks were left out because `build` made them of another of the files.
    pub outputs: usize,
}

/// Finds the data files. A path is a file, a folder or `-`.
pub(super) fn gather(paths: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs {
        files: Vec::new(),
        faults: Vec::new(),
        outputs: 0,
    };
    let mut walked = HashSet::new();
    for path in paths {
        if path == Path::new(STDIN) {
            inputs.files.push(path.clone());
            continue;
        }
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let before = inputs.files.len();
                inputs.folder(path);
                walked.extend(inputs.files.iter().skip(before).cloned());
            }
            Ok(_) => inputs.files.push(path.clone()),
            Err(error) => inputs.faults.push(Failure::io(path, &error)),
        }
    }
    // A file that is named twice, or through a link, is one file.
    let mut seen = HashSet::new();
    inputs
        .files
        .retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    inputs.outputs = inputs.leave_out_outputs(&walked);
    inputs
}

impl Inputs {
    /// Leaves out what a folder named before led to within `folder`: what an earlier run wrote
    /// there is no input of this one. A file that was named itself stays.
    pub fn leave_out(&mut self, folder: &Path, named: &[PathBuf]) {
        let Ok(folder) = folder.canonicalize() else {
            return;
        };
        self.files.retain(|path| {
            let inside = path
                .canonicalize()
                .is_ok_and(|real| real.starts_with(&folder));
            let under = |named: &PathBuf| {
                named == path
                    || named
                        .canonicalize()
                        .is_ok_and(|n| n.starts_with(&folder) && n.is_dir())
            };
            !inside || named.iter().any(under)
        });
    }

    /// Leaves out what would be the same report twice: a workbook of `walked` that `build` wrote, where
    /// the data file that it was made of is among the files too; that is one of the same name, but for
    /// the ending, and of the same body and year. Out comes how many there were. A workbook without its
    /// data file stays, for it is what some offices hand in.
    fn leave_out_outputs(&mut self, walked: &HashSet<PathBuf>) -> usize {
        let mut names: HashMap<String, Vec<PathBuf>> = HashMap::new();
        for path in &self.files {
            names
                .entry(output_name(path))
                .or_default()
                .push(path.clone());
        }
        let before = self.files.len();
        self.files.retain(|path| {
            let others = names.get(&output_name(path)).filter(|same| same.len() > 1);
            let others = others.filter(|_| walked.contains(path) && is_output(path));
            let Some(others) = others else { return true };
            let Some(report) = organ_and_year(path) else {
                return true;
            };
            let mut sources = others
                .iter()
                .filter(|other| *other != path && !is_output(other));
            !sources.any(|other| organ_and_year(other).as_ref() == Some(&report))
        });
        before - self.files.len()
    }

    /// Adds every `*.toml` and `*.xlsx` in a folder and below. Hidden ones are left out: editors and
    /// version control keep their own files there, and so does Excel in `~$…` while it has a
    /// workbook open.
    fn folder(&mut self, top: &Path) {
        let (files_before, faults_before) = (self.files.len(), self.faults.len());
        let mut waiting = vec![top.to_owned()];
        // Links may lead in a circle: each folder is entered once, whatever it is called.
        let mut entered = HashSet::new();
        let mut found = Vec::new();
        while let Some(folder) = waiting.pop() {
            let real = match folder.canonicalize() {
                Ok(real) => real,
                Err(error) => {
                    self.faults.push(Failure::io(&folder, &error));
                    continue;
                }
            };
            if !entered.insert(real) {
                continue;
            }
            if let Err(error) = list(&folder, &mut waiting, &mut found) {
                self.faults.push(Failure::io(&folder, &error));
            }
        }
        found.sort();
        self.files.append(&mut found);
        if (self.files.len(), self.faults.len()) == (files_before, faults_before) {
            let message = Message::new(
                "文件夹里没有数据文件（*.toml、*.xlsx）",
                "there is no data file (*.toml, *.xlsx) in this folder",
            );
            self.faults.push(Failure::file(top, message));
        }
    }
}

/// What the outputs of a data file are called.
fn output_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().to_lowercase()
}

/// Whether `build` wrote a file, and nobody has saved it since.
fn is_output(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) && xlsx::is_own_report(path)
}

/// Sorts the entries of one folder into folders and data files.
fn list(folder: &Path, folders: &mut Vec<PathBuf>, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        if name.starts_with(b".") || name.starts_with(b"~$") {
            continue;
        }
        let path = entry.path();
        // A link that leads nowhere is nobody's data file.
        let Ok(meta) = fs::metadata(&path) else {
            continue;
        };
        if meta.is_dir() {
            folders.push(path);
        } else if meta.is_file()
            && path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("toml") || e.eq_ignore_ascii_case("xlsx"))
        {
            files.push(path);
        }
    }
    Ok(())
}
