//! The rules of the form (勾稽关系): every equation over the figures of one report.

use rust_decimal::Decimal;

use super::equation::Equation;
use crate::form::{Comparison, Expr, FigureId, Relation, Rule, RuleInstance, Term};
use crate::report::{Figure, Report, Scope};
use crate::text::{Code, Finding, Message, Place, Related};

/// An equation as the figures of a report stand.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The equation.
    pub equation: Equation,
    /// Both sides' values.
    pub sides: (Decimal, Decimal),
    /// Whether it holds; none where its conditions don't.
    pub holds: Option<bool>,
}

/// Every equation that can be asked of `report`, in the order of the form, and what is to be told
/// of those that don't hold. Those with figures of the year before are there only where `previous`
/// has them all.
pub(super) fn check(report: &Report, previous: Option<&Report>) -> (Vec<Verdict>, Vec<Finding>) {
    let years = Years { report, previous };
    let (mut verdicts, mut findings) = (Vec::new(), Vec::new());
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
            let verdict = years.verdict(rule, instance);
            findings.extend(match (instance.computes, &verdict) {
                (Some(figure), _) => computed(report, rule, figure),
                // Made of derived figures only, an equation follows from those over their parts:
                // that one says where the fault is, this one would say it again.
                (None, Some(verdict)) if !all_derived(report, instance) => {
                    years.finding(rule, verdict)
                }
                (None, _) => None,
            });
            verdicts.extend(verdict);
        }
    }
    (verdicts, findings)
}

/// A figure, and whether it is that of the year before.
type Operand = (FigureId, bool);

fn all_derived(report: &Report, instance: &RuleInstance) -> bool {
    let mut operands = instance.comparison.operands();
    operands.all(|(id, _)| report.form.spec(id).derived)
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

/// The report and the one on the year before.
#[derive(Clone, Copy)]
struct Years<'a> {
    report: &'a Report,
    previous: Option<&'a Report>,
}

impl Years<'_> {
    /// The figure itself, or that of the year before.
    fn figure(&self, (id, previous): Operand) -> Option<&Figure> {
        if previous {
            self.previous?.counterpart(&self.report.form, id)
        } else {
            Some(self.report.figure(id))
        }
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

    fn verdict(&self, rule: &Rule, instance: &RuleInstance) -> Option<Verdict> {
        let comparison = &instance.comparison;
        let sides = self.sides(comparison)?;
        let mut asked = true;
        for condition in &instance.conditions {
            let (left, right) = self.sides(condition)?;
            asked &= condition.relation.holds(left, right);
        }
        let Report { form, script, .. } = self.report;
        let equation = Equation::of(form, *script, rule, instance)?;
        Some(Verdict {
            equation: Equation {
                places: self.places(instance),
                ..equation
            },
            sides,
            holds: asked.then(|| comparison.relation.holds(sides.0, sides.1)),
        })
    }

    /// Most decimal places of the figures and numbers of an equation; none where all are whole.
    fn places(&self, instance: &RuleInstance) -> Option<u32> {
        let exprs = instance.comparisons().flat_map(|it| [&it.left, &it.right]);
        let scales = exprs.flat_map(|expr| &expr.terms).filter_map(|term| {
            Some(match term {
                Term::Number(number) => number.scale(),
                Term::Figure {
                    figure, previous, ..
                } => self.figure((*figure, *previous))?.value.scale(),
            })
        });
        let places = scales.max().unwrap_or(0);
        let mut kinds = instance
            .operands()
            .map(|(id, _)| self.report.form.spec(id).kind);
        (places > 0 || kinds.any(|kind| kind.is_decimal())).then_some(places)
    }

    /// What is to be told of an equation that must hold and doesn't.
    fn finding(&self, rule: &Rule, verdict: &Verdict) -> Option<Finding> {
        if verdict.holds != Some(false) {
            return None;
        }
        let (comparison, (left, right)) = (&verdict.equation.comparison, verdict.sides);
        let report = self.report;
        let all: Vec<Operand> = comparison.operands().collect();
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
            let (minus, value) = match term {
                Term::Number(number) => (false, *number),
                Term::Figure {
                    minus,
                    previous,
                    figure,
                } => {
                    let figure = self.figure((*figure, *previous));
                    (*minus, figure.map_or(Decimal::ZERO, |f| f.value))
                }
            };
            // What the rule takes away is taken away where it is 0 too: `4 + 4 - 0 = 8`.
            let negative = value.is_sign_negative() && !value.is_zero();
            text.push_str(match (index, minus != negative) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            });
            text.push_str(&value.abs().to_string());
        }
        if expr.terms.len() > 1 && !bare {
            text.push_str(&format!(" = {value}"));
        }
        text
    }
}
