//! 勾稽核对: every rule with both of its sides, their difference and whether it holds, all live.

use std::borrow::Cow;

use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, Formula, Worksheet, XlsxError};

use super::formula;
use super::list::{Column, Item, List, Outcome};
use super::squares::Squares;
use super::style::{self, Look};
use super::words::Pair;
use crate::document::Check;
use crate::finding::Severity;
use crate::form::{Comparison, Relation, Script};

const YES: &str = "是";
const NO: &str = "否";
const NOT_ASKED: Pair = Pair("不适用", "不適用");
/// What a rule is that only warns.
const HINT: &str = "提示";
/// Decimal places to which differences are rounded, where figures have no more: what is left
/// of a difference of two sums of decimals in binary arithmetic is smaller by far.
const PLACES: u32 = 6;
/// Row of the first check, from 1.
const FIRST: usize = 3;
/// Light red behind dark red, as Excel offers them for what is bad.
const BAD: (u32, u32) = (0x00FF_C7CE, 0x009C_0006);

/// The list of the checks; none where a formula is longer than Excel allows.
pub(super) fn list<'a>(
    checks: &'a [Check],
    squares: &Squares<'_>,
    script: Script,
) -> Option<List<'a>> {
    let column = |title: Pair, widest, look| Column {
        title: Cow::Borrowed(title.text(script)),
        widest,
        look,
    };
    let rows = checks
        .iter()
        .zip(FIRST..)
        .map(|(check, row)| items(check, row, squares, script));
    Some(List {
        summary: Some(summary(checks, script)),
        columns: vec![
            column(Pair("代码", "代碼"), 26, Look::Text),
            column(Pair("类别", "類別"), 8, Look::Word),
            column(Pair("规则", "規則"), 30, Look::Text),
            column(Pair("核对对象", "核對對象"), 40, Look::Text),
            column(Pair("算式", "算式"), 56, Look::Text),
            column(Pair("左边", "左邊"), 20, Look::Text),
            column(Pair("关系", "關系"), 8, Look::Word),
            column(Pair("右边", "右邊"), 20, Look::Text),
            column(Pair("差额", "差額"), 20, Look::Text),
            column(Pair("是/否", "是/否"), 8, Look::Word),
        ],
        rows: rows.collect::<Option<_>>()?,
    })
}

fn items<'a>(
    check: &'a Check,
    row: usize,
    squares: &Squares<'_>,
    script: Script,
) -> Option<Vec<Item<'a>>> {
    let text = |text: &'a str| Item::Text(Cow::Borrowed(text));
    let format = style::digits(check.places.unwrap_or(0));
    let number = |text: String, value| Item::Formula {
        text,
        result: Outcome::number(value),
        format: format.clone(),
    };
    let (left, right) = check.sides;
    let comparison = &check.comparison;
    let kind = match check.severity {
        Severity::Error => Pair("必须", "必須").text(script),
        Severity::Warning => HINT,
    };
    Some(vec![
        text(&check.code),
        text(kind),
        text(&check.rule),
        text(&check.subject),
        text(&check.words),
        number(formula::text(&comparison.left, squares, None)?, left),
        text(relation_words(comparison.relation)),
        number(formula::text(&comparison.right, squares, None)?, right),
        number(
            rounded(&format!("F{row}-H{row}"), check.places),
            left.checked_sub(right)?,
        ),
        Item::Formula {
            text: verdict(check, row, squares, script)?,
            result: Outcome::word(match check.holds {
                Some(true) => YES,
                Some(false) => NO,
                None => NOT_ASKED.text(script),
            }),
            format: style::digits(0),
        },
    ])
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

/// A difference without what binary arithmetic leaves of decimals.
fn rounded(difference: &str, places: Option<u32>) -> String {
    match places {
        Some(places) => format!("ROUND({difference},{})", places.max(PLACES)),
        None => difference.to_owned(),
    }
}

fn verdict(check: &Check, row: usize, squares: &Squares<'_>, script: Script) -> Option<String> {
    let sign = operator(check.comparison.relation);
    let mut text = format!("IF(I{row}{sign}0,\"{YES}\",\"{NO}\")");
    if !check.conditions.is_empty() {
        let conditions = check
            .conditions
            .iter()
            .map(|condition| asked(condition, check.places, squares))
            .collect::<Option<Vec<String>>>()?;
        let otherwise = NOT_ASKED.text(script);
        text = format!("IF(AND({}),{text},\"{otherwise}\")", conditions.join(","));
    }
    (text.chars().count() < formula::LONGEST).then_some(text)
}

fn asked(condition: &Comparison, places: Option<u32>, squares: &Squares<'_>) -> Option<String> {
    let left = formula::text(&condition.left, squares, None)?;
    let right = formula::text(&condition.right, squares, None)?;
    let difference = rounded(&format!("({left})-({right})"), places);
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

/// How many rules hold: the formula and what it gives.
fn summary(checks: &[Check], script: Script) -> (String, String) {
    let last = FIRST + checks.len().saturating_sub(1);
    let column = |letter: char| format!("{letter}{FIRST}:{letter}{last}");
    let (kinds, verdicts) = (column('B'), column('J'));
    let count = |word: &str| format!("COUNTIF({verdicts},\"{word}\")");
    let not_asked = NOT_ASKED.text(script);
    let parts = [
        (Pair("共核对 ", "共核對 "), format!("COUNTA({verdicts})")),
        (Pair(" 条：是 ", " 條：是 "), count(YES)),
        (Pair(" 条，否 ", " 條，否 "), count(NO)),
        (
            Pair(" 条（其中提示 ", " 條（其中提示 "),
            format!("COUNTIFS({kinds},\"{HINT}\",{verdicts},\"{NO}\")"),
        ),
        (Pair(" 条），不适用 ", " 條），不適用 "), count(not_asked)),
    ];
    let end = Pair(" 条", " 條").text(script);
    let formula: String = parts
        .iter()
        .map(|(words, count)| format!("\"{}\"&{count}&", words.text(script)))
        .collect();
    let held = |holds: Option<bool>| checks.iter().filter(move |check| check.holds == holds);
    let doubted = held(Some(false)).filter(|check| check.severity == Severity::Warning);
    let counts = [
        checks.len(),
        held(Some(true)).count(),
        held(Some(false)).count(),
        doubted.count(),
        held(None).count(),
    ];
    let text: String = parts
        .iter()
        .zip(counts)
        .map(|((words, _), count)| format!("{}{count}", words.text(script)))
        .collect();
    (format!("{formula}\"{end}\""), format!("{text}{end}"))
}

/// Makes the rows red in which a rule does not hold.
pub(super) fn redden(sheet: &mut Worksheet, list: &List<'_>) -> Result<(), XlsxError> {
    let (first, last) = list.body()?;
    let format = Format::new()
        .set_font_color(Color::RGB(BAD.1))
        .set_background_color(Color::RGB(BAD.0));
    let rule = ConditionalFormatFormula::new()
        .set_rule(Formula::new(format!("=$J{FIRST}=\"{NO}\"")))
        .set_format(format);
    sheet.add_conditional_format(first, 0, last, list.last_column()?, &rule)?;
    Ok(())
}
