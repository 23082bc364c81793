//! The tables of a data file: which figures stand on one line, under which header, and what is said
//! of them.

use super::{MARK, SCRIPT, Value};
use crate::form::id::{FigureId, TableId};
use crate::form::model::{FigureSpec, Form, Kind, Table};
use crate::form::names::{FigureWordings, notes, over};
use crate::text::Span;

/// Writes every table to the end of `out`; returns which bytes are which figure's. Without `value`
/// the tables are to be filled in.
pub(super) fn write(
    form: &Form,
    value: Option<Value<'_>>,
    out: &mut String,
) -> Vec<(FigureId, Span)> {
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
    /// What makes it a comment, where it may be left out.
    mark: &'static str,
    name: String,
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
            Some(line)
                if (line.header, line.name.as_str(), line.shape) == (header, name, shape) =>
            {
                line.members.push((*id, spec));
            }
            _ => lines.push(Line {
                header,
                mark: "",
                name: name.to_owned(),
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
        let mut lines = lines(table, &figures, apart);
        for line in lines.iter_mut().filter(|line| blank && line.is_derived()) {
            if apart {
                // Its sign of equality stands below the others', mark or not.
                line.name.insert_str(0, MARK);
            } else {
                line.mark = MARK;
            }
        }
        let wide = |line: &Line<'_>| {
            let peers = lines.iter().filter(|l| !apart || l.header == line.header);
            peers.map(|line| line.name.len()).max().unwrap_or(0)
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
        let (open, close) = match line.shape {
            Shape::List => ("[", "]"),
            Shape::Group => ("{ ", " }"),
            Shape::Single => ("", ""),
        };
        let mut text = format!("{}{:wide$} = {open}", line.mark, line.name);
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
        text.push_str(close);
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
