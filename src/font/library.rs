//! Finding the faces and keeping their files mapped.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use memmap2::Mmap;

use super::faces::{Face, FaceFault, FaceId, Faces, RoleChain};
use super::mapping;
use super::roles::{Family, Role};
use crate::finding::Message;
use crate::form::Script;

/// Where fonts are looked for, first folder first.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Folders, searched with the folders in them.
    pub folders: Vec<PathBuf>,
}

impl Search {
    /// The standard order: a folder named by the user, `NIANBAO_FONTS`, `fonts/` beside the
    /// program, `fonts/` of the source tree. System fonts are never used.
    pub fn standard(named: Option<PathBuf>) -> Self {
        let beside = std::env::current_exe()
            .ok()
            .and_then(|program| Some(program.parent()?.join("fonts")));
        let source_tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let folders = [
            named,
            std::env::var_os("NIANBAO_FONTS").map(PathBuf::from),
            beside,
            Some(source_tree),
        ];
        Self {
            folders: folders
                .into_iter()
                .flatten()
                .filter(|f| f.is_dir())
                .collect(),
        }
    }
}

/// Why the fonts can't be used.
#[derive(Debug)]
pub enum Fault {
    /// No folder to search.
    NoFolder,
    /// A family that a role needs is in none of the folders.
    NotFound {
        /// The family.
        family: String,
        /// Where it was looked for.
        folders: Vec<PathBuf>,
    },
    /// A font file that can't be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the operating system says.
        error: std::io::Error,
    },
    /// A font file that is cut short or no font.
    Malformed {
        /// The file.
        file: PathBuf,
    },
    /// A face whose licence forbids embedding it in a document.
    Restricted {
        /// The family.
        family: String,
        /// Its file.
        file: PathBuf,
    },
}

impl Fault {
    /// What to tell the user.
    pub fn message(&self) -> Message {
        match self {
            Self::NoFolder => Message::new(
                "没有字体文件夹：把程序附带的 fonts 文件夹放在程序旁边，或用 --fonts 指定",
                "no folder of fonts: put the fonts folder beside the program, or name it with --fonts",
            ),
            Self::NotFound { family, folders } => {
                let folders: Vec<String> =
                    folders.iter().map(|f| f.display().to_string()).collect();
                Message::new(
                    format!("找不到字体“{family}”，找过：{}", folders.join("、")),
                    format!("font \"{family}\" is in none of: {}", folders.join(", ")),
                )
            }
            Self::Unreadable { file, error } => Message::new(
                format!("字体文件 {} 不能读：{error}", file.display()),
                format!("font file {} can't be read: {error}", file.display()),
            ),
            Self::Malformed { file } => Message::new(
                format!("字体文件 {} 已损坏", file.display()),
                format!("font file {} is damaged", file.display()),
            ),
            Self::Restricted { family, file } => Message::new(
                format!("字体“{family}”（{}）不许嵌入文件", file.display()),
                format!("font \"{family}\" ({}) may not be embedded", file.display()),
            ),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for Fault {}

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

/// The fonts that were found, their files mapped as long as this lives.
pub struct Library {
    search: Search,
    faces: BTreeMap<String, Found>,
    files: BTreeMap<PathBuf, Mmap>,
}

struct Found {
    file: PathBuf,
    index: u32,
    postscript_name: String,
}

impl Library {
    /// Looks for the faces of every role and maps their files.
    ///
    /// # Errors
    /// A family that is not there, or a file that can't be read.
    pub fn open(search: &Search) -> Result<Self, Fault> {
        if search.folders.is_empty() {
            return Err(Fault::NoFolder);
        }
        let mut database = fontdb::Database::new();
        for folder in &search.folders {
            database.load_fonts_dir(folder);
        }
        let mut library = Self {
            search: search.clone(),
            faces: BTreeMap::new(),
            files: BTreeMap::new(),
        };
        for face in database.faces() {
            let fontdb::Source::File(file) = &face.source else {
                continue;
            };
            for (family, _) in &face.families {
                // The first folder that has a family wins.
                library
                    .faces
                    .entry(family.clone())
                    .or_insert_with(|| Found {
                        file: file.clone(),
                        index: face.index,
                        postscript_name: face.post_script_name.clone(),
                    });
            }
        }
        for script in [Script::Hans, Script::Hant] {
            for role in Role::ALL {
                for family in families(role, script) {
                    let file = library.find(family)?.file.clone();
                    if let Entry::Vacant(slot) = library.files.entry(file) {
                        let map = mapping::map(slot.key()).map_err(|error| Fault::Unreadable {
                            file: slot.key().clone(),
                            error,
                        })?;
                        slot.insert(map);
                    }
                }
            }
        }
        Ok(library)
    }

    fn find(&self, family: Family) -> Result<&Found, Fault> {
        self.faces.get(family.name).ok_or_else(|| Fault::NotFound {
            family: family.name.to_owned(),
            folders: self.search.folders.clone(),
        })
    }

    /// Reads the faces that a script needs.
    ///
    /// # Errors
    /// A file that is no sound font, or a face that may not be embedded.
    pub fn faces(&self, script: Script) -> Result<Faces<'_>, Fault> {
        let mut names: Vec<&'static str> = Vec::new();
        let mut faces: Vec<Face<'_>> = Vec::new();
        let mut chains = Vec::new();
        for role in Role::ALL {
            let mut resolve = |families: &'static [Family]| -> Result<Vec<FaceId>, Fault> {
                families
                    .iter()
                    .map(|family| {
                        if let Some(at) = names.iter().position(|name| *name == family.name) {
                            return Ok(FaceId(at));
                        }
                        faces.push(self.face(*family)?);
                        names.push(family.name);
                        Ok(FaceId(names.len() - 1))
                    })
                    .collect()
            };
            let chain = role.chain(script);
            chains.push(RoleChain {
                role,
                latin: resolve(chain.latin)?,
                punctuation: resolve(chain.punctuation)?,
                han: resolve(chain.han)?,
            });
        }
        Ok(Faces::new(faces, chains))
    }

    fn face(&self, family: Family) -> Result<Face<'_>, Fault> {
        let found = self.find(family)?;
        let malformed = || Fault::Malformed {
            file: found.file.clone(),
        };
        let data = self.files.get(&found.file).ok_or_else(malformed)?;
        Face::read(
            data,
            found.index,
            family.name,
            &found.postscript_name,
            family.scale,
        )
        .map_err(|fault| match fault {
            FaceFault::Malformed => malformed(),
            FaceFault::Restricted => Fault::Restricted {
                family: family.name.to_owned(),
                file: found.file.clone(),
            },
        })
    }

    /// Which face serves which role, and from where.
    pub fn roles(&self) -> Vec<RoleReport> {
        let mut reports = Vec::new();
        for script in [Script::Hans, Script::Hant] {
            for role in Role::ALL {
                let mut faces: Vec<FaceReport> = Vec::new();
                for family in families(role, script) {
                    let Ok(found) = self.find(family) else {
                        continue;
                    };
                    let face = FaceReport {
                        family: family.name.to_owned(),
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

fn families(role: Role, script: Script) -> impl Iterator<Item = Family> {
    let chain = role.chain(script);
    chain
        .han
        .iter()
        .chain(chain.punctuation)
        .chain(chain.latin)
        .copied()
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
        let search = Search {
            folders: vec![folder.path().to_owned()],
        };
        let fault = Library::open(&search).err().unwrap();
        assert!(matches!(fault, Fault::NotFound { .. }), "{fault}");
    }
}
