//! Last year's figures beside this year's.

use rust_decimal::Decimal;

use crate::check::jumps;
use crate::form::FigureId;
use crate::report::{Figure, Report};

/// The report on the year before, as far as this year's form has its figures.
#[derive(Debug, Clone)]
pub struct Previous {
    /// The year that it reports on.
    pub year: i32,
    /// The figures that both years have, in the order of this year's form.
    pub figures: Vec<Before>,
    /// A change that is doubted, as a factor.
    pub factor: i64,
    /// The larger of both figures must reach this for a change to be doubted.
    pub least: i64,
}

/// A figure of the year before.
#[derive(Debug, Clone)]
pub struct Before {
    /// The figure's number in this year's form.
    pub id: FigureId,
    /// Its value last year.
    pub value: Decimal,
    /// Its unit, where last year's cell gives one.
    pub unit: Option<String>,
    /// What is thought of its change.
    pub jump: Jump,
}

/// What is thought of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jump {
    /// Years in different units say nothing of each other.
    Incomparable,
    /// A derived figure changes with those that it is made of.
    NotAsked,
    /// No change that is doubted.
    None,
    /// Grown by the factor or more.
    Up,
    /// Fallen by the factor or more.
    Down,
}

/// Puts both years beside each other.
pub(super) fn build(report: &Report, previous: &Report) -> Previous {
    let figures = report.form.figures.iter().enumerate();
    let figures = figures.filter_map(|(index, spec)| {
        let id = FigureId(index);
        let before = previous.counterpart(&report.form, id)?;
        let now = report.figure(id);
        let unit = |figure: &Figure| figure.unit.as_ref().map(|unit| unit.text.clone());
        let jump = if unit(now) != unit(before) {
            Jump::Incomparable
        } else if spec.derived {
            Jump::NotAsked
        } else if !jumps::jumps(now.value, before.value) {
            Jump::None
        } else if now.value > before.value {
            Jump::Up
        } else {
            Jump::Down
        };
        Some(Before {
            id,
            value: before.value,
            unit: unit(before),
            jump,
        })
    });
    Previous {
        year: previous.year,
        figures: figures.collect(),
        factor: jumps::FACTOR,
        least: jumps::LEAST,
    }
}
