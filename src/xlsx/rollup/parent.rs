//! 本级对比: the parent's own figures, the sums, and their differences, cell by cell.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use crate::document::Figure;
use crate::form::Script;
use crate::rollup::{Parent, Rollup};
use crate::xlsx::Pair;
use crate::xlsx::checks::{BAD, NO, YES};
use crate::xlsx::figure_cells::FigureCells;
use crate::xlsx::formula;
use crate::xlsx::list::{Column, Item, List, Rows, Summary};
use crate::xlsx::listing::{name_columns, names};
use crate::xlsx::range::last_row;
use crate::xlsx::style::Look;

/// Row of the first figure, from 0: above it stand the summary and the heading.
const FIRST_ROW: RowNum = 2;
/// Columns, from 0: the parent's own figures, the sums, their difference and whether there is none.
const OWN: ColNum = 5;
const SUM: ColNum = 6;
const DIFFERENCE: ColNum = 7;
const VERDICT: ColNum = 8;

/// The list of all figures.
pub(super) fn list<'a>(
    rollup: &'a Rollup,
    parent: &'a Parent,
    cells: &FigureCells<'_>,
) -> List<'a> {
    let script = rollup.script;
    let column = |title, widest, look| Column::new(title, widest, look, script);
    let mut columns = Vec::from(name_columns([36, 40, 30, 46, 12], script));
    columns.extend([
        Column {
            title: Cow::Borrowed(parent.organ.as_str()),
            widest: 24,
            look: Look::Text,
        },
        column(["各单位之和", "各單位之和"], 20, Look::Text),
        column(["本级减各单位", "本級減各單位"], 20, Look::Text),
        column(["是否相等", "是否相等"], 11, Look::Word),
    ]);
    let rows = rollup.figures().zip(FIRST_ROW..);
    let rows = rows.map(|((table, figure), row)| {
        let own = parent.values.get(figure.id.0).copied().flatten();
        let sum = cells.fetched(figure.id);
        let mut items = Vec::from(names(table, &figure));
        items.extend(compared(&figure, own, sum, row, rollup));
        items
    });
    let rows: Vec<Vec<Item<'a>>> = rows.collect();
    List {
        summary: Some(summary(&rows, script)),
        columns,
        rows: Rows::Ready(rows),
        coloured: Some((
            format!("${}=\"{NO}\"", row_col_to_cell(FIRST_ROW, VERDICT)),
            BAD,
        )),
    }
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
    let word = |pair: Pair| Item::text(rollup.script.of(pair));
    let Some((own, difference)) = own.and_then(|own| Some((own, own.checked_sub(figure.value)?)))
    else {
        let none = ["单位不同", "單位不同"];
        return vec![word(none), sum, word(["—", "—"]), word(none)];
    };
    let cell = |column| row_col_to_cell(row, column);
    let places = figure.kind.is_decimal().then(|| difference.scale());
    let text = formula::rounded(&format!("{}-{}", cell(OWN), cell(SUM)), places);
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

/// How many figures are equal.
fn summary(rows: &[Vec<Item<'_>>], script: Script) -> Summary {
    let last = last_row(FIRST_ROW, rows.len());
    let verdicts = cell_range(FIRST_ROW, VERDICT, last, VERDICT);
    let count = |word: &str| {
        let is = |items: &&Vec<Item<'_>>| matches!(items.last(), Some(Item::Formula { result, .. }) if result == word);
        let formula = format!("COUNTIF({verdicts},\"{word}\")");
        (formula, rows.iter().filter(is).count())
    };
    let ((equal, now_equal), (unequal, now_unequal)) = (count(YES), count(NO));
    let parts = [
        (["共 ", "共 "], format!("COUNTA({verdicts})"), rows.len()),
        ([" 个数：相等 ", " 個數：相等 "], equal, now_equal),
        ([" 个，不等 ", " 個，不等 "], unequal, now_unequal),
    ];
    Summary::counting(&parts, [" 个", " 個"], script)
}
