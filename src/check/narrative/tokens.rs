//! A paragraph as words, numbers and stops.

use std::ops::Range;

use super::characters::{CLOSE, Character, OPEN, rest};
use super::lexicon::{Kind, Lexicon, Word};
use super::number::{self, Number};

/// What ends at a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A ，or ：.
    Clause,
    /// A ；: 其中 reaches no further.
    List,
    Sentence,
    /// A bracket that goes on counting, and its end.
    Open,
    Close,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Things: 件, 份.
    Count,
    /// 元, the 万 or 亿 before it being in the number.
    Yuan,
    Percent,
    None,
}

/// One word, number or sign, and its characters.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub what: What<'a>,
    pub range: Range<usize>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum What<'a> {
    Word(&'a Word),
    /// A short form of the body's own name.
    Own,
    /// A number; its unit is in the token's range.
    Number(Number, Unit),
    /// A year other than the report's.
    Year(i32),
    /// A month or a day.
    Day,
    Stop(Stop),
    Unknown,
}

impl Token<'_> {
    pub fn is(&self, kind: Kind) -> bool {
        matches!(self.what, What::Word(word) if word.is(kind))
    }
}

/// Reads the characters of a paragraph.
pub(super) fn tokens<'a>(characters: &[Character], lexicon: &'a Lexicon<'_>) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let (what, length) = read(characters, at, lexicon);
        let end = at + length.max(1);
        tokens.push(Token {
            what,
            range: at..end,
        });
        at = end;
    }
    tokens
}

fn read<'a>(characters: &[Character], at: usize, lexicon: &'a Lexicon<'_>) -> (What<'a>, usize) {
    if let Some(stop) = stop(characters, at) {
        return (What::Stop(stop), 1);
    }
    let here = rest(characters, at);
    let word = lexicon.longest(here);
    let length = word.map_or(0, |(_, length)| length);
    if let Some(number) = numbered(here, lexicon).filter(|(_, taken)| *taken > length) {
        return number;
    }
    let own = lexicon.own(here);
    match word {
        Some((word, length)) if length >= own => (What::Word(word), length),
        _ if own > 0 => (What::Own, own),
        _ => (What::Unknown, 1),
    }
}

/// What stands at a character that ends a part of the text.
fn stop(characters: &[Character], at: usize) -> Option<Stop> {
    match characters.get(at)?.c {
        '。' | '！' | '？' | '!' | '?' => Some(Stop::Sentence),
        '；' | ';' => Some(Stop::List),
        // 新收：38件
        '：' | ':' if rest(characters, at + 1).first().is_some_and(is_number) => None,
        '，' | ',' | '：' | ':' => Some(Stop::Clause),
        OPEN => Some(Stop::Open),
        CLOSE => Some(Stop::Close),
        _ => None,
    }
}

fn is_number(character: &Character) -> bool {
    character.quoted.is_some() || number::is_numeral(character.c)
}

/// A number with what it counts, a year or a day, and the characters that it takes.
fn numbered<'a>(here: &[Character], lexicon: &'a Lexicon<'_>) -> Option<(What<'a>, usize)> {
    if let Some(taken) = year(here) {
        return Some(taken);
    }
    let number = number::read(here)?;
    let behind = rest(here, number.length);
    let next = behind.first().map(|character| character.c);
    let unit = lexicon.longest_of(behind, |_| true);
    let unit = unit.filter(|(word, _)| word.is(Kind::Count) && !number.broken);
    Some(match (unit, next) {
        (Some((_, length)), _) => (What::Number(number, Unit::Count), number.length + length),
        (None, Some('元')) => (What::Number(number, Unit::Yuan), number.length + 1),
        (None, Some('%')) => (What::Number(number, Unit::Percent), number.length + 1),
        (None, Some('月' | '日' | '号' | '季')) => (What::Day, number.length + 1),
        // A numeral within other words: 一并, 三审.
        _ if !here
            .first()
            .is_some_and(|first| first.is_digit() || first.quoted.is_some()) =>
        {
            return None;
        }
        _ => (What::Number(number, Unit::None), number.length),
    })
}

/// A year of four digits and its 年 or 年度.
fn year<'a>(here: &[Character]) -> Option<(What<'a>, usize)> {
    let digit = |c: char| match c {
        '〇' | '零' => Some(0),
        _ => c.to_digit(10).or_else(|| {
            let numeral = (1..).zip("一二三四五六七八九".chars());
            numeral.into_iter().find_map(|(n, d)| (d == c).then_some(n))
        }),
    };
    if here.get(4).is_none_or(|fifth| fifth.c != '年') {
        return None;
    }
    let digits = here.iter().take(4).map(|character| digit(character.c));
    let digits: Vec<u32> = digits.collect::<Option<_>>()?;
    let year = digits.iter().fold(0, |year, digit| year * 10 + digit);
    let length = 5 + usize::from(here.get(5).is_some_and(|sixth| sixth.c == '度'));
    Some((What::Year(i32::try_from(year).ok()?), length))
}
