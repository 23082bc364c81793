//! Glyphs that were found, kept for every thread of a run.
//!
//! A report uses some 600 characters some thousands of times, and the next report nearly the same
//! ones. Each character's glyph is one word that is read and written whole: threads never wait for
//! each other, and those that look a character up at the same time write the same word.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::faces::FaceId;
use super::roles::Role;

/// What a face has for a character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// The face.
    pub face: FaceId,
    /// Its glyph.
    pub gid: u16,
    /// The glyph's advance in font units.
    pub advance: f32,
}

/// Characters in a block: those of a report lie in some eighty blocks of 256.
const BLOCK: usize = 256;
/// Blocks of one role: all of Unicode.
const BLOCKS: usize = 0x11_0000 / BLOCK;

/// A word that says something; without it the character wasn't looked up.
const KNOWN: u64 = 1 << 63;
/// There is a glyph.
const PRESENT: u64 = 1 << 62;
/// Bits of the word above which the face's number is, and the glyph's.
const FACE: u32 = 48;
const GID: u32 = 32;
/// Faces whose number goes into the word.
const FACES: usize = 1 << (62 - FACE);

/// What was found, by role and character.
pub(super) struct FoundGlyphs {
    blocks: Vec<OnceLock<Box<[AtomicU64; BLOCK]>>>,
}

impl FoundGlyphs {
    /// With nothing found so far.
    pub fn new() -> Self {
        // One place more: whether all roles have a character.
        let count = (Role::ALL.len() + 1) * BLOCKS;
        Self {
            blocks: (0..count).map(|_| OnceLock::new()).collect(),
        }
    }

    /// What was found for a character in a role, or else what `look_up` finds.
    pub fn or_look_up(
        &self,
        role: Role,
        c: char,
        look_up: impl FnOnce() -> Option<Found>,
    ) -> Option<Found> {
        let Some(word) = self.word(role as usize, c) else {
            return look_up();
        };
        let known = word.load(Ordering::Relaxed);
        if known & KNOWN != 0 {
            return unpack(known);
        }
        let found = look_up();
        if let Some(packed) = pack(found) {
            word.store(packed, Ordering::Relaxed);
        }
        found
    }

    /// Whether all roles have a character, or else what `look_up` says.
    pub fn in_all_or_look_up(&self, c: char, look_up: impl FnOnce() -> bool) -> bool {
        let Some(word) = self.word(Role::ALL.len(), c) else {
            return look_up();
        };
        let known = word.load(Ordering::Relaxed);
        if known & KNOWN != 0 {
            return known & PRESENT != 0;
        }
        let covered = look_up();
        let present = if covered { PRESENT } else { 0 };
        word.store(KNOWN | present, Ordering::Relaxed);
        covered
    }

    fn word(&self, place: usize, c: char) -> Option<&AtomicU64> {
        let block = self.blocks.get(place * BLOCKS + c as usize / BLOCK)?;
        let block = block.get_or_init(|| Box::new([const { AtomicU64::new(0) }; BLOCK]));
        Some(&block[c as usize % BLOCK])
    }
}

/// The word; none for a face whose number doesn't go into it.
fn pack(found: Option<Found>) -> Option<u64> {
    let Some(found) = found else {
        return Some(KNOWN);
    };
    let FaceId(face) = found.face;
    (face < FACES).then(|| {
        let gid = u64::from(found.gid) << GID;
        KNOWN | PRESENT | (face as u64) << FACE | gid | u64::from(found.advance.to_bits())
    })
}

fn unpack(word: u64) -> Option<Found> {
    (word & PRESENT != 0).then(|| Found {
        face: FaceId((word >> FACE) as usize % FACES),
        gid: (word >> GID) as u16,
        advance: f32::from_bits(word as u32),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_comes_back_and_is_not_looked_up_again() {
        let glyphs = FoundGlyphs::new();
        let found = Found {
            face: FaceId(13),
            gid: u16::MAX,
            advance: 1000.5,
        };
        for c in ['一', '\u{10ffff}'] {
            assert_eq!(
                glyphs.or_look_up(Role::Text, c, || Some(found)),
                Some(found)
            );
            assert_eq!(glyphs.or_look_up(Role::Text, c, || None), Some(found));
            assert_eq!(glyphs.or_look_up(Role::Number, c, || None), None);
            assert_eq!(glyphs.or_look_up(Role::Number, c, || Some(found)), None);
        }
    }

    #[test]
    fn a_face_with_a_number_too_high_for_the_word_is_not_taken_for_another() {
        let glyphs = FoundGlyphs::new();
        let found = Found {
            face: FaceId(FACES),
            gid: 1,
            advance: 1.0,
        };
        for _ in 0..2 {
            assert_eq!(
                glyphs.or_look_up(Role::Text, '一', || Some(found)),
                Some(found)
            );
        }
    }
}
