//! What two windows type into one report: everything is kept, and what both typed into one cell is shown to
//! both.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::folder::{Number, State};
use super::review::{Review, untold};
use super::{Office, Undone};
use crate::form::for_year;
use crate::text::{Findings, Message, Source};

/// What a window has typed since it last heard of the file.
#[derive(Debug, Deserialize)]
pub(super) struct Changes {
    /// The state of the file that the window knows.
    version: Option<String>,
    /// What was typed, in order.
    changes: Vec<Change>,
}

/// One cell's change.
#[derive(Debug, Deserialize)]
struct Change {
    key: String,
    /// What it said before, as the window knows it.
    was: String,
    now: String,
}

/// What both windows typed into one cell.
#[derive(Debug, Serialize)]
pub(super) struct Conflict {
    key: String,
    /// What the file says.
    theirs: String,
    /// What this window wants it to say; not saved.
    yours: String,
}

/// A file as it is now.
#[derive(Debug, Serialize)]
pub(super) struct Now {
    /// The state that the next changes are made to.
    pub version: String,
    /// Whether somebody else has changed the file since.
    pub changed_elsewhere: bool,
    pub conflicts: Vec<Conflict>,
    #[serde(flatten)]
    pub review: Review,
}

/// Which state a file is in, and who else is at it.
#[derive(Debug, Serialize)]
pub(super) struct Version {
    version: String,
    /// Other computers whose desks show it.
    others: Vec<String>,
}

/// A file with changes made to it.
struct Changed {
    path: PathBuf,
    /// As it was found.
    state: State,
    text: String,
    /// Whether the text says anything else than what was found.
    differs: bool,
    conflicts: Vec<Conflict>,
}

impl Office {
    /// Which state a file is in.
    pub fn version(&self, number: Number) -> Result<Version, Undone> {
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        Ok(Version {
            version: self.folder.read(&path)?.version,
            others: self.folder.others_at(&path),
        })
    }

    /// A file as it is.
    pub fn now(&self, number: Number) -> Result<Now, Undone> {
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        let state = self.folder.read(&path)?;
        self.folder.set_aside(number, state.bytes.clone());
        Ok(Now {
            review: match decoded(&path, &state) {
                Ok(text) => self.review(&path, &text),
                Err(found) => Review {
                    findings: untold(&found).collect(),
                    ..Review::default()
                },
            },
            version: state.version,
            changed_elsewhere: false,
            conflicts: Vec::new(),
        })
    }

    /// Saves what was typed.
    pub fn save(&self, number: Number, changes: &Changes) -> Result<Now, Undone> {
        let known = changes.version.as_ref().ok_or(Undone::NoVersion)?;
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        let _held = self.folder.hold(&path);
        let state = self.folder.read(&path)?;
        let changed = self.changed(path, state, changes)?;
        let changed_elsewhere = *known != changed.state.version;
        let state = match changed.differs {
            true => {
                let bytes = changed.text.as_bytes();
                self.folder.replace(number, &changed.path, bytes)?
            }
            false => changed.state,
        };
        self.folder.set_aside(number, state.bytes.clone());
        Ok(Now {
            review: self.review(&changed.path, &changed.text),
            version: state.version,
            changed_elsewhere,
            conflicts: changed.conflicts,
        })
    }

    /// Keeps, for taking away, a file with what was typed, where it can't be saved in its place. A cell that
    /// somebody else has changed stays theirs: it is among the conflicts on her page.
    pub fn set_aside(&self, number: Number, changes: &Changes) -> Result<(), Undone> {
        let path = self.folder.file(number);
        let state = path.as_ref().map(|path| self.folder.read(path));
        let state = match state {
            Some(Ok(state)) => state,
            // The stick was pulled: as it was when it was last read.
            _ => State::new(self.folder.aside(number).ok_or(Undone::Gone)?),
        };
        let path = path.unwrap_or_default();
        let text = self.changed(path, state, changes)?.text;
        self.folder.set_aside(number, text.into_bytes());
        Ok(())
    }

    fn changed(&self, path: PathBuf, state: State, changes: &Changes) -> Result<Changed, Undone> {
        let text = decoded(&path, &state).map_err(|_| not_toml())?;
        let mut draft = Draft::read(&text).map_err(|_| not_toml())?;
        let mut differs = false;
        let form = draft.year().and_then(|year| for_year(&self.forms, year));
        let form = form.or(self.forms.first()).ok_or(Undone::Bad)?;
        let mut conflicts = Vec::new();
        for change in &changes.changes {
            let there = draft.said(form, &change.key).unwrap_or_default();
            if there == change.now {
                continue;
            }
            if there != change.was {
                conflicts.push(Conflict {
                    key: change.key.clone(),
                    theirs: there,
                    yours: change.now.clone(),
                });
                continue;
            }
            draft
                .set(form, &change.key, &change.now)
                .map_err(|_| not_toml())?;
            differs = true;
        }
        Ok(Changed {
            text: draft.text(),
            path,
            state,
            differs,
            conflicts,
        })
    }
}

/// What a file says, in whatever encoding.
pub(super) fn decoded(path: &Path, state: &State) -> Result<String, Findings> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let source = Source::from_bytes(name, state.bytes.clone())?;
    Ok(source.text().to_owned())
}

fn not_toml() -> Undone {
    Undone::Told(Message::new(
        "这个数据文件的写法有误，在这里改不了：请按下面列出的，用记事本改好",
        "the data file isn't written rightly and can't be changed here: mend it in an editor, as listed",
    ))
}
