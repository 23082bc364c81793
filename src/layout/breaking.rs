//! Line breaking: which atoms make a line.
//!
//! All breaks of a paragraph are chosen together, so that the sum of their costs is least
//! (Knuth and Plass, *Breaking Paragraphs into Lines*, 1981). What a line can give is Chinese
//! ([`justify`](super::justify)); a line whose characters stand in their squares comes first.

use super::atom::Atom;
use super::justify::{EPSILON, Fit, Sums};
use super::opportunity::{FORBIDDEN, INSIDE_GROUP};
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
    /// The atom behind the last. Spaces at the line's end are its own, so that its text is whole
    /// (ISO 32000-1, 14.8.2.5), but count for nothing.
    pub end: usize,
    /// Where each atom's room starts, from the line's start, in points; the indent included.
    pub positions: Vec<f64>,
    /// The line's width, the indent included.
    pub width: f64,
}

/// How much of the type's size may stand between any two characters before a line looks torn.
const LOOSEST: f64 = 0.1;
/// Cost of a line whose characters leave their squares, however little.
const OFF_GRID: f64 = 0.5;
/// Cost of a line that is not set flush because too much would stand between its characters.
const RAGGED: f64 = 150.0;
/// Cost of a last line of one character only (clreq: 避免单字成行).
const LONE_CHARACTER: f64 = 400.0;
/// Cost of each line where lines are not justified: fewer lines come first.
const LINE: f64 = 50.0;

/// Breaks a paragraph into lines; none for no atoms.
pub fn lines(atoms: &[Atom], setting: Setting) -> Vec<Line> {
    if atoms.is_empty() {
        return Vec::new();
    }
    let sums = Sums::of(atoms);
    breaks(atoms, &sums, setting)
        .windows(2)
        .map(|pair| sums.place(atoms, pair[0], pair[1], setting))
        .collect()
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
            let Some(cost) = line_cost(atoms, sums, start, end, setting) else {
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

/// The best breaking into exactly `count` lines; none where that takes a line stretched by more than
/// [`LOOSEST`], a break inside a word or between a number and its unit, or a last line of one character. With one more or one less
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
            .map(|pair| sums.place(atoms, pair[0], pair[1], setting))
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
                let Some(cost) = line_cost(atoms, sums, start, end, setting) else {
                    break;
                };
                let is_last = end == atoms.len();
                let cost = cost_before + cost;
                if is_last != (number == count) || cost >= best[end] {
                    continue;
                }
                if is_sound(atoms, sums, start, end, setting) {
                    best[end] = cost;
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
    let torn = sums.fit(atoms, start, end, setting).is_none_or(|fit| {
        setting.justify && (fit.empty > 0.0 || fit.stretch > LOOSEST * atoms[start].size)
    });
    !torn && atoms[end].break_cost < INSIDE_GROUP
}

/// Whether a paragraph's last line has one character only, whatever marks are with it.
fn is_lone(atoms: &[Atom], start: usize, end: usize) -> bool {
    let is_mark = |atom: &&Atom| {
        let class = atom.class;
        class.is_chinese_mark() || class == Class::LatinClosing || class == Class::Space
    };
    let mut characters = atoms[start..end].iter().filter(|atom| !is_mark(atom));
    characters.next();
    start > 0 && characters.next().is_none()
}

/// The cost of the line `start..end`; none where it doesn't fit.
fn line_cost(
    atoms: &[Atom],
    sums: &Sums,
    start: usize,
    end: usize,
    setting: Setting,
) -> Option<f64> {
    let fit = sums.fit(atoms, start, end, setting)?;
    let is_last = end == atoms.len();
    let break_cost = atoms.get(end).map_or(0.0, |atom| atom.break_cost);
    if !setting.justify {
        let share = fit.empty / setting.width;
        let ragged = if is_last { 0.0 } else { share * share };
        return Some(LINE + ragged + break_cost);
    }
    if is_last && is_lone(atoms, start, end) {
        return Some(LONE_CHARACTER);
    }
    Some(badness(fit, atoms[start].size, is_last) + break_cost)
}

/// How bad a justified line of type of `size` points looks. What is taken is at most 1; space
/// between characters counts by its square.
fn badness(fit: Fit, size: f64, is_last: bool) -> f64 {
    if fit.empty > 0.0 && !is_last {
        let empty = fit.empty / size;
        return RAGGED + 2.0 * empty * empty;
    }
    if fit.stretch > 0.0 {
        let spread = fit.stretch / size;
        let torn = if spread > LOOSEST { 400.0 } else { 0.0 };
        return OFF_GRID + (600.0 + torn) * spread * spread;
    }
    let end = fit.end / size;
    0.2 * end * end + 0.2 * fit.spaces * fit.spaces + 0.5 * fit.marks * fit.marks
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
            space: 0.0,
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
        // Not where that parts a number from its unit.
        let mut marks = marks;
        for atom in &mut marks[1..] {
            atom.break_cost = INSIDE_GROUP;
        }
        assert_eq!(lines_in(&marks, paragraph(), 5), None);
    }
}
