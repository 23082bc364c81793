//! Numbers in the texts that contradict the tables.
//!
//! A text is read clause by clause. Its words name rows and columns of the tables
//! (`src/form/namings.toml`) or say how a number is meant (`words.toml`); a number is compared with
//! a figure only where every word around it is known, so that it can be no other body's, no other
//! year's and no part of something: a contradiction that is overlooked costs less than a false
//! alarm.

mod changes;
mod characters;
mod clause;
mod elsewhere;
mod items;
mod lexicon;
mod number;
mod reader;
mod scopes;
mod state;
mod tables;
mod tokens;

use rust_decimal::Decimal;

use self::lexicon::Lexicon;
use self::reader::{Against, Doubt, Reader};
use self::tables::Tables;
use crate::form::FigureId;
use crate::report::Report;
use crate::text::{Code, Finding, Message, Place, Related};

/// A warning for each number that contradicts the tables, or last year's.
pub(super) fn check(report: &Report, previous: Option<&Report>) -> Vec<Finding> {
    let lexicon = Lexicon::new(report);
    let mut reader = Reader::new(report, previous, &lexicon);
    for text in report.opening.iter().chain(&report.texts) {
        reader.text(&text.lines);
    }
    let doubts = reader.doubts.iter();
    doubts
        .filter_map(|doubt| finding(report, previous, doubt))
        .collect()
}

fn finding(report: &Report, previous: Option<&Report>, doubt: &Doubt<'_>) -> Option<Finding> {
    let text = &doubt.worded.text;
    let said = text.get(doubt.said.clone())?;
    let found = text.get(doubt.digits.clone())?;
    let place = Place::within(&doubt.worded.place, text, doubt.digits.start, found.len());
    let warning =
        |zh: String, en: String| Finding::new(Code::Narrative, Message::new(zh, en)).at(place);
    Some(match &doubt.against {
        Against::Figures(figures, before) => {
            let of = if *before { previous? } else { report };
            let mut finding = against_figures(of, figures, said, *before, warning)?;
            finding.found = Some(found.to_owned());
            finding
        }
        Against::Share(share) => warning(
            format!("文字写占“{said}”，按表中的数是 {share}%"),
            format!("the text says a share of \"{said}\", by the table it is {share}%"),
        )
        .expected(share, found)
        .remedy(Message::new("核对文字与表格", "check the text and the table")),
        Against::Change(figures, change) => warning(
            format!("文字写与上年相比变化“{said}”，按两年的表是 {change}"),
            format!("the text says a change of \"{said}\" since last year, by both tables it is {change}"),
        )
        .key(&report.form.spec(*figures.first()?).key)
        .expected(change, found)
        .remedy(Message::new(
            "核对文字与今年、上年的表格",
            "check the text and the tables of both years",
        )),
    })
}

/// A number that isn't the sum of the figures of `report`, which is last year's where `before`.
fn against_figures(
    report: &Report,
    figures: &[FigureId],
    said: &str,
    before: bool,
    warning: impl FnOnce(String, String) -> Finding,
) -> Option<Finding> {
    let tables = Tables { report };
    let first = *figures.first()?;
    let unit = report
        .figure(first)
        .unit
        .as_ref()
        .map(|unit| unit.text.as_str());
    let unit = unit.or_else(|| report.form.figure_unit(first, report.script));
    let unit = unit.filter(|_| report.form.spec(first).kind.is_decimal());
    let worth = tables.worth(first).unwrap_or(Decimal::ONE);
    let expected = tables.sum(figures)?.checked_div(worth)?.normalize();
    // Of a sum of many rows those that are 0 only hide the others.
    let value = |id: &FigureId| report.figure(*id).value;
    let mut shown: Vec<FigureId> = figures
        .iter()
        .filter(|id| !value(id).is_zero())
        .copied()
        .collect();
    if shown.is_empty() {
        shown.push(first);
    }
    let values: Vec<String> = shown
        .iter()
        .map(|id| value(id).normalize().to_string())
        .collect();
    let sum = match values.as_slice() {
        [_] => expected.to_string(),
        several => format!("{} = {expected}", several.join(" + ")),
    };
    let sum = format!(
        "{sum}{}",
        unit.map_or_else(String::new, |unit| format!(" {unit}"))
    );
    let key = &report.form.spec(*shown.first()?).key;
    let mut finding = if before {
        warning(
            format!("文字写“{said}”，上年的表中是 {sum}"),
            format!("the text says \"{said}\", last year's table {sum}"),
        )
    } else {
        warning(
            format!("文字写“{said}”，表中是 {sum}"),
            format!("the text says \"{said}\", the table {sum}"),
        )
    };
    finding = finding.key(key);
    finding.expected = Some(expected.to_string());
    finding = finding.remedy(if figures.len() == 1 && !before {
        Message::new(
            format!("核对文字与表格；文字中可写 {{{{{key}}}}}，引用表中的数"),
            format!("check the text and the table; {{{{{key}}}}} in the text quotes the figure"),
        )
    } else {
        Message::new("核对文字与表格", "check the text and the table")
    });
    for id in shown {
        let (row, column) = report.form.figure_name(id, report.script);
        let name = if row.is_empty() { column } else { row };
        let value = report.figure(id).value;
        finding = finding.related(Related {
            message: Message::new(format!("“{name}” {value}"), format!("\"{name}\" {value}")),
            place: place(report, id),
            key: Some(report.form.spec(id).key.clone()),
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
