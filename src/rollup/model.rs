//! What comes out of rolling up.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::document::{Figure, Table, Title};
use crate::form::{FigureId, Form, Script};
use crate::report::Scope;
use crate::text::{Finding, Message, Severity};

/// The sums of many reports.
#[derive(Debug)]
pub struct Rollup {
    /// The form that all of them follow.
    pub form: Arc<Form>,
    /// The year that they report on.
    pub year: i32,
    /// Script of the official wording.
    pub script: Script,
    /// Whose figures the units gave.
    pub scope: Scope,
    /// Whose roll-up it is (blank where nobody was named), and of what.
    pub title: Title,
    /// The official tables with the sums. A figure whose unit is the form's own, or that has none,
    /// has no unit of its own.
    pub tables: Vec<Table>,
    /// The reports that were added, in the order of their files.
    pub units: Vec<Unit>,
    /// Every file, and then every unit that was expected and has none.
    pub lines: Vec<Line>,
    /// The parent's own figures beside the sums.
    pub parent: Option<Parent>,
}

impl Rollup {
    /// The figures with the names of their tables, in the order of the tables.
    pub fn figures(&self) -> impl Iterator<Item = (&Table, Figure<'_>)> {
        self.tables
            .iter()
            .flat_map(|table| table.figures().map(move |figure| (table, figure)))
    }

    /// How many files are in the sums, how many are not, and how many units have none.
    pub fn counts(&self) -> [usize; 3] {
        [State::Added, State::LeftOut, State::Missing]
            .map(|state| self.lines.iter().filter(|line| line.state == state).count())
    }
}

/// A report that was added.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The body that reports.
    pub organ: String,
    /// Its 统一社会信用代码.
    pub code: Option<String>,
    /// Its figures by [`FigureId`], in the units of the sums.
    pub values: Vec<Decimal>,
}

impl Unit {
    /// A figure's value.
    pub fn value(&self, id: FigureId) -> Decimal {
        self.values.get(id.0).copied().unwrap_or_default()
    }
}

/// What became of a file, or of a unit that was expected.
#[derive(Debug, Clone)]
pub struct Line {
    /// The unit, where it could be made out.
    pub organ: Option<String>,
    /// Its file; none for a unit that has none.
    pub file: Option<String>,
    /// What became of it.
    pub state: State,
    /// What was found in it.
    pub remarks: Vec<Remark>,
}

/// What became of a file or a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is in the sums.
    Added,
    /// It is not.
    LeftOut,
    /// It was expected, and there is no file.
    Missing,
}

/// A finding, as a list of all of them has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Whether it stops the report.
    pub severity: Severity,
    /// Its code.
    pub code: String,
    /// `12:5` in a data file, `依申请公开!E12` in a workbook; empty where it has no place.
    pub place: String,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub remedy: Option<Message>,
}

impl Remark {
    /// What is kept of a finding.
    pub fn of(finding: &Finding) -> Self {
        let place = finding.place.as_ref().map(|place| match place.cell() {
            Some(cell) => format!("{}!{}", cell.sheet, cell.name()),
            None => {
                let at = place.position();
                format!("{}:{}", at.line, at.column)
            }
        });
        Self {
            severity: finding.severity,
            code: finding.code.to_string(),
            place: place.unwrap_or_default(),
            message: finding.message.clone(),
            remedy: finding.remedy.clone(),
        }
    }
}

/// The parent's own report.
#[derive(Debug, Clone)]
pub struct Parent {
    /// The body that reports.
    pub organ: String,
    /// Its figures by [`FigureId`], in the units of the sums; none where one is given in a unit that
    /// can't be converted.
    pub values: Vec<Option<Decimal>>,
}
