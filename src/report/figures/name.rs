//! What findings call tables, rows and figures: their official names.

use super::FigureReader;
use crate::data::fields::join;
use crate::finding::Message;
use crate::form::{FigureId, Table, TableId};

impl FigureReader<'_> {
    /// What the form calls the table, row or figure at `key`, or what is below it.
    pub(super) fn title(&self, table: TableId, key: &str) -> Message {
        let spec = self.form.table(table);
        if key == spec.id {
            quoted(self.form.table_name(table, self.script))
        } else if let Some(series) = self.row(spec, key) {
            let first = join(key, series.first().map_or("", String::as_str));
            row_title(&self.row_name(&first))
        } else if let Some(id) = self.form.figure(key) {
            self.figure_name(id)
        } else {
            let first = format!("{key}.");
            let id = self
                .form
                .figures
                .iter()
                .position(|figure| figure.key.starts_with(&first));
            let name = id.map(|id| self.group_name(FigureId(id), spec, key));
            quoted(&name.unwrap_or_default())
        }
    }

    pub(super) fn row_name(&self, first_key: &str) -> String {
        self.form
            .figure(first_key)
            .map_or("", |id| self.form.figure_name(id, self.script).0)
            .to_owned()
    }

    /// What the figures below `key` have in common: their row, or the heading over them.
    fn group_name(&self, id: FigureId, table: &Table, key: &str) -> String {
        let (row, column) = self.form.figure_name(id, self.script);
        let mut words: Vec<&str> = if row.is_empty() {
            column.split(' ').collect()
        } else {
            row.split(' ').collect()
        };
        let shared = !row.is_empty() && table.series.is_none();
        if !shared && words.len() > 1 {
            words.pop();
        }
        if words.is_empty() {
            key.to_owned()
        } else {
            words.join(" ")
        }
    }

    pub(super) fn figure_name(&self, id: FigureId) -> Message {
        self.form.figure_label(id, self.script)
    }
}

/// A row by its name.
pub(super) fn row_title(name: &str) -> Message {
    Message::new(format!("“{name}”一行"), format!("row \"{name}\""))
}

fn quoted(name: &str) -> Message {
    Message::new(format!("“{name}”"), format!("\"{name}\""))
}
