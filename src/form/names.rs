//! What a form calls its figures, part by part, as a data file's comments say it.

use super::id::FigureId;
use super::model::{Cell, Content, Form, Role, Table};
use super::wording::Script;

/// The comments are in simplified characters; `script` in a data file only decides what is
/// printed.
pub(super) const SCRIPT: Script = Script::Hans;

/// Labels of a figure's row, from the outside in.
pub(super) fn labels(form: &Form, id: FigureId) -> Vec<String> {
    let spec = form.spec(id);
    let cells = form.table(spec.table).cells.iter();
    cells
        .filter(|cell| (cell.row..cell.row + cell.row_span).contains(&spec.row))
        .filter_map(|cell| match &cell.content {
            Content::Wording(Role::Label, wording) => Some(wording.text(SCRIPT).to_owned()),
            _ => None,
        })
        .collect()
}

/// Headings of a figure's column, from the outside in; of several blocks those of its own.
pub(super) fn heads(form: &Form, id: FigureId) -> Vec<String> {
    let spec = form.spec(id);
    let table = form.table(spec.table);
    let block = band_row(table, spec.row).unwrap_or(0);
    let cells = table.cells.iter();
    cells
        .filter(|cell| (cell.column..cell.column + cell.column_span).contains(&spec.column))
        .filter(|cell| (block..spec.row).contains(&cell.row))
        .filter_map(|cell| match &cell.content {
            Content::Wording(Role::Head, wording) => Some(wording.text(SCRIPT).to_owned()),
            _ => None,
        })
        .collect()
}

/// The tinted line over a figure's block.
pub(super) fn band(form: &Form, id: FigureId) -> Option<String> {
    let spec = form.spec(id);
    let table = form.table(spec.table);
    let row = band_row(table, spec.row)?;
    table.cells.iter().find_map(|cell| match &cell.content {
        Content::Wording(Role::Band, wording) if cell.row == row => {
            Some(wording.text(SCRIPT).to_owned())
        }
        _ => None,
    })
}

fn band_row(table: &Table, row: usize) -> Option<usize> {
    let bands = table
        .cells
        .iter()
        .filter(|cell| matches!(cell.content, Content::Wording(Role::Band, _)) && cell.row < row);
    bands.map(|cell| cell.row).max()
}

/// The explanations printed in a table.
pub(super) fn notes(table: &Table) -> impl Iterator<Item = String> {
    table.cells.iter().filter_map(|cell| match &cell.content {
        Content::Wording(Role::Note, wording) => Some(wording.text(SCRIPT).to_owned()),
        _ => None,
    })
}

/// The explanations printed in a figure's row: its unit.
pub(super) fn row_notes(form: &Form, id: FigureId) -> Vec<String> {
    let spec = form.spec(id);
    let cells = form.table(spec.table).cells.iter();
    cells
        .filter(|cell| (cell.row..cell.row + cell.row_span).contains(&spec.row))
        .filter_map(|cell| match &cell.content {
            Content::Wording(Role::Note, wording) => Some(wording.text(SCRIPT).to_owned()),
            _ => None,
        })
        .collect()
}

/// Labels of the rows without figures directly above a figure's: 二、回应解读情况.
pub(super) fn over(form: &Form, id: FigureId) -> Vec<String> {
    let spec = form.spec(id);
    let cells = &form.table(spec.table).cells;
    let figure = |cell: &Cell| match cell.content {
        Content::Figure(_) => Some(cell.row + cell.row_span),
        Content::Wording(..) => None,
    };
    let above = cells.iter().filter(|cell| cell.row < spec.row);
    let from = above.filter_map(figure).max().unwrap_or(0);
    let between = cells.iter().filter(|c| (from..spec.row).contains(&c.row));
    between
        .filter_map(|cell| match &cell.content {
            Content::Wording(Role::Label, wording) => Some(wording.text(SCRIPT).to_owned()),
            _ => None,
        })
        .collect()
}
