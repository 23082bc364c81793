//! The texts: each is the rows of its defined name, one paragraph a row.

use super::book::{Area, Book};
use super::page::Page;
use super::paragraph;
use super::particulars::no_name;
use crate::form::{Form, defined_names};
use crate::text::{Code, Finding, Message};

/// Marks a row that goes on with the paragraph above it.
pub(super) const CONTINUED: [&str; 2] = ["（续）", "（續）"];

/// Reads every text of the form onto the page; returns the areas of the texts.
pub(super) fn read<'b>(
    form: &Form,
    book: &'b Book,
    page: &mut Page,
    findings: &mut Vec<Finding>,
) -> Vec<Area<'b>> {
    let mut keys = vec!["opening"];
    keys.extend(form.texts.iter().map(String::as_str));
    let dotted: Vec<String> = keys.iter().map(|key| format!("text.{key}")).collect();
    let names = defined_names(dotted.iter().map(String::as_str));
    let mut known = Vec::new();
    for ((key, dotted), name) in keys.iter().zip(&dotted).zip(names) {
        let area = match book.named(&name) {
            Some(Some(area)) => area,
            // Where the official opening stands, the body has none of its own.
            None if *key == "opening" => continue,
            _ => {
                findings.push(no_name(book, dotted));
                continue;
            }
        };
        let (sheet, column) = (area.sheet, area.first.1);
        let rows = sheet.rows(area.first.0..=area.last.0);
        let mut paragraphs = Vec::new();
        for (at, cell) in rows.filter(|(at, _)| at.1 == column) {
            let text = paragraph::text(cell, book, form).unwrap_or_else(|message| {
                let finding = Finding::new(Code::WrongType, message)
                    .at(sheet.place(*at))
                    .key(dotted)
                    .remedy(Message::new(
                        "直接写文字；引用表中的数写成 {{requests.new.total}}",
                        "write the text itself; quote a figure as {{requests.new.total}}",
                    ));
                findings.push(finding);
                // Something has to stand there, or it would be told of again as blank.
                "无。".to_owned()
            });
            let left = column.checked_sub(1).map(|left| sheet.shown((at.0, left)));
            let goes_on = left.is_some_and(|mark| CONTINUED.contains(&mark.trim()));
            paragraphs.push((text, goes_on, sheet.entry(*at, 0..0, 0..0)));
        }
        if *key != "opening" || !paragraphs.is_empty() {
            page.text(form, key, sheet.entry(area.first, 0..0, 0..0), paragraphs);
        }
        known.push(area);
    }
    known
}
