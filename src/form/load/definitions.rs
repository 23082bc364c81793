//! The order in which the derived figures of a form are computed.

use std::collections::HashSet;

use super::Loader;
use crate::form::formula::Expr;
use crate::form::id::FigureId;
use crate::form::model::{Definition, Rule};
use crate::source::Span;

impl Loader<'_> {
    /// The derived figures, each after those that it is made of; a circle is a fault. `places`
    /// are those of the rules' formulas.
    pub(super) fn definitions(&mut self, rules: &[Rule], places: &[Span]) -> Vec<Definition> {
        let mut open: Vec<(FigureId, &Expr, &Span)> = rules
            .iter()
            .zip(places)
            .flat_map(|(rule, place)| rule.instances.iter().map(move |i| (i, place)))
            .filter_map(|(instance, place)| {
                Some((instance.computes?, &instance.comparison.right, place))
            })
            .collect();
        let mut waiting: HashSet<FigureId> = open.iter().map(|(figure, ..)| *figure).collect();
        for figure in &waiting {
            if let Some(spec) = self.figures.get_mut(figure.0) {
                spec.derived = true;
            }
        }
        let mut sorted = Vec::new();
        while !open.is_empty() {
            let before = sorted.len();
            open.retain(|(figure, expr, _)| {
                if expr.operands().any(|(part, _)| waiting.contains(&part)) {
                    return true;
                }
                sorted.push(Definition {
                    figure: *figure,
                    expr: (*expr).clone(),
                });
                false
            });
            for definition in sorted.iter().skip(before) {
                waiting.remove(&definition.figure);
            }
            if sorted.len() == before {
                self.circle(&open);
                break;
            }
        }
        sorted
    }

    /// Names a circle among figures each of which is made of another of them.
    fn circle(&mut self, open: &[(FigureId, &Expr, &Span)]) {
        let mut path: Vec<&(FigureId, &Expr, &Span)> = Vec::new();
        let mut next = open.first();
        while let Some(step) = next {
            if let Some(start) = path.iter().position(|(figure, ..)| *figure == step.0) {
                path.drain(..start);
                break;
            }
            path.push(step);
            next = open
                .iter()
                .find(|(figure, ..)| step.1.operands().any(|(part, _)| part == *figure));
        }
        let Some((_, _, place)) = path.first() else {
            return;
        };
        let keys: Vec<&str> = path
            .iter()
            .chain(path.first())
            .filter_map(|(figure, ..)| self.figures.get(figure.0))
            .map(|spec| spec.key.as_str())
            .collect();
        let keys = keys.join(" → ");
        self.fault(
            (*place).clone(),
            format!("规则互相循环：{keys}"),
            format!("rules go round in a circle: {keys}"),
        );
    }
}
