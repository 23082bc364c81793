//! Single values of a style file, each within its limits or a finding with its place.

use std::sync::Arc;

use super::limits::Limit;
use super::size;
use super::tint;
use crate::data::{Entry, Node, RawFile, Value};
use crate::pdf::Tint;
use crate::text::{Code, Finding, Message, Place, Source};

/// Longest name of a face, in characters.
const LONGEST_NAME: usize = 100;
/// Most faces of one role.
const MOST_NAMES: usize = 8;

/// Takes values out of a style file and collects the findings on the way.
pub(super) struct Reader<'a> {
    raw: &'a RawFile,
    pub findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    /// A reader that has found the faults of the syntax.
    pub fn new(raw: &'a RawFile) -> Self {
        let findings = raw.findings.iter().map(as_style).collect();
        Self { raw, findings }
    }

    pub fn source(&self) -> &'a Arc<Source> {
        &self.raw.source
    }

    pub fn place(&self, node: &Node) -> Place {
        Place::new(self.source(), node.span.clone())
    }

    /// Adds a finding, unless it rests on a line that couldn't be parsed.
    pub fn fault(&mut self, place: Place, message: Message, remedy: Message) {
        if !self.raw.is_doubtful(place.span.start) {
            let finding = Finding::new(Code::StyleFile, message);
            self.findings.push(finding.at(place).remedy(remedy));
        }
    }

    /// The entries of a table whose keys are among `known`; a finding for every other one.
    pub fn entries(&mut self, node: &'a Node, prefix: &str, known: &[&str]) -> Vec<&'a Entry> {
        let (known_keys, unknown): (Vec<&Entry>, Vec<&Entry>) = node
            .entries()
            .iter()
            .partition(|entry| known.contains(&entry.name.as_str()));
        for entry in unknown {
            self.unknown(entry, prefix, known);
        }
        known_keys
    }

    fn unknown(&mut self, entry: &Entry, prefix: &str, known: &[&str]) {
        let name = &entry.name;
        // No key is long, and the distance of a long one takes long to find.
        let near = known
            .iter()
            .filter(|_| name.len() <= LONGEST_NAME)
            .map(|known| (strsim::damerau_levenshtein(known, name), *known))
            .min()
            .filter(|(distance, known)| *distance <= 1 + known.len() / 4);
        let remedy = match near {
            Some((_, near)) => {
                Message::new(format!("是不是 {near}？"), format!("did you mean {near}?"))
            }
            None => Message::new(
                format!("可以写的键：{}", known.join("、")),
                format!("keys that may stand here: {}", known.join(", ")),
            ),
        };
        let key = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}.{name}")
        };
        let message = Message::new(
            format!("样式文件里没有 {key} 这个键"),
            format!("a style file has no key {key}"),
        );
        self.fault(
            Place::new(self.source(), entry.span.clone()),
            message,
            remedy,
        );
    }

    /// Adds a finding for a value of the wrong kind; `example` is how the line may be written.
    fn wrong_type(&mut self, node: &Node, key: &str, wanted: (&str, &str), example: &str) {
        let (zh, en) = node.value.kind();
        self.fault(
            self.place(node),
            Message::new(
                format!("{key} 应当是{}，这里写的是{zh}", wanted.0),
                format!("{key} should be {}, not {en}", wanted.1),
            ),
            Message::new(
                format!("写成 {example} 这样"),
                format!("write it like {example}"),
            ),
        );
    }

    /// A section; a finding where it is something else.
    pub fn section(&mut self, entry: &'a Entry, key: &str, known: &[&str]) -> Vec<&'a Entry> {
        if matches!(entry.node.value, Value::Table(_)) {
            return self.entries(&entry.node, key, known);
        }
        self.wrong_type(&entry.node, key, ("一节", "a table"), &format!("[{key}]"));
        Vec::new()
    }

    /// `true` or `false`.
    pub fn flag(&mut self, node: &Node, key: &str) -> Option<bool> {
        if let Value::Bool(flag) = &node.value {
            return Some(*flag);
        }
        let example = format!("{} = true", last(key));
        self.wrong_type(node, key, (" true 或 false", "true or false"), &example);
        None
    }

    /// A length in the limit's unit.
    pub fn length(&mut self, node: &Node, key: &str, limit: &Limit) -> Option<f64> {
        match &node.value {
            Value::Number(digits) => {
                let value = digits.parse().ok().filter(|value: &f64| value.is_finite());
                self.within(node, key, limit, value)
            }
            _ => {
                let example = format!("{} = {}", last(key), limit.most);
                let wanted = ("不加引号的数", "a number without quotes");
                self.wrong_type(node, key, wanted, &example);
                None
            }
        }
    }

    /// A size of type: points, or the name of a size.
    pub fn size(&mut self, node: &Node, key: &str, limit: &Limit) -> Option<f64> {
        let name = match &node.value {
            Value::Text(name) => name,
            Value::Number(_) => return self.length(node, key, limit),
            _ => {
                let example = format!("{} = {}", last(key), limit.most);
                let wanted = ("字号或磅数", "a size by name or in points");
                self.wrong_type(node, key, wanted, &example);
                return None;
            }
        };
        match size::points(name) {
            Some(points) => self.within(node, key, limit, Some(points)),
            None => {
                let range = limit.range();
                self.fault(
                    self.place(node),
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

    fn within(&mut self, node: &Node, key: &str, limit: &Limit, value: Option<f64>) -> Option<f64> {
        if let Some(value) = value.filter(|value| limit.holds(*value)) {
            return Some(value);
        }
        let (written, range) = (shorten(self.source().slice(&node.span)), limit.range());
        let (zh, en) = limit.why;
        self.fault(
            self.place(node),
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
    pub fn names(&mut self, node: &'a Node, key: &str) -> Option<Vec<(String, Place)>> {
        let example = format!("{} = \"仿宋\"", last(key));
        let nodes = match &node.value {
            Value::Text(_) => std::slice::from_ref(node),
            Value::Array(nodes) if nodes.is_empty() => {
                self.fault(
                    self.place(node),
                    Message::new(format!("{key} 没有写字体"), format!("{key} names no font")),
                    Message::new(
                        format!("写成 {example} 这样，或删去这一行"),
                        format!("write it like {example}, or take the line out"),
                    ),
                );
                return None;
            }
            Value::Array(nodes) if nodes.len() > MOST_NAMES => {
                self.fault(
                    self.place(node),
                    Message::new(
                        format!("{key} 写了 {} 个字体，最多 {MOST_NAMES} 个", nodes.len()),
                        format!("{key} names {} fonts, {MOST_NAMES} at most", nodes.len()),
                    ),
                    Message::new("只留用得着的", "keep those that are needed"),
                );
                return None;
            }
            Value::Array(nodes) => nodes,
            _ => {
                let wanted = ("字体的名称或名称的列表", "a font's name or a list of names");
                self.wrong_type(node, key, wanted, &example);
                return None;
            }
        };
        let before = self.findings.len();
        let mut names = Vec::new();
        for node in nodes {
            let Value::Text(name) = &node.value else {
                self.wrong_type(node, key, ("字体的名称", "a font's name"), &example);
                continue;
            };
            let name = name.trim();
            if name.is_empty() || name.chars().count() > LONGEST_NAME {
                self.fault(
                    self.place(node),
                    Message::new(
                        format!("{key}：字体的名称有 1 至 {LONGEST_NAME} 个字"),
                        format!("{key}: a font's name has 1 to {LONGEST_NAME} characters"),
                    ),
                    Message::new(
                        format!("写成 {example} 这样，或删去这一行"),
                        format!("write it like {example}, or take the line out"),
                    ),
                );
                continue;
            }
            names.push((name.to_owned(), self.place(node)));
        }
        (self.findings.len() == before).then_some(names)
    }

    /// A tint: `"#C6D9F1"` or `{ gray = 0.85 }`.
    pub fn tint(&mut self, node: &'a Node, key: &str) -> Option<Tint> {
        let example = Message::new(
            "写成 \"#C6D9F1\"（井号和六位十六进制数），或 { gray = 0.85 }（0 是黑，1 是白）",
            "write \"#C6D9F1\" (a hash and six hexadecimal digits), or { gray = 0.85 } (0 is black, 1 white)",
        );
        let tint = match &node.value {
            Value::Text(text) => tint::hexadecimal(text),
            Value::Table(_) => {
                let before = self.findings.len();
                let entry = self.entries(node, key, &["gray"]).pop();
                if self.findings.len() > before {
                    return None;
                }
                match entry.map(|entry| &entry.node.value) {
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
        let written = shorten(self.source().slice(&node.span));
        let Some(tint) = tint else {
            let message = Message::new(
                format!("{key} 不是能读的颜色：{written}"),
                format!("{key} is no colour that can be read: {written}"),
            );
            self.fault(self.place(node), message, example);
            return None;
        };
        if !tint::is_light_enough(tint) {
            self.fault(
                self.place(node),
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
}

/// A finding of the reading as one about a style file, which has no figures; its numbers have no
/// units.
fn as_style(finding: &Finding) -> Finding {
    let mut finding = finding.clone();
    let written = finding.place.as_ref().map(|place| {
        let line = place.source.slice(&place.span).lines().next();
        line.unwrap_or_default().trim().to_owned()
    });
    let written = written.unwrap_or_default();
    if written.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') {
        let written = shorten(&written);
        finding.message = Message::new(
            format!("“{written}”不是能读的数"),
            format!("\"{written}\" is not a number that can be read"),
        );
        finding.remedy = Some(Message::new(
            "只写半角数字，不带单位；字号的名称放在英文双引号里",
            "write digits alone, without a unit, and names of sizes in double quotes",
        ));
    }
    finding.code = Code::StyleFile;
    finding
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// A value short enough for one line of a finding.
fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(24) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line.to_owned(),
    }
}
