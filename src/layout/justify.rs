//! What a line of atoms can give and take, and where that puts them.
//!
//! A line that is too long takes from, in this order: the blank half of a mark at its end, the spaces
//! beside Latin letters and digits, the blank halves of the marks inside it. One that is too short
//! first widens those spaces, then puts space between all characters. No place gets more than a
//! quarter of a square: a line that would need more is not justified.

use super::atom::Atom;
use super::breaking::{Line, Setting};
use crate::text::class::Class;

/// How much of a square a mark in the middle of a line may give.
const GIVE_INSIDE: f64 = 0.25;
/// How much of a square a mark at the end of a line may give: its blank half.
const GIVE_AT_END: f64 = 0.5;
/// How much of a typed space between words a line may take away.
const SPACE_GIVES: f64 = 0.3;
/// The most that may be put between any two characters, in sizes of the type.
const MOST: f64 = 0.25;
/// Smallest difference of widths that counts, in points: 0.0003 mm.
pub const EPSILON: f64 = 0.001;

/// Sums over the atoms before an index, so that the measures of any line are differences. What lies between
/// the atoms `i - 1` and `i` is counted at `i`.
pub struct Sums {
    /// Widths and the spaces between them, less what the pairs of marks lose.
    width: Vec<f64>,
    /// What spaces can give, and take.
    shrink: Vec<f64>,
    grow: Vec<f64>,
    /// What the blank halves of marks can give inside a line.
    give: Vec<f64>,
    /// Places between characters where space may be put.
    gaps: Vec<usize>,
    /// Where the trailing spaces begin of a line that ends before the index.
    visible: Vec<usize>,
}

/// What a line gives or takes to be as wide as it is to be.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fit {
    /// What the mark at its end gives, in points.
    pub end: f64,
    /// Which part of what they can give its spaces give; below 0 of what they can take.
    pub spaces: f64,
    /// Which part of what they can give the marks inside it give.
    pub marks: f64,
    /// What is put between any two characters, in points.
    pub stretch: f64,
    /// What is still empty at its end, in points.
    pub empty: f64,
}

/// What lies between two atoms.
#[derive(Default)]
struct Between {
    /// What two marks lose.
    pair: f64,
    shrink: f64,
    grow: f64,
    /// What the mark before and the mark behind can give.
    give: f64,
    gap: bool,
}

impl Sums {
    /// Sums the atoms of a paragraph.
    pub fn of(atoms: &[Atom]) -> Self {
        let zero = || {
            let mut sums = Vec::with_capacity(atoms.len() + 1);
            sums.push(0.0);
            sums
        };
        let mut sums = Self {
            width: zero(),
            shrink: zero(),
            grow: zero(),
            give: zero(),
            gaps: vec![0],
            visible: vec![0],
        };
        for (index, atom) in atoms.iter().enumerate() {
            let between = match index.checked_sub(1) {
                Some(before) => between(&atoms[before], atom),
                None => Between::default(),
            };
            let room = atom.width + atom.space - between.pair;
            sums.width.push(sums.width[index] + room);
            sums.shrink.push(sums.shrink[index] + between.shrink);
            sums.grow.push(sums.grow[index] + between.grow);
            sums.give.push(sums.give[index] + between.give);
            sums.gaps.push(sums.gaps[index] + usize::from(between.gap));
            let visible = if atom.class == Class::Space {
                sums.visible[index]
            } else {
                index + 1
            };
            sums.visible.push(visible);
        }
        sums
    }

    /// The atom behind the last of the line `start..end` that is seen.
    fn visible(&self, start: usize, end: usize) -> usize {
        self.visible[end].max(start + 1)
    }

    /// Natural width of the atoms `start..end` in one line, the indent included; trailing spaces take no
    /// room.
    pub fn natural(&self, atoms: &[Atom], start: usize, end: usize, setting: Setting) -> f64 {
        let end = self.visible(start, end);
        let mut width = atoms[start].width + self.width[end] - self.width[start + 1];
        width -= head_loss(atoms, start, setting);
        if setting.trim_edges && end > start + 1 && atoms[end - 1].class.blank_right() {
            width -= atoms[end - 1].width / 2.0;
        }
        if start == 0 {
            width + setting.indent
        } else {
            width
        }
    }

    /// How the line `start..end` comes to the setting's width; none if it is too wide for it.
    pub fn fit(&self, atoms: &[Atom], start: usize, end: usize, setting: Setting) -> Option<Fit> {
        let slack = setting.width - self.natural(atoms, start, end, setting);
        if !setting.justify {
            return (slack >= -EPSILON).then_some(Fit {
                empty: slack,
                ..Fit::default()
            });
        }
        let visible = self.visible(start, end);
        if slack < 0.0 {
            return self.tighten(atoms, start, visible, -slack);
        }
        if end == atoms.len() {
            return Some(Fit {
                empty: slack,
                ..Fit::default()
            });
        }
        let grow = self.grow[visible] - self.grow[start + 1];
        if slack <= grow {
            let spaces = if grow > 0.0 { -slack / grow } else { 0.0 };
            return Some(Fit {
                spaces,
                ..Fit::default()
            });
        }
        let gaps = (self.gaps[visible] - self.gaps[start + 1]) as f64;
        let stretch = (slack - grow) / gaps;
        if gaps == 0.0 || stretch > MOST * atoms[start].size {
            return Some(Fit {
                empty: slack,
                ..Fit::default()
            });
        }
        Some(Fit {
            spaces: -1.0,
            stretch,
            ..Fit::default()
        })
    }

    fn tighten(&self, atoms: &[Atom], start: usize, end: usize, lack: f64) -> Option<Fit> {
        let last = &atoms[end - 1];
        let at_end = if last.class.blank_right() {
            GIVE_AT_END * last.width
        } else {
            0.0
        };
        let spaces = self.shrink[end] - self.shrink[start + 1];
        let marks = self.give[end] - self.give[start + 1];
        if lack > at_end + spaces + marks + EPSILON {
            return None;
        }
        let part = |of: f64, lack: f64| if of > 0.0 { (lack / of).min(1.0) } else { 0.0 };
        let from_end = at_end.min(lack);
        let from_spaces = part(spaces, lack - from_end);
        let from_marks = part(marks, lack - from_end - from_spaces * spaces);
        Some(Fit {
            end: from_end,
            spaces: from_spaces,
            marks: from_marks,
            ..Fit::default()
        })
    }

    /// Gives the atoms of a line their places.
    pub fn place(&self, atoms: &[Atom], start: usize, end: usize, setting: Setting) -> Line {
        let fit = self.fit(atoms, start, end, setting).unwrap_or_default();
        let visible = self.visible(start, end);
        let mut x = if start == 0 { setting.indent } else { 0.0 };
        x -= head_loss(atoms, start, setting);
        let mut positions = Vec::with_capacity(end - start);
        let mut width = 0.0;
        for index in start..end {
            let atom = &atoms[index];
            if index > start {
                let between = between(&atoms[index - 1], atom);
                x += atom.space - between.pair - fit.marks * between.give;
                // Behind what is seen of a line nothing stretches.
                if index < visible {
                    let flexible = if fit.spaces < 0.0 {
                        between.grow
                    } else {
                        between.shrink
                    };
                    x -= fit.spaces * flexible;
                    if between.gap {
                        x += fit.stretch;
                    }
                }
            }
            positions.push(x);
            x += atom.width;
            if index + 1 == visible {
                width = x - fit.end;
            }
        }
        let last = &atoms[visible - 1];
        if setting.trim_edges && visible > start + 1 && last.class.blank_right() {
            width -= last.width / 2.0;
        }
        Line {
            start,
            end,
            positions,
            width,
        }
    }
}

/// What an opening mark at a line's head loses: its blank half, so that lines begin flush. Behind an
/// indent, which GB/T 9704 counts in characters, it keeps its square.
fn head_loss(atoms: &[Atom], start: usize, setting: Setting) -> f64 {
    let head = &atoms[start];
    let indented = start == 0 && !setting.trim_edges;
    if head.class.blank_left() && !indented {
        head.width / 2.0
    } else {
        0.0
    }
}

fn between(before: &Atom, after: &Atom) -> Between {
    let pair = pair_loss(before, after);
    let mut between = Between {
        pair,
        ..Between::default()
    };
    if after.space > 0.0 {
        between.shrink = after.space;
        between.grow = MOST * after.size - after.space;
    } else if before.class == Class::Space && after.class != Class::Space {
        between.shrink = SPACE_GIVES * before.width;
        between.grow = MOST * after.size;
    } else {
        between.gap = is_gap(before, after);
    }
    // What a mark can give inside a line is what a pair has left it.
    if pair == 0.0 {
        if before.class.blank_right() {
            between.give += GIVE_INSIDE * before.width;
        }
        if after.class.blank_left() {
            between.give += GIVE_INSIDE * after.width;
        }
    }
    between
}

/// What two marks side by side lose (clreq, 标点符号的宽度调整): half a square.
fn pair_loss(before: &Atom, after: &Atom) -> f64 {
    let marks = |atom: &Atom| atom.class.blank_right() || atom.class.blank_left();
    if !marks(before) || !marks(after) {
        return 0.0;
    }
    if before.class.blank_right() {
        before.width / 2.0
    } else if after.class.blank_left() {
        after.width / 2.0
    } else {
        0.0
    }
}

/// Whether space may be put between two atoms: not inside a word or number, nor inside —— and ……,
/// nor between Latin punctuation and what it belongs to.
fn is_gap(before: &Atom, after: &Atom) -> bool {
    let joined = before.class == Class::Pair && before.c == after.c;
    let narrow = before.class.is_narrow() && after.class.is_narrow();
    !joined && !narrow && after.class != Class::Space
}
