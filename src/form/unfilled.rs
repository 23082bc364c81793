//! Figures that are there but not filled in, told by table, by row or one by one.

use super::id::{FigureId, TableId};
use super::model::Form;
use super::wording::Script;
use crate::text::Message;

/// Most rows of a table that are told of one by one.
const MOST_ROWS: usize = 5;

/// Some figures of a table that are not filled in, as a finding tells of them.
pub(crate) struct Unfilled {
    /// The first of them.
    pub first: FigureId,
    /// The others.
    pub others: Vec<FigureId>,
    /// What is not filled in.
    pub message: Message,
}

impl Form {
    /// What to say of the inputs `open` of a table, in its order: one sentence for a table of which
    /// nothing or not much is filled in, else one for each row.
    pub(crate) fn unfilled(
        &self,
        table: TableId,
        open: &[FigureId],
        script: Script,
    ) -> Vec<Unfilled> {
        let Some(first) = open.first().copied() else {
            return Vec::new();
        };
        let row = |id: &FigureId| self.spec(*id).row;
        let inputs = self.figures.iter();
        let inputs = inputs.filter(|spec| spec.table == table && !spec.derived);
        let inputs: Vec<usize> = inputs.map(|spec| spec.row).collect();
        let name = self.table_name(table, script);
        if open.len() > 1 && open.len() == inputs.len() {
            let message = Message::new(
                format!("{name}：整张表还没有填"),
                format!("{name}: the whole table is not filled in"),
            );
            let others = open.iter().skip(1).copied().collect();
            return vec![Unfilled {
                first,
                others,
                message,
            }];
        }
        let rows: Vec<&[FigureId]> = open.chunk_by(|a, b| row(a) == row(b)).collect();
        if rows.len() > MOST_ROWS {
            let (count, label) = (open.len(), self.figure_label(first, script));
            let message = Message::new(
                format!("{name}：还有 {count} 格没有填，第一格是{}", label.zh),
                format!(
                    "{name}: {count} cells are not filled in, first {}",
                    label.en
                ),
            );
            let others = open.iter().skip(1).copied().collect();
            return vec![Unfilled {
                first,
                others,
                message,
            }];
        }
        let told = rows.into_iter().filter_map(|cells| {
            let first = *cells.first()?;
            let whole = inputs.iter().filter(|it| **it == row(&first)).count();
            let Message { zh, en } = self.figure_label(first, script);
            let message = match cells.len() {
                1 => Message::new(format!("{zh}还没有填"), format!("{en} is not filled in")),
                count if count == whole => {
                    let (row, _) = self.figure_name(first, script);
                    Message::new(
                        format!("“{row}”一行还没有填"),
                        format!("row \"{row}\" is not filled in"),
                    )
                }
                count => Message::new(
                    format!("{zh}等 {count} 格还没有填"),
                    format!("{en} and {} more cells are not filled in", count - 1),
                ),
            };
            Some(Unfilled {
                first,
                others: cells.iter().skip(1).copied().collect(),
                message,
            })
        });
        told.collect()
    }
}

/// What to do about figures that are not filled in.
pub(crate) fn fill_in() -> Message {
    Message::new(
        "填上，没有的写 0，不能留空",
        "fill them in, 0 where there is none",
    )
}
