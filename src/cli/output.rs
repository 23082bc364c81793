//! Files that appear whole or not at all: written beside their place, then renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use crate::fault::Fault;

/// A folder that files can be written into.
pub(super) struct Folder {
    path: PathBuf,
}

/// A file that is complete but not yet in its place; dropped, it is gone.
pub(super) struct Staged {
    beside: TempPath,
    target: PathBuf,
}

impl Folder {
    /// Makes the folder where it isn't there, and tries to write in it.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let fault = |error: io::Error| Fault::io(path, &error);
        if fs::metadata(path).is_ok_and(|meta| !meta.is_dir()) {
            return Err(fault(io::ErrorKind::NotADirectory.into()));
        }
        fs::create_dir_all(path).map_err(fault)?;
        beside(path).map_err(fault)?.close().map_err(fault)?;
        Ok(Self {
            path: path.to_owned(),
        })
    }

    /// Writes a file beside its place in the folder.
    pub fn stage(&self, name: &str, bytes: &[u8]) -> Result<Staged, Fault> {
        stage(&self.path, self.path.join(name), bytes)
    }
}

impl Staged {
    /// Puts the file into its place, over an older one.
    pub fn persist(self) -> Result<PathBuf, Fault> {
        match self.beside.persist(&self.target) {
            Ok(()) => Ok(self.target),
            Err(error) => Err(Fault::io(&self.target, &error.error)),
        }
    }
}

/// Writes a file that must not be there yet.
pub(super) fn create(target: &Path, bytes: &[u8]) -> Result<(), Fault> {
    stage(folder_of(target), target.to_owned(), bytes)?
        .beside
        .persist_noclobber(target)
        .map_err(|error| Fault::io(target, &error.error))
}

/// Writes a file, over an older one.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<(), Fault> {
    stage(folder_of(target), target.to_owned(), bytes)?.persist()?;
    Ok(())
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn stage(folder: &Path, target: PathBuf, bytes: &[u8]) -> Result<Staged, Fault> {
    let write = || -> io::Result<TempPath> {
        let mut file = beside(folder)?;
        file.write_all(bytes)?;
        Ok(file.into_temp_path())
    };
    match write() {
        Ok(beside) => Ok(Staged { beside, target }),
        Err(error) => Err(Fault::io(&target, &error)),
    }
}

/// A new file in the folder, hidden until it is renamed.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nianbao-");
    // Made for its owner only by default; an output is for whom the user's umask lets read it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
