//! What the tables say of a row and a column that a text names.

use rust_decimal::Decimal;

use super::number::Number;
use super::tokens::Unit;
use crate::form::{FigureId, Form, Kind, Named, RowNaming};
use crate::report::Report;

/// Figures whose sum a number may be, the expected ones first.
pub(super) type Readings = Vec<Vec<FigureId>>;

/// The tables of a report.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    pub report: &'a Report,
}

/// 亿元, 万元 and 元 in 元.
const WORTH: [(&str, i64); 5] = [
    ("亿元", 100_000_000),
    ("億元", 100_000_000),
    ("万元", 10_000),
    ("萬元", 10_000),
    ("元", 1),
];

impl<'a> Tables<'a> {
    fn form(self) -> &'a Form {
        &self.report.form
    }

    /// The term of a row.
    pub fn row(self, term: usize) -> Option<&'a RowNaming> {
        match &self.form().namings.get(term)?.names {
            Named::Row(row) => Some(row),
            Named::Column(_) => None,
        }
    }

    /// The last parts of the keys that terms of columns stand for.
    pub fn columns(self, namings: &[usize]) -> Vec<String> {
        let columns =
            namings
                .iter()
                .filter_map(|naming| match &self.form().namings.get(*naming)?.names {
                    Named::Column(columns) => Some(columns),
                    Named::Row(_) => None,
                });
        columns.flatten().cloned().collect()
    }

    /// Every sum of figures that rows and columns may mean; none where the tables have no such
    /// figures. `before` is the column that the sentence named last.
    pub fn readings(
        self,
        rows: &[usize],
        columns: &[String],
        before: Option<&[String]>,
        unit: Unit,
    ) -> Readings {
        let rows: Vec<&RowNaming> = rows.iter().filter_map(|row| self.row(*row)).collect();
        let all = match rows.as_slice() {
            [one] => one.readings.clone(),
            several => {
                let first = several.iter().filter_map(|row| row.readings.first());
                vec![first.flatten().cloned().collect()]
            }
        };
        let default = match rows.as_slice() {
            [first, ..] => first.default.as_deref(),
            [] => return Readings::new(),
        };
        let column = |row: &str| match columns {
            [] => self.unnamed(row, default, before, unit),
            named => Some(named.to_vec()),
        };
        let figures = |rows: &Vec<String>| {
            let figures = rows.iter().flat_map(|row| {
                let columns = column(row).unwrap_or_else(|| vec![String::new()]);
                columns
                    .into_iter()
                    .map(move |column| format!("{row}.{column}"))
            });
            figures
                .map(|key| self.form().figure(&key).filter(|id| self.counts(*id, unit)))
                .collect::<Option<Vec<FigureId>>>()
        };
        // What the tables don't have in the expected sense they say nothing of.
        match all.first().map(&figures) {
            Some(Some(_)) => all.iter().filter_map(figures).collect(),
            _ => Readings::new(),
        }
    }

    /// The column of a row that names none.
    fn unnamed(
        self,
        row: &str,
        default: Option<&str>,
        before: Option<&[String]>,
        unit: Unit,
    ) -> Option<Vec<String>> {
        let has = |column: &str| self.form().figure(&format!("{row}.{column}")).is_some();
        if unit == Unit::Yuan {
            let money = self
                .form()
                .figures
                .iter()
                .filter(|spec| spec.kind.is_decimal());
            let mut last = money.filter_map(|spec| spec.key.strip_prefix(row)?.strip_prefix('.'));
            return last.next().map(|column| vec![column.to_owned()]);
        }
        let column = ["total"]
            .into_iter()
            .chain(default)
            .find(|column| has(column));
        match column {
            Some(column) => Some(vec![column.to_owned()]),
            None => Some(before?.to_vec()).filter(|columns| columns.iter().all(|c| has(c))),
        }
    }

    fn counts(self, id: FigureId, unit: Unit) -> bool {
        let spec = self.form().spec(id);
        spec.kind.is_decimal() == (unit == Unit::Yuan) && spec.kind != Kind::Signed
    }

    /// The sum of figures; sums of money in 元. None where the table gives a total that isn't the
    /// sum of its row: which of both the text should say is not known before that is put right.
    pub fn sum(self, figures: &[FigureId]) -> Option<Decimal> {
        figures.iter().try_fold(Decimal::ZERO, |sum, id| {
            let figure = self.report.figure(*id);
            let given = figure.given.as_ref().map(|given| given.value);
            let sound = given.is_none_or(|given| given == figure.value);
            sound.then_some(())?;
            // Nothing is nothing in every unit.
            if figure.value.is_zero() {
                return Some(sum);
            }
            sum.checked_add(figure.value.checked_mul(self.worth(*id)?)?)
        })
    }

    /// How many 元 the unit of a sum of money is; 1 for what is counted.
    pub fn worth(self, id: FigureId) -> Option<Decimal> {
        if !self.form().spec(id).kind.is_decimal() {
            return Some(Decimal::ONE);
        }
        let given = self
            .report
            .figure(id)
            .unit
            .as_ref()
            .map(|unit| unit.text.as_str());
        let unit = given.or_else(|| self.form().figure_unit(id, self.report.script))?;
        let known = WORTH.iter().find(|(name, _)| *name == unit);
        known.map(|(_, worth)| Decimal::from(*worth))
    }

    /// Whether a number can be one of the readings. A quoted figure is, and so is what the tables
    /// can't say.
    pub fn agree(self, number: &Number, readings: &Readings) -> bool {
        // 0 and 未 leave nothing to another reading.
        let may = if number.value.is_zero() {
            1
        } else {
            readings.len()
        };
        let mut readings = readings.iter().take(may);
        number.quoted
            || readings.any(|figures| self.sum(figures).is_none_or(|value| number.fits(value)))
    }

    /// Whether a number is more than every reading.
    pub fn are_exceeded(self, number: &Number, readings: &Readings) -> bool {
        readings
            .iter()
            .all(|figures| self.sum(figures).is_some_and(|value| number.value > value))
    }

    /// The sum of all rows of each group.
    pub fn wholes(self) -> Vec<Decimal> {
        let rows = (0..self.form().namings.len()).filter_map(|id| self.row(id));
        let mut groups: Vec<(&str, Vec<FigureId>)> = Vec::new();
        for row in rows {
            let (Some(group), Some(keys)) = (row.group.as_deref(), row.readings.first()) else {
                continue;
            };
            let totals = keys
                .iter()
                .filter_map(|key| self.form().figure(&format!("{key}.total")));
            let at = groups.iter().position(|(name, _)| *name == group);
            let at = at.unwrap_or_else(|| {
                groups.push((group, Vec::new()));
                groups.len() - 1
            });
            if let Some((_, figures)) = groups.get_mut(at) {
                for id in totals {
                    if !figures.contains(&id) {
                        figures.push(id);
                    }
                }
            }
        }
        groups
            .iter()
            .filter_map(|(_, figures)| self.sum(figures))
            .collect()
    }
}
