//! Where fonts are looked for, and what was found there by name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fontdb::{Database, FaceInfo, Source, Stretch, Style, Weight};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

/// Where fonts are looked for, first folder first.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Folders, searched with the folders in them.
    pub folders: Vec<PathBuf>,
    /// Whether the computer's own fonts come behind them.
    pub system: bool,
}

impl Search {
    /// Nothing but this folder, with the folders in it.
    pub fn folder(folder: impl Into<PathBuf>) -> Self {
        Self {
            folders: vec![folder.into()],
            system: false,
        }
    }

    /// The standard order: a folder named by the user, `NIANBAO_FONTS`, `fonts/` beside the
    /// program, `share/nianbao/fonts/` beside the program's folder `bin/`, where it was installed so,
    /// `fonts/` of the source tree, which the package on crates.io doesn't have. The computer's own
    /// fonts are not used unless `system` is set.
    pub fn standard(named: Option<PathBuf>) -> Self {
        // Linux tells where the program is in /proc alone, which a bare root may not have.
        let called = || std::env::args_os().next().map(PathBuf::from);
        let program = std::env::current_exe().ok().or_else(called);
        let folder = program.as_deref().and_then(Path::parent);
        let beside = folder.map(|folder| folder.join("fonts"));
        let installed = folder
            .and_then(Path::parent)
            .map(|above| above.join("share/nianbao/fonts"));
        // A program that is handed out (`dist/build`) knows nothing of where it was built.
        let source_tree = option_env!("NIANBAO_HANDOUT")
            .is_none()
            .then(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts"));
        let folders = [
            named,
            std::env::var_os("NIANBAO_FONTS").map(PathBuf::from),
            beside,
            installed,
            source_tree,
        ];
        Self {
            folders: folders
                .into_iter()
                .flatten()
                .filter(|f| f.is_dir())
                .collect(),
            system: false,
        }
    }
}

/// A face of a font file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub file: PathBuf,
    pub index: u32,
    pub postscript_name: String,
}

/// How far a face is from what a bare family name means, the least first: the place of its folder
/// in the search, then how far it is from a regular face. File and number come last, so that it
/// doesn't matter in which order the system lists a folder.
type Distance = (usize, bool, u16, bool, PathBuf, u32);

/// The faces that were found, by name.
#[derive(Default)]
pub(super) struct Index {
    names: BTreeMap<String, Named>,
}

/// What goes by a name.
struct Named {
    /// The name as the font has it.
    name: String,
    distance: Distance,
    found: Found,
}

impl Index {
    /// Looks through the folders. A face goes by the names of its family in every language that
    /// the font gives it in and by its PostScript name; where one that is `wanted` isn't among
    /// those, by its full names too. fontdb doesn't read those: it takes another walk through all
    /// files.
    pub fn new<'n>(search: &Search, mut wanted: impl Iterator<Item = &'n String>) -> Self {
        let mut database = Database::new();
        // Number of faces up to the end of each folder.
        let mut ends = Vec::new();
        for folder in &search.folders {
            database.load_fonts_dir(folder);
            ends.push(database.len());
        }
        if search.system {
            database.load_system_fonts();
        }
        let mut index = Self::default();
        index.add(&database, &ends, |face| {
            let families = face.families.iter().map(|(family, _)| family.clone());
            families.chain([face.post_script_name.clone()]).collect()
        });
        if wanted.any(|name| index.find(name).is_none()) {
            index.add(&database, &ends, |face| {
                let names = database.with_face_data(face.id, full_names);
                names.unwrap_or_default()
            });
        }
        index
    }

    /// The face of a name; upper and lower case are the same.
    pub fn find(&self, name: &str) -> Option<&Found> {
        self.names.get(&key(name)).map(|named| &named.found)
    }

    /// The name of a face that is nearly `name`.
    pub fn near(&self, name: &str) -> Option<&str> {
        let name = key(name);
        let most = name.chars().count() / 4;
        self.names
            .iter()
            .map(|(known, named)| (strsim::damerau_levenshtein(known, &name), &named.name))
            .min()
            .filter(|(distance, _)| *distance <= most)
            .map(|(_, known)| known.as_str())
    }

    fn add(
        &mut self,
        database: &Database,
        ends: &[usize],
        names: impl Fn(&FaceInfo) -> Vec<String>,
    ) {
        for (number, face) in database.faces().enumerate() {
            let Source::File(file) = &face.source else {
                continue;
            };
            let folder = ends.iter().take_while(|end| **end <= number).count();
            let distance = (
                folder,
                face.style != Style::Normal,
                face.weight.0.abs_diff(Weight::NORMAL.0),
                face.stretch != Stretch::Normal,
                file.clone(),
                face.index,
            );
            for name in names(face) {
                let known = self.names.get(&key(&name));
                if known.is_none_or(|known| distance < known.distance) {
                    let found = Found {
                        file: file.clone(),
                        index: face.index,
                        postscript_name: face.post_script_name.clone(),
                    };
                    let named = Named {
                        name,
                        distance: distance.clone(),
                        found,
                    };
                    self.names.insert(key(&named.name), named);
                }
            }
        }
    }
}

/// Names are compared without regard to case and to space around them.
fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The family name of the four-style model and the full name (OpenType name table, 1 and 4), in
/// every language that they are given in.
fn full_names(data: &[u8], index: u32) -> Vec<String> {
    let Ok(font) = FontRef::from_index(data, index) else {
        return Vec::new();
    };
    [StringId::FAMILY_NAME, StringId::FULL_NAME]
        .into_iter()
        .flat_map(|id| font.localized_strings(id))
        .map(|name| name.to_string())
        .collect()
}
