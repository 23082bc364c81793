//! The rules of the form (勾稽关系): every equation over the figures of one report.

use rust_decimal::Decimal;

use crate::finding::{Code, Finding, Message, Related};
use crate::form::{Comparison, Expr, FigureId, Relation, Rule, RuleInstance, Term};
use crate::report::{Figure, Report, Scope};
use crate::source::Place;

/// Every equation that doesn't hold; those with figures of the year before only where that
/// year's report is at hand and has the figure.
pub(super) fn check(report: &Report, previous: Option<&Report>) -> Vec<Finding> {
    let years = Years { report, previous };
    let mut findings = Vec::new();
    for rule in &report.form.rules {
        // A region's sums hold what its higher bodies made.
        let others = report.scope == Scope::Region;
        if rule
            .organs
            .as_ref()
            .is_some_and(|organs| others || !organs.include(&report.organ.text))
        {
            continue;
        }
        for instance in &rule.instances {
            match instance.computes {
                Some(figure) => findings.extend(computed(report, rule, figure)),
                // Made of derived figures only, an equation follows from those over their parts:
                // that one says where the fault is, this one would say it again.
                None if all_derived(report, instance) => {}
                None => findings.extend(years.equation(rule, instance)),
            }
        }
    }
    findings
}

/// The report and the one on the year before.
#[derive(Clone, Copy)]
struct Years<'a> {
    report: &'a Report,
    previous: Option<&'a Report>,
}

/// A figure, and whether it is that of the year before.
type Operand = (FigureId, bool);

fn operands(comparison: &Comparison) -> impl Iterator<Item = Operand> + '_ {
    comparison
        .left
        .operands()
        .chain(comparison.right.operands())
}

fn all_derived(report: &Report, instance: &RuleInstance) -> bool {
    operands(&instance.comparison).all(|(id, _)| report.form.spec(id).derived)
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
    let name = report.form.figure_title(id, report.script);
    Some(
        Finding::new(
            Code::Rule(rule.code.clone()),
            Message::new(
                format!("{}应为 {expected}，写的是 {found}（{zh}）", name.zh),
                format!("{} should be {expected}, not {found} ({en})", name.en),
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

impl Years<'_> {
    /// The figure itself; that of the year before by its key, as that year may have had another
    /// form.
    fn figure(&self, (id, previous): Operand) -> Option<&Figure> {
        if !previous {
            return Some(self.report.figure(id));
        }
        let before = self.previous?;
        let id = before.form.figure(&self.report.form.spec(id).key)?;
        Some(before.figure(id))
    }

    fn place(&self, operand: Operand) -> Option<Place> {
        let given = self.figure(operand)?.given.as_ref()?;
        Some(given.place.clone())
    }

    /// Both sides' values.
    fn sides(&self, comparison: &Comparison) -> Option<(Decimal, Decimal)> {
        let value = |id, previous| Some(self.figure((id, previous))?.value);
        Some((
            comparison.left.value(value)?,
            comparison.right.value(value)?,
        ))
    }

    fn holds(&self, comparison: &Comparison) -> Option<bool> {
        let (left, right) = self.sides(comparison)?;
        Some(comparison.relation.holds(left, right))
    }

    /// An equation or inequality that must hold.
    fn equation(&self, rule: &Rule, instance: &RuleInstance) -> Option<Finding> {
        for condition in &instance.conditions {
            if !self.holds(condition)? {
                return None;
            }
        }
        let comparison = &instance.comparison;
        if self.holds(comparison)? {
            return None;
        }
        let (left, right) = self.sides(comparison)?;
        let report = self.report;
        let all: Vec<Operand> = operands(comparison).collect();
        // The finding points at this year's file first: that is the one being checked.
        let first = *all
            .iter()
            .find(|(id, previous)| !previous && self.place((*id, false)).is_some())?;
        let (zh, en) = if let [_] = all.as_slice()
            && comparison.relation == Relation::Equal
        {
            // "1 ≠ 0" is no news where the rule says what the one figure has to be.
            (format!("写的是 {left}"), format!("it is {left}"))
        } else {
            // Where the sides must differ they are equal: the value is said once.
            let equal = comparison.relation == Relation::Unequal;
            let sides = format!(
                "{} {} {}",
                self.shown(&comparison.left, left, false),
                comparison.relation.opposite(),
                self.shown(&comparison.right, right, equal)
            );
            (sides.clone(), sides)
        };
        let figures: Vec<FigureId> = all.iter().map(|(id, _)| *id).collect();
        let subject = report.form.subject(&figures, first.0, report.script);
        let mut finding = Finding::new(
            Code::Rule(rule.code.clone()),
            Message::new(
                format!("{}：{zh}（规则：{}）", subject.zh, rule.description.zh),
                format!("{}: {en} (rule: {})", subject.en, rule.description.en),
            ),
        )
        .key(&report.form.spec(first.0).key)
        .expected(right, left)
        .remedy(rule.remedy.clone().unwrap_or_else(|| {
            Message::new(
                format!("相差 {}，请核对标出的各数", (left - right).abs()),
                format!(
                    "they are {} apart: check the figures shown",
                    (left - right).abs()
                ),
            )
        }));
        finding.severity = rule.severity;
        finding.place = self.place(first);
        let first_row = report.form.figure_name(first.0, report.script).0;
        for operand in all.into_iter().filter(|operand| *operand != first) {
            let (row, column) = report.form.figure_name(operand.0, report.script);
            let value = self.figure(operand)?.value;
            let (zh, en) = if operand.1 {
                ("上年报告", "last year's ")
            } else {
                ("", "")
            };
            // Of figures in one row only the column tells which is which.
            let by_column = row.is_empty() || (row == first_row && !column.is_empty());
            let name = if by_column { column } else { row };
            finding = finding.related(Related {
                message: Message::new(
                    format!("{zh}“{name}” {value}"),
                    format!("{en}\"{name}\" {value}"),
                ),
                place: self.place(operand),
                key: Some(report.form.spec(operand.0).key.clone()),
            });
        }
        Some(finding)
    }

    /// A sum as it is worked out by hand: `3402 + 91 = 3493`; where `bare`, without its value.
    fn shown(&self, expr: &Expr, value: Decimal, bare: bool) -> String {
        let mut text = String::new();
        for (index, term) in expr.terms.iter().enumerate() {
            let value = match term {
                Term::Number(number) => *number,
                Term::Figure {
                    minus,
                    previous,
                    figure,
                } => {
                    let value = self
                        .figure((*figure, *previous))
                        .map_or(Decimal::ZERO, |f| f.value);
                    if *minus { -value } else { value }
                }
            };
            match (index, value.is_sign_negative() && !value.is_zero()) {
                (0, _) => text.push_str(&value.to_string()),
                (_, false) => text.push_str(&format!(" + {}", value.abs())),
                (_, true) => text.push_str(&format!(" - {}", value.abs())),
            }
        }
        if expr.terms.len() > 1 && !bare {
            text.push_str(&format!(" = {value}"));
        }
        text
    }
}
