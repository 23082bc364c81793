//! Reading the figures: every one that the form asks for, once, exact.

use rust_decimal::Decimal;

use super::fields::{Fields, join, shorten};
use super::model::{Figure, Given, Worded};
use crate::data::numeral::{self, Fault, MAX, MAX_DIGITS};
use crate::data::{Entry, Node, Value};
use crate::finding::{Code, Finding, Message};
use crate::form::{FigureId, Form, Kind, Script, Table, TableId};
use crate::source::Span;

/// Longest unit, in characters.
const LONGEST_UNIT: usize = 8;
/// Longest note on a cell, in characters.
const LONGEST_NOTE: usize = 200;

/// What the file says of each figure, by [`FigureId`]; none where it says nothing.
pub(super) struct Cells {
    cells: Vec<Option<Cell>>,
}

struct Cell {
    given: Given,
    unit: Option<Worded>,
    note: Option<Worded>,
}

impl Cells {
    /// Reads the tables of `form` out of the file.
    pub fn read(fields: &mut Fields<'_>, form: &Form, script: Script) -> Self {
        let mut reader = Reader {
            form,
            script,
            cells: form.figures.iter().map(|_| None).collect(),
        };
        let root = &fields.raw.root;
        for (index, table) in form.tables.iter().enumerate() {
            let id = TableId(index);
            match root.get(&table.id) {
                Some(entry) => reader.group(fields, id, &table.id, entry),
                None => reader.missing(fields, id, &table.id, &root.span),
            }
        }
        Self {
            cells: reader.cells,
        }
    }

    /// The figures with the derived ones computed; none where an input is missing.
    pub fn figures(self, form: &Form) -> Option<Vec<Figure>> {
        let mut figures: Vec<Figure> = Vec::with_capacity(self.cells.len());
        for (cell, spec) in self.cells.into_iter().zip(&form.figures) {
            figures.push(match cell {
                Some(cell) => Figure {
                    value: cell.given.value,
                    unit: cell.unit,
                    note: cell.note,
                    given: Some(cell.given),
                },
                None if spec.derived => Figure {
                    value: Decimal::ZERO,
                    unit: None,
                    note: None,
                    given: None,
                },
                None => return None,
            });
        }
        for definition in &form.definitions {
            let value = definition.expr.value(|id, previous| {
                figures
                    .get(id.0)
                    .filter(|_| !previous)
                    .map(|figure| figure.value)
            })?;
            if let Some(figure) = figures.get_mut(definition.figure.0) {
                figure.value = value;
            }
        }
        Some(figures)
    }
}

struct Reader<'a> {
    form: &'a Form,
    script: Script,
    cells: Vec<Option<Cell>>,
}

impl Reader<'_> {
    /// The table's series, if `key` is one of its rows.
    fn row<'t>(&self, table: &'t Table, key: &str) -> Option<&'t [String]> {
        let series = table.series.as_deref()?;
        let first = series.first()?;
        self.form.figure(&join(key, first)).map(|_| series)
    }

    /// Names that may follow `prefix`, in form order.
    fn children(&self, prefix: &str) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for spec in &self.form.figures {
            let rest = spec
                .key
                .strip_prefix(prefix)
                .and_then(|r| r.strip_prefix('.'));
            let Some(name) = rest.and_then(|rest| rest.split('.').next()) else {
                continue;
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Whether every figure at or below `key` is derived, so that it may be left out.
    fn optional(&self, key: &str) -> bool {
        self.form
            .figures
            .iter()
            .filter(|spec| {
                spec.key
                    .strip_prefix(key)
                    .is_some_and(|r| r.is_empty() || r.starts_with('.'))
            })
            .all(|spec| spec.derived)
    }

    fn group(&mut self, fields: &mut Fields<'_>, table: TableId, key: &str, entry: &Entry) {
        let Value::Table(entries) = &entry.node.value else {
            let written = self.as_written(table, key);
            let name = self.title(table, key);
            let remedy = Message::new(format!("写成 {written}"), format!("write {written}"));
            fields.wrong_type(&entry.node, key, &name, ("一组数据", "a table"), remedy);
            return;
        };
        let names: Vec<String> = self.children(key).into_iter().map(str::to_owned).collect();
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        for name in &known {
            let child = join(key, name);
            match entries.iter().find(|e| e.name == *name) {
                Some(found) => self.value(fields, table, &child, found),
                None if self.optional(&child) => {}
                None => self.missing(fields, table, &child, &entry.span),
            }
        }
        for found in entries {
            if !known.contains(&found.name.as_str()) {
                fields.unknown_key(found, key, &known);
            }
        }
    }

    fn value(&mut self, fields: &mut Fields<'_>, table: TableId, key: &str, entry: &Entry) {
        if let Some(series) = self.row(self.form.table(table), key) {
            self.list(fields, key, series, &entry.node);
        } else if let Some(id) = self.form.figure(key) {
            self.cell(fields, id, &entry.node);
        } else {
            self.group(fields, table, key, entry);
        }
    }

    /// A row of figures as a list: the inputs in printed order, the derived ones after them.
    fn list(&mut self, fields: &mut Fields<'_>, key: &str, series: &[String], node: &Node) {
        let name = self.row_name(&join(key, series.first().map_or("", String::as_str)));
        let ids: Vec<FigureId> = series
            .iter()
            .filter_map(|part| self.form.figure(&join(key, part)))
            .collect();
        // A row may leave out the columns that are derived in every row (总计).
        let inputs = series
            .iter()
            .filter(|part| !self.always_derived(part))
            .count();
        let Value::Array(items) = &node.value else {
            let last = key.rsplit('.').next().unwrap_or(key);
            let zeros = vec!["0"; inputs].join(", ");
            let remedy = Message::new(
                format!("写成 {last} = [{zeros}]，按表上的顺序，没有的写 0"),
                format!("write {last} = [{zeros}], in printed order, 0 where there is none"),
            );
            let wanted = (
                format!("方括号里的 {inputs} 个数字"),
                format!("a list of {inputs} figures"),
            );
            let wanted = (wanted.0.as_str(), wanted.1.as_str());
            fields.wrong_type(node, key, &format!("“{name}”一行"), wanted, remedy);
            return;
        };
        if let Some(finding) = separators_in_list(fields, key, items) {
            fields.push(finding);
            return;
        }
        if items.len() != inputs && items.len() != series.len() {
            let finding = Finding::new(
                Code::WrongLength,
                Message::new(
                    format!(
                        "“{name}”一行应有 {inputs} 个数字，这里有 {} 个",
                        items.len()
                    ),
                    format!(
                        "row \"{name}\" has {inputs} figures, {} are given",
                        items.len()
                    ),
                ),
            )
            .at(fields.place(&node.span))
            .key(key)
            .expected(inputs, items.len())
            .remedy(self.whole_row(&ids, inputs));
            fields.push(finding);
            return;
        }
        for (id, item) in ids.iter().zip(items) {
            self.cell(fields, *id, item);
        }
    }

    /// How to write a row whose figures are `ids`, of which the last may be left out.
    fn whole_row(&self, ids: &[FigureId], inputs: usize) -> Message {
        let column = |id: &FigureId| {
            let (_, column) = self.form.figure_name(*id, self.script);
            column.rsplit(' ').next().unwrap_or_default().to_owned()
        };
        let first: Vec<String> = ids.iter().take(2).map(column).collect();
        let mut zh = format!("按{}……的顺序写满 {inputs} 个，没有的写 0", first.join("、"));
        let mut en = format!("give {inputs} figures in printed order, 0 where there is none");
        if let (true, Some(last)) = (ids.len() > inputs, ids.last()) {
            zh.push_str(&format!("；也可再写第 {} 个{}", ids.len(), column(last)));
            en.push_str(&format!("; a total may follow as number {}", ids.len()));
        }
        Message::new(zh, en)
    }

    fn always_derived(&self, part: &str) -> bool {
        self.form
            .figures
            .iter()
            .filter(|spec| spec.key.rsplit('.').next() == Some(part))
            .all(|spec| spec.derived)
    }

    /// One figure: a number, or `{ value, unit, note }`.
    fn cell(&mut self, fields: &mut Fields<'_>, id: FigureId, node: &Node) {
        let spec = self.form.spec(id);
        let (mut unit, mut note) = (None, None);
        let number = match &node.value {
            Value::Table(entries) => {
                for entry in entries {
                    let key = join(&spec.key, &entry.name);
                    match entry.name.as_str() {
                        "value" => {}
                        "unit" => unit = self.unit(fields, &entry.node, &key),
                        "note" => note = fields.text(&entry.node, &key, LONGEST_NOTE),
                        _ => fields.unknown_key(entry, &spec.key, &["value", "unit", "note"]),
                    }
                }
                match entries.iter().find(|entry| entry.name == "value") {
                    Some(entry) => &entry.node,
                    None => {
                        fields.missing(
                            &node.span,
                            &spec.key,
                            Message::new(
                                format!("{}缺少 value", self.figure_name(id)),
                                format!("{}: value is missing", self.figure_name(id)),
                            ),
                            Message::new(
                                "写成 { value = 0, note = \"……\" }",
                                "write { value = 0, note = \"…\" }",
                            ),
                        );
                        return;
                    }
                }
            }
            _ => node,
        };
        if let Some(value) = self.number(fields, id, number) {
            let given = Given {
                value,
                place: fields.place(&number.span),
            };
            if let Some(cell) = self.cells.get_mut(id.0) {
                *cell = Some(Cell { given, unit, note });
            }
        }
    }

    fn unit(&self, fields: &mut Fields<'_>, node: &Node, key: &str) -> Option<Worded> {
        let unit = fields.text(node, key, LONGEST_UNIT)?;
        // The unit becomes part of a number format, in which these have a meaning.
        let odd = unit.text.contains(['"', '\\', '[', ']', ';', '@']);
        if odd || unit.text.starts_with(|c: char| c.is_ascii_digit()) {
            let finding = Finding::new(
                Code::WrongType,
                Message::new(
                    format!("“{}”不是单位", unit.text),
                    format!("\"{}\" is no unit", unit.text),
                ),
            )
            .at(unit.place.clone())
            .key(key)
            .remedy(Message::new(
                "写 件、条、项、元、万元 等",
                "write 件, 条, 项, 元 or 万元",
            ));
            fields.push(finding);
            return None;
        }
        Some(unit)
    }

    fn number(&self, fields: &mut Fields<'_>, id: FigureId, node: &Node) -> Option<Decimal> {
        let spec = self.form.spec(id);
        let name = self.figure_name(id);
        let code = if spec.kind.is_decimal() {
            Code::NotAnAmount
        } else {
            Code::NotACount
        };
        let (text, quoted) = match &node.value {
            Value::Number(text) => (text, false),
            Value::Text(text) => (text, true),
            _ => {
                let last = spec.key.rsplit('.').next().unwrap_or(&spec.key);
                let remedy = Message::new(
                    format!("只写一个数字，没有就写 0，如 {last} = 0"),
                    format!("write one number, 0 where there is none, such as {last} = 0"),
                );
                fields.wrong_type(node, &spec.key, &name, ("数字", "a number"), remedy);
                return None;
            }
        };
        let refuse = |fields: &mut Fields<'_>, code: Code, zh: &str, en: &str, remedy: Message| {
            let finding = Finding::new(
                code,
                Message::new(format!("{name}：{zh}"), format!("{name}: {en}")),
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
                if fault == Fault::Other && text.len() > MAX_DIGITS && is_decimal(text) {
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

    /// One finding for a table, row or figure that isn't there, however many figures it has.
    fn missing(&self, fields: &mut Fields<'_>, table: TableId, key: &str, parent: &Span) {
        let spec = self.form.table(table);
        let title = self.form.table_name(table, self.script);
        let name = self.title(table, key);
        let remedy = self.as_written(table, key);
        let message = if key == spec.id {
            Message::new(
                format!("缺少整张表：{title}"),
                format!("the whole table is missing: {title}"),
            )
        } else {
            Message::new(
                format!("{title}：缺少{name}"),
                format!("{title}: {name} is missing"),
            )
        };
        fields.missing(
            parent,
            key,
            message,
            Message::new(
                format!("加上 {remedy}，没有的写 0"),
                format!("add {remedy}, 0 where there is none"),
            ),
        );
    }

    /// What the form calls the table, row or figure at `key`, or what is below it.
    fn title(&self, table: TableId, key: &str) -> String {
        let spec = self.form.table(table);
        if key == spec.id {
            format!("“{}”", self.form.table_name(table, self.script))
        } else if let Some(series) = self.row(spec, key) {
            let first = join(key, series.first().map_or("", String::as_str));
            format!("“{}”一行", self.row_name(&first))
        } else if let Some(id) = self.form.figure(key) {
            self.figure_name(id)
        } else {
            let first = format!("{key}.");
            let id = self
                .form
                .figures
                .iter()
                .position(|figure| figure.key.starts_with(&first));
            let name = id.map(|id| self.group_name(FigureId(id), spec, key));
            format!("“{}”", name.unwrap_or_default())
        }
    }

    /// How a data file writes what is at `key`, with zeros for the figures.
    fn as_written(&self, table: TableId, key: &str) -> String {
        let spec = self.form.table(table);
        let last = key.rsplit('.').next().unwrap_or(key);
        if key == spec.id {
            format!("[{key}]")
        } else if let Some(series) = self.row(spec, key) {
            let inputs = series
                .iter()
                .filter(|part| !self.always_derived(part))
                .count();
            format!("{last} = [{}]", vec!["0"; inputs].join(", "))
        } else if self.form.figure(key).is_some() {
            format!("{last} = 0")
        } else if spec.series.is_some() {
            format!("[{key}]")
        } else {
            let below: Vec<String> = self
                .children(key)
                .iter()
                .filter(|name| !self.optional(&join(key, name)))
                .map(|name| format!("{name} = 0"))
                .collect();
            format!("{last} = {{ {} }}", below.join(", "))
        }
    }

    fn row_name(&self, first_key: &str) -> String {
        self.form
            .figure(first_key)
            .map(|id| self.form.figure_name(id, self.script).0)
            .unwrap_or_default()
    }

    /// What the figures below `key` have in common: their row, or the heading over them.
    fn group_name(&self, id: FigureId, table: &Table, key: &str) -> String {
        let (row, column) = self.form.figure_name(id, self.script);
        let mut words: Vec<&str> = if row.is_empty() {
            column.split(' ').collect()
        } else {
            row.split(' ').collect()
        };
        let shared = !row.is_empty() && table.series.is_none();
        if !shared && words.len() > 1 {
            words.pop();
        }
        if words.is_empty() {
            key.to_owned()
        } else {
            words.join(" ")
        }
    }

    fn figure_name(&self, id: FigureId) -> String {
        let (row, column) = self.form.figure_name(id, self.script);
        match (row.is_empty(), column.is_empty()) {
            (false, false) => format!("“{row}”的“{column}”"),
            (false, true) => format!("“{row}”"),
            _ => format!("“{column}”"),
        }
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

/// `[12,345, 0, 0, …]`: where the other commas have a space behind them and one has three
/// digits, that one is a separator inside a number, not the end of it.
fn separators_in_list(fields: &Fields<'_>, key: &str, items: &[Node]) -> Option<Finding> {
    let source = fields.source();
    let pairs = || items.iter().zip(items.iter().skip(1));
    let tight = |a: &Node, b: &Node| source.slice(&(a.span.end..b.span.start)) == ",";
    if !pairs().any(|(a, b)| !tight(a, b)) {
        return None;
    }
    let (a, b) = pairs().find(|(a, b)| {
        let digits = source.slice(&b.span);
        tight(a, b) && digits.len() == 3 && digits.bytes().all(|d| d.is_ascii_digit())
    })?;
    let span = a.span.start..b.span.end;
    let found = source.slice(&span);
    Some(
        Finding::new(
            Code::NotACount,
            Message::new(
                format!("“{found}”像是带分隔符的一个数字"),
                format!("\"{found}\" looks like one number with a separator"),
            ),
        )
        .at(fields.place(&span))
        .key(key)
        .expected(numeral::plain(found), found)
        .remedy(Message::new(
            format!(
                "一个数字就写 {}；两个数字就在逗号后加空格",
                numeral::plain(found)
            ),
            format!(
                "write {} if it is one number, a space behind the comma if it is two",
                numeral::plain(found)
            ),
        )),
    )
}
