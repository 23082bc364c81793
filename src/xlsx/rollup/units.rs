//! 单位汇总: one unit a row, one figure a column, the sums below.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::cell_range;
use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::unit_cells::{FIRST_COLUMN, FIRST_ROW, UnitCells};
use crate::document::Figure;
use crate::form::Expr;
use crate::rollup::{Rollup, Unit};
use crate::xlsx::book::{allow_digits, merge, write_formula};
use crate::xlsx::figure_cells::FigureCells;
use crate::xlsx::page::Page;
use crate::xlsx::range::{CellRange, column_number};
use crate::xlsx::style::{self, Look};
use crate::xlsx::table::{number, plain};
use crate::xlsx::{formula, measure, rows};

/// Rows of the heading: table, row and column of each figure.
const LEVELS: usize = FIRST_ROW as usize;
/// Narrowest and widest column of names, in half characters.
const NARROWEST_NAME: u32 = 20;
const WIDEST_NAME: u32 = 34;
/// Width of a code, in half characters: 18 characters and some air; and of its column where there
/// is none.
const CODE: u32 = 20;
const NO_CODE: u32 = 12;
/// Narrowest and widest column of a figure, in half characters.
const NARROWEST: u32 = 9;
const WIDEST: u32 = 18;
/// Most lines of a heading's lowest level, beyond which its column becomes wider.
const MOST_LINES: usize = 4;

/// The formulas of the derived figures, for each unit those in the order of the figures; none where
/// one is longer than Excel allows.
pub(super) fn derived(rollup: &Rollup, cells: &UnitCells) -> Option<Vec<Vec<String>>> {
    let ids = || rollup.figures().map(|(_, figure)| figure.id);
    let sums: Vec<&Expr> = rollup
        .figures()
        .filter_map(|(_, figure)| figure.formula)
        .collect();
    (FIRST_ROW..cells.total)
        .map(|row| {
            let cells = FigureCells::in_row(cells.sheet, ids(), row, FIRST_COLUMN);
            let text = |expr: &&Expr| formula::text(expr, &cells, Some(0));
            sums.iter().map(text).collect()
        })
        .collect()
}

/// Writes the units to an empty sheet; `derived` are the formulas of their derived figures.
pub(super) fn write(
    sheet: &mut Worksheet,
    rollup: &Rollup,
    cells: &UnitCells,
    derived: &[Vec<String>],
) -> Result<(), XlsxError> {
    let columns: Vec<Heading> = rollup
        .figures()
        .map(|(table, figure)| heading(table.name(), &figure))
        .collect();
    let figures: Vec<Figure<'_>> = rollup.figures().map(|(_, figure)| figure).collect();
    let widths = widths(rollup, &columns, &figures);
    for (column, width) in widths.iter().enumerate() {
        sheet.set_column_width_pixels(column_number(column)?, measure::pixels(*width))?;
    }
    headings(sheet, rollup, &columns, &widths)?;
    let formats: Vec<Format> = figures
        .iter()
        .map(|figure| style::number(Look::Text, &style::digits(places(rollup, figure))))
        .collect();
    for ((unit, formulas), row) in rollup.units.iter().zip(derived).zip(FIRST_ROW..) {
        let texts = [&unit.organ, unit.code.as_deref().unwrap_or_default()];
        for (text, column) in texts.into_iter().zip(0..) {
            sheet.write_string_with_format(row, column, text, &style::text(Look::Text, text))?;
        }
        let mut formulas = formulas.iter();
        for ((figure, format), column) in figures.iter().zip(&formats).zip(FIRST_COLUMN..) {
            let value = unit.value(figure.id);
            match figure.formula.and_then(|_| formulas.next()) {
                Some(text) => write_formula(sheet, (row, column), text, &plain(value), format)?,
                None => {
                    sheet.write_number_with_format(row, column, number(value), format)?;
                }
            }
        }
        let lines = measure::lines(&unit.organ, widths.first().copied().unwrap_or(0)).count;
        sheet.set_row_height_pixels(row, rows::high(lines))?;
    }
    total(sheet, rollup, cells, &figures)?;
    finish(sheet, rollup, cells, figures.len())
}

/// What stands over a figure's column: table, row and column of the form.
type Heading = [String; LEVELS];

fn heading(table: &str, figure: &Figure<'_>) -> Heading {
    let mut column = figure.column.to_owned();
    if let Some(unit) = figure.unit {
        column.push_str(&format!("（{unit}）"));
    }
    [table.to_owned(), figure.row.to_owned(), column]
}

/// Runs of columns that share a heading's level and those above it, from the first figure on, with what
/// stands over them.
fn runs(columns: &[Heading], level: usize) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut end = 0;
    let runs = columns.chunk_by(move |one, next| one[..=level] == next[..=level]);
    runs.map(move |run| {
        let start = end;
        end += run.len();
        let text = run.first().map_or("", |heading| heading[level].as_str());
        (start..end, text)
    })
}

/// Half characters of each column: what its figures need, and more where the heading would have too
/// many lines.
fn widths(rollup: &Rollup, columns: &[Heading], figures: &[Figure<'_>]) -> Vec<u32> {
    let names = rollup.units.iter().map(|unit| measure::width(&unit.organ));
    let any_code = rollup.units.iter().any(|unit| unit.code.is_some());
    let code = if any_code { CODE } else { NO_CODE };
    let mut widths = vec![
        names.max().unwrap_or(0).clamp(NARROWEST_NAME, WIDEST_NAME),
        code,
    ];
    for (figure, heading) in figures.iter().zip(columns) {
        let value = |unit: &Unit| measure::width(&unit.value(figure.id).to_string());
        let values = rollup.units.iter().map(value);
        let sum = measure::width(&figure.value.to_string());
        let needed = values.max().unwrap_or(0).max(sum) + 1;
        let [.., lowest] = heading;
        let shown = (NARROWEST..WIDEST).find(|width| sits_well(lowest, *width));
        widths.push(needed.max(shown.unwrap_or(WIDEST)));
    }
    // A row of the form with a single figure has all its name over one column.
    for (run, name) in runs(columns, 1) {
        let Some(of_run) = widths.get_mut(over(&run)) else {
            continue;
        };
        let room = |widths: &[u32]| widths.iter().sum::<u32>();
        while !sits_well(name, room(of_run)) && room(of_run) < 2 * WIDEST {
            for width in &mut *of_run {
                *width += 1;
            }
        }
    }
    widths
}

/// Whether a heading has few lines in so much room, and no single character on the last, not even
/// where a line holds a character more or less than is counted on.
fn sits_well(text: &str, room: u32) -> bool {
    (room.saturating_sub(2)..=room + 2).all(|room| {
        let lines = measure::lines(text, room);
        lines.count <= MOST_LINES && !lines.end_in_one_character()
    })
}

/// The sheet's columns over which the heading of a run of figures stands, from 0.
fn over(run: &Range<usize>) -> Range<usize> {
    let first = usize::from(FIRST_COLUMN);
    run.start + first..run.end + first
}

/// Writes the heading: names and codes over all its rows, each figure by table, row and column.
fn headings(
    sheet: &mut Worksheet,
    rollup: &Rollup,
    columns: &[Heading],
    widths: &[u32],
) -> Result<(), XlsxError> {
    let format = style::text(Look::Head, "");
    let labels = [["单位", "單位"], ["统一社会信用代码", "統一社會信用代碼"]];
    for (label, column) in labels.into_iter().zip(0..) {
        let range = CellRange::new((0, column), (FIRST_ROW - 1, column));
        merge(sheet, range, rollup.script.of(label), &format)?;
    }
    for (level, row) in (0..LEVELS).zip(0..) {
        let mut lines = 1;
        for (run, text) in runs(columns, level) {
            let across = over(&run);
            let room = widths.get(across.clone()).unwrap_or_default().iter().sum();
            lines = lines.max(measure::lines(text, room).count);
            let (first, last) = (column_number(across.start)?, column_number(across.end - 1)?);
            merge(
                sheet,
                CellRange::new((row, first), (row, last)),
                text,
                &format,
            )?;
        }
        sheet.set_row_height_pixels(row, rows::high(lines))?;
    }
    Ok(())
}

/// Writes the row of the sums.
fn total(
    sheet: &mut Worksheet,
    rollup: &Rollup,
    cells: &UnitCells,
    figures: &[Figure<'_>],
) -> Result<(), XlsxError> {
    let row = cells.total;
    let word = rollup.script.of(["合计", "合計"]);
    let labels = CellRange::new((row, 0), (row, FIRST_COLUMN - 1));
    merge(sheet, labels, word, &style::text(Look::Head, ""))?;
    for (figure, column) in figures.iter().zip(FIRST_COLUMN..) {
        let formula = format!("SUM({})", cell_range(FIRST_ROW, column, row - 1, column));
        let format = style::number(Look::Total, &style::digits(places(rollup, figure)));
        write_formula(
            sheet,
            (row, column),
            &formula,
            &plain(figure.value),
            &format,
        )?;
    }
    sheet.set_row_height_pixels(row, rows::high(1))?;
    Ok(())
}

/// Panes, filter and print set-up.
fn finish(
    sheet: &mut Worksheet,
    rollup: &Rollup,
    cells: &UnitCells,
    figures: usize,
) -> Result<(), XlsxError> {
    let heading = FIRST_ROW - 1;
    let last = column_number(usize::from(FIRST_COLUMN) + figures - 1)?;
    let end = cells.total - 1;
    sheet.set_freeze_panes(FIRST_ROW, FIRST_COLUMN)?;
    sheet.autofilter(heading, 0, end, last)?;
    // A body's code is a text of digits.
    allow_digits(sheet, CellRange::new((0, 0), (end, FIRST_COLUMN)))?;
    let title = rollup.title.whole();
    let page = Page {
        repeated: Some((0, heading)),
        labels: Some((0, 0)),
        ..Page::across(&title, cells.sheet, rollup.script)
    };
    page.set_up(sheet)
}

/// Decimal places of a figure's column: the most that any unit has.
fn places(rollup: &Rollup, figure: &Figure<'_>) -> u32 {
    if !figure.kind.is_decimal() {
        return 0;
    }
    let values = rollup.units.iter().map(|unit| unit.value(figure.id));
    values
        .map(|value: Decimal| value.scale())
        .max()
        .unwrap_or(0)
}
