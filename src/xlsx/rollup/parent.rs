//! 本级对比: the parent's own figures, the sums, and their differences, cell by cell.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use crate::document::{Figure, Table};
use crate::rollup::{Difference, Parent, Rollup};
use crate::xlsx::book::Sheet;
use crate::xlsx::checks::{BAD, NO, YES};
use crate::xlsx::frame::Around;
use crate::xlsx::list::{Column, Item, List, Outcome, Rows, Summary};
use crate::xlsx::squares::Squares;
use crate::xlsx::style::{self, Look};
use crate::xlsx::words::Pair;

/// Row of the first figure, from 1: above it stand the summary and the heading.
const FIRST: usize = 3;
/// Decimal places to which differences of decimals are rounded, where they have no more.
const PLACES: u32 = 6;

/// The list of all figures.
pub(super) fn list<'a>(rollup: &'a Rollup, parent: &'a Parent, squares: &Squares<'_>) -> List<'a> {
    let script = rollup.script;
    let column = |title, widest, look| Column::new(title, widest, look, script);
    let own: BTreeMap<_, &Difference> = parent
        .differences
        .iter()
        .map(|difference| (difference.id, difference))
        .collect();
    let rows = rollup.figures().zip(FIRST..);
    let rows = rows.map(|((table, figure), row)| {
        let own = own.get(&figure.id).and_then(|difference| difference.value);
        let at = squares.of(figure.id, false);
        let sum = at.and_then(|at| squares.reference(at, at, None));
        let mut items = labels(table, figure);
        items.extend(compared(figure, own, sum, row, rollup));
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
    };
    list.summary = Some(summary(rollup, &list));
    list
}

fn labels<'a>(table: &'a Table, figure: &'a Figure) -> Vec<Item<'a>> {
    let text = |text: &'a str| Item::Text(Cow::Borrowed(text));
    vec![
        text(&table.name),
        text(&figure.row),
        text(&figure.column),
        text(&figure.key),
        text(figure.measure().unwrap_or_default()),
    ]
}

/// Both values, their difference and whether there is none.
fn compared<'a>(
    figure: &Figure,
    own: Option<rust_decimal::Decimal>,
    sum: Option<String>,
    row: usize,
    rollup: &Rollup,
) -> Vec<Item<'a>> {
    let number = |text: String, value: rust_decimal::Decimal| Item::Formula {
        text,
        result: Outcome::number(value),
        format: style::digits(value.scale()),
    };
    let sum = match sum {
        Some(text) => number(text, figure.value),
        None => Item::Number(figure.value),
    };
    let word = |pair: Pair| Item::Text(Cow::Borrowed(pair.text(rollup.script)));
    let Some((own, difference)) = own.and_then(|own| Some((own, own.checked_sub(figure.value)?)))
    else {
        let none = Pair("单位不同", "單位不同");
        return vec![word(none), sum, word(Pair("—", "—")), word(none)];
    };
    let mut text = format!("F{row}-G{row}");
    if figure.kind.is_decimal() {
        text = format!("ROUND({text},{})", difference.scale().max(PLACES));
    }
    vec![
        Item::Number(own),
        sum,
        number(text, difference),
        Item::Formula {
            text: format!("IF(H{row}=0,\"{YES}\",\"{NO}\")"),
            result: Outcome::word(if difference.is_zero() { YES } else { NO }),
            format: style::digits(0),
        },
    ]
}

/// How many figures are equal: the formula and what it gives.
fn summary(rollup: &Rollup, list: &List<'_>) -> Summary {
    let last = FIRST + list.rows.count().saturating_sub(1);
    let verdicts = format!("I{FIRST}:I{last}");
    let verdict = |items: &[Item<'_>], word: &str| match items.last() {
        Some(Item::Formula { result, .. }) => result.text() == word,
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

/// Makes the rows red whose figures differ.
pub(super) fn redden(sheet: &mut Sheet<'_>, list: &List<'_>) -> Result<(), XlsxError> {
    let formula = format!("$I{FIRST}=\"{NO}\"");
    sheet.around(Around::Marked(list.records()?, formula, BAD));
    Ok(())
}
