//! The texts: each is the rows of its defined name, one paragraph a row.

use super::book::{Area, Book};
use super::page::Page;
use super::paragraph;
use super::particulars::no_name;
use super::sheet::{Sheet, Value};
use crate::form::{Form, defined_names};
use crate::text::{Code, Finding, MOST, Message};

/// Marks a row that goes on with the paragraph above it.
const CONTINUED: [&str; 2] = ["（续）", "（續）"];
/// How a line starts that says on which sheet a table is.
const SEE: [&str; 2] = ["（见工作表", "（見工作表"];

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
    astray(file, book, sheets, &known, findings);
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

/// Findings for texts that stand beside those that have a name: they would be lost.
fn astray(
    file: &str,
    book: &Book<'_>,
    sheets: &[Sheet],
    known: &[Area],
    findings: &mut Vec<Finding>,
) {
    let Some(first) = known.iter().min_by_key(|area| area.first) else {
        return;
    };
    let Some(sheet) = sheets.iter().find(|sheet| *sheet.name == *first.sheet) else {
        return;
    };
    let column = first.first.1;
    // The rows of that column that some name covers, without overlaps, by their first.
    let mut covered: Vec<(u32, u32)> = book
        .names
        .values()
        .filter_map(|refers| super::book::area(refers))
        .filter(|area| area.sheet == first.sheet)
        .filter(|area| (area.first.1..=area.last.1).contains(&column))
        .map(|area| (area.first.0, area.last.0))
        .collect();
    covered.sort_unstable();
    covered.dedup_by(|next, before| {
        let overlap = next.0 <= before.1;
        if overlap {
            before.1 = before.1.max(next.1);
        }
        overlap
    });
    let within = |row: u32| {
        let before = covered.partition_point(|rows| rows.0 <= row);
        let last = before.checked_sub(1).and_then(|index| covered.get(index));
        last.is_some_and(|rows| row <= rows.1)
    };
    // Above the first text stands the official opening, where the workbook has one.
    let below = sheet.cells.range((first.first.0, 0)..);
    let stray = below.filter(|(at, _)| at.1 == column && !within(at.0));
    let told = stray.filter(|(_, cell)| match &cell.value {
        Value::Text(text) => !SEE.iter().any(|see| text.starts_with(see)),
        _ => false,
    });
    // One more than is told tells that there are more.
    for (at, _) in told.take(MOST + 1) {
        let finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                "这一段不属于任何一部分",
                "this paragraph belongs to no section",
            ),
        )
        .at(sheet.place(file, *at))
        .remedy(Message::new(
            "移到上面一部分的空行里；行不够，在那一部分中间插入行",
            "move it to a row of its section; put in rows in the middle of it if there are too few",
        ));
        findings.push(finding);
    }
}
