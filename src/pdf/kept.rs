//! Subsets that were made, for the reports to come.
//!
//! The tables of a form bring the same characters into every report, and so do its headings.

use std::sync::Arc;

use super::Fault;
use super::subset::Subset;
use crate::font::FaceId;
use crate::form::Script;
use crate::recent::Recent;

/// Subsets kept. A report uses about ten; those of texts differ from report to report and are some
/// 100 kB each, so that more of them would fill memory and seldom be used.
const MOST: usize = 64;

/// Subsets of the faces of one library.
pub(super) struct Kept(Recent<Key, Subset>);

/// A face, and glyphs of it with the characters that they stand for.
struct Key {
    script: Script,
    face: FaceId,
    glyphs: Vec<(u16, char)>,
}

impl Default for Kept {
    fn default() -> Self {
        Self(Recent::new(MOST))
    }
}

impl Kept {
    /// The subset of a face with these glyphs, in the order of their numbers: the one that is kept,
    /// or what `make` makes.
    pub fn or_make(
        &self,
        script: Script,
        face: FaceId,
        glyphs: Vec<(u16, char)>,
        make: impl FnOnce(&[(u16, char)]) -> Result<Subset, Fault>,
    ) -> Result<Arc<Subset>, Fault> {
        let is = |key: &Key| (key.script, key.face) == (script, face) && key.glyphs == glyphs;
        if let Some(subset) = self.0.find(is) {
            return Ok(subset);
        }
        let subset = make(&glyphs)?;
        let key = Key {
            script,
            face,
            glyphs,
        };
        Ok(self.0.keep(key, subset))
    }
}
