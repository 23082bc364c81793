//! The tables of a data file that is filled in, laid out as the template lays out a blank one.

use super::id::{FigureId, TableId};
use super::model::{FigureSpec, Form};
use super::names::{SCRIPT, band, labels, over};
use super::template::{Row, Start, above_tables, apart, by_header, figures, last, parent, rows};
use crate::text::Span;

/// A data file with its figures as `value` says them and its texts left blank.
pub fn data_file(
    form: &Form,
    start: &Start<'_>,
    value: &dyn Fn(FigureId) -> Option<String>,
) -> String {
    let mut out = above_tables(form, start);
    tables(form, value, &mut out);
    out
}

/// Writes every table of the form to the end of `out`; a figure is written as `value` says it,
/// and left out where that is none and the form can do without. Returns which bytes of `out` are
/// which figure's.
pub fn tables(
    form: &Form,
    value: &dyn Fn(FigureId) -> Option<String>,
    out: &mut String,
) -> Vec<(FigureId, Span)> {
    let mut writer = Writer {
        form,
        value,
        out,
        spans: Vec::new(),
    };
    for (index, table) in form.tables.iter().enumerate() {
        let id = TableId(index);
        let heading = form.table_name(id, SCRIPT);
        writer.out.push_str(&format!("\n# {heading}\n"));
        let all = figures(form, id);
        match &table.series {
            Some(series) => writer.lists(&table.id, series, &all),
            None if all.iter().any(|figure| apart(&all, figure)) => {
                writer.sections(&table.id, &all);
            }
            None => writer.groups(&table.id, &all),
        }
    }
    writer.spans
}

struct Writer<'a> {
    form: &'a Form,
    value: &'a dyn Fn(FigureId) -> Option<String>,
    out: &'a mut String,
    spans: Vec<(FigureId, Span)>,
}

impl Writer<'_> {
    /// `granted = [1175, 12, 0, 3, 1, 0]`
    fn lists(&mut self, table: &str, series: &[String], all: &[(FigureId, &FigureSpec)]) {
        let rows = rows(all, |key| parent(key).to_owned());
        let name = |row: &Row| {
            let prefix = format!("{table}.");
            let rest = row.key.strip_prefix(&prefix).unwrap_or(&row.key);
            last(rest).to_owned()
        };
        let wide = rows.iter().map(|row| name(row).len()).max().unwrap_or(0);
        // A column that is derived in every row (总计) may be left out.
        let inputs = series
            .iter()
            .filter(|part| {
                all.iter()
                    .any(|(_, spec)| last(&spec.key) == part.as_str() && !spec.derived)
            })
            .count();
        let mut group = None;
        // Rows of [requests] itself come first: behind [requests.denied] they would belong to it.
        for row in by_header(&rows, table) {
            let ids: Vec<FigureId> = series
                .iter()
                .filter_map(|part| self.form.figure(&format!("{}.{part}", row.key)))
                .collect();
            let mut given: Vec<(FigureId, String)> = Vec::new();
            for id in ids.iter().copied() {
                match (self.value)(id) {
                    Some(value) => given.push((id, value)),
                    None => break,
                }
            }
            if given.len() < ids.len() {
                given.truncate(inputs);
            }
            let mut names = labels(self.form, row.first);
            if group != Some(parent(&row.key)) {
                let header = parent(&row.key);
                let above = names
                    .get(..names.len().saturating_sub(1))
                    .unwrap_or_default()
                    .join(" ");
                self.out.push_str(&match group {
                    None => format!("[{header}]\n"),
                    Some(_) => format!("\n[{header}]  # {above}\n"),
                });
                group = Some(header);
            }
            if given.len() < inputs {
                continue;
            }
            if parent(&row.key) != table {
                names.drain(..names.len().saturating_sub(1));
            }
            self.out.push_str(&format!("{:wide$} = [", name(row)));
            for (number, (id, value)) in given.iter().enumerate() {
                if number > 0 {
                    self.out.push_str(", ");
                }
                let pad = 4_usize.saturating_sub(value.chars().count());
                self.out.push_str(&" ".repeat(pad));
                self.put(*id, value);
            }
            self.out.push_str(&format!("]  # {}\n", names.join(" ")));
        }
    }

    /// `regulations = { made = 0, repealed = 0, in_force = 2 }`
    fn groups(&mut self, table: &str, all: &[(FigureId, &FigureSpec)]) {
        self.out.push_str(&format!("[{table}]\n"));
        let rows = rows(all, |key| {
            let above = parent(key);
            if above == table { key } else { above }.to_owned()
        });
        let name = |row: &Row| {
            let rest = row.key.strip_prefix(table).unwrap_or(&row.key);
            rest.trim_start_matches('.').to_owned()
        };
        let wide = rows.iter().map(|row| name(row).len()).max().unwrap_or(0);
        let mut said = None;
        for row in &rows {
            let given: Vec<(FigureId, &FigureSpec, String)> = row
                .members(all)
                .filter_map(|(id, spec)| Some((*id, *spec, (self.value)(*id)?)))
                .collect();
            if given.is_empty() {
                continue;
            }
            let band = band(self.form, row.first);
            if band != said {
                if let Some(band) = &band {
                    self.out.push_str(&format!("# {band}\n"));
                }
                said = band;
            }
            self.out.push_str(&format!("{:wide$} = ", name(row)));
            match given.as_slice() {
                [(id, spec, value)] if spec.key == row.key => self.put(*id, value),
                _ => {
                    for (number, (id, spec, value)) in given.iter().enumerate() {
                        let before = if number > 0 { ", " } else { "{ " };
                        self.out
                            .push_str(&format!("{before}{} = ", last(&spec.key)));
                        self.put(*id, value);
                    }
                    self.out.push_str(" }");
                }
            }
            let names = labels(self.form, row.first).join(" ");
            self.out.push_str(&comment(&names));
        }
    }

    /// `[statistics.requests]` and `fax = 0` below it.
    fn sections(&mut self, table: &str, all: &[(FigureId, &FigureSpec)]) {
        let mut groups: Vec<&str> = vec![table];
        for (_, spec) in all {
            let group = parent(&spec.key);
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        for group in groups {
            let members = all.iter().filter(|(_, spec)| parent(&spec.key) == group);
            let given: Vec<(FigureId, &FigureSpec, String)> = members
                .filter_map(|(id, spec)| Some((*id, *spec, (self.value)(*id)?)))
                .collect();
            if group != table {
                self.out.push('\n');
            }
            let above = given
                .first()
                .map_or_else(Vec::new, |(id, ..)| over(self.form, *id));
            for label in above {
                self.out.push_str(&format!("# {label}\n"));
            }
            self.out.push_str(&format!("[{group}]\n"));
            let wide = given.iter().map(|(_, spec, _)| last(&spec.key).len()).max();
            let wide = wide.unwrap_or(0);
            for (id, spec, value) in &given {
                self.out.push_str(&format!("{:wide$} = ", last(&spec.key)));
                self.put(*id, value);
                let names = labels(self.form, *id).join(" ");
                self.out.push_str(&comment(&names));
            }
        }
    }

    fn put(&mut self, id: FigureId, value: &str) {
        let start = self.out.len();
        self.out.push_str(value);
        self.spans.push((id, start..self.out.len()));
    }
}

/// What a line is about, at its end.
fn comment(names: &str) -> String {
    if names.is_empty() {
        "\n".to_owned()
    } else {
        format!("  # {names}\n")
    }
}
