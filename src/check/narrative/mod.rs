//! Numbers in the texts that contradict the tables.
//!
//! A text is read clause by clause. A number is compared with a figure only where every word
//! around it is known, so that it can be no other body's, no other year's and no part of
//! something: a contradiction that is overlooked costs less than a false alarm.

mod characters;
mod clause;
mod elsewhere;
mod number;
mod paragraph;
mod tables;
mod vocabulary;
mod words;

use rust_decimal::Decimal;

use self::paragraph::{Doubt, Reader};
use crate::form::{Claim, FigureId, Term};
use crate::report::Report;
use crate::text::{Code, Finding, Message, Place, Related};

/// A warning for each number that contradicts the tables.
pub(super) fn check(report: &Report) -> Vec<Finding> {
    let mut reader = Reader::new(report);
    for text in report.opening.iter().chain(&report.texts) {
        reader.text(&text.lines);
    }
    let doubts = reader.doubts();
    doubts
        .iter()
        .filter_map(|doubt| finding(report, doubt))
        .collect()
}

fn finding(report: &Report, doubt: &Doubt<'_>) -> Option<Finding> {
    let claims = doubt.claims.iter().map(|id| report.form.claims.get(*id));
    let claims: Vec<&Claim> = claims.collect::<Option<_>>()?;
    let terms: Vec<(FigureId, Decimal)> = claims
        .iter()
        .flat_map(|claim| &claim.expected.terms)
        .filter_map(|term| match term {
            Term::Figure { minus, figure, .. } => {
                let value = report.figure(*figure).value;
                Some((*figure, if *minus { -value } else { value }))
            }
            Term::Number(_) => None,
        })
        .collect();
    let (first, _) = terms.first()?;
    let expected = claims.iter().try_fold(Decimal::ZERO, |sum, claim| {
        sum.checked_add(
            claim
                .expected
                .value(|id, _| Some(report.figure(id).value))?,
        )
    })?;
    // Of a sum of many rows those that are 0 only hide the others.
    let mut shown: Vec<_> = terms.iter().filter(|(_, value)| !value.is_zero()).collect();
    if shown.is_empty() {
        shown.extend(terms.first());
    }
    let worked_out = match shown.as_slice() {
        [_] => expected.to_string(),
        several => {
            let values: Vec<String> = several.iter().map(|(_, v)| v.to_string()).collect();
            format!("{} = {expected}", values.join(" + "))
        }
    };
    let text = &doubt.worded.text;
    let said = text.get(doubt.said.clone())?;
    let number = text.get(doubt.digits.clone())?;
    let key = &report.form.spec(*first).key;
    let remedy = if terms.len() == 1 {
        Message::new(
            format!("核对文字与表格；文字中可写 {{{{{key}}}}}，引用表中的数"),
            format!("check the text and the table; {{{{{key}}}}} in the text quotes the figure"),
        )
    } else {
        Message::new("核对文字与表格", "check the text and the table")
    };
    let mut finding = Finding::new(
        Code::Narrative,
        Message::new(
            format!("文字写“{said}”，表中是 {worked_out}"),
            format!("the text says \"{said}\", the table {worked_out}"),
        ),
    )
    .at(Place::within(
        &doubt.worded.place,
        text,
        doubt.digits.start,
        number.len(),
    ))
    .key(key)
    .expected(expected, number)
    .remedy(remedy);
    for (figure, value) in shown {
        let (row, column) = report.form.figure_name(*figure, report.script);
        let name = if row.is_empty() { column } else { row };
        finding = finding.related(Related {
            message: Message::new(format!("“{name}” {value}"), format!("\"{name}\" {value}")),
            place: place(report, *figure),
            key: Some(report.form.spec(*figure).key.clone()),
        });
    }
    Some(finding)
}

/// Where a figure is given; of a total that is left out, where the first of its parts is.
fn place(report: &Report, figure: FigureId) -> Option<Place> {
    let given = |id| {
        let given = report.figure(id).given.as_ref()?;
        Some(given.place.clone())
    };
    given(figure).or_else(|| {
        let mut definitions = report.form.definitions.iter();
        let definition = definitions.find(|definition| definition.figure == figure)?;
        definition.expr.operands().find_map(|(id, _)| given(id))
    })
}
