//! The sums as a data file, of which the region's own report can be built.

use super::model::Rollup;
use crate::form::FigureId;
use crate::form::data_file::{self, Start, quoted};

impl Rollup {
    /// The text of a data file with the sums as a region's figures, its texts and particulars left
    /// to be written. Derived figures are left to the program.
    pub fn data_file(&self) -> String {
        let organ = self.title.organ.as_str();
        let organ = (!organ.is_empty()).then_some(organ);
        let value = |id: FigureId| {
            let mut figures = self.figures().map(|(_, figure)| figure);
            let figure = figures.find(|figure| figure.id == id && figure.formula.is_none())?;
            Some(match figure.unit {
                Some(unit) => format!("{{ value = {}, unit = {} }}", figure.value, quoted(unit)),
                None => figure.value.to_string(),
            })
        };
        let start = Start {
            year: self.year,
            organ,
            script: self.script,
            region: true,
        };
        data_file::with_figures(&self.form, &start, &value)
    }
}
