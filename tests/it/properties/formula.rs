//! Any text as a formula of a rule.

use nianbao::form::{Comparison, Expr, Form, Relation, Term};
use nianbao::text::{Findings, Source};

use super::presentable;

/// A formula is refused with a place in it; or it means the same when the program's reading of it
/// is written down and read again, and the value that another reading of the text gives.
pub fn holds(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let form = match with_rules(&[text.to_owned()]) {
        Ok(form) => form,
        Err(findings) => {
            presentable(&findings);
            return;
        }
    };
    let read: Vec<&Comparison> = comparisons(&form).collect();
    assert!(!read.is_empty());
    let written: Vec<String> = read
        .iter()
        .map(|comparison| written(comparison, &form))
        .collect();
    // A sum over every figure for every figure is longer than a formula may be.
    if written.iter().all(|formula| formula.len() < 10_000) {
        let again = with_rules(&written).unwrap_or_else(|f| panic!("{f:?}\n{written:?}"));
        assert_eq!(comparisons(&again).collect::<Vec<_>>(), read, "{written:?}");
    }
    if !text.contains('@') {
        let [only] = read.as_slice() else {
            panic!("{text} is {} equations", read.len());
        };
        let value = |expr: &Expr| {
            let value = expr.value(|id, previous| Some(figure(id.0, previous).into()))?;
            value.to_string().parse::<i128>().ok()
        };
        if let Some((left, right)) = other_reading(text, &form) {
            assert_eq!(
                (value(&only.left), value(&only.right)),
                (Some(left), Some(right))
            );
        }
    }
}

/// A form with rows and columns to choose from, and these formulas as its rules.
fn with_rules(formulas: &[String]) -> Result<Form, Findings> {
    let mut text = String::from(
        r#"
id = "f"
years = [2000]
issued_by = "通知"
title = "报告"
section = [{ heading = "一、表", table = "t" }]

[[table]]
id = "t"
sheet = "表"
columns = 4
series = ["x", "y", "sum"]
rows = [
  [{ label = "甲" }, { figures = "a" }],
  [{ label = "乙" }, { figures = "b.c" }],
  [{ label = "丙" }, { figures = "b.d" }],
  [{ label = "丁" }, { figures = "b.e.x" }],
]
"#,
    );
    for formula in formulas {
        let mut literal = String::new();
        for c in formula.chars() {
            if c.is_control() || c == '"' || c == '\\' {
                literal.push_str(&format!("\\U{:08X}", c as u32));
            } else {
                literal.push(c);
            }
        }
        text.push_str(&format!(
            "[[rule]]\ncode = \"r\"\nzh = \"规则\"\nen = \"rule\"\ncheck = \"{literal}\"\n"
        ));
    }
    Form::read(Source::new("formula.toml", text))
}

fn comparisons(form: &Form) -> impl Iterator<Item = &Comparison> {
    let instances = form.rules.iter().flat_map(|rule| &rule.instances);
    instances.map(|instance| &instance.comparison)
}

/// A comparison in the language of the form files.
fn written(comparison: &Comparison, form: &Form) -> String {
    let side = |expr: &Expr| {
        let mut text = String::new();
        for term in &expr.terms {
            let (minus, term) = match term {
                Term::Figure {
                    minus,
                    previous,
                    figure,
                } => {
                    let before = if *previous { "previous." } else { "" };
                    (*minus, format!("{before}{}", form.spec(*figure).key))
                }
                Term::Number(number) => (number.is_sign_negative(), number.abs().to_string()),
            };
            text.push_str(if minus { " - " } else { " + " });
            text.push_str(&term);
        }
        text.strip_prefix(" + ").map_or(text.clone(), str::to_owned)
    };
    let sign = match comparison.relation {
        Relation::Unequal => "!=",
        relation => relation.sign(),
    };
    format!(
        "{} {sign} {}",
        side(&comparison.left),
        side(&comparison.right)
    )
}

/// A value for each figure, this year's and last year's.
fn figure(number: usize, previous: bool) -> u64 {
    let number = number as u64 + 1;
    number * number * if previous { 1000 } else { 1 }
}

/// Both sides of a formula by a reading of its own, in whole numbers; none where it has others, or
/// keys that the form's other rules would refuse.
fn other_reading(text: &str, form: &Form) -> Option<(i128, i128)> {
    let signs = ["!=", "≠", ">=", "<=", "≥", "≤", "=", ">", "<"];
    let (at, sign) = signs
        .iter()
        .filter_map(|sign| Some((text.find(sign)?, *sign)))
        .min_by_key(|(at, sign)| (*at, usize::MAX - sign.len()))?;
    let (left, right) = (text.get(..at)?, text.get(at + sign.len()..)?);
    Some((side(left, form)?, side(right, form)?))
}

fn side(text: &str, form: &Form) -> Option<i128> {
    // What is outside of brackets is added up; brackets and `sum(` alike hold more of the same.
    let mut sum = 0_i128;
    let mut signs = vec![1_i128];
    let mut sign = 1_i128;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "_.*".contains(c)))
            .unwrap_or(rest.len());
        let outer = *signs.last()?;
        match c {
            '(' => signs.push(outer * std::mem::replace(&mut sign, 1)),
            ')' => {
                signs.pop();
            }
            '+' | ',' => sign = 1,
            '-' | '−' => sign = -1,
            c if c.is_whitespace() => {}
            _ if rest.starts_with("sum(") => {
                // Every key of it has the sign before it.
                signs.push(outer * std::mem::replace(&mut sign, 1));
                rest = rest.get(4..)?;
                continue;
            }
            c if c.is_ascii_digit() => {
                let digits = rest.get(..word)?;
                if digits.contains('.') || digits.len() > 15 {
                    return None;
                }
                sum += outer * std::mem::replace(&mut sign, 1) * digits.parse::<i128>().ok()?;
                rest = rest.get(word..)?;
                continue;
            }
            _ => {
                let key = rest.get(..word)?;
                let (previous, pattern) = match key.strip_prefix("previous.") {
                    Some(pattern) => (true, pattern),
                    None => (false, key),
                };
                let value: i128 = (0..form.figures.len())
                    .filter(|index| fits(pattern, &form.figures[*index].key))
                    .map(|index| i128::from(figure(index, previous)))
                    .sum();
                sum += outer * std::mem::replace(&mut sign, 1) * value;
                rest = rest.get(word..).filter(|_| word > 0)?;
                continue;
            }
        }
        rest = rest.get(c.len_utf8()..)?;
    }
    Some(sum)
}

fn fits(pattern: &str, key: &str) -> bool {
    let same = |(pattern, key): (&str, &str)| pattern == "*" || pattern == key;
    pattern.split('.').count() == key.split('.').count()
        && pattern.split('.').zip(key.split('.')).all(same)
}
