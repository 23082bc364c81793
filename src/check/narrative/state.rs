//! What is known at one point of a paragraph.

use rust_decimal::Decimal;

use super::number::Number;
use super::tables::Readings;

/// What the numbers that come are parts of.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    /// The tables themselves.
    Report,
    /// These rows.
    Of(Whole),
    /// Something else.
    Portion,
    /// Some of the applications or cases: 涉及征地拆迁的申请中.
    Some,
}

#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub rows: Vec<usize>,
    /// Whether its number is that of the tables.
    pub agreed: bool,
    /// Whether it is all that there is, so that each part is a figure of the tables. Parts of
    /// 新收, which leaves out what was carried in, may be less, but never more.
    pub all: bool,
}

/// What is known at one point of a paragraph.
#[derive(Clone)]
pub(super) struct State {
    /// For each topic: whether it was opened since other things were counted, and at all.
    pub open: Vec<bool>,
    pub ever: Vec<bool>,
    /// The paragraph has gone over to another year, and to which.
    pub year: Option<i32>,
    /// The rest of the sentence may be about something else; about one way in or out.
    pub silent: bool,
    pub way: bool,
    pub scope: Scope,
    /// What 其中 would divide here.
    pub before: Scope,
    /// Numbers of one kind of applicant came: the rows that follow may be theirs.
    pub applicants: bool,
    /// The rows of one group that came one after the other, and the sum of their numbers.
    pub sum: (Vec<usize>, Decimal),
    /// The rows and the columns that the sentence named last.
    pub rows: Vec<usize>,
    pub columns: Vec<String>,
    /// Whether the number of those rows is that of the tables.
    pub agreed: bool,
    /// The clause before ends in words whose number is still to come.
    pub waiting: bool,
    pub last: Option<Last>,
}

/// The number before: what follows may take it back, or say more of it.
#[derive(Clone)]
pub(super) struct Last {
    pub rows: Vec<usize>,
    pub readings: Readings,
    pub number: Number,
    pub doubted: bool,
    pub agreed: bool,
    /// Whether a clause has come in between.
    pub past: bool,
}

impl State {
    /// What is known at the start of a paragraph: the topics that the headings above opened.
    pub fn new(above: Vec<bool>) -> Self {
        Self {
            open: above.clone(),
            ever: above,
            year: None,
            silent: false,
            way: false,
            scope: Scope::Report,
            before: Scope::Portion,
            applicants: false,
            sum: (Vec::new(), Decimal::ZERO),
            rows: Vec::new(),
            columns: Vec::new(),
            agreed: true,
            waiting: false,
            last: None,
        }
    }
}
