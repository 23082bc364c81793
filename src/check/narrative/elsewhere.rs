//! Clauses that turn to another year or time, to other bodies or to another matter.

use super::characters::{Character, longest, rest, starts};
use super::number::is_numeral;
use super::vocabulary::Vocabulary;
use super::words::{BODIES, BODY_ENDS, BODY_STARTS, MATTERS, TIME, WAYS};

/// Longest name of a body behind that of its region, in characters.
const LONGEST_BODY: usize = 8;

/// Whether a heading turns away from the report's own numbers.
pub(super) fn heading_turns_away(vocabulary: &Vocabulary<'_>, heading: &str) -> bool {
    let away = [&TIME, &BODIES, &WAYS, &MATTERS, vocabulary.others];
    away.iter().any(|words| words.any_in(heading))
}

/// Whether a clause turns to another time, other bodies, one way in or another matter.
pub(super) fn turns_away(vocabulary: &Vocabulary<'_>, clause: &[Character]) -> bool {
    let others = vocabulary.others;
    let mut at = 0;
    while at < clause.len() {
        let here = rest(clause, at);
        let away = [&TIME, &BODIES, &WAYS, &MATTERS, others];
        match vocabulary.own(here) {
            0 if away.iter().any(|words| longest(here, words) > 0) => return true,
            own => at += own.max(1),
        }
    }
    names_a_month(clause) || names_a_body(vocabulary, clause)
}

/// Whether a clause names a body that is not the report's own: 县民政局.
fn names_a_body(vocabulary: &Vocabulary<'_>, clause: &[Character]) -> bool {
    let mut from = None;
    let mut at = 0;
    while let Some(character) = clause.get(at) {
        let own = vocabulary.own(rest(clause, at));
        let ends = own == 0 && BODY_ENDS.contains(character.c);
        let named = from.is_some_and(|from| (2..=LONGEST_BODY).contains(&(at - from)));
        if ends && (named || at + 1 == clause.len()) {
            return true;
        }
        if own > 0 || "的了".contains(character.c) {
            from = None;
        } else if BODY_STARTS.contains(character.c) {
            from = Some(at);
        }
        at += own.max(1);
    }
    false
}

/// Whether the first year that a clause names is another one; none where it names none.
pub(super) fn other_year(clause: &[Character], year: i32) -> Option<bool> {
    let digit = |c: char| match c {
        '〇' | '零' => Some(0),
        _ => c.to_digit(10).or_else(|| {
            (1..)
                .zip("一二三四五六七八九".chars())
                .find_map(|(n, d)| (d == c).then_some(n))
        }),
    };
    let mut years = clause
        .windows(5)
        .filter(|five| five.last().is_some_and(|g| g.c == '年'));
    let mut named = None;
    for five in years.by_ref() {
        let digits: Option<Vec<u32>> = five.iter().take(4).map(|g| digit(g.c)).collect();
        if let Some(digits) = digits {
            let number = digits.iter().fold(0_i64, |n, d| n * 10 + i64::from(*d));
            named = Some(named.unwrap_or(false) || number != i64::from(year));
        }
    }
    named
}

/// Whether a clause names a month or a day other than the first and the last of a year.
fn names_a_month(clause: &[Character]) -> bool {
    let months = (1..clause.len()).filter(|at| clause.get(*at).is_some_and(|g| g.c == '月'));
    months.into_iter().any(|at| {
        let before = clause.get(..at).unwrap_or_default();
        let number = before.iter().rev().take_while(|g| is_numeral(g.c)).count();
        let here = rest(clause, at - number);
        number > 0 && starts(here, "1月1日").is_none() && starts(here, "12月31日").is_none()
    })
}
