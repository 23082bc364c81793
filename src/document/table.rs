//! A table as it is to be shown: the form's own grid, and the values in it.

use std::ops::Deref;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::form::{self, Content, Expr, FigureId, Form, Kind, Script, TableId};

/// A table of a report, or of a blank form. Grid and wording are the form's, which all tables share.
#[derive(Debug, Clone)]
pub struct Table {
    /// The form.
    pub form: Arc<Form>,
    /// The table's number there.
    pub number: TableId,
    /// Script of its wording.
    pub script: Script,
    /// The values of all figures of the form, by [`FigureId`]; none in a blank form.
    pub values: Option<Arc<[Value]>>,
    /// Notes on its cells, in the order of the cells.
    pub notes: Vec<Note>,
}

/// The value of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The number.
    pub number: Decimal,
    /// Its unit, where the cell gives one.
    pub unit: Option<String>,
}

/// The place of a figure: what the form says of it, whatever its value.
#[derive(Debug, Clone, Copy)]
pub struct Slot<'a> {
    /// Its number in the form.
    pub id: FigureId,
    /// Its dotted key.
    pub key: &'a str,
    /// What kind of number it is.
    pub kind: Kind,
    /// The unit that the form prints beside it, such as 万元.
    pub printed_unit: Option<&'a str>,
    /// The official name of its row; empty where there is none.
    pub row: &'a str,
    /// The official name of its column; empty where there is none.
    pub column: &'a str,
    /// What it is the sum of, where it is derived.
    pub formula: Option<&'a Expr>,
}

/// A figure as it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Figure<'a> {
    /// Its place.
    pub slot: Slot<'a>,
    /// Its value.
    pub value: Decimal,
    /// Its unit, where the cell gives one.
    pub unit: Option<&'a str>,
}

/// A note on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Key of the figure that it is about.
    pub key: String,
    /// What it says.
    pub text: String,
}

impl Deref for Table {
    type Target = form::Table;

    fn deref(&self) -> &form::Table {
        self.form.table(self.number)
    }
}

impl Table {
    /// The heading of its section.
    pub fn name(&self) -> &str {
        self.form.table_name(self.number, self.script)
    }

    /// Name of its sheet in the workbook.
    pub fn sheet(&self) -> &str {
        self.sheet.text(self.script)
    }

    /// The places of its figures, in the order of its cells.
    pub fn slots(&self) -> impl Iterator<Item = Slot<'_>> {
        self.cells.iter().filter_map(|cell| match cell.content {
            Content::Figure(id) => Some(self.slot(id)),
            Content::Wording(..) => None,
        })
    }

    /// Its figures, in the order of its cells; none in a blank form.
    pub fn figures(&self) -> impl Iterator<Item = Figure<'_>> {
        self.slots().filter_map(|slot| self.filled(slot))
    }

    /// What the form says of a figure.
    pub fn slot(&self, id: FigureId) -> Slot<'_> {
        let spec = self.form.spec(id);
        let (row, column) = self.form.figure_name(id, self.script);
        let mut definitions = self.form.definitions.iter();
        Slot {
            id,
            key: &spec.key,
            kind: spec.kind,
            printed_unit: self.form.figure_unit(id, self.script),
            row,
            column,
            formula: definitions
                .find(|definition| definition.figure == id)
                .map(|definition| &definition.expr),
        }
    }

    /// A figure; none in a blank form.
    pub fn figure(&self, id: FigureId) -> Option<Figure<'_>> {
        self.filled(self.slot(id))
    }

    /// The number of the note on a figure, from 0.
    pub fn note_on(&self, id: FigureId) -> Option<usize> {
        let key = &self.form.spec(id).key;
        self.notes.iter().position(|note| note.key == *key)
    }

    fn filled<'a>(&'a self, slot: Slot<'a>) -> Option<Figure<'a>> {
        let value = self.values.as_ref()?.get(slot.id.0)?;
        Some(Figure {
            slot,
            value: value.number,
            unit: value.unit.as_deref(),
        })
    }
}

impl<'a> Deref for Figure<'a> {
    type Target = Slot<'a>;

    fn deref(&self) -> &Slot<'a> {
        &self.slot
    }
}

impl<'a> Figure<'a> {
    /// The value and its unit, as printed: `6` and `条`; no separators.
    pub fn printed(&self) -> (String, &'a str) {
        (self.value.to_string(), self.unit.unwrap_or_default())
    }

    /// Both as one text: `6条`, `59237.2449`.
    pub fn text(&self) -> String {
        let (value, unit) = self.printed();
        value + unit
    }

    /// The unit that its value is in, wherever that is said.
    pub fn measure(&self) -> Option<&'a str> {
        self.unit.or(self.printed_unit)
    }
}
