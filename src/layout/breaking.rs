//! Line breaking: which atoms make a line, and how much each gives or takes.
//!
//! All breaks of a paragraph are chosen together, so that the sum of their costs is least
//! (Knuth and Plass, *Breaking Paragraphs into Lines*, 1981). What a line can give is
//! Chinese: two marks side by side always take one and a half squares, then marks give up to a
//! half of their blank side, and only then is space put between characters.

use super::atom::{Atom, FORBIDDEN, INSIDE_WORD};
use crate::text::class::Class;

/// How a paragraph is to be broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Width of a line in points.
    pub width: f64,
    /// Width of the first line's indent in points.
    pub indent: f64,
    /// Whether full lines are set flush at both edges; if not, lines are as wide as they are.
    pub justify: bool,
    /// Whether marks at a line's edges lose their blank half always, as in a cell.
    pub trim_edges: bool,
}

/// One line of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// First atom.
    pub start: usize,
    /// The atom behind the last.
    pub end: usize,
    /// Where each atom's room starts, from the line's start, in points; the indent included.
    pub positions: Vec<f64>,
    /// The line's width, the indent included.
    pub width: f64,
}

/// How much of a square a mark in the middle of a line may give.
const GIVE_INSIDE: f64 = 0.25;
/// How much of a square a mark at the end of a line may give: its blank half.
const GIVE_AT_END: f64 = 0.5;
/// How much of the type's size may stand between any two characters before a line looks torn.
const LOOSEST: f64 = 0.1;
/// Smallest difference of widths that counts, in points: 0.0003 mm.
const EPSILON: f64 = 0.001;
/// Cost of a last line of one character only (clreq: 避免单字成行).
const LONE_CHARACTER: f64 = 9.0;
/// Cost of each line where lines are not justified: fewer lines come first.
const LINE: f64 = 50.0;

/// Sums over the atoms before an index, so that the measures of any line are differences.
struct Sums {
    width: Vec<f64>,
    /// What the pairs of marks lose; the pair of `i - 1` and `i` is counted at `i`.
    pairs: Vec<f64>,
    give: Vec<f64>,
    gaps: Vec<usize>,
}

/// Breaks a paragraph into lines; none for no atoms.
pub fn lines(atoms: &[Atom], setting: Setting) -> Vec<Line> {
    if atoms.is_empty() {
        return Vec::new();
    }
    let sums = Sums::of(atoms);
    breaks(atoms, &sums, setting)
        .windows(2)
        .map(|pair| place(atoms, &sums, pair[0], pair[1], setting))
        .collect()
}

/// The best breaking into exactly `count` lines; none where that takes a line stretched by more than
/// [`LOOSEST`], a break inside a word or a last line of one character. With one more or one less
/// than [`lines`] gives this is what TeX calls looseness.
pub fn lines_in(atoms: &[Atom], setting: Setting, count: usize) -> Option<Vec<Line>> {
    if atoms.is_empty() || count == 0 || count > atoms.len() {
        return None;
    }
    let sums = Sums::of(atoms);
    let mut breaks = breaks_in(atoms, &sums, setting, count)?;
    breaks.push(atoms.len());
    Some(
        breaks
            .windows(2)
            .map(|pair| place(atoms, &sums, pair[0], pair[1], setting))
            .collect(),
    )
}

/// Where each of `count` lines begins.
fn breaks_in(atoms: &[Atom], sums: &Sums, setting: Setting, count: usize) -> Option<Vec<usize>> {
    // before[j]: least cost of breaking the atoms before j into as many lines as were made, and
    // where each of those lines starts: from[lines - 1][j].
    let mut before = vec![f64::INFINITY; atoms.len() + 1];
    before[0] = 0.0;
    let mut from: Vec<Vec<usize>> = Vec::with_capacity(count);
    for number in 1..=count {
        let mut best = vec![f64::INFINITY; atoms.len() + 1];
        let mut starts = vec![0; atoms.len() + 1];
        for (start, cost_before) in before.iter().enumerate().filter(|(_, c)| c.is_finite()) {
            for end in start + 1..=atoms.len() {
                let limit = best[end] - cost_before;
                let Some(cost) = line_cost(atoms, sums, start, end, setting, limit) else {
                    break;
                };
                let is_last = end == atoms.len();
                if is_last != (number == count) || cost >= limit {
                    continue;
                }
                if is_sound(atoms, sums, start, end, setting) {
                    best[end] = cost_before + cost;
                    starts[end] = start;
                }
            }
        }
        from.push(starts);
        before = best;
    }
    before.last().filter(|cost| cost.is_finite())?;
    let mut breaks = Vec::with_capacity(count);
    let mut at = atoms.len();
    for starts in from.iter().rev() {
        at = starts[at];
        breaks.push(at);
    }
    breaks.reverse();
    Some(breaks)
}

/// Whether a line that fits can stand in a paragraph that is set in more or fewer lines than it
/// would have.
fn is_sound(atoms: &[Atom], sums: &Sums, start: usize, end: usize, setting: Setting) -> bool {
    if end == atoms.len() {
        return !is_lone(atoms, start, end);
    }
    let slack = setting.width - sums.natural(atoms, start, end, setting);
    let gaps = sums.gaps[end] - sums.gaps[start + 1];
    let torn = setting.justify && slack > LOOSEST * atoms[start].size * gaps as f64;
    !torn && atoms[end].break_cost < INSIDE_WORD
}

/// Whether a paragraph's last line has one character only.
fn is_lone(atoms: &[Atom], start: usize, end: usize) -> bool {
    let is_han = |atom: &&Atom| atom.class == Class::Han;
    start > 0 && end - start <= 2 && atoms[start..end].iter().filter(is_han).count() <= 1
}

/// How many lines a paragraph has.
pub fn line_count(atoms: &[Atom], setting: Setting) -> usize {
    if atoms.is_empty() {
        return 0;
    }
    breaks(atoms, &Sums::of(atoms), setting).len() - 1
}

/// Where the lines of a paragraph that has atoms begin, and where the last of them ends.
#[allow(clippy::needless_range_loop)] // `end` is a place between atoms, not an element
fn breaks(atoms: &[Atom], sums: &Sums, setting: Setting) -> Vec<usize> {
    // All in one line costs least where it fits: a second line, or what is taken from a first,
    // only adds to it.
    if sums.natural(atoms, 0, atoms.len(), setting) <= setting.width + EPSILON {
        return vec![0, atoms.len()];
    }
    // best[j]: least cost of breaking the atoms before j, and where the last line starts.
    let mut best: Vec<(f64, usize)> = vec![(f64::INFINITY, 0); atoms.len() + 1];
    best[0].0 = 0.0;
    for start in 0..atoms.len() {
        let before = best[start].0;
        if !before.is_finite() {
            continue;
        }
        for end in start + 1..=atoms.len() {
            let limit = best[end].0 - before;
            let Some(cost) = line_cost(atoms, sums, start, end, setting, limit) else {
                // Even with all that can be given the line is too wide: no longer one fits. A
                // single atom that is wider than the line stands alone.
                if end > start + 1 {
                    break;
                }
                continue;
            };
            let cost = before + cost;
            if cost < best[end].0 {
                best[end] = (cost, start);
            }
        }
        if !best[start + 1].0.is_finite() {
            best[start + 1] = (before + FORBIDDEN, start);
        }
    }
    let mut breaks = vec![atoms.len()];
    let mut at = atoms.len();
    while at > 0 {
        at = best[at].1;
        breaks.push(at);
    }
    breaks.reverse();
    breaks
}

impl Sums {
    fn of(atoms: &[Atom]) -> Self {
        let zero = || {
            let mut sums = Vec::with_capacity(atoms.len() + 1);
            sums.push(0.0);
            sums
        };
        let mut sums = Self {
            width: zero(),
            pairs: zero(),
            give: zero(),
            gaps: vec![0],
        };
        for (index, atom) in atoms.iter().enumerate() {
            let before = index.checked_sub(1).map(|i| &atoms[i]);
            let pair = before.map_or(0.0, |before| pair_loss(before, atom));
            let gap = before.is_some_and(|before| is_gap(before, atom));
            // What a mark can give inside a line is what a pair has left it.
            let left = before.map_or(0.0, |before| {
                if before.class.blank_right() && pair == 0.0 {
                    GIVE_INSIDE * before.width
                } else {
                    0.0
                }
            });
            let right = if atom.class.blank_left() && pair == 0.0 {
                GIVE_INSIDE * atom.width
            } else {
                0.0
            };
            let last = sums.width.len() - 1;
            sums.width.push(sums.width[last] + atom.width);
            sums.pairs.push(sums.pairs[last] + pair);
            sums.give.push(sums.give[last] + left + right);
            sums.gaps.push(sums.gaps[last] + usize::from(gap));
        }
        sums
    }

    /// Natural width of the atoms `start..end` in one line.
    fn natural(&self, atoms: &[Atom], start: usize, end: usize, setting: Setting) -> f64 {
        let mut width = self.width[end] - self.width[start];
        width -= self.pairs[end] - self.pairs[start + 1];
        width -= trailing_space(atoms, start, end);
        if setting.trim_edges {
            width -= edge_loss(atoms, start, end);
        }
        if start == 0 {
            width + setting.indent
        } else {
            width
        }
    }
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
    let space = before.class == Class::Space || after.class == Class::Space;
    !joined && (!narrow || space)
}

fn trailing_space(atoms: &[Atom], start: usize, end: usize) -> f64 {
    atoms[start..end]
        .iter()
        .rev()
        .take_while(|atom| atom.class == Class::Space)
        .map(|atom| atom.width)
        .sum()
}

/// What the marks at a line's edges lose where edges are trimmed.
fn edge_loss(atoms: &[Atom], start: usize, end: usize) -> f64 {
    let mut loss = 0.0;
    if atoms[start].class.blank_left() {
        loss += atoms[start].width / 2.0;
    }
    if end > start + 1 && atoms[end - 1].class.blank_right() {
        loss += atoms[end - 1].width / 2.0;
    }
    loss
}

/// What the last atom of a line can give on top of what it gives inside one.
fn end_give(atoms: &[Atom], end: usize) -> f64 {
    let last = &atoms[end - 1];
    if last.class.blank_right() {
        GIVE_AT_END * last.width
    } else {
        0.0
    }
}

/// What the atoms of a line can give altogether.
fn line_give(atoms: &[Atom], sums: &Sums, start: usize, end: usize) -> f64 {
    // An opening mark at the line's start is counted at its own index.
    sums.give[end] - sums.give[start + 1] + end_give(atoms, end)
}

/// The cost of the line `start..end`, any that is more where it is `limit` or more, as another line that
/// ends there is then not worse; none where it doesn't fit.
fn line_cost(
    atoms: &[Atom],
    sums: &Sums,
    start: usize,
    end: usize,
    setting: Setting,
    limit: f64,
) -> Option<f64> {
    let is_last = end == atoms.len();
    let slack = setting.width - sums.natural(atoms, start, end, setting);
    let unit = atoms[start].size;
    let break_cost = atoms.get(end).map_or(0.0, |atom| atom.break_cost);
    if slack < -EPSILON {
        let give = if setting.justify {
            line_give(atoms, sums, start, end)
        } else {
            0.0
        };
        if -slack > give + EPSILON {
            return None;
        }
        let share = slack / unit;
        return Some(share * share * 0.5 + break_cost);
    }
    if !setting.justify {
        let share = slack / setting.width;
        let ragged = if is_last { 0.0 } else { share * share };
        return Some(LINE + ragged + break_cost);
    }
    if is_last {
        return Some(if is_lone(atoms, start, end) {
            LONE_CHARACTER
        } else {
            0.0
        });
    }
    let share = slack / unit;
    // Most lines are much too short, and lose by this alone.
    if share * share >= limit {
        return Some(f64::INFINITY);
    }
    let gaps = sums.gaps[end] - sums.gaps[start + 1];
    let spread = share / gaps.max(1) as f64;
    let torn = if spread > LOOSEST {
        spread * spread * 1000.0
    } else {
        0.0
    };
    Some(share * share + torn + break_cost)
}

/// Gives the atoms of a line their places.
fn place(atoms: &[Atom], sums: &Sums, start: usize, end: usize, setting: Setting) -> Line {
    let is_last = end == atoms.len();
    let natural = sums.natural(atoms, start, end, setting);
    let slack = setting.width - natural;
    let visible = end - trailing_spaces(atoms, start, end);
    let (mut give_end, mut give_inside, mut stretch) = (0.0, 0.0, 0.0);
    if setting.justify && slack < 0.0 {
        // The mark at the line's end gives first, it is the least seen.
        give_end = end_give(atoms, end).min(-slack);
        let inside = sums.give[end] - sums.give[start + 1];
        if inside > 0.0 {
            give_inside = ((-slack - give_end) / inside).min(1.0);
        }
    } else if setting.justify && !is_last {
        let gaps = (start + 1..visible)
            .filter(|i| is_gap(&atoms[i - 1], &atoms[*i]))
            .count();
        if gaps > 0 {
            stretch = slack / gaps as f64;
        }
    }
    let mut x = if start == 0 { setting.indent } else { 0.0 };
    let mut positions = Vec::with_capacity(end - start);
    for index in start..end {
        let atom = &atoms[index];
        if index == start {
            if setting.trim_edges && atom.class.blank_left() {
                x -= atom.width / 2.0;
            }
        } else {
            let before = &atoms[index - 1];
            let pair = pair_loss(before, atom);
            x -= pair;
            if pair == 0.0 {
                if before.class.blank_right() {
                    x -= give_inside * GIVE_INSIDE * before.width;
                }
                if atom.class.blank_left() {
                    x -= give_inside * GIVE_INSIDE * atom.width;
                }
            }
            if index < visible && is_gap(before, atom) {
                x += stretch;
            }
        }
        positions.push(x);
        x += atom.width;
    }
    let mut width = x - trailing_space(atoms, start, end) - give_end;
    if setting.trim_edges && end > start + 1 && atoms[end - 1].class.blank_right() {
        width -= atoms[end - 1].width / 2.0;
    }
    Line {
        start,
        end: visible.max(start),
        positions,
        width,
    }
}

fn trailing_spaces(atoms: &[Atom], start: usize, end: usize) -> usize {
    atoms[start..end]
        .iter()
        .rev()
        .take_while(|a| a.class == Class::Space)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::class::class;

    const SQUARE: f64 = 16.0;

    fn squares(text: &str) -> Vec<Atom> {
        let atom = |c| Atom {
            c,
            run: 0,
            class: class(c),
            glyph: None,
            size: SQUARE,
            width: SQUARE,
            bearing: 0.0,
            break_cost: 0.0,
        };
        text.chars().map(atom).collect()
    }

    fn paragraph() -> Setting {
        Setting {
            width: 28.0 * SQUARE,
            indent: 2.0 * SQUARE,
            justify: true,
            trim_edges: false,
        }
    }

    /// What pages are fitted with: a line more where every line can be a little looser, a line less
    /// where the marks can give enough.
    #[test]
    fn a_paragraph_is_set_in_a_line_more_or_less_where_its_lines_bear_it() {
        let text = squares(&"公".repeat(160));
        assert_eq!(lines(&text, paragraph()).len(), 6);
        let more = lines_in(&text, paragraph(), 7).unwrap();
        assert_eq!((more.len(), more[6].end), (7, 160));
        for line in &more[..6] {
            assert!((line.width - paragraph().width).abs() < 1e-9, "{line:?}");
        }
        assert_eq!(lines_in(&text, paragraph(), 5), None);
        assert_eq!(lines_in(&text, paragraph(), 8), None);
        let marks = squares(&("公开信息，".repeat(28) + "公开"));
        assert_eq!(lines(&marks, paragraph()).len(), 6);
        assert_eq!(lines_in(&marks, paragraph(), 5).map(|l| l.len()), Some(5));
        let best = lines_in(&marks, paragraph(), 6).unwrap();
        assert_eq!(best, lines(&marks, paragraph()));
    }
}
