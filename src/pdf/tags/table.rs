//! A table's part of the structure tree.
//!
//! A label that spans a page break is drawn on both pages, and stands in the tree as it is drawn:
//! a TH for the rows above the break and one for those below. So each page of a table says by
//! itself what its rows belong to, to an eye, to an ear and to a program that takes tables out.

use std::ops::Range;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::Tree;
use crate::document::Table;
use crate::form::{Cell, Content, Role};
use crate::pdf::marked_content::Key;
use crate::pdf::objects::{string, text};

/// What is drawn of a cell in one part of its table: all of it, or the rows on one side of a
/// page break.
struct Piece<'t> {
    cell: &'t Cell,
    /// The cell's number in the table.
    index: usize,
    /// The part, from 0.
    part: usize,
    /// The rows of the table that it covers.
    rows: Range<usize>,
    /// Its identifier, for the figures that it is a heading of.
    id: String,
}

impl Tree<'_> {
    /// The Table element with all that is in it.
    pub(super) fn table(&mut self, table: &Table, block: usize, parent: ObjectId) -> ObjectId {
        let id = self.objects.new_object_id();
        let whole = table.header_rows..table.rows;
        let parts = self.tables.get(&block);
        let parts = parts.map_or(std::slice::from_ref(&whole), Vec::as_slice);
        let pieces = pieces(table, parts, block);
        let mut kids = Vec::new();
        for (tag, rows) in [
            ("THead", 0..table.header_rows),
            ("TBody", table.header_rows..table.rows),
        ] {
            if rows.is_empty() {
                continue;
            }
            let group = self.objects.new_object_id();
            let rows = rows.map(|row| self.row(table, &pieces, block, row, group));
            let rows: Vec<_> = rows.collect();
            self.element(group, tag, id, rows, Dictionary::new());
            kids.push(group.into());
        }
        let attributes = dictionary! { "O" => "Table", "Summary" => text(table.name()) };
        self.element(id, "Table", parent, kids, dictionary! { "A" => attributes });
        id
    }

    fn row(
        &mut self,
        table: &Table,
        pieces: &[Piece<'_>],
        block: usize,
        row: usize,
        parent: ObjectId,
    ) -> Object {
        let id = self.objects.new_object_id();
        let mut starting: Vec<&Piece<'_>> = pieces
            .iter()
            .filter(|piece| piece.rows.start == row)
            .collect();
        starting.sort_by_key(|piece| piece.cell.column);
        let cells = starting.into_iter();
        let cells = cells
            .map(|piece| self.cell(table, pieces, piece, block, id))
            .collect();
        self.element(id, "TR", parent, cells, Dictionary::new());
        id.into()
    }

    fn cell(
        &mut self,
        table: &Table,
        pieces: &[Piece<'_>],
        piece: &Piece<'_>,
        block: usize,
        parent: ObjectId,
    ) -> Object {
        let mut attributes = dictionary! { "O" => "Table" };
        for (key, span) in [
            ("RowSpan", piece.rows.len()),
            ("ColSpan", piece.cell.column_span),
        ] {
            if span > 1 {
                attributes.set(key, span as i64);
            }
        }
        let key = Key::Cell {
            block,
            cell: piece.index,
            part: piece.part,
        };
        let Some(scope) = scope(piece.cell) else {
            let headers = headers(pieces, piece).map(|header| string(&header.id));
            let headers: Vec<Object> = headers.collect();
            if !headers.is_empty() {
                attributes.set("Headers", headers);
            }
            let id = self.objects.new_object_id();
            let mut entries = dictionary! { "A" => attributes };
            let mut kids = self.content_of(id, key, &mut entries);
            if let Content::Figure(figure) = piece.cell.content {
                kids.extend(self.mark(table, block, figure, id));
            }
            self.element(id, "TD", parent, kids, entries);
            return id.into();
        };
        attributes.set("Scope", scope);
        let entries = dictionary! { "ID" => string(&piece.id), "A" => attributes };
        let element = self.leaf("TH", parent, key, entries);
        self.ids.insert(piece.id.clone(), element.clone());
        element
    }
}

/// The pieces of all cells. Cells of the heading belong to the first part: above later ones they
/// are artifacts.
fn pieces<'t>(table: &'t Table, parts: &[Range<usize>], block: usize) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    for (index, cell) in table.cells.iter().enumerate() {
        let rows = cell.row..cell.row + cell.row_span;
        let mut add = |part, rows| {
            pieces.push(Piece {
                cell,
                index,
                part,
                rows,
                id: match part {
                    0 => format!("{block}c{index}"),
                    _ => format!("{block}c{index}p{part}"),
                },
            });
        };
        if cell.row < table.header_rows {
            add(0, rows);
            continue;
        }
        for (part, shown) in parts.iter().enumerate() {
            let rows = rows.start.max(shown.start)..rows.end.min(shown.end);
            if !rows.is_empty() {
                add(part, rows);
            }
        }
    }
    pieces
}

/// What a heading cell is a heading of; none for other cells.
fn scope(cell: &Cell) -> Option<&'static str> {
    match &cell.content {
        Content::Wording(Role::Band | Role::Head, _) => Some("Column"),
        Content::Wording(Role::Label, _) => Some("Row"),
        Content::Wording(Role::Note, _) | Content::Figure(_) => None,
    }
}

/// The heading cells of a figure: labels of its rows, then heads above its columns, those of its
/// own block only where bands divide the table.
fn headers<'p, 't>(
    pieces: &'p [Piece<'t>],
    figure: &'p Piece<'t>,
) -> impl Iterator<Item = &'p Piece<'t>> {
    let is_figure = matches!(figure.cell.content, Content::Figure(_));
    let is_band = |cell: &Cell| matches!(cell.content, Content::Wording(Role::Band, _));
    let block = pieces
        .iter()
        .filter(|piece| is_band(piece.cell) && piece.rows.start < figure.rows.start)
        .map(|piece| piece.rows.start)
        .max()
        .unwrap_or(0);
    let columns = |cell: &Cell| cell.column..cell.column + cell.column_span;
    pieces.iter().filter(move |piece| {
        is_figure
            && match scope(piece.cell) {
                Some("Row") => overlap(&piece.rows, &figure.rows),
                Some(_) => {
                    piece.rows.start >= block
                        && piece.rows.end <= figure.rows.start
                        && overlap(&columns(piece.cell), &columns(figure.cell))
                }
                None => false,
            }
    })
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
