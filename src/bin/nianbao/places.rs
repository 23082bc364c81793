//! Where the outputs of each data file go.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;
use std::path::{Path, PathBuf};

use super::args::BuildArgs;
use super::inputs::Inputs;
use nianbao::output::Folder;
use nianbao::pipeline::Output;
use nianbao::text::Failure;

/// Where outputs go.
pub(super) enum Places<'i> {
    /// All into one folder, or into those below it that are called as the folders they come from.
    Below(Folder, &'i Inputs),
    /// Each beside its data file.
    Beside(HashMap<PathBuf, Folder>),
}

impl<'i> Places<'i> {
    /// Opens all of them.
    ///
    /// # Errors
    /// One can't be written into.
    pub fn open(typed: &BuildArgs, inputs: &'i Inputs) -> Result<Self, Failure> {
        if !typed.beside {
            let folder = Folder::open(&typed.output, inputs.all_below())?;
            return Ok(Self::Below(folder, inputs));
        }
        let mut folders = HashMap::new();
        for folder in inputs.files.iter().map(|file| parent(file)) {
            if let Entry::Vacant(entry) = folders.entry(folder.to_owned()) {
                entry.insert(Folder::open(folder, [])?);
            }
        }
        Ok(Self::Beside(folders))
    }

    /// The folder for the outputs of a data file, and the one below it.
    ///
    /// # Errors
    /// There is none for this file.
    pub fn of(&self, path: &Path) -> Result<(&Folder, &Path), Failure> {
        match self {
            Self::Below(folder, inputs) => Ok((folder, inputs.below(path))),
            Self::Beside(folders) => {
                let folder = folders.get(parent(path));
                let folder =
                    folder.ok_or_else(|| Failure::io(path, &io::ErrorKind::NotFound.into()))?;
                Ok((folder, Path::new("")))
            }
        }
    }
}

/// The folder that a file is in.
fn parent(path: &Path) -> &Path {
    let folder = path.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// What is added to the names of outputs beside a workbook, which has that name itself.
pub(super) fn beside_workbook(path: &Path) -> &'static str {
    match path.extension() {
        Some(own) if own.eq_ignore_ascii_case(Output::Xlsx.extension()) => "-报送",
        _ => "",
    }
}
