//! Files that appear whole or not at all: written beside their place, then renamed.
//!
//! A run may be killed at any moment. Until the rename, what it has written is called
//! `.nianbao-…` and is locked, so that the next run into the folder can tell what nobody works on
//! any more and take it away: the system lets go of a lock when its process ends, however it ends.
//!
//! Nothing of a user's is replaced: what lies at a file's place must be the program's own, unchanged
//! since it was written, or hold nothing at all. Only `--force` replaces another file.
//!
//! Nothing is forced to the disk (`fsync`). A rename is all that it takes for a process that is
//! killed or a disk that is full; only where the power fails may the last files of a run be cut
//! short or empty, and then they are made again from the same data, byte for byte (`--resume` finds them).
//! Forcing costs 4 to 8 ms a file on an ext4 disk, more than all the work on a report.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::NamedTempFile;

use crate::text::{Failure, Message};
use crate::{pdf, xlsx};

/// How the names of files begin that are being written.
const PREFIX: &str = ".nianbao-";
/// How many characters of chance follow.
const RANDOM: usize = 6;

/// What is written, and so what may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A PDF: over one of the program's.
    Pdf,
    /// A workbook: over one of the program's, of the same kind.
    Workbook(xlsx::Kind),
    /// A data file, which is there to be changed: over none.
    DataFile,
    /// A copy of a person's workbook, which is there to be changed: over none.
    Marked,
}

impl What {
    /// How the names of such files end, without the dot.
    fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Workbook(_) | Self::Marked => "xlsx",
            Self::DataFile => "toml",
        }
    }

    /// Insists on the ending, as people and programs tell by it what a file is. `option` is the one that
    /// names the file.
    pub fn ask_ending(self, option: &str, target: &Path) -> Result<(), Message> {
        let ending = self.ending();
        if target
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case(ending))
        {
            return Ok(());
        }
        let (shown, right) = (target.display(), target.with_extension(ending));
        let right = right.display();
        Err(Message::new(
            format!(
                "{option} {shown}：写出的是 .{ending} 文件，文件名要以 .{ending} 结尾，如 {right}"
            ),
            format!("{option} {shown}: what is written is a .{ending} file; call it {right}"),
        ))
    }

    /// Whether a file is one that may be written over.
    fn may_replace(self, file: &Path) -> bool {
        let own = match self {
            Self::Pdf => pdf::is_untouched(file),
            Self::Workbook(kind) => {
                xlsx::origin(file).is_some_and(|it| it.untouched && it.kind == kind)
            }
            Self::DataFile | Self::Marked => return false,
        };
        own || is_void(file).unwrap_or(false)
    }
}

/// Whether there is nothing in a file, or nothing but zeros: so it looks after a power failure.
fn is_void(file: &Path) -> io::Result<bool> {
    let mut file = File::open(file)?;
    let mut block = [0; 4096];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(true),
            count if block.iter().take(count).all(|byte| *byte == 0) => {}
            _ => return Ok(false),
        }
    }
}

/// Whether a file may be written to a place: nothing is there, or something that may be replaced.
///
/// # Errors
/// What is there, and the way out.
pub fn allow(target: &Path, what: What, force: bool) -> Result<(), Failure> {
    let found = match fs::symlink_metadata(target) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::io(target, &error)),
    };
    if target.is_dir() {
        return Err(Failure::io(target, &io::ErrorKind::IsADirectory.into()));
    }
    let kind = found.file_type();
    if !kind.is_file() && !kind.is_symlink() {
        let message = Message::new("这不是普通文件，不能写", "this is no regular file");
        return Err(Failure::file(target, message));
    }
    if force || (kind.is_file() && what.may_replace(target)) {
        return Ok(());
    }
    Err(Failure::file(
        target,
        match what {
            What::DataFile => Message::new(
                "已经有这个文件，没有覆盖；请换一个文件名，或者确实不要原来的了，加 --force",
                "the file is there already and is left as it is: name another, or add --force to \
                 replace it",
            ),
            What::Marked => Message::new(
                "已经有这个文件，没有覆盖；看过了就删去，或者改名",
                "the file is there already and is left as it is: take it away, or give it another name",
            ),
            What::Pdf | What::Workbook(_) => Message::new(
                "已经有这个文件，它不是本程序写出后没有动过的，没有覆盖；请用 -o 写到别处，或者确实不要原来的了，加 --force",
                "the file is there already, and isn't as this command wrote it: it is left as it is; \
                 write to another place with -o, or add --force to replace it",
            ),
        },
    ))
}

/// A folder that files can be written into.
pub struct Folder {
    path: PathBuf,
    /// When it was opened, by the clock of its disk.
    opened: SystemTime,
}

/// A file that is complete but not yet in its place; dropped, it is gone.
pub struct Staged {
    beside: NamedTempFile,
    target: PathBuf,
    what: What,
}

impl Folder {
    /// Makes the folder where it isn't there, tries to write in it, and takes away what runs that
    /// were killed have left there and in the folders `below`.
    pub fn open<'a>(
        path: &Path,
        below: impl IntoIterator<Item = &'a Path>,
    ) -> Result<Self, Failure> {
        let fault = |error: io::Error| Failure::io(path, &error);
        if fs::metadata(path).is_ok_and(|meta| !meta.is_dir()) {
            return Err(fault(io::ErrorKind::NotADirectory.into()));
        }
        fs::create_dir_all(path).map_err(fault)?;
        let tried = beside(path).map_err(fault)?;
        let opened = tried.as_file().metadata().and_then(|meta| meta.modified());
        tried.close().map_err(fault)?;
        sweep(path);
        for below in below {
            sweep(&path.join(below));
        }
        Ok(Self {
            path: path.to_owned(),
            opened: opened.map_err(fault)?,
        })
    }

    /// Where a file of that name is, or would be.
    pub fn place(&self, name: &Path) -> PathBuf {
        self.path.join(name)
    }

    /// Writes a file beside its place in the folder. Its time is that at which the folder was opened:
    /// what changes after the run began is newer, even while the file was being made.
    pub fn stage(&self, name: &Path, what: What, bytes: &[u8]) -> Result<Staged, Failure> {
        let target = self.place(name);
        let folder = folder_of(&target);
        // The folder itself was made when it was opened; where it is gone, somebody took it away.
        if folder != self.path && self.path.is_dir() {
            fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
        }
        let staged = stage(&target, what, bytes)?;
        // Not every network file system lets a time be set; the file's own then stays.
        let _ = staged.beside.as_file().set_modified(self.opened);
        Ok(staged)
    }
}

impl Staged {
    /// Its place.
    pub fn target(&self) -> &Path {
        &self.target
    }
}

/// Puts files into their places, over older ones that may be replaced; out come the places. None is
/// moved where it can be told before that one of them can't be.
pub fn persist(files: Vec<Staged>, force: bool) -> Result<Vec<PathBuf>, Failure> {
    for file in &files {
        allow(&file.target, file.what, force)?;
    }
    let places = files.into_iter().map(|file| {
        if let Err(error) = file.beside.persist_noclobber(&file.target) {
            // Something is there, which may have come meanwhile, so that it is asked of again; or the file
            // system can't tell.
            allow(&file.target, file.what, force)?;
            let moved = error.file.persist(&file.target);
            moved.map_err(|error| Failure::io(&file.target, &error.error))?;
        }
        Ok(file.target)
    });
    places.collect()
}

/// Writes a file, over an older one that may be replaced.
pub fn write(target: &Path, what: What, force: bool, bytes: &[u8]) -> Result<(), Failure> {
    sweep(folder_of(target));
    persist(vec![stage(target, what, bytes)?], force)?;
    Ok(())
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn stage(target: &Path, what: What, bytes: &[u8]) -> Result<Staged, Failure> {
    let write = || -> io::Result<NamedTempFile> {
        let mut file = beside(folder_of(target))?;
        file.write_all(bytes)?;
        Ok(file)
    };
    match write() {
        Ok(beside) => Ok(Staged {
            beside,
            target: target.to_owned(),
            what,
        }),
        Err(error) => Err(Failure::io(target, &error)),
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
