//! 明细: every figure in a row of its own, with whose it is and what it is called.

use super::list::{Column, Item, List, Rows};
use super::style::Look;
use super::words::Pair;
use crate::document::{Document, Figure};
use crate::form::Script;

/// Columns of the list.
pub(super) const COLUMNS: usize = 10;

/// One figure of one report.
pub(super) struct Entry<'a> {
    /// The body that reports.
    pub organ: &'a str,
    /// Its 统一社会信用代码.
    pub code: Option<&'a str>,
    /// The year reported on.
    pub year: i32,
    /// Name of the form.
    pub form: &'a str,
    /// Official name of the figure's table.
    pub table: &'a str,
    /// What the figure is.
    pub figure: Figure<'a>,
    /// Its value, or the formula that fetches it.
    pub value: Item<'a>,
}

impl<'a> Entry<'a> {
    /// The entry of a figure of `document`.
    pub fn of(document: &'a Document, table: &'a str, figure: Figure<'a>, value: Item<'a>) -> Self {
        Self {
            organ: &document.organ,
            code: document.particulars.get("organ.code").map(String::as_str),
            year: document.year,
            form: &document.form,
            table,
            figure,
            value,
        }
    }

    /// Its record.
    pub fn items(self) -> Vec<Item<'a>> {
        vec![
            Item::text(self.organ),
            Item::text(self.code.unwrap_or_default()),
            Item::Number(self.year.into()),
            Item::text(self.form),
            Item::text(self.table),
            Item::text(self.figure.row),
            Item::text(self.figure.column),
            Item::text(self.figure.key),
            self.value,
            Item::text(self.figure.measure().unwrap_or_default()),
        ]
    }
}

/// The list of the records, each of which is an entry's [items](Entry::items).
pub(super) fn list(rows: Rows<'_>, script: Script) -> List<'_> {
    let column = |title, widest, look| Column::new(title, widest, look, script);
    List {
        summary: None,
        columns: vec![
            column(Pair("单位", "單位"), 30, Look::Text),
            column(Pair("统一社会信用代码", "統一社會信用代碼"), 20, Look::Text),
            column(Pair("年度", "年度"), 8, Look::Word),
            column(Pair("格式", "格式"), 16, Look::Word),
            column(Pair("表", "表"), 36, Look::Text),
            column(Pair("行", "行"), 40, Look::Text),
            column(Pair("列", "列"), 30, Look::Text),
            column(Pair("数据项", "數據項"), 46, Look::Text),
            column(Pair("数值", "數值"), 20, Look::Text),
            column(Pair("计量单位", "計量單位"), 12, Look::Word),
        ],
        rows,
        coloured: None,
    }
}
