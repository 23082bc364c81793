//! Data files as a person reads them: blank ones to fill in, and those made of figures at hand, both
//! with every figure called by its official name.

mod tables;

use std::collections::BTreeMap;

use super::id::FigureId;
use super::model::{Form, SectionBody};
use super::particulars::{PARTICULAR_TABLES, Particular, ParticularKind};
use super::wording::Script;
use crate::text::Span;

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
    tables::write(form, None, &mut out);
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
    tables::write(form, Some(value), out)
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
        r#"# {year}年政府信息公开工作年度报告的数据文件（{id} 格式，{notice}）
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
                (None, Some(year)) => format!("{MARK}{name}{}", example(&member.kind, year)),
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
fn example(kind: &ParticularKind, year: i32) -> String {
    match kind {
        ParticularKind::Date => format!("{}-01-15", year + 1),
        ParticularKind::Picture => quoted("seal.png"),
        kind => quoted(kind.choices().first().map_or("", |choice| choice.word)),
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

    /// The report of a sound file.
    fn report(text: &str) -> Report {
        let source = crate::text::Source::new("new.toml", text);
        let report = Report::read(source, &Forms::builtin().unwrap());
        report.unwrap_or_else(|findings| panic!("{findings}\n{text}"))
    }

    /// A new data file with something in each text.
    fn filled_in(form: &Form, year: i32, organ: &str) -> String {
        blank(form, year, Some(organ)).replace("\"\"\"\n\"\"\"", "\"无。\"")
    }

    #[test]
    fn a_new_file_filled_in_gives_a_report_of_zeros() {
        for form in Forms::builtin().unwrap().iter() {
            let organ = "某\"市\\局\u{7f}";
            let text = filled_in(form, form.years.0, organ);
            let report = report(&text);
            assert_eq!(report.organ.text, organ);
            assert!(report.figures.iter().all(|figure| figure.value.is_zero()));
        }
    }

    #[test]
    fn optional_lines_are_sound_when_uncommented() {
        let form = &Forms::builtin().unwrap()[0];
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
