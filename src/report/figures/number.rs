//! The number of a figure: exact, and of its kind.

use rust_decimal::Decimal;

use super::FigureReader;
use crate::data::fields::{Fields, last, shorten};
use crate::data::numeral::{self, MAX, MAX_DIGITS, NumeralError};
use crate::data::{Node, Value};
use crate::form::{FigureId, Kind};
use crate::text::{Code, Finding, Message};

impl FigureReader<'_> {
    pub(super) fn number(
        &self,
        fields: &mut Fields<'_>,
        id: FigureId,
        node: &Node,
    ) -> Option<Decimal> {
        let spec = self.form.spec(id);
        let code = if spec.kind.is_decimal() {
            Code::NotAnAmount
        } else {
            Code::NotACount
        };
        let (text, quoted) = match &node.value {
            Value::Number(text) => (text, false),
            Value::Text(text) => (text, true),
            _ => {
                let last = last(&spec.key);
                let remedy = Message::new(
                    format!("只写一个数字，没有就写 0，如 {last} = 0"),
                    format!("write one number, 0 where there is none, such as {last} = 0"),
                );
                let name = self.form.figure_label(id, self.script);
                fields.wrong_type(node, &spec.key, &name, ("数字", "a number"), remedy);
                return None;
            }
        };
        let refuse = |fields: &mut Fields<'_>, code: Code, zh: &str, en: &str, remedy: Message| {
            let name = self.form.figure_label(id, self.script);
            let finding = Finding::new(
                code,
                Message::new(format!("{}：{zh}", name.zh), format!("{}: {en}", name.en)),
            )
            .at(fields.place(&node.span))
            .key(&spec.key)
            .expected(
                if spec.kind.is_decimal() { "0.00" } else { "0" },
                shorten(text),
            )
            .remedy(remedy);
            fields.push(finding);
        };
        let value = match numeral::parse(text) {
            Ok(value) => value,
            Err(fault) => {
                // A plain decimal that has more digits than can be held exactly.
                if fault == NumeralError::Other && text.len() > MAX_DIGITS && is_decimal(text) {
                    refuse(
                        fields,
                        code,
                        "数字的位数太多",
                        "the number has too many digits",
                        too_large_remedy(),
                    );
                    return None;
                }
                let remedy = fault.remedy(text);
                let shown = shorten(text);
                refuse(
                    fields,
                    code,
                    &format!("“{shown}”不是能读的数字"),
                    &format!("\"{shown}\" is no number that can be read"),
                    remedy,
                );
                return None;
            }
        };
        if quoted {
            refuse(
                fields,
                Code::WrongType,
                "数字放在了引号里",
                "the number is in quotation marks",
                Message::new(
                    format!("去掉引号：{value}"),
                    format!("take the quotes off: {value}"),
                ),
            );
            return None;
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let large = value.abs() > Decimal::from(MAX);
        let (zh, en) = if large || (spec.kind.is_decimal() && digits > MAX_DIGITS) {
            let (zh, en) = if large {
                ("数字太大", "the number is too large")
            } else {
                ("数字的位数太多", "the number has too many digits")
            };
            refuse(fields, code, zh, en, too_large_remedy());
            return None;
        } else if value.is_sign_negative() && !value.is_zero() && spec.kind != Kind::Signed {
            ("不能是负数", "it can't be negative")
        } else if !spec.kind.is_decimal() && text.contains('.') {
            ("件数不能有小数", "a count has no decimals")
        } else {
            return Some(value);
        };
        let remedy = if spec.kind.is_decimal() {
            Message::new("写 0 或正数", "write 0 or a positive number")
        } else {
            Message::new("写 0 或正整数", "write 0 or a positive whole number")
        };
        refuse(fields, code, zh, en, remedy);
        None
    }
}

fn too_large_remedy() -> Message {
    Message::new(
        "最大 999999999999，金额最多 15 位有效数字",
        "999999999999 at most, an amount has 15 digits at most",
    )
}

/// Digits with at most one point, whatever their number.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.bytes().all(|b| b.is_ascii_digit() || b == b'.') && digits.matches('.').count() <= 1
}
