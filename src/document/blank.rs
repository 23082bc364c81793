//! Form → what is to be filled in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Document;
use crate::check::Equation;
use crate::form::{Expr, FigureId, Form, Kind, Organs, Particular, RuleInstance, Script};
use crate::report::Report;

/// A form for one year with nothing filled in.
#[derive(Debug, Clone)]
pub struct Blank {
    /// What is to be filled in: the tables have no values, the texts no paragraphs.
    pub document: Document,
    /// The rules of the form, but for those across years; first those that can fail.
    pub questions: Vec<Question>,
    /// The inputs that are known from last year's report, where that is at hand.
    pub typed: BTreeMap<FigureId, Decimal>,
    /// Last year's figures with their units, as printed.
    pub previous: BTreeMap<FigureId, String>,
    form: Arc<Form>,
}

/// One equation or inequality that the figures will have to meet.
#[derive(Debug, Clone)]
pub struct Question {
    /// The equation.
    pub equation: Equation,
    /// The bodies whose own figures it is asked of; none for all.
    pub organs: Option<Organs>,
    /// The figures that must be typed before it has an answer.
    pub needed: BTreeSet<FigureId>,
    /// Whether its left side is computed from its right, so that it can't fail while typing.
    pub computed: bool,
}

/// The blank form for a year, which it has to serve, of a body whose name may be known.
pub fn blank(form: &Arc<Form>, year: i32, script: Script, organ: Option<&str>) -> Blank {
    let said = organ.map(|organ| ("organ.name", organ.to_owned()));
    Blank {
        document: Document::blank(form, year, script, said.into_iter().collect()),
        questions: questions(form, script),
        typed: BTreeMap::new(),
        previous: BTreeMap::new(),
        form: Arc::clone(form),
    }
}

/// The blank form for the year after that of a report: its particulars and what its figures carry over
/// into the next year stand in it already. Another name or script may be asked for.
pub fn blank_after(
    last: &Report,
    form: &Arc<Form>,
    script: Option<Script>,
    organ: Option<&str>,
) -> Blank {
    let script = script.unwrap_or(last.script);
    let stays = |key: &str| Particular::of(key).is_some_and(Particular::stays);
    let said = last.particulars.iter().filter(|(key, _)| stays(key));
    let mut said: BTreeMap<_, _> = said.map(|(key, it)| (key, it.text.clone())).collect();
    said.insert("organ.name", organ.unwrap_or(&last.organ.text).to_owned());
    said.insert("scope", last.scope.as_str().to_owned());
    let year = last.year.saturating_add(1);
    let before = |id: FigureId| {
        let id = last.form.figure(&form.spec(id).key)?;
        Some((id, last.figure(id)))
    };
    let carried = form.carried_over().into_iter().filter_map(|(id, from)| {
        let (_, figure) = before(from)?;
        // In another unit it is another number.
        let same = figure.unit.is_none() || form.spec(id).kind == Kind::Count;
        same.then_some((id, figure.value))
    });
    let previous = (0..form.figures.len()).map(FigureId).filter_map(|id| {
        let (old, figure) = before(id)?;
        let unit = figure.unit.as_ref().map(|unit| unit.text.as_str());
        let unit = unit
            .or(last.form.figure_unit(old, script))
            .unwrap_or_default();
        Some((id, format!("{}{unit}", figure.value)))
    });
    Blank {
        document: Document::blank(form, year, script, said),
        questions: questions(form, script),
        typed: carried.collect(),
        previous: previous.collect(),
        form: Arc::clone(form),
    }
}

impl Blank {
    /// What an expression comes to while the inputs that are not known count as nothing; none while
    /// none of them is known.
    pub fn value(&self, expr: &Expr) -> Option<Decimal> {
        let mut inputs = BTreeSet::new();
        add_inputs(&self.form, expr.operands().map(|(id, _)| id), &mut inputs);
        let known = inputs.iter().any(|id| self.typed.contains_key(id));
        known.then(|| self.sum(expr))?
    }

    /// The same, 0 where none is known.
    pub fn sum(&self, expr: &Expr) -> Option<Decimal> {
        expr.value(|id, _| {
            let sum = self.form.definitions.iter().find(|it| it.figure == id);
            match sum {
                Some(sum) => self.sum(&sum.expr),
                None => Some(self.typed.get(&id).copied().unwrap_or_default()),
            }
        })
    }

    /// How many of some inputs are not known.
    pub fn open(&self, inputs: impl IntoIterator<Item = FigureId>) -> usize {
        let inputs = inputs.into_iter();
        inputs.filter(|id| !self.typed.contains_key(id)).count()
    }
}

fn questions(form: &Form, script: Script) -> Vec<Question> {
    let instances = form
        .rules
        .iter()
        .flat_map(|rule| rule.instances.iter().map(move |instance| (rule, instance)));
    let this_year =
        instances.filter(|(_, instance)| instance.operands().all(|(_, previous)| !previous));
    let mut questions: Vec<Question> = this_year
        .filter_map(|(rule, instance)| {
            Some(Question {
                equation: Equation::of(form, script, rule, instance)?,
                organs: rule.organs.clone(),
                needed: needed(form, instance),
                computed: instance.computes.is_some(),
            })
        })
        .collect();
    questions.sort_by_key(|question| question.computed);
    questions
}

/// The figures that an equation is made of in the end: derived ones stand for what they add up.
fn needed(form: &Form, instance: &RuleInstance) -> BTreeSet<FigureId> {
    let mut inputs = BTreeSet::new();
    add_inputs(form, instance.operands().map(|(id, _)| id), &mut inputs);
    inputs
}

/// Adds the inputs that some figures are made of.
fn add_inputs(
    form: &Form,
    figures: impl Iterator<Item = FigureId>,
    inputs: &mut BTreeSet<FigureId>,
) {
    let mut seen = BTreeSet::new();
    let mut left: Vec<FigureId> = figures.collect();
    while let Some(id) = left.pop() {
        if !seen.insert(id) {
            continue;
        }
        match form.definitions.iter().find(|d| d.figure == id) {
            Some(definition) => left.extend(definition.expr.operands().map(|(id, _)| id)),
            None => {
                inputs.insert(id);
            }
        }
    }
}
