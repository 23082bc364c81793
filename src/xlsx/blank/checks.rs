//! 勾稽核对 before the figures are there: 未填 until all that a rule needs is typed.

use std::borrow::Cow;

use super::super::checks::{self, FIRST, HINT, NO, NOT_ASKED, YES};
use super::super::list::{Column, Item, List, Outcome, Rows, Summary};
use super::super::squares::Squares;
use super::super::style::{self, Look};
use super::super::texts::Named;
use super::super::words::Pair;
use super::super::{formula, particulars};
use super::{EMPTY, guide, literal, particular};
use crate::document::{Blank, Question};
use crate::form::{AddedSheet, Organs, Script};
use crate::report::Scope;

/// What a rule is some of whose figures are missing.
const MISSING: &str = "未填";
/// Most arguments of one OR ("Excel specifications and limits").
const MOST_ARGUMENTS: usize = 255;

/// The list of the rules; none where a formula is longer than Excel allows.
pub(super) fn list<'a>(
    blank: &'a Blank,
    squares: &Squares<'_>,
    named: &[Named],
) -> Option<List<'a>> {
    let mut columns = checks::columns(blank.script);
    columns.push(Column {
        title: Cow::Borrowed(Pair("未填格数", "未填格數").text(blank.script)),
        widest: 12,
        look: Look::Text,
    });
    let rows = blank
        .questions
        .iter()
        .zip(FIRST..)
        .map(|(question, row)| record(question, row, blank, squares, named));
    let rows: Vec<Vec<Item<'a>>> = rows.collect::<Option<_>>()?;
    Some(List {
        summary: Some(Summary::live(summary(
            blank,
            rows.iter().filter_map(|row| row.get(9)),
        )?)),
        columns,
        rows: Rows::Ready(rows),
    })
}

fn record<'a>(
    question: &'a Question,
    row: usize,
    blank: &Blank,
    squares: &Squares<'_>,
    named: &[Named],
) -> Option<Vec<Item<'a>>> {
    let script = blank.script;
    let equation = &question.equation;
    let numbers = match equation.places {
        Some(_) => "General".to_owned(),
        None => style::digits(0),
    };
    let once_there = |text: &str| {
        let text = format!("IF(K{row}>0,\"{EMPTY}\",{text})");
        formula::fits(&text).then(|| Item::Formula {
            text,
            result: Outcome::word(EMPTY),
            format: numbers.clone(),
        })
    };
    let needed = question.needed.len();
    let count = formula::count(question.needed.iter().copied(), squares, None)?;
    let mut verdict = checks::verdict(equation, row, squares, script)?;
    verdict = format!("IF(K{row}>0,\"{MISSING}\",{verdict})");
    let mut now = MISSING;
    if let Some(organs) = &question.organs {
        let otherwise = NOT_ASKED.text(script);
        verdict = format!(
            "IF({},{verdict},\"{otherwise}\")",
            speaks(organs, named, script)?
        );
        if !blank
            .organ
            .as_deref()
            .is_some_and(|name| organs.include(name))
        {
            now = otherwise;
        }
    }
    if !formula::fits(&verdict) {
        return None;
    }
    let mut items = checks::record(
        equation,
        script,
        [
            once_there(&formula::text(&equation.comparison.left, squares, None)?)?,
            once_there(&formula::text(&equation.comparison.right, squares, None)?)?,
            once_there(&checks::difference(equation, row))?,
            Item::Formula {
                text: verdict,
                result: Outcome::word(now),
                format: style::digits(0),
            },
        ],
    );
    items.push(Item::Formula {
        text: format!("{needed}-({count})"),
        result: Outcome::number(needed.into()),
        format: style::digits(0),
    });
    Some(items)
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
    let region = literal(particulars::scope(Scope::Region).text(script))?;
    Some(format!(
        "AND({scope}<>{region},{},NOT(OR({},{})))",
        any("RIGHT", &organs.ends)?,
        any("LEFT", &organs.except_starts)?,
        any("RIGHT", &organs.except_ends)?
    ))
}

/// How many cells are still to be filled in and how many rules hold: the formula and what it gives.
fn summary<'i>(
    blank: &Blank,
    verdicts: impl Iterator<Item = &'i Item<'i>>,
) -> Option<(String, String)> {
    let script = blank.script;
    let last = FIRST + blank.questions.len().saturating_sub(1);
    let column = |letter: char| format!("{letter}{FIRST}:{letter}{last}");
    let (kinds, words) = (column('B'), column('J'));
    let count = |word: &str| format!("COUNTIF({words},\"{word}\")");
    let not_asked = NOT_ASKED.text(script);
    let now: Vec<&str> = verdicts
        .map(|item| match item {
            Item::Formula { result, .. } => result.text(),
            Item::Text(_) | Item::Number(_) => "",
        })
        .collect();
    let with = |word: &str| now.iter().filter(|now| **now == word).count();
    let left = guide::Total::of(blank);
    let parts = [
        (Pair("还有 ", "還有 "), left.reference(script), left.now),
        (
            Pair(" 格未填。共核对 ", " 格未填。共核對 "),
            format!("COUNTA({words})"),
            now.len(),
        ),
        (Pair(" 条：是 ", " 條：是 "), count(YES), 0),
        (Pair(" 条，否 ", " 條，否 "), count(NO), 0),
        (
            Pair(" 条（其中提示 ", " 條（其中提示 "),
            format!("COUNTIFS({kinds},\"{HINT}\",{words},\"{NO}\")"),
            0,
        ),
        (
            Pair(" 条），未填 ", " 條），未填 "),
            count(MISSING),
            with(MISSING),
        ),
        (
            Pair(" 条，不适用 ", " 條，不適用 "),
            count(not_asked),
            with(not_asked),
        ),
    ];
    let end = Pair(" 条", " 條").text(script);
    let formula: String = parts
        .iter()
        .map(|(words, count, _)| format!("\"{}\"&{count}&", words.text(script)))
        .collect();
    let text: String = parts
        .iter()
        .map(|(words, _, count)| format!("{}{count}", words.text(script)))
        .collect();
    Some((format!("{formula}\"{end}\""), format!("{text}{end}")))
}
