//! The order in which the derived figures of a form are computed.

use std::collections::{HashMap, HashSet};

use super::Loader;
use crate::form::formula::Expr;
use crate::form::id::FigureId;
use crate::form::model::{Definition, Rule};
use crate::text::Span;

/// What computes a figure, and where its formula is.
type Open<'r> = (FigureId, &'r Expr, &'r Span);

impl Loader<'_> {
    /// The derived figures, each after those that it is made of; a circle is a fault. `places`
    /// are those of the rules' formulas.
    pub(super) fn definitions(&mut self, rules: &[Rule], places: &[Span]) -> Vec<Definition> {
        let open: Vec<Open<'_>> = rules
            .iter()
            .zip(places)
            .flat_map(|(rule, place)| rule.instances.iter().map(move |i| (i, place)))
            .filter_map(|(instance, place)| {
                Some((instance.computes?, &instance.comparison.right, place))
            })
            .collect();
        let computed: HashMap<FigureId, usize> = open
            .iter()
            .enumerate()
            .map(|(index, (figure, ..))| (*figure, index))
            .collect();
        for figure in computed.keys() {
            if let Some(spec) = self.figures.get_mut(figure.0) {
                spec.derived = true;
            }
        }
        // How many parts of each are still to be computed, and what each is a part of.
        let mut waits: Vec<usize> = vec![0; open.len()];
        let mut parts_of: Vec<Vec<usize>> = vec![Vec::new(); open.len()];
        for (index, (_, expr, _)) in open.iter().enumerate() {
            let parts = expr.operands().filter_map(|(part, _)| computed.get(&part));
            for part in parts {
                waits[index] += 1;
                parts_of[*part].push(index);
            }
        }
        let mut sorted = Vec::with_capacity(open.len());
        let mut ready: Vec<usize> = (0..open.len()).filter(|at| waits[*at] == 0).collect();
        while !ready.is_empty() {
            let mut next = Vec::new();
            for index in ready {
                let (figure, expr, _) = open[index];
                sorted.push(Definition {
                    figure,
                    expr: expr.clone(),
                });
                for above in &parts_of[index] {
                    waits[*above] -= 1;
                    if waits[*above] == 0 {
                        next.push(*above);
                    }
                }
            }
            next.sort_unstable();
            ready = next;
        }
        if sorted.len() < open.len() {
            self.circle(&open, &computed, &waits);
        }
        sorted
    }

    /// Names a circle among figures each of which is made of another of them: those that still
    /// wait for a part.
    fn circle(&mut self, open: &[Open<'_>], computed: &HashMap<FigureId, usize>, waits: &[usize]) {
        let waiting = |index: &usize| waits.get(*index).is_some_and(|waits| *waits > 0);
        let mut path: Vec<usize> = Vec::new();
        let mut seen = HashSet::new();
        let mut next = (0..open.len()).find(waiting);
        while let Some(index) = next {
            if !seen.insert(index) {
                let start = path.iter().position(|step| *step == index);
                path.drain(..start.unwrap_or_default());
                break;
            }
            path.push(index);
            next = open.get(index).and_then(|(_, expr, _)| {
                let parts = expr.operands().filter_map(|(part, _)| computed.get(&part));
                parts.copied().find(waiting)
            });
        }
        let Some((_, _, place)) = path.first().and_then(|index| open.get(*index)) else {
            return;
        };
        let keys: Vec<&str> = path
            .iter()
            .chain(path.first())
            .filter_map(|index| self.figures.get(open.get(*index)?.0.0))
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
