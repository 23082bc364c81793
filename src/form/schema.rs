//! JSON Schema of the data file for a form, so that editors complete and check keys.

use serde_json::{Map, Value, json};

use super::wording::Script;
use super::{
    FigureId, Form, Kind, LONGEST_PARTICULAR, PARTICULAR_TABLES, Particular, ParticularKind,
    TableId,
};
use crate::data::numeral::MAX;

/// The schema (draft 2020-12) of data files read against `form`.
pub fn schema(form: &Form) -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let file = described(
        text.clone(),
        "文本文件的名称：与数据文件在同一个文件夹，一行一段",
    );
    let long_text = json!({
        "oneOf": [
            text,
            {
                "type": "object",
                "properties": { "file": file },
                "required": ["file"],
                "additionalProperties": false
            }
        ]
    });
    let mut texts = Map::new();
    texts.insert(
        "opening".into(),
        described(
            long_text.clone(),
            "报告开头的说明段，可不写；写了就代替自动生成的那一段",
        ),
    );
    for name in &form.texts {
        texts.insert(
            name.clone(),
            described(long_text.clone(), heading(form, name)),
        );
    }
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (table, about) in &PARTICULAR_TABLES {
        let mut members = Map::new();
        let mut needed = Vec::new();
        for particular in Particular::of_table(table) {
            members.insert(particular.name().to_owned(), value(form, particular));
            needed.extend(particular.needed.then(|| particular.name().to_owned()));
        }
        if table.is_empty() {
            (properties, required) = (members, needed);
        } else {
            required.extend((!needed.is_empty()).then(|| (*table).to_owned()));
            let value = described(closed(members, &needed), about);
            properties.insert((*table).to_owned(), value);
        }
    }
    let texts = described(closed(texts, &form.texts), "正文：一行就是一段");
    properties.insert("text".into(), texts);
    required.push("text".into());
    for (index, table) in form.tables.iter().enumerate() {
        let id = TableId(index);
        let name = form.table_name(id, Script::Hans);
        let group = group(form, id, &table.id);
        properties.insert(table.id.clone(), described(group, name));
        required.push(table.id.clone());
    }
    let mut schema = closed(properties, &required);
    if let Some(object) = schema.as_object_mut() {
        object.insert(
            "$schema".into(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        object.insert("title".into(), json!(form.issued_by.text(Script::Hans)));
    }
    schema
}

fn value(form: &Form, particular: &Particular) -> Value {
    let value = match &particular.kind {
        ParticularKind::Form => json!({ "const": form.id }),
        ParticularKind::Year => {
            let (first, last) = form.years;
            json!({ "type": "integer", "minimum": first, "maximum": last.unwrap_or(9999) })
        }
        ParticularKind::Choice(choices) => {
            let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
            json!({ "enum": words })
        }
        ParticularKind::Text => {
            json!({ "type": "string", "minLength": 1, "maxLength": LONGEST_PARTICULAR })
        }
        ParticularKind::Date => json!({ "type": "string", "format": "date" }),
        ParticularKind::Picture => json!({ "type": "string", "minLength": 1 }),
    };
    let description = match particular.comment {
        "" => particular.label(Script::Hans),
        comment => comment,
    };
    described(value, description)
}

fn heading<'f>(form: &'f Form, text: &str) -> &'f str {
    form.sections
        .iter()
        .find(|section| match section.body {
            super::SectionBody::Text(id) => form.texts.get(id.0).is_some_and(|t| t == text),
            super::SectionBody::Table(_) => false,
        })
        .map_or("", |section| section.heading.text(Script::Hans))
}

fn described(mut value: Value, description: &str) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.insert("description".into(), json!(description));
    }
    value
}

fn closed(properties: Map<String, Value>, required: &[String]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false
    })
}

/// The schema of what stands below `key`: a figure, a row of figures, or a group of those.
fn group(form: &Form, table: TableId, key: &str) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for name in form.names_below(key) {
        let child = format!("{key}.{name}");
        let value = if let Some(ids) = form.row_at(table, &child) {
            let row = ids
                .first()
                .map_or("", |id| form.figure_name(*id, Script::Hans).0);
            described(list(form, &ids), row)
        } else if let Some(id) = form.figure(&child) {
            figure(form, id)
        } else {
            let words = form.title_at(table, &child, Script::Hans).zh;
            described(group(form, table, &child), words.trim_matches(['“', '”']))
        };
        if !form.is_derived(&child) {
            required.push(name.to_owned());
        }
        properties.insert(name.to_owned(), value);
    }
    closed(properties, &required)
}

fn list(form: &Form, ids: &[FigureId]) -> Value {
    // The columns that every row computes may be left out.
    let trailing = ids
        .iter()
        .rev()
        .take_while(|id| {
            let part = form.spec(**id).key.rsplit('.').next();
            form.figures
                .iter()
                .filter(|spec| spec.key.rsplit('.').next() == part)
                .all(|spec| spec.derived)
        })
        .count();
    let items: Vec<Value> = ids.iter().map(|id| figure(form, *id)).collect();
    json!({
        "type": "array",
        "prefixItems": items,
        "items": false,
        "minItems": ids.len() - trailing,
        "maxItems": ids.len()
    })
}

fn figure(form: &Form, id: FigureId) -> Value {
    let number = match form.spec(id).kind {
        Kind::Count => json!({ "type": "integer", "minimum": 0, "maximum": MAX }),
        Kind::Signed => json!({ "type": "integer", "minimum": -MAX, "maximum": MAX }),
        Kind::Amount | Kind::Money => json!({ "type": "number", "minimum": 0, "maximum": MAX }),
    };
    let (row, column) = form.figure_name(id, Script::Hans);
    let description = format!("{row} {column}");
    json!({
        "description": description.trim(),
        "oneOf": [
            number,
            {
                "type": "object",
                "properties": {
                    "value": described(number.clone(), "数"),
                    "unit": { "type": "string", "description": "单位，与表上印的不同时写" },
                    "note": { "type": "string", "description": "说明，印在表下" }
                },
                "required": ["value"],
                "additionalProperties": false
            }
        ]
    })
}
