//! What of a document the outputs are made of, as data that a [digest](crate::digest) takes.
//!
//! Whatever the form says is in the form's own digest: the wording and the grids, the rules and what
//! figures are called. Left are what a report says itself, a tenth of the whole.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;
use serde::Serialize;

use super::model::{Note, Paragraph, Seal, TextPlace};
use super::previous::Previous;
use super::{Block, Document, Title};
use crate::digest::Digest;
use crate::form::{FigureId, Script};

/// What the pages show.
#[derive(Serialize)]
struct Shown<'a> {
    form: Digest,
    script: Script,
    title: &'a Title,
    organ: &'a str,
    year: i32,
    date: Option<String>,
    blocks: Vec<Part<'a>>,
}

/// What a block says.
#[derive(Serialize)]
enum Part<'a> {
    Paragraph(&'a Paragraph),
    /// Number, value and unit of each figure.
    Table(Vec<(FigureId, Decimal, Option<&'a str>)>, &'a [Note]),
    Signature(&'a str, Option<&'a str>, Option<&'a Seal>),
}

/// What a workbook has besides.
#[derive(Serialize)]
struct Besides<'a> {
    particulars: &'a BTreeMap<&'static str, String>,
    texts: &'a [TextPlace],
    quotes: Vec<&'a [(Range<usize>, FigureId)]>,
    /// How many rules are asked. Which of them hold is the figures' doing.
    checks: usize,
    previous: Option<&'a Previous>,
}

impl<'a> Part<'a> {
    fn of(block: &'a Block) -> Self {
        match block {
            Block::Paragraph(paragraph) => Self::Paragraph(paragraph),
            Block::Table(table) => {
                let figures = table.figures();
                let figures = figures.map(|it| (it.id, it.value, it.unit.as_deref()));
                Self::Table(figures.collect(), &table.notes)
            }
            Block::Signature { name, date, seal } => {
                Self::Signature(name, date.as_deref(), seal.as_ref())
            }
        }
    }
}

impl Document {
    /// What pages are made of. The same report from a data file and from its workbook is the same
    /// here, though the workbook has texts where the data file quotes figures.
    pub fn shown(&self) -> impl Serialize + '_ {
        Shown {
            form: self.form_identity,
            script: self.script,
            title: &self.title,
            organ: &self.organ,
            year: self.year,
            date: self.date.map(|date| date.to_string()),
            blocks: self.blocks.iter().map(Part::of).collect(),
        }
    }

    /// What a workbook is made of: everything.
    pub fn whole(&self) -> impl Serialize + '_ {
        let quotes = self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.quotes.as_slice()),
            Block::Table(_) | Block::Signature { .. } => None,
        });
        let besides = Besides {
            particulars: &self.particulars,
            texts: &self.texts,
            quotes: quotes.collect(),
            checks: self.checks.len(),
            previous: self.previous.as_ref(),
        };
        (self.shown(), besides)
    }
}
