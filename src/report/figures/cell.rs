//! One figure with what may stand beside it: its unit and a note.

use super::{FigureReader, GivenCell};
use crate::data::fields::{Fields, join};
use crate::data::{Node, Value, Worded};
use crate::form::FigureId;
use crate::report::model::Given;
use crate::text::{Code, Message};

/// Longest unit, in characters.
const LONGEST_UNIT: usize = 8;
/// Longest note on a cell, in characters.
const LONGEST_NOTE: usize = 200;

impl FigureReader<'_> {
    /// One figure: a number, or `{ value, unit, note }`.
    pub(super) fn cell(&mut self, fields: &mut Fields<'_>, id: FigureId, node: &Node) {
        let spec = self.form.spec(id);
        let (mut unit, mut note) = (None, None);
        let number = match &node.value {
            Value::Table(entries) => {
                for entry in entries {
                    let key = join(&spec.key, &entry.name);
                    match entry.name.as_str() {
                        "value" => {}
                        "unit" => unit = self.unit(fields, &entry.node, &key),
                        "note" => note = fields.text(&entry.node, &key, LONGEST_NOTE),
                        _ => fields.unknown_key(entry, &spec.key, &["value", "unit", "note"]),
                    }
                }
                match entries.iter().find(|entry| entry.name == "value") {
                    Some(entry) => &entry.node,
                    None => {
                        fields.missing(
                            &node.span,
                            &spec.key,
                            Message::new(
                                format!("{}缺少 value", self.form.figure_label(id, self.script).zh),
                                format!(
                                    "{}: value is missing",
                                    self.form.figure_label(id, self.script).en
                                ),
                            ),
                            Message::new(
                                "写成 { value = 0, note = \"……\" }",
                                "write { value = 0, note = \"…\" }",
                            ),
                        );
                        return;
                    }
                }
            }
            _ => node,
        };
        if matches!(&number.value, Value::Text(text) if text.trim().is_empty()) {
            // A sum that nobody has filled in is worked out.
            if !spec.derived {
                self.open.push((id, number.span.clone()));
            }
            return;
        }
        if let Some(value) = self.number(fields, id, number) {
            let given = Given {
                value,
                place: fields.place(&number.span),
            };
            if let Some(cell) = self.cells.get_mut(id.0) {
                *cell = Some(GivenCell { given, unit, note });
            }
        }
    }

    fn unit(&self, fields: &mut Fields<'_>, node: &Node, key: &str) -> Option<Worded> {
        let unit = fields.text(node, key, LONGEST_UNIT)?;
        // The unit becomes part of a number format, in which these have a meaning.
        let odd = unit.text.contains(['"', '\\', '[', ']', ';', '@']);
        if odd || unit.text.starts_with(|c: char| c.is_ascii_digit()) {
            let message = Message::new(
                format!("“{}”不是单位", unit.text),
                format!("\"{}\" is no unit", unit.text),
            );
            let remedy = Message::new("写 件、条、项、元、万元 等", "write 件, 条, 项, 元 or 万元");
            fields.fault(node, key, Code::WrongType, message, remedy);
            return None;
        }
        Some(unit)
    }
}
