//! The faces of one script, read and ready to give glyphs.

use std::borrow::Cow;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};

use super::error::FontError;
use super::file::FontFile;
use super::ink;
use super::roles::Role;
use crate::form::Script;
use crate::text::character::oddity;
use crate::text::class::{Class, class};

/// Number of a face in its [`Faces`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub usize);

/// A glyph for one character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The face that has it.
    pub face: FaceId,
    /// Its number in that face.
    pub gid: u16,
    /// Its advance in em of the size set, the face's enlargement included.
    pub advance: f64,
}

/// Common characters of both scripts. The middle of their ink is that of all Han of a face within 0.005 em.
pub(super) const HAN: &str = "政府信息工作年度本市";
pub(super) const DIGITS: &str = "0123456789";
/// The characters by whose ink a face is judged: [`HAN`], [`DIGITS`] and every mark of Chinese text.
pub(super) const KNOWN: &str = "政府信息工作年度本市0123456789\
    “”‘’（）《》〈〉〔〕【】「」『』〖〗［］｛｝〝〞。，、；：．！？·・／～％‰℃—…―⸺";

/// Where the middle of a Chinese character's square lies above the baseline, in em: the square goes from 0.12 below it to
/// 0.88 above (OS/2 typoAscender and typoDescender of the faces in use).
pub const MIDDLE: f64 = 0.38;

/// One face.
pub struct Face<'a> {
    /// The name that it was looked for by: its family's, as a rule.
    pub family: String,
    /// PostScript name.
    pub postscript_name: String,
    file: &'a FontFile,
    /// The face's number in a collection, 0 in a single font.
    pub index: u32,
    /// Units of the em square.
    pub units_per_em: u16,
    /// By how much its glyphs are enlarged against the size set, so that a Chinese character fills
    /// its square. cwTeX's are 920/1000 em wide, nearly all others 1 em.
    pub scale: f64,
    /// By how much its glyphs are raised, in em of the size set, so that its Chinese characters have their middle in
    /// that of the square, or its digits, where it has no Chinese: faces that meet on a line then stand at one height.
    pub rise: f64,
    /// Ascender and descender, in font units.
    pub vertical: (i16, i16),
    /// The box around all glyphs, in font units: left, bottom, right, top.
    pub bounds: [i16; 4],
    /// Weight class, 400 for regular.
    pub weight: u16,
    pub(super) font: FontRef<'a>,
    charmap: Charmap<'a>,
    metrics: GlyphMetrics<'a>,
}

/// Why a font file's face can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaceError {
    /// The file is cut short or no font.
    Malformed,
    /// Its fsType (OS/2) forbids embedding, or embedding a part.
    Restricted,
}

impl<'a> Face<'a> {
    pub(super) fn read(
        file: &'a FontFile,
        index: u32,
        family: &str,
        postscript_name: &str,
    ) -> Result<Self, FaceError> {
        let data = file.bytes();
        let font = FontRef::from_index(data, index).map_err(|_| FaceError::Malformed)?;
        if !is_whole(&font, data) {
            return Err(FaceError::Malformed);
        }
        let head = font.head().map_err(|_| FaceError::Malformed)?;
        let hhea = font.hhea().map_err(|_| FaceError::Malformed)?;
        let (fs_type, weight) = font
            .os2()
            .map_or((0, 400), |os2| (os2.fs_type(), os2.us_weight_class()));
        // OpenType OS/2 fsType: bits 0–3 are one of 0, 2, 4 and 8; 2 alone forbids embedding. Bit 8
        // forbids taking out the characters in use, bit 9 embedding outlines.
        if fs_type & 0x000F == 0x0002 || fs_type & 0x0300 != 0 {
            return Err(FaceError::Restricted);
        }
        let mut face = Self {
            family: family.to_owned(),
            postscript_name: postscript_name.to_owned(),
            file,
            index,
            units_per_em: head.units_per_em(),
            scale: 1.0,
            rise: 0.0,
            vertical: (hhea.ascender().to_i16(), hhea.descender().to_i16()),
            bounds: [head.x_min(), head.y_min(), head.x_max(), head.y_max()],
            weight,
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            font,
        };
        face.scale = face.enlargement();
        face.rise = face.shift();
        Ok(face)
    }

    /// 1 em against the advance of a common character. A face without Chinese has none, and one
    /// that is far off is no face for text.
    fn enlargement(&self) -> f64 {
        let advance = ['国', '國', '中', '一']
            .into_iter()
            .find_map(|c| self.glyph(c));
        let em = advance.map_or(1.0, |(_, advance)| {
            f64::from(advance) / f64::from(self.units_per_em)
        });
        if (0.8..=1.25).contains(&em) {
            1.0 / em
        } else {
            1.0
        }
    }

    /// From the middle of the face's characters to that of the square. One that is far off is no face for text.
    fn shift(&self) -> f64 {
        let middle = |text: &str| {
            let boxes = text.chars().filter_map(|c| self.ink(c));
            let middles: Vec<f64> = boxes
                .map(|[_, bottom, _, top]| (bottom + top) / 2.0)
                .collect();
            (!middles.is_empty()).then(|| middles.iter().sum::<f64>() / middles.len() as f64)
        };
        let shift = middle(HAN).or_else(|| middle(DIGITS)).map(|at| MIDDLE - at);
        shift.filter(|shift| shift.abs() < 0.25).unwrap_or_default()
    }

    /// The box around the ink of a character of [`KNOWN`], in em of the size set: left, bottom, right, top. None for
    /// a character that the face doesn't have.
    pub(super) fn ink(&self, c: char) -> Option<[f64; 4]> {
        let ink = ink::bounds(&self.font, self.charmap.map(c)?)?;
        let em = f64::from(self.units_per_em) / self.scale;
        Some(ink.map(|edge| f64::from(edge) / em))
    }

    /// The font file with the outlines of these glyphs; those of others may be missing.
    ///
    /// # Errors
    /// A file that can't be read, or is not as it was.
    pub fn program(&self, glyphs: &[u16]) -> Result<Cow<'_, [u8]>, FontError> {
        self.file.with_outlines(self.index, glyphs)
    }

    /// The glyph of a character and its advance in font units.
    fn glyph(&self, c: char) -> Option<(u16, f32)> {
        let gid = self.charmap.map(c)?;
        let number = u16::try_from(gid.to_u32()).ok().filter(|n| *n != 0)?;
        Some((number, self.metrics.advance_width(gid)?))
    }

    /// Whether a mark stands in its square as the layout takes it to: brackets and stops in one
    /// half of it, the other blank, dashes from edge to edge at the middle of its height. Taiwanese faces
    /// have their stops in the middle, and some faces have “ ”, dashes and … of Latin text.
    fn stands_in_square(&self, c: char) -> bool {
        let Some([left, bottom, right, top]) = self.ink(c) else {
            return false;
        };
        let em = f64::from(self.units_per_em) / self.scale;
        let advance = self
            .glyph(c)
            .map_or(0.0, |(_, advance)| f64::from(advance) / em);
        let middle = (left + right) / 2.0;
        let is_centred = || ((bottom + top) / 2.0 + self.rise - MIDDLE).abs() < 0.1;
        match class(c) {
            Class::Opening => advance > 0.9 && middle > 0.55,
            Class::Closing | Class::Stop | Class::Mark => advance > 0.9 && middle < 0.45,
            Class::Pair if c == '…' => advance > 0.9 && is_centred(),
            Class::Pair => right - left > 0.95 && is_centred(),
            Class::Middle | Class::Interpunct => is_centred(),
            _ => true,
        }
    }

    /// The advance of a glyph in font units.
    pub fn advance(&self, gid: u16) -> f64 {
        let advance = self.metrics.advance_width(skrifa::GlyphId::from(gid));
        f64::from(advance.unwrap_or_default())
    }
}

/// The faces of one script and the chains of the roles.
pub struct Faces<'a> {
    script: Script,
    pub(super) faces: Vec<Face<'a>>,
    pub(super) chains: Vec<RoleChain>,
}

pub(super) struct RoleChain {
    pub role: Role,
    pub latin: Vec<FaceId>,
    pub punctuation: Vec<FaceId>,
    /// How many of those, from the first, a user named: it isn't known how their marks stand.
    pub unsure: usize,
    pub han: Vec<FaceId>,
}

impl<'a> Faces<'a> {
    pub(super) fn new(script: Script, faces: Vec<Face<'a>>, chains: Vec<RoleChain>) -> Self {
        Self {
            script,
            faces,
            chains,
        }
    }

    /// The script that they are for.
    pub fn script(&self) -> Script {
        self.script
    }

    /// A face.
    pub fn face(&self, id: FaceId) -> &Face<'a> {
        &self.faces[id.0]
    }

    /// The glyph that draws `c` in a role: from the first face of its chain that has it.
    pub fn glyph(&self, role: Role, c: char) -> Option<Glyph> {
        let chain = self.chains.iter().find(|chain| chain.role == role)?;
        let (first, then): (&[FaceId], &[FaceId]) = if is_latin(c) {
            (&chain.latin, &chain.han)
        } else if class(c).is_chinese_mark() {
            (&chain.punctuation, &chain.han)
        } else {
            (&chain.han, &chain.latin)
        };
        let unsure = if class(c).is_chinese_mark() {
            chain.punctuation.get(..chain.unsure).unwrap_or_default()
        } else {
            &[]
        };
        first.iter().chain(then).find_map(|id| {
            let face = self.faces.get(id.0)?;
            if unsure.contains(id) && !face.stands_in_square(c) {
                return None;
            }
            let (gid, advance) = face.glyph(c)?;
            Some(Glyph {
                face: *id,
                gid,
                advance: f64::from(advance) / f64::from(face.units_per_em) * face.scale,
            })
        })
    }

    /// Whether a character can be drawn in every role, and comes back from the page as itself.
    pub fn covers(&self, c: char) -> bool {
        oddity(c).is_none() && Role::ALL.iter().all(|role| self.glyph(*role, c).is_some())
    }
}

/// Whether every table lies in the file (OpenType, "Table directory"). Of one that was cut short the
/// front may look sound.
fn is_whole(font: &FontRef<'_>, data: &[u8]) -> bool {
    font.table_directory().table_records().iter().all(|record| {
        let end = u64::from(record.offset()) + u64::from(record.length());
        end <= data.len() as u64
    })
}

/// Characters that a Latin face draws: letters, digits and their punctuation up to U+024F.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{24f}') && c != '·'
}
