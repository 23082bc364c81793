//! Shares of a whole, and changes since the year before.

use std::ops::Range;

use rust_decimal::Decimal;

use super::number::Number;
use super::reader::{Against, Reader, Sentence};
use super::state::State;
use super::tokens::Unit;
use crate::form::FigureId;
use crate::report::Worded;

impl<'a> Reader<'a> {
    /// 占51.3%: of any whole that the tables have.
    pub(super) fn share(
        &mut self,
        worded: &'a Worded,
        sentence: &Sentence<'_>,
        share: &Number,
        range: Range<usize>,
        state: &State,
    ) {
        let Some(last) = &state.last else { return };
        let requests = last.rows.iter().all(|row| {
            self.tables
                .row(*row)
                .is_some_and(|row| row.table == "requests")
        });
        if !last.agreed || last.past || state.silent || state.year.is_some() || !requests {
            return;
        }
        let mut wholes = self.wholes.clone();
        for id in 0..self.report.form.namings.len() {
            if self
                .tables
                .row(id)
                .is_some_and(|row| row.table == "requests" && row.divides.is_some())
            {
                let readings = self.tables.readings(&[id], &[], None, Unit::Count);
                wholes.extend(
                    readings
                        .iter()
                        .filter_map(|figures| self.tables.sum(figures)),
                );
            }
        }
        let shares: Vec<Decimal> = wholes
            .iter()
            .filter_map(|whole| {
                last.number
                    .value
                    .checked_mul(Decimal::ONE_HUNDRED)?
                    .checked_div(*whole)
            })
            .collect();
        if shares.iter().any(|value| share.fits(*value)) {
            return;
        }
        let distance = |value: &&Decimal| (**value - share.value).abs();
        let Some(nearest) = shares.iter().min_by_key(distance) else {
            return;
        };
        let against = Against::Share(nearest.round_dp(2));
        self.doubt(worded, sentence, range.clone(), range, against);
    }

    /// 较上年增加12件, 同比增长20%.
    pub(super) fn change(
        &mut self,
        worded: &'a Worded,
        sentence: &Sentence<'_>,
        (up, number, unit): (bool, &Number, Unit),
        range: Range<usize>,
        state: &State,
    ) {
        let (Some(previous), Some(last)) = (self.previous, &state.last) else {
            return;
        };
        if !last.agreed
            || state.silent
            || state.year.is_some()
            || previous.report.year + 1 != self.report.year
        {
            return;
        }
        let change = |figures: &Vec<FigureId>| {
            let keys = figures.iter().map(|id| &self.report.form.spec(*id).key);
            let before = keys
                .map(|key| previous.report.form.figure(key))
                .collect::<Option<Vec<_>>>()?;
            let before = previous.sum(&before)?;
            let change = last.number.value.checked_sub(before)?;
            match unit {
                Unit::Percent => change
                    .checked_mul(Decimal::ONE_HUNDRED)?
                    .checked_div(before),
                _ => Some(change),
            }
        };
        let changes: Vec<Decimal> = last.readings.iter().filter_map(change).collect();
        let fits = |change: &Decimal| {
            (change.is_sign_positive() == up || change.is_zero()) && number.fits(change.abs())
        };
        if let (Some(expected), Some(figures)) = (changes.first(), last.readings.first())
            && !changes.iter().any(fits)
        {
            let against = Against::Change(figures.clone(), expected.round_dp(2));
            self.doubt(worded, sentence, range.clone(), range, against);
        }
    }
}
