//! Figures that changed fivefold since last year: often a slip of a row or of a digit.

use rust_decimal::Decimal;

use crate::form::FigureId;
use crate::report::Report;
use crate::text::{Code, Finding, Message, Related};

/// The change that is doubted, as a factor.
pub(crate) const FACTOR: i64 = 5;
/// The larger of both figures must reach this: 3 after 15 is no news.
pub(crate) const LEAST: i64 = 100;

/// One warning for each input figure that is five times last year's or a fifth of it. Where
/// either is 0 nothing is said: work that starts or stops is not a slip.
pub(super) fn check(report: &Report, previous: &Report) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, spec) in report.form.figures.iter().enumerate() {
        let id = FigureId(index);
        let Some(before) = previous.counterpart(&report.form, id) else {
            continue;
        };
        let now = report.figure(id);
        // In different units (元, 万元) the numbers say nothing of each other.
        let units = [&now.unit, &before.unit].map(|unit| unit.as_ref().map(|unit| &unit.text));
        if spec.derived || units[0] != units[1] || !jumps(now.value, before.value) {
            continue;
        }
        let (Some(given), Some(given_before)) = (&now.given, &before.given) else {
            continue;
        };
        let name = report.form.figure_title(id, report.script);
        findings.push(
            Finding::new(
                Code::Jump,
                Message::new(
                    format!(
                        "{}：上年 {}，今年 {}，相差 {FACTOR} 倍以上",
                        name.zh, before.value, now.value
                    ),
                    format!(
                        "{}: {} last year, {} now: a change of {FACTOR} times or more",
                        name.en, before.value, now.value
                    ),
                ),
            )
            .at(given.place.clone())
            .key(&spec.key)
            .expected(before.value, now.value)
            .remedy(Message::new(
                "请核对是否填错行、列或单位",
                "check the row, the column and the unit",
            ))
            .related(Related {
                message: Message::new(
                    format!("上年 {}", before.value),
                    format!("last year {}", before.value),
                ),
                place: Some(given_before.place.clone()),
                key: Some(spec.key.clone()),
            }),
        );
    }
    findings
}

/// Whether a figure changed so much.
pub(crate) fn jumps(now: Decimal, before: Decimal) -> bool {
    let (small, large) = if now < before {
        (now, before)
    } else {
        (before, now)
    };
    small > Decimal::ZERO && large >= Decimal::from(LEAST) && large >= small * Decimal::from(FACTOR)
}
