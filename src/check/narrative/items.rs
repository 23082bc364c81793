//! A number and the rows and columns beside it, against the tables.

use rust_decimal::Decimal;

use super::characters::{Character, contain};
use super::clause::{Item, Part};
use super::lexicon::Kind;
use super::reader::{Against, Reader, Sentence};
use super::state::{Last, Scope, State, Whole};
use super::tables::Readings;
use super::tokens::{Token, Unit};
use crate::report::Worded;

impl<'a> Reader<'a> {
    pub(super) fn item(
        &mut self,
        worded: &'a Worded,
        sentence: &Sentence<'_>,
        item: Item,
        muffled: bool,
        state: &mut State,
    ) {
        let named = self.tables.columns(&item.columns);
        let rows = match item.rows.as_slice() {
            [] => self.rows_of(&named, state),
            rows => rows.to_vec(),
        };
        let before = (!item.shown && !state.columns.is_empty()).then_some(state.columns.as_slice());
        let mut readings = self.tables.readings(&rows, &named, before, item.unit);
        if item.rows.is_empty() && state.sum.0.len() > 1 {
            // 新收38件，上年结转3件，其中自然人29件: of both together.
            readings.extend(
                self.tables
                    .readings(&state.sum.0, &named, before, item.unit),
            );
            for row in &state.sum.0 {
                readings.extend(self.tables.readings(&[*row], &named, before, item.unit));
            }
        }
        let tables = match state.year {
            None => Some(self.tables),
            Some(year) => self.previous.filter(|previous| {
                previous.report.year == year && previous.report.form.id == self.report.form.id
            }),
        };
        let agreed = tables.is_none_or(|tables| tables.agree(&item.number, &readings));
        let first = rows.first().and_then(|row| self.tables.row(*row));
        let most = first.is_some_and(|row| row.most);
        let wrong = tables.is_some_and(|tables| {
            let exceeds = tables.are_exceeded(&item.number, &readings);
            let less = most || self.is_share(&item, &rows, state);
            !agreed && (!less || exceeds)
        });
        let doubted = wrong
            && item.clear
            && !muffled
            && !state.silent
            && !readings.is_empty()
            && self.may_be_added(&item.rows)
            && self.in_scope(&item, &rows, state)
            && self.in_context(&item, &rows, sentence, state);
        if doubted && let Some(figures) = readings.first() {
            let against = Against::Figures(figures.clone(), state.year.is_some());
            self.doubt(
                worded,
                sentence,
                item.said.clone(),
                item.digits.clone(),
                against,
            );
        }
        self.remember(
            &item,
            rows,
            named,
            readings,
            (doubted, agreed && item.clear),
            state,
        );
    }

    /// What is known behind an item.
    fn remember(
        &self,
        item: &Item,
        rows: Vec<usize>,
        named: Vec<String>,
        readings: Readings,
        (doubted, agreed): (bool, bool),
        state: &mut State,
    ) {
        let group = |row: &usize| self.tables.row(*row)?.group.as_deref();
        let said = item.number.value;
        state.sum = match item.rows.as_slice() {
            [row]
                if group(row).is_some()
                    && state
                        .sum
                        .0
                        .last()
                        .is_some_and(|last| group(last) == group(row)) =>
            {
                let mut rows = std::mem::take(&mut state.sum.0);
                rows.push(*row);
                (rows, state.sum.1.checked_add(said).unwrap_or(said))
            }
            [row] if item.columns.is_empty() => (vec![*row], said),
            [] => std::mem::take(&mut state.sum),
            _ => (Vec::new(), Decimal::ZERO),
        };
        state.before = if item.rows.is_empty() || !item.columns.is_empty() || !item.clear {
            Scope::Portion
        } else {
            let all = |number: &Decimal| self.wholes.contains(number);
            Scope::Of(Whole {
                all: all(&said) || state.sum.0.len() > 1 && all(&state.sum.1),
                rows: rows.clone(),
                agreed,
            })
        };
        state.applicants |= item.rows.is_empty() && !named.contains(&"total".to_owned());
        if !named.is_empty() {
            state.columns = named;
        }
        if !item.rows.is_empty() {
            state.agreed = agreed;
        }
        state.last = Some(Last {
            rows: rows.clone(),
            readings,
            number: item.number,
            doubted,
            agreed,
            past: false,
        });
        state.rows = rows;
    }

    /// The rows of which a column without a row speaks.
    fn rows_of(&self, columns: &[String], state: &State) -> Vec<usize> {
        let has = |rows: &[usize]| {
            !self
                .tables
                .readings(rows, columns, None, Unit::Count)
                .is_empty()
        };
        let whole = match &state.scope {
            Scope::Of(whole) => whole.rows.clone(),
            _ => state.rows.clone(),
        };
        if has(&whole) {
            return whole;
        }
        // Applicants are those of the year, if nothing else was spoken of.
        let mut rows = (0..self.report.form.namings.len()).map(|row| vec![row]);
        let first = rows.find(|rows| {
            let received = self
                .tables
                .row(rows[0])
                .is_some_and(|row| row.group.as_deref() == Some("received"));
            received && has(rows)
        });
        first.unwrap_or_default()
    }

    /// A row whose parts come, its number being that of the tables.
    pub(super) fn whole(&self, rows: Vec<usize>) -> Whole {
        let value = self.tables.readings(&rows, &[], None, Unit::Count);
        let value = value.first().and_then(|figures| self.tables.sum(figures));
        let divides = rows
            .iter()
            .any(|row| self.tables.row(*row).is_some_and(|r| r.divides.is_some()));
        Whole {
            all: divides && value.is_some_and(|value| self.wholes.contains(&value)),
            rows,
            agreed: true,
        }
    }

    /// 共计41件: the sum of the rows before.
    pub(super) fn total(
        &mut self,
        worded: &'a Worded,
        sentence: &Sentence<'_>,
        item: Item,
        state: &mut State,
    ) {
        if state.sum.0.len() < 2 {
            state.before = Scope::Portion;
            return;
        }
        let item = Item {
            rows: state.sum.0.clone(),
            ..item
        };
        self.item(worded, sentence, item, false, state);
    }

    /// Takes back the last doubt where this clause says that its number holds more or goes to
    /// several: 予以公开275件，其中部分公开3件; 行政复议120件，其中因信息公开3件.
    pub(super) fn take_back(
        &mut self,
        parts: &[Part],
        clause: &[Token<'_>],
        (opens, said): (bool, &[Character]),
        state: &mut State,
    ) {
        let Some(last) = state
            .last
            .as_mut()
            .filter(|last| last.doubted && !last.past)
        else {
            return;
        };
        let includes = clause.first().is_some_and(|token| token.is(Kind::Of))
            || clause.iter().any(|token| token.is(Kind::Within));
        let group = |row: &usize| self.tables.row(*row)?.group.as_deref();
        let siblings = parts.iter().any(|part| match part {
            Part::Item(item) => item.rows.iter().any(|row| {
                last.rows
                    .iter()
                    .any(|own| own == row || group(own).is_some() && group(own) == group(row))
            }),
            _ => false,
        });
        let table = last
            .rows
            .first()
            .and_then(|row| self.tables.row(*row))
            .map(|row| &row.table);
        let topics = self
            .report
            .form
            .topics
            .iter()
            .filter(|topic| Some(&topic.table) == table);
        let mut words = topics.flat_map(|topic| topic.words.iter().chain(&topic.sentence));
        // 行政复议56件，信息公开类3件: the first number was of other matters too.
        let narrowed = !opens
            && words.any(|word| contain(said, word))
            && parts.iter().any(|part| match part {
                Part::Item(item) => item.rows.is_empty() || item.rows == last.rows,
                Part::Counted | Part::Sum(_) => true,
                _ => false,
            });
        let spread = last.rows.len() > 1 && matches!(parts.first(), Some(Part::Counted));
        if includes && siblings || narrowed || spread {
            last.doubted = false;
            self.doubts.pop();
        }
    }
}
