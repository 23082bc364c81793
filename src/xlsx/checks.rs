//! 勾稽核对: every rule with both of its sides, their difference and whether it holds, all live.

use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::Pair;
use super::figure_cells::FigureCells;
use super::formula;
use super::list::{Column, Item, List, Rows, Summary};
use super::range::last_row;
use super::style::{self, Look};
use super::table::plain;
use crate::check::{Equation, Verdict};
use crate::form::{Comparison, Relation, Script};
use crate::text::Severity;

pub(super) const YES: &str = "是";
pub(super) const NO: &str = "否";
pub(super) const NOT_ASKED: Pair = ["不适用", "不適用"];
/// What a rule is that stops a report.
pub(super) const MUST: Pair = ["必须", "必須"];
/// What a rule is that only warns.
pub(super) const HINT: &str = "提示";
/// Row of the first check, from 0.
pub(super) const FIRST_ROW: RowNum = 2;
/// Columns that formulas refer to: what kind of rule it is, its left side, right side, difference and
/// verdict.
pub(super) const KIND: ColNum = 1;
const LEFT: ColNum = 5;
const RIGHT: ColNum = 7;
const DIFFERENCE: ColNum = 8;
pub(super) const VERDICT: ColNum = 9;
/// Light red behind dark red, as Excel offers them for what is bad.
pub(super) const BAD: (u32, u32) = (0x00FF_C7CE, 0x009C_0006);

/// The columns of the sheet.
pub(super) fn columns(script: Script) -> Vec<Column<'static>> {
    let column = |title, widest, look| Column::new(title, widest, look, script);
    vec![
        column(["代码", "代碼"], 26, Look::Text),
        column(["类别", "類別"], 8, Look::Word),
        column(["规则", "規則"], 30, Look::Text),
        column(["核对对象", "核對對象"], 40, Look::Text),
        column(["算式", "算式"], 56, Look::Text),
        column(["左边", "左邊"], 20, Look::Text),
        column(["关系", "關系"], 8, Look::Word),
        column(["右边", "右邊"], 20, Look::Text),
        column(["差额", "差額"], 20, Look::Text),
        column(["是/否", "是/否"], 8, Look::Word),
    ]
}

/// The list of the checks; none where a formula is longer than Excel allows.
pub(super) fn list<'a>(
    checks: &'a [Verdict],
    cells: &FigureCells<'_>,
    script: Script,
) -> Option<List<'a>> {
    let rows = checks
        .iter()
        .zip(FIRST_ROW..)
        .map(|(check, row)| items(check, row, cells, script));
    Some(List {
        summary: Some(summary(checks, script)),
        columns: columns(script),
        rows: Rows::Ready(rows.collect::<Option<_>>()?),
        coloured: Some(broken()),
    })
}

/// Makes the rows red in which a rule does not hold.
pub(super) fn broken() -> (String, (u32, u32)) {
    let verdict = row_col_to_cell(FIRST_ROW, VERDICT);
    (format!("${verdict}=\"{NO}\""), BAD)
}

fn items<'a>(
    check: &'a Verdict,
    row: RowNum,
    cells: &FigureCells<'_>,
    script: Script,
) -> Option<Vec<Item<'a>>> {
    let equation = &check.equation;
    let format = style::digits(equation.places.unwrap_or(0));
    let number = |text: String, value| Item::Formula {
        text,
        result: plain(value).into(),
        format: format.clone(),
    };
    let (left, right) = check.sides;
    let comparison = &equation.comparison;
    Some(record(
        equation,
        script,
        [
            number(formula::text(&comparison.left, cells, None)?, left),
            number(formula::text(&comparison.right, cells, None)?, right),
            number(difference(equation, row), left.checked_sub(right)?),
            Item::word(
                verdict(equation, row, cells, script)?,
                match check.holds {
                    Some(true) => YES,
                    Some(false) => NO,
                    None => script.of(NOT_ASKED),
                },
            ),
        ],
    ))
}

/// The record of an equation, with its left side, right side, difference and verdict.
pub(super) fn record<'a>(
    equation: &'a Equation,
    script: Script,
    [left, right, difference, verdict]: [Item<'a>; 4],
) -> Vec<Item<'a>> {
    let kind = match equation.severity {
        Severity::Error => script.of(MUST),
        Severity::Warning => HINT,
    };
    vec![
        Item::text(&equation.code),
        Item::text(kind),
        Item::text(&equation.rule),
        Item::text(&equation.subject),
        Item::text(&equation.words),
        left,
        Item::text(relation_words(equation.comparison.relation)),
        right,
        difference,
        verdict,
    ]
}

/// The difference of the sides in row `row`.
pub(super) fn difference(equation: &Equation, row: RowNum) -> String {
    let [left, right] = [LEFT, RIGHT].map(|column| row_col_to_cell(row, column));
    formula::rounded(&format!("{left}-{right}"), equation.places)
}

fn relation_words(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "等于",
        Relation::Unequal => "不等于",
        Relation::AtLeast => "不小于",
        Relation::AtMost => "不大于",
        Relation::More => "大于",
        Relation::Less => "小于",
    }
}

/// Whether the equation in row `row` holds.
pub(super) fn verdict(
    equation: &Equation,
    row: RowNum,
    cells: &FigureCells<'_>,
    script: Script,
) -> Option<String> {
    let sign = operator(equation.comparison.relation);
    let difference = row_col_to_cell(row, DIFFERENCE);
    let mut text = format!("IF({difference}{sign}0,\"{YES}\",\"{NO}\")");
    if !equation.conditions.is_empty() {
        let conditions = equation
            .conditions
            .iter()
            .map(|condition| holds(condition, equation.places, cells, None))
            .collect::<Option<Vec<String>>>()?;
        let otherwise = script.of(NOT_ASKED);
        text = format!("IF(AND({}),{text},\"{otherwise}\")", conditions.join(","));
    }
    formula::fits(&text).then_some(text)
}

/// Whether a comparison holds, as a formula on sheet `home` asks.
pub(super) fn holds(
    condition: &Comparison,
    places: Option<u32>,
    cells: &FigureCells<'_>,
    home: Option<usize>,
) -> Option<String> {
    let left = formula::text(&condition.left, cells, home)?;
    let right = formula::text(&condition.right, cells, home)?;
    let difference = formula::rounded(&format!("({left})-({right})"), places);
    Some(format!("{difference}{}0", operator(condition.relation)))
}

fn operator(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "=",
        Relation::Unequal => "<>",
        Relation::AtLeast => ">=",
        Relation::AtMost => "<=",
        Relation::More => ">",
        Relation::Less => "<",
    }
}

/// How many rules hold.
fn summary(checks: &[Verdict], script: Script) -> Summary {
    let last = last_row(FIRST_ROW, checks.len());
    let [kinds, verdicts] = [KIND, VERDICT].map(|it| cell_range(FIRST_ROW, it, last, it));
    let count = |word: &str| format!("COUNTIF({verdicts},\"{word}\")");
    let not_asked = script.of(NOT_ASKED);
    let held = |holds: Option<bool>| checks.iter().filter(move |check| check.holds == holds);
    let doubted = held(Some(false)).filter(|check| check.equation.severity == Severity::Warning);
    let parts = [
        (
            ["共核对 ", "共核對 "],
            format!("COUNTA({verdicts})"),
            checks.len(),
        ),
        (
            [" 条：是 ", " 條：是 "],
            count(YES),
            held(Some(true)).count(),
        ),
        (
            [" 条，否 ", " 條，否 "],
            count(NO),
            held(Some(false)).count(),
        ),
        (
            [" 条（其中提示 ", " 條（其中提示 "],
            format!("COUNTIFS({kinds},\"{HINT}\",{verdicts},\"{NO}\")"),
            doubted.count(),
        ),
        (
            [" 条），不适用 ", " 條），不適用 "],
            count(not_asked),
            held(None).count(),
        ),
    ];
    Summary::counting(&parts, [" 条", " 條"], script)
}
