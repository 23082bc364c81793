//! Text to atoms: a glyph each, with its class and how much room it takes and can give.

use super::opportunity::{is_sign, set_break_costs};
use crate::font::{Faces, Glyph, Role};
use crate::text::class::{Class, class, is_ideograph};

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
    /// The space between the atom before and its room, where both stand on one line: as much less
    /// or more as the line needs.
    pub space: f64,
    /// How bad a line break before this atom is: 0 is free, [`FORBIDDEN`](super::opportunity::FORBIDDEN) not allowed.
    pub break_cost: f64,
}

/// Between a Chinese character and a Latin letter or digit, in squares (clreq, 中、西文混排: at most a
/// quarter of a character).
const BESIDE_LATIN: f64 = 0.125;
/// How wide a digit's own room may be, in em, for it to be set in half a square.
const HALF_WIDE: std::ops::RangeInclusive<f64> = 0.44..=0.52;
impl Atom {
    /// Makes it larger or smaller.
    pub fn scale(&mut self, factor: f64) {
        self.size *= factor;
        self.width *= factor;
        self.bearing *= factor;
    }
}

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
            let other = drawn_as(c).and_then(|c| faces.glyph(role, c));
            let mut glyph = other.or_else(|| faces.glyph(role, c));
            if glyph.is_none() && class == Class::Space {
                glyph = faces.glyph(role, ' ');
            }
            let advance = glyph.map_or(0.0, |glyph| glyph.advance) * measure.size;
            // Symbols that only a Latin face has keep their own width.
            if class == Class::Han && glyph.is_some() && advance < measure.size * 0.8 {
                class = Class::Latin;
            }
            let width = width(c, class, advance, measure);
            let bearing = if class == Class::Space {
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
                space: 0.0,
                break_cost: 0.0,
            });
        }
    }
    close_dashes(&mut atoms);
    for index in 1..atoms.len() {
        if is_beside_latin(&atoms, index) {
            atoms[index].space = BESIDE_LATIN * measure.square;
        }
    }
    set_break_costs(&mut atoms);
    atoms
}

/// Puts the two halves of —— together where they are narrower than their squares.
fn close_dashes(atoms: &mut [Atom]) {
    let mut index = 1;
    while let Some([before, after]) = atoms.get_mut(index - 1..=index) {
        let pair = before.class == Class::Pair && before.c == after.c && before.bearing > 0.0;
        if pair {
            before.bearing *= 2.0;
            after.bearing = 0.0;
        }
        index += if pair { 2 } else { 1 };
    }
}

/// The character whose glyph draws `c`, where that is another. A slash across a whole square would run into
/// its neighbours where it has half a one, and Fandol draws ￥ as a dollar.
fn drawn_as(c: char) -> Option<char> {
    match c {
        '／' => Some('/'),
        '￥' => Some('¥'),
        _ => None,
    }
}

/// The room of a character, in points, whose glyph is `advance` wide.
fn width(c: char, class: Class, advance: f64, measure: Measure) -> f64 {
    match class {
        Class::Space if c == '\u{3000}' => measure.square,
        Class::Space => measure.size / 4.0,
        Class::Interpunct => measure.square / 2.0,
        Class::Digit if HALF_WIDE.contains(&(advance / measure.size)) => measure.square / 2.0,
        class if class.is_narrow() => advance,
        _ => measure.square,
    }
}

/// Whether the atom at `index`, 1 or more, takes space before it: between a Chinese character and a
/// letter or number, its sign and its % included; and behind a comma of Latin text that stands in Chinese.
fn is_beside_latin(atoms: &[Atom], index: usize) -> bool {
    let (before, after) = (&atoms[index - 1], &atoms[index]);
    if is_ideograph(before.c) {
        return after.class.is_narrow() && (after.c.is_alphanumeric() || is_sign(atoms, index));
    }
    is_ideograph(after.c)
        && before.class.is_narrow()
        && (before.c.is_alphanumeric() || "%,;:!?".contains(before.c))
}
