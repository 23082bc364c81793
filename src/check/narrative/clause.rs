//! The grammar of one clause: which rows and columns its words name, and which number is theirs.

use std::ops::Range;

use super::lexicon::Kind;
use super::number::Number;
use super::tokens::{Token, Unit, What};
use crate::form::{Named, Naming, RowNaming};

/// A number and the rows and columns that are named beside it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The terms of its rows, those of several being added up; none where the text names them
    /// before.
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
    pub number: Number,
    pub unit: Unit,
    /// The characters that say it, and those of the number.
    pub said: Range<usize>,
    pub digits: Range<usize>,
    /// Whether every word around it is known.
    pub clear: bool,
    /// Whether it is said of what was published: only a column that is named counts.
    pub shown: bool,
}

/// What a clause says, in its order.
#[derive(Debug)]
pub(super) enum Part {
    /// 其中: what comes next divides the number before.
    Of,
    /// 办结的申请中: what comes next divides these rows.
    Within {
        rows: Vec<usize>,
        columns: bool,
    },
    /// Rows that are spoken of without a number.
    Rows(Vec<usize>),
    Item(Item),
    /// 共计: the sum of the numbers before.
    Sum(Item),
    /// A share of the whole, in per cent: 占51.3%.
    Share(Number, Range<usize>),
    /// How much more or less than the year before: its sign, the number and whether in per cent.
    Change(bool, Number, Unit, Range<usize>),
    /// Something else is counted.
    Counted,
}

/// What was read of a clause.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub parts: Vec<Part>,
    /// It ends in a row or a column whose number is still to come.
    pub waiting: bool,
    /// It has words that are not known.
    pub unknown: bool,
    /// Words that are not known stand before a row and its number: they may narrow it down.
    pub restricted: bool,
}

/// The words up to one number, or between two.
#[derive(Debug, Default)]
struct Segment {
    /// Where the first row, column or number stands, and the end of the last word.
    start: Option<usize>,
    end: usize,
    /// The end of the last row or column, and of the last number and its unit.
    named: usize,
    ends: usize,
    rows: Vec<usize>,
    columns: Vec<usize>,
    numbers: Vec<(Number, Unit, Range<usize>)>,
    none: Option<Range<usize>>,
    joined: bool,
    each: bool,
    sum: bool,
    shown: bool,
    caused: bool,
    share: bool,
    /// Up or down, where it compares with the year before.
    compared: bool,
    change: Option<bool>,
    unknown: bool,
    unclear: bool,
}

/// Reads a clause.
pub(super) fn read(tokens: &[Token<'_>], namings: &[Naming]) -> Read {
    let mut reader = Reader {
        namings,
        read: Read::default(),
        segment: Segment::default(),
    };
    for token in tokens {
        reader.token(token);
    }
    let segment = &reader.segment;
    let ends = segment.named == segment.end && segment.named > 0;
    let part = |row: &usize| matches!(namings.get(*row).map(|row| &row.names), Some(Named::Row(row)) if row.group.is_some());
    reader.read.waiting = ends
        && segment.numbers.is_empty()
        && segment.none.is_none()
        && (segment.rows.iter().any(part) || !segment.columns.is_empty());
    reader.close();
    reader.read
}

struct Reader<'a> {
    namings: &'a [Naming],
    read: Read,
    segment: Segment,
}

impl Reader<'_> {
    fn token(&mut self, token: &Token<'_>) {
        let counted = !self.segment.numbers.is_empty();
        match token.what {
            What::Number(number, unit) => self.number(number, unit, token.range.clone()),
            What::Word(word) if word.row.is_some() || word.column.is_some() => {
                if let Some(row) = word.row {
                    self.row(row);
                }
                if let Some(column) = word.column {
                    self.column(column);
                }
                self.segment.joined = false;
                self.segment.named = token.range.end;
                self.segment.start.get_or_insert(token.range.start);
            }
            What::Own => {}
            What::Word(word) if word.is(Kind::Of) => {
                self.within();
                self.close();
                self.read.parts.push(Part::Of);
            }
            What::Word(word) if word.is(Kind::Within) => {
                if counted {
                    self.close();
                    self.read.parts.push(Part::Of);
                } else {
                    self.within();
                }
            }
            What::Word(word)
                if counted
                    && word.is_any(&[
                        Kind::Joiner,
                        Kind::Tail,
                        Kind::Share,
                        Kind::Compared,
                        Kind::Each,
                        Kind::None,
                    ]) =>
            {
                // 分别为20件、6件; 予以公开和部分公开20件、6件
                let several = self.segment.rows.len().max(self.segment.columns.len()) > 1;
                if several && word.is(Kind::Joiner) {
                    self.segment.joined = true;
                } else {
                    self.close();
                    // 新收38件申请已办结36件: what follows may be a part.
                    self.segment.unclear = word.is(Kind::Tail) && !word.is(Kind::Joiner);
                    self.segment.share = word.is(Kind::Share);
                    self.segment.compared = word.is(Kind::Compared);
                    if word.is(Kind::None) {
                        self.segment.none = Some(token.range.clone());
                    }
                }
            }
            What::Word(word) => {
                let segment = &mut self.segment;
                segment.joined |= word.is(Kind::Joiner);
                segment.each |= word.is(Kind::Each);
                segment.sum |= word.is(Kind::Sum);
                segment.shown |= word.is(Kind::Shown);
                segment.caused |= word.is(Kind::Cause);
                segment.share |= word.is(Kind::Share);
                segment.compared |= word.is(Kind::Compared);
                if word.is(Kind::Up) || word.is(Kind::Down) {
                    segment.change = Some(word.is(Kind::Up));
                }
                if word.is(Kind::None) && !counted {
                    segment.none = Some(token.range.clone());
                }
                segment.unclear |= word.is(Kind::Vague);
            }
            What::Year(_) | What::Day | What::Unknown | What::Stop(_) => {
                if counted {
                    self.segment.unclear = true;
                } else {
                    self.segment.unknown = true;
                }
                self.read.unknown = true;
            }
        }
        self.segment.end = token.range.end;
    }

    fn number(&mut self, number: Number, unit: Unit, range: Range<usize>) {
        let digits = range.start..range.start + number.length;
        let segment = &mut self.segment;
        let several = segment.rows.len().max(segment.columns.len()) > 1;
        // 3、5件: the first number is none by itself.
        if segment.rows.is_empty()
            && let Some(Part::Item(item)) = self.read.parts.last_mut()
        {
            item.clear &= item.unit != Unit::None;
        }
        if unit == Unit::Percent {
            let share = segment.share && segment.rows.is_empty();
            match segment.change.filter(|_| segment.compared) {
                Some(up) if !segment.unknown => {
                    let part = Part::Change(up, number, unit, digits.clone());
                    self.read.parts.push(part);
                }
                None if share && !segment.unknown => {
                    self.read.parts.push(Part::Share(number, digits.clone()));
                }
                _ => {}
            }
            self.segment = Segment::default();
        } else if segment.compared {
            if let (Some(up), false) = (segment.change, segment.unknown) {
                let part = Part::Change(up, number, unit, digits.clone());
                self.read.parts.push(part);
            }
            self.segment = Segment::default();
        } else if segment.numbers.is_empty() || several && segment.joined {
            // A number without a unit is one only behind the words that it belongs to.
            let named = !segment.rows.is_empty() || !segment.columns.is_empty();
            segment.unclear |= unit == Unit::None && !named || number.broken && unit != Unit::Yuan;
            segment.start.get_or_insert(range.start);
            segment.ends = range.end;
            segment.numbers.push((number, unit, digits));
            segment.joined = false;
        } else {
            segment.unclear = true;
        }
    }

    fn row(&mut self, row: usize) {
        let (namings, segment) = (self.namings, &mut self.segment);
        let term = |id: usize| match namings.get(id).map(|naming| &naming.names) {
            Some(Named::Row(row)) => Some(row),
            _ => None,
        };
        let table = |id: usize| term(id).map(|row| row.table.as_str());
        let takes = |verb: usize, object: usize| {
            let tables = term(verb).map_or(&[][..], |row: &RowNaming| &row.objects);
            table(object).is_some_and(|table| tables.iter().any(|known| known == table))
        };
        match segment.rows.last().copied() {
            None => segment.rows.push(row),
            // 予以公开答复20件, 2件结转下年度办理
            Some(last) if last == row || takes(row, last) && table(last) == table(row) => {}
            // 38件予以公开: two rows, one number between them.
            Some(_) if !segment.numbers.is_empty() => segment.unclear = true,
            Some(last) if segment.joined && last != row => segment.rows.push(row),
            Some(last) if takes(last, row) => {
                let caused = term(row).is_some_and(|row| row.caused);
                segment.unclear |= caused && !segment.caused;
                segment.rows.pop();
                segment.rows.push(row);
            }
            Some(_) => segment.unclear = true,
        }
    }

    fn column(&mut self, column: usize) {
        let segment = &mut self.segment;
        match segment.columns.last() {
            None => segment.columns.push(column),
            Some(last) if *last == column => {}
            Some(_) if segment.joined && segment.numbers.is_empty() => {
                segment.columns.push(column);
            }
            Some(_) => segment.unclear = true,
        }
    }

    /// Rows without a number whose parts come next.
    fn within(&mut self) {
        let segment = &mut self.segment;
        if segment.numbers.is_empty() && (!segment.rows.is_empty() || !segment.columns.is_empty()) {
            let part = Part::Within {
                rows: std::mem::take(&mut segment.rows),
                columns: !std::mem::take(&mut segment.columns).is_empty(),
            };
            self.read.parts.push(part);
        }
    }

    /// Ends a segment.
    fn close(&mut self) {
        let segment = std::mem::take(&mut self.segment);
        let end = segment.end;
        let named = !segment.rows.is_empty() || !segment.columns.is_empty();
        if segment.numbers.is_empty() {
            if let Some(none) = segment.none.clone().filter(|_| named) {
                self.none(&segment, none, end);
            } else if !segment.rows.is_empty() {
                self.read.parts.push(Part::Rows(segment.rows));
            }
            return;
        }
        let clear =
            !(segment.unknown || segment.unclear || segment.none.is_some() || self.read.restricted);
        self.read.restricted |= segment.unknown && !segment.rows.is_empty();
        let item = |rows: &[usize], columns: &[usize], at: usize| {
            let (number, unit, digits) = segment.numbers.get(at)?.clone();
            Some(Item {
                rows: rows.to_vec(),
                columns: columns.to_vec(),
                number,
                unit,
                said: segment.start.unwrap_or(digits.start)..segment.ends.max(segment.named),
                digits,
                clear,
                shown: segment.shown,
            })
        };
        let (rows, columns) = (&segment.rows, &segment.columns);
        if !named {
            let sum = item(&[], &[], 0).filter(|item| segment.sum && item.clear);
            self.read.parts.push(sum.map_or(Part::Counted, Part::Sum));
            return;
        }
        let several = rows.len().max(columns.len());
        let numbers = segment.numbers.len();
        let pairs = several > 1 && (numbers == several || segment.each && numbers == 1);
        let mut items = Vec::new();
        if pairs {
            for index in 0..several {
                let at = if numbers == 1 { 0 } else { index };
                items.extend(if rows.len() > 1 {
                    item(rows.get(index..=index).unwrap_or_default(), columns, at)
                } else {
                    item(rows, columns.get(index..=index).unwrap_or_default(), at)
                });
            }
        } else if let Some(mut whole) = item(rows, columns, 0) {
            whole.clear &= numbers == 1;
            items.push(whole);
        }
        self.read.parts.extend(items.into_iter().map(Part::Item));
    }

    /// 未收到申请, 无行政复议、行政诉讼: none of each.
    fn none(&mut self, segment: &Segment, none: Range<usize>, end: usize) {
        let rows: Vec<&[usize]> = match segment.rows.as_slice() {
            [] => vec![&[]],
            rows => rows.chunks(1).collect(),
        };
        for rows in rows {
            self.read.parts.push(Part::Item(Item {
                rows: rows.to_vec(),
                columns: segment.columns.clone(),
                number: Number::NONE,
                unit: Unit::Count,
                said: none.start..end,
                digits: none.clone(),
                clear: !segment.unknown && !segment.unclear,
                shown: segment.shown,
            }));
        }
    }
}
