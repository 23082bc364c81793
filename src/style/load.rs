//! Style file to style.

use std::sync::Arc;

use super::reader::Reader;
use super::{Style, limits};
use crate::data::{self, Entry};
use crate::font::Role;
use crate::form::Script;
use crate::layout::geometry::mm;
use crate::text::{Findings, Message, Source};

const SECTIONS: [&str; 5] = ["fonts", "sizes", "table", "print", "seal"];

/// Reads a style file.
///
/// # Errors
/// Every fault that was found, with its place in the style file.
pub fn load(source: &Arc<Source>) -> Result<Style, Findings> {
    let raw = data::read(source);
    let mut reader = Reader::new(&raw);
    let mut style = Style::default();
    for entry in reader.entries(&raw.root, "", &SECTIONS) {
        match entry.name.as_str() {
            "fonts" => fonts(&mut reader, entry, &mut style),
            "sizes" => sizes(&mut reader, entry, &mut style),
            "table" => table(&mut reader, entry, &mut style),
            "print" => print(&mut reader, entry, &mut style),
            _ => seal(&mut reader, entry, &mut style),
        }
    }
    Findings::from(reader.findings).without_errors()?;
    Ok(style)
}

/// The roles, and on top of them the keys in `more`.
fn roles(more: &[&'static str]) -> Vec<&'static str> {
    let roles = Role::ALL.iter().map(|role| role.as_str());
    roles.chain(more.iter().copied()).collect()
}

fn fonts<'a>(reader: &mut Reader<'a>, section: &'a Entry, style: &mut Style) {
    let entries = reader.section(section, "fonts", &roles(&["system", "hans", "hant"]));
    // What holds for both scripts first: a script's own section may stand before or behind it.
    for entry in &entries {
        let key = format!("fonts.{}", entry.name);
        match entry.name.as_str() {
            "hans" | "hant" => {}
            "system" => {
                let system = reader.flag(&entry.node, &key);
                style.fonts.system = system.unwrap_or_default();
            }
            _ => faces(reader, entry, &key, &[Script::Hans, Script::Hant], style),
        }
    }
    for entry in &entries {
        let key = format!("fonts.{}", entry.name);
        let script = match entry.name.as_str() {
            "hans" => Script::Hans,
            "hant" => Script::Hant,
            _ => continue,
        };
        for entry in reader.section(entry, &key, &roles(&[])) {
            let key = format!("{key}.{}", entry.name);
            faces(reader, entry, &key, &[script], style);
        }
    }
}

/// The faces of one role.
fn faces<'a>(
    reader: &mut Reader<'a>,
    entry: &'a Entry,
    key: &str,
    scripts: &[Script],
    style: &mut Style,
) {
    let role = Role::ALL.iter().find(|role| role.as_str() == entry.name);
    let (Some(role), Some(names)) = (role, reader.names(&entry.node, key)) else {
        return;
    };
    for (name, place) in &names {
        let places = &mut style.fonts.places;
        places.entry(name.clone()).or_insert_with(|| place.clone());
    }
    let names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
    for script in scripts {
        style.fonts.named.set(*script, *role, names.clone());
    }
}

fn sizes<'a>(reader: &mut Reader<'a>, section: &'a Entry, style: &mut Style) {
    let page = &mut style.page;
    let mut slots = [
        ("title", &mut page.title, limits::TITLE),
        ("text", &mut page.text, limits::TEXT),
        ("page_number", &mut page.page_number, limits::PAGE_NUMBER),
        ("note", &mut page.note, limits::NOTE),
        ("table_max", &mut page.table_max, limits::TABLE),
        ("table_min", &mut page.table_min, limits::TABLE),
    ];
    let known: Vec<&str> = slots.iter().map(|(key, ..)| *key).collect();
    let entries = reader.section(section, "sizes", &known);
    for entry in &entries {
        let key = format!("sizes.{}", entry.name);
        for (_, slot, limit) in slots.iter_mut().filter(|(key, ..)| *key == entry.name) {
            if let Some(points) = reader.size(&entry.node, &key, limit) {
                **slot = points;
            }
        }
    }
    let least = entries.iter().find(|entry| entry.name == "table_min");
    if let Some(least) = least.filter(|_| page.table_min > page.table_max) {
        let (min, max) = (page.table_min, page.table_max);
        reader.fault(
            reader.place(&least.node),
            Message::new(
                format!("sizes.table_min（{min} 磅）比 table_max（{max} 磅）大"),
                format!("sizes.table_min ({min} pt) is larger than table_max ({max} pt)"),
            ),
            Message::new(
                "最小的不能比最大的大；要固定一个字号，两个写成一样",
                "the least is no larger than the most; for one fixed size write both alike",
            ),
        );
    }
}

fn table<'a>(reader: &mut Reader<'a>, section: &'a Entry, style: &mut Style) {
    for entry in reader.section(section, "table", &["band", "rule"]) {
        let key = format!("table.{}", entry.name);
        if entry.name == "band" {
            if let Some(tint) = reader.tint(&entry.node, &key) {
                style.print.band = tint;
            }
        } else if let Some(rule) = reader.length(&entry.node, &key, &limits::RULE) {
            style.page.rule = rule;
        }
    }
}

fn print<'a>(reader: &mut Reader<'a>, section: &'a Entry, style: &mut Style) {
    for entry in reader.section(section, "print", &["bleed", "crop_marks"]) {
        let key = format!("print.{}", entry.name);
        if entry.name == "bleed" {
            let bleed = reader.length(&entry.node, &key, &limits::BLEED);
            style.print.bleed = mm(bleed.unwrap_or_default());
        } else {
            let marks = reader.flag(&entry.node, &key);
            style.print.crop_marks = marks.unwrap_or_default();
        }
    }
}

fn seal<'a>(reader: &mut Reader<'a>, section: &'a Entry, style: &mut Style) {
    for entry in reader.section(section, "seal", &["diameter"]) {
        style.page.seal = reader.length(&entry.node, "seal.diameter", &limits::SEAL);
    }
}
