//! Template to equations: its keys looked up among the figures of a form.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{Keys, TooMuch};
use super::parse::{KeyPart, Operand, Pattern, Template, TemplateTerm};
use super::{Comparison, Expr, FormulaError, Term, fault, too_much};
use crate::form::id::FigureId;

/// One equation that a template stands for.
#[derive(Debug)]
pub(in crate::form) struct Resolved {
    pub comparison: Comparison,
    pub conditions: Vec<Comparison>,
}

type Bindings = BTreeMap<String, Vec<String>>;

impl Template {
    /// The equations that it stands for. `conditions` are bound to the same values.
    pub fn equations(
        &self,
        conditions: &[Self],
        keys: &Keys<'_>,
    ) -> Result<Vec<Resolved>, FormulaError> {
        let first = self
            .left
            .iter()
            .find_map(|term| match &term.operand {
                Operand::Key(pattern) => Some(pattern),
                Operand::Number(_) => None,
            })
            .ok_or_else(|| {
                fault(
                    0..0,
                    "公式左边要有一个数据项",
                    "there is no figure on the left side of the formula",
                )
            })?;
        let beyond = |_: TooMuch| too_much(first.span.clone());
        let fitting = fitting(&first.parts, keys).map_err(beyond)?;
        let mut seen: BTreeSet<Bindings> = BTreeSet::new();
        let bindings = fitting.into_iter().map(|(_, bindings)| bindings);
        let found: Vec<Bindings> = bindings.filter(|it| seen.insert(it.clone())).collect();
        if found.is_empty() {
            return Err(unknown(first));
        }
        found
            .iter()
            .map(|bindings| {
                keys.equation().map_err(beyond)?;
                let conditions = conditions.iter().enumerate().map(|(index, condition)| {
                    condition
                        .comparison(bindings, keys)
                        .map_err(|fault| FormulaError {
                            condition: Some(index),
                            ..fault
                        })
                });
                Ok(Resolved {
                    comparison: self.comparison(bindings, keys)?,
                    conditions: conditions.collect::<Result<_, _>>()?,
                })
            })
            .collect()
    }

    fn comparison(&self, bindings: &Bindings, keys: &Keys<'_>) -> Result<Comparison, FormulaError> {
        Ok(Comparison {
            left: resolve(&self.left, bindings, keys)?,
            relation: self.relation,
            right: resolve(&self.right, bindings, keys)?,
        })
    }
}

fn resolve(
    terms: &[TemplateTerm],
    bindings: &Bindings,
    keys: &Keys<'_>,
) -> Result<Expr, FormulaError> {
    let mut expr = Expr::default();
    for term in terms {
        match &term.operand {
            Operand::Number(number) => {
                let number = if term.minus { -*number } else { *number };
                expr.terms.push(Term::Number(number));
            }
            Operand::Key(pattern) => {
                let parts = bind(pattern, bindings)?;
                let figures = fitting(&parts, keys).map_err(|_| too_much(pattern.span.clone()))?;
                if figures.is_empty() {
                    return Err(unknown(pattern));
                }
                expr.terms
                    .extend(figures.into_iter().map(|(figure, _)| Term::Figure {
                        minus: term.minus,
                        previous: pattern.previous,
                        figure,
                    }));
            }
        }
    }
    Ok(expr)
}

/// The figures whose keys have the shape of a pattern, in form order, and to what each binds its
/// variables.
fn fitting(parts: &[KeyPart], keys: &Keys<'_>) -> Result<Vec<(FigureId, Bindings)>, TooMuch> {
    let names = parts.iter().map(|part| match part {
        KeyPart::Name(name) => Some(name.as_str()),
        KeyPart::Variable(_) | KeyPart::Any => None,
    });
    if let Some(names) = names.collect::<Option<Vec<&str>>>() {
        let figure = keys.one(&names.join("."))?;
        return Ok(figure.map(|it| (it, Bindings::new())).into_iter().collect());
    }
    let all = (0..).map(FigureId).zip(keys.all()?);
    let fit = all.filter_map(|(figure, key)| {
        let mut bindings = Bindings::new();
        fits(parts, key, &mut bindings).then_some((figure, bindings))
    });
    Ok(fit.collect())
}

/// The pattern with its variables filled in.
fn bind(pattern: &Pattern, bindings: &Bindings) -> Result<Vec<KeyPart>, FormulaError> {
    let mut parts = Vec::new();
    for part in &pattern.parts {
        match part {
            KeyPart::Variable(name) => {
                let values = bindings.get(name).ok_or_else(|| {
                    fault(
                        pattern.span.clone(),
                        format!("@{name} 没有出现在公式的第一个数据项里"),
                        format!("@{name} is not in the first key of the formula"),
                    )
                })?;
                parts.extend(values.iter().cloned().map(KeyPart::Name));
            }
            other => parts.push(other.clone()),
        }
    }
    Ok(parts)
}

/// Whether a key has the shape of a pattern; its variables are bound on the way.
fn fits(parts: &[KeyPart], key: &[&str], bindings: &mut Bindings) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return key.is_empty();
    };
    match part {
        KeyPart::Name(name) => {
            key.first() == Some(&name.as_str()) && fits(rest, &key[1..], bindings)
        }
        KeyPart::Any => !key.is_empty() && fits(rest, &key[1..], bindings),
        KeyPart::Variable(name) => (1..=key.len()).any(|taken| {
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

fn unknown(pattern: &Pattern) -> FormulaError {
    let key: Vec<String> = pattern
        .parts
        .iter()
        .map(|part| match part {
            KeyPart::Name(name) => name.clone(),
            KeyPart::Variable(name) => format!("@{name}"),
            KeyPart::Any => "*".to_owned(),
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
        let template = Template::parse(text).unwrap();
        template
            .equations(&[], &Keys::new(KEYS.into_iter()))
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
    fn formulas_that_stand_for_millions_of_figures_are_refused() {
        let keys: Vec<String> = (0..2000).map(|row| format!("t.r{row}.x")).collect();
        let keys = Keys::new(keys.iter().map(String::as_str));
        let sums = vec!["t.*.x"; 100].join(",");
        let template = Template::parse(&format!("t.@row.x = sum({sums})")).unwrap();
        let fault = template.equations(&[], &keys).unwrap_err();
        assert!(fault.message.zh.contains("太多"), "{}", fault.message.zh);
    }

    #[test]
    fn unknown_keys_have_their_place() {
        let place = |text: &str| {
            let template = Template::parse(text).unwrap();
            template
                .equations(&[], &Keys::new(KEYS.into_iter()))
                .unwrap_err()
                .span
        };
        assert_eq!(place("t.a.x = t.a.y"), 8..13);
        assert_eq!(place("t.a.x = t.@q.x"), 8..14);
    }
}
