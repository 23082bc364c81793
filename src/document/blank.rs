//! Form → what is to be filled in.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Document;
use crate::check::Equation;
use crate::form::{FigureId, Form, Organs, RuleInstance, Script};

/// A form for one year with nothing filled in.
#[derive(Debug, Clone)]
pub struct Blank {
    /// What is to be filled in: the tables have no values, the texts no paragraphs.
    pub document: Document,
    /// The rules of the form, but for those across years.
    pub questions: Vec<Question>,
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
    Blank {
        document: Document::blank(form, year, script, organ),
        questions: questions(form, script),
    }
}

fn questions(form: &Form, script: Script) -> Vec<Question> {
    let instances = form
        .rules
        .iter()
        .flat_map(|rule| rule.instances.iter().map(move |instance| (rule, instance)));
    let this_year =
        instances.filter(|(_, instance)| instance.operands().all(|(_, previous)| !previous));
    this_year
        .filter_map(|(rule, instance)| {
            Some(Question {
                equation: Equation::of(form, script, rule, instance)?,
                organs: rule.organs.clone(),
                needed: needed(form, instance),
                computed: instance.computes.is_some(),
            })
        })
        .collect()
}

/// The figures that an equation is made of in the end: derived ones stand for what they add up.
fn needed(form: &Form, instance: &RuleInstance) -> BTreeSet<FigureId> {
    let mut inputs = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut left: Vec<FigureId> = instance.operands().map(|(id, _)| id).collect();
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
    inputs
}
