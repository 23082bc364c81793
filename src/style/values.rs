//! Single values of a style file, each within its limits or a finding with its place.

use super::limits::limit;
use super::size;
use super::tint;
use crate::data::fields::{Fields, key_name, last, shorten};
use crate::data::{Node, Value, Worded};
use crate::pdf::Tint;
use crate::text::{Code, Message};

/// Longest name of a face, in characters.
const LONGEST_NAME: usize = 100;
/// Most faces of one role.
const MOST_NAMES: usize = 8;

/// Adds a finding for a value of the wrong kind; `example` is how the line may be written.
fn wrong_type(
    fields: &mut Fields<'_>,
    node: &Node,
    key: &str,
    wanted: (&str, &str),
    example: &str,
) {
    let remedy = Message::new(
        format!("写成 {example} 这样"),
        format!("write it like {example}"),
    );
    fields.wrong_type(node, key, &key_name(key), wanted, remedy);
}

/// `true` or `false`.
pub(super) fn flag(fields: &mut Fields<'_>, node: &Node, key: &str) -> Option<bool> {
    if let Value::Bool(flag) = &node.value {
        return Some(*flag);
    }
    let example = format!("{} = true", last(key));
    wrong_type(
        fields,
        node,
        key,
        (" true 或 false", "true or false"),
        &example,
    );
    None
}

/// A length in the unit of its limits, or a size of type by its name where that is allowed.
pub(super) fn length(fields: &mut Fields<'_>, node: &Node, key: &str) -> Option<f64> {
    let limit = limit(key)?;
    let (range, [why_zh, why_en]) = (limit.range(), &limit.why);
    let value = match &node.value {
        Value::Number(digits) => digits.parse().ok(),
        Value::Text(name) if limit.named => {
            let Some(points) = size::points(name) else {
                let message = Message::new(
                    format!("{key}：没有“{}”这个字号", shorten(name)),
                    format!("{key}: there is no size \"{}\"", shorten(name)),
                );
                let remedy = Message::new(
                    format!(
                        "写字号（如 \"三号\"、\"小三\"）或磅数（如 16）：{}",
                        range.zh
                    ),
                    format!(
                        "write a size by name (\"三号\", \"小三\") or points (16): {}",
                        range.en
                    ),
                );
                fields.fault(node, key, Code::StyleFile, message, remedy);
                return None;
            };
            Some(points)
        }
        _ => {
            let example = format!("{} = {}", last(key), limit.most);
            let wanted = match limit.named {
                true => ("字号或磅数", "a size by name or in points"),
                false => ("不加引号的数", "a number without quotes"),
            };
            wrong_type(fields, node, key, wanted, &example);
            return None;
        }
    };
    let within = value.filter(|value| (limit.least..=limit.most).contains(value));
    if within.is_none() {
        let written = fields.written(node);
        let message = Message::new(
            format!("{key} 不能是 {written}"),
            format!("{key} can't be {written}"),
        );
        let remedy = Message::new(
            format!("写 {}：{why_zh}", range.zh),
            format!("write {}: {why_en}", range.en),
        );
        fields.fault(node, key, Code::StyleFile, message, remedy);
    }
    within
}

/// Names of faces, each with its place: one, or a list.
pub(super) fn names(fields: &mut Fields<'_>, node: &Node, key: &str) -> Option<Vec<Worded>> {
    let nodes = match &node.value {
        Value::Array(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let example = format!("{} = \"仿宋\"", last(key));
    if nodes.is_empty() || nodes.len() > MOST_NAMES {
        let count = nodes.len();
        let message = Message::new(
            format!("{key} 写了 {count} 个字体，应当是 1 至 {MOST_NAMES} 个"),
            format!("{key} names {count} fonts: 1 to {MOST_NAMES} are allowed"),
        );
        let remedy = Message::new(
            format!("只写用得着的，如 {example}；不指定就删去这一行"),
            format!("name those that are needed, as in {example}, or take the line out"),
        );
        fields.fault(node, key, Code::StyleFile, message, remedy);
        return None;
    }
    let names = nodes.iter().map(|node| match node.value {
        Value::Text(_) => fields.text(node, key, LONGEST_NAME),
        _ => {
            wrong_type(fields, node, key, ("字体的名称", "a font's name"), &example);
            None
        }
    });
    // All of them are read, so that every fault is found at once.
    let names: Vec<Option<Worded>> = names.collect();
    names.into_iter().collect()
}

/// A tint: `"#C6D9F1"` or `{ gray = 0.85 }`.
pub(super) fn tint(fields: &mut Fields<'_>, node: &Node, key: &str) -> Option<Tint> {
    let example = Message::new(
        "写成 \"#C6D9F1\"（井号和六位十六进制数），或 { gray = 0.85 }（0 是黑，1 是白）",
        "write \"#C6D9F1\" (a hash and six hexadecimal digits), or { gray = 0.85 } (0 is black, 1 white)",
    );
    let tint = match &node.value {
        Value::Text(text) => tint::hexadecimal(text),
        Value::Table(_) => {
            let before = fields.findings.len();
            fields.unknown(node.entries(), key, &["gray"]);
            if fields.findings.len() > before {
                return None;
            }
            match node.get("gray").map(|entry| &entry.node.value) {
                Some(Value::Number(digits)) => digits
                    .parse()
                    .ok()
                    .filter(|gray| (0.0..=1.0).contains(gray))
                    .map(Tint::Gray),
                _ => None,
            }
        }
        _ => None,
    };
    let written = fields.written(node);
    let Some(tint) = tint else {
        let message = Message::new(
            format!("{key} 不是能读的颜色：{written}"),
            format!("{key} is no colour that can be read: {written}"),
        );
        fields.fault(node, key, Code::StyleFile, message, example);
        return None;
    };
    if !tint::is_light_enough(tint) {
        fields.fault(
            node,
            key,
            Code::StyleFile,
            Message::new(
                format!("{key} 太深，黑字印在上面看不清：{written}"),
                format!("{key} is too dark to read black type on: {written}"),
            ),
            Message::new(
                "换浅一些的颜色，如 \"#C6D9F1\" 或 { gray = 0.85 }",
                "take a lighter one, such as \"#C6D9F1\" or { gray = 0.85 }",
            ),
        );
        return None;
    }
    Some(tint)
}
