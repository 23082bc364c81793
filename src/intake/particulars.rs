//! Who reports on what: cells found by their defined names, which are the keys of a data file.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil};

use super::book::Book;
use super::damage;
use super::number_format::Shows;
use super::sheet::{At, Cell, Sheet, Value, plain};
use crate::data::date;
use crate::form::data_file::quoted;
use crate::form::{NEEDED, PARTICULARS, Particular, ParticularKind, Script};
use crate::text::{Code, Finding, Message};

/// One particular that is filled in.
pub(super) struct ParticularCell<'b> {
    pub sheet: &'b Sheet,
    pub at: At,
    /// What the cell shows.
    pub shown: String,
    /// What a data file says for it: a text, one word of a few, a year or a day.
    pub said: String,
    /// Whether that stands in quotation marks.
    pub quoted: bool,
}

impl ParticularCell<'_> {
    /// As a data file writes it.
    pub fn literal(&self) -> String {
        match self.quoted {
            true => quoted(&self.said),
            false => self.said.clone(),
        }
    }
}

/// All of them, by key.
pub(super) struct ParticularCells<'b>(pub BTreeMap<&'static str, ParticularCell<'b>>);

impl<'b> ParticularCells<'b> {
    /// Reads every particular, with a finding for each that can't be read or must be there.
    pub fn read(book: &'b Book, findings: &mut Vec<Finding>) -> Self {
        let mut found = BTreeMap::new();
        for particular in PARTICULARS.iter() {
            let (key, needed) = (particular.key, particular.needed);
            let (sheet, at) = match book.named(key) {
                Some(Some(area)) => (area.sheet, area.first),
                None if !needed => continue,
                _ => {
                    findings.push(no_name(book, key));
                    continue;
                }
            };
            let told = match sheet.cells.get(&at) {
                Some(cell) => match said(particular, cell, book) {
                    Ok(said) => {
                        let kind = &particular.kind;
                        let day = matches!(kind, ParticularKind::Date);
                        let filled = ParticularCell {
                            sheet,
                            at,
                            shown: if day { said.clone() } else { cell.shown() },
                            said,
                            quoted: !day && !matches!(kind, ParticularKind::Year),
                        };
                        found.insert(key, filled);
                        continue;
                    }
                    Err(finding) => *finding,
                },
                None if needed => {
                    let left = at.1.checked_sub(1);
                    let label = left.map_or_else(String::new, |left| sheet.shown((at.0, left)));
                    let label = label.trim_start_matches(NEEDED);
                    let message = Message::new(
                        format!("“{label}”没有填写"),
                        format!("{key} is not filled in"),
                    );
                    let remedy = Message::new("请填写", "fill it in");
                    Finding::new(Code::MissingKey, message).remedy(remedy)
                }
                None => continue,
            };
            findings.push(told.at(sheet.place(at)).key(key));
        }
        Self(found)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        Some(&self.0.get(key)?.said)
    }

    pub fn year(&self) -> Option<i32> {
        self.text("year")?.parse().ok()
    }

    pub fn script(&self) -> Option<Script> {
        let said = self.text("script")?;
        super::SCRIPTS
            .into_iter()
            .find(|script| script.as_str() == said)
    }
}

/// What a cell says, as a data file has it.
fn said(particular: &Particular, cell: &Cell, book: &Book) -> Result<String, Box<Finding>> {
    let refuse = |zh: String, en: String, remedy: Message| {
        let finding = Finding::new(Code::WrongType, Message::new(zh, en));
        Err(Box::new(finding.remedy(remedy)))
    };
    let (key, label) = (particular.key, particular.label(Script::Hans));
    let shown = cell.shown();
    match (&particular.kind, &cell.value) {
        (ParticularKind::Date, _) => day(cell, book).ok_or_else(|| Box::new(no_day(&shown))),
        (_, Value::Error(error)) => refuse(
            format!("公式出错：{error}"),
            format!("the formula has failed: {error}"),
            Message::new(
                "删去公式，直接填写",
                "type what is meant in place of the formula",
            ),
        ),
        (_, Value::Blank) => refuse(
            format!("这里的公式没有结果：{shown}"),
            format!("this formula has no result: {shown}"),
            Message::new(
                "在 Excel 或 WPS 里打开、保存，或直接填写",
                "open and save it in Excel or WPS, or type what is meant",
            ),
        ),
        (ParticularKind::Year, Value::Number(year))
            if (1000.0..10_000.0).contains(year)
                && year.fract() == 0.0
                && book.format(cell, *year).shows == Shows::Number =>
        {
            Ok(plain(*year))
        }
        (ParticularKind::Year, _) => refuse(
            format!("{label}应当是四位数的年份，不能是 {shown}"),
            format!("the {key} is a number of four digits, not {shown}"),
            Message::new(
                "写成 2024 这样的数字，单元格格式用“常规”",
                "write a number such as 2024 in a cell without a format",
            ),
        ),
        (ParticularKind::Form, Value::Number(number)) => Ok(plain(*number)),
        (ParticularKind::Choice(choices), Value::Text(text)) => {
            if let Some(choice) = choices.iter().find(|choice| choice.is(text.trim())) {
                return Ok(choice.word.to_owned());
            }
            let names = choices.iter().map(|choice| choice.name(Script::Hans));
            let names: Vec<&str> = names.collect();
            refuse(
                format!("{label}不能是 {shown}"),
                format!("the {key} can't be {shown}"),
                Message::new(
                    format!("写“{}”", names.join("”或“")),
                    format!("write {}", names.join(" or ")),
                ),
            )
        }
        (_, Value::Text(text)) => Ok(text.trim().to_owned()),
        (_, Value::Number(_) | Value::Bool(_) | Value::Day(_)) => refuse(
            format!("这里应当是文字，不是数字：{shown}"),
            format!("this should be a text, not a number: {shown}"),
            Message::new(
                "把单元格格式改为“文本”，重新输入；数字前面的 0 不会丢",
                "format the cell as text and type it again, with zeros in front",
            ),
        ),
    }
}

/// The day that a cell holds as a day.
fn day(cell: &Cell, book: &Book) -> Option<String> {
    match &cell.value {
        Value::Number(number) => {
            let shows = book.format(cell, *number).shows;
            // With a time of the day: NOW(), or out of a data base.
            let number = number.floor();
            // Up to the year 9999. Day 60 is a 29 February 1900 that never was, and before it
            // Excel's calendar is one day behind; that of 1904 has no such fault.
            let known = (1.0..=2_958_465.0).contains(&number);
            if shows != Shows::Day || !known {
                return None;
            }
            #[allow(clippy::cast_possible_truncation)]
            match (number as i64, book.days_later) {
                (60, 0) => None,
                (early @ 0..60, 0) => calendar(early + 1),
                (serial, later) => calendar(serial + later),
            }
        }
        // A day before the first full year of that calendar is written as a text.
        Value::Text(text) if text.as_str() < "1901" => date::parse(text).map(|_| text.clone()),
        Value::Day(text) => {
            let day = text.split('T').next()?;
            date::meant(day).filter(|meant| meant == day)
        }
        _ => None,
    }
}

/// Day `serial` after 30 December 1899, by the civil calendar.
fn calendar(serial: i64) -> Option<String> {
    let day = civil::date(1899, 12, 30).checked_add(serial.days()).ok()?;
    Some(day.to_string())
}

fn no_day(shown: &str) -> Finding {
    let meant = date::meant(shown).unwrap_or_else(|| "2025-01-16".to_owned());
    let message = Message::new(format!("{shown} 不是日期"), format!("{shown} is no date"));
    Finding::new(Code::BadDate, message).remedy(Message::new(
        format!("把单元格格式改为“日期”，输入 {meant}"),
        format!("format the cell as a date and type {meant}"),
    ))
}

/// The workbook has lost a name, or the row that it stood for.
pub(super) fn no_name(book: &Book, key: &str) -> Finding {
    Finding::new(
        Code::MissingKey,
        Message::new(
            format!("工作簿里找不到名称 {key}：那一行被删去了，或保存时丢失了名称"),
            format!("the name {key} is not in the workbook: its row was deleted, or it was lost"),
        ),
    )
    .at(damage::whole(&book.file))
    .key(key)
    .remedy(Message::new(
        "用程序写出的工作簿重新填写，不要删去“正文”里的行",
        "fill in the program's workbook again and keep the rows of its sheet 正文",
    ))
}

#[cfg(test)]
mod tests {
    use super::calendar;

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        for (serial, day) in [
            (61, "1900-03-01"),
            (45_673, "2025-01-16"),
            (45_351, "2024-02-29"),
            (45_657, "2024-12-31"),
            (2_958_465, "9999-12-31"),
        ] {
            assert_eq!(calendar(serial).as_deref(), Some(day));
        }
    }
}
