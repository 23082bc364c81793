//! Adding up: money in one unit, inputs cell by cell, derived figures from the sums.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::agreement::Sound;
use super::measure;
use super::member::Member;
use super::model::Unit;
use super::objection::Objection;
use crate::data::numeral::MAX;
use crate::form::{FigureId, Form, Script};

/// The units of the sums that are not the form's own.
pub(super) type Measures = BTreeMap<FigureId, String>;

/// Brings all figures into the same units. A report with one that can't be brought there is left
/// out.
pub(super) fn units(
    form: &Form,
    script: Script,
    sound: Vec<Sound<'_>>,
    objections: &mut Vec<Objection>,
) -> (Vec<(usize, Unit)>, Measures) {
    let measures = Measures::from_iter(
        (0..form.figures.len())
            .map(FigureId)
            .filter_map(|id| Some((id, measure_of(form, script, id, &sound)?))),
    );
    let units = sound.into_iter().filter_map(|(number, _, member)| {
        let figures = (0..form.figures.len()).map(FigureId);
        let values = figures.map(|id| one(form, script, member, &measures, id).ok_or(id));
        match values.collect() {
            Ok(values) => Some((
                number,
                Unit {
                    organ: member.organ.clone(),
                    code: member.code.clone(),
                    values,
                },
            )),
            Err(id) => {
                let found = member.units.get(&id).map(String::as_str);
                let printed = form.figure_unit(id, script);
                let common = measures.get(&id).map(String::as_str).or(printed);
                let about = (form, id, script);
                objections.push(Objection::measure(number, about, found, common));
                None
            }
        }
    });
    (units.collect(), measures)
}

/// The unit of a sum that its form doesn't print.
fn measure_of(form: &Form, script: Script, id: FigureId, sound: &[Sound<'_>]) -> Option<String> {
    if form.spec(id).kind.is_decimal() {
        let printed = form.figure_unit(id, script);
        let worth_something = sound.iter().filter(|(.., m)| !m.value(id).is_zero());
        let given = worth_something.filter_map(|(.., m)| m.units.get(&id).map(String::as_str));
        return measure::common(printed, given)
            .filter(|unit| Some(*unit) != printed)
            .map(str::to_owned);
    }
    // A unit that all of them print is printed on.
    let mut units = sound.iter().map(|(.., member)| member.units.get(&id));
    let first = units.next()??;
    let ones = measure::counts_ones(first);
    (ones && units.all(|unit| unit == Some(first))).then(|| first.clone())
}

/// A figure in the unit of its sum.
pub(super) fn one(
    form: &Form,
    script: Script,
    member: &Member,
    measures: &Measures,
    id: FigureId,
) -> Option<Decimal> {
    let value = member.value(id);
    let given = member.units.get(&id).map(String::as_str);
    if !form.spec(id).kind.is_decimal() {
        let ones = given.is_none_or(measure::counts_ones);
        return ones.then_some(value);
    }
    let printed = form.figure_unit(id, script);
    let from = given.or(printed);
    let to = measures.get(&id).map(String::as_str).or(printed);
    measure::convert(value, from, to)
}

/// The sums by figure; none where one is larger than a figure may be.
pub(super) fn sums(
    form: &Form,
    script: Script,
    units: &[(usize, Unit)],
    objections: &mut Vec<Objection>,
) -> Option<Vec<Decimal>> {
    let mut sums = vec![Some(Decimal::ZERO); form.figures.len()];
    for (_, unit) in units {
        for (sum, value) in sums.iter_mut().zip(&unit.values) {
            *sum = sum.and_then(|sum| sum.checked_add(*value));
        }
    }
    for definition in &form.definitions {
        let value = |id: FigureId, previous: bool| match previous {
            true => None,
            false => sums.get(id.0).copied().flatten(),
        };
        let derived = definition.expr.value(value);
        if let Some(sum) = sums.get_mut(definition.figure.0) {
            *sum = derived;
        }
    }
    let most = Decimal::from(MAX);
    let before = objections.len();
    for (number, sum) in sums.iter().enumerate() {
        if sum.is_some_and(|sum| sum.abs() <= most) {
            continue;
        }
        let id = FigureId(number);
        let largest = units
            .iter()
            .map(|(_, unit)| (unit.organ.as_str(), unit.value(id)))
            .max_by_key(|(_, value)| value.abs())
            .unwrap_or_default();
        let about = (form, id, script);
        objections.push(Objection::too_large(about, *sum, largest, MAX));
    }
    if objections.len() > before {
        return None;
    }
    sums.into_iter().collect()
}
