//! Single values of a style file, each within its limits or a finding with its place.

use super::limits::Limit;
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

/// A length in the limit's unit.
pub(super) fn length(
    fields: &mut Fields<'_>,
    node: &Node,
    key: &str,
    limit: &Limit,
) -> Option<f64> {
    match &node.value {
        Value::Number(digits) => {
            let value = digits.parse().ok().filter(|value: &f64| value.is_finite());
            within(fields, node, key, limit, value)
        }
        _ => {
            let example = format!("{} = {}", last(key), limit.most);
            let wanted = ("不加引号的数", "a number without quotes");
            wrong_type(fields, node, key, wanted, &example);
            None
        }
    }
}

/// A size of type: points, or the name of a size.
pub(super) fn size(fields: &mut Fields<'_>, node: &Node, key: &str, limit: &Limit) -> Option<f64> {
    let name = match &node.value {
        Value::Text(name) => name,
        Value::Number(_) => return length(fields, node, key, limit),
        _ => {
            let example = format!("{} = {}", last(key), limit.most);
            let wanted = ("字号或磅数", "a size by name or in points");
            wrong_type(fields, node, key, wanted, &example);
            return None;
        }
    };
    match size::points(name) {
        Some(points) => within(fields, node, key, limit, Some(points)),
        None => {
            let range = limit.range();
            fields.fault(
                node,
                key,
                Code::StyleFile,
                Message::new(
                    format!("{key}：没有“{}”这个字号", shorten(name)),
                    format!("{key}: there is no size \"{}\"", shorten(name)),
                ),
                Message::new(
                    format!(
                        "写字号（如 \"三号\"、\"小三\"）或磅数（如 16）：{}",
                        range.zh
                    ),
                    format!(
                        "write a size by name (\"三号\", \"小三\") or points (16): {}",
                        range.en
                    ),
                ),
            );
            None
        }
    }
}

fn within(
    fields: &mut Fields<'_>,
    node: &Node,
    key: &str,
    limit: &Limit,
    value: Option<f64>,
) -> Option<f64> {
    if let Some(value) = value.filter(|value| limit.holds(*value)) {
        return Some(value);
    }
    let (written, range) = (fields.written(node), limit.range());
    let (zh, en) = limit.why;
    fields.fault(
        node,
        key,
        Code::StyleFile,
        Message::new(
            format!("{key} 不能是 {written}"),
            format!("{key} can't be {written}"),
        ),
        Message::new(
            format!("写 {}：{zh}", range.zh),
            format!("write {}: {en}", range.en),
        ),
    );
    None
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
