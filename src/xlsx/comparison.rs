//! 上年对比: every figure that both years have, last year's beside this year's.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;

use super::book::Sheet;
use super::frame::Around;
use super::list::{Column, Item, List, Outcome, Rows};
use super::sheet::plain;
use super::squares::Squares;
use super::style::{self, Look};
use super::words::Pair;
use crate::document::{Before, CellContent, Document, Figure, Jump, Previous};
use crate::form::{FigureId, Script};

/// Row of the first figure, from 0.
pub(super) const FIRST_ROW: usize = 1;
/// Column of last year's figures, from 0.
pub(super) const BEFORE: usize = 5;
/// Where there is nothing to say.
const NONE: &str = "—";
/// Decimal places to which sums of money are rounded, where they have no more.
const PLACES: u32 = 6;
/// Light yellow behind dark yellow, as Excel offers them for what is to be looked at.
const DOUBTFUL: (u32, u32) = (0x00FF_EB9C, 0x009C_5700);

/// The list of both years' figures, in the order of last year's squares; none where a figure
/// stands nowhere.
pub(super) fn list<'a>(
    document: &'a Document,
    previous: &'a Previous,
    squares: &Squares<'_>,
) -> Option<List<'a>> {
    let script = document.script;
    let column = |title: Cow<'static, str>, widest, look| Column {
        title,
        widest,
        look,
    };
    let words = |hans, hant| Cow::Borrowed(Pair(hans, hant).text(script));
    let figures = figures(document);
    let rows = previous.figures.iter().zip(FIRST_ROW + 1..);
    let rows = rows.map(|(before, row)| {
        let (table, figure) = figures.get(&before.id)?;
        let square = squares.of(before.id, false)?;
        let now = squares.reference(square, square, None)?;
        let change = Change {
            table,
            figure,
            before,
            now,
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
    })
}

fn figures(document: &Document) -> BTreeMap<FigureId, (&str, &Figure)> {
    let mut figures = BTreeMap::new();
    for table in document.tables() {
        for cell in &table.cells {
            if let CellContent::Figure(figure) = &cell.content {
                figures.insert(figure.id, (table.name.as_str(), figure));
            }
        }
    }
    figures
}

/// One figure of both years.
struct Change<'a> {
    /// Official name of its table.
    table: &'a str,
    /// This year's.
    figure: &'a Figure,
    /// Last year's.
    before: &'a Before,
    /// The formula that fetches this year's.
    now: String,
    /// Its row on the sheet, from 1.
    row: usize,
}

impl<'a> Change<'a> {
    fn items(self, previous: &Previous, script: Script) -> Option<Vec<Item<'a>>> {
        let Self {
            table,
            figure,
            before,
            now,
            row,
        } = self;
        let text = |text: &'a str| Item::Text(Cow::Borrowed(text));
        let comparable = before.jump != Jump::Incomparable;
        let mut items = vec![
            text(table),
            text(&figure.row),
            text(&figure.column),
            text(&figure.key),
            if comparable {
                text(figure.measure().unwrap_or_default())
            } else {
                let units =
                    [&before.unit, &figure.unit].map(|unit| unit.as_deref().unwrap_or(NONE));
                Item::Text(Cow::Owned(units.join("→")))
            },
            Item::Number(before.value),
            Item::Formula {
                text: now,
                result: Outcome::number(figure.value),
                format: style::digits(figure.value.scale()),
            },
        ];
        if comparable {
            let difference = figure.value.checked_sub(before.value)?;
            let places = difference.scale();
            let rounded = |difference: String| {
                if figure.kind.is_decimal() {
                    format!("ROUND({difference},{})", places.max(PLACES))
                } else {
                    difference
                }
            };
            items.push(Item::Formula {
                text: rounded(format!("G{row}-F{row}")),
                result: Outcome::number(difference),
                format: style::digits(places),
            });
            items.push(Item::Formula {
                text: format!("IF(F{row}=0,\"{NONE}\",H{row}/ABS(F{row}))"),
                result: share(difference, before.value),
                format: "0.0%".to_owned(),
            });
            items.push(jump(before.jump, previous, row, rounded));
        } else {
            items.extend([
                text(NONE),
                text(NONE),
                text(Pair("单位不同", "單位不同").text(script)),
            ]);
        }
        Some(items)
    }
}

/// The change as a part of last year's figure, as Excel works it out.
fn share(difference: Decimal, before: Decimal) -> Outcome {
    if before.is_zero() {
        return Outcome::word(NONE);
    }
    let number = |value: Decimal| plain(value).parse::<f64>().unwrap_or(f64::NAN);
    Outcome::Number((number(difference) / number(before.abs())).to_string())
}

fn jump(
    jump: Jump,
    previous: &Previous,
    row: usize,
    rounded: impl Fn(String) -> String,
) -> Item<'static> {
    let factor = previous.factor;
    let (up, down) = (format!("×{factor}"), format!("÷{factor}"));
    let result = match jump {
        Jump::Up => Outcome::Word(Cow::Owned(up.clone())),
        Jump::Down => Outcome::Word(Cow::Owned(down.clone())),
        Jump::None => Outcome::word(NONE),
        Jump::NotAsked | Jump::Incomparable => return Item::Text(Cow::Borrowed(NONE)),
    };
    let least = previous.least;
    let years = format!("F{row}:G{row}");
    let (most, fewest) = (format!("MAX({years})"), format!("MIN({years})"));
    let apart = rounded(format!("{most}-{factor}*{fewest}"));
    Item::Formula {
        text: format!(
            "IF(AND({fewest}>0,{most}>={least},{apart}>=0),IF(G{row}>F{row},\"{up}\",\"{down}\"),\"{NONE}\")"
        ),
        result,
        format: style::digits(0),
    }
}

/// Tints the rows whose change is doubted.
pub(super) fn tint(sheet: &mut Sheet<'_>, list: &List<'_>) -> Result<(), XlsxError> {
    let formula = format!("$J{}<>\"{NONE}\"", FIRST_ROW + 1);
    sheet.around(Around::Marked(list.records()?, formula, DOUBTFUL));
    Ok(())
}
