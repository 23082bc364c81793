//! What is kept of a report that may be added up.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::check::Checked;
use crate::form::{FigureId, Form, Script};
use crate::report::Scope;

/// What is kept of a report: neither its texts nor its source, so that thousands find room.
#[derive(Debug, Clone)]
pub struct Member {
    /// The body that reports.
    pub organ: String,
    /// Its 统一社会信用代码.
    pub code: Option<String>,
    /// The year reported on.
    pub year: i32,
    /// The form that it was read against.
    pub form: Arc<Form>,
    /// Whose figures these are.
    pub scope: Scope,
    /// Script of its official wording.
    pub script: Script,
    /// Every figure's value, by [`FigureId`].
    pub values: Vec<Decimal>,
    /// The units that cells give.
    pub units: BTreeMap<FigureId, String>,
}

impl Member {
    /// What is kept of `report`.
    pub fn of(report: &Checked) -> Self {
        let units = report.figures.iter().enumerate();
        let units = units.filter_map(|(number, figure)| {
            let unit = figure.unit.as_ref()?.text.trim();
            (!unit.is_empty()).then(|| (FigureId(number), unit.to_owned()))
        });
        let code = report.particulars.get("organ.code");
        Self {
            organ: report.organ.text.clone(),
            code: code.map(|code| code.text.clone()),
            year: report.year,
            form: Arc::clone(&report.form),
            scope: report.scope,
            script: report.script,
            values: report.figures.iter().map(|figure| figure.value).collect(),
            units: units.collect(),
        }
    }

    /// A figure's value.
    pub(super) fn value(&self, id: FigureId) -> Decimal {
        self.values.get(id.0).copied().unwrap_or_default()
    }
}
