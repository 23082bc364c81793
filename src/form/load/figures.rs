//! The figures of a form: numbered, each with a key of its own.

use super::{Loader, is_name};
use crate::form::id::{FigureId, TableId};
use crate::form::model::{FigureSpec, Kind};
use crate::text::Message;

/// Most figures of one form. The built-in ones have 200.
const MAX_FIGURES: usize = 5_000;
/// Most parts of a figure's key, the table's name included.
const MAX_PARTS: usize = 8;
/// Longest key, in characters: it is also the figure's name in the workbook, which has 255
/// (ECMA-376 Part 1, 18.2.5), less what may have to be added to tell it from another.
const MAX_KEY: usize = 240;

impl Loader<'_> {
    pub(super) fn figure(
        &mut self,
        key: String,
        kind: Kind,
        table: TableId,
        row: usize,
        column: usize,
    ) -> Result<FigureId, Message> {
        if self.by_key.contains_key(&key) {
            return Err(Message::new(
                format!("数据项 {key} 写了两次"),
                format!("figure {key} is given twice"),
            ));
        }
        let fits = key.len() <= MAX_KEY && key.split('.').count() <= MAX_PARTS;
        if !fits || !key.split('.').all(is_name) {
            let key: String = key.chars().take(MAX_KEY).collect();
            return Err(Message::new(
                format!(
                    "键 {key} 不能用：用字母、数字、下划线，点隔开，至多 {MAX_PARTS} 段 {MAX_KEY} 个字符"
                ),
                format!(
                    "key {key} can't be used: parts of letters, digits and _, {MAX_PARTS} at most, dots between, {MAX_KEY} characters in all"
                ),
            ));
        }
        // In a data file a key holds either a number or more keys.
        let groups: Vec<&str> = key.match_indices('.').map(|(at, _)| &key[..at]).collect();
        let above = groups
            .iter()
            .find(|group| self.by_key.contains_key(**group));
        if let Some(both) = above
            .copied()
            .or(self.groups.contains(&key).then_some(&key))
        {
            return Err(Message::new(
                format!("{both} 既是数据项，又是一组数据项"),
                format!("{both} is both a figure and a group of figures"),
            ));
        }
        if self.figures.len() == MAX_FIGURES {
            return Err(Message::new(
                format!("数据项超过 {MAX_FIGURES} 个"),
                format!("there are more than {MAX_FIGURES} figures"),
            ));
        }
        self.groups.extend(groups.into_iter().map(str::to_owned));
        let id = FigureId(self.figures.len());
        self.by_key.insert(key.clone(), id);
        self.figures.push(FigureSpec {
            key,
            kind,
            table,
            row,
            column,
            derived: false,
        });
        Ok(id)
    }
}
