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

mod keys;
mod parse;
mod resolve;

use std::ops::Range;

use super::id::FigureId;
use crate::text::Message;
use rust_decimal::Decimal;

pub(super) use keys::Keys;
pub(super) use parse::Template;

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

impl Comparison {
    /// The figures on both sides, and whether each is that of the year before.
    pub(crate) fn operands(&self) -> impl Iterator<Item = (FigureId, bool)> + Clone + '_ {
        self.left.operands().chain(self.right.operands())
    }
}

impl Relation {
    /// Whether the relation holds.
    pub(crate) fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::AtLeast => left >= right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::Less => left < right,
        }
    }

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "≠",
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::More => ">",
            Self::Less => "<",
        }
    }

    /// The sign for the relation that holds where this one doesn't.
    pub(crate) fn opposite(self) -> &'static str {
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
    pub(crate) fn operands(&self) -> impl Iterator<Item = (FigureId, bool)> + Clone + '_ {
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
pub(super) struct FormulaError {
    pub span: Range<usize>,
    pub message: Message,
    /// Which of the conditions it is in; none where it is in the formula itself.
    pub condition: Option<usize>,
}

fn too_much(span: Range<usize>) -> FormulaError {
    fault(
        span,
        "规则太多，或一条规则代表的等式太多",
        "there are too many rules, or one stands for too many equations",
    )
}

fn fault(span: Range<usize>, zh: impl Into<String>, en: impl Into<String>) -> FormulaError {
    FormulaError {
        span,
        message: Message::new(zh, en),
        condition: None,
    }
}
