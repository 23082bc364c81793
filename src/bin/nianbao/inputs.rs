//! The data files that the paths on the command line stand for.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use nianbao::pipeline::{is_document, marked_from, organ_and_year, unread};
use nianbao::text::{Failure, Finding, Message, Severity};
use nianbao::{pdf, xlsx};

/// The name that stands for standard input.
pub(super) const STDIN: &str = "-";

/// How the names of files end that are read, those included that are told to be saved as .xlsx.
const READ: [&str; 7] = ["toml", "xlsx", "xlsm", "xls", "et", "xlsb", "ods"];

/// The data files, each once, and the paths that led to none.
pub(super) struct Inputs {
    /// In the order of the command line, those of one folder sorted.
    pub files: Vec<PathBuf>,
    /// What could not be looked at.
    pub faults: Vec<Failure>,
    /// What folders led to that may hold reports but isn't read: one doubt a file.
    pub unread: Vec<Finding>,
    /// How many workbooks were left out because `build` made them of another of the files.
    pub outputs: usize,
    /// How many roll-ups were left out.
    pub rollups: usize,
    /// How many marked copies were left out because their workbooks are there.
    pub marked: usize,
    /// How many files were left out because they lie where the outputs go.
    pub among_outputs: usize,
    /// The folder of each file below the one that led to it.
    below: HashMap<PathBuf, PathBuf>,
}

/// Finds the data files. A path is a file, a folder or `-`.
pub(super) fn gather(paths: &[PathBuf]) -> Inputs {
    let mut inputs = Inputs {
        files: Vec::new(),
        faults: Vec::new(),
        unread: Vec::new(),
        outputs: 0,
        rollups: 0,
        marked: 0,
        among_outputs: 0,
        below: HashMap::new(),
    };
    let mut walked = HashSet::new();
    let folders = paths.iter().filter(|path| path.is_dir()).count();
    for path in paths {
        if path == Path::new(STDIN) {
            inputs.files.push(path.clone());
            continue;
        }
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let before = inputs.files.len();
                // Of several folders each keeps its name, as with `cp`.
                let name = path.canonicalize().ok();
                let name = name.filter(|_| folders > 1);
                let name = name
                    .as_deref()
                    .and_then(Path::file_name)
                    .unwrap_or_default();
                inputs.folder(path, Path::new(name));
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
    let before = inputs.files.len();
    inputs
        .files
        .retain(|path| !walked.contains(path) || !is_rollup(path));
    inputs.rollups = before - inputs.files.len();
    let before = inputs.files.len();
    inputs.files.retain(|path| {
        let original = marked_from(path).filter(|_| walked.contains(path));
        original.is_none_or(|original| !original.is_file())
    });
    inputs.marked = before - inputs.files.len();
    inputs.outputs = inputs.leave_out_outputs(&walked);
    inputs
}

impl Inputs {
    /// Makes the doubts about files that aren't read count as errors.
    pub fn deny_warnings(&mut self) {
        for finding in &mut self.unread {
            finding.severity = Severity::Error;
        }
    }

    /// The folder of a file below the one that led to it; nothing for a file that was named itself.
    pub fn below(&self, file: &Path) -> &Path {
        self.below.get(file).map_or(Path::new(""), PathBuf::as_path)
    }

    /// All folders that [`Inputs::below`] gives.
    pub fn all_below(&self) -> HashSet<&Path> {
        self.below.values().map(PathBuf::as_path).collect()
    }

    /// Leaves out what a folder named before led to within `folder`: what an earlier run wrote
    /// there is no input of this one. A file that was named itself stays.
    pub fn leave_out(&mut self, folder: &Path, named: &[PathBuf]) {
        let Ok(folder) = folder.canonicalize() else {
            return;
        };
        let before = self.files.len();
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
        self.among_outputs = before - self.files.len();
    }

    /// Leaves out what an earlier run wrote beside other files that were named: whoever marks all of a folder
    /// means its reports.
    pub fn leave_out_beside(&mut self) {
        let named = self.files.iter().cloned().collect();
        self.outputs += self.leave_out_outputs(&named);
        let is_pdf = |path: &Path| {
            path.extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
        };
        let others = self.files.iter().filter(|path| !is_pdf(path));
        let sources: HashSet<PathBuf> = others.map(|path| path.with_extension("")).collect();
        // One that stands alone is refused, with the reason.
        self.files.retain(|path| {
            let beside = is_pdf(path) && sources.contains(&path.with_extension(""));
            !beside || !pdf::is_untouched(path)
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

    /// Adds every data file and workbook in a folder and below, and the doubts about other documents there;
    /// `name` is what the folder is called among several. Hidden ones are left out: editors and
    /// version control keep their own files there, and so does Excel in `~$…` while it has a
    /// workbook open.
    fn folder(&mut self, top: &Path, name: &Path) {
        let (files_before, faults_before) = (self.files.len(), self.faults.len());
        let mut waiting = vec![top.to_owned()];
        // Links may lead in a circle: each folder is entered once, whatever it is called.
        let mut entered = HashSet::new();
        let (mut found, mut documents) = (Vec::new(), Vec::new());
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
            if let Err(error) = list(&folder, &mut waiting, &mut found, &mut documents) {
                self.faults.push(Failure::io(&folder, &error));
            }
        }
        found.sort();
        documents.sort();
        self.unread
            .extend(documents.iter().map(|path| unread(path)));
        for path in &found {
            let below = path.parent().and_then(|it| it.strip_prefix(top).ok());
            let below = name.join(below.unwrap_or(Path::new("")));
            self.below.entry(path.clone()).or_insert(below);
        }
        self.files.append(&mut found);
        if (self.files.len(), self.faults.len()) == (files_before, faults_before) {
            let message = Message::new(
                "文件夹里没有数据文件（*.toml、*.xlsx、*.xlsm）",
                "there is no data file (*.toml, *.xlsx, *.xlsm) in this folder",
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
    origin(path).is_some_and(|it| it.untouched && it.kind == xlsx::Kind::Report)
}

/// Whether a file is a roll-up, be it changed since: it is the report of no unit.
fn is_rollup(path: &Path) -> bool {
    origin(path).is_some_and(|it| it.kind == xlsx::Kind::Rollup)
}

fn origin(path: &Path) -> Option<xlsx::Origin> {
    let ending = path.extension()?;
    ending
        .eq_ignore_ascii_case("xlsx")
        .then(|| xlsx::origin(path))?
}

/// Whether a file is one to be read, by its name.
pub(super) fn is_read(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| READ.iter().any(|it| ending.eq_ignore_ascii_case(it)))
}

/// Sorts the entries of one folder into folders, data files and documents that aren't read.
fn list(
    folder: &Path,
    folders: &mut Vec<PathBuf>,
    files: &mut Vec<PathBuf>,
    documents: &mut Vec<PathBuf>,
) -> io::Result<()> {
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
        } else if meta.is_file() && is_document(&path) {
            documents.push(path);
        } else if meta.is_file() && is_read(&path) {
            files.push(path);
        }
    }
    Ok(())
}
