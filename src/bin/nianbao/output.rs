//! Files that appear whole or not at all: written beside their place, then renamed.
//!
//! A run may be killed at any moment. Until the rename, what it has written is called
//! `.nianbao-…` and is locked, so that the next run into the folder can tell what nobody works on
//! any more and take it away: the system lets go of a lock when its process ends, however it ends.
//!
//! Nothing is forced to the disk (`fsync`). A rename is all that it takes for a process that is
//! killed or a disk that is full; only where the power fails may the last files of a run be cut
//! short, and then they are made again from the same data, byte for byte (`--resume` finds them).
//! Forcing costs 4 to 8 ms a file on an ext4 disk, more than all the work on a report.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::NamedTempFile;

use nianbao::text::Failure;

/// How the names of files begin that are being written.
const PREFIX: &str = ".nianbao-";
/// How many characters of chance follow.
const RANDOM: usize = 6;

/// A folder that files can be written into.
pub(super) struct Folder {
    path: PathBuf,
    /// When it was opened, by the clock of its disk.
    opened: SystemTime,
}

/// A file that is complete but not yet in its place; dropped, it is gone.
pub(super) struct Staged {
    beside: NamedTempFile,
    target: PathBuf,
}

impl Folder {
    /// Makes the folder where it isn't there, tries to write in it, and takes away what runs that
    /// were killed have left there.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let fault = |error: io::Error| Failure::io(path, &error);
        if fs::metadata(path).is_ok_and(|meta| !meta.is_dir()) {
            return Err(fault(io::ErrorKind::NotADirectory.into()));
        }
        fs::create_dir_all(path).map_err(fault)?;
        let tried = beside(path).map_err(fault)?;
        let opened = tried.as_file().metadata().and_then(|meta| meta.modified());
        tried.close().map_err(fault)?;
        sweep(path);
        Ok(Self {
            path: path.to_owned(),
            opened: opened.map_err(fault)?,
        })
    }

    /// Where a file of that name is, or would be.
    pub fn place(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Writes a file beside its place in the folder. Its time is that at which the folder was opened:
    /// what changes after the run began is newer, even while the file was being made.
    pub fn stage(&self, name: &str, bytes: &[u8]) -> Result<Staged, Failure> {
        let staged = stage(&self.path, self.place(name), bytes)?;
        // Not every network file system lets a time be set; the file's own then stays.
        let _ = staged.beside.as_file().set_modified(self.opened);
        Ok(staged)
    }
}

/// Puts files into their places, over older ones; out come the places. None is moved where it can
/// be told before that one of them can't be.
pub(super) fn persist(files: Vec<Staged>) -> Result<Vec<PathBuf>, Failure> {
    for file in &files {
        if file.target.is_dir() {
            let error = io::ErrorKind::IsADirectory.into();
            return Err(Failure::io(&file.target, &error));
        }
    }
    let places = files.into_iter().map(|file| {
        let moved = file.beside.persist(&file.target);
        moved.map_err(|error| Failure::io(&file.target, &error.error))?;
        Ok(file.target)
    });
    places.collect()
}

/// Writes a file that must not be there yet.
pub(super) fn create(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = folder_of(target);
    sweep(folder);
    let staged = stage(folder, target.to_owned(), bytes)?;
    match staged.beside.persist_noclobber(target) {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::io(target, &error.error)),
    }
}

/// Writes a file, over an older one.
pub(super) fn replace(target: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = folder_of(target);
    sweep(folder);
    persist(vec![stage(folder, target.to_owned(), bytes)?])?;
    Ok(())
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn stage(folder: &Path, target: PathBuf, bytes: &[u8]) -> Result<Staged, Failure> {
    let write = || -> io::Result<NamedTempFile> {
        let mut file = beside(folder)?;
        file.write_all(bytes)?;
        Ok(file)
    };
    match write() {
        Ok(beside) => Ok(Staged { beside, target }),
        Err(error) => Err(Failure::io(&target, &error)),
    }
}

/// A new file in the folder, hidden until it is renamed and locked as long as it is open.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).rand_bytes(RANDOM);
    // Made for its owner only by default; an output is for whom the user's umask lets read it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    loop {
        let file = builder.tempfile_in(folder)?;
        let ours = match file.as_file().try_lock() {
            // Another run may have taken it for a dead one's before it was locked.
            Ok(()) => file.path().try_exists()?,
            Err(TryLockError::WouldBlock) => false,
            // A file system without locks: no other run can lock it either, and so none takes it.
            Err(TryLockError::Error(_)) => true,
        };
        if ours {
            return Ok(file);
        }
    }
}

/// Takes away the files that a run began and nobody works on any more. What can't be taken away
/// stays: it is no reason not to work.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !is_begun(entry.file_name().as_encoded_bytes()) {
            continue;
        }
        let path = entry.path();
        // Some network file systems lock only what is open for writing; but another user's file
        // may be readable only.
        let file = File::options().write(true).open(&path);
        // Locked while it is removed, lest a run that has just made it should lock it meanwhile.
        if let Ok(file) = file.or_else(|_| File::open(&path))
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether a name is one of a file that is being written.
fn is_begun(name: &[u8]) -> bool {
    name.strip_prefix(PREFIX.as_bytes()).is_some_and(|chance| {
        chance.len() == RANDOM && chance.iter().all(u8::is_ascii_alphanumeric)
    })
}
