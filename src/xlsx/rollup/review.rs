//! 核对: every file with what became of it and what was found in it, and the units without one.

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ColNum, RowNum};

use crate::form::Script;
use crate::rollup::{Line, Remark, Rollup, State};
use crate::text::{Lang, Severity};
use crate::xlsx::Pair;
use crate::xlsx::checks::BAD;
use crate::xlsx::list::{Column, Item, List, Rows, Summary};
use crate::xlsx::style::Look;

/// Row of the first file, from 0: above it stand the summary and the heading.
const FIRST_ROW: RowNum = 2;
/// Column of what became of it, from 0.
const RESULT: ColNum = 2;
const ADDED: Pair = ["已汇总", "已匯總"];
const LEFT_OUT: Pair = ["未汇总", "未匯總"];
const MISSING: Pair = ["未报", "未報"];

/// The list of the files: a row for each finding, and one for a file that has none.
pub(super) fn list(rollup: &Rollup) -> List<'_> {
    let script = rollup.script;
    let column = |title, widest, look| Column::new(title, widest, look, script);
    List {
        summary: Some(Summary {
            formula: None,
            text: summary(rollup),
        }),
        columns: vec![
            column(["单位", "單位"], 30, Look::Text),
            column(["文件", "文件"], 30, Look::Text),
            column(["结果", "結果"], 10, Look::Word),
            column(["级别", "級別"], 9, Look::Word),
            column(["代码", "代碼"], 22, Look::Text),
            column(["位置", "位置"], 20, Look::Text),
            column(["说明", "說明"], 60, Look::Text),
            column(["改法", "改法"], 50, Look::Text),
        ],
        rows: Rows::Ready(
            rollup
                .lines
                .iter()
                .flat_map(|line| records(line, script))
                .collect(),
        ),
        coloured: Some((left_out(), BAD)),
    }
}

fn summary(rollup: &Rollup) -> String {
    let script = rollup.script;
    let [added, left_out, missing] = rollup.counts();
    let [files, added_words, left_words, missing_words, end] = [
        ["共 ", "共 "],
        [" 份报告：已汇总 ", " 份報告：已匯總 "],
        [" 份，未汇总 ", " 份，未匯總 "],
        [" 份；应报未报 ", " 份；應報未報 "],
        [" 个单位", " 個單位"],
    ]
    .map(|pair| script.of(pair));
    let all = added + left_out;
    format!("{files}{all}{added_words}{added}{left_words}{left_out}{missing_words}{missing}{end}")
}

fn records(line: &Line, script: Script) -> Vec<Vec<Item<'_>>> {
    if line.remarks.is_empty() {
        return vec![record(line, None, script)];
    }
    line.remarks
        .iter()
        .map(|remark| record(line, Some(remark), script))
        .collect()
}

fn record<'a>(line: &'a Line, remark: Option<&'a Remark>, script: Script) -> Vec<Item<'a>> {
    let state = match line.state {
        State::Added => ADDED,
        State::LeftOut => LEFT_OUT,
        State::Missing => MISSING,
    };
    let severity = remark.map(|remark| match remark.severity {
        Severity::Error => ["错误", "錯誤"],
        Severity::Warning => ["警告", "警告"],
    });
    let remedy = remark.and_then(|remark| remark.remedy.as_ref());
    vec![
        Item::text(line.organ.as_deref().unwrap_or_default()),
        Item::text(line.file.as_deref().unwrap_or_default()),
        Item::text(script.of(state)),
        Item::text(severity.map_or("", |severity| script.of(severity))),
        Item::text(remark.map_or("", |remark| &remark.code)),
        Item::text(remark.map_or("", |remark| &remark.place)),
        // What the program says to users is in simplified characters, whatever the form's script.
        Item::text(remark.map_or("", |remark| remark.message.get(Lang::Zh))),
        Item::text(remedy.map_or("", |remedy| remedy.get(Lang::Zh))),
    ]
}

/// Makes the rows red of what is not in the sums.
fn left_out() -> String {
    let result = row_col_to_cell(FIRST_ROW, RESULT);
    let [hans, hant] = ADDED;
    format!("AND(${result}<>\"{hans}\",${result}<>\"{hant}\")")
}
