//! What outputs are called.

use std::path::Path;

use super::Halt;
use super::inputs::STDIN;
use nianbao::text::Message;

/// Stands for a character that a file's name may not have.
const REPLACED: char = '_';
/// Names that Windows keeps for devices, whatever ending follows ("Naming Files, Paths, and Namespaces").
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// How an output's name is made.
pub(super) enum Naming {
    /// It is that of the data file.
    Stem,
    /// By a pattern: plain text and placeholders in turn.
    Pattern(Vec<Piece>),
}

/// A piece of a pattern.
pub(super) enum Piece {
    Plain(String),
    Organ,
    Year,
    Stem,
}

impl Naming {
    /// Reads a pattern: `{organ}{year}年政府信息公开工作年度报告`.
    ///
    /// # Errors
    /// A placeholder that there isn't, a brace without its other, or a pattern that names nothing.
    pub fn read(pattern: Option<&str>) -> Result<Self, Halt> {
        let Some(mut rest) = pattern else {
            return Ok(Self::Stem);
        };
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let (plain, braced) = rest.split_once('{').unwrap_or((rest, ""));
            if plain.contains('}') || (braced.is_empty() && rest.contains('{')) {
                return Err(wrong());
            }
            pieces.push(Piece::Plain(plain.to_owned()));
            rest = "";
            if !braced.is_empty() {
                let (name, after) = braced.split_once('}').ok_or_else(wrong)?;
                pieces.push(match name {
                    "organ" => Piece::Organ,
                    "year" => Piece::Year,
                    "stem" => Piece::Stem,
                    _ => return Err(wrong()),
                });
                rest = after;
            }
        }
        let names = |piece: &Piece| !matches!(piece, Piece::Plain(text) if text.trim().is_empty());
        if pieces.iter().any(names) {
            Ok(Self::Pattern(pieces))
        } else {
            Err(wrong())
        }
    }

    /// The name of a report's outputs without their endings, and whether a character was replaced in it.
    pub fn name(&self, path: &Path, organ: &str, year: i32) -> (String, bool) {
        let stem = stem(path);
        let Self::Pattern(pieces) = self else {
            return (stem, false);
        };
        let mut name = String::new();
        for piece in pieces {
            match piece {
                Piece::Plain(text) => name.push_str(text),
                Piece::Organ => name.push_str(organ),
                Piece::Year => name.push_str(&year.to_string()),
                Piece::Stem => name.push_str(&stem),
            }
        }
        let allowed = allowed(&name);
        let replaced = allowed != name;
        (allowed, replaced)
    }
}

fn wrong() -> Halt {
    Halt::Usage(Message::new(
        "--name 里可以用 {organ}（机关）、{year}（年度）、{stem}（数据文件名），例如 \
         '{organ}{year}年政府信息公开工作年度报告'",
        "--name takes {organ}, {year} and {stem}, as in '{organ}-{year}'",
    ))
}

/// The name of a data file without its ending.
pub(super) fn stem(path: &Path) -> String {
    if path == Path::new(STDIN) {
        return "stdin".to_owned();
    }
    path.file_stem()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// A name that every system takes: Windows forbids some characters, blanks and dots at the end and
/// the names of devices, and a dot at the beginning hides a file elsewhere.
fn allowed(name: &str) -> String {
    let forbidden = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    let name: String = name
        .chars()
        .map(|c| if forbidden(c) { REPLACED } else { c })
        .collect();
    let name = name.trim().trim_end_matches(['.', ' ']);
    let first = name.split('.').next().unwrap_or_default().to_lowercase();
    let device = DEVICES.contains(&first.as_str())
        || (first.len() == 4
            && (first.starts_with("com") || first.starts_with("lpt"))
            && first.ends_with(|c: char| c.is_ascii_digit()));
    if device || name.is_empty() || name.starts_with('.') {
        format!("{REPLACED}{name}")
    } else {
        name.to_owned()
    }
}
