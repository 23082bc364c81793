//! Clause after clause through a paragraph: whose number it is, of which year, of what whole.

use std::ops::Range;

use rust_decimal::Decimal;

use super::characters::{Character, characters, contain, contain_word, longest, simplified};
use super::clause::{Item, Part, Remainder, Stop, starts_with_number, stop};
use super::elsewhere::{heading_turns_away, other_year, turns_away};
use super::tables::Tables;
use super::vocabulary::Vocabulary;
use super::words::{CHANGE, COMPARED, INCLUDING};
use crate::form::Claim;
use crate::report::{Line, Report, Worded, heading};

/// A number that contradicts the tables.
#[derive(Debug)]
pub(super) struct Doubt<'a> {
    /// The paragraph.
    pub worded: &'a Worded,
    /// Its bytes from the phrase to the unit, and those of the number.
    pub said: Range<usize>,
    pub digits: Range<usize>,
    /// The claims whose figures the number should be the sum of.
    pub claims: Vec<usize>,
}

/// What 其中 would divide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope<'a> {
    /// The tables themselves.
    Report,
    /// All that a group divides: each part is a figure of the tables.
    Whole(&'a str),
    /// A number of the tables that a group divides in part, as 新收 leaves out what was carried
    /// in: a part of it may be less than the figure, but never more.
    Share(&'a str),
    /// Something else.
    Portion,
}

/// Reads the paragraphs of one text after the other.
pub(super) struct Reader<'a> {
    report: &'a Report,
    vocabulary: Vocabulary<'a>,
    tables: Tables<'a>,
    /// The words that are the context of any claim.
    contexts: Vec<&'a str>,
    /// The values of all that the groups divide.
    wholes: Vec<Decimal>,
    /// The headings above, outermost first, each with its level.
    headings: Vec<(usize, String)>,
    doubts: Vec<Doubt<'a>>,
}

/// What is known at one point of a paragraph.
struct State<'a> {
    /// For each context word: whether it was read since other things were counted, and at all.
    recent: Vec<bool>,
    ever: Vec<bool>,
    /// The paragraph has gone over to another year.
    other_year: bool,
    /// The rest of the sentence may be about something else.
    silent: bool,
    scope: Scope<'a>,
    /// What 其中 would divide here.
    before: Scope<'a>,
    /// The sum of the numbers of one group that came one after the other.
    sum: (Option<&'a str>, Decimal),
    /// The clause before ends in a phrase without its number.
    waiting: bool,
    /// The clause before ends in this item.
    last: Option<Last>,
}

/// The item at the end of the clause before: what follows may take it back.
struct Last {
    claims: Vec<usize>,
    doubted: bool,
}

impl<'a> Reader<'a> {
    pub fn new(report: &'a Report) -> Self {
        let vocabulary = Vocabulary::new(report);
        let mut contexts: Vec<&str> = Vec::new();
        for word in report.form.claims.iter().flat_map(|claim| &claim.context) {
            if !contexts.contains(&word.as_str()) {
                contexts.push(word);
            }
        }
        Self {
            report,
            contexts,
            wholes: Tables(report).wholes(),
            tables: Tables(report),
            vocabulary,
            headings: Vec::new(),
            doubts: Vec::new(),
        }
    }

    /// The doubts that were found.
    pub fn doubts(self) -> Vec<Doubt<'a>> {
        self.doubts
    }

    /// Reads the paragraphs of one text.
    pub fn text(&mut self, lines: &'a [Line]) {
        self.headings.clear();
        for line in lines {
            self.heading(&line.worded.text);
            self.line(line);
        }
    }

    fn heading(&mut self, line: &str) {
        if let Some((level, end)) = heading::recognise(line) {
            self.headings.retain(|(above, _)| *above < level);
            let text = simplified(line.get(..end).unwrap_or_default());
            self.headings.push((level, text));
        }
    }

    fn line(&mut self, line: &'a Line) {
        let characters = characters(self.report, line);
        if !self.vocabulary.says_anything(&characters) {
            return;
        }
        let mut headings = self.headings.iter();
        if headings.any(|(_, heading)| heading_turns_away(&self.vocabulary, heading)) {
            return;
        }
        let above: Vec<bool> = self
            .contexts
            .iter()
            .map(|word| self.headings.iter().any(|(_, text)| text.contains(word)))
            .collect();
        let mut state = State {
            recent: above.clone(),
            ever: above,
            other_year: false,
            silent: false,
            scope: Scope::Report,
            before: Scope::Portion,
            sum: (None, Decimal::ZERO),
            waiting: false,
            last: None,
        };
        let mut from = 0;
        let mut opens = true;
        for at in 0..=characters.len() {
            let stop = match characters.get(at) {
                Some(_) => stop(&characters, at),
                None => Some(Stop::Sentence),
            };
            let Some(stop) = stop else { continue };
            let clause = characters.get(from..at).unwrap_or_default();
            self.clause(&line.worded, clause, opens, &mut state);
            from = at + 1;
            opens = stop == Stop::Sentence;
            if stop != Stop::Clause {
                state.scope = Scope::Report;
                state.waiting = false;
            }
            if stop == Stop::Sentence {
                state.silent = state.other_year;
                state.sum = (None, Decimal::ZERO);
            }
        }
    }

    fn clause(
        &mut self,
        worded: &'a Worded,
        clause: &[Character],
        opens: bool,
        state: &mut State<'a>,
    ) {
        if clause.is_empty() {
            return;
        }
        self.take_back(clause, state.last.take());
        for (index, word) in self.contexts.iter().enumerate() {
            if contain_word(clause, word)
                && let (Some(recent), Some(ever)) =
                    (state.recent.get_mut(index), state.ever.get_mut(index))
            {
                (*recent, *ever) = (true, true);
            }
        }
        let compared = contain(clause, &COMPARED);
        match other_year(clause, self.report.year) {
            Some(true) => {
                state.silent = true;
                state.other_year |= opens;
            }
            // 2023年…。2024年…: the paragraph comes back to the report's year.
            Some(false) if opens => (state.silent, state.other_year) = (false, false),
            _ => {}
        }
        let turns_away = turns_away(&self.vocabulary, clause);
        // 较上年减少3件 is told of one number; 与上年相比 of all that follow.
        state.silent |= turns_away && (!compared || !contain(clause, &CHANGE));
        let waited = std::mem::replace(&mut state.waiting, false);
        let (parts, remainder) = self.vocabulary.read(clause);
        let bare = compared || waited;
        for part in parts {
            match part {
                Part::Of => {
                    state.scope = state.before;
                }
                Part::Item(item) => self.item(worded, clause, item, !bare, state),
            }
        }
        match remainder {
            Remainder::Plain => {}
            Remainder::Phrase => state.waiting = true,
            Remainder::Division | Remainder::Narrowing => {
                (state.scope, state.before) = (Scope::Portion, Scope::Portion);
            }
            Remainder::Proactive | Remainder::Foreign if compared => {}
            Remainder::Proactive | Remainder::Foreign => {
                state.silent |= remainder == Remainder::Foreign;
                state.before = Scope::Portion;
                state.recent.fill(false);
            }
        }
        if remainder != Remainder::Plain {
            state.last = None;
        }
    }

    fn item(
        &mut self,
        worded: &'a Worded,
        clause: &[Character],
        item: Item,
        clear: bool,
        state: &mut State<'a>,
    ) {
        let claims: Vec<&'a Claim> = self.vocabulary.claims(&item.claims).collect();
        let Some(first) = claims.first() else { return };
        let said = item.number.value;
        // 新收38件，上年结转3件，其中…: what is divided is both together.
        state.sum = match state.sum {
            (group, sum) if group.is_some() && group == first.group.as_deref() => {
                (group, sum.checked_add(said).unwrap_or(said))
            }
            _ => (first.group.as_deref(), said),
        };
        let all = |number: &Decimal| self.wholes.contains(number);
        state.before = match first.divides.as_deref() {
            Some(group) if all(&said) || all(&state.sum.1) => Scope::Whole(group),
            Some(group) if self.tables.agree(&item.number, &claims) => Scope::Share(group),
            _ => Scope::Portion,
        };
        let of = |group| claims.iter().all(|c| c.group.as_deref() == Some(group));
        let in_scope = match state.scope {
            Scope::Report => true,
            Scope::Whole(group) => of(group),
            Scope::Share(group) => of(group) && self.tables.are_exceeded(&item.number, &claims),
            Scope::Portion => false,
        };
        let in_context = claims.iter().all(|claim| {
            let flags = if claim.lasting {
                &state.ever
            } else {
                &state.recent
            };
            let mut known = self.contexts.iter().zip(flags);
            known.any(|(word, read)| *read && claim.context.iter().any(|w| w == word))
        });
        let doubted = clear
            && item.clear
            && in_scope
            && in_context
            && !state.silent
            && claims.iter().all(|claim| claim.compared)
            && !self.tables.agree(&item.number, &claims);
        if doubted {
            let bytes = |range: &Range<usize>| {
                let part = clause.get(range.clone()).unwrap_or_default();
                let start = part.first().map_or(0, |character| character.at);
                start..part.last().map_or(start, |character| character.end)
            };
            self.doubts.push(Doubt {
                worded,
                said: bytes(&item.said),
                digits: bytes(&item.digits),
                claims: item.claims.clone(),
            });
        }
        state.last = Some(Last {
            claims: item.claims,
            doubted,
        });
    }

    /// Takes back the last doubt where this clause says that its number holds more or goes to
    /// several: 予以公开275件，其中部分公开3件; 予以公开和部分公开272件，3件.
    fn take_back(&mut self, clause: &[Character], last: Option<Last>) {
        let Some(last) = last.filter(|last| last.doubted) else {
            return;
        };
        let group = |id: &usize| {
            let mut claims = self.vocabulary.claims(std::slice::from_ref(id));
            claims.next().and_then(|claim| claim.group.as_deref())
        };
        let includes = longest(clause, &INCLUDING) > 0;
        let parts = self.vocabulary.mentioned(clause);
        let its_parts = |part: &usize| {
            last.claims
                .iter()
                .any(|id| id == part || group(id).is_some() && group(id) == group(part))
        };
        let several = last.claims.len() > 1 && starts_with_number(clause);
        // 行政复议120件，其中因信息公开3件: the first number was of other matters too.
        let mut contexts = self
            .vocabulary
            .claims(&last.claims)
            .flat_map(|c| &c.context);
        let narrows = includes && contexts.any(|word| contain_word(clause, word));
        if several || narrows || includes && parts.iter().any(its_parts) {
            self.doubts.pop();
        }
    }
}
