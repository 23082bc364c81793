//! Characters that no wording of a form can have: no font draws them, and some make a workbook that no
//! program opens.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault;
use crate::text::character::{Oddity, oddity};
use crate::text::{Finding, Message, Source};

/// A fault for each text of the file, and each key, with such a character.
pub(super) fn faults(source: &Arc<Source>, file: &DeTable<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    table(source, file, &mut findings);
    findings
}

fn table(source: &Arc<Source>, table: &DeTable<'_>, findings: &mut Vec<Finding>) {
    for (key, entry) in table {
        findings.extend(text(source, key.get_ref(), key.span()));
        value(source, entry, findings);
    }
}

/// Lists and tables are nested no deeper than the parser lets them.
fn value(source: &Arc<Source>, at: &Spanned<DeValue<'_>>, findings: &mut Vec<Finding>) {
    match at.get_ref() {
        DeValue::String(said) => findings.extend(text(source, said, at.span())),
        DeValue::Array(values) => values.iter().for_each(|at| value(source, at, findings)),
        DeValue::Table(entries) => table(source, entries, findings),
        _ => {}
    }
}

fn text(source: &Arc<Source>, text: &str, span: std::ops::Range<usize>) -> Option<Finding> {
    let typed = text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t'));
    let (c, odd) = typed.filter_map(|c| Some((c, oddity(c)?))).next()?;
    let code = format!("U+{:04X}", c as u32);
    let message = match odd {
        Oddity::Like(plain) => Message::new(
            format!(
                "“{c}”（{code}）只是看起来像“{plain}”（U+{:04X}）",
                plain as u32
            ),
            format!(
                "{c} ({code}) only looks like {plain} (U+{:04X})",
                plain as u32
            ),
        ),
        Oddity::Private => Message::new(
            format!("造字（{code}）不能用"),
            format!("a private character ({code}) can't be used"),
        ),
        _ => Message::new(
            format!("文字里有看不见的字符（{code}），删去它"),
            format!("there is an invisible character in the text ({code}): delete it"),
        ),
    };
    Some(fault(source, span, message))
}
