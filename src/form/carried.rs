//! What a report takes over from that on the year before.

use super::formula::Relation;
use super::id::FigureId;
use super::model::Form;
use super::particulars::Particular;

/// Particulars that are each year's own.
const OF_A_YEAR: [&str; 3] = ["form", "year", "signature.date"];

impl Form {
    /// The figures that a rule of the form says are the same as one of the year before, each with
    /// that one: 上年结转 is last year's 结转下年度继续办理.
    pub(crate) fn carried_over(&self) -> Vec<(FigureId, FigureId)> {
        let instances = self.rules.iter().flat_map(|rule| &rule.instances);
        let pairs = instances.filter_map(|instance| {
            let comparison = &instance.comparison;
            let operands: Vec<_> = comparison.operands().collect();
            match (comparison.relation, operands.as_slice()) {
                (Relation::Equal, [(a, false), (b, true)] | [(b, true), (a, false)]) => {
                    Some((*a, *b))
                }
                _ => None,
            }
        });
        pairs.filter(|(id, _)| !self.spec(*id).derived).collect()
    }
}

impl Particular {
    /// Whether next year's report says the same, as far as anybody knows.
    pub fn stays(&self) -> bool {
        !OF_A_YEAR.contains(&self.key)
    }
}
