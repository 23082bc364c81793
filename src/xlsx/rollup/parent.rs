//! 本级对比: the parent's own figures, the sums, and their differences, cell by cell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use crate::document::{Figure, Table};
use crate::rollup::{Difference, Parent, Rollup};
use crate::xlsx::checks::{BAD, NO, YES};
use crate::xlsx::figure_cells::FigureCells;
use crate::xlsx::list::{Column, Item, List, Rows, Summary};
use crate::xlsx::range::last_row;
use crate::xlsx::style::Look;
use crate::xlsx::words::Pair;

/// Row of the first figure, from 0: above it stand the summary and the heading.
const FIRST_ROW: RowNum = 2;
/// Columns, from 0: the parent's own figures, the sums, their difference and whether there is none.
const OWN: ColNum = 5;
const SUM: ColNum = 6;
const DIFFERENCE: ColNum = 7;
const VERDICT: ColNum = 8;
/// Decimal places to which differences of decimals are rounded, where they have no more.
const PLACES: u32 = 6;

/// The list of all figures.
pub(super) fn list<'a>(
    rollup: &'a Rollup,
    parent: &'a Parent,
    cells: &FigureCells<'_>,
) -> List<'a> {
    let script = rollup.script;
    let column = |title, widest, look| Column::new(title, widest, look, script);
    let own: BTreeMap<_, &Difference> = parent
        .differences
        .iter()
        .map(|difference| (difference.id, difference))
        .collect();
    let rows = rollup.figures().zip(FIRST_ROW..);
    let rows = rows.map(|((table, figure), row)| {
        let own = own.get(&figure.id).and_then(|difference| difference.value);
        let sum = cells.fetched(figure.id);
        let mut items = labels(table, &figure);
        items.extend(compared(&figure, own, sum, row, rollup));
        items
    });
    let mut list = List {
        summary: None,
        columns: vec![
            column(Pair("表", "表"), 36, Look::Text),
            column(Pair("行", "行"), 40, Look::Text),
            column(Pair("列", "列"), 30, Look::Text),
            column(Pair("数据项", "數據項"), 46, Look::Text),
            column(Pair("计量单位", "計量單位"), 12, Look::Word),
            Column {
                title: Cow::Borrowed(parent.organ.as_str()),
                widest: 24,
                look: Look::Text,
            },
            column(Pair("各单位之和", "各單位之和"), 20, Look::Text),
            column(Pair("本级减各单位", "本級減各單位"), 20, Look::Text),
            column(Pair("是否相等", "是否相等"), 11, Look::Word),
        ],
        rows: Rows::Ready(rows.collect()),
        coloured: Some((
            format!("${}=\"{NO}\"", row_col_to_cell(FIRST_ROW, VERDICT)),
            BAD,
        )),
    };
    list.summary = Some(summary(rollup, &list));
    list
}

fn labels<'a>(table: &'a Table, figure: &Figure<'a>) -> Vec<Item<'a>> {
    vec![
        Item::text(table.name()),
        Item::text(figure.row),
        Item::text(figure.column),
        Item::text(figure.key),
        Item::text(figure.measure().unwrap_or_default()),
    ]
}

/// Both values, their difference and whether there is none.
fn compared<'a>(
    figure: &Figure<'_>,
    own: Option<Decimal>,
    sum: Option<String>,
    row: RowNum,
    rollup: &Rollup,
) -> Vec<Item<'a>> {
    let sum = match sum {
        Some(text) => Item::number(text, figure.value),
        None => Item::Number(figure.value),
    };
    let word = |pair: Pair| Item::text(pair.text(rollup.script));
    let Some((own, difference)) = own.and_then(|own| Some((own, own.checked_sub(figure.value)?)))
    else {
        let none = Pair("单位不同", "單位不同");
        return vec![word(none), sum, word(Pair("—", "—")), word(none)];
    };
    let cell = |column| row_col_to_cell(row, column);
    let mut text = format!("{}-{}", cell(OWN), cell(SUM));
    if figure.kind.is_decimal() {
        text = format!("ROUND({text},{})", difference.scale().max(PLACES));
    }
    vec![
        Item::Number(own),
        sum,
        Item::number(text, difference),
        Item::word(
            format!("IF({}=0,\"{YES}\",\"{NO}\")", cell(DIFFERENCE)),
            if difference.is_zero() { YES } else { NO },
        ),
    ]
}

/// How many figures are equal: the formula and what it gives.
fn summary(rollup: &Rollup, list: &List<'_>) -> Summary {
    let last = last_row(FIRST_ROW, list.rows.count());
    let verdicts = cell_range(FIRST_ROW, VERDICT, last, VERDICT);
    let verdict = |items: &[Item<'_>], word: &str| match items.last() {
        Some(Item::Formula { result, .. }) => result == word,
        _ => false,
    };
    let count = |word: &str| {
        let rows = list.rows.iter();
        rows.filter(|items| verdict(items, word)).count()
    };
    let script = rollup.script;
    let [all, equal, unequal, end] = [
        Pair("共 ", "共 "),
        Pair(" 个数：相等 ", " 個數：相等 "),
        Pair(" 个，不等 ", " 個，不等 "),
        Pair(" 个", " 個"),
    ]
    .map(|pair| pair.text(script));
    let formula = format!(
        "\"{all}\"&COUNTA({verdicts})&\"{equal}\"&COUNTIF({verdicts},\"{YES}\")&\"{unequal}\"&COUNTIF({verdicts},\"{NO}\")&\"{end}\""
    );
    let text = format!(
        "{all}{}{equal}{}{unequal}{}{end}",
        list.rows.count(),
        count(YES),
        count(NO)
    );
    Summary::live((formula, text))
}
