//! Tables, rows and figures that are not there, and how to write them.

use super::FigureReader;
use crate::data::fields::{Fields, join, last};
use crate::form::{FigureId, TableId, fill_in};
use crate::text::{Code, Finding, Message, Span};

impl FigureReader<'_> {
    /// One finding for a table, row or figure that isn't there, however many figures it has.
    pub(super) fn missing(
        &self,
        fields: &mut Fields<'_>,
        table: TableId,
        key: &str,
        parent: &Span,
    ) {
        let spec = self.form.table(table);
        let title = self.form.table_name(table, self.script);
        let name = self.form.title_at(table, key, self.script);
        let remedy = self.as_written(table, key);
        let message = if key == spec.id {
            Message::new(
                format!("缺少整张表：{title}"),
                format!("the whole table is missing: {title}"),
            )
        } else {
            Message::new(
                format!("{title}：缺少{}", name.zh),
                format!("{title}: {} is missing", name.en),
            )
        };
        fields.missing(
            parent,
            key,
            message,
            Message::new(
                format!("加上 {remedy}，没有的写 0"),
                format!("add {remedy}, 0 where there is none"),
            ),
        );
    }

    /// One finding for the figures of a table or row that are there without a number, however many they
    /// are.
    pub(super) fn unfilled(&mut self, fields: &mut Fields<'_>, table: TableId) {
        let mut open = std::mem::take(&mut self.open);
        open.sort_by_key(|(id, _)| id.0);
        let ids: Vec<FigureId> = open.iter().map(|(id, _)| *id).collect();
        for told in self.form.unfilled(table, &ids, self.script) {
            let span = open.iter().find(|(id, _)| *id == told.first);
            let span = span.map_or(0..0, |(_, span)| span.clone());
            let finding = Finding::new(Code::MissingKey, told.message)
                .at(fields.place(&span))
                .key(&self.form.spec(told.first).key)
                .remedy(fill_in());
            fields.push(finding);
        }
    }

    /// How a data file writes what is at `key`, with zeros for the figures.
    pub(super) fn as_written(&self, table: TableId, key: &str) -> String {
        let spec = self.form.table(table);
        let last = last(key);
        if key == spec.id {
            format!("[{key}]")
        } else if self.form.row_at(table, key).is_some() {
            let zeros = vec!["0"; self.inputs(table)].join(", ");
            format!("{last} = [{zeros}]")
        } else if self.form.figure(key).is_some() {
            format!("{last} = 0")
        } else if spec.series.is_some() {
            format!("[{key}]")
        } else {
            let below = self.form.names_below(key).into_iter();
            let below = below.filter(|name| !self.form.is_derived(&join(key, name)));
            let below: Vec<String> = below.map(|name| format!("{name} = 0")).collect();
            format!("{last} = {{ {} }}", below.join(", "))
        }
    }
}
