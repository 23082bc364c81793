//! The texts: each is the rows of its defined name, one paragraph a row.

use super::astray;
use super::book::{Area, Book};
use super::page::Page;
use super::paragraph;
use super::particulars::no_name;
use super::sheet::Sheet;
use crate::form::{Form, defined_names};
use crate::text::{Code, Finding, Message};

/// Marks a row that goes on with the paragraph above it.
pub(super) const CONTINUED: [&str; 2] = ["（续）", "（續）"];

/// Reads every text of the form onto the page.
pub(super) fn read(
    file: &str,
    form: &Form,
    book: &Book<'_>,
    sheets: &[Sheet],
    page: &mut Page,
    findings: &mut Vec<Finding>,
) {
    let mut keys = vec!["opening"];
    keys.extend(form.texts.iter().map(String::as_str));
    let dotted: Vec<String> = keys.iter().map(|key| format!("text.{key}")).collect();
    let names = defined_names(dotted.iter().map(String::as_str));
    let mut known: Vec<Area> = Vec::new();
    for ((key, dotted), name) in keys.iter().zip(&dotted).zip(names) {
        let area = match book.named(&name) {
            Some(Some(area)) => area,
            // Where the official opening stands, the body has none of its own.
            None if *key == "opening" => continue,
            _ => {
                findings.push(no_name(file, dotted));
                continue;
            }
        };
        let Some(sheet) = sheets.iter().find(|sheet| *sheet.name == *area.sheet) else {
            findings.push(no_name(file, dotted));
            continue;
        };
        let reader = Reader {
            file,
            book,
            sheet,
            form,
            key: dotted,
        };
        reader.text(key, &area, sheets, page, findings);
        known.push(area);
    }
    astray::tell(file, form, book, sheets, &known, findings);
}

struct Reader<'r, 'b> {
    file: &'r str,
    book: &'r Book<'b>,
    sheet: &'r Sheet,
    form: &'r Form,
    key: &'r str,
}

impl Reader<'_, '_> {
    fn text(
        &self,
        key: &str,
        area: &Area,
        sheets: &[Sheet],
        page: &mut Page,
        findings: &mut Vec<Finding>,
    ) {
        let column = area.first.1;
        let rows = self
            .sheet
            .cells
            .range((area.first.0, 0)..=(area.last.0, u32::MAX));
        let cells = rows.filter(|((_, at), _)| *at == column);
        let mut paragraphs = Vec::new();
        for (at, cell) in cells {
            match paragraph::text(cell, self.book, sheets, self.form) {
                Ok(text) => paragraphs.push((*at, text)),
                Err(message) => {
                    let finding = Finding::new(Code::WrongType, message)
                        .at(self.sheet.place(self.file, *at))
                        .key(self.key)
                        .remedy(Message::new(
                            "直接写文字；引用表中的数写成 {{requests.new.total}}",
                            "write the text itself; quote a figure as {{requests.new.total}}",
                        ));
                    findings.push(finding);
                    // Something has to stand there, or it would be told of again as blank.
                    paragraphs.push((*at, "无。".to_owned()));
                }
            }
        }
        if key == "opening" && paragraphs.is_empty() {
            return;
        }
        let first = self.sheet.entry(area.first, 0..0, 0..0);
        page.text(self.form, key, Some(first), |page| {
            for (at, text) in paragraphs {
                let mark =
                    at.1.checked_sub(1)
                        .and_then(|left| self.sheet.at(at.0, left));
                let goes_on = mark.is_some_and(|mark| {
                    let mark = mark.shown();
                    CONTINUED.contains(&mark.trim())
                });
                page.paragraph(&text, goes_on, self.sheet.entry(at, 0..0, 0..0));
            }
        });
    }
}
