//! 单位汇总: one unit a row, one figure a column, the sums below.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::row_col_to_cell;

use super::home::{FIRST_COLUMN, FIRST_ROW, Home};
use crate::document::Figure;
use crate::form::Expr;
use crate::rollup::{Rollup, Unit};
use crate::xlsx::book::Sheet;
use crate::xlsx::cells::{self, Given};
use crate::xlsx::frame::Around;
use crate::xlsx::page::Page;
use crate::xlsx::rows;
use crate::xlsx::sheet::{excel_column, excel_row, plain};
use crate::xlsx::squares::Squares;
use crate::xlsx::style::{self, Look, Styles};
use crate::xlsx::words::Pair;
use crate::xlsx::{formula, measure};

/// Rows of the heading: table, row and column of each figure.
const LEVELS: usize = FIRST_ROW;
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
pub(super) fn derived(rollup: &Rollup, home: &Home) -> Option<Vec<Vec<String>>> {
    let ids = || rollup.figures().map(|(_, figure)| figure.id);
    let sums: Vec<&Expr> = rollup
        .figures()
        .filter_map(|(_, figure)| figure.formula.as_ref())
        .collect();
    let rows = FIRST_ROW..FIRST_ROW + rollup.units.len();
    rows.map(|row| {
        let squares = Squares::in_row(home.sheet(), ids(), row, FIRST_COLUMN);
        let text = |expr: &&Expr| formula::text(expr, &squares, Some(0));
        sums.iter().map(text).collect()
    })
    .collect()
}

/// Writes the units to an empty sheet; `derived` are the formulas of their derived figures.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    rollup: &Rollup,
    home: &Home,
    derived: &[Vec<String>],
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let columns: Vec<Heading> = rollup
        .figures()
        .map(|(table, figure)| Heading::of(&table.name, figure))
        .collect();
    let figures: Vec<&Figure> = rollup.figures().map(|(_, figure)| figure).collect();
    let widths = widths(rollup, &columns, &figures);
    for (column, width) in widths.iter().enumerate() {
        let column = excel_column(column)?;
        sheet.around(Around::Width(column, measure::pixels(*width)));
    }
    headings(sheet, rollup, &columns, &widths, styles)?;
    for ((unit, formulas), row) in rollup.units.iter().zip(derived).zip(FIRST_ROW..) {
        let line = excel_row(row)?;
        let texts = [&unit.organ, unit.code.as_deref().unwrap_or_default()];
        for (text, column) in texts.into_iter().zip(0..) {
            let format = styles.look(Look::Text, text);
            sheet.text(line, column, text, format)?;
        }
        let mut formulas = formulas.iter();
        for (figure, column) in figures.iter().zip(FIRST_COLUMN..) {
            let digits = plain(unit.value(figure.id));
            let format = styles.number(Look::Text, &style::digits(places(rollup, figure)));
            let column = excel_column(column)?;
            let live = figure.formula.as_ref().and_then(|_| formulas.next());
            match live {
                Some(text) => sheet.formula(line, column, text, Given::Number(&digits), format)?,
                None => sheet.number(line, column, &digits, format)?,
            }
        }
        let lines = measure::lines(&unit.organ, widths.first().copied().unwrap_or(0)).count;
        sheet.height(line, rows::high(lines))?;
    }
    total(sheet, rollup, home, &figures, styles)?;
    finish(sheet, rollup, home, figures.len())
}

/// What stands over a figure's column: table, row and column of the form.
struct Heading {
    levels: [String; LEVELS],
}

impl Heading {
    fn of(table: &str, figure: &Figure) -> Self {
        let mut column = figure.column.clone();
        if let Some(unit) = &figure.unit {
            column.push_str(&format!("（{unit}）"));
        }
        Self {
            levels: [table.to_owned(), figure.row.clone(), column],
        }
    }

    fn level(&self, level: usize) -> &str {
        self.levels.get(level).map_or("", String::as_str)
    }
}

/// Runs of columns that share a heading's level and those above it, from the first figure on.
fn runs(columns: &[Heading], level: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (number, heading) in columns.iter().enumerate() {
        let above = |other: &Heading| (0..=level).all(|l| other.level(l) == heading.level(l));
        let goes_on = number
            .checked_sub(1)
            .and_then(|n| columns.get(n))
            .is_some_and(above);
        match runs.last_mut() {
            Some(run) if goes_on => run.end = number + 1,
            _ => runs.push(number..number + 1),
        }
    }
    runs
}

/// Half characters of each column: what its figures need, and more where the heading would have too
/// many lines.
fn widths(rollup: &Rollup, columns: &[Heading], figures: &[&Figure]) -> Vec<u32> {
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
        let lowest = heading.level(LEVELS - 1);
        let shown = (NARROWEST..WIDEST).find(|width| sits_well(lowest, *width));
        widths.push(needed.max(shown.unwrap_or(WIDEST)));
    }
    // A row of the form with a single figure has all its name over one column.
    for run in runs(columns, 1) {
        let across = run.start + FIRST_COLUMN..run.end + FIRST_COLUMN;
        let Some(of_run) = widths.get_mut(across) else {
            continue;
        };
        let name = columns
            .get(run.start)
            .map_or("", |heading| heading.level(1));
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

/// Writes the heading: names and codes over all its rows, each figure by table, row and column.
fn headings(
    sheet: &mut Sheet<'_>,
    rollup: &Rollup,
    columns: &[Heading],
    widths: &[u32],
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let script = rollup.script;
    let format = styles.look(Look::Head, "");
    let last = excel_row(LEVELS - 1)?;
    let labels = [
        Pair("单位", "單位"),
        Pair("统一社会信用代码", "統一社會信用代碼"),
    ];
    for (label, column) in labels.into_iter().zip(0..) {
        sheet.merge((0, column), (last, column), label.text(script), format)?;
    }
    for level in 0..LEVELS {
        let row = excel_row(level)?;
        let mut lines = 1;
        for run in runs(columns, level) {
            let text = columns
                .get(run.start)
                .map_or("", |heading| heading.level(level));
            let across = run.start + FIRST_COLUMN..run.end + FIRST_COLUMN;
            let room = widths.get(across.clone()).unwrap_or_default().iter().sum();
            let (first, end) = (excel_column(across.start)?, excel_column(across.end - 1)?);
            // A heading over the whole sheet is read from its start.
            lines = lines.max(measure::lines(text, room).count);
            sheet.merge((row, first), (row, end), text, format)?;
        }
        sheet.height(row, rows::high(lines))?;
    }
    Ok(())
}

/// Writes the row of the sums.
fn total(
    sheet: &mut Sheet<'_>,
    rollup: &Rollup,
    home: &Home,
    figures: &[&Figure],
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let row = home.total();
    let line = excel_row(row)?;
    let format = styles.look(Look::Head, "");
    let word = Pair("合计", "合計").text(rollup.script);
    sheet.merge(
        (line, 0),
        (line, excel_column(FIRST_COLUMN - 1)?),
        word,
        format,
    )?;
    for (figure, column) in figures.iter().zip(FIRST_COLUMN..) {
        let column = excel_column(column)?;
        let first = row_col_to_cell(excel_row(FIRST_ROW)?, column);
        let last = row_col_to_cell(excel_row(row - 1)?, column);
        let formula = format!("SUM({first}:{last})");
        let sum = plain(figure.value);
        let format = styles.number(Look::Total, &style::digits(places(rollup, figure)));
        sheet.formula(line, column, &formula, Given::Number(&sum), format)?;
    }
    sheet.height(line, rows::high(1))?;
    Ok(())
}

/// Panes, filter and print set-up.
fn finish(
    sheet: &mut Sheet<'_>,
    rollup: &Rollup,
    home: &Home,
    figures: usize,
) -> Result<(), XlsxError> {
    let labels = excel_column(FIRST_COLUMN)?;
    let heading = excel_row(LEVELS - 1)?;
    let last = excel_column(FIRST_COLUMN + figures - 1)?;
    let end = excel_row(home.total() - 1)?;
    sheet.around(Around::Panes(excel_row(LEVELS)?, labels));
    sheet.around(Around::Filter(cells::Area {
        first: (heading, 0),
        last: (end, last),
    }));
    // A body's code is a text of digits.
    sheet.around(Around::Digits(cells::Area {
        first: (0, 0),
        last: (end, labels),
    }));
    let title = rollup.title.whole();
    let page = Page {
        title: &title,
        name: home.sheet(),
        script: rollup.script,
        across: true,
        repeated: Some((0, heading)),
        labels: Some((0, 0)),
    };
    page.set_up(sheet);
    Ok(())
}

/// Decimal places of a figure's column: the most that any unit has.
fn places(rollup: &Rollup, figure: &Figure) -> u32 {
    if !figure.kind.is_decimal() {
        return 0;
    }
    let values = rollup.units.iter().map(|unit| unit.value(figure.id));
    values
        .map(|value: Decimal| value.scale())
        .max()
        .unwrap_or(0)
}
