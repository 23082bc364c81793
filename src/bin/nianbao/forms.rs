//! `nianbao forms`: which forms there are, and one in full.

use std::fmt::Write;

use serde_json::{Value, json};

use super::args::FormsArgs;
use super::printing::Printer;
use super::{Halt, Status};
use nianbao::form::{Form, Script, SectionBody};
use nianbao::text::{Message, Severity};

/// Prints a line for each form, or one form's sections, tables and rules; to a program an object a line.
pub(super) fn run(typed: &FormsArgs, printer: &Printer) -> Result<Status, Halt> {
    let forms = typed.form.open()?;
    let mut out = String::new();
    match &typed.name {
        None if printer.json() => {
            for form in forms.iter() {
                out += &format!("{}\n", Value::Object(summary(form)));
            }
        }
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
            if printer.json() {
                out += &format!("{}\n", whole_object(form));
            } else {
                line(form, &mut out);
                whole(form, &mut out);
            }
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

fn summary(form: &Form) -> serde_json::Map<String, Value> {
    let (first, last) = form.years;
    let fields = [
        ("form", json!(form.id)),
        ("first_year", json!(first)),
        ("last_year", json!(last)),
        ("issued_by", json!(form.issued_by.text(Script::Hans))),
    ];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    fields.into_iter().collect()
}

/// One form in full: what [`whole`] prints, as one object.
fn whole_object(form: &Form) -> Value {
    let sections = form.sections.iter().map(|section| {
        let heading = section.heading.text(Script::Hans);
        match section.body {
            SectionBody::Text(id) => {
                let key = form.texts.get(id.0).map_or("", String::as_str);
                json!({ "heading": heading, "text": format!("text.{key}") })
            }
            SectionBody::Table(id) => {
                let figures = form.figures.iter().enumerate();
                let figures = figures.filter(|(_, spec)| spec.table == id);
                let figures = figures.map(|(number, spec)| {
                    let figure = nianbao::form::FigureId(number);
                    let (row, column) = form.figure_name(figure, Script::Hans);
                    json!({ "key": spec.key, "row": row, "column": column, "derived": spec.derived })
                });
                json!({ "heading": heading, "figures": figures.collect::<Vec<_>>() })
            }
        }
    });
    let rules = form.rules.iter().map(|rule| {
        json!({
            "code": rule.code.to_string(),
            "severity": rule.severity.as_str(),
            "rule": rule.description.zh,
        })
    });
    let mentions = form.mentions.iter().map(|mention| {
        json!({
            "code": mention.code.to_string(),
            "severity": Severity::Warning.as_str(),
            "rule": mention.description.zh,
        })
    });
    let mut object = summary(form);
    object.insert("sections".to_owned(), sections.collect());
    object.insert("rules".to_owned(), rules.chain(mentions).collect());
    Value::Object(object)
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
