//! A form as the rest of the program sees it: checked, resolved, with figures by number.

use std::collections::HashMap;
use std::iter;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

use super::formula::{Comparison, Expr};
use super::id::{FigureId, TableId, TextId};
use super::names::Names;
use super::naming::{Naming, Topic};
use super::wording::Wording;
use crate::text::{Message, Severity};

/// A mandated format.
#[derive(Debug)]
pub struct Form {
    /// Its name, such as `2021`.
    pub id: String,
    /// The notice that prescribes it.
    pub issued_by: Wording,
    /// First and last year that it serves; no last year while it is in force.
    pub years: (i32, Option<i32>),
    /// The report's title below the organ's name; `{year}` stands for the year.
    pub title: Wording,
    /// The generated opening paragraph.
    pub(crate) opening: Opening,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// Keys of the text sections, by [`TextId`].
    pub texts: Vec<String>,
    /// The tables in order.
    pub tables: Vec<Table>,
    /// Every figure, by [`FigureId`].
    pub figures: Vec<FigureSpec>,
    /// The rules in the order of the form file.
    pub rules: Vec<Rule>,
    /// What the texts must speak of.
    pub mentions: Vec<Mention>,
    /// How texts name the rows and columns of the tables.
    pub namings: Vec<Naming>,
    /// Where texts speak of a table.
    pub topics: Vec<Topic>,
    /// The derived figures in an order in which each comes after those that it is made of.
    pub(crate) definitions: Vec<Definition>,
    pub(super) by_key: HashMap<String, FigureId>,
    pub(super) names: Names,
}

/// The generated opening paragraph and its parts.
#[derive(Debug, Default)]
pub struct Opening {
    /// The paragraph; `{organ}` and `{year}` are filled in.
    pub paragraph: Wording,
    /// The sentence with the contact; `{organ}` and `{contact}` are filled in.
    pub contact: Wording,
    /// What comes before each part of the contact: address, postcode, phone, email.
    pub parts: [Wording; 4],
}

/// One section: heading and content.
#[derive(Debug)]
pub struct Section {
    /// The heading with its number: 一、总体情况.
    pub heading: Wording,
    /// A text or a table.
    pub body: SectionBody,
}

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionBody {
    /// A text of the data file.
    Text(TextId),
    /// A table of the form.
    Table(TableId),
}

/// How the labels of a table stand in their cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelAlign {
    /// In the middle.
    #[default]
    Center,
    /// At the left edge; a label over several rows stays in the middle.
    Left,
}

/// A table: a grid of `rows` × `columns` squares, each covered by one cell.
#[derive(Debug)]
pub struct Table {
    /// Its name, the first part of its figures' keys.
    pub id: String,
    /// Name of its sheet in the workbook.
    pub sheet: Wording,
    /// Squares across.
    pub columns: usize,
    /// Squares down.
    pub rows: usize,
    /// Rows at the top that are its heading and are repeated on the next page.
    pub header_rows: usize,
    /// How its labels stand.
    pub labels: LabelAlign,
    /// Last parts of the keys of one row's figures, where the data file gives a row as a list.
    pub series: Option<Vec<String>>,
    /// The cells by row, then column.
    pub cells: Vec<Cell>,
}

/// One cell, merged or not. Rows and columns count from 0.
#[derive(Debug, Clone)]
pub struct Cell {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows covered, 1 or more.
    pub row_span: usize,
    /// Columns covered, 1 or more.
    pub column_span: usize,
    /// What it holds.
    pub content: Content,
}

/// What a cell holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// Official wording.
    Wording(Role, Wording),
    /// A figure.
    Figure(FigureId),
}

/// What a wording is in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A tinted line over the whole table: 第二十条第（一）项.
    Band,
    /// Heading of columns.
    Head,
    /// Label of rows.
    Label,
    /// An explanation.
    Note,
}

/// What kind of number a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A whole number, 0 or more.
    #[default]
    Count,
    /// A whole number that may be negative (本年增/减).
    Signed,
    /// A sum of money in the unit that the cell gives.
    Amount,
    /// A sum of money in the unit that the form gives (万元).
    Money,
}

impl Kind {
    /// Whether the figure is an exact decimal rather than a whole number.
    pub(crate) fn is_decimal(self) -> bool {
        matches!(self, Self::Amount | Self::Money)
    }
}

/// A figure of a form.
#[derive(Debug)]
pub struct FigureSpec {
    /// Its dotted key: `requests.denied.state_secret.business`.
    pub key: String,
    /// What kind of number it is.
    pub kind: Kind,
    /// The table that it stands in.
    pub table: TableId,
    /// Its row there, from 0.
    pub row: usize,
    /// Its column there, from 0.
    pub column: usize,
    /// Whether the rules compute it.
    pub derived: bool,
}

/// One rule with all the equations that it stands for.
#[derive(Debug)]
pub struct Rule {
    /// Its code, as findings print it.
    pub code: Arc<str>,
    /// Whether breaking it stops the build.
    pub severity: Severity,
    /// What it asks for, in the official wording's scripts.
    pub wording: Wording,
    /// What it asks for, as findings say it.
    pub description: Message,
    /// The bodies that it speaks of; none for all.
    pub organs: Option<Organs>,
    /// What to do where it is broken; none for a sum that is simply wrong.
    pub remedy: Option<Message>,
    /// Its equations, one for each row, column or group that it speaks of.
    pub instances: Vec<RuleInstance>,
}

/// Bodies by their names.
#[derive(Debug, Clone)]
pub struct Organs {
    /// Ends of names.
    pub ends: Vec<String>,
    /// Starts of names of bodies that are left out all the same.
    pub except_starts: Vec<String>,
    /// Ends of such names.
    pub except_ends: Vec<String>,
}

impl Organs {
    /// Whether the body called `name` is one of them.
    pub(crate) fn include(&self, name: &str) -> bool {
        let ends = |ends: &[String]| ends.iter().any(|end| name.ends_with(end.as_str()));
        ends(&self.ends)
            && !ends(&self.except_ends)
            && !self
                .except_starts
                .iter()
                .any(|start| name.starts_with(start.as_str()))
    }
}

/// Something that a text must speak of: a warning where it doesn't.
#[derive(Debug)]
pub struct Mention {
    /// The finding's code.
    pub code: Arc<str>,
    /// What it asks for.
    pub description: Message,
    /// What to do.
    pub remedy: Message,
    /// The text.
    pub text: TextId,
    /// The words, one of which must be there.
    pub any: Vec<String>,
}

/// One equation or inequality over figures.
#[derive(Debug, Clone)]
pub struct RuleInstance {
    /// The figure that the rule computes, where it computes one: the left side.
    pub computes: Option<FigureId>,
    /// What must hold.
    pub comparison: Comparison,
    /// Where one of these doesn't hold, the rule says nothing.
    pub conditions: Vec<Comparison>,
}

impl RuleInstance {
    /// What must hold and what it holds under.
    pub(crate) fn comparisons(&self) -> impl Iterator<Item = &Comparison> + Clone {
        iter::once(&self.comparison).chain(&self.conditions)
    }

    /// The figures in it, its conditions included, and whether each is that of the year before.
    pub(crate) fn operands(&self) -> impl Iterator<Item = (FigureId, bool)> + Clone + '_ {
        self.comparisons().flat_map(Comparison::operands)
    }
}

/// How a derived figure is computed.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The figure.
    pub figure: FigureId,
    /// What it is the sum of.
    pub expr: Expr,
}

impl Cell {
    /// The rows that it covers.
    pub fn rows(&self) -> Range<usize> {
        self.row..self.row + self.row_span
    }

    /// The columns that it covers.
    pub fn columns(&self) -> Range<usize> {
        self.column..self.column + self.column_span
    }
}

impl Form {
    /// The figure with this key.
    pub fn figure(&self, key: &str) -> Option<FigureId> {
        self.by_key.get(key).copied()
    }

    /// The figures of the row `key`, where the table's rows are lists and this is one of them.
    pub fn row_at(&self, table: TableId, key: &str) -> Option<Vec<FigureId>> {
        let series = self.table(table).series.as_ref()?;
        let figure = |part| self.figure(&format!("{key}.{part}"));
        series.iter().map(figure).collect()
    }

    /// The figures whose keys are `key` or start with it.
    pub(super) fn below(&self, key: &str) -> impl Iterator<Item = (&FigureSpec, &str)> {
        self.figures.iter().filter_map(move |spec| {
            let rest = spec.key.strip_prefix(key)?;
            (rest.is_empty() || rest.starts_with('.')).then_some((spec, rest))
        })
    }

    /// The names that may follow `key`, in the order of the form.
    pub fn names_below(&self, key: &str) -> Vec<&str> {
        let mut names = Vec::new();
        for (_, rest) in self.below(key) {
            if let Some(name) = rest.split('.').nth(1)
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        names
    }

    /// Whether every figure at or below `key` is derived, so that a data file may leave it out.
    pub fn is_derived(&self, key: &str) -> bool {
        self.below(key).all(|(spec, _)| spec.derived)
    }

    /// What the form says of a figure.
    pub fn spec(&self, id: FigureId) -> &FigureSpec {
        &self.figures[id.0]
    }

    /// A table.
    pub fn table(&self, id: TableId) -> &Table {
        &self.tables[id.0]
    }

    /// Whether the form serves `year`.
    pub fn serves(&self, year: i32) -> bool {
        self.years.0 <= year && self.years.1.is_none_or(|last| year <= last)
    }
}
