//! The folder whose reports the desk shows: its files by number, written whole, with their earlier states.
//!
//! A request never names a file: it asks for a number that the desk gave to what it found in the folder.
//! So no name that comes over a connection is joined to a path.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::text::{Failure, MAX_BYTES, Message};

/// Where earlier states and files being written are kept. Every command passes over hidden folders.
const OWN: &str = ".nianbao";
/// How often the state before a change is kept.
const EVERY: Duration = Duration::from_secs(600);
/// How many earlier states of a file are kept.
const KEPT: usize = 10;
/// Longest name that is made, in bytes without the ending.
const LONGEST_NAME: usize = 80;
/// How long a file is tried to be put into its place: a virus scanner may hold the older one open.
const TRIED: Duration = Duration::from_secs(1);

/// The number by which the page knows a file.
pub(super) type Number = usize;

/// The folder.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Names of all files that were ever found, by their numbers.
    names: Mutex<Vec<String>>,
    /// When an earlier state of each was kept last.
    kept: Mutex<HashMap<Number, Instant>>,
    /// What each file said last, with what was typed where it can't be written: to be taken away.
    aside: Mutex<HashMap<Number, Vec<u8>>>,
    /// Held while a file is read, changed and written back.
    writing: Mutex<()>,
}

/// A file held against other windows and programs.
pub(super) struct Held<'f> {
    _window: MutexGuard<'f, ()>,
    _program: Option<File>,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Its text.
    pub bytes: Vec<u8>,
    /// A sum of it: two states that are the same have the same.
    pub version: String,
}

impl State {
    pub fn new(bytes: Vec<u8>) -> Self {
        let version = Sha256::digest(&bytes);
        Self {
            version: version.iter().map(|byte| format!("{byte:02x}")).collect(),
            bytes,
        }
    }
}

impl Folder {
    /// A folder of reports.
    ///
    /// # Errors
    /// Where it can't be looked at.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let fault = |error: io::Error| Failure::io(path, &error);
        let path = path.canonicalize().map_err(fault)?;
        fs::read_dir(&path).map_err(fault)?;
        let folder = Self {
            path,
            names: Mutex::default(),
            kept: Mutex::default(),
            aside: Mutex::default(),
            writing: Mutex::default(),
        };
        // The same files have the same numbers in each run, as far as nothing came or went.
        folder.files("toml");
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a file can be made in it.
    pub fn is_read_only(&self) -> bool {
        tempfile::tempfile_in(&self.path).is_err()
    }

    /// The files whose names end so, in the order of their names. Hidden ones and links are nobody's report.
    pub fn files(&self, ending: &str) -> Vec<(Number, PathBuf)> {
        let Ok(entries) = fs::read_dir(&self.path) else {
            return Vec::new();
        };
        let mut found = BTreeMap::new();
        for entry in entries.flatten() {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let is_asked = Path::new(&name)
                .extension()
                .is_some_and(|it| it.eq_ignore_ascii_case(ending));
            if is_file && is_asked && !name.starts_with(['.', '~']) {
                found.insert(name, entry.path());
            }
        }
        found
            .into_iter()
            .map(|(name, path)| (self.number(name), path))
            .collect()
    }

    /// What the file with a number was called, whether it is there or not.
    pub fn name(&self, number: Number) -> Option<String> {
        lock(&self.names).get(number).cloned()
    }

    /// The number of a file of the folder.
    pub fn number(&self, name: String) -> Number {
        let mut names = lock(&self.names);
        names.iter().position(|it| *it == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        })
    }

    /// The file with a number; none where it is gone, or something else is in its place.
    pub fn file(&self, number: Number) -> Option<PathBuf> {
        let path = self.path.join(lock(&self.names).get(number)?);
        let found = fs::symlink_metadata(&path).ok()?;
        found.is_file().then_some(path)
    }

    /// What a file holds.
    ///
    /// # Errors
    /// Where it can't be read, or is longer than a data file may be.
    pub fn read(&self, path: &Path) -> Result<State, Failure> {
        let bytes = crate::text::read_bytes(path)?;
        if bytes.len() as u64 > MAX_BYTES {
            let message = Message::new("文件太大，不是数据文件", "too large for a data file");
            return Err(Failure::file(path, message));
        }
        Ok(State::new(bytes))
    }

    /// Writes a file that isn't there yet, by the nearest free name.
    ///
    /// # Errors
    /// What the system says.
    pub fn create(&self, stem: &str, ending: &str, bytes: &[u8]) -> Result<Number, Failure> {
        let stem = plain_name(stem);
        let mut number = 1;
        loop {
            let name = match number {
                1 => format!("{stem}.{ending}"),
                _ => format!("{stem}-{number}.{ending}"),
            };
            let path = self.path.join(&name);
            let fault = |error: io::Error| Failure::io(&path, &error);
            match File::options().write(true).create_new(true).open(&path) {
                Ok(mut file) => {
                    let written = file.write_all(bytes).and_then(|()| file.sync_all());
                    // Half of a report is none.
                    return written.map(|()| self.number(name)).map_err(|error| {
                        let _ = fs::remove_file(&path);
                        fault(error)
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(fault(error)),
            }
        }
    }

    /// Keeps a file's text, for when it can't be written or is gone.
    pub fn set_aside(&self, number: Number, bytes: Vec<u8>) {
        lock(&self.aside).insert(number, bytes);
    }

    /// What was set aside last.
    pub fn aside(&self, number: Number) -> Option<Vec<u8>> {
        lock(&self.aside).get(&number).cloned()
    }

    /// Holds a file while it is changed. Where the disk has no locks, the file's version alone guards it
    /// against other programs.
    pub fn hold(&self, path: &Path) -> Held<'_> {
        let window = lock(&self.writing);
        let program = self.own(path, "lock").and_then(|path| {
            // Windows locks no file that is open for appending alone.
            let mut options = File::options();
            let file = options.create(true).read(true).append(true).open(path)?;
            file.lock()?;
            Ok(file)
        });
        Held {
            _window: window,
            _program: program.ok(),
        }
    }

    /// Puts new bytes into the place of a file's. The state before is kept once in a while.
    ///
    /// # Errors
    /// What the system says; the file is then as it was.
    pub fn replace(&self, number: Number, path: &Path, bytes: &[u8]) -> Result<State, Failure> {
        let fault = |error: io::Error| Failure::io(path, &error);
        let begun = self.own(path, "saving").map_err(fault)?;
        self.keep(number, path).map_err(fault)?;
        let file = File::create(&begun);
        let written =
            file.and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        if let Err(error) = written {
            // On a full disk the beginning of a file is no state of it.
            let _ = fs::remove_file(&begun);
            return Err(fault(error));
        }
        let from = Instant::now();
        loop {
            match fs::rename(&begun, path) {
                Ok(()) => return Ok(State::new(bytes.to_vec())),
                Err(error) if may_pass(&error) && from.elapsed() < TRIED => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(error) => return Err(fault(error)),
            }
        }
    }

    /// What a run that was killed was about to write of a file, where that isn't what is there.
    pub fn begun(&self, path: &Path) -> Option<PathBuf> {
        let begun = self.own(path, "saving").ok()?;
        let bytes = fs::read(&begun).ok()?;
        let is_whole = std::str::from_utf8(&bytes).is_ok_and(|text| !text.is_empty());
        (is_whole && fs::read(path).ok()? != bytes).then_some(begun)
    }

    /// The earlier states of a file, the latest first.
    pub fn earlier(&self, path: &Path) -> Vec<PathBuf> {
        let Ok(folder) = self.own(path, "earlier") else {
            return Vec::new();
        };
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut states: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        states.sort();
        states.reverse();
        states
    }

    /// The computers other than this one whose desks show a file.
    pub fn others_at(&self, path: &Path) -> Vec<String> {
        let folder = self.own(path, "open");
        let others = folder.and_then(|folder| super::presence::others(&folder));
        others.unwrap_or_default()
    }

    /// Has what is there kept before the next change, whenever that was last done.
    pub fn keep_now(&self, number: Number) {
        lock(&self.kept).remove(&number);
    }

    /// Keeps what is there, once a run and then once in a while.
    fn keep(&self, number: Number, path: &Path) -> io::Result<()> {
        let mut kept = lock(&self.kept);
        if kept.get(&number).is_some_and(|last| last.elapsed() < EVERY) {
            return Ok(());
        }
        let folder = self.own(path, "earlier")?;
        fs::create_dir_all(&folder)?;
        let bytes = fs::read(path)?;
        let states = self.earlier(path);
        let last = states.first().and_then(|last| fs::read(last).ok());
        if last.as_deref() != Some(&bytes) {
            // A clock that was set back must not make this the oldest.
            let last = states
                .first()
                .and_then(|path| path.file_stem()?.to_str()?.parse().ok());
            let now = jiff::Timestamp::now().as_millisecond();
            let now = last.map_or(now, |last: i64| now.max(last + 1));
            fs::write(folder.join(format!("{now:013}.toml")), bytes)?;
            for old in states.iter().skip(KEPT - 1) {
                fs::remove_file(old)?;
            }
        }
        kept.insert(number, Instant::now());
        Ok(())
    }

    /// Where the desk keeps something of a file's.
    fn own(&self, path: &Path, what: &str) -> io::Result<PathBuf> {
        let own = self.path.join(OWN);
        fs::create_dir_all(&own)?;
        let name = path.file_name().unwrap_or_default();
        Ok(own.join(name).with_added_extension(what))
    }
}

/// Whether a file that can't be replaced now may be soon: Windows says so of one that another program
/// looks at (ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION).
fn may_pass(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32))
}

/// A name that every file system takes, made of one that a person gave.
fn plain_name(name: &str) -> String {
    let mut plain = String::new();
    for c in name
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '（' | '）'))
    {
        if plain.len() + c.len_utf8() > LONGEST_NAME {
            break;
        }
        plain.push(c);
    }
    // What Windows keeps for its devices: CON, NUL, COM1.
    let device = plain.len() <= 4 && plain.is_ascii();
    match plain.is_empty() || device {
        true => format!("年报{plain}"),
        false => plain,
    }
}

/// What a lock holds, also after a thread that held it panicked: nothing here is left half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
