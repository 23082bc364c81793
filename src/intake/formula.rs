//! What a sum in a cell comes to. A program that changes a workbook without Excel leaves the old
//! results of formulas in it, and an old sum is no contradiction of the figures.

use std::cell::Cell as Counter;

use super::book::{Area, Book, corners};
use super::sheet::{Cell, Sheet, Value, rounded};

/// Most cells that are looked at for the formulas of one workbook: a report's needs some 3,000.
const MOST_STEPS: usize = 200_000;
/// Most formulas that lead from one to the next.
const DEEPEST: usize = 32;

/// Works out sums: numbers, references, names, `+`, `-`, brackets, `SUM`, and the blank
/// workbook's `IF(COUNT(…)=0,"—",…)`.
pub(super) struct Sums<'b> {
    book: &'b Book,
    steps: Counter<usize>,
}

/// The rest of a formula that is being read, on a sheet.
struct Reading<'f, 'b> {
    rest: &'f str,
    sheet: &'b Sheet,
    depth: usize,
}

impl<'b> Sums<'b> {
    pub fn new(book: &'b Book) -> Self {
        Self {
            book,
            steps: Counter::new(MOST_STEPS),
        }
    }

    /// What the formula of a cell of `sheet` comes to, to 15 digits; none where it is no sum.
    pub fn result(&self, sheet: &'b Sheet, formula: &str) -> Option<f64> {
        self.formula(sheet, formula, 0).map(rounded)
    }

    fn formula(&self, sheet: &'b Sheet, formula: &str, depth: usize) -> Option<f64> {
        if depth > DEEPEST {
            return None;
        }
        let mut reading = Reading {
            rest: formula.trim().trim_start_matches('='),
            sheet,
            depth,
        };
        let sum = self.sum(&mut reading)?;
        reading.rest.trim().is_empty().then_some(sum)
    }

    fn sum(&self, reading: &mut Reading<'_, 'b>) -> Option<f64> {
        let mut sign = if reading.takes("-") { -1.0 } else { 1.0 };
        reading.takes("+");
        let mut sum = 0.0;
        loop {
            sum += sign * self.term(reading)?;
            sign = match () {
                () if reading.takes("+") => 1.0,
                () if reading.takes("-") => -1.0,
                () => return Some(sum),
            };
        }
    }

    fn term(&self, reading: &mut Reading<'_, 'b>) -> Option<f64> {
        self.steps.set(self.steps.get().checked_sub(1)?);
        if reading.takes("(") {
            if reading.depth > DEEPEST {
                return None;
            }
            reading.depth += 1;
            let sum = self.sum(reading)?;
            reading.depth -= 1;
            return reading.takes(")").then_some(sum);
        }
        if reading.takes("SUM(") {
            return Some(self.areas(reading)?.0);
        }
        if reading.takes("IF(COUNT(") {
            let (_, count) = self.areas(reading)?;
            reading.takes("=0,\"").then_some(())?;
            reading.rest = reading.rest.split_once('"')?.1;
            (reading.takes(",") && count > 0).then_some(())?;
            let sum = self.sum(reading)?;
            return reading.takes(")").then_some(sum);
        }
        let word = reading.word();
        if let Ok(number) = word.parse::<f64>() {
            return Some(number);
        }
        let area = self.area(word, reading.sheet)?;
        match area.sheet.cells.get(&area.first) {
            _ if area.first != area.last => None,
            None => Some(0.0),
            Some(cell) => self.number(area.sheet, cell, reading.depth),
        }
    }

    /// Sum and number of the numbers in the areas up to the closing bracket.
    fn areas(&self, reading: &mut Reading<'_, 'b>) -> Option<(f64, usize)> {
        let (mut sum, mut count) = (0.0, 0);
        loop {
            let area = self.area(reading.word(), reading.sheet)?;
            for ((_, column), cell) in area.sheet.rows(area.first.0..=area.last.0) {
                self.steps.set(self.steps.get().checked_sub(1)?);
                // A text is nothing to a sum.
                let counts = matches!(cell.value, Value::Number(_)) || cell.formula.is_some();
                if (area.first.1..=area.last.1).contains(column) && counts {
                    sum += self.number(area.sheet, cell, reading.depth)?;
                    count += 1;
                }
            }
            if !reading.takes(",") {
                return reading.takes(")").then_some((sum, count));
            }
        }
    }

    /// The number in a cell: what its formula comes to, or what is stored.
    fn number(&self, sheet: &'b Sheet, cell: &Cell, depth: usize) -> Option<f64> {
        let formula = cell.formula.as_deref();
        let result = formula.and_then(|text| self.formula(sheet, text, depth + 1));
        match cell.value {
            Value::Number(stored) => Some(result.unwrap_or(stored)),
            _ => result,
        }
    }

    /// The squares that `D4`, `$D$4:E5`, `'依申请公开'!D4` or a defined name stands for.
    fn area(&self, word: &str, sheet: &'b Sheet) -> Option<Area<'b>> {
        if let Some(named) = self.book.named(word) {
            return named;
        }
        if word.contains('!') {
            return self.book.area(word);
        }
        let (first, last) = corners(word)?;
        Some(Area { sheet, first, last })
    }
}

impl<'f> Reading<'f, '_> {
    fn takes(&mut self, mark: &str) -> bool {
        let rest = self.rest.trim_start();
        let start = rest.get(..mark.len());
        let taken = start.is_some_and(|start| start.eq_ignore_ascii_case(mark));
        if taken {
            self.rest = rest.get(mark.len()..).unwrap_or_default();
        }
        taken
    }

    /// Everything up to the next operator, bracket or comma; a sheet's name in quotation marks may
    /// hold anything.
    fn word(&mut self) -> &'f str {
        let mut quoted = false;
        let end = self.rest.find(|c: char| {
            quoted ^= c == '\'';
            !quoted && "+-*/^&=<>(),\"%".contains(c)
        });
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word.trim()
    }
}
