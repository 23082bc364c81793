//! A derived figure's sum → an Excel formula, as short as a person would write it.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ColNum, RowNum};

use super::figure_cells::{FigureCell, FigureCells};
use crate::form::{Expr, FigureId, Term};

/// Longest formula that Excel reads, in characters ("Excel specifications and limits").
const LONGEST: usize = 8192;
/// Decimal places to which differences are rounded, where figures have no more: what is left
/// of a difference of two sums of decimals in binary arithmetic is smaller by far.
const PLACES: u32 = 6;
/// Most arguments of one SUM (the same page).
const MOST_ARGUMENTS: usize = 255;

/// Figures in one row or one column that touch each other; one figure is a run too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    first: FigureCell,
    last: FigureCell,
}

/// The formula of a sum on sheet `home`, an official one or none of them, without the `=`; none where it is too long for
/// Excel or has a figure that stands nowhere.
pub(super) fn text(expr: &Expr, cells: &FigureCells<'_>, home: Option<usize>) -> Option<String> {
    worked(expr, cells, home, false)
}

/// The formula of a sum some of whose figures may be missing: none of them is added by a `+`,
/// which takes no empty text. Otherwise as [`text`].
pub(super) fn tolerant(
    expr: &Expr,
    cells: &FigureCells<'_>,
    home: Option<usize>,
) -> Option<String> {
    worked(expr, cells, home, true)
}

/// How many of the figures have numbers in their cells, as a formula; none as [`text`].
pub(super) fn count(
    figures: impl IntoIterator<Item = FigureId>,
    cells: &FigureCells<'_>,
    home: Option<usize>,
) -> Option<String> {
    let figures = figures
        .into_iter()
        .map(|figure| cells.of(figure, false))
        .collect::<Option<Vec<FigureCell>>>()?;
    let counts: Vec<String> = references(&figures, cells, home)?
        .chunks(MOST_ARGUMENTS)
        .map(|some| format!("COUNT({})", some.join(",")))
        .collect();
    let text = counts.join("+");
    fits(&text).then_some(text)
}

/// A difference of figures without what binary arithmetic leaves of decimals; `places` are those that
/// the figures have, none of whole numbers.
pub(super) fn rounded(difference: &str, places: Option<u32>) -> String {
    match places {
        Some(places) => format!("ROUND({difference},{})", places.max(PLACES)),
        None => difference.to_owned(),
    }
}

/// Whether a formula is short enough for Excel.
pub(super) fn fits(text: &str) -> bool {
    text.chars().count() < LONGEST
}

fn worked(
    expr: &Expr,
    cells: &FigureCells<'_>,
    home: Option<usize>,
    tolerant: bool,
) -> Option<String> {
    let (mut added, mut taken, mut numbers) = (Vec::new(), Vec::new(), String::new());
    for term in &expr.terms {
        match term {
            Term::Figure {
                minus,
                previous,
                figure,
            } => {
                let side = if *minus { &mut taken } else { &mut added };
                side.push(cells.of(*figure, *previous)?);
            }
            Term::Number(number) => {
                let sign = if number.is_sign_negative() { '-' } else { '+' };
                numbers.push_str(&format!("{sign}{}", number.abs()));
            }
        }
    }
    let mut text = signed_sum('+', &added, cells, home, tolerant)?;
    text.push_str(&signed_sum('-', &taken, cells, home, tolerant)?);
    text.push_str(&numbers);
    let text = match text.strip_prefix('+') {
        Some(rest) => rest.to_owned(),
        None if text.is_empty() => "0".to_owned(),
        None => text,
    };
    fits(&text).then_some(text)
}

/// `+SUM(D6:D7,D9)` where figures touch, `+D4+D6` where none do.
fn signed_sum(
    sign: char,
    figures: &[FigureCell],
    cells: &FigureCells<'_>,
    home: Option<usize>,
    tolerant: bool,
) -> Option<String> {
    let references = references(figures, cells, home)?;
    let touching = references.len() < figures.len();
    let parts: Vec<String> = if touching || (tolerant && !references.is_empty()) {
        references
            .chunks(MOST_ARGUMENTS)
            .map(|some| format!("{sign}SUM({})", some.join(",")))
            .collect()
    } else {
        references
            .iter()
            .map(|reference| format!("{sign}{reference}"))
            .collect()
    };
    Some(parts.concat())
}

/// The runs of the figures as a formula on sheet `home` writes them.
fn references(
    figures: &[FigureCell],
    cells: &FigureCells<'_>,
    home: Option<usize>,
) -> Option<Vec<String>> {
    runs(figures)
        .iter()
        .map(|run| cells.reference(run.first, run.last, home))
        .collect()
}

/// The figures as runs, in reading order. Each run is the longer of the two that start at the
/// first figure left over: that to the right and that downwards.
fn runs(figures: &[FigureCell]) -> Vec<Run> {
    // A figure that is added twice is in two runs: the number is how often it is left.
    let mut left: BTreeMap<Place, (FigureCell, usize)> = BTreeMap::new();
    for cell in figures {
        let entry = left.entry(place(cell)).or_insert((*cell, 0));
        entry.1 += 1;
    }
    let mut runs = Vec::new();
    while let Some((&start, _)) = left.first_key_value() {
        let follow = |next: fn(&FigureCell) -> Place| {
            let mut run: Vec<FigureCell> = Vec::new();
            let mut at = start;
            while let Some((cell, _)) = left.get(&at) {
                run.push(*cell);
                at = next(cell);
            }
            run
        };
        let across = follow(|FigureCell { sheet, range }| {
            (*sheet, range.first_row, range.last_column.saturating_add(1))
        });
        let down = follow(|FigureCell { sheet, range }| {
            (*sheet, range.last_row.saturating_add(1), range.first_column)
        });
        let run = if down.len() > across.len() {
            down
        } else {
            across
        };
        for cell in &run {
            if let Some((_, count)) = left.get_mut(&place(cell)) {
                *count -= 1;
                if *count == 0 {
                    left.remove(&place(cell));
                }
            }
        }
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            break;
        };
        runs.push(Run {
            first: *first,
            last: *last,
        });
    }
    runs
}

/// Sheet, row and column where a figure's cell starts.
type Place = (usize, RowNum, ColNum);

fn place(cell: &FigureCell) -> Place {
    (cell.sheet, cell.range.first_row, cell.range.first_column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::FigureId;
    use crate::xlsx::range::CellRange;
    use rust_decimal::Decimal;

    /// Two sheets of 10 × 10 figures; figure `100 s + 10 r + c` stands in row r, column c of sheet s. In
    /// the last row of each, one cell covers the columns 3 to 5.
    fn cells() -> FigureCells<'static> {
        let figures = (0..200).filter(|figure| ![94, 95].contains(&(figure % 100)));
        let figures = figures.map(|figure| {
            let (sheet, row, column) = (figure / 100, figure as u32 / 10 % 10, figure as u16 % 10);
            let last = if figure % 100 == 93 {
                column + 2
            } else {
                column
            };
            let range = CellRange::new((row, column), (row, last));
            (FigureId(figure), FigureCell { sheet, range })
        });
        FigureCells::at(vec!["一", "it's"], figures)
    }

    /// `terms`: a figure, and below 0 a figure that is subtracted.
    fn compact(terms: &[i32], numbers: &[i64]) -> Option<String> {
        let figures = terms.iter().map(|term| Term::Figure {
            minus: *term < 0,
            previous: false,
            figure: FigureId(term.unsigned_abs() as usize),
        });
        let numbers = numbers.iter().map(|n| Term::Number(Decimal::from(*n)));
        let expr = Expr {
            terms: figures.chain(numbers).collect(),
        };
        text(&expr, &cells(), Some(0))
    }

    #[test]
    fn touching_figures_become_one_range() {
        let formula = |terms: &[i32]| compact(terms, &[]).unwrap();
        assert_eq!(formula(&[33, 34, 35, 36, 37, 38]), "SUM(D4:I4)");
        assert_eq!(formula(&[53, 63, 73, 83]), "SUM(D6:D9)");
        assert_eq!(formula(&[83, 53, 73, 63]), "SUM(D6:D9)");
        assert_eq!(formula(&[53, 63, 83]), "SUM(D6:D7,D9)");
        // An L: the longer arm keeps the corner.
        assert_eq!(formula(&[11, 12, 21, 31]), "SUM(B2:B4,C2)");
        // A merged cell goes by its first cell and touches the one behind its last.
        assert_eq!(formula(&[92, 93, 96]), "SUM(C10:G10)");
        assert_eq!(formula(&[93, 98]), "D10+I10");
    }

    #[test]
    fn differences_numbers_and_other_sheets() {
        let formula = |terms: &[i32], numbers: &[i64]| compact(terms, numbers).unwrap();
        assert_eq!(formula(&[33, -43], &[]), "D4-D5");
        assert_eq!(formula(&[-43, 33], &[]), "D4-D5");
        assert_eq!(formula(&[-43], &[2, -3]), "-D5+2-3");
        assert_eq!(formula(&[33, -43, -44], &[]), "D4-SUM(D5:E5)");
        assert_eq!(formula(&[133, 33], &[]), "D4+'it''s'!D4");
        assert_eq!(formula(&[133, 134], &[]), "SUM('it''s'!D4:E4)");
        assert_eq!(formula(&[], &[]), "0");
        assert_eq!(formula(&[], &[7]), "7");
    }

    #[test]
    fn a_figure_added_twice_counts_twice() {
        assert_eq!(compact(&[33, 34, 33], &[]).unwrap(), "SUM(D4:E4,D4)");
    }

    #[test]
    fn what_excel_can_not_read_is_not_written() {
        assert_eq!(compact(&[999], &[]), None);
        assert_eq!(compact(&[33], &vec![123_456_789; 900]), None);
    }
}
