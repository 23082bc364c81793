//! An equation over figures in words.

use crate::form::{Comparison, Expr, FigureId, Form, Rule, RuleInstance, Script, Term};
use crate::text::Severity;

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

impl Equation {
    /// A rule's equation; none where it is about no figure. Its figures have the places that the
    /// form knows of: none after the point.
    pub(crate) fn of(
        form: &Form,
        script: Script,
        rule: &Rule,
        instance: &RuleInstance,
    ) -> Option<Self> {
        let comparison = &instance.comparison;
        let ids: Vec<FigureId> = comparison.operands().map(|(id, _)| id).collect();
        let first = *ids.first()?;
        let all: Vec<FigureId> = instance.operands().map(|(id, _)| id).collect();
        let words = Words {
            form,
            script,
            first,
            shared: shared(form, &all, script),
        };
        let decimal = all.iter().any(|id| form.spec(*id).kind.is_decimal());
        Some(Self {
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
