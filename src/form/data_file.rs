//! Data files as a person reads them: blank ones to fill in, and those made of figures at hand, both
//! with every figure called by its official name.

use std::collections::BTreeMap;

use super::id::{FigureId, TableId};
use super::model::{FigureSpec, Form, Kind, SectionBody, Table};
use super::names::{FigureWordings, notes, over};
use super::particulars::{PARTICULAR_TABLES, Particular, ParticularKind};
use super::wording::Script;
use crate::source::Span;

/// The comments are in simplified characters; `script` in a data file only decides what is
/// printed.
const SCRIPT: Script = Script::Hans;
/// What makes a line a comment.
const MARK: &str = "# ";
/// Characters of a particular before its comment, at least.
const COMMENTS: usize = 24;

/// How each figure is written; one that is none is left out where the form can do without.
pub type Value<'a> = &'a dyn Fn(FigureId) -> Option<String>;

/// A data file to fill in: all figures 0, all texts blank. `form` has to serve the year.
pub fn blank(form: &Form, year: i32, organ: Option<&str>) -> String {
    let start = Start {
        year,
        organ,
        script: Script::Hans,
        region: false,
    };
    let mut out = above_tables(form, &start);
    write_tables(form, None, &mut out);
    out
}

/// A data file with its figures as `value` says them and its texts left blank.
pub fn with_figures(form: &Form, start: &Start<'_>, value: Value<'_>) -> String {
    let mut out = above_tables(form, start);
    tables(form, value, &mut out);
    out
}

/// Writes every table of the form to the end of `out`, its figures as `value` says them. Returns
/// which bytes of `out` are which figure's.
pub fn tables(form: &Form, value: Value<'_>, out: &mut String) -> Vec<(FigureId, Span)> {
    write_tables(form, Some(value), out)
}

fn write_tables(form: &Form, value: Option<Value<'_>>, out: &mut String) -> Vec<(FigureId, Span)> {
    let mut writer = TableWriter {
        form,
        value,
        out,
        spans: Vec::new(),
    };
    for index in 0..form.tables.len() {
        writer.table(TableId(index));
    }
    writer.spans
}

/// What a data file starts with.
pub struct Start<'a> {
    /// The year reported on.
    pub year: i32,
    /// The body's name, where it is known.
    pub organ: Option<&'a str>,
    /// Script of the official wording.
    pub script: Script,
    /// Whether the figures are those of a whole region.
    pub region: bool,
}

/// Everything above the tables, the texts left blank.
fn above_tables(form: &Form, start: &Start<'_>) -> String {
    let (id, notice) = (&form.id, form.issued_by.text(SCRIPT));
    let year = start.year;
    let mut out = format!(
        r#"#:schema nianbao-{id}.schema.json
# {year}年政府信息公开工作年度报告的数据文件（{id} 格式，{notice}）
# 第一行供编辑器补全和检查键名：nianbao schema --year {year} > nianbao-{id}.schema.json，放在本文件旁边
# 填好后：nianbao check 本文件 检查，nianbao build 本文件 写出 PDF 和 xlsx
# “#”后面是说明，不会印出来；数字用半角，没有的写 0，不留空

"#
    );
    let said = BTreeMap::from([
        ("form", quoted(id)),
        ("year", year.to_string()),
        ("script", quoted(start.script.as_str())),
        ("scope", quoted(if start.region { "region" } else { "own" })),
        ("organ.name", quoted(start.organ.unwrap_or_default())),
    ]);
    particulars(&said, &[], Some(year), &mut out);
    texts(form, &mut out);
    out
}

/// Writes particulars to the end of `out`: by key those that are said, as TOML writes them, and a
/// table of `tables` even where nothing in it is said. A file to fill in, for the year `blank`, has
/// the others as comments. Returns which bytes of `out` are whose.
pub fn particulars(
    said: &BTreeMap<&'static str, String>,
    tables: &[&str],
    blank: Option<i32>,
    out: &mut String,
) -> Vec<(&'static str, Span)> {
    let mut spans = Vec::new();
    for (table, about) in &PARTICULAR_TABLES {
        let members = Particular::of_table(table);
        let is_said = tables.contains(table) || members.iter().any(|m| said.contains_key(m.key));
        if !is_said && blank.is_none() {
            continue;
        }
        if !table.is_empty() {
            let mark = if is_said { "" } else { MARK };
            let about = blank.map_or(String::new(), |_| format!("# {about}\n"));
            out.push_str(&format!("\n{about}{mark}[{table}]\n"));
        }
        let wide = members.iter().map(|m| m.name().len()).max().unwrap_or(0);
        for member in members {
            let name = format!("{:wide$} = ", member.name());
            let line = match (said.get(member.key), blank) {
                (Some(value), _) => {
                    let start = out.len() + name.len();
                    spans.push((member.key, start..start + value.len()));
                    format!("{name}{value}")
                }
                (None, Some(year)) => format!("{MARK}{name}{}", example(member.kind, year)),
                (None, None) => continue,
            };
            match blank.map_or("", |_| member.comment) {
                "" => out.push_str(&line),
                comment => out.push_str(&format!("{line:COMMENTS$} # {comment}")),
            }
            out.push('\n');
        }
    }
    spans
}

/// How a particular of a report on `year` may be written.
fn example(kind: ParticularKind, year: i32) -> String {
    match kind {
        ParticularKind::Date => format!("{}-01-15", year + 1),
        ParticularKind::Picture => quoted("seal.png"),
        _ => quoted(""),
    }
}

fn texts(form: &Form, out: &mut String) {
    out.push_str(
        "\n# 正文：写在三个双引号之间，一行就是一段，段内不要换行；没有内容就写“无。”\n\
         # 以 一、（一） 1. （1） 开头的行是各级标题；（一）后面接正文的，标题到第一个句号为止\n\
         # 表里的数字可以引用，如 {{requests.new.total}}，文字和表就不会不一致\n\
         [text]\n\
         # opening = \"\"\"……\"\"\"   # 报告开头的说明段，可不写；写了就代替自动生成的那一段\n",
    );
    for section in &form.sections {
        if let SectionBody::Text(id) = section.body
            && let Some(key) = form.texts.get(id.0)
        {
            let heading = section.heading.text(SCRIPT);
            out.push_str(&format!("\n# {heading}\n{key} = \"\"\"\n\"\"\"\n"));
        }
    }
}

/// A figure and what the form says of it.
type Numbered<'f> = (FigureId, &'f FigureSpec);

/// How the figures of one line are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// `granted = [1175, 12, 0, 3, 1, 0]`
    List,
    /// `regulations = { made = 2, repealed = 0, in_force = 11 }`
    Group,
    /// `fax = 0`
    Single,
}

/// Figures that are written on one line.
struct Line<'f> {
    /// Key of the TOML table that it stands in.
    header: &'f str,
    name: &'f str,
    shape: Shape,
    first: FigureId,
    members: Vec<Numbered<'f>>,
}

impl Line<'_> {
    /// Whether all of its figures are derived, so that it may be left out.
    fn is_derived(&self) -> bool {
        self.members.iter().all(|(_, spec)| spec.derived)
    }
}

/// The lines of a table: those below its own header, then those below each other one, in the order
/// in which the form comes to it. TOML has a header once only.
fn lines<'f>(table: &'f Table, figures: &[Numbered<'f>], apart: bool) -> Vec<Line<'f>> {
    let series = table.series.as_deref().unwrap_or_default();
    let mut headers = vec![table.id.as_str()];
    let mut lines: Vec<Line<'f>> = Vec::new();
    for (id, spec) in figures {
        let (above, last) = split(&spec.key);
        let (header, name, shape) = if series.iter().any(|part| part == last) {
            let (header, name) = split(above);
            (header, name, Shape::List)
        } else if apart || above == table.id {
            (above, last, Shape::Single)
        } else {
            let name = above.get(table.id.len() + 1..).unwrap_or(above);
            (table.id.as_str(), name, Shape::Group)
        };
        if !headers.contains(&header) {
            headers.push(header);
        }
        match lines.last_mut() {
            Some(line) if (line.header, line.name, line.shape) == (header, name, shape) => {
                line.members.push((*id, spec));
            }
            _ => lines.push(Line {
                header,
                name,
                shape,
                first: *id,
                members: vec![(*id, spec)],
            }),
        }
    }
    lines.sort_by_key(|line| headers.iter().position(|header| *header == line.header));
    lines
}

/// Whether a figure stands in another row than one that its key is grouped with, so that one line
/// can't name both.
fn is_apart(figures: &[Numbered<'_>], (_, spec): &Numbered<'_>) -> bool {
    let (group, _) = split(&spec.key);
    let mut others = figures.iter().map(|(_, other)| other);
    group.contains('.')
        && others.any(|other| split(&other.key).0.starts_with(group) && other.row != spec.row)
}

/// Writes the tables of a data file one after the other.
struct TableWriter<'a> {
    form: &'a Form,
    /// None in a file to fill in, which also says what its figures are and what may be left out.
    value: Option<Value<'a>>,
    out: &'a mut String,
    /// Which bytes of `out` are which figure's.
    spans: Vec<(FigureId, Span)>,
}

impl TableWriter<'_> {
    fn table(&mut self, id: TableId) {
        let (form, table) = (self.form, self.form.table(id));
        let blank = self.value.is_none();
        let figures = figures(form, id);
        // A column that is derived in every row (总计) may be left out.
        let is_input = |part: &&String| {
            let mut column = figures.iter().filter(|(_, f)| split(&f.key).1 == **part);
            column.any(|(_, spec)| !spec.derived)
        };
        let inputs = table.series.iter().flatten().filter(is_input).count();
        let apart = table.series.is_none() && figures.iter().any(|f| is_apart(&figures, f));
        let lines = lines(table, &figures, apart);
        let wide = |line: &Line<'_>| {
            let peers = lines.iter().filter(|l| !apart || l.header == line.header);
            let mark = |line: &Line<'_>| {
                if apart && blank && line.is_derived() {
                    MARK.len()
                } else {
                    0
                }
            };
            peers
                .map(|line| line.name.len() + mark(line))
                .max()
                .unwrap_or(0)
        };
        let heading = form.table_name(id, SCRIPT);
        self.out.push_str(&format!("\n# {heading}\n"));
        let list = lines.iter().find(|line| line.shape == Shape::List);
        let ruler = match list.filter(|_| blank) {
            Some(row) => self.explain_lists(table, row, inputs, wide(row)),
            None => String::new(),
        };
        if blank && table.series.is_none() {
            self.comment("数字后面要带说明的，写成 { value = 22, note = \"其中修订 16 件\" }；带单位的再加 unit = \"件\"");
        }
        let written = lines
            .iter()
            .map(|line| self.written(line, inputs, wide(line)));
        let written: Vec<_> = written.collect();
        let longest = written.iter().map(|(text, _)| text.len()).max();
        if lines.is_empty() {
            self.out.push_str(&format!("[{}]\n", table.id));
        }
        let (mut under, mut said) = (None, String::new());
        for (line, (text, spans)) in lines.iter().zip(written) {
            if under != Some(line.header) {
                self.header(line, under.is_none(), apart, &ruler);
                under = Some(line.header);
            }
            if spans.is_empty() {
                continue;
            }
            let (above, label) = self.called(line, apart, &figures);
            if above != said {
                self.comment(&above);
                said = above;
            }
            let at = self.out.len();
            let moved = spans
                .into_iter()
                .map(|(id, span)| (id, at + span.start..at + span.end));
            self.spans.extend(moved);
            let pad = match (blank, apart) {
                (true, true) => text.len() + 2,
                (true, false) => longest.unwrap_or(0),
                (false, _) => 0,
            };
            if label.is_empty() {
                self.out.push_str(&format!("{text}\n"));
            } else {
                self.out.push_str(&format!("{text:pad$}  # {label}\n"));
            }
        }
    }

    /// The header of a TOML table, under which `line` is the first.
    fn header(&mut self, line: &Line<'_>, first: bool, apart: bool, ruler: &str) {
        if !first {
            self.out.push('\n');
        }
        if apart {
            let spec = self.form.spec(line.first);
            for label in over(self.form.table(spec.table), spec.row, SCRIPT) {
                self.comment(label);
            }
        }
        self.out.push_str(&format!("[{}]", line.header));
        if line.shape == Shape::List && !first {
            let labels = self.wordings(line).labels;
            let above = labels.split_last().map_or(&[][..], |(_, above)| above);
            self.out.push_str(&format!("  # {}", above.join(" ")));
        }
        self.out.push_str(&format!("\n{ruler}"));
    }

    /// What is said above a line, once for all lines that share it, and what the line is called.
    fn called(&self, line: &Line<'_>, apart: bool, figures: &[Numbered<'_>]) -> (String, String) {
        let (form, blank) = (self.form, self.value.is_none());
        let named = self.wordings(line);
        let (mut above, mut label) = (String::new(), named.labels.join(" "));
        match line.shape {
            // What comes before stands behind the header of the group.
            Shape::List if line.header.contains('.') => {
                label = named.labels.last().copied().unwrap_or_default().to_owned();
            }
            Shape::List => {}
            Shape::Group | Shape::Single => match (apart, blank) {
                (true, true) => label = describe_alone(form, line.first, figures),
                (true, false) => {}
                (false, true) => (above, label) = describe(form, line),
                (false, false) => above = named.band.unwrap_or_default().to_owned(),
            },
        }
        if blank && line.is_derived() {
            label.push_str("，可不写，写了就核对");
        }
        (above, label)
    }

    /// What stands above a table of lists that is to be filled in; returns the line that stands
    /// above each group of its rows.
    fn explain_lists(
        &mut self,
        table: &Table,
        row: &Line<'_>,
        inputs: usize,
        wide: usize,
    ) -> String {
        let columns: Vec<&str> = row
            .members
            .iter()
            .filter_map(|(id, _)| self.form.figure_wordings(*id, SCRIPT).heads.pop())
            .collect();
        let (named, total) = columns.split_at(inputs.min(columns.len()));
        self.comment(&format!(
            "每行 {inputs} 个数，次序同官方表格：{}",
            named.join("、")
        ));
        if let Some(total) = total.first() {
            self.comment(&format!(
                "第 {} 个数（{total}）可不写，写了就核对",
                inputs + 1
            ));
        }
        for rule in notes(table, SCRIPT) {
            self.comment(rule);
        }
        // Two characters of each heading stand above the figures, as wide as a figure's four.
        let short: Vec<String> = named
            .iter()
            .map(|name| name.chars().take(2).collect())
            .collect();
        format!("#{}{}\n", " ".repeat(wide + 3), short.join("  "))
    }

    /// A line without what it is about, and which bytes of it are which figure's: none of a line
    /// that is left out.
    fn written(
        &self,
        line: &Line<'_>,
        inputs: usize,
        wide: usize,
    ) -> (String, Vec<(FigureId, Span)>) {
        let blank = self.value.is_none();
        let value = |id| match self.value {
            Some(value) => value(id),
            None => Some("0".to_owned()),
        };
        let given = |(id, spec): &Numbered<'_>| Some((*id, spec.key.clone(), value(*id)?));
        let members = line.members.iter();
        let mut figures: Vec<(FigureId, String, String)> = match line.shape {
            Shape::List => members.map_while(given).collect(),
            Shape::Group | Shape::Single => {
                let written =
                    |(_, spec): &&Numbered<'_>| !blank || !spec.derived || line.is_derived();
                members.filter(written).filter_map(given).collect()
            }
        };
        if line.shape == Shape::List {
            // A list may end before the columns that are derived, and nowhere else.
            if blank || figures.len() < line.members.len() {
                figures.truncate(inputs);
            }
            if figures.len() < inputs {
                figures.clear();
            }
        }
        let mark = if blank && line.is_derived() { MARK } else { "" };
        let mut text = match line.shape {
            Shape::Single => format!("{:wide$} = ", format!("{mark}{}", line.name)),
            Shape::List => format!("{mark}{:wide$} = [", line.name),
            Shape::Group => format!("{mark}{:wide$} = {{ ", line.name),
        };
        let mut spans = Vec::new();
        for (number, (id, key, value)) in figures.iter().enumerate() {
            text.push_str(if number > 0 { ", " } else { "" });
            match line.shape {
                Shape::List => {
                    text.push_str(&" ".repeat(4_usize.saturating_sub(value.chars().count())))
                }
                Shape::Group => text.push_str(&format!("{} = ", split(key).1)),
                Shape::Single => {}
            }
            let start = text.len();
            text.push_str(value);
            spans.push((*id, start..text.len()));
        }
        text.push_str(match line.shape {
            Shape::List => "]",
            Shape::Group => " }",
            Shape::Single => "",
        });
        (text, spans)
    }

    /// What the form calls the first figure of a line.
    fn wordings(&self, line: &Line<'_>) -> FigureWordings<'_> {
        self.form.figure_wordings(line.first, SCRIPT)
    }

    fn comment(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push_str(&format!("# {text}\n"));
        }
    }
}

/// What a figure is called that has a line of its own.
fn describe_alone(form: &Form, id: FigureId, figures: &[Numbered<'_>]) -> String {
    let (row, name) = (form.spec(id).row, form.figure_wordings(id, SCRIPT));
    let mut text = name.labels.join(" ");
    let alone = figures.iter().filter(|(_, spec)| spec.row == row).count() == 1;
    if text.is_empty() || !alone {
        text = format!("{text} {}", name.heads.join(" "));
    }
    for note in &name.notes {
        text.push_str(&format!("（{note}）"));
    }
    text.trim_start().to_owned()
}

/// What the figures of a group are, and what the group is called.
fn describe(form: &Form, line: &Line<'_>) -> (String, String) {
    let name = form.figure_wordings(line.first, SCRIPT);
    let mut label = name.labels.join(" ");
    let mut inputs = Vec::new();
    let mut derived = Vec::new();
    for (id, spec) in &line.members {
        let heads = form.figure_wordings(*id, SCRIPT).heads;
        let (own, above) = heads
            .split_last()
            .map_or(("", &[][..]), |(own, above)| (*own, above));
        if label.is_empty() {
            label = above.join(" ");
        }
        if spec.derived {
            derived.push(format!("；{own} {} 可不写，写了就核对", split(&spec.key).1));
        } else {
            let hint = match spec.kind {
                Kind::Signed => "（减少写负数，如 -2）",
                Kind::Amount => "（可带单位，如 { value = 251000, unit = \"元\" }）",
                Kind::Money => "（小数照实写，如 128.645）",
                Kind::Count => "",
            };
            inputs.push(format!("{own}{hint}"));
        }
    }
    let band = name.band.map_or(String::new(), |band| format!("{band}："));
    let above = format!("{band}{}{}", inputs.join("、"), derived.concat());
    (above, label)
}

fn figures(form: &Form, table: TableId) -> Vec<Numbered<'_>> {
    let numbered = form.figures.iter().enumerate();
    numbered
        .filter(|(_, spec)| spec.table == table)
        .map(|(index, spec)| (FigureId(index), spec))
        .collect()
}

/// What stands before the last dot of a key, and what behind it.
fn split(key: &str) -> (&str, &str) {
    key.rsplit_once('.').unwrap_or(("", key))
}

/// A text as TOML writes it on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::builtin;
    use crate::report::Report;

    /// The report of a file in which nothing is found.
    fn report(text: &str) -> Report {
        let source = crate::source::Source::new("new.toml", text);
        let raw = crate::data::read(&std::sync::Arc::new(source));
        let reading = crate::report::read(&raw, builtin().unwrap(), None);
        assert!(
            reading.findings.is_empty(),
            "{:#?}\n{text}",
            reading.findings
        );
        reading.report.unwrap()
    }

    /// A new data file with something in each text.
    fn filled_in(form: &Form, year: i32, organ: &str) -> String {
        blank(form, year, Some(organ)).replace("\"\"\"\n\"\"\"", "\"无。\"")
    }

    #[test]
    fn a_new_file_filled_in_gives_a_report_of_zeros() {
        for form in builtin().unwrap() {
            let organ = "某\"市\\局\u{7f}";
            let text = filled_in(form, form.years.0, organ);
            let report = report(&text);
            assert_eq!(report.organ.text, organ);
            assert!(report.figures.iter().all(|figure| figure.value.is_zero()));
        }
    }

    #[test]
    fn optional_lines_are_sound_when_uncommented() {
        let form = builtin().unwrap().first().unwrap();
        let text = filled_in(form, 2024, "某局");
        let optional = |line: &str| {
            let line = line.strip_prefix("# ")?;
            // The seal's picture would have to be there.
            let key = line.split([' ', '=']).next().filter(|key| *key != "seal")?;
            let is_key = key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b"_[]".contains(&b));
            (is_key && (line.starts_with('[') || line.contains(" = "))).then(|| line.to_owned())
        };
        let text: String = text
            .lines()
            .map(|line| {
                let mut line = optional(line).unwrap_or_else(|| line.to_owned());
                if !line.contains("\"\"\"") {
                    line = line.replace("= \"\"", "= \"某\"");
                }
                line + "\n"
            })
            .collect();
        let report = report(&text);
        for key in ["contact.email", "signature.date"] {
            assert!(report.particulars.get(key).is_some(), "{key}");
        }
        assert!(report.opening.is_some());
    }
}
