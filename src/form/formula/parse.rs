//! Text to template: a formula as it is written, its keys not yet looked up.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{FormulaError, Relation, fault};

/// Deepest nesting of brackets.
const MAX_DEPTH: usize = 32;
/// Longest formula, in bytes.
const MAX_LENGTH: usize = 10_000;

/// A formula as it is written.
#[derive(Debug)]
pub(in crate::form) struct Template {
    pub(super) left: Vec<TemplateTerm>,
    pub(super) relation: Relation,
    pub(super) right: Vec<TemplateTerm>,
}

#[derive(Debug)]
pub(super) struct TemplateTerm {
    pub(super) minus: bool,
    pub(super) operand: Operand,
}

#[derive(Debug)]
pub(super) enum Operand {
    Number(Decimal),
    Key(Pattern),
}

#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) span: Range<usize>,
    pub(super) previous: bool,
    pub(super) parts: Vec<KeyPart>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyPart {
    Name(String),
    Variable(String),
    Any,
}

impl Template {
    /// Reads a formula.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
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
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, FormulaError> {
        if text.len() > MAX_LENGTH {
            return Err(fault(0..0, "公式太长", "the formula is too long"));
        }
        Ok(Self {
            text,
            at: 0,
            depth: 0,
        })
    }

    fn end(&mut self) -> Result<(), FormulaError> {
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

    fn relation(&mut self) -> Result<Relation, FormulaError> {
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

    fn expr(&mut self) -> Result<Vec<TemplateTerm>, FormulaError> {
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

    fn term(&mut self, terms: &mut Vec<TemplateTerm>) -> Result<(), FormulaError> {
        let plain = |operand| TemplateTerm {
            minus: false,
            operand,
        };
        if self.take("(") {
            terms.extend(self.expr()?);
            return self.close();
        }
        if self.take("sum(") {
            loop {
                let key = self.key()?;
                terms.push(plain(Operand::Key(key)));
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
            terms.push(plain(Operand::Number(number)));
            return Ok(());
        }
        let key = self.key()?;
        if let Some(part) = key.parts.iter().find(|p| **p == KeyPart::Any) {
            debug_assert_eq!(*part, KeyPart::Any);
            return Err(fault(
                key.span,
                "* 只能写在 sum( ) 里",
                "* may only be written inside sum( )",
            ));
        }
        terms.push(plain(Operand::Key(key)));
        Ok(())
    }

    fn close(&mut self) -> Result<(), FormulaError> {
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

    fn key(&mut self) -> Result<Pattern, FormulaError> {
        self.space();
        let start = self.at;
        let previous = self.take_part("previous.");
        let mut parts = Vec::new();
        loop {
            if self.take_part("*") {
                parts.push(KeyPart::Any);
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
                    KeyPart::Variable(name)
                } else {
                    KeyPart::Name(name)
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

    #[test]
    fn faults_have_their_place() {
        let place = |text: &str| Template::parse(text).unwrap_err().span;
        assert_eq!(place("t.a.x t.a.y"), 6..7);
        assert_eq!(place("t.a.x = (t.a.x"), 14..14);
        assert_eq!(place("t.a.x = t.*.x"), 8..13);
        assert!(Template::parse(&"(".repeat(5_000)).is_err());
    }
}
