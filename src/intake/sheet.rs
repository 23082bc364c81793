//! One sheet: its cells as they are stored, and the notes on them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::book::{Book, Room, relations, square, target};
use super::note::{self, Notes};
use super::package::Damage;
use super::xml::{Item, unescaped, walk};
use crate::text::{Place, SheetCell, Source, Span};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Nothing, or only a formula without a result.
    Blank,
    /// A number, to 15 digits.
    Number(f64),
    /// A text.
    Text(String),
    /// A day as text, as ISO 8601 writes it.
    Day(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// `#REF!` and the like.
    Error(String),
}

/// One cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub value: Value,
    /// Its formula, without the `=`.
    pub formula: Option<String>,
    /// Number of its style.
    pub style: usize,
}

/// One sheet. Rows and columns count from 0.
pub(super) struct Sheet {
    /// Its number in the workbook.
    pub number: usize,
    pub name: Arc<str>,
    pub cells: BTreeMap<(u32, u32), Cell>,
    pub notes: Notes,
}

impl Sheet {
    /// Reads sheet `number`.
    pub fn read(book: &mut Book<'_>, number: usize) -> Result<Self, Damage> {
        let (name, part) = book.sheets.get(number).cloned().ok_or(Damage::Broken)?;
        let xml = book.package.part(&part)?.ok_or(Damage::Broken)?;
        let cells = cells(&xml, &book.strings, &mut book.room)?;
        let related = relations(&mut book.package, &part)?;
        let notes = match target(&related, "/comments") {
            Some(part) => match book.package.part(&part)? {
                Some(xml) => note::legacy(&xml)?,
                None => Notes::new(),
            },
            None => Notes::new(),
        };
        Ok(Self {
            number,
            name,
            cells,
            notes,
        })
    }

    /// The cell at a square, unless it is blank.
    pub fn at(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells.get(&(row, column))
    }

    /// A cell's entry in a map from text to cells.
    pub fn entry(&self, at: (u32, u32), whole: Span, inner: Span) -> SheetCell {
        SheetCell {
            number: self.number,
            sheet: Arc::clone(&self.name),
            row: at.0,
            column: at.1,
            whole,
            inner,
            shown: None,
        }
    }

    /// The place of a cell, for a finding of which no text is made: what it shows is the text.
    pub fn place(&self, file: &str, at: (u32, u32)) -> Place {
        let text = self.at(at.0, at.1).map_or_else(String::new, Cell::shown);
        let span = 0..text.len();
        let entry = self.entry(at, span.clone(), span.clone());
        let source = Source::of_workbook(file, text, vec![entry]);
        Place::new(&Arc::new(source), span)
    }
}

impl Cell {
    /// What it shows, more or less: numbers without their format.
    pub fn shown(&self) -> String {
        match (&self.value, &self.formula) {
            (Value::Number(number), _) => plain(*number),
            (Value::Text(text) | Value::Day(text) | Value::Error(text), _) => text.clone(),
            (Value::Bool(true), _) => "TRUE".to_owned(),
            (Value::Bool(false), _) => "FALSE".to_owned(),
            (Value::Blank, Some(formula)) => format!("={formula}"),
            (Value::Blank, None) => String::new(),
        }
    }
}

/// A number in plain digits, the fewest that tell it from every other.
pub(super) fn plain(number: f64) -> String {
    // There is a zero below zero, and nobody means it.
    let number = if number == 0.0 { 0.0 } else { number };
    format!("{number}")
}

/// A number as Excel counts and shows it: 15 significant digits ("Excel specifications and
/// limits"). The last bits of what a formula added up, or of what was pasted of it, are noise.
pub(super) fn rounded(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// A cell as its element is read.
#[derive(Default)]
struct Open {
    at: (u32, u32),
    kind: String,
    style: usize,
    value: Option<String>,
    text: String,
    formula: Option<String>,
}

impl Open {
    fn cell(self, strings: &[String], room: &mut Room) -> Result<Cell, Damage> {
        let text = |text: String| match text.trim() {
            "" => Value::Blank,
            _ => Value::Text(text),
        };
        let value = self.value.unwrap_or_default();
        if !value.is_empty() || !self.text.is_empty() || self.formula.is_some() {
            room.take(value.len() + self.text.len())?;
        }
        // A blank cell, whatever kind some programs say it is of.
        let kind = match (value.trim().is_empty(), self.text.is_empty()) {
            (true, true) => "",
            (true, false) => "inlineStr",
            (false, _) => self.kind.as_str(),
        };
        let value = match kind {
            "s" => {
                let number = value.trim().parse::<usize>().ok();
                let shared = number.and_then(|number| strings.get(number));
                let shared = shared.ok_or(Damage::Broken)?;
                room.take(shared.len())?;
                text(shared.clone())
            }
            "inlineStr" if !self.text.is_empty() => text(unescaped(&self.text)),
            "str" | "inlineStr" => text(unescaped(&value)),
            "b" => Value::Bool(value.trim() == "1"),
            "e" => Value::Error(value),
            "d" => Value::Day(value),
            _ if value.trim().is_empty() => Value::Blank,
            _ => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(rounded(number)),
                _ => Value::Text(value),
            },
        };
        Ok(Cell {
            value,
            formula: self.formula,
            style: self.style,
        })
    }
}

fn cells(
    xml: &str,
    strings: &[String],
    room: &mut Room,
) -> Result<BTreeMap<(u32, u32), Cell>, Damage> {
    let mut cells = BTreeMap::new();
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut open: Option<Open> = None;
    let (mut inside, mut reading_aid) = ("", false);
    let mut damage = None;
    walk(xml, |item| {
        match item {
            Item::Open("row", attributes) => {
                let given = attributes.get("r").and_then(|r| r.parse::<u32>().ok());
                row = given.map_or(row + 1, |r| r.clamp(1, 1 << 20));
                column = 0;
            }
            Item::Open("c", attributes) => {
                // A cell that doesn't say where it is follows the one before.
                let at = attributes.get("r").and_then(|r| square(&r));
                let at = at.unwrap_or((row.saturating_sub(1), column));
                column = at.1.saturating_add(1);
                open = Some(Open {
                    at,
                    kind: attributes.get("t").unwrap_or_default(),
                    style: attributes
                        .get("s")
                        .and_then(|s| s.parse().ok())
                        .unwrap_or(0),
                    ..Open::default()
                });
            }
            Item::Open("v", _) => inside = "v",
            Item::Open("f", _) => {
                inside = "f";
                if let Some(cell) = &mut open {
                    cell.formula = Some(String::new());
                }
            }
            Item::Open("t", _) if !reading_aid => inside = "t",
            Item::Open("rPh", _) => reading_aid = true,
            Item::Close("rPh") => reading_aid = false,
            Item::Text(text) => {
                if let Some(cell) = &mut open {
                    match inside {
                        "v" => cell.value.get_or_insert_default().push_str(text),
                        "f" => cell.formula.get_or_insert_default().push_str(text),
                        "t" => cell.text.push_str(text),
                        _ => {}
                    }
                }
            }
            Item::Close("v" | "f" | "t") => inside = "",
            Item::Close("c") => {
                if let Some(done) = open.take() {
                    let at = done.at;
                    match done.cell(strings, room) {
                        Ok(cell) if cell.value == Value::Blank && cell.formula.is_none() => {}
                        Ok(cell) => {
                            cells.insert(at, cell);
                        }
                        Err(found) => damage = Some(found),
                    }
                }
            }
            _ => {}
        }
        damage.is_none()
    })?;
    match damage {
        Some(damage) => Err(damage),
        None => Ok(cells),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_were_typed() {
        assert_eq!(plain(59_237.244_9), "59237.2449");
        assert_eq!(plain(-0.0), "0");
        assert_eq!(plain(1e20), "100000000000000000000");
        assert_eq!(plain(rounded(0.1 + 0.2)), "0.3");
    }
}
