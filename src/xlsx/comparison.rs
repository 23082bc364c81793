//! 上年对比: every figure that both years have, last year's beside this year's.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::figure_cells::FigureCells;
use super::formula;
use super::list::{Column, Item, List, Rows};
use super::listing::{name_columns, names};
use super::style::Look;
use super::table::number;
use crate::document::{Before, Document, Figure, Jump, Previous, Table};
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
    let column = |title, widest, look| Column::new(title, widest, look, script);
    let of_year = |year: i32| Column {
        title: Cow::Owned(format!("{year}年")),
        widest: 20,
        look: Look::Text,
    };
    let mut columns = Vec::from(name_columns([36, 40, 30, 46, 14], script));
    columns.extend([
        of_year(previous.year),
        of_year(document.year),
        column(["增减", "增減"], 20, Look::Text),
        column(["增减%", "增減%"], 12, Look::Text),
        column(["提示", "提示"], 10, Look::Word),
    ]);
    let figures: BTreeMap<FigureId, _> = document.figures().map(|it| (it.1.id, it)).collect();
    let rows = previous.figures.iter().zip(FIRST_ROW..);
    let rows = rows.map(|(before, row)| {
        let figure = *figures.get(&before.id)?;
        let fetched = cells.fetched(before.id)?;
        record(figure, (before, previous), fetched, row, script)
    });
    Some(List {
        summary: None,
        columns,
        rows: Rows::Ready(rows.collect::<Option<_>>()?),
        coloured: Some((
            format!("${}<>\"{NONE}\"", row_col_to_cell(FIRST_ROW, DOUBT)),
            DOUBTFUL,
        )),
    })
}

/// The record of a figure of both years; `fetched` is the formula that fetches this year's. None where
/// the difference is too large.
fn record<'a>(
    (table, figure): (&'a Table, Figure<'a>),
    (before, previous): (&Before, &Previous),
    fetched: String,
    row: RowNum,
    script: Script,
) -> Option<Vec<Item<'a>>> {
    let [table, name, column, key, mut unit] = names(table, &figure);
    let comparable = before.jump != Jump::Incomparable;
    if !comparable {
        let units = [before.unit.as_deref(), figure.unit];
        unit = Item::text(units.map(|unit| unit.unwrap_or(NONE)).join("→"));
    }
    let (then, now) = (
        Item::Number(before.value),
        Item::number(fetched, figure.value),
    );
    let mut items = vec![table, name, column, key, unit, then, now];
    if !comparable {
        items.extend([
            Item::text(NONE),
            Item::text(NONE),
            Item::text(script.of(["单位不同", "單位不同"])),
        ]);
        return Some(items);
    }
    let difference = figure.value.checked_sub(before.value)?;
    let places = figure.kind.is_decimal().then(|| difference.scale());
    let [before_cell, now, change] =
        [BEFORE, NOW, CHANGE].map(|column| row_col_to_cell(row, column));
    items.push(Item::number(
        formula::rounded(&format!("{now}-{before_cell}"), places),
        difference,
    ));
    items.push(Item::Formula {
        text: format!("IF({before_cell}=0,\"{NONE}\",{change}/ABS({before_cell}))"),
        result: share(difference, before.value),
        format: "0.0%".to_owned(),
    });
    items.push(doubt(before.jump, previous, row, places));
    Some(items)
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
fn doubt(jump: Jump, previous: &Previous, row: RowNum, places: Option<u32>) -> Item<'static> {
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
    let apart = formula::rounded(&format!("{most}-{factor}*{fewest}"), places);
    Item::word(
        format!(
            "IF(AND({fewest}>0,{most}>={least},{apart}>=0),IF({now}>{before},\"{up}\",\"{down}\"),\"{NONE}\")"
        ),
        result,
    )
}
