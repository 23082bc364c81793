//! Lines of a title or a signature: broken between words, the shorter line first.
//!
//! GB/T 9704—2012, 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当，标题排列应当使用梯形或菱形.

use super::atom::Atom;
use super::breaking::{Line, Setting, lines};
use super::justify::Sums;
use super::opportunity::FORBIDDEN;
use crate::text::class::is_ideograph;

/// Cost of a break inside a word: more than that of any shape.
const INSIDE_WORD: f64 = 20.0;
/// Cost of a line more than would do: less than that of a broken word.
const ONE_MORE: f64 = 12.0;
/// Cost of a break between words where the user has marked others.
const UNMARKED: f64 = 200.0;
/// Cost of a line as far from the mean width as the mean is wide.
const UNEVEN: f64 = 10.0;
/// Cost of a line that is longer than the next, and of each em that it is.
const LONGER: f64 = 3.0;
const LONGER_BY: f64 = 0.5;

/// What the names of bodies and places end with.
const ENDINGS: [&str; 24] = [
    "办公室",
    "辦公室",
    "中心",
    "政府",
    "公司",
    "大队",
    "大隊",
    "局",
    "厅",
    "廳",
    "委",
    "会",
    "會",
    "院",
    "部",
    "省",
    "市",
    "县",
    "縣",
    "区",
    "區",
    "镇",
    "鎮",
    "乡",
];
/// Words in which a character of [`ENDINGS`] ends nothing: 市场监督管理局, 委员会, 人力资源和社会保障局.
const WHOLE: [&str; 36] = [
    "市场", "市場", "市政", "市容", "市民", "市级", "市級", "市直", "委员", "委員", "委托", "会计",
    "會計", "会议", "會議", "会展", "會展", "社会", "社會", "区域", "區域", "区块", "區塊", "县域",
    "縣域", "县级", "縣級", "区级", "區級", "省级", "省級", "省直", "乡镇", "乡村", "院校", "部门",
];
/// What joins the names of two bodies or two matters.
const JOINING: [char; 5] = ['和', '与', '與', '暨', '及'];
/// Words in which such a character joins nothing.
const NOT_JOINING: [&str; 7] = ["和平", "和谐", "和諧", "和田", "和静", "共和", "普及"];

/// A state of the search: the last line starts at `start`, the line before it at `before`.
#[derive(Clone, Copy)]
struct Last {
    start: usize,
    before: usize,
    cost: f64,
}

/// The lines of a name in `width` points: as few as fit, or one more where that breaks no word. `marks` are the places where its user wants
/// it broken, as numbers of characters before them; without any, words are guessed.
pub fn name_lines(atoms: &[Atom], marks: &[usize], width: f64) -> Vec<Line> {
    let setting = Setting {
        width,
        indent: 0.0,
        justify: false,
        trim_edges: true,
    };
    let plain = lines(atoms, setting);
    if plain.len() < 2 {
        return plain;
    }
    let sums = Sums::of(atoms);
    let fewest = plain.len();
    let found = [fewest, fewest + 1].into_iter().filter_map(|count| {
        let (cost, breaks) = best(atoms, &sums, marks, count, setting)?;
        Some((cost + ONE_MORE * (count - fewest) as f64, breaks))
    });
    match found.min_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, breaks)) => breaks
            .windows(2)
            .map(|pair| sums.place(atoms, pair[0], pair[1], setting))
            .collect(),
        None => plain,
    }
}

/// Where the best `count` lines begin, and where the last of them ends; with what they cost.
fn best(
    atoms: &[Atom],
    sums: &Sums,
    marks: &[usize],
    count: usize,
    setting: Setting,
) -> Option<(f64, Vec<usize>)> {
    let size = atoms.first()?.size;
    let width = |start, end| sums.natural(atoms, start, end, setting);
    let mean = width(0, atoms.len()) / count as f64;
    let costs: Vec<f64> = (0..=atoms.len())
        .map(|at| break_cost(atoms, at, marks))
        .collect();
    // ends[j]: the states in which the lines made so far end before the atom j.
    let mut ends: Vec<Vec<Last>> = vec![Vec::new(); atoms.len() + 1];
    ends[0].push(Last {
        start: 0,
        before: 0,
        cost: 0.0,
    });
    let mut layers = Vec::with_capacity(count);
    for number in 0..count {
        let mut next: Vec<Vec<Last>> = vec![Vec::new(); atoms.len() + 1];
        for (start, before) in ends.iter().enumerate() {
            for end in start + 1..=atoms.len() {
                let here = width(start, end);
                if here > setting.width + 0.01 {
                    break;
                }
                let uneven = (here - mean) / mean;
                let own = UNEVEN * uneven * uneven + costs[end];
                let step = |last: &Last| {
                    let longer = if number == 0 {
                        0.0
                    } else {
                        (width(last.start, start) - here) / size
                    };
                    let shape = if longer > 0.5 {
                        LONGER + LONGER_BY * longer
                    } else {
                        0.0
                    };
                    Last {
                        start,
                        before: last.start,
                        cost: last.cost + own + shape,
                    }
                };
                let found = before.iter().map(step);
                next[end].extend(found.min_by(|a, b| a.cost.total_cmp(&b.cost)));
            }
        }
        ends = next;
        layers.push(ends.clone());
    }
    let mut breaks = vec![atoms.len()];
    let mut last = *ends
        .last()?
        .iter()
        .min_by(|a, b| a.cost.total_cmp(&b.cost))?;
    let cost = last.cost;
    for layer in layers.iter().rev().skip(1) {
        breaks.push(last.start);
        let states = layer.get(last.start)?;
        last = *states.iter().find(|state| state.start == last.before)?;
    }
    breaks.push(0);
    breaks.reverse();
    Some((cost, breaks))
}

/// How bad it is to break a name before the atom at `at`.
fn break_cost(atoms: &[Atom], at: usize, marks: &[usize]) -> f64 {
    let (Some(before), Some(after)) = (at.checked_sub(1).map(|i| &atoms[i]), atoms.get(at)) else {
        return 0.0;
    };
    if marks.contains(&at) {
        return 0.0;
    }
    if after.break_cost >= FORBIDDEN {
        return FORBIDDEN;
    }
    if !marks.is_empty() {
        return UNMARKED + after.break_cost;
    }
    let is_word = is_ideograph(before.c) && is_ideograph(after.c);
    if !is_word || ends_name(atoms, at) || joins(atoms, at) {
        return after.break_cost;
    }
    INSIDE_WORD + after.break_cost
}

/// Whether the atoms around `at` spell `word`, of which `before` characters stand before `at`.
fn spells(atoms: &[Atom], at: usize, word: &str, before: usize) -> bool {
    let Some(start) = at.checked_sub(before) else {
        return false;
    };
    let mut rest = atoms[start..].iter();
    word.chars()
        .all(|c| rest.next().is_some_and(|atom| atom.c == c))
}

fn ends_name(atoms: &[Atom], at: usize) -> bool {
    let ends = |word: &&str| spells(atoms, at, word, word.chars().count());
    let inside = |word: &&str| spells(atoms, at, word, 1) || spells(atoms, at, word, 2);
    ENDINGS.iter().any(ends) && !WHOLE.iter().any(inside)
}

fn joins(atoms: &[Atom], at: usize) -> bool {
    let inside = |word: &&str| spells(atoms, at, word, 0) || spells(atoms, at, word, 1);
    JOINING.contains(&atoms[at].c) && !NOT_JOINING.iter().any(inside)
}
