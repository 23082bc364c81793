//! `nianbao forms`: which forms there are, and one in full.

use std::fmt::Write;

use super::args::FormsArgs;
use super::printing::Printer;
use super::{Halt, Status};
use nianbao::form::{Form, Script, SectionBody};
use nianbao::text::{Message, Severity};

/// Prints a line for each form, or one form's sections, tables and rules.
pub(super) fn run(typed: &FormsArgs, printer: &Printer) -> Result<Status, Halt> {
    let forms = typed.form.open()?;
    let mut out = String::new();
    match &typed.name {
        None => {
            for form in forms.iter() {
                line(form, &mut out);
            }
        }
        Some(name) => {
            let Some(form) = forms.iter().find(|form| form.id == *name) else {
                let known: Vec<&str> = forms.iter().map(|form| form.id.as_str()).collect();
                return Err(Halt::Usage(Message::new(
                    format!("没有名为 {name} 的格式；有：{}", known.join("、")),
                    format!("there is no form {name}; there are: {}", known.join(", ")),
                )));
            };
            line(form, &mut out);
            whole(form, &mut out);
        }
    }
    printer.result(&out)?;
    Ok(Status::Done)
}

fn line(form: &Form, out: &mut String) {
    let years = match form.years {
        (first, Some(last)) if first == last => first.to_string(),
        (first, Some(last)) => format!("{first}–{last}"),
        (first, None) => format!("{first}–"),
    };
    // Writing to a String can't fail, here and below.
    let _ = writeln!(
        out,
        "{}  {years}  {}",
        form.id,
        form.issued_by.text(Script::Hans)
    );
}

fn whole(form: &Form, out: &mut String) {
    for section in &form.sections {
        let _ = writeln!(out, "\n{}", section.heading.text(Script::Hans));
        match section.body {
            SectionBody::Text(id) => {
                let key = form.texts.get(id.0).map_or("", String::as_str);
                let _ = writeln!(out, "  text.{key}");
            }
            SectionBody::Table(id) => {
                for (number, spec) in form.figures.iter().enumerate() {
                    if spec.table != id {
                        continue;
                    }
                    let figure = nianbao::form::FigureId(number);
                    let (row, column) = form.figure_name(figure, Script::Hans);
                    let mark = if spec.derived { " =" } else { "" };
                    let _ = writeln!(
                        out,
                        "  {}{mark}  {}",
                        spec.key,
                        format!("{row} {column}").trim()
                    );
                }
            }
        }
    }
    out.push('\n');
    for rule in &form.rules {
        let severity = match rule.severity {
            Severity::Error => "错误",
            Severity::Warning => "警告",
        };
        let _ = writeln!(out, "{}（{severity}）{}", rule.code, rule.description.zh);
    }
    for mention in &form.mentions {
        let _ = writeln!(out, "{}（警告）{}", mention.code, mention.description.zh);
    }
}
