//! The formula language of the rules.
//!
//! ```text
//! formula = expr relation expr        relation = "=" | "!=" | ">=" | "<=" | ">" | "<"
//! expr    = [ "-" ] term { ( "+" | "-" ) term }
//! term    = key | number | "sum(" key { "," key } ")" | "(" expr ")"
//! key     = [ "previous." ] part { "." part }          part = name | "@" name | "*"
//! ```
//!
//! `previous.` means the figure in the same body's report on the year before.
//!
//! `@name` stands for one part of a key or more, the same wherever it is written in a formula:
//! one formula becomes an equation for each value that fits its first key. `*` stands for
//! exactly one part and is summed over.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;

use super::model::FigureId;
use crate::finding::Message;

/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 32;
/// Longest formula, in bytes.
const MAX_LENGTH: usize = 10_000;

/// A sum of figures and numbers: all that the rules need is linear.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expr {
    /// The terms in the order of the formula.
    pub terms: Vec<Term>,
}

/// One term of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A figure, subtracted where `minus`.
    Figure {
        /// Whether it is subtracted.
        minus: bool,
        /// Whether it is that of the report on the year before.
        previous: bool,
        /// Which figure.
        figure: FigureId,
    },
    /// A number, its sign included.
    Number(Decimal),
}

/// Two sides and how they must relate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Left side.
    pub left: Expr,
    /// How the sides relate.
    pub relation: Relation,
    /// Right side.
    pub right: Expr,
}

/// How the sides of a formula relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `<`
    Less,
}

impl Relation {
    /// Whether the relation holds.
    pub fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::AtLeast => left >= right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::Less => left < right,
        }
    }

    /// The sign for the relation that holds where this one doesn't.
    pub fn opposite(self) -> &'static str {
        match self {
            Self::Equal => "≠",
            Self::Unequal => "=",
            Self::AtLeast => "<",
            Self::AtMost => ">",
            Self::More => "≤",
            Self::Less => "≥",
        }
    }
}

impl Expr {
    /// The value, given that of each figure; none where a figure has none (`true` asks for that
    /// of the year before) or the sum leaves the range of exact decimals.
    pub fn value(&self, figure: impl Fn(FigureId, bool) -> Option<Decimal>) -> Option<Decimal> {
        self.terms
            .iter()
            .try_fold(Decimal::ZERO, |sum, term| match term {
                Term::Figure {
                    minus,
                    previous,
                    figure: id,
                } => {
                    let value = figure(*id, *previous)?;
                    sum.checked_add(if *minus { -value } else { value })
                }
                Term::Number(number) => sum.checked_add(*number),
            })
    }

    /// The figures in it, and whether each is that of the year before.
    pub fn operands(&self) -> impl Iterator<Item = (FigureId, bool)> + '_ {
        self.terms.iter().filter_map(|term| match term {
            Term::Figure {
                figure, previous, ..
            } => Some((*figure, *previous)),
            Term::Number(_) => None,
        })
    }
}

/// What is wrong with a formula, and where in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub span: Range<usize>,
    pub message: Message,
    /// Which of the conditions it is in; none where it is in the formula itself.
    pub condition: Option<usize>,
}

/// A formula as it is written.
#[derive(Debug)]
pub(super) struct Template {
    left: Vec<TemplateTerm>,
    relation: Relation,
    right: Vec<TemplateTerm>,
}

#[derive(Debug)]
struct TemplateTerm {
    minus: bool,
    item: Item,
}

#[derive(Debug)]
enum Item {
    Number(Decimal),
    Key(Pattern),
}

#[derive(Debug, Clone)]
struct Pattern {
    span: Range<usize>,
    previous: bool,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Name(String),
    Variable(String),
    Any,
}

/// One equation that a template stands for.
#[derive(Debug)]
pub(super) struct Equation {
    pub comparison: Comparison,
    pub conditions: Vec<Comparison>,
}

type Bindings = BTreeMap<String, Vec<String>>;

impl Template {
    /// Reads a formula.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut parser = Parser::new(text)?;
        let left = parser.expr()?;
        let relation = parser.relation()?;
        let right = parser.expr()?;
        parser.end()?;
        Ok(Self {
            left,
            relation,
            right,
        })
    }

    /// The equations that it stands for, over the figures whose keys are given in form order.
    /// `conditions` are bound to the same values.
    pub fn equations(&self, conditions: &[Self], keys: &[&str]) -> Result<Vec<Equation>, Fault> {
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
        for key in keys {
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

    fn comparison(&self, bindings: &Bindings, keys: &[&str]) -> Result<Comparison, Fault> {
        Ok(Comparison {
            left: resolve(&self.left, bindings, keys)?,
            relation: self.relation,
            right: resolve(&self.right, bindings, keys)?,
        })
    }
}

/// Reads a sum without variables, over the figures whose keys are given in form order.
pub(super) fn sum(text: &str, keys: &[&str]) -> Result<Expr, Fault> {
    let mut parser = Parser::new(text)?;
    let terms = parser.expr()?;
    parser.end()?;
    resolve(&terms, &Bindings::new(), keys)
}

fn resolve(terms: &[TemplateTerm], bindings: &Bindings, keys: &[&str]) -> Result<Expr, Fault> {
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
                for (id, key) in keys.iter().enumerate() {
                    let key: Vec<&str> = key.split('.').collect();
                    if fits(&parts, &key, &mut Bindings::new()) {
                        expr.terms.push(Term::Figure {
                            minus: term.minus,
                            previous: pattern.previous,
                            figure: FigureId(id),
                        });
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

fn fault(span: Range<usize>, zh: impl Into<String>, en: impl Into<String>) -> Fault {
    Fault {
        span,
        message: Message::new(zh, en),
        condition: None,
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, Fault> {
        if text.len() > MAX_LENGTH {
            return Err(fault(0..0, "公式太长", "the formula is too long"));
        }
        Ok(Self {
            text,
            at: 0,
            depth: 0,
        })
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.space();
        if self.at < self.text.len() {
            return Err(fault(
                self.at..self.text.len(),
                "公式到这里应当结束",
                "the formula should end here",
            ));
        }
        Ok(())
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, token: &str) -> bool {
        self.space();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn here(&self) -> Range<usize> {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        self.at..self.at + length
    }

    fn relation(&mut self) -> Result<Relation, Fault> {
        for (token, relation) in [
            ("!=", Relation::Unequal),
            ("≠", Relation::Unequal),
            (">=", Relation::AtLeast),
            ("<=", Relation::AtMost),
            ("≥", Relation::AtLeast),
            ("≤", Relation::AtMost),
            ("=", Relation::Equal),
            (">", Relation::More),
            ("<", Relation::Less),
        ] {
            if self.take(token) {
                return Ok(relation);
            }
        }
        Err(fault(
            self.here(),
            "这里要写 =、!=、>=、<=、> 或 <",
            "=, !=, >=, <=, > or < is expected here",
        ))
    }

    fn expr(&mut self) -> Result<Vec<TemplateTerm>, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(fault(
                self.here(),
                "括号嵌套太深",
                "brackets are nested too deep",
            ));
        }
        let mut terms = Vec::new();
        let mut minus = self.take("-") || self.take("−");
        loop {
            let from = terms.len();
            self.term(&mut terms)?;
            for term in terms.iter_mut().skip(from) {
                term.minus ^= minus;
            }
            minus = if self.take("+") {
                false
            } else if self.take("-") || self.take("−") {
                true
            } else {
                self.depth -= 1;
                return Ok(terms);
            };
        }
    }

    fn term(&mut self, terms: &mut Vec<TemplateTerm>) -> Result<(), Fault> {
        let plain = |item| TemplateTerm { minus: false, item };
        if self.take("(") {
            terms.extend(self.expr()?);
            return self.close();
        }
        if self.take("sum(") {
            loop {
                let key = self.key()?;
                terms.push(plain(Item::Key(key)));
                if !self.take(",") {
                    return self.close();
                }
            }
        }
        self.space();
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let start = self.at;
            self.skip(|c| c.is_ascii_digit() || c == '.');
            let digits = self.text.get(start..self.at).unwrap_or_default();
            let number = Decimal::from_str_exact(digits).map_err(|_| {
                fault(
                    start..self.at,
                    "这个数字不能读",
                    "this number can't be read",
                )
            })?;
            terms.push(plain(Item::Number(number)));
            return Ok(());
        }
        let key = self.key()?;
        if let Some(part) = key.parts.iter().find(|p| **p == Part::Any) {
            debug_assert_eq!(*part, Part::Any);
            return Err(fault(
                key.span,
                "* 只能写在 sum( ) 里",
                "* may only be written inside sum( )",
            ));
        }
        terms.push(plain(Item::Key(key)));
        Ok(())
    }

    fn close(&mut self) -> Result<(), Fault> {
        if self.take(")") {
            Ok(())
        } else {
            Err(fault(
                self.here(),
                "这里少了右括号",
                "a closing bracket is missing here",
            ))
        }
    }

    fn skip(&mut self, test: impl Fn(char) -> bool) {
        let length: usize = self
            .rest()
            .chars()
            .take_while(|c| test(*c))
            .map(char::len_utf8)
            .sum();
        self.at += length;
    }

    fn key(&mut self) -> Result<Pattern, Fault> {
        self.space();
        let start = self.at;
        let previous = self.take_part("previous.");
        let mut parts = Vec::new();
        loop {
            if self.take_part("*") {
                parts.push(Part::Any);
            } else {
                let variable = self.take_part("@");
                let from = self.at;
                self.skip(|c| c.is_ascii_alphanumeric() || c == '_');
                if from == self.at {
                    return Err(fault(
                        self.here(),
                        "这里要写数据项的键，如 requests.new.total",
                        "a figure's key is expected here, such as requests.new.total",
                    ));
                }
                let name = self.text.get(from..self.at).unwrap_or_default().to_owned();
                parts.push(if variable {
                    Part::Variable(name)
                } else {
                    Part::Name(name)
                });
            }
            if !self.take_part(".") {
                return Ok(Pattern {
                    span: start..self.at,
                    previous,
                    parts,
                });
            }
        }
    }

    /// Like [`Self::take`], with no white space before it: a key is one word.
    fn take_part(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }
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
            .equations(&[], &KEYS)
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
    fn faults_have_their_place() {
        let place = |text: &str| match Template::parse(text) {
            Err(fault) => fault.span,
            Ok(template) => template.equations(&[], &KEYS).unwrap_err().span,
        };
        assert_eq!(place("t.a.x = t.a.y"), 8..13);
        assert_eq!(place("t.a.x t.a.y"), 6..7);
        assert_eq!(place("t.a.x = (t.a.x"), 14..14);
        assert_eq!(place("t.a.x = t.@q.x"), 8..14);
        assert_eq!(place("t.a.x = t.*.x"), 8..13);
        assert!(Template::parse(&"(".repeat(5_000)).is_err());
    }
}
