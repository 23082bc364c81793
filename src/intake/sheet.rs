//! One sheet: its cells as they are stored, and the notes on them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::book::square;
use super::damage::{Damage, limit};
use super::note::{self, Notes};
use super::package::{Package, target};
use super::xml::{Element, unescaped, walk};
use crate::text::{Place, SheetCell, Source, Span};

/// Most cells with something in them: a report's workbook has some 500.
const MOST_CELLS: usize = 100_000;
/// Most bytes of texts (64 MiB): a report's have 2 MB.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Row and column, from 0.
pub(super) type At = (usize, usize);

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
#[derive(Debug)]
pub(super) struct Cell {
    pub value: Value,
    /// Its formula, without the `=`.
    pub formula: Option<String>,
    /// Number of its style.
    pub style: usize,
}

/// One sheet.
pub(super) struct Sheet {
    /// The workbook's name.
    pub file: Arc<str>,
    /// Its number in the workbook.
    pub number: usize,
    pub name: Arc<str>,
    /// Whether no menu of Excel shows it: programs keep things there.
    pub hidden: bool,
    pub cells: BTreeMap<At, Cell>,
    pub notes: Notes,
}

/// What the cells of all sheets hold: how many have something in them, and how many bytes of texts;
/// a text that cells share counts in each of them.
#[derive(Default)]
pub(super) struct Room {
    cells: usize,
    bytes: usize,
}

impl Room {
    /// Takes the room of a cell with `bytes` of text.
    fn take(&mut self, bytes: usize) -> Result<(), Damage> {
        self.cells += 1;
        self.bytes += bytes;
        limit(self.cells, MOST_CELLS)?;
        limit(self.bytes, MOST_BYTES)
    }
}

impl Sheet {
    /// Reads what `part` holds.
    pub fn read(
        &mut self,
        package: &mut Package<'_>,
        part: &str,
        strings: &[String],
        room: &mut Room,
    ) -> Result<(), Damage> {
        let xml = package.part(part)?.ok_or(Damage::Broken)?;
        // A cell that doesn't say where it is follows the one before.
        let (mut row, mut next) = (0_usize, (0, 0));
        walk(&xml, &["c"], |element| {
            match element.name() {
                "row" => {
                    row = element.number("r").unwrap_or(row + 1).clamp(1, 1 << 20);
                    next = (row - 1, 0);
                }
                "c" => {
                    let at = element.get("r").and_then(|r| square(&r)).unwrap_or(next);
                    next.1 = at.1 + 1;
                    let cell = Cell::read(element, strings, room)?;
                    if cell.value != Value::Blank || cell.formula.is_some() {
                        self.cells.insert(at, cell);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        let related = package.relations(part)?;
        if let Some(part) = target(&related, "/comments")
            && let Some(xml) = package.part(part)?
        {
            self.notes = note::read(&xml)?;
        }
        Ok(())
    }

    /// The cells of some rows, blank ones left out.
    pub fn rows(&self, rows: RangeInclusive<usize>) -> impl Iterator<Item = (&At, &Cell)> {
        self.cells
            .range((*rows.start(), 0)..=(*rows.end(), usize::MAX))
    }

    /// What the cell at a square shows; nothing where it is blank.
    pub fn shown(&self, at: At) -> String {
        self.cells.get(&at).map_or_else(String::new, Cell::shown)
    }

    /// A cell's entry in a map from text to cells.
    pub fn entry(&self, at: At, whole: Span, inner: Span) -> SheetCell {
        SheetCell {
            number: self.number,
            sheet: Arc::clone(&self.name),
            row: u32::try_from(at.0).unwrap_or(u32::MAX),
            column: u32::try_from(at.1).unwrap_or(u32::MAX),
            whole,
            inner,
            shown: None,
        }
    }

    /// `D4`.
    pub fn cell_name(&self, at: At) -> String {
        self.entry(at, 0..0, 0..0).name()
    }

    /// The place of a cell, for a finding of which no text is made: what it shows is the text.
    pub fn place(&self, at: At) -> Place {
        let text = self.shown(at);
        let span = 0..text.len();
        let entry = self.entry(at, span.clone(), span.clone());
        let source = Source::of_workbook(&*self.file, text, vec![entry]);
        Place::new(&Arc::new(source), span)
    }
}

impl Cell {
    fn read(element: &Element<'_>, strings: &[String], room: &mut Room) -> Result<Self, Damage> {
        let value = element.text("v").unwrap_or_default();
        let inline = element.text("t").unwrap_or_default();
        let formula = element.text("f").map(str::to_owned);
        if !value.is_empty() || !inline.is_empty() || formula.is_some() {
            room.take(value.len() + inline.len())?;
        }
        let text = |text: String| match text.trim() {
            "" => Value::Blank,
            _ => Value::Text(text),
        };
        let number = value.trim();
        let kind = element.get("t").unwrap_or_default();
        // A blank cell, whatever kind some programs say it is of.
        let value = match kind.as_str() {
            _ if number.is_empty() => text(unescaped(inline)),
            "s" => {
                let shared = number.parse().ok().and_then(|n: usize| strings.get(n));
                let shared = shared.ok_or(Damage::Broken)?;
                room.take(shared.len())?;
                text(shared.clone())
            }
            "inlineStr" if !inline.is_empty() => text(unescaped(inline)),
            "str" | "inlineStr" => text(unescaped(value)),
            "b" => Value::Bool(number == "1"),
            "e" => Value::Error(value.to_owned()),
            "d" => Value::Day(value.to_owned()),
            _ => match number.parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(rounded(number)),
                _ => Value::Text(value.to_owned()),
            },
        };
        Ok(Self {
            value,
            formula,
            style: element.number("s").unwrap_or(0),
        })
    }

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

/// A text without white space, which is the layout's business.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
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
