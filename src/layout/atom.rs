//! Text to atoms: a glyph each, with its class and how much room it takes and can give.

use crate::font::{Faces, Glyph, Role};
use crate::text::class::{Class, class, is_unit};

/// The room that text is set in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Size of the type in points.
    pub size: f64,
    /// Width of the square of a Chinese character in points.
    pub square: f64,
}

/// One character as it is to be set. Widths are points.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom {
    /// The character as typed.
    pub c: char,
    /// Which of the runs given it comes from, from 0.
    pub run: usize,
    /// Its class.
    pub class: Class,
    /// Its glyph.
    pub glyph: Option<Glyph>,
    /// Size of the type.
    pub size: f64,
    /// The room that it takes if nothing is taken from it.
    pub width: f64,
    /// From the left edge of its room to its glyph's origin.
    pub bearing: f64,
    /// How bad a line break before this atom is: 0 is free, [`FORBIDDEN`] not allowed.
    pub break_cost: f64,
}

impl Atom {
    /// Makes it larger or smaller.
    pub fn scale(&mut self, factor: f64) {
        self.size *= factor;
        self.width *= factor;
        self.bearing *= factor;
    }
}

/// Cost of a break that the rules forbid. It is a number, so that a line that can't be broken
/// otherwise is broken somewhere rather than run into the margin.
pub const FORBIDDEN: f64 = 1e6;
/// Cost of a break inside a word or a number.
pub const INSIDE_WORD: f64 = 1e4;
/// Cost of a break between a number and its unit, or inside 〔2019〕60号: as bad as a line of
/// Chinese characters that is stretched by three squares and a half.
const INSIDE_GROUP: f64 = 30.0;
/// Cost of a break behind the first characters of 《…》 or “…”: a little more than that of a line
/// that is two squares short, which the two characters leave when they go to the next.
const BEHIND_OPENING: f64 = 6.0;

/// Shapes a text of several roles into atoms; a character that no face has takes its square
/// and draws nothing (the check has refused it before).
pub fn atoms<'t>(
    faces: &Faces<'_>,
    runs: impl IntoIterator<Item = (Role, &'t str)>,
    measure: Measure,
) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    for (run, (role, text)) in runs.into_iter().enumerate() {
        for c in text.chars() {
            let mut class = class(c);
            let mut glyph = faces.glyph(role, c);
            if glyph.is_none() && class == Class::Space {
                glyph = faces.glyph(role, ' ');
            }
            let advance = glyph.map_or(0.0, |glyph| glyph.advance) * measure.size;
            // Symbols that only a Latin face has keep their own width.
            if class == Class::Han && glyph.is_some() && advance < measure.size * 0.8 {
                class = Class::Latin;
            }
            let width = match class {
                Class::Space if c == '\u{3000}' => measure.square,
                Class::Space => measure.size / 4.0,
                class if class.is_narrow() => advance,
                _ => measure.square,
            };
            let bearing = if class.is_narrow() {
                0.0
            } else {
                (width - advance) / 2.0
            };
            atoms.push(Atom {
                c,
                run,
                class,
                glyph,
                size: measure.size,
                width,
                bearing,
                break_cost: 0.0,
            });
        }
    }
    for index in 1..atoms.len() {
        atoms[index].break_cost = break_cost(&atoms, index);
    }
    if let Some(first) = atoms.first_mut() {
        first.break_cost = FORBIDDEN;
    }
    atoms
}

/// How bad it is to break before the atom at `index`, 1 or more.
fn break_cost(atoms: &[Atom], index: usize) -> f64 {
    let (before, after) = (&atoms[index - 1], &atoms[index]);
    if after.class.no_start() || before.class.no_end() {
        return FORBIDDEN;
    }
    if before.class == Class::Pair && before.c == after.c {
        return FORBIDDEN;
    }
    if before.class == Class::Space {
        return 0.0;
    }
    if before.class.is_word() && after.class.is_word() {
        return INSIDE_WORD;
    }
    // "1,234.5" and "a-b": punctuation inside a word or number.
    let within = index >= 2
        && before.class == Class::LatinClosing
        && atoms[index - 2].class.is_word()
        && after.class.is_word();
    if within {
        return INSIDE_WORD;
    }
    match (before.class, after.class) {
        (Class::Digit, _) if is_unit(after.c) => INSIDE_GROUP,
        (_, Class::Digit) if matches!(before.c, '第' | '〕' | '年' | '月') => INSIDE_GROUP,
        _ if index >= 2 && atoms[index - 2].class == Class::Opening => BEHIND_OPENING,
        _ => 0.0,
    }
}
