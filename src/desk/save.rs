//! What two windows type into one report: everything is kept, and what both typed into one cell is shown to
//! both.

use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::folder::Number;
use super::review::Review;
use super::{Office, Undone};
use crate::form::for_year;
use crate::text::Message;

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

impl Office {
    /// A file as it is.
    pub fn now(&self, number: Number) -> Result<Now, Undone> {
        let path = self.folder.file(number).ok_or(Undone::Gone)?;
        let state = self.folder.read(&path)?;
        let text = utf8(&state.bytes)?;
        Ok(Now {
            review: self.review(&path, text),
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
        let mut draft = Draft::read(utf8(&state.bytes)?).map_err(|_| not_toml())?;
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
        }
        let text = draft.text();
        let changed_elsewhere = *known != state.version;
        let state = match text.as_bytes() == state.bytes {
            true => state,
            false => self.folder.replace(number, &path, text.as_bytes())?,
        };
        Ok(Now {
            review: self.review(&path, &text),
            version: state.version,
            changed_elsewhere,
            conflicts,
        })
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, Undone> {
    std::str::from_utf8(bytes).map_err(|_| not_toml())
}

fn not_toml() -> Undone {
    Undone::Told(Message::new(
        "这个数据文件的写法有误，在这里改不了：请按下面列出的，用记事本改好",
        "the data file isn't written rightly and can't be changed here: mend it in an editor, as listed",
    ))
}
