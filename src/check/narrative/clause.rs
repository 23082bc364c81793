//! The grammar of one clause: words that change nothing, a phrase, a number, a unit.

use std::ops::Range;

use super::characters::{Character, contain_word, longest, rest, starts};
use super::number::{self, Number};
use super::vocabulary::Vocabulary;
use super::words::{
    FILLER, JOINER, LEAD, NARROWING_ENDS, NARROWING_STARTS, OBJECT, PARTS, PROACTIVE, SEPARATOR,
    TAIL, UNIT, WITHIN,
};

/// What ends at a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A ，or ：.
    Clause,
    /// A ；: 其中 reaches no further.
    List,
    Sentence,
}

/// What ends at the character `at`, if anything.
pub(super) fn stop(characters: &[Character], at: usize) -> Option<Stop> {
    let digits = |range: Range<usize>| {
        let length = range.len();
        let part = characters.get(range).unwrap_or_default();
        part.len() == length && part.iter().all(Character::is_digit)
    };
    match characters.get(at)?.c {
        '。' | '！' | '？' | '!' | '?' => Some(Stop::Sentence),
        '；' | ';' => Some(Stop::List),
        // 3,646
        '，' | ',' if at > 0 && digits(at - 1..at) && digits(at + 1..at + 4) => None,
        '，' | ',' => Some(Stop::Clause),
        // 新收：38件
        '：' | ':' if starts_with_number(rest(characters, at + 1)) => None,
        '：' | ':' => Some(Stop::Clause),
        _ => None,
    }
}

/// One phrase with its number.
#[derive(Debug)]
pub(super) struct Item {
    /// The claims whose figures are added up; one, but for 予以公开和部分公开258件.
    pub claims: Vec<usize>,
    pub number: Number,
    /// The characters from the phrase to the unit, and those of the number.
    pub said: Range<usize>,
    pub digits: Range<usize>,
    /// Whether nothing around it may change what it says.
    pub clear: bool,
}

/// What a clause says, in its order.
#[derive(Debug)]
pub(super) enum Part {
    /// 其中: what comes next divides the number before.
    Of,
    Item(Item),
}

/// What stands in a clause behind the last part that was understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Remainder {
    /// Nothing that counts.
    Plain,
    /// A phrase whose number is still to come.
    Phrase,
    /// A row or column of the tables below those that claims speak of.
    Division,
    /// Words that narrow down what follows: 涉及征地的申请中.
    Narrowing,
    /// A number of things that the body published of its own accord.
    Proactive,
    /// A number of other things.
    Foreign,
}

impl Vocabulary<'_> {
    /// Reads a clause.
    pub fn read(&self, clause: &[Character]) -> (Vec<Part>, Remainder) {
        let mut parts = Vec::new();
        let mut at = 0;
        loop {
            let from = at;
            let divides = self.lead(clause, &mut at);
            if divides {
                parts.push(Part::Of);
            }
            if at >= clause.len() {
                return (parts, Remainder::Plain);
            }
            match self.item(clause, from, at) {
                Ok((item, next)) => {
                    parts.push(Part::Item(item));
                    match next {
                        Next::End if narrows(rest(clause, at)) => {
                            return (parts, Remainder::Narrowing);
                        }
                        Next::End => return (parts, Remainder::Plain),
                        Next::Item(next) => at = next,
                        Next::Division(next) => {
                            parts.push(Part::Of);
                            at = next;
                        }
                    }
                }
                Err(true) => return (parts, Remainder::Phrase),
                Err(false) => return (parts, self.remainder(clause, from, at)),
            }
        }
    }

    /// Moves `at` past the words that change nothing; whether 其中 was among them.
    fn lead(&self, clause: &[Character], at: &mut usize) -> bool {
        let mut divides = false;
        if *at == 0 {
            *at = ordinal(clause);
        }
        loop {
            let here = rest(clause, *at);
            let phrase = self.phrase(here).map_or(0, |(_, length)| length);
            let (of, word) = match starts(here, "其中") {
                Some(length) => (true, length),
                None => {
                    let word = longest(here, &LEAD).max(self.subject(here));
                    (false, word)
                }
            };
            if word <= phrase {
                return divides;
            }
            divides |= of;
            *at += word;
        }
    }

    /// Reads phrase, number and unit from `from` on, the words before them starting at `opens`.
    /// Where it can't: whether the clause ends in a
    /// phrase that waits for its number.
    fn item(&self, clause: &[Character], opens: usize, from: usize) -> Result<(Item, Next), bool> {
        let (first, length) = self.phrase(rest(clause, from)).ok_or(false)?;
        let mut claims = vec![first];
        let mut at = fillers(clause, from + length);
        while let Some((claim, next)) = self.joined(clause, at) {
            claims.push(claim);
            at = fillers(clause, next);
        }
        if at >= clause.len() {
            return Err(true);
        }
        let number = number::read(rest(clause, at)).ok_or(false)?;
        let digits = at..at + number.length;
        let unit = longest(rest(clause, digits.end), &UNIT);
        if unit == 0 {
            return Err(false);
        }
        let said = from..digits.end + unit;
        let behind = said.end + longest(rest(clause, said.end), &OBJECT);
        let mut clear = self.may_be_added(&claims);
        let tail = rest(clause, behind);
        let separator = longest(tail, &SEPARATOR);
        let within = longest(tail, &WITHIN);
        let next = if within > 0 {
            Next::Division(behind + within)
        } else if separator > 0 {
            let next = behind + separator;
            // 予以公开和部分公开20件、6件: the numbers go to the phrases one by one.
            clear &= claims.len() == 1 || !starts_with_number(rest(clause, next));
            Next::Item(next)
        } else {
            clear &= tail.is_empty() || longest(tail, &TAIL) > 0;
            // 258件占33.9%、不予公开35件
            match tail.iter().position(|character| character.c == '、') {
                Some(at) if starts(tail, "占").is_some() => Next::Item(behind + at + 1),
                _ => Next::End,
            }
        };
        // What a claim needs may stand on either side of its phrase, but in its own clause.
        clear &= self.claims(&claims).all(|claim| {
            let clause = clause.get(opens..behind).unwrap_or_default();
            let mut needs = claim.needs.iter();
            claim.needs.is_empty() || needs.any(|word| contain_word(clause, word))
        });
        let item = Item {
            claims,
            number,
            said,
            digits,
            clear,
        };
        Ok((item, next))
    }

    /// The claim of a phrase that is joined to the one before, and where it ends.
    fn joined(&self, clause: &[Character], at: usize) -> Option<(usize, usize)> {
        let joiner = longest(rest(clause, at), &JOINER);
        let (claim, length) = self.phrase(rest(clause, at + joiner))?;
        (joiner > 0).then_some((claim, at + joiner + length))
    }

    /// What stands from `at` on, the words from `from` on leading up to it.
    fn remainder(&self, clause: &[Character], from: usize, at: usize) -> Remainder {
        let here = rest(clause, at);
        if longest(here, &PARTS) > 0 {
            Remainder::Division
        } else if !has_count(here) {
            if narrows(rest(clause, from)) {
                Remainder::Narrowing
            } else {
                Remainder::Plain
            }
        } else if self.is_proactive(rest(clause, from)) {
            Remainder::Proactive
        } else {
            Remainder::Foreign
        }
    }

    fn is_proactive(&self, characters: &[Character]) -> bool {
        let mut at = ordinal(characters);
        while at < characters.len() {
            let here = rest(characters, at);
            let word = longest(here, &LEAD).max(longest(here, &PROACTIVE));
            let word = word.max(self.subject(here));
            let counted = number::read(here).map(|number| {
                number.length + usize::from(here.get(number.length).is_some_and(counts))
            });
            match word.max(counted.unwrap_or(0)) {
                0 => return false,
                taken => at += taken,
            }
        }
        true
    }
}

/// What follows behind an item.
enum Next {
    End,
    Item(usize),
    Division(usize),
}

/// The characters of a number in a list at the start: 1. or 一、 or （1） without its bracket.
fn ordinal(clause: &[Character]) -> usize {
    let digits = clause
        .iter()
        .take_while(|character| number::is_numeral(character.c))
        .count();
    let closed = clause
        .get(digits)
        .is_some_and(|character| matches!(character.c, '.' | '、' | ')' | '）'));
    if (1..=2).contains(&digits) && closed {
        digits + 1
    } else {
        0
    }
}

fn fillers(clause: &[Character], mut at: usize) -> usize {
    loop {
        match longest(rest(clause, at), &FILLER) {
            0 => return at,
            length => at += length,
        }
    }
}

/// Whether a clause that is not wholly understood narrows down what the next ones count.
fn narrows(characters: &[Character]) -> bool {
    let last = characters
        .last()
        .is_some_and(|character| NARROWING_ENDS.contains(character.c));
    let aspect = characters
        .len()
        .checked_sub(2)
        .map(|at| rest(characters, at));
    last || aspect.is_some_and(|end| starts(end, "方面").is_some())
        || longest(characters, &NARROWING_STARTS) > 0
}

/// Whether the text goes on with a number.
pub(super) fn starts_with_number(characters: &[Character]) -> bool {
    characters
        .first()
        .is_some_and(|character| character.quoted.is_some() || number::is_numeral(character.c))
}

fn counts(character: &Character) -> bool {
    "件份宗起例条项个".contains(character.c)
}

/// Whether things are counted in `characters`, in digits or in words.
fn has_count(characters: &[Character]) -> bool {
    characters.windows(2).any(|pair| match pair {
        [before, unit] if before.quoted.is_some() || before.is_digit() => counts(unit),
        [before, unit] if number::is_numeral(before.c) || "余多几".contains(before.c) => {
            "件份宗".contains(unit.c)
        }
        _ => false,
    })
}
