//! 上年对比: every figure that both years have, last year's beside this year's.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::figure_cells::FigureCells;
use super::list::{Column, Item, List, Rows};
use super::style::Look;
use super::table::number;
use super::words::Pair;
use crate::document::{Before, Document, Figure, Jump, Previous};
use crate::form::{FigureId, Script};

/// Row of the first figure, from 0.
pub(super) const FIRST_ROW: RowNum = 1;
/// Columns, from 0: last year's figures, this year's, their difference, and whether it is doubted.
pub(super) const BEFORE: ColNum = 5;
const NOW: ColNum = 6;
const CHANGE: ColNum = 7;
const DOUBT: ColNum = 9;
/// Where there is nothing to say.
const NONE: &str = "—";
/// Decimal places to which sums of money are rounded, where they have no more.
const PLACES: u32 = 6;
/// Light yellow behind dark yellow, as Excel offers them for what is to be looked at.
const DOUBTFUL: (u32, u32) = (0x00FF_EB9C, 0x009C_5700);

/// The list of both years' figures, in the order of last year's cells; none where a figure
/// stands nowhere.
pub(super) fn list<'a>(
    document: &'a Document,
    previous: &'a Previous,
    cells: &FigureCells<'_>,
) -> Option<List<'a>> {
    let script = document.script;
    let column = |title: Cow<'static, str>, widest, look| Column {
        title,
        widest,
        look,
    };
    let words = |hans, hant| Cow::Borrowed(Pair(hans, hant).text(script));
    let tables = document.tables();
    let figures = tables.flat_map(|table| table.figures().map(move |figure| (table, figure)));
    let figures: BTreeMap<FigureId, _> = figures.map(|it| (it.1.id, it)).collect();
    let rows = previous.figures.iter().zip(FIRST_ROW..);
    let rows = rows.map(|(before, row)| {
        let (table, figure) = *figures.get(&before.id)?;
        let fetched = cells.fetched(before.id)?;
        let change = Change {
            table: table.name(),
            figure,
            before,
            fetched,
            row,
        };
        change.items(previous, script)
    });
    Some(List {
        summary: None,
        columns: vec![
            column(words("表", "表"), 36, Look::Text),
            column(words("行", "行"), 40, Look::Text),
            column(words("列", "列"), 30, Look::Text),
            column(words("数据项", "數據項"), 46, Look::Text),
            column(words("计量单位", "計量單位"), 14, Look::Word),
            column(Cow::Owned(format!("{}年", previous.year)), 20, Look::Text),
            column(Cow::Owned(format!("{}年", document.year)), 20, Look::Text),
            column(words("增减", "增減"), 20, Look::Text),
            column(words("增减%", "增減%"), 12, Look::Text),
            column(words("提示", "提示"), 10, Look::Word),
        ],
        rows: Rows::Ready(rows.collect::<Option<_>>()?),
        coloured: Some((
            format!("${}<>\"{NONE}\"", row_col_to_cell(FIRST_ROW, DOUBT)),
            DOUBTFUL,
        )),
    })
}

/// One figure of both years.
struct Change<'a> {
    /// Official name of its table.
    table: &'a str,
    /// This year's.
    figure: Figure<'a>,
    /// Last year's.
    before: &'a Before,
    /// The formula that fetches this year's.
    fetched: String,
    /// Its row on the sheet, from 0.
    row: RowNum,
}

impl<'a> Change<'a> {
    fn items(self, previous: &Previous, script: Script) -> Option<Vec<Item<'a>>> {
        let Self {
            table,
            figure,
            before,
            fetched,
            row,
        } = self;
        let comparable = before.jump != Jump::Incomparable;
        let mut items = vec![
            Item::text(table),
            Item::text(figure.row),
            Item::text(figure.column),
            Item::text(figure.key),
            if comparable {
                Item::text(figure.measure().unwrap_or_default())
            } else {
                let units = [before.unit.as_deref(), figure.unit];
                let units = units.map(|unit| unit.unwrap_or(NONE));
                Item::text(units.join("→"))
            },
            Item::Number(before.value),
            Item::number(fetched, figure.value),
        ];
        if !comparable {
            items.extend([
                Item::text(NONE),
                Item::text(NONE),
                Item::text(Pair("单位不同", "單位不同").text(script)),
            ]);
            return Some(items);
        }
        let difference = figure.value.checked_sub(before.value)?;
        let rounded = |text: String| {
            if figure.kind.is_decimal() {
                format!("ROUND({text},{})", difference.scale().max(PLACES))
            } else {
                text
            }
        };
        let [before_cell, now, change] =
            [BEFORE, NOW, CHANGE].map(|column| row_col_to_cell(row, column));
        items.push(Item::number(
            rounded(format!("{now}-{before_cell}")),
            difference,
        ));
        items.push(Item::Formula {
            text: format!("IF({before_cell}=0,\"{NONE}\",{change}/ABS({before_cell}))"),
            result: share(difference, before.value),
            format: "0.0%".to_owned(),
        });
        items.push(doubt(before.jump, previous, row, rounded));
        Some(items)
    }
}

/// The change as a part of last year's figure, as Excel works it out.
fn share(difference: Decimal, before: Decimal) -> Cow<'static, str> {
    if before.is_zero() {
        return NONE.into();
    }
    (number(difference) / number(before.abs()))
        .to_string()
        .into()
}

/// Whether a change is doubted, and which way it goes.
fn doubt(
    jump: Jump,
    previous: &Previous,
    row: RowNum,
    rounded: impl Fn(String) -> String,
) -> Item<'static> {
    let factor = previous.factor;
    let (up, down) = (format!("×{factor}"), format!("÷{factor}"));
    let result: Cow<'static, str> = match jump {
        Jump::Up => up.clone().into(),
        Jump::Down => down.clone().into(),
        Jump::None => NONE.into(),
        Jump::NotAsked | Jump::Incomparable => return Item::text(NONE),
    };
    let least = previous.least;
    let [before, now] = [BEFORE, NOW].map(|column| row_col_to_cell(row, column));
    let years = cell_range(row, BEFORE, row, NOW);
    let (most, fewest) = (format!("MAX({years})"), format!("MIN({years})"));
    let apart = rounded(format!("{most}-{factor}*{fewest}"));
    Item::word(
        format!(
            "IF(AND({fewest}>0,{most}>={least},{apart}>=0),IF({now}>{before},\"{up}\",\"{down}\"),\"{NONE}\")"
        ),
        result,
    )
}
