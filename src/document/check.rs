//! The rules of the form as the figures of a report stand, sides and all.

use crate::finding::Severity;
use crate::form::{Comparison, Expr, FigureId, Form, Rule, RuleInstance, Script, Term};
use crate::report::{Figure, Report, Scope};
use rust_decimal::Decimal;

/// Most figures of a sum that are named one by one.
const MOST_NAMES: usize = 8;

/// One equation or inequality over the figures of a form.
#[derive(Debug, Clone)]
pub struct Equation {
    /// The rule's code.
    pub code: String,
    /// Whether breaking it is an error or only doubted.
    pub severity: Severity,
    /// What the rule asks for.
    pub rule: String,
    /// What it asks it of: table, and row or column.
    pub subject: String,
    /// The equation with the official names of its figures, and with the conditions.
    pub words: String,
    /// The equation.
    pub comparison: Comparison,
    /// What must hold for it to be asked.
    pub conditions: Vec<Comparison>,
    /// Most decimal places of its figures; none where all are whole numbers.
    pub places: Option<u32>,
}

/// An equation as the figures of a report stand.
#[derive(Debug, Clone)]
pub struct Check {
    /// The equation.
    pub equation: Equation,
    /// Both sides' values.
    pub sides: (Decimal, Decimal),
    /// Whether it holds; none where its conditions don't.
    pub holds: Option<bool>,
}

/// Every equation that can be asked of `report`, in the order of the form. Those with figures of
/// the year before are there only where `previous` has them all.
pub(super) fn build(report: &Report, previous: Option<&Report>) -> Vec<Check> {
    let years = Years { report, previous };
    let speaks = |rule: &&Rule| {
        // A region's sums hold what its higher bodies made.
        let own = report.scope == Scope::Own;
        let organs = rule.organs.as_ref();
        organs.is_none_or(|organs| own && organs.include(&report.organ.text))
    };
    let rules = report.form.rules.iter().filter(speaks);
    rules
        .flat_map(|rule| rule.instances.iter().map(move |instance| (rule, instance)))
        .filter_map(|(rule, instance)| years.check(rule, instance))
        .collect()
}

/// A rule's equation; none where it is about no figure. Its figures have the places that the form
/// knows of: none after the point.
pub(super) fn equation(
    form: &Form,
    script: Script,
    rule: &Rule,
    instance: &RuleInstance,
) -> Option<Equation> {
    let comparison = &instance.comparison;
    let ids: Vec<FigureId> = operands(comparison).map(|(id, _)| id).collect();
    let first = *ids.first()?;
    let all: Vec<FigureId> = instance_operands(instance).map(|(id, _)| id).collect();
    let words = Words {
        form,
        script,
        first,
        shared: shared(form, &all, script),
    };
    let decimal = all.iter().any(|id| form.spec(*id).kind.is_decimal());
    Some(Equation {
        code: rule.code.to_string(),
        severity: rule.severity,
        rule: rule.wording.text(script).to_owned(),
        subject: form.subject(&ids, first, script).zh,
        words: words.equation(instance),
        comparison: comparison.clone(),
        conditions: instance.conditions.clone(),
        places: decimal.then_some(0),
    })
}

/// The figures of an equation and its conditions, and whether each is last year's.
pub(super) fn instance_operands(
    instance: &RuleInstance,
) -> impl Iterator<Item = (FigureId, bool)> + Clone + '_ {
    let conditions = instance.conditions.iter().flat_map(operands);
    operands(&instance.comparison).chain(conditions)
}

struct Years<'a> {
    report: &'a Report,
    previous: Option<&'a Report>,
}

impl Years<'_> {
    fn check(&self, rule: &Rule, instance: &RuleInstance) -> Option<Check> {
        let comparison = &instance.comparison;
        let sides = self.sides(comparison)?;
        let mut asked = true;
        for condition in &instance.conditions {
            let (left, right) = self.sides(condition)?;
            asked &= condition.relation.holds(left, right);
        }
        let form = &self.report.form;
        let equation = equation(form, self.report.script, rule, instance)?;
        Some(Check {
            equation: Equation {
                places: self.places(instance),
                ..equation
            },
            sides,
            holds: asked.then(|| comparison.relation.holds(sides.0, sides.1)),
        })
    }

    fn figure(&self, id: FigureId, previous: bool) -> Option<&Figure> {
        if previous {
            super::previous::figure(self.report, self.previous?, id)
        } else {
            Some(self.report.figure(id))
        }
    }

    fn sides(&self, comparison: &Comparison) -> Option<(Decimal, Decimal)> {
        let value = |id, previous| Some(self.figure(id, previous)?.value);
        Some((
            comparison.left.value(value)?,
            comparison.right.value(value)?,
        ))
    }

    fn places(&self, instance: &RuleInstance) -> Option<u32> {
        let comparisons = || instance.conditions.iter().chain([&instance.comparison]);
        let scale = |id, previous| self.figure(id, previous).map(|figure| figure.value.scale());
        let figures = comparisons().flat_map(operands);
        let numbers = comparisons()
            .flat_map(|comparison| [&comparison.left, &comparison.right])
            .flat_map(|expr| &expr.terms)
            .filter_map(|term| match term {
                Term::Number(number) => Some(number.scale()),
                Term::Figure { .. } => None,
            });
        let places = figures
            .clone()
            .filter_map(|(id, previous)| scale(id, previous));
        let places = places.chain(numbers).max().unwrap_or(0);
        let mut kinds = figures.map(|(id, _)| self.report.form.spec(id).kind);
        (places > 0 || kinds.any(|kind| kind.is_decimal())).then_some(places)
    }
}

/// Whether figures stand in rows of the same name, and whether in columns of the same.
fn shared(form: &Form, figures: &[FigureId], script: Script) -> (bool, bool) {
    let names = figures.iter().map(|id| form.figure_name(*id, script));
    let mut pairs = names.clone().zip(names.skip(1));
    (
        pairs.clone().all(|((one, _), (next, _))| one == next),
        pairs.all(|((_, one), (_, next))| one == next),
    )
}

fn operands(comparison: &Comparison) -> impl Iterator<Item = (FigureId, bool)> + Clone + '_ {
    let sides = [&comparison.left, &comparison.right];
    sides.into_iter().flat_map(|side| {
        side.terms.iter().filter_map(|term| match term {
            Term::Figure {
                figure, previous, ..
            } => Some((*figure, *previous)),
            Term::Number(_) => None,
        })
    })
}

/// Puts sums into words; what all figures share is said by the subject.
struct Words<'a> {
    form: &'a Form,
    script: Script,
    first: FigureId,
    /// Whether all figures stand in one row, and whether in one column.
    shared: (bool, bool),
}

impl Words<'_> {
    fn equation(&self, instance: &RuleInstance) -> String {
        let mut words = self.comparison(&instance.comparison);
        if !instance.conditions.is_empty() {
            let conditions: Vec<String> = instance
                .conditions
                .iter()
                .map(|condition| self.comparison(condition))
                .collect();
            let when = match self.script {
                Script::Hans => "条件",
                Script::Hant => "條件",
            };
            words.push_str(&format!("（{when}：{}）", conditions.join("，")));
        }
        words
    }

    fn comparison(&self, comparison: &Comparison) -> String {
        format!(
            "{} {} {}",
            self.sum(&comparison.left),
            comparison.relation.sign(),
            self.sum(&comparison.right)
        )
    }

    fn sum(&self, expr: &Expr) -> String {
        let plain = |term: &Term| {
            matches!(
                term,
                Term::Figure {
                    minus: false,
                    previous: false,
                    ..
                }
            )
        };
        if let (
            [
                Term::Figure { figure: first, .. },
                ..,
                Term::Figure { figure: last, .. },
            ],
            true,
        ) = (
            expr.terms.as_slice(),
            expr.terms.len() > MOST_NAMES && expr.terms.iter().all(plain),
        ) {
            let (first, last) = (self.name(*first, false), self.name(*last, false));
            let count = expr.terms.len();
            return match self.script {
                Script::Hans => format!("“{first}”至“{last}”共 {count} 项之和"),
                Script::Hant => format!("“{first}”至“{last}”共 {count} 項之和"),
            };
        }
        let mut words = String::new();
        for (index, term) in expr.terms.iter().enumerate() {
            let (minus, text) = match term {
                Term::Number(number) => (number.is_sign_negative(), number.abs().to_string()),
                Term::Figure {
                    minus,
                    previous,
                    figure,
                } => (*minus, self.name(*figure, *previous)),
            };
            words.push_str(match (index, minus) {
                (0, false) => "",
                (0, true) => "−",
                (_, false) => " + ",
                (_, true) => " − ",
            });
            words.push_str(&text);
        }
        words
    }

    fn name(&self, id: FigureId, previous: bool) -> String {
        let (row, column) = self.form.figure_name(id, self.script);
        let mut name = match self.shared {
            (true, false) if !column.is_empty() => column.to_owned(),
            (false, true) if !row.is_empty() => row.to_owned(),
            _ if column.is_empty() => row.to_owned(),
            _ if row.is_empty() => column.to_owned(),
            _ => format!("{row} {column}"),
        };
        let table = self.form.spec(id).table;
        if table != self.form.spec(self.first).table {
            name = format!("{} {name}", self.form.table_name(table, self.script));
        }
        if previous {
            name.insert_str(0, "上年");
        }
        name
    }
}
