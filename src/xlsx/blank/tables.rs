//! The official sheets: inputs open and checked while typing, sums live.

use rust_xlsxwriter::Worksheet;
use rust_xlsxwriter::utility::row_col_to_cell;

use super::super::book::{Allowed, colour_where, merge, protect, write_formula};
use super::super::error::WorkbookError;
use super::super::figure_cells::FigureCells;
use super::super::page::Page;
use super::super::range::CellRange;
use super::super::table::{grid, number, plain};
use super::super::{checks, formula, style};
use super::{Written, prompt, unfilled};
use crate::document::{Blank, Question, Slot, Table};
use crate::form::{Cell, EMPTY_SUM, Expr, FigureId};
use crate::text::Severity;

/// Writes table `number` of the form to an empty sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    table: &Table,
    number: usize,
    blank: &Blank,
    cells: &FigureCells<'_>,
) -> Result<(), WorkbookError> {
    let fault = |source| WorkbookError::sheet(table.sheet(), source);
    let title = &blank.document.title.subject;
    let page = Page::of(table, title, table.script);
    grid(sheet, table, &page, |sheet, cell, slot| {
        match slot.formula {
            Some(expr) => {
                let text = sum(expr, cells, number)
                    .ok_or_else(|| WorkbookError::figure(table.sheet(), slot.key))?;
                let now = blank.value(expr).map_or(EMPTY_SUM.to_owned(), plain);
                derived(sheet, cell, (&text, &now), &slot)
            }
            None => input(sheet, cell, &slot, blank),
        }
        .map_err(fault)
    })?;
    for question in &blank.questions {
        redden(sheet, question, number, cells).map_err(fault)?;
    }
    for range in unfilled::rectangles(table, cells) {
        tint(sheet, range).map_err(fault)?;
    }
    protect(sheet, Allowed::Nothing);
    Ok(())
}

/// Tints cells without anything in them, and makes those red that hold a text: pasted, it was not
/// checked, and it would not be added up.
fn tint(sheet: &mut Worksheet, range: CellRange) -> Written {
    let cell = row_col_to_cell(range.first_row, range.first_column);
    colour_where(sheet, range, &format!("ISTEXT({cell})"), checks::BAD)?;
    colour_where(sheet, range, &format!("ISBLANK({cell})"), style::REQUIRED)
}

/// A sum that shows [`EMPTY_SUM`] while none of its figures is there.
fn sum(expr: &Expr, cells: &FigureCells<'_>, home: usize) -> Option<String> {
    let sum = formula::tolerant(expr, cells, Some(home))?;
    let count = formula::count(expr.operands().map(|(id, _)| id), cells, Some(home))?;
    if count.is_empty() {
        return Some(sum);
    }
    Some(format!("IF({count}=0,\"{EMPTY_SUM}\",{sum})")).filter(|text| formula::fits(text))
}

fn derived(
    sheet: &mut Worksheet,
    cell: &Cell,
    (text, now): (&str, &str),
    slot: &Slot<'_>,
) -> Written {
    let format = style::shown(&prompt::number_format(slot));
    let range = CellRange::of(cell)?;
    merge(sheet, range, "", &format)?;
    let at = (range.first_row, range.first_column);
    write_formula(sheet, at, text, now, &format)
}

fn input(sheet: &mut Worksheet, cell: &Cell, slot: &Slot<'_>, blank: &Blank) -> Written {
    let format = style::input(&prompt::number_format(slot));
    let range = CellRange::of(cell)?;
    merge(sheet, range, "", &format)?;
    let (row, column) = (range.first_row, range.first_column);
    if let Some(value) = blank.typed.get(&slot.id) {
        sheet.write_number_with_format(row, column, number(*value), &format)?;
    }
    let previous = blank.previous.get(&slot.id).map(String::as_str);
    let validation = prompt::figure(slot, previous, blank.document.script)?;
    sheet.add_data_validation(row, column, row, column, &validation)?;
    Ok(())
}

/// Makes the figures of an equation red where all that it needs is there and it does not hold.
/// Only for rules that stop a report, and only where all of it stands on this sheet: Excel takes
/// other sheets in such a formula from 2010 on, other programs don't.
fn redden(
    sheet: &mut Worksheet,
    question: &Question,
    home: usize,
    cells: &FigureCells<'_>,
) -> Written {
    let equation = &question.equation;
    let shown: Vec<FigureId> = equation.comparison.operands().map(|(id, _)| id).collect();
    let mut all = shown.iter().chain(&question.needed);
    let here = all.all(|id| cells.of(*id, false).is_some_and(|s| s.sheet == home));
    let simple = equation.conditions.is_empty() && question.organs.is_none();
    if !here || !simple || question.computed || equation.severity != Severity::Error {
        return Ok(());
    }
    let count = formula::count(question.needed.iter().copied(), cells, Some(home));
    let holds = checks::holds(&equation.comparison, equation.places, cells, Some(home));
    let (Some(count), Some(holds)) = (count, holds) else {
        return Ok(());
    };
    let needed = question.needed.len();
    let rule = format!("IF({count}={needed},NOT({holds}),FALSE)");
    if !formula::fits(&rule) {
        return Ok(());
    }
    for cell in shown.iter().filter_map(|id| cells.of(*id, false)) {
        // One cell at a time: the formula's references would move within a larger range.
        let range = CellRange::cell(cell.range.first_row, cell.range.first_column);
        colour_where(sheet, range, &rule, checks::BAD)?;
    }
    Ok(())
}
