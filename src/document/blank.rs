//! Form → what is to be filled in.

use std::collections::BTreeSet;

use super::grid::{grid, slot};
use super::model::{Slot, Table};
use crate::check::Equation;
use crate::form::{FigureId, Form, Organs, RuleInstance, Script, SectionBody};

/// A form for one year with nothing filled in.
#[derive(Debug, Clone)]
pub struct Blank {
    /// Name of the form, such as `2021`.
    pub form: String,
    /// Script of the official wording.
    pub script: Script,
    /// The year to be reported on.
    pub year: i32,
    /// Name of the body that is to report, where it is known.
    pub organ: Option<String>,
    /// The title below the body's name: `2024年政府信息公开工作年度报告`.
    pub subject: String,
    /// The sections in order.
    pub parts: Vec<Part>,
    /// The rules of the form, but for those across years.
    pub questions: Vec<Question>,
}

impl Blank {
    /// The tables in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table<Slot>> {
        self.parts.iter().filter_map(|part| match part {
            Part::Table { table, .. } => Some(table),
            Part::Text { .. } => None,
        })
    }

    /// The title with the body's name before it, where that is known.
    pub fn title(&self) -> String {
        format!(
            "{}{}",
            self.organ.as_deref().unwrap_or_default(),
            self.subject
        )
    }
}

/// A section.
#[derive(Debug, Clone)]
pub enum Part {
    /// A text to be written.
    Text {
        /// Its key in a data file: `text.overview`.
        key: String,
        /// Its official heading.
        heading: String,
    },
    /// A table to be filled in.
    Table {
        /// Its official heading.
        heading: String,
        /// The table.
        table: Table<Slot>,
    },
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

/// The blank form for a year, which it has to serve.
pub fn blank(form: &Form, year: i32, script: Script, organ: Option<&str>) -> Blank {
    let parts = form.sections.iter().map(|section| {
        let heading = section.heading.text(script).to_owned();
        match section.body {
            SectionBody::Text(id) => Part::Text {
                key: format!("text.{}", form.texts.get(id.0).map_or("", String::as_str)),
                heading,
            },
            SectionBody::Table(id) => Part::Table {
                heading,
                table: grid(form, script, id, |id| slot(form, script, id)),
            },
        }
    });
    Blank {
        form: form.id.clone(),
        script,
        year,
        organ: organ.map(str::to_owned),
        subject: form.title.text(script).replace("{year}", &year.to_string()),
        parts: parts.collect(),
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
