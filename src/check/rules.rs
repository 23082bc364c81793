//! The rules of the form (勾稽关系): every equation over the figures of one report.

use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Message, Related};
use crate::form::{Expr, FigureId, Relation, Rule, RuleInstance};
use crate::report::Report;

/// Every equation that doesn't hold.
pub(super) fn check(report: &Report) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in &report.form.rules {
        for instance in &rule.instances {
            match instance.computes {
                Some(figure) => findings.extend(computed(report, rule, figure)),
                // Made of derived figures only, an equation follows from those over their parts:
                // that one says where the fault is, this one would say it again.
                None if all_derived(report, instance) => {}
                None => findings.extend(equation(report, rule, instance)),
            }
        }
    }
    findings
}

fn all_derived(report: &Report, instance: &RuleInstance) -> bool {
    instance
        .left
        .figures()
        .chain(instance.right.figures())
        .all(|id| report.form.spec(id).derived)
}

/// A derived figure that the file gives too.
fn computed(report: &Report, rule: &Rule, id: FigureId) -> Option<Finding> {
    let figure = report.figure(id);
    let given = figure.given.as_ref()?;
    if given.value == figure.value {
        return None;
    }
    let (zh, en) = (&rule.description.zh, &rule.description.en);
    let (expected, found) = (figure.value, given.value);
    let name = name(report, id);
    Some(
        Finding::new(
            Code::Rule(rule.code.clone()),
            Message::new(
                format!("{name}应为 {expected}，写的是 {found}（{zh}）"),
                format!("{name} should be {expected}, not {found} ({en})"),
            ),
        )
        .at(given.place.clone())
        .key(&report.form.spec(id).key)
        .expected(expected, found)
        .remedy(Message::new(
            format!("写 {expected}；或删去这个数，由程序计算；或核对被加的各项"),
            format!("write {expected}, or leave the total out, or check what it is the sum of"),
        )),
    )
}

/// An equation or inequality that must hold.
fn equation(report: &Report, rule: &Rule, instance: &RuleInstance) -> Option<Finding> {
    let value = |id: FigureId| report.figure(id).value;
    let (left, right) = (instance.left.value(value)?, instance.right.value(value)?);
    if instance.relation.holds(left, right) {
        return None;
    }
    let ids: Vec<FigureId> = instance
        .left
        .figures()
        .chain(instance.right.figures())
        .collect();
    let place = |id: &FigureId| {
        report
            .figure(*id)
            .given
            .as_ref()
            .map(|given| given.place.clone())
    };
    let first = ids.iter().find(|id| place(id).is_some())?;
    let sign = match instance.relation {
        Relation::Equal => "≠",
        Relation::AtLeast => "<",
        Relation::AtMost => ">",
    };
    let shared = shared_column(report, &ids);
    let sides = format!(
        "{} = {left} {sign} {} = {right}",
        shown(report, &instance.left),
        shown(report, &instance.right)
    );
    let difference = (left - right).abs();
    let table = report
        .form
        .table_name(report.form.spec(*first).table, report.script);
    let mut finding = Finding::new(
        Code::Rule(rule.code.clone()),
        Message::new(
            format!(
                "{table}：{shared}{}不成立：{sides}，相差 {difference}",
                rule.description.zh
            ),
            format!(
                "{table}: {shared}{} fails: {sides}, {difference} apart",
                rule.description.en
            ),
        ),
    )
    .key(&report.form.spec(*first).key)
    .expected(right, left)
    .remedy(Message::new("核对标出的各数", "check the figures shown"));
    finding.place = place(first);
    for id in ids.iter().filter(|id| *id != first) {
        let name = name(report, *id);
        let value = value(*id);
        finding = finding.related(Related {
            message: Message::new(format!("{name} {value}"), format!("{name} {value}")),
            place: place(id),
            key: Some(report.form.spec(*id).key.clone()),
        });
    }
    Some(finding)
}

/// The values of a sum as it is worked out by hand: `3402 + 91`.
fn shown(report: &Report, expr: &Expr) -> String {
    let mut text = String::new();
    for (index, term) in expr.terms.iter().enumerate() {
        let value = match term {
            crate::form::Term::Number(number) => *number,
            crate::form::Term::Figure {
                minus: true,
                figure,
            } => -report.figure(*figure).value,
            crate::form::Term::Figure {
                minus: false,
                figure,
            } => report.figure(*figure).value,
        };
        match (index, value.is_sign_negative()) {
            (0, _) => text.push_str(&value.to_string()),
            (_, false) => text.push_str(&format!(" + {value}")),
            (_, true) => text.push_str(&format!(" - {}", Decimal::abs(&value))),
        }
    }
    text
}

/// The official name of the column that all figures share, with a comma; empty if they don't.
fn shared_column(report: &Report, ids: &[FigureId]) -> String {
    let columns: Vec<String> = ids
        .iter()
        .map(|id| report.form.figure_name(*id, report.script).1)
        .collect();
    match columns.first() {
        Some(first) if !first.is_empty() && columns.iter().all(|c| c == first) => {
            format!("“{first}”一列，")
        }
        _ => String::new(),
    }
}

/// `“（一）予以公开”的“总计”`, with the table's name before it.
fn name(report: &Report, id: FigureId) -> String {
    let (row, column) = report.form.figure_name(id, report.script);
    let table = report
        .form
        .table_name(report.form.spec(id).table, report.script);
    match (row.is_empty(), column.is_empty()) {
        (false, false) => format!("{table}：“{row}”的“{column}”"),
        (false, true) => format!("{table}：“{row}”"),
        _ => format!("{table}：“{column}”"),
    }
}
