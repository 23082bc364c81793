//! Finding the faces and reading their files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::error::FontError;
use super::faces::{Face, FaceError, FaceId, Faces, RoleChain};
use super::file::FontFile;
use super::named::Named;
use super::roles::Role;
use super::search::{Found, Index, Search};
use crate::form::Script;

const SCRIPTS: [Script; 2] = [Script::Hans, Script::Hant];

/// Which faces serve a role.
#[derive(Debug, Clone)]
pub struct RoleReport {
    /// The role.
    pub role: Role,
    /// The script.
    pub script: Script,
    /// The faces, best first.
    pub faces: Vec<FaceReport>,
}

/// A face and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceReport {
    /// Family name.
    pub family: String,
    /// Its file.
    pub file: PathBuf,
    /// Number in a collection.
    pub index: u32,
}

/// The fonts that were found, and their files, read as far as every report needs them.
pub struct Library {
    search: Search,
    named: Named,
    index: Index,
    files: BTreeMap<PathBuf, FontFile>,
}

/// The faces of one role by name, best first: for Latin letters and digits, for Chinese
/// punctuation, and for everything else.
struct Chain<'a> {
    latin: Vec<&'a str>,
    punctuation: Vec<&'a str>,
    /// How many of those, from the first, a user named.
    unsure: usize,
    han: Vec<&'a str>,
}

impl Library {
    /// Looks for the faces of every role and reads their files.
    ///
    /// # Errors
    /// A family that is not there, or a file that can't be read.
    pub fn open(search: &Search) -> Result<Self, FontError> {
        Self::open_with(search, &Named::default())
    }

    /// As [`Library::open`], with the faces that a user names before the program's own. Of several
    /// that are named for one role one must be there; those that are not are passed over.
    ///
    /// # Errors
    /// A face that is not there or may not be embedded, or a file that can't be read.
    pub fn open_with(search: &Search, named: &Named) -> Result<Self, FontError> {
        if search.folders.is_empty() && !search.system {
            return Err(FontError::NoFolder);
        }
        let mut library = Self {
            search: search.clone(),
            named: named.clone(),
            index: Index::new(search, named.lists().flatten()),
            files: BTreeMap::new(),
        };
        for list in named.lists() {
            let none = list.iter().all(|name| library.index.find(name).is_none());
            if let (Some(first), true) = (list.first(), none) {
                return Err(library.not_found(first));
            }
        }
        let mut files = BTreeSet::new();
        for script in SCRIPTS {
            for role in Role::ALL {
                for name in library.chain(role, script).all(role) {
                    files.insert(library.find(name)?.file.clone());
                }
            }
        }
        library.files = open(files)?;
        // Whether a face may be used is told before the work begins where the user named it.
        for name in named.lists().flatten() {
            if library.index.find(name).is_some() {
                library.face(name)?;
            }
        }
        Ok(library)
    }

    /// Reads the files to their ends. A run of many reports does so first: what becomes of the files while they are
    /// made doesn't matter then.
    ///
    /// # Errors
    /// A file that can't be read, or was changed since it was opened.
    pub fn read_all(&mut self) -> Result<(), FontError> {
        self.files.values_mut().try_for_each(FontFile::read_all)
    }

    /// The font files that serve a role.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }

    fn find(&self, name: &str) -> Result<&Found, FontError> {
        self.index.find(name).ok_or_else(|| self.not_found(name))
    }

    fn not_found(&self, name: &str) -> FontError {
        FontError::NotFound {
            family: name.to_owned(),
            near: self.index.near(name).map(str::to_owned),
            search: self.search.clone(),
        }
    }

    /// The faces of a role: those that the user named and that are there, then the program's own.
    /// Letters and digits come from the face that is named for figures, as the program's own do;
    /// but the title and the headings have theirs from their own face.
    fn chain(&self, role: Role, script: Script) -> Chain<'_> {
        let named = |role: Role| {
            let names = self.named.get(script, role).iter();
            names.filter(|name| self.index.find(name).is_some())
        };
        let behind = |first: Role, own: &'static [&'static str]| -> Vec<&str> {
            let own = own.iter().copied();
            named(first).map(String::as_str).chain(own).collect()
        };
        let own = role.chain(script);
        let latin = match role {
            Role::Title | Role::Heading => role,
            Role::Subheading | Role::Text | Role::Table | Role::Number => Role::Number,
        };
        // The dashes of a page number are those of the tables' wording.
        let marks = if role == Role::Number {
            Role::Table
        } else {
            role
        };
        Chain {
            latin: behind(latin, own.latin),
            punctuation: behind(marks, own.punctuation),
            unsure: named(marks).count(),
            han: behind(role, own.han),
        }
    }

    /// Reads the faces that a script needs.
    ///
    /// # Errors
    /// A file that is no sound font, or a face that may not be embedded.
    pub fn faces(&self, script: Script) -> Result<Faces<'_>, FontError> {
        let mut known: Vec<&Found> = Vec::new();
        let mut faces: Vec<Face<'_>> = Vec::new();
        let mut chains = Vec::new();
        for role in Role::ALL {
            let mut resolve = |names: Vec<&str>| -> Result<Vec<FaceId>, FontError> {
                names
                    .into_iter()
                    .map(|name| {
                        let found = self.find(name)?;
                        if let Some(at) = known.iter().position(|known| *known == found) {
                            return Ok(FaceId(at));
                        }
                        faces.push(self.face(name)?);
                        known.push(found);
                        Ok(FaceId(known.len() - 1))
                    })
                    .collect()
            };
            let chain = self.chain(role, script);
            chains.push(RoleChain {
                role,
                latin: resolve(chain.latin)?,
                punctuation: resolve(chain.punctuation)?,
                unsure: chain.unsure,
                han: resolve(chain.han)?,
            });
        }
        Ok(Faces::new(script, faces, chains))
    }

    fn face(&self, name: &str) -> Result<Face<'_>, FontError> {
        let found = self.find(name)?;
        let malformed = || FontError::Malformed {
            file: found.file.clone(),
        };
        let file = self.files.get(&found.file).ok_or_else(malformed)?;
        Face::read(file, found.index, name, &found.postscript_name).map_err(|fault| match fault {
            FaceError::Malformed => malformed(),
            FaceError::Restricted => FontError::Restricted {
                family: name.to_owned(),
                file: found.file.clone(),
            },
        })
    }

    /// Which face serves which role, and from where.
    pub fn roles(&self) -> Vec<RoleReport> {
        let mut reports = Vec::new();
        for script in SCRIPTS {
            for role in Role::ALL {
                let mut faces: Vec<FaceReport> = Vec::new();
                for name in self.chain(role, script).all(role) {
                    let Some(found) = self.index.find(name) else {
                        continue;
                    };
                    let face = FaceReport {
                        family: name.to_owned(),
                        file: found.file.clone(),
                        index: found.index,
                    };
                    if !faces.contains(&face) {
                        faces.push(face);
                    }
                }
                reports.push(RoleReport {
                    role,
                    script,
                    faces,
                });
            }
        }
        reports
    }
}

/// Opens files and reads what every report needs of them.
fn open(files: BTreeSet<PathBuf>) -> Result<BTreeMap<PathBuf, FontFile>, FontError> {
    let open = |file: PathBuf| match FontFile::open(&file) {
        Ok(font) => Ok((file, font)),
        Err(error) => Err(FontError::Unreadable { file, error }),
    };
    files.into_iter().map(open).collect()
}

impl<'a> Chain<'a> {
    /// All its families, those first that most of the role's characters are set in.
    fn all(&self, role: Role) -> impl Iterator<Item = &'a str> {
        let [first, last] = match role {
            Role::Number => [&self.latin, &self.han],
            _ => [&self.han, &self.latin],
        };
        first.iter().chain(&self.punctuation).chain(last).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> Library {
        Library::open(&Search::standard(None)).unwrap()
    }

    #[test]
    fn rare_characters_of_names_have_a_glyph_in_every_role() {
        let library = library();
        for script in [Script::Hans, Script::Hant] {
            let faces = library.faces(script).unwrap();
            for c in "镕喆堃珺𬭚囧〇—…“”‘’·《》〔〕（），。、；：？！％①℃0aA".chars()
            {
                assert!(faces.covers(c), "{c} in {script:?}");
            }
            assert!(!faces.covers('\u{202e}'));
            assert!(!faces.covers('\u{e000}'));
        }
    }

    #[test]
    fn figures_have_digits_of_one_width() {
        let library = library();
        let faces = library.faces(Script::Hans).unwrap();
        let width = |c| faces.glyph(Role::Number, c).unwrap().advance;
        assert!(('0'..='9').all(|c| width(c) == width('0')));
    }

    #[test]
    fn a_family_that_is_nowhere_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let fault = Library::open(&Search::folder(folder.path())).err().unwrap();
        assert!(matches!(fault, FontError::NotFound { .. }), "{fault}");
    }

    #[test]
    fn without_a_folder_the_message_says_how_to_name_one() {
        let fault = Library::open(&Search::default()).err().unwrap();
        for message in [fault.message().zh, fault.message().en] {
            assert!(message.contains("--fonts"), "{message}");
            assert!(message.contains("NIANBAO_FONTS"), "{message}");
        }
    }
}
