//! Style file to style.

use std::sync::Arc;

use super::Style;
use super::values::{flag, length, names, tint};
use crate::data::fields::{Fields, join, shorten};
use crate::data::{self, Node};
use crate::font::Role;
use crate::form::Script;
use crate::layout::geometry::mm;
use crate::text::{Code, Finding, Findings, Message, Source};

impl Style {
    /// Reads a style file.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(source: impl Into<Arc<Source>>) -> Result<Self, Findings> {
        let raw = data::read(&source.into());
        let mut fields = Fields::with_code(&raw, Code::StyleFile);
        let mut style = Self::default();
        table(&mut fields, &raw.root, "", &mut style);
        table_sizes(&mut fields, &style);
        let mut findings: Vec<Finding> = raw.findings.iter().map(of_style).collect();
        findings.append(&mut fields.findings);
        Findings::from(findings).without_errors()?;
        Ok(style)
    }
}

/// The keys that may stand in a table; none for what is no table.
fn known(table: &str) -> Vec<&'static str> {
    let roles = Role::ALL.iter().map(|role| role.as_str());
    match table {
        "" => vec!["fonts", "sizes", "table", "print", "seal"],
        "fonts" => roles.chain(["system", "hans", "hant"]).collect(),
        "fonts.hans" | "fonts.hant" => roles.collect(),
        "sizes" => vec![
            "title",
            "text",
            "page_number",
            "note",
            "table_max",
            "table_min",
        ],
        "table" => vec!["band", "rule"],
        "print" => vec!["bleed", "crop_marks"],
        "seal" => vec!["diameter"],
        _ => Vec::new(),
    }
}

fn table<'a>(fields: &mut Fields<'a>, node: &'a Node, key: &str, style: &mut Style) {
    let known_keys = known(key);
    let Some(entries) = fields.table(node, key) else {
        return;
    };
    fields.unknown(entries, key, &known_keys);
    let entries = entries
        .iter()
        .filter(|e| known_keys.contains(&e.name.as_str()));
    let entries = entries.map(|entry| (join(key, &entry.name), &entry.node));
    let (tables, values): (Vec<_>, Vec<_>) = entries.partition(|(key, _)| !known(key).is_empty());
    // The faces of both scripts first: a script's own table may stand before or behind them.
    for (key, node) in values {
        value(fields, node, &key, style);
    }
    for (key, node) in tables {
        table(fields, node, &key, style);
    }
}

fn value(fields: &mut Fields<'_>, node: &Node, key: &str, style: &mut Style) {
    let (page, print) = (&mut style.page, &mut style.print);
    match key {
        "fonts.system" => set(&mut style.fonts.system, flag(fields, node, key)),
        "sizes.title" => set(&mut page.title, length(fields, node, key)),
        "sizes.text" => set(&mut page.text, length(fields, node, key)),
        "sizes.page_number" => set(&mut page.page_number, length(fields, node, key)),
        "sizes.note" => set(&mut page.note, length(fields, node, key)),
        "sizes.table_max" => set(&mut page.table_max, length(fields, node, key)),
        "sizes.table_min" => set(&mut page.table_min, length(fields, node, key)),
        "table.band" => set(&mut print.band, tint(fields, node, key)),
        "table.rule" => set(&mut page.rule, length(fields, node, key)),
        "print.bleed" => set(&mut print.bleed, length(fields, node, key).map(mm)),
        "print.crop_marks" => set(&mut print.crop_marks, flag(fields, node, key)),
        "seal.diameter" => page.seal = length(fields, node, key),
        _ => faces(fields, node, key, style),
    }
}

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// The faces of one role.
fn faces(fields: &mut Fields<'_>, node: &Node, key: &str, style: &mut Style) {
    let (table, name) = key.rsplit_once('.').unwrap_or_default();
    let role = Role::ALL.iter().find(|role| role.as_str() == name);
    let (Some(role), Some(names)) = (role, names(fields, node, key)) else {
        return;
    };
    for name in &names {
        let place = style.fonts.places.entry(name.text.clone());
        place.or_insert_with(|| name.place.clone());
    }
    let scripts = match table {
        "fonts.hans" => &[Script::Hans][..],
        "fonts.hant" => &[Script::Hant],
        _ => &[Script::Hans, Script::Hant],
    };
    let names: Vec<String> = names.into_iter().map(|name| name.text).collect();
    for script in scripts {
        style.fonts.named.set(*script, *role, names.clone());
    }
}

/// A finding where the least size of a table is above its most.
fn table_sizes(fields: &mut Fields<'_>, style: &Style) {
    let (min, max) = (style.page.table_min, style.page.table_max);
    let sizes = fields.raw.root.get("sizes");
    let least = sizes.and_then(|sizes| sizes.node.get("table_min"));
    if let Some(least) = least.filter(|_| min > max) {
        fields.fault(
            &least.node,
            "sizes.table_min",
            Code::StyleFile,
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

/// A finding of the reading as one about a style file, which has no figures; its numbers have no
/// units.
fn of_style(finding: &Finding) -> Finding {
    let mut finding = finding.clone();
    let written = finding.place.as_ref().map(|place| {
        let line = place.source.slice(&place.span).lines().next();
        line.unwrap_or_default().trim().to_owned()
    });
    let written = written.unwrap_or_default();
    if written.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') {
        let written = shorten(&written);
        finding.message = Message::new(
            format!("“{written}”不是能读的数"),
            format!("\"{written}\" is not a number that can be read"),
        );
        finding.remedy = Some(Message::new(
            "只写半角数字，不带单位；字号的名称放在英文双引号里",
            "write digits alone, without a unit, and names of sizes in double quotes",
        ));
    }
    finding.code = Code::StyleFile;
    finding
}
