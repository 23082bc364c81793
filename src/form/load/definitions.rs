//! The order in which the derived figures of a form are computed.

use std::collections::HashMap;

use super::Loader;
use crate::form::formula::Expr;
use crate::form::id::FigureId;
use crate::form::model::{Definition, Rule};
use crate::text::Span;

/// How far a derived figure is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Open,
    /// It waits for one of its parts.
    Waiting,
    Sorted,
}

impl Loader<'_> {
    /// The derived figures, each after those that it is made of; a circle is a fault. `places`
    /// are those of the rules' formulas.
    pub(super) fn definitions(&mut self, rules: &[Rule], places: &[Span]) -> Vec<Definition> {
        let mut open: Vec<(FigureId, &Expr, &Span)> = Vec::new();
        for (rule, place) in rules.iter().zip(places) {
            for instance in &rule.instances {
                let right = &instance.comparison.right;
                open.extend(instance.computes.map(|figure| (figure, right, place)));
            }
        }
        let computed: HashMap<FigureId, usize> = open.iter().map(|it| it.0).zip(0..).collect();
        for figure in computed.keys() {
            if let Some(spec) = self.figures.get_mut(figure.0) {
                spec.derived = true;
            }
        }
        let parts = |index: usize| {
            let operands = open[index].1.operands();
            operands.filter_map(|(part, _)| computed.get(&part).copied())
        };
        let mut steps = vec![Step::Open; open.len()];
        let mut sorted = Vec::with_capacity(open.len());
        for start in 0..open.len() {
            // Each figure is a part of the one before it; with it are those of its parts that are left.
            let mut path = Vec::new();
            let mut next = (steps[start] == Step::Open).then_some(start);
            loop {
                if let Some(index) = next {
                    steps[index] = Step::Waiting;
                    path.push((index, parts(index)));
                }
                let Some((index, left)) = path.last_mut() else {
                    break;
                };
                next = left.find(|part| steps[*part] != Step::Sorted);
                match next {
                    None => {
                        steps[*index] = Step::Sorted;
                        let (figure, expr, _) = open[*index];
                        let expr = expr.clone();
                        sorted.push(Definition { figure, expr });
                        path.pop();
                    }
                    Some(part) if steps[part] == Step::Waiting => {
                        let circle = path.iter().map(|(index, _)| *index);
                        let circle = circle.skip_while(|index| *index != part).chain([part]);
                        let circle: Vec<_> = circle.map(|index| open[index]).collect();
                        self.circle(&circle);
                        return sorted;
                    }
                    Some(_) => {}
                }
            }
        }
        sorted
    }

    /// The fault of figures each of which is made of the next.
    fn circle(&mut self, circle: &[(FigureId, &Expr, &Span)]) {
        let keys = circle.iter().filter_map(|it| self.figures.get(it.0.0));
        let keys: Vec<&str> = keys.map(|spec| spec.key.as_str()).collect();
        let keys = keys.join(" → ");
        let place = circle.first().map_or(0..0, |it| it.2.clone());
        self.fault(
            place,
            format!("规则互相循环：{keys}"),
            format!("rules go round in a circle: {keys}"),
        );
    }
}
