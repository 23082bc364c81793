//! A form's tables on their grids: the same cells whether they are filled in or not.

use super::model::{Cell, CellContent, Slot, Table};
use crate::form::{Content, FigureId, Form, Script, TableId};

/// A table of the form without notes, with what `figure` makes of its figures.
pub(crate) fn grid<F>(
    form: &Form,
    script: Script,
    id: TableId,
    figure: impl Fn(FigureId) -> F,
) -> Table<F> {
    let spec = form.table(id);
    let cells = spec.cells.iter().map(|cell| Cell {
        row: cell.row,
        column: cell.column,
        row_span: cell.row_span,
        column_span: cell.column_span,
        content: match &cell.content {
            Content::Wording(role, wording) => {
                CellContent::Wording(*role, wording.phrase(script).clone())
            }
            Content::Figure(id) => CellContent::Figure(figure(*id)),
        },
    });
    Table {
        id: spec.id.clone(),
        name: form.table_name(id, script).to_owned(),
        sheet: spec.sheet.text(script).to_owned(),
        rows: spec.rows,
        columns: spec.columns,
        header_rows: spec.header_rows,
        labels: spec.labels,
        cells: cells.collect(),
        notes: Vec::new(),
    }
}

/// What the form says of a figure.
pub(crate) fn slot(form: &Form, script: Script, id: FigureId) -> Slot {
    let spec = form.spec(id);
    let (row, column) = form.figure_name(id, script);
    let definition = form.definitions.iter().find(|d| d.figure == id);
    Slot {
        id,
        key: spec.key.clone(),
        kind: spec.kind,
        printed_unit: form.figure_unit(id, script).map(str::to_owned),
        row: row.to_owned(),
        column: column.to_owned(),
        formula: definition.map(|definition| definition.expr.clone()),
    }
}
