//! The official sheets: inputs open and checked while typing, sums live.

use super::super::book::Sheet;
use super::super::cells::{self, Given};
use super::super::fault::Fault;
use super::super::frame::{Around, Unlike};
use super::super::page::Page;
use super::super::sheet::{excel_column, excel_row, grid, span};
use super::super::squares::Squares;
use super::super::style::Styles;
use super::super::{checks, formula};
use super::{EMPTY, PROTECTED, Written, prompt};
use crate::document::{Blank, Cell, Question, Slot, Table};
use crate::form::{Expr, FigureId, Term};
use crate::text::Severity;

/// Writes table `number` of the form to an empty sheet.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    table: &Table<Slot>,
    number: usize,
    blank: &Blank,
    squares: &Squares<'_>,
    styles: &mut Styles,
) -> Result<(), Fault> {
    let fault = |source| Fault::Sheet {
        sheet: table.sheet.clone(),
        source,
    };
    let title = blank.title();
    let page = Page::of(table, &title, blank.script);
    grid(sheet, table, &page, styles, |sheet, styles, cell, slot| {
        match &slot.formula {
            Some(expr) => {
                let text = sum(expr, squares, number).ok_or_else(|| Fault::Figure {
                    sheet: table.sheet.clone(),
                    key: slot.key.clone(),
                })?;
                derived(sheet, cell, &text, slot, styles)
            }
            None => input(sheet, cell, slot, blank, styles),
        }
        .map_err(fault)
    })?;
    for question in &blank.questions {
        redden(sheet, question, number, squares).map_err(fault)?;
    }
    sheet.around(PROTECTED);
    Ok(())
}

/// A sum that shows [`EMPTY`] while none of its figures is there.
fn sum(expr: &Expr, squares: &Squares<'_>, home: usize) -> Option<String> {
    let sum = formula::tolerant(expr, squares, Some(home))?;
    let count = formula::count(figures(expr), squares, Some(home))?;
    if count.is_empty() {
        return Some(sum);
    }
    Some(format!("IF({count}=0,\"{EMPTY}\",{sum})")).filter(|text| formula::fits(text))
}

fn figures(expr: &Expr) -> impl Iterator<Item = FigureId> + '_ {
    expr.terms.iter().filter_map(|term| match term {
        Term::Figure { figure, .. } => Some(*figure),
        Term::Number(_) => None,
    })
}

fn derived(
    sheet: &mut Sheet<'_>,
    cell: &Cell<Slot>,
    text: &str,
    slot: &Slot,
    styles: &mut Styles,
) -> Written {
    let format = styles.shown(&prompt::number_format(slot));
    let ((row, column), last) = span(cell)?;
    sheet.merge((row, column), last, "", format)?;
    sheet.formula(row, column, text, Given::Text(EMPTY), format)
}

fn input(
    sheet: &mut Sheet<'_>,
    cell: &Cell<Slot>,
    slot: &Slot,
    blank: &Blank,
    styles: &mut Styles,
) -> Written {
    let format = styles.input(&prompt::number_format(slot));
    let ((row, column), last) = span(cell)?;
    sheet.merge((row, column), last, "", format)?;
    let validation = prompt::figure(slot, blank.script)?;
    let square = cells::Area {
        first: (row, column),
        last: (row, column),
    };
    sheet.around(Around::Typed(square, Unlike(validation)));
    Ok(())
}

/// Makes the figures of an equation red where all that it needs is there and it does not hold.
/// Only for rules that stop a report, and only where all of it stands on this sheet: Excel takes
/// other sheets in such a formula from 2010 on, other programs don't.
fn redden(
    sheet: &mut Sheet<'_>,
    question: &Question,
    home: usize,
    squares: &Squares<'_>,
) -> Written {
    let equation = &question.equation;
    let sides = [&equation.comparison.left, &equation.comparison.right];
    let shown: Vec<FigureId> = sides.into_iter().flat_map(figures).collect();
    let mut all = shown.iter().chain(&question.needed);
    let here = all.all(|id| squares.of(*id, false).is_some_and(|s| s.sheet == home));
    let simple = equation.conditions.is_empty() && question.organs.is_none();
    if !here || !simple || question.computed || equation.severity != Severity::Error {
        return Ok(());
    }
    let count = formula::count(question.needed.iter().copied(), squares, Some(home));
    let holds = checks::holds(&equation.comparison, equation.places, squares, Some(home));
    let (Some(count), Some(holds)) = (count, holds) else {
        return Ok(());
    };
    let needed = question.needed.len();
    let rule = format!("IF({count}={needed},NOT({holds}),FALSE)");
    if !formula::fits(&rule) {
        return Ok(());
    }
    for square in shown.iter().filter_map(|id| squares.of(*id, false)) {
        // A range of one cell: the formula's references would move within a larger one.
        let at = (excel_row(square.row)?, excel_column(square.column)?);
        let square = cells::Area {
            first: at,
            last: at,
        };
        sheet.around(Around::Marked(square, rule.clone(), checks::BAD));
    }
    Ok(())
}
