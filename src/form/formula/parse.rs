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
        if text.len() > MAX_LENGTH {
            return Err(fault(0..0, "公式太长", "the formula is too long"));
        }
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
        };
        let template = Self {
            left: parser.expr()?,
            relation: parser.relation()?,
            right: parser.expr()?,
        };
        parser.space();
        if parser.at < text.len() {
            return Err(fault(
                parser.at..text.len(),
                "公式到这里应当结束",
                "the formula should end here",
            ));
        }
        Ok(template)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, token: &str) -> bool {
        self.space();
        self.take_part(token)
    }

    /// Like [`Self::take`], with no white space before it: a key is one word.
    fn take_part(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// The characters from here on that are such.
    fn word(&mut self, test: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let (word, _) = rest.split_at(rest.find(|c| !test(c)).unwrap_or(rest.len()));
        self.at += word.len();
        word
    }

    /// The fault that something else should stand here.
    fn fault(&self, zh: &str, en: &str) -> FormulaError {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        fault(self.at..self.at + length, zh, en)
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
        Err(self.fault(
            "这里要写 =、!=、>=、<=、> 或 <",
            "=, !=, >=, <=, > or < is expected here",
        ))
    }

    fn expr(&mut self) -> Result<Vec<TemplateTerm>, FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault("括号嵌套太深", "brackets are nested too deep"));
        }
        let mut terms = Vec::new();
        let mut minus = self.minus();
        loop {
            self.term(minus, &mut terms)?;
            minus = self.minus();
            if !minus && !self.take("+") {
                self.depth -= 1;
                return Ok(terms);
            }
        }
    }

    fn minus(&mut self) -> bool {
        self.take("-") || self.take("−")
    }

    fn term(&mut self, minus: bool, terms: &mut Vec<TemplateTerm>) -> Result<(), FormulaError> {
        if self.take("(") {
            let inner = self.expr()?.into_iter();
            terms.extend(inner.map(|term| TemplateTerm {
                minus: term.minus ^ minus,
                ..term
            }));
            return self.close();
        }
        let mut add = |operand| terms.push(TemplateTerm { minus, operand });
        if self.take("sum(") {
            loop {
                add(Operand::Key(self.key()?));
                if !self.take(",") {
                    return self.close();
                }
            }
        }
        self.space();
        let start = self.at;
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let digits = self.word(|c| c.is_ascii_digit() || c == '.');
            let unreadable = |_| {
                let place = start..self.at;
                fault(place, "这个数字不能读", "this number can't be read")
            };
            add(Operand::Number(
                Decimal::from_str_exact(digits).map_err(unreadable)?,
            ));
            return Ok(());
        }
        let key = self.key()?;
        if key.parts.contains(&KeyPart::Any) {
            return Err(fault(
                key.span,
                "* 只能写在 sum( ) 里",
                "* may only be written inside sum( )",
            ));
        }
        add(Operand::Key(key));
        Ok(())
    }

    fn close(&mut self) -> Result<(), FormulaError> {
        match self.take(")") {
            true => Ok(()),
            false => Err(self.fault("这里少了右括号", "a closing bracket is missing here")),
        }
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
                let name = self.word(|c| c.is_ascii_alphanumeric() || c == '_');
                if name.is_empty() {
                    return Err(self.fault(
                        "这里要写数据项的键，如 requests.new.total",
                        "a figure's key is expected here, such as requests.new.total",
                    ));
                }
                parts.push(match variable {
                    true => KeyPart::Variable(name.to_owned()),
                    false => KeyPart::Name(name.to_owned()),
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
