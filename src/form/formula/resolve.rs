//! Template to equations: its keys looked up among the figures of a form.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::parse::{Item, Part, Pattern, Template, TemplateTerm, terms};
use super::{Comparison, Expr, Fault, Term, fault};
use crate::form::id::FigureId;

/// One equation that a template stands for.
#[derive(Debug)]
pub(in crate::form) struct Equation {
    pub comparison: Comparison,
    pub conditions: Vec<Comparison>,
}

type Bindings = BTreeMap<String, Vec<String>>;

/// The keys of a form's figures.
#[derive(Clone, Copy)]
pub(in crate::form) struct Keys<'k> {
    /// In form order.
    pub in_order: &'k [&'k str],
    /// The figure of each.
    pub figures: &'k HashMap<String, FigureId>,
}

impl Template {
    /// The equations that it stands for, over the figures of a form. `conditions` are bound to the
    /// same values.
    pub fn equations(&self, conditions: &[Self], keys: Keys<'_>) -> Result<Vec<Equation>, Fault> {
        let first = self
            .left
            .iter()
            .find_map(|term| match &term.item {
                Item::Key(pattern) => Some(pattern),
                Item::Number(_) => None,
            })
            .ok_or_else(|| {
                fault(
                    0..0,
                    "公式左边要有一个数据项",
                    "there is no figure on the left side of the formula",
                )
            })?;
        let mut found: Vec<Bindings> = Vec::new();
        let mut seen: BTreeSet<Bindings> = BTreeSet::new();
        for key in keys.in_order {
            let parts: Vec<&str> = key.split('.').collect();
            let mut bindings = Bindings::new();
            if fits(&first.parts, &parts, &mut bindings) && seen.insert(bindings.clone()) {
                found.push(bindings);
            }
        }
        if found.is_empty() {
            return Err(unknown(first));
        }
        found
            .iter()
            .map(|bindings| {
                let conditions = conditions.iter().enumerate().map(|(index, condition)| {
                    condition.comparison(bindings, keys).map_err(|fault| Fault {
                        condition: Some(index),
                        ..fault
                    })
                });
                Ok(Equation {
                    comparison: self.comparison(bindings, keys)?,
                    conditions: conditions.collect::<Result<_, _>>()?,
                })
            })
            .collect()
    }

    fn comparison(&self, bindings: &Bindings, keys: Keys<'_>) -> Result<Comparison, Fault> {
        Ok(Comparison {
            left: resolve(&self.left, bindings, keys)?,
            relation: self.relation,
            right: resolve(&self.right, bindings, keys)?,
        })
    }
}

/// Reads a sum without variables, over the figures of a form.
pub(in crate::form) fn sum(text: &str, keys: Keys<'_>) -> Result<Expr, Fault> {
    resolve(&terms(text)?, &Bindings::new(), keys)
}

fn resolve(terms: &[TemplateTerm], bindings: &Bindings, keys: Keys<'_>) -> Result<Expr, Fault> {
    let mut expr = Expr::default();
    for term in terms {
        match &term.item {
            Item::Number(number) => {
                let number = if term.minus { -*number } else { *number };
                expr.terms.push(Term::Number(number));
            }
            Item::Key(pattern) => {
                let parts = bind(pattern, bindings)?;
                let before = expr.terms.len();
                let term = |figure| Term::Figure {
                    minus: term.minus,
                    previous: pattern.previous,
                    figure,
                };
                match name(&parts) {
                    // Nearly every term: looked up, not searched for among all figures.
                    Some(name) => expr
                        .terms
                        .extend(keys.figures.get(&name).copied().map(term)),
                    None => {
                        for (id, key) in keys.in_order.iter().enumerate() {
                            let key: Vec<&str> = key.split('.').collect();
                            if fits(&parts, &key, &mut Bindings::new()) {
                                expr.terms.push(term(FigureId(id)));
                            }
                        }
                    }
                }
                if expr.terms.len() == before {
                    return Err(unknown(pattern));
                }
            }
        }
    }
    Ok(expr)
}

/// The pattern with its variables filled in.
fn bind(pattern: &Pattern, bindings: &Bindings) -> Result<Vec<Part>, Fault> {
    let mut parts = Vec::new();
    for part in &pattern.parts {
        match part {
            Part::Variable(name) => {
                let values = bindings.get(name).ok_or_else(|| {
                    fault(
                        pattern.span.clone(),
                        format!("@{name} 没有出现在公式的第一个数据项里"),
                        format!("@{name} is not in the first key of the formula"),
                    )
                })?;
                parts.extend(values.iter().cloned().map(Part::Name));
            }
            other => parts.push(other.clone()),
        }
    }
    Ok(parts)
}

/// The key that a pattern of nothing but names stands for.
fn name(parts: &[Part]) -> Option<String> {
    let names = parts.iter().map(|part| match part {
        Part::Name(name) => Some(name.as_str()),
        Part::Any | Part::Variable(_) => None,
    });
    Some(names.collect::<Option<Vec<_>>>()?.join("."))
}

/// Whether a key has the shape of a pattern; its variables are bound on the way.
fn fits(parts: &[Part], key: &[&str], bindings: &mut Bindings) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return key.is_empty();
    };
    match part {
        Part::Name(name) => key.first() == Some(&name.as_str()) && fits(rest, &key[1..], bindings),
        Part::Any => !key.is_empty() && fits(rest, &key[1..], bindings),
        Part::Variable(name) => (1..=key.len()).any(|taken| {
            let value: Vec<String> = key[..taken].iter().map(|s| (*s).to_owned()).collect();
            if bindings.get(name).is_some_and(|bound| *bound != value) {
                return false;
            }
            let fresh = bindings.insert(name.clone(), value).is_none();
            let fit = fits(rest, &key[taken..], bindings);
            if !fit && fresh {
                bindings.remove(name);
            }
            fit
        }),
    }
}

fn unknown(pattern: &Pattern) -> Fault {
    let key: Vec<String> = pattern
        .parts
        .iter()
        .map(|part| match part {
            Part::Name(name) => name.clone(),
            Part::Variable(name) => format!("@{name}"),
            Part::Any => "*".to_owned(),
        })
        .collect();
    let key = key.join(".");
    fault(
        pattern.span.clone(),
        format!("表中没有数据项 {key}"),
        format!("no table has a figure {key}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 6] = [
        "t.a.x",
        "t.a.sum",
        "t.b.c.x",
        "t.b.c.sum",
        "t.b.d.x",
        "t.b.d.sum",
    ];

    fn equations(text: &str) -> Result<Vec<Equation>, Fault> {
        let figures = (0..).map(FigureId);
        let figures = KEYS.iter().map(|key| (*key).to_owned()).zip(figures);
        let keys = Keys {
            in_order: &KEYS,
            figures: &figures.collect(),
        };
        Template::parse(text).unwrap().equations(&[], keys)
    }

    fn shown(text: &str) -> Vec<String> {
        let show = |expr: &Expr| {
            expr.terms
                .iter()
                .map(|t| match t {
                    Term::Figure { minus, figure, .. } => {
                        format!("{}{}", if *minus { "-" } else { "+" }, KEYS[figure.0])
                    }
                    Term::Number(n) => format!("+{n}"),
                })
                .collect::<String>()
        };
        equations(text)
            .unwrap()
            .iter()
            .map(|e| {
                format!(
                    "{} {:?} {}",
                    show(&e.comparison.left),
                    e.comparison.relation,
                    show(&e.comparison.right)
                )
            })
            .collect()
    }

    #[test]
    fn a_variable_stands_for_every_row() {
        assert_eq!(
            shown("t.@row.sum = t.@row.x"),
            [
                "+t.a.sum Equal +t.a.x",
                "+t.b.c.sum Equal +t.b.c.x",
                "+t.b.d.sum Equal +t.b.d.x"
            ]
        );
    }

    #[test]
    fn a_star_is_summed_over_and_brackets_turn_signs() {
        assert_eq!(
            shown("t.a.sum - (t.a.x - 2) >= sum(t.b.*.x, t.a.x)"),
            ["+t.a.sum-t.a.x+2 AtLeast +t.b.c.x+t.b.d.x+t.a.x"]
        );
    }

    #[test]
    fn unknown_keys_have_their_place() {
        let place = |text: &str| equations(text).unwrap_err().span;
        assert_eq!(place("t.a.x = t.a.y"), 8..13);
        assert_eq!(place("t.a.x = t.@q.x"), 8..14);
    }
}
