//! What is meant by a key that isn't there: one in Chinese, or one that stands in another table than it
//! belongs to.

use std::collections::BTreeMap;

use crate::data::fields::{Fields, join};
use crate::form::{Form, PARTICULAR_TABLES, Particular, data_file_keys};
use crate::text::{Code, Message};

/// Says what was meant, and takes out the findings for keys that are missing only because they were
/// written otherwise.
pub(super) fn explain(fields: &mut Fields<'_>, form: &Form) {
    let places = places(form);
    let mut meant = std::mem::take(&mut fields.meant);
    for finding in &mut fields.findings {
        let Some(key) = finding
            .key
            .as_deref()
            .filter(|_| finding.code == Code::UnknownKey)
        else {
            continue;
        };
        let (prefix, name) = key.rsplit_once('.').unwrap_or(("", key));
        let here = places.get(prefix).map_or(&[][..], Vec::as_slice);
        let here: Vec<&str> = here.iter().map(String::as_str).collect();
        if !name.is_ascii() {
            let plain: String = name.chars().map(half_width).collect();
            let same = here.iter().copied().find(|it| *it == plain);
            if let Some(right) = same.or_else(|| form.key_called(prefix, &here, name)) {
                finding.remedy = Some(Message::new(
                    format!("键要用英文，写成 {right}"),
                    format!("keys are in English: write {right}"),
                ));
                meant.push(join(prefix, right));
            }
            continue;
        }
        let mut homes = places.iter().filter(|(home, names)| {
            *home != prefix && names.iter().any(|it| it == name) && form.figure(home).is_none()
        });
        let home = homes.next().filter(|_| homes.next().is_none());
        let Some((home, _)) = home else {
            continue;
        };
        finding.remedy = Some(match home.as_str() {
            "" => Message::new(
                format!("{name} 要写在文件开头，第一个 [ ] 行之前：移上去"),
                format!(
                    "{name} belongs to the top of the file, before the first [ ]: move it there"
                ),
            ),
            home => Message::new(
                format!("{name} 是 [{home}] 里的：移到 [{home}] 下面"),
                format!("{name} belongs to [{home}]: move it there"),
            ),
        });
        meant.push(join(home, name));
    }
    fields.findings.retain(|finding| {
        let key = finding
            .key
            .as_deref()
            .filter(|_| finding.code == Code::MissingKey);
        let Some(key) = key else { return true };
        !meant.iter().any(|meant| {
            let rest = key.strip_prefix(meant.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    });
}

/// `ｙｅａｒ` in plain letters (Unicode, Halfwidth and Fullwidth Forms).
fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// The names that may stand below each key that holds others.
fn places(form: &Form) -> BTreeMap<String, Vec<String>> {
    let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let mut places = BTreeMap::new();
    for (table, _) in &PARTICULAR_TABLES {
        let members = Particular::of_table(table);
        let names = members.iter().map(|member| member.name()).collect();
        places.insert((*table).to_owned(), owned(names));
    }
    let mut top: Vec<&str> = data_file_keys().collect();
    top.extend(form.tables.iter().map(|table| table.id.as_str()));
    places.insert(String::new(), owned(top));
    let texts = form.texts.iter().map(String::as_str);
    places.insert("text".to_owned(), owned(texts.chain(["opening"]).collect()));
    let mut waiting: Vec<String> = form.tables.iter().map(|table| table.id.clone()).collect();
    while let Some(key) = waiting.pop() {
        let names = owned(form.names_below(&key));
        if names.is_empty() {
            continue;
        }
        waiting.extend(names.iter().map(|name| join(&key, name)));
        places.insert(key, names);
    }
    places
}
