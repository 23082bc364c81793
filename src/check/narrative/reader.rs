//! Sentence after sentence through a paragraph: whose number it is, of which year, of what whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::characters::{Character, characters, contain, simplified};
use super::clause::{self, Item, Part};
use super::elsewhere;
use super::lexicon::{Kind, Lexicon};
use super::number::Number;
use super::tables::{Readings, Tables};
use super::tokens::{Stop, Token, Unit, What, tokens};
use crate::document::heading;
use crate::form::{FigureId, Topic};
use crate::report::{Line, Report, Worded};

/// A number that contradicts the tables.
#[derive(Debug)]
pub(super) struct Doubt<'a> {
    /// The paragraph.
    pub worded: &'a Worded,
    /// Its bytes from the first word to the last, and those of the number.
    pub said: Range<usize>,
    pub digits: Range<usize>,
    /// What the tables say.
    pub against: Against,
}

/// What a number contradicts.
#[derive(Debug)]
pub(super) enum Against {
    /// The sum of these figures, of the year before where so.
    Figures(Vec<FigureId>, bool),
    /// The share that a number is of a whole, in per cent.
    Share(Decimal),
    /// The change of the sum of these figures since the year before.
    Change(Vec<FigureId>, Decimal),
}

/// What the numbers that come are parts of.
#[derive(Debug, Clone)]
enum Scope {
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
struct Whole {
    rows: Vec<usize>,
    /// Whether its number is that of the tables.
    agreed: bool,
    /// Whether it is all that there is, so that each part is a figure of the tables. Parts of
    /// 新收, which leaves out what was carried in, may be less, but never more.
    all: bool,
}

/// What is known at one point of a paragraph.
#[derive(Clone)]
struct State {
    /// For each topic: whether it was opened since other things were counted, and at all.
    open: Vec<bool>,
    ever: Vec<bool>,
    /// The paragraph has gone over to another year, and to which.
    year: Option<i32>,
    /// The rest of the sentence may be about something else; about one way in or out.
    silent: bool,
    way: bool,
    scope: Scope,
    /// What 其中 would divide here.
    before: Scope,
    /// Numbers of one kind of applicant came: the rows that follow may be theirs.
    applicants: bool,
    /// The rows of one group that came one after the other, and the sum of their numbers.
    sum: (Vec<usize>, Decimal),
    /// The rows and the columns that the sentence named last.
    rows: Vec<usize>,
    columns: Vec<String>,
    /// Whether the number of those rows is that of the tables.
    agreed: bool,
    /// The clause before ends in words whose number is still to come.
    waiting: bool,
    last: Option<Last>,
}

/// The number before: what follows may take it back, or say more of it.
#[derive(Clone)]
struct Last {
    rows: Vec<usize>,
    readings: Readings,
    number: Number,
    doubted: bool,
    agreed: bool,
    /// Whether a clause has come in between.
    past: bool,
}

/// Reads the paragraphs of one text after the other.
pub(super) struct Reader<'a> {
    report: &'a Report,
    lexicon: &'a Lexicon<'a>,
    tables: Tables<'a>,
    previous: Option<Tables<'a>>,
    wholes: Vec<Decimal>,
    /// The headings above, outermost first, each with its level.
    headings: Vec<(usize, String)>,
    pub doubts: Vec<Doubt<'a>>,
}

/// How far back in its sentence a word is looked for that a number needs, in characters.
const LOOKED_BACK: usize = 300;

/// One sentence, as far as it was read.
struct Sentence<'s> {
    characters: &'s [Character],
    from: usize,
}

impl<'a> Reader<'a> {
    pub fn new(report: &'a Report, previous: Option<&'a Report>, lexicon: &'a Lexicon<'a>) -> Self {
        let tables = Tables { report };
        Self {
            report,
            lexicon,
            wholes: tables.wholes(),
            tables,
            previous: previous.map(|report| Tables { report }),
            headings: Vec::new(),
            doubts: Vec::new(),
        }
    }

    fn topics(&self) -> &'a [Topic] {
        &self.report.form.topics
    }

    /// Reads the paragraphs of one text.
    pub fn text(&mut self, lines: &'a [Line]) {
        self.headings.clear();
        for line in lines {
            if let Some((emphasis, end)) = heading::recognise(&line.worded.text) {
                let level = emphasis as usize;
                self.headings.retain(|(above, _)| *above < level);
                let text = simplified(line.worded.text.get(..end).unwrap_or_default());
                self.headings.push((level, text));
            }
            self.line(line);
        }
    }

    fn line(&mut self, line: &'a Line) {
        let characters = characters(self.report, self.lexicon, line);
        let tokens = tokens(&characters, self.lexicon);
        let mut headings = self.headings.iter();
        let names = |token: &Token<'_>| matches!(token.what, What::Word(w) if w.row.is_some() || w.column.is_some());
        if !tokens.iter().any(names)
            || headings.any(|(_, text)| elsewhere::heading_turns_away(self.lexicon, text))
        {
            return;
        }
        let above = |topic: &Topic| {
            let mut words = topic.words.iter();
            words.any(|word| {
                self.headings
                    .iter()
                    .any(|(_, text)| text.contains(word.as_str()))
            })
        };
        let above: Vec<bool> = self.topics().iter().map(above).collect();
        let mut state = State {
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
        };
        let mut bracket: Option<State> = None;
        let mut from = 0;
        let mut opens = true;
        let mut sentence = Sentence {
            characters: &characters,
            from: 0,
        };
        for at in 0..=tokens.len() {
            let stop = match tokens.get(at).map(|token| token.what) {
                Some(What::Stop(stop)) => stop,
                Some(_) => continue,
                None => Stop::Sentence,
            };
            let clause = tokens.get(from..at).unwrap_or_default();
            self.clause(&line.worded, clause, opens, &sentence, &mut state);
            from = at + 1;
            opens = stop == Stop::Sentence;
            match stop {
                Stop::Clause => {}
                Stop::Open => bracket = Some(state.clone()),
                Stop::Close => {
                    if let Some(outside) = bracket.take() {
                        let silent = state.silent;
                        state = outside;
                        state.silent |= silent;
                    }
                }
                Stop::List | Stop::Sentence => {
                    state.scope = Scope::Report;
                    state.waiting = false;
                    state.applicants = false;
                    bracket = None;
                }
            }
            if stop == Stop::Sentence {
                state.silent = false;
                state.way = false;
                state.sum = (Vec::new(), Decimal::ZERO);
                state.rows.clear();
                state.columns.clear();
                state.agreed = true;
                let next = tokens.get(from).map(|token| token.range.start);
                sentence.from = next.unwrap_or(characters.len());
            }
        }
    }

    fn clause(
        &mut self,
        worded: &'a Worded,
        clause: &[Token<'_>],
        opens: bool,
        sentence: &Sentence<'_>,
        state: &mut State,
    ) {
        let (Some(first), Some(end)) = (clause.first(), clause.last()) else {
            return;
        };
        let range = first.range.start..end.range.end;
        let said = sentence.characters.get(range.clone()).unwrap_or_default();
        for (index, topic) in self.topics().iter().enumerate() {
            if topic.words.iter().any(|word| contain(said, word))
                && let (Some(open), Some(ever)) =
                    (state.open.get_mut(index), state.ever.get_mut(index))
            {
                (*open, *ever) = (true, true);
            }
        }
        let read = clause::read(clause, &self.report.form.namings);
        let compared = clause.iter().any(|token| token.is(Kind::Compared));
        self.year(clause, opens, compared, state);
        let changes = clause
            .iter()
            .any(|token| token.is(Kind::Up) || token.is(Kind::Down));
        // 较上年减少3件 is told of one number; 与上年相比 of all that follow.
        let away = elsewhere::turns_away(self.lexicon, clause, sentence.characters);
        state.silent |= away || compared && !changes && state.last.is_none();
        state.way |= clause.iter().any(|token| token.is(Kind::Way));
        self.take_back(&read.parts, clause, said, state);
        let narrows = read.unknown && elsewhere::narrows(clause, said);
        let counts = read
            .parts
            .iter()
            .any(|part| matches!(part, Part::Item(_) | Part::Counted));
        let waited = std::mem::replace(&mut state.waiting, read.waiting);
        let mut spoken = false;
        for part in read.parts {
            match part {
                Part::Of => state.scope = state.before.clone(),
                Part::Within { columns: true, .. } => state.scope = Scope::Portion,
                Part::Within { rows, .. } => state.scope = Scope::Of(self.whole(rows)),
                Part::Rows(rows) => state.rows = rows,
                Part::Item(item) => {
                    spoken = true;
                    self.item(worded, sentence, item, waited || compared, state);
                }
                Part::Sum(item) => self.total(worded, sentence, item, state),
                Part::Share(number, range) => self.share(worded, sentence, &number, range, state),
                Part::Change(up, number, unit, range) => {
                    self.change(worded, sentence, (up, &number, unit), range, state);
                }
                Part::Counted if compared => {}
                Part::Counted => {
                    state.before = Scope::Portion;
                    for (open, topic) in state.open.iter_mut().zip(&self.report.form.topics) {
                        *open &= !topic.closes;
                    }
                }
            }
        }
        state.silent |= read.restricted;
        if narrows && !counts {
            (state.scope, state.before) = (Scope::Some, Scope::Portion);
        }
        if !spoken && let Some(last) = &mut state.last {
            last.past = true;
        }
    }

    /// Which year a sentence or a paragraph goes over to.
    fn year(&self, clause: &[Token<'_>], opens: bool, compared: bool, state: &mut State) {
        let own = |token: &Token<'_>| matches!(token.what, What::Word(word) if word.year);
        let other = clause
            .iter()
            .enumerate()
            .find_map(|(at, token)| match token.what {
                What::Year(year) => Some((at, year)),
                _ => None,
            });
        match other {
            _ if compared => {}
            Some((0, year)) if opens => state.year = Some(year),
            Some(_) => state.silent = true,
            // 2023年…。2024年…: the paragraph comes back to the report's year.
            None if opens && clause.iter().any(own) => state.year = None,
            None => {}
        }
    }

    /// A row whose parts come, its number being that of the tables.
    fn whole(&self, rows: Vec<usize>) -> Whole {
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

    fn item(
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

    /// Whether a number is a part of less than all, and may be less than the figure.
    fn is_share(&self, item: &Item, rows: &[usize], state: &State) -> bool {
        match &state.scope {
            Scope::Of(whole) => {
                !item.rows.is_empty() && !whole.all && !self.is_below(rows, &whole.rows)
            }
            _ => false,
        }
    }

    /// Whether rows are below others: each of the rows is one of theirs.
    fn is_below(&self, rows: &[usize], whole: &[usize]) -> bool {
        let keys = |rows: &[usize]| {
            let rows = rows
                .iter()
                .filter_map(|row| self.tables.row(*row)?.readings.first());
            rows.flatten().map(String::as_str).collect::<Vec<&str>>()
        };
        let whole = keys(whole);
        keys(rows).iter().all(|row| whole.contains(row))
    }

    fn in_scope(&self, item: &Item, rows: &[usize], state: &State) -> bool {
        match &state.scope {
            _ if state.applicants && !item.rows.is_empty() && item.columns.is_empty() => false,
            // Parts of a number that is wrong itself are not told of.
            Scope::Report => {
                !item.rows.is_empty()
                    || state.agreed
                    || !item.columns.is_empty() && rows != state.rows
            }
            Scope::Portion => false,
            Scope::Some => rows.iter().all(|row| {
                let table = self.tables.row(*row).map(|row| row.table.as_str());
                !self
                    .topics()
                    .iter()
                    .any(|topic| Some(topic.table.as_str()) == table)
            }),
            Scope::Of(whole) if item.rows.is_empty() || self.is_below(rows, &whole.rows) => {
                whole.agreed
            }
            Scope::Of(whole) => {
                let term = |row: &usize| self.tables.row(*row);
                let divides = whole
                    .rows
                    .iter()
                    .filter_map(term)
                    .find_map(|row| row.divides.as_deref());
                let table = whole
                    .rows
                    .first()
                    .and_then(term)
                    .map(|row| row.table.as_str());
                let fits = rows.iter().filter_map(term).all(|row| match &row.group {
                    Some(group) => divides == Some(group),
                    None => divides.is_some() && table == Some(row.table.as_str()),
                });
                fits && (whole.all || whole.agreed)
            }
        }
    }

    /// Whether the text speaks of the table that the rows are in.
    fn in_context(
        &self,
        item: &Item,
        rows: &[usize],
        sentence: &Sentence<'_>,
        state: &State,
    ) -> bool {
        let said = |to: usize| {
            let from = sentence.from.max(to.saturating_sub(LOOKED_BACK));
            sentence.characters.get(from..to).unwrap_or_default()
        };
        // What is needed may stand behind the number: 收到40份政府信息公开申请.
        let behind = (item.said.end + 12).min(sentence.characters.len());
        rows.iter().all(|row| {
            let Some(term) = self.report.form.namings.get(*row) else {
                return false;
            };
            let Some(table) = self.tables.row(*row).map(|row| row.table.as_str()) else {
                return false;
            };
            let needs = &term.needs;
            let topics = self
                .topics()
                .iter()
                .enumerate()
                .filter(|(_, topic)| topic.table == table);
            let mut topics = topics.map(|(index, topic)| {
                let known = if topic.closes {
                    &state.open
                } else {
                    &state.ever
                };
                known.get(index) == Some(&true)
                    || topic
                        .sentence
                        .iter()
                        .any(|word| contain(said(item.said.end), word))
            });
            let way = state.way
                && self
                    .topics()
                    .iter()
                    .any(|topic| topic.table == table && topic.closes);
            let open = topics
                .next()
                .is_none_or(|first| first || topics.any(|open| open));
            let needed = needs.is_empty() || needs.iter().any(|word| contain(said(behind), word));
            open && needed && !way
        })
    }

    /// Whether the numbers of several rows may be added up.
    fn may_be_added(&self, rows: &[usize]) -> bool {
        let group = |row: &usize| self.tables.row(*row)?.group.as_deref();
        match rows {
            [] | [_] => true,
            [first, rest @ ..] => {
                group(first).is_some()
                    && rest
                        .iter()
                        .all(|row| row != first && group(row) == group(first))
            }
        }
    }

    /// 共计41件: the sum of the rows before.
    fn total(
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

    /// 占51.3%: of any whole that the tables have.
    fn share(
        &mut self,
        worded: &'a Worded,
        sentence: &Sentence<'_>,
        share: &Number,
        range: Range<usize>,
        state: &State,
    ) {
        let Some(last) = &state.last else { return };
        let requests = last.rows.iter().all(|row| {
            self.tables
                .row(*row)
                .is_some_and(|row| row.table == "requests")
        });
        if !last.agreed || last.past || state.silent || state.year.is_some() || !requests {
            return;
        }
        let mut wholes = self.wholes.clone();
        for id in 0..self.report.form.namings.len() {
            if self
                .tables
                .row(id)
                .is_some_and(|row| row.table == "requests" && row.divides.is_some())
            {
                let readings = self.tables.readings(&[id], &[], None, Unit::Count);
                wholes.extend(
                    readings
                        .iter()
                        .filter_map(|figures| self.tables.sum(figures)),
                );
            }
        }
        let shares: Vec<Decimal> = wholes
            .iter()
            .filter_map(|whole| {
                last.number
                    .value
                    .checked_mul(Decimal::ONE_HUNDRED)?
                    .checked_div(*whole)
            })
            .collect();
        let Some(first) = shares
            .first()
            .filter(|_| !shares.iter().any(|value| share.fits(*value)))
        else {
            return;
        };
        let against = Against::Share(first.round_dp(2));
        self.doubt(worded, sentence, range.clone(), range, against);
    }

    /// 较上年增加12件, 同比增长20%.
    fn change(
        &mut self,
        worded: &'a Worded,
        sentence: &Sentence<'_>,
        (up, number, unit): (bool, &Number, Unit),
        range: Range<usize>,
        state: &State,
    ) {
        let (Some(previous), Some(last)) = (self.previous, &state.last) else {
            return;
        };
        if !last.agreed
            || state.silent
            || state.year.is_some()
            || previous.report.year + 1 != self.report.year
        {
            return;
        }
        let change = |figures: &Vec<FigureId>| {
            let keys = figures.iter().map(|id| &self.report.form.spec(*id).key);
            let before = keys
                .map(|key| previous.report.form.figure(key))
                .collect::<Option<Vec<_>>>()?;
            let before = previous.sum(&before)?;
            let change = last.number.value.checked_sub(before)?;
            match unit {
                Unit::Percent => change
                    .checked_mul(Decimal::ONE_HUNDRED)?
                    .checked_div(before),
                _ => Some(change),
            }
        };
        let changes: Vec<Decimal> = last.readings.iter().filter_map(change).collect();
        let fits = |change: &Decimal| {
            (change.is_sign_positive() == up || change.is_zero()) && number.fits(change.abs())
        };
        if let (Some(expected), Some(figures)) = (changes.first(), last.readings.first())
            && !changes.iter().any(fits)
        {
            let against = Against::Change(figures.clone(), expected.round_dp(2));
            self.doubt(worded, sentence, range.clone(), range, against);
        }
    }

    fn doubt(
        &mut self,
        worded: &'a Worded,
        sentence: &Sentence<'_>,
        said: Range<usize>,
        digits: Range<usize>,
        against: Against,
    ) {
        let bytes = |range: Range<usize>| {
            let part = sentence.characters.get(range).unwrap_or_default();
            let start = part.first().map_or(0, |character| character.at);
            start..part.last().map_or(start, |character| character.end)
        };
        self.doubts.push(Doubt {
            worded,
            said: bytes(said),
            digits: bytes(digits),
            against,
        });
    }

    /// Takes back the last doubt where this clause says that its number holds more or goes to
    /// several: 予以公开275件，其中部分公开3件; 行政复议120件，其中因信息公开3件.
    fn take_back(
        &mut self,
        parts: &[Part],
        clause: &[Token<'_>],
        said: &[Character],
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
        let narrowed = words.any(|word| contain(said, word))
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
