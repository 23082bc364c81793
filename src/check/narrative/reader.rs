//! Sentence after sentence through a paragraph: whose number it is, of which year, of what whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::characters::{Character, characters, contain, simplified};
use super::clause::{self, Part};
use super::elsewhere;
use super::lexicon::{Kind, Lexicon};
use super::state::{Scope, State};
use super::tables::Tables;
use super::tokens::{Stop, Token, What, tokens};
use crate::form::{FigureId, Topic};
use crate::report::heading;
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

/// Reads the paragraphs of one text after the other.
pub(super) struct Reader<'a> {
    pub(super) report: &'a Report,
    pub(super) lexicon: &'a Lexicon<'a>,
    pub(super) tables: Tables<'a>,
    pub(super) previous: Option<Tables<'a>>,
    pub(super) wholes: Vec<Decimal>,
    /// The headings above, outermost first, each with its level.
    pub(super) headings: Vec<(usize, String)>,
    pub doubts: Vec<Doubt<'a>>,
}

/// One sentence, as far as it was read.
pub(super) struct Sentence<'s> {
    pub characters: &'s [Character],
    pub from: usize,
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

    pub(super) fn topics(&self) -> &'a [Topic] {
        &self.report.form.topics
    }

    /// Reads the paragraphs of one text.
    pub fn text(&mut self, lines: &'a [Line]) {
        self.headings.clear();
        for line in lines {
            if let Some((level, end)) = heading::recognise(&line.worded.text) {
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
        let mut state = State::new(above);
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
        // The year that a sentence is about is no word of its grammar.
        let dated = opens && matches!(first.what, What::Year(_));
        let grammar = clause.get(usize::from(dated)..).unwrap_or_default();
        let read = clause::read(grammar, &self.report.form.namings);
        let compared = clause.iter().any(|token| token.is(Kind::Compared));
        self.year(clause, opens, compared, state);
        let changes = clause
            .iter()
            .any(|token| token.is(Kind::Up) || token.is(Kind::Down));
        // 较上年减少3件 is told of one number; 与上年相比 of all that follow.
        let away = elsewhere::turns_away(self.lexicon, clause, sentence.characters);
        state.silent |= away || compared && !changes && state.last.is_none();
        let running = clause.iter().any(|token| token.is(Kind::Running));
        let so_far = sentence.characters.get(sentence.from..range.end);
        let dated = contain(
            so_far.unwrap_or_default(),
            &format!("{}年", self.report.year),
        );
        state.silent |= running && !dated;
        state.way |= clause.iter().any(|token| token.is(Kind::Way));
        self.take_back(&read.parts, clause, (opens, said), state);
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

    pub(super) fn doubt(
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
}
