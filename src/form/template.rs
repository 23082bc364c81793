//! A data file to fill in, made from the form: every figure that it asks for, called by its
//! official name.

use super::id::{FigureId, TableId};
use super::model::{FigureSpec, Form, Kind, SectionBody};
use super::names::{SCRIPT, band, heads, labels, notes, over, row_notes};
use super::wording::Script;

/// A data file for `year`, all figures 0, all texts blank. `form` has to serve that year.
pub fn template(form: &Form, year: i32, organ: Option<&str>) -> String {
    let start = Start {
        year,
        organ,
        script: Script::Hans,
        region: false,
    };
    let mut out = above_tables(form, &start);
    for (index, table) in form.tables.iter().enumerate() {
        let id = TableId(index);
        out.push_str(&format!("\n# {}\n", form.table_name(id, SCRIPT)));
        match &table.series {
            Some(series) => lists(form, id, series, &mut out),
            None => groups(form, id, &mut out),
        }
    }
    out
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
pub(super) fn above_tables(form: &Form, start: &Start<'_>) -> String {
    let mut out = head(form, start);
    texts(form, &mut out);
    out
}

fn head(form: &Form, start: &Start<'_>) -> String {
    let &Start { year, organ, .. } = start;
    let script = quoted(start.script.as_str());
    let scope = quoted(if start.region { "region" } else { "own" });
    let (id, notice) = (&form.id, form.issued_by.text(SCRIPT));
    let organ = quoted(organ.unwrap_or_default());
    let next = year + 1;
    format!(
        r#"#:schema nianbao-{id}.schema.json
# {year}年政府信息公开工作年度报告的数据文件（{id} 格式，{notice}）
# 第一行供编辑器补全和检查键名：nianbao schema --year {year} > nianbao-{id}.schema.json，放在本文件旁边
# 填好后：nianbao check 本文件 检查，nianbao build 本文件 写出 PDF 和 xlsx
# “#”后面是说明，不会印出来；数字用半角，没有的写 0，不留空

form   = "{id}"          # 可不写，由年份决定；写了就必须相符
year   = {year}            # 报告所属年度
script = {script}          # 官方文字用简体 "hans" 或繁体 "hant"
scope  = {scope:<8}        # 只统计本机关写 "own"；本行政区域汇总写 "region"

# 机关：name 用全称，印在标题和落款里
[organ]
name   = {organ}
# code   = ""            # 统一社会信用代码，可不写
# region = ""            # 所属行政区域，可不写

# 联系方式：可整节不写；要写就去掉行首的“# ”，报告开头会自动生成说明段
# [contact]
# address  = ""
# postcode = ""
# phone    = ""
# email    = ""

# 落款：可整节不写；name 不写就用机关全称，日期不加引号
# [signature]
# name = ""
# date = {next}-01-15
# seal = "seal.png"      # 印章图片（背景透明的 PNG，放在本文件旁边），可不写；不写就在盖章处留空
"#
    )
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

/// A table whose rows are lists: `granted = [ 0, 0, 0, 0, 0, 0]`.
fn lists(form: &Form, table: TableId, series: &[String], out: &mut String) {
    let figures = figures(form, table);
    // A column that is derived in every row (总计) may be left out.
    let is_input = |part: &String| {
        figures
            .iter()
            .any(|(_, spec)| last(&spec.key) == part.as_str() && !spec.derived)
    };
    let inputs = series.iter().filter(|part| is_input(part)).count();
    let columns: Vec<String> = series
        .iter()
        .filter_map(|part| figures.iter().find(|(_, spec)| last(&spec.key) == part))
        .filter_map(|(id, _)| heads(form, *id).pop())
        .collect();
    let named: Vec<&str> = columns.iter().take(inputs).map(String::as_str).collect();
    out.push_str(&format!(
        "# 每行 {inputs} 个数，次序同官方表格：{}\n",
        named.join("、")
    ));
    if let Some(total) = columns.get(inputs) {
        out.push_str(&format!(
            "# 第 {} 个数（{total}）可不写，写了就核对\n",
            inputs + 1
        ));
    }
    for rule in notes(form.table(table)) {
        out.push_str(&format!("# {rule}\n"));
    }

    let rows = rows(&figures, |key| parent(key).to_owned());
    let prefix = format!("{}.", form.table(table).id);
    let name = |key: &str| {
        let rest = key.strip_prefix(&prefix).unwrap_or(key);
        last(rest).to_owned()
    };
    let wide = rows
        .iter()
        .map(|row| name(&row.key).len())
        .max()
        .unwrap_or(0);
    // Two characters of each heading stand above the figures, as wide as a figure's four.
    let short: Vec<String> = named
        .iter()
        .map(|name| name.chars().take(2).collect())
        .collect();
    let ruler = format!("#{}{}\n", " ".repeat(wide + 3), short.join("  "));
    let zeros = vec!["   0"; inputs].join(", ");

    // Rows that stand in [requests] itself come first: behind [requests.denied] they would
    // belong to that.
    let mut group = None;
    for row in by_header(&rows, &form.table(table).id) {
        let mut labels = labels(form, row.first);
        if group != Some(parent(&row.key)) {
            let header = parent(&row.key);
            if group.is_some() {
                let above = labels
                    .get(..labels.len().saturating_sub(1))
                    .unwrap_or_default();
                out.push_str(&format!("\n[{header}]  # {}\n", above.join(" ")));
            } else {
                out.push_str(&format!("[{header}]\n"));
            }
            out.push_str(&ruler);
            group = Some(header);
        }
        if parent(&row.key) != form.table(table).id {
            labels.drain(..labels.len().saturating_sub(1));
        }
        let label = labels.join(" ");
        let name = name(&row.key);
        if row.derived {
            let line = format!("# {name:wide$} = [{zeros}]");
            out.push_str(&format!("{line}  # {label}，可不写，写了就核对\n"));
        } else {
            out.push_str(&format!("{name:wide$} = [{zeros}]    # {label}\n"));
        }
    }
}

/// A table whose figures are named one by one: `regulations = { made = 0, repealed = 0 }`.
fn groups(form: &Form, table: TableId, out: &mut String) {
    let table_key = form.table(table).id.as_str();
    out.push_str(
        "# 数字后面要带说明的，写成 { value = 22, note = \"其中修订 16 件\" }；带单位的再加 unit = \"件\"\n",
    );
    let figures = figures(form, table);
    if figures.iter().any(|figure| apart(&figures, figure)) {
        sections(form, table_key, &figures, out);
        return;
    }
    out.push_str(&format!("[{table_key}]\n"));
    let rows = rows(&figures, |key| {
        let above = parent(key);
        if above == table_key { key } else { above }.to_owned()
    });
    let name = |key: &str| {
        let rest = key.strip_prefix(table_key).unwrap_or(key);
        rest.trim_start_matches('.').to_owned()
    };
    let wide = rows
        .iter()
        .map(|row| name(&row.key).len())
        .max()
        .unwrap_or(0);
    let mut lines = Vec::new();
    for row in &rows {
        let inputs: Vec<String> = row
            .members(&figures)
            .filter(|(_, spec)| !spec.derived)
            .map(|(_, spec)| format!("{} = 0", last(&spec.key)))
            .collect();
        let value = match figures.iter().find(|(id, _)| *id == row.first) {
            Some((_, spec)) if spec.key == row.key => "0".to_owned(),
            _ => format!("{{ {} }}", inputs.join(", ")),
        };
        let mark = if row.derived { "# " } else { "" };
        lines.push(format!("{mark}{:wide$} = {value}", name(&row.key)));
    }
    let longest = lines.iter().map(String::len).max().unwrap_or(0);
    let mut said = String::new();
    for (row, line) in rows.iter().zip(&lines) {
        let (label, columns) = describe(form, row, &figures);
        if columns != said {
            out.push_str(&format!("# {columns}\n"));
            said = columns;
        }
        out.push_str(&format!("{line:longest$}  # {label}\n"));
    }
}

/// Whether a figure stands in another row than one that its key is grouped with, so that one
/// line can't name both.
pub(super) fn apart(
    figures: &[(FigureId, &FigureSpec)],
    (_, spec): &(FigureId, &FigureSpec),
) -> bool {
    let group = parent(&spec.key);
    let grouped = group.contains('.');
    let mut others = figures.iter().map(|(_, other)| other);
    grouped && others.any(|other| parent(&other.key).starts_with(group) && other.row != spec.row)
}

/// A table with a figure on each line: `[statistics.requests]` and `fax = 0` below it.
fn sections(form: &Form, table: &str, figures: &[(FigureId, &FigureSpec)], out: &mut String) {
    let mut groups: Vec<&str> = vec![table];
    for (_, spec) in figures {
        let group = parent(&spec.key);
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    for group in groups {
        let members: Vec<_> = figures
            .iter()
            .filter(|(_, spec)| parent(&spec.key) == group)
            .collect();
        if group != table {
            out.push('\n');
        }
        for label in members
            .first()
            .map_or(Vec::new(), |(id, _)| over(form, *id))
        {
            out.push_str(&format!("# {label}\n"));
        }
        out.push_str(&format!("[{group}]\n"));
        let line = |spec: &FigureSpec| {
            let mark = if spec.derived { "# " } else { "" };
            format!("{mark}{}", last(&spec.key))
        };
        let wide = members.iter().map(|(_, spec)| line(spec).len()).max();
        for (id, spec) in members {
            let mut name = labels(form, *id).join(" ");
            let alone = figures.iter().filter(|(_, f)| f.row == spec.row).count() == 1;
            if name.is_empty() || !alone {
                name = format!("{name} {}", heads(form, *id).join(" "));
            }
            for note in row_notes(form, *id) {
                name.push_str(&format!("（{note}）"));
            }
            if spec.derived {
                name.push_str("，可不写，写了就核对");
            }
            let (line, wide) = (line(spec), wide.unwrap_or(0));
            out.push_str(&format!("{line:wide$} = 0    # {}\n", name.trim_start()));
        }
    }
}

/// What a group of figures is called, and what its figures are.
fn describe(form: &Form, row: &Row, figures: &[(FigureId, &FigureSpec)]) -> (String, String) {
    let mut label = labels(form, row.first).join(" ");
    let mut inputs = Vec::new();
    let mut derived = Vec::new();
    for (id, spec) in row.members(figures) {
        let mut heads = heads(form, *id);
        let own = heads.pop().unwrap_or_default();
        if label.is_empty() {
            label = heads.join(" ");
        }
        if spec.derived {
            derived.push(format!("{own} {} 可不写，写了就核对", last(&spec.key)));
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
    let band = band(form, row.first).map_or(String::new(), |band| format!("{band}："));
    let mut columns = format!("{band}{}", inputs.join("、"));
    for total in derived {
        columns.push('；');
        columns.push_str(&total);
    }
    (label, columns)
}

/// Figures that are written together.
pub(super) struct Row {
    /// What their keys have in common.
    pub key: String,
    pub first: FigureId,
    last: FigureId,
    /// Whether all of them are derived.
    derived: bool,
}

impl Row {
    pub fn members<'f, 's>(
        &self,
        figures: &'f [(FigureId, &'s FigureSpec)],
    ) -> impl Iterator<Item = &'f (FigureId, &'s FigureSpec)> {
        let (first, last) = (self.first, self.last);
        figures
            .iter()
            .filter(move |(id, _)| (first..=last).contains(id))
    }
}

pub(super) fn rows(figures: &[(FigureId, &FigureSpec)], key: impl Fn(&str) -> String) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (id, spec) in figures {
        let key = key(&spec.key);
        match rows.last_mut() {
            Some(row) if row.key == key => {
                row.last = *id;
                row.derived &= spec.derived;
            }
            _ => rows.push(Row {
                key,
                first: *id,
                last: *id,
                derived: spec.derived,
            }),
        }
    }
    rows
}

/// The rows below the header of the table itself, then those below each other header, in the order
/// in which the form comes to it: TOML has a header once only.
pub(super) fn by_header<'r>(rows: &'r [Row], table: &str) -> Vec<&'r Row> {
    let mut headers = vec![table];
    for row in rows {
        let header = parent(&row.key);
        if !headers.contains(&header) {
            headers.push(header);
        }
    }
    let mut ordered = Vec::with_capacity(rows.len());
    for header in headers {
        ordered.extend(rows.iter().filter(|row| parent(&row.key) == header));
    }
    ordered
}

pub(super) fn figures(form: &Form, table: TableId) -> Vec<(FigureId, &FigureSpec)> {
    let numbered = form.figures.iter().enumerate();
    numbered
        .filter(|(_, spec)| spec.table == table)
        .map(|(index, spec)| (FigureId(index), spec))
        .collect()
}

pub(super) fn parent(key: &str) -> &str {
    key.rsplit_once('.').map_or("", |(parent, _)| parent)
}

pub(super) fn last(key: &str) -> &str {
    key.rsplit_once('.').map_or(key, |(_, last)| last)
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
    use crate::form::Forms;
    use crate::report::Report;
    use crate::text::Source;

    /// The report of a file in which nothing is found.
    fn report(text: &str) -> Report {
        let report = Report::read(Source::new("new.toml", text), &Forms::builtin().unwrap());
        report.unwrap_or_else(|findings| panic!("{findings}\n{text}"))
    }

    #[test]
    fn a_filled_in_template_gives_a_report_of_zeros() {
        for form in Forms::builtin().unwrap().iter() {
            let organ = "某\"市\\局\u{7f}";
            let text =
                template(form, form.years.0, Some(organ)).replace("\"\"\"\n\"\"\"", "\"无。\"");
            let report = report(&text);
            assert_eq!(report.organ.name.text, organ);
            assert!(report.figures.iter().all(|figure| figure.value.is_zero()));
        }
    }

    #[test]
    fn optional_lines_are_sound_when_uncommented() {
        let forms = Forms::builtin().unwrap();
        let form = &forms[0];
        let text = template(form, 2024, Some("某局")).replace("\"\"\"\n\"\"\"", "\"无。\"");
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
        assert!(report.contact.is_some() && report.signature.is_some());
        assert!(report.opening.is_some());
    }
}
