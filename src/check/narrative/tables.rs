//! What the tables say of claims.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::number::Number;
use crate::form::{Claim, Expr};
use crate::report::Report;

/// The tables of a report.
pub(super) struct Tables<'a>(pub &'a Report);

impl Tables<'_> {
    /// Whether the number can be what the tables say. A quoted figure is.
    pub fn agree(&self, number: &Number, claims: &[&Claim]) -> bool {
        let fits = |value: Option<Decimal>| value.is_none_or(|value| number.fits(value));
        let mut readings = claims.iter().flat_map(|claim| claim.readings());
        match claims {
            _ if number.quoted => true,
            [_] => readings.any(|expr| fits(self.value(expr))),
            _ => fits(self.expected(claims)),
        }
    }

    /// Whether the number is more than the tables say.
    pub fn are_exceeded(&self, number: &Number, claims: &[&Claim]) -> bool {
        self.expected(claims)
            .is_some_and(|value| number.value > value)
    }

    fn expected(&self, claims: &[&Claim]) -> Option<Decimal> {
        claims.iter().try_fold(Decimal::ZERO, |sum, claim| {
            sum.checked_add(self.value(&claim.expected)?)
        })
    }

    /// The value of a sum of figures; none where the table gives a total that isn't the sum of its
    /// row: which of both the text should say is not known before that is put right.
    fn value(&self, expr: &Expr) -> Option<Decimal> {
        expr.value(|id, previous| {
            let figure = self.0.figure(id);
            let given = figure.given.as_ref().map(|given| given.value);
            (!previous && given.is_none_or(|given| given == figure.value)).then_some(figure.value)
        })
    }

    /// The sum of all claims of each group, each figure taken once.
    pub fn wholes(&self) -> Vec<Decimal> {
        let claims = &self.0.form.claims;
        let groups: BTreeSet<&str> = claims.iter().filter_map(|c| c.group.as_deref()).collect();
        let sum = |group: &str| {
            let mut parts: Vec<&Expr> = Vec::new();
            for claim in claims.iter().filter(|c| c.group.as_deref() == Some(group)) {
                if !parts.contains(&&claim.expected) {
                    parts.push(&claim.expected);
                }
            }
            parts.into_iter().try_fold(Decimal::ZERO, |sum, part| {
                sum.checked_add(self.value(part)?)
            })
        };
        groups.into_iter().filter_map(sum).collect()
    }
}
