//! Reading the figures: every one that the form asks for, once, exact.

mod cell;
mod list;
mod missing;
mod number;

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::model::{Figure, Given};
use crate::data::fields::{Fields, join};
use crate::data::{Entry, Value, Worded};
use crate::form::{FigureId, Form, Script, Table, TableId};
use crate::text::{Message, Span};

/// What the file says of each figure, by [`FigureId`]; none where it says nothing.
pub(super) struct GivenCells {
    cells: Vec<Option<GivenCell>>,
}

struct GivenCell {
    given: Given,
    unit: Option<Worded>,
    note: Option<Worded>,
}

impl GivenCells {
    /// Reads the tables of `form` out of the file.
    pub fn read(fields: &mut Fields<'_>, form: &Form, script: Script) -> Self {
        let mut reader = FigureReader {
            form,
            script,
            cells: form.figures.iter().map(|_| None).collect(),
            inputs: inputs(form),
            open: Vec::new(),
        };
        let root = &fields.raw.root;
        for (index, table) in form.tables.iter().enumerate() {
            let id = TableId(index);
            match root.get(&table.id) {
                Some(entry) => reader.group(fields, id, &table.id, entry),
                None => reader.missing(fields, id, &table.id, &root.span),
            }
            reader.unfilled(fields, id);
        }
        Self {
            cells: reader.cells,
        }
    }

    /// The figures with the derived ones computed; none where an input is missing.
    pub fn figures(self, form: &Form) -> Option<Vec<Figure>> {
        let mut figures: Vec<Figure> = Vec::with_capacity(self.cells.len());
        for (cell, spec) in self.cells.into_iter().zip(&form.figures) {
            figures.push(match cell {
                Some(cell) => Figure {
                    value: cell.given.value,
                    unit: cell.unit,
                    note: cell.note,
                    given: Some(cell.given),
                },
                None if spec.derived => Figure {
                    value: Decimal::ZERO,
                    unit: None,
                    note: None,
                    given: None,
                },
                None => return None,
            });
        }
        for definition in &form.definitions {
            let value = definition.expr.value(|id, previous| {
                figures
                    .get(id.0)
                    .filter(|_| !previous)
                    .map(|figure| figure.value)
            })?;
            if let Some(figure) = figures.get_mut(definition.figure.0) {
                figure.value = value;
            }
        }
        Some(figures)
    }
}

struct FigureReader<'a> {
    form: &'a Form,
    script: Script,
    cells: Vec<Option<GivenCell>>,
    /// Inputs in each row of each table.
    inputs: Vec<usize>,
    /// Inputs of the table at hand that are written `""`, as the desk writes what is to be filled in, and
    /// where.
    open: Vec<(FigureId, Span)>,
}

impl FigureReader<'_> {
    fn group(&mut self, fields: &mut Fields<'_>, table: TableId, key: &str, entry: &Entry) {
        let Value::Table(entries) = &entry.node.value else {
            let written = self.as_written(table, key);
            let name = self.form.title_at(table, key, self.script);
            let remedy = Message::new(format!("写成 {written}"), format!("write {written}"));
            fields.wrong_type(&entry.node, key, &name, ("一组数据", "a table"), remedy);
            return;
        };
        let known = self.form.names_below(key);
        for name in &known {
            let child = join(key, name);
            match entries.iter().find(|e| e.name == *name) {
                Some(found) => self.value(fields, table, &child, found),
                None if self.form.is_derived(&child) => {}
                None => self.missing(fields, table, &child, &entry.span),
            }
        }
        for found in entries {
            if !known.contains(&found.name.as_str()) {
                fields.unknown_key(found, key, &known);
            }
        }
    }

    fn value(&mut self, fields: &mut Fields<'_>, table: TableId, key: &str, entry: &Entry) {
        if let Some(ids) = self.form.row_at(table, key) {
            self.list(fields, (table, key), &ids, &entry.node);
        } else if let Some(id) = self.form.figure(key) {
            self.cell(fields, id, &entry.node);
        } else {
            self.group(fields, table, key, entry);
        }
    }

    /// How many figures a row of the table has to give: it may leave out the columns that are derived
    /// in every row (总计).
    fn inputs(&self, table: TableId) -> usize {
        self.inputs.get(table.0).copied().unwrap_or_default()
    }
}

/// Inputs in each row of each table.
fn inputs(form: &Form) -> Vec<usize> {
    let mut given = HashSet::new();
    for spec in form.figures.iter().filter(|spec| !spec.derived) {
        given.extend(spec.key.rsplit('.').next());
    }
    let inputs = |table: &Table| {
        let series = table.series.iter().flatten();
        series.filter(|part| given.contains(part.as_str())).count()
    };
    form.tables.iter().map(inputs).collect()
}
