//! 明细: every figure in a row of its own, with whose it is and what it is called.

use super::list::{Column, Item, List, Rows};
use super::style::Look;
use crate::document::{Figure, Table};
use crate::form::Script;

/// Columns of the list.
pub(super) const COLUMNS: usize = 10;

/// Whose figures they are.
pub(super) struct Reporter<'a> {
    /// The body that reports.
    pub organ: &'a str,
    /// Its 统一社会信用代码.
    pub code: Option<&'a str>,
    /// The year reported on.
    pub year: i32,
    /// Name of the form.
    pub form: &'a str,
}

impl<'a> Reporter<'a> {
    /// The record of a figure; `value` is its number, or the formula that fetches it.
    pub fn record(&self, table: &'a Table, figure: &Figure<'a>, value: Item<'a>) -> Vec<Item<'a>> {
        let [table, row, column, key, unit] = names(table, figure);
        vec![
            Item::text(self.organ),
            Item::text(self.code.unwrap_or_default()),
            Item::Number(self.year.into()),
            Item::text(self.form),
            table,
            row,
            column,
            key,
            value,
            unit,
        ]
    }
}

/// What a figure is, for a list: its table, row, column, key and unit.
pub(super) fn names<'a>(table: &'a Table, figure: &Figure<'a>) -> [Item<'a>; 5] {
    [
        Item::text(table.name()),
        Item::text(figure.row),
        Item::text(figure.column),
        Item::text(figure.key),
        Item::text(figure.measure().unwrap_or_default()),
    ]
}

/// The columns of the [names], each so many half characters wide at most.
pub(super) fn name_columns(widest: [u32; 5], script: Script) -> [Column<'static>; 5] {
    let [table, row, column, key, unit] = widest;
    [
        Column::new(["表", "表"], table, Look::Text, script),
        Column::new(["行", "行"], row, Look::Text, script),
        Column::new(["列", "列"], column, Look::Text, script),
        Column::new(["数据项", "數據項"], key, Look::Text, script),
        Column::new(["计量单位", "計量單位"], unit, Look::Word, script),
    ]
}

/// The list of the [records](Reporter::record).
pub(super) fn list(rows: Rows<'_>, script: Script) -> List<'_> {
    let column = |title, widest, look| Column::new(title, widest, look, script);
    let [table, row, name, key, unit] = name_columns([36, 40, 30, 46, 12], script);
    List {
        summary: None,
        columns: vec![
            column(["单位", "單位"], 30, Look::Text),
            column(["统一社会信用代码", "統一社會信用代碼"], 20, Look::Text),
            column(["年度", "年度"], 8, Look::Word),
            column(["格式", "格式"], 16, Look::Word),
            table,
            row,
            name,
            key,
            column(["数值", "數值"], 20, Look::Text),
            unit,
        ],
        rows,
        coloured: None,
    }
}
