//! A table of the form with an input in each cell that is filled in.

use maud::{Markup, html};

use crate::form::{Cell, Content, FigureId, Form, Kind, Phrase, Role, Script, Table, TableId};

/// The table `number` as it will be printed.
pub(super) fn grid(form: &Form, number: TableId, script: Script) -> Markup {
    let table = form.table(number);
    html! {
        div.scroll {
            table.grid data-table=(table.id) data-rows=(table.rows) data-columns=(table.columns) {
                caption { (form.table_name(number, script)) }
                thead { @for row in 0..table.header_rows { (line(form, table, row, script)) } }
                tbody { @for row in table.header_rows..table.rows { (line(form, table, row, script)) } }
            }
        }
    }
}

fn line(form: &Form, table: &Table, row: usize, script: Script) -> Markup {
    html! {
        tr {
            @for cell in table.cells.iter().filter(|cell| cell.row == row) {
                @match &cell.content {
                    Content::Wording(role, wording) => (label(cell, *role, wording.phrase(script))),
                    Content::Figure(id) => (figure(form, cell, *id, script)),
                }
            }
        }
    }
}

fn label(cell: &Cell, role: Role, phrase: &Phrase) -> Markup {
    let text = broken(phrase);
    let (rows, columns) = spans(cell);
    html! {
        @match role {
            Role::Head => th.head scope=(if columns.is_some() { "colgroup" } else { "col" })
                rowspan=[rows] colspan=[columns] { (text) },
            Role::Label => th.label scope=(if rows.is_some() { "rowgroup" } else { "row" })
                rowspan=[rows] colspan=[columns] { (text) },
            Role::Band => th.band scope="colgroup" rowspan=[rows] colspan=[columns] { (text) },
            Role::Note => td.note rowspan=[rows] colspan=[columns] { (text) },
        }
    }
}

fn figure(form: &Form, cell: &Cell, id: FigureId, script: Script) -> Markup {
    let (rows, columns) = spans(cell);
    let spec = form.spec(id);
    let (row, column) = form.figure_name(id, script);
    let name = [row, column].into_iter().filter(|part| !part.is_empty());
    let name = name.collect::<Vec<_>>().join("，");
    let kind = match spec.kind {
        Kind::Count => "count",
        Kind::Signed => "signed",
        Kind::Amount => "amount",
        Kind::Money => "money",
    };
    html! {
        @if spec.derived {
            td.sum data-sum=(spec.key) data-row=(cell.row) data-column=(cell.column) tabindex="-1" title=(name)
                rowspan=[rows] colspan=[columns] {}
        } @else {
            td.figure rowspan=[rows] colspan=[columns] {
                input data-key=(spec.key) data-kind=(kind) data-row=(cell.row) data-column=(cell.column)
                    type="text" size="9" inputmode="numeric" autocomplete="off" spellcheck="false" aria-label=(name);
                @if let Some(unit) = form.figure_unit(id, script) { span.unit { (unit) } }
            }
        }
    }
}

/// A wording that is broken where the form says.
fn broken(phrase: &Phrase) -> Markup {
    html! {
        @for (place, c) in phrase.text.chars().enumerate() {
            @if phrase.breaks.contains(&place) { wbr; }
            (c)
        }
    }
}

/// Rows and columns that a cell covers, where it is merged.
fn spans(cell: &Cell) -> (Option<usize>, Option<usize>) {
    let merged = |span: usize| (span > 1).then_some(span);
    (merged(cell.row_span), merged(cell.column_span))
}
