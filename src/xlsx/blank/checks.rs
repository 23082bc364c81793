//! 勾稽核对 before the figures are there: 未填 until all that a rule needs is typed.

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::super::checks::{self, FIRST_ROW, HINT, KIND, NO, NOT_ASKED, VERDICT, YES};
use super::super::figure_cells::FigureCells;
use super::super::list::{Column, Item, List, Rows, Summary};
use super::super::range::last_row;
use super::super::style::{self, Look};
use super::super::table::plain;
use super::super::texts::Named;
use super::super::{formula, particulars};
use super::{guide, literal, particular};
use crate::document::{Blank, Question};
use crate::form::{AddedSheet, Comparison, EMPTY_SUM, Organs, Particular, Script};
use crate::report::Scope;

/// Column of the number of cells that a rule still needs, from 0: behind those of a report's checks.
const LEFT_OVER: ColNum = VERDICT + 1;
/// What a rule is some of whose figures are missing.
const MISSING: &str = "未填";
/// Most arguments of one OR ("Excel specifications and limits").
const MOST_ARGUMENTS: usize = 255;

/// The list of the rules; none where a formula is longer than Excel allows.
pub(super) fn list<'a>(
    blank: &'a Blank,
    cells: &FigureCells<'_>,
    named: &[Named],
) -> Option<List<'a>> {
    let script = blank.document.script;
    let mut columns = checks::columns(script);
    let left_over = ["未填格数", "未填格數"];
    columns.push(Column::new(left_over, 12, Look::Text, script));
    let rows = blank
        .questions
        .iter()
        .zip(FIRST_ROW..)
        .map(|(question, row)| record(question, row, blank, cells, named));
    let rows: Vec<Vec<Item<'a>>> = rows.collect::<Option<_>>()?;
    Some(List {
        summary: Some(summary(blank, &rows)),
        columns,
        rows: Rows::Ready(rows),
        coloured: Some(checks::broken()),
    })
}

fn record<'a>(
    question: &'a Question,
    row: RowNum,
    blank: &Blank,
    cells: &FigureCells<'_>,
    named: &[Named],
) -> Option<Vec<Item<'a>>> {
    let script = blank.document.script;
    let equation = &question.equation;
    let numbers = match equation.places {
        Some(_) => "General".to_owned(),
        None => style::digits(0),
    };
    let left_over = row_col_to_cell(row, LEFT_OVER);
    let open = blank.open(question.needed.iter().copied());
    let (sides, holds) = match open {
        0 => now(question, blank),
        _ => Default::default(),
    };
    let once_there = |text: &str, now: Option<Decimal>| {
        let text = format!("IF({left_over}>0,\"{EMPTY_SUM}\",{text})");
        formula::fits(&text).then(|| Item::Formula {
            text,
            result: now.map_or(EMPTY_SUM.into(), |now| plain(now).into()),
            format: numbers.clone(),
        })
    };
    let needed = question.needed.len();
    let count = formula::count(question.needed.iter().copied(), cells, None)?;
    let mut verdict = checks::verdict(equation, row, cells, script)?;
    verdict = format!("IF({left_over}>0,\"{MISSING}\",{verdict})");
    let mut now = match holds {
        Some(true) => YES,
        Some(false) => NO,
        None if open == 0 => script.of(NOT_ASKED),
        None => MISSING,
    };
    if let Some(organs) = &question.organs {
        let otherwise = script.of(NOT_ASKED);
        verdict = format!(
            "IF({},{verdict},\"{otherwise}\")",
            speaks(organs, named, script)?
        );
        if !organs.include(&blank.document.organ) {
            now = otherwise;
        }
    }
    if !formula::fits(&verdict) {
        return None;
    }
    let (left, right) = sides.unzip();
    let difference = sides.and_then(|(left, right)| left.checked_sub(right));
    let mut items = checks::record(
        equation,
        script,
        [
            once_there(
                &formula::text(&equation.comparison.left, cells, None)?,
                left,
            )?,
            once_there(
                &formula::text(&equation.comparison.right, cells, None)?,
                right,
            )?,
            once_there(&checks::difference(equation, row), difference)?,
            Item::word(verdict, now),
        ],
    );
    items.push(Item::number(format!("{needed}-({count})"), open.into()));
    Some(items)
}

/// Both sides of a rule all of whose figures are known, and whether it holds; none where it isn't asked.
fn now(question: &Question, blank: &Blank) -> (Option<(Decimal, Decimal)>, Option<bool>) {
    let sides = |it: &Comparison| Some((blank.sum(&it.left)?, blank.sum(&it.right)?));
    let holds = |it: &Comparison| sides(it).is_some_and(|(a, b)| it.relation.holds(a, b));
    let equation = &question.equation;
    let asked = equation.conditions.iter().all(holds);
    let verdict = asked.then(|| holds(&equation.comparison));
    (sides(&equation.comparison), verdict)
}

/// Whether a rule is asked of the body whose name is typed: as [`Organs::include`] decides, and
/// of its own figures only.
fn speaks(organs: &Organs, named: &[Named], script: Script) -> Option<String> {
    let sheet = AddedSheet::Texts.name(script);
    let name = particular(named, sheet, "organ.name")?;
    let scope = particular(named, sheet, "scope")?;
    let any = |side: &str, words: &[String]| {
        let parts = words.iter().map(|word| {
            let length = word.encode_utf16().count();
            Some(format!("{side}({name},{length})={}", literal(word)?))
        });
        let parts: Vec<String> = parts.collect::<Option<_>>()?;
        (parts.len() <= MOST_ARGUMENTS).then(|| match parts.as_slice() {
            [] => "FALSE".to_owned(),
            parts => format!("OR({})", parts.join(",")),
        })
    };
    let region = Scope::Region.as_str();
    let region = literal(particulars::text(Particular::of("scope")?, region, script))?;
    Some(format!(
        "AND({scope}<>{region},{},NOT(OR({},{})))",
        any("RIGHT", &organs.ends)?,
        any("LEFT", &organs.except_starts)?,
        any("RIGHT", &organs.except_ends)?
    ))
}

/// How many cells are still to be filled in and how many rules hold.
fn summary(blank: &Blank, rows: &[Vec<Item<'_>>]) -> Summary {
    let script = blank.document.script;
    let last = last_row(FIRST_ROW, rows.len());
    let [kinds, words] = [KIND, VERDICT].map(|it| cell_range(FIRST_ROW, it, last, it));
    let count = |word: &str| format!("COUNTIF({words},\"{word}\")");
    let now = |word: &str| {
        let verdicts = rows.iter().filter_map(|row| row.get(usize::from(VERDICT)));
        let is = |item: &&Item<'_>| matches!(item, Item::Formula { result, .. } if result == word);
        verdicts.filter(is).count()
    };
    let not_asked = script.of(NOT_ASKED);
    let left = guide::Total::of(blank);
    let parts = [
        (["还有 ", "還有 "], left.reference(script), left.now),
        (
            [" 格未填。共核对 ", " 格未填。共核對 "],
            format!("COUNTA({words})"),
            rows.len(),
        ),
        ([" 条：是 ", " 條：是 "], count(YES), now(YES)),
        ([" 条，否 ", " 條，否 "], count(NO), now(NO)),
        (
            [" 条（其中提示 ", " 條（其中提示 "],
            format!("COUNTIFS({kinds},\"{HINT}\",{words},\"{NO}\")"),
            0,
        ),
        (
            [" 条），未填 ", " 条），未填 "],
            count(MISSING),
            now(MISSING),
        ),
        (
            [" 条，不适用 ", " 條，不適用 "],
            count(not_asked),
            now(not_asked),
        ),
    ];
    Summary::counting(&parts, [" 条", " 條"], script)
}
