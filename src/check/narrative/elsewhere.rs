//! Clauses that turn to another time, to other bodies or to another matter.

use super::characters::{Character, simplified};
use super::lexicon::{Kind, Lexicon};
use super::tokens::{Token, What};

/// Longest name of a body behind that of its region, in characters.
const LONGEST_BODY: usize = 8;
/// What the name of a body starts with, and what it ends in.
const BODY_STARTS: &str = "省市州县区旗镇乡";
const BODY_ENDS: &str = "局委镇乡院所站";
/// Last characters of a clause that narrows down what the next ones count: 涉及征地的申请中, 征地类.
const NARROWING_ENDS: &str = "中里内的类者";

/// Whether a heading turns away from the report's own numbers.
pub(super) fn heading_turns_away(lexicon: &Lexicon<'_>, heading: &str) -> bool {
    let characters: Vec<Character> = simplified(heading)
        .chars()
        .map(|c| Character {
            c,
            at: 0,
            end: 0,
            quoted: None,
        })
        .collect();
    let tokens = super::tokens::tokens(&characters, lexicon);
    tokens.iter().any(|token| match token.what {
        What::Word(word) => word.is(Kind::Away) || lexicon.is_others(word),
        _ => false,
    })
}

/// Whether a clause turns to another time, other bodies or another matter.
pub(super) fn turns_away(lexicon: &Lexicon<'_>, clause: &[Token<'_>], text: &[Character]) -> bool {
    let away = |token: &Token<'_>| match token.what {
        What::Word(word) => word.is(Kind::Away) || lexicon.is_others(word),
        What::Day => true,
        _ => false,
    };
    clause.iter().any(away) || names_a_body(clause, text)
}

/// Whether a clause names a body that is not the report's own: 县民政局.
fn names_a_body(clause: &[Token<'_>], text: &[Character]) -> bool {
    let mut from = None;
    for (index, token) in clause.iter().enumerate() {
        let Some(character) = text.get(token.range.start) else {
            continue;
        };
        match token.what {
            What::Unknown => {
                let length = from.map(|from| token.range.start - from);
                let named = length.is_some_and(|length| (2..=LONGEST_BODY).contains(&length));
                let ends = BODY_ENDS.contains(character.c);
                if ends && (named || index + 1 == clause.len()) {
                    return true;
                }
                if BODY_STARTS.contains(character.c) {
                    from = Some(token.range.start);
                }
            }
            // Parts of a name may be words: 县信息中心.
            What::Word(_) if token.range.len() > 1 => {}
            _ => from = None,
        }
    }
    false
}

/// Whether a clause that is not wholly known narrows down what the next ones count.
pub(super) fn narrows(clause: &[Token<'_>], said: &[Character]) -> bool {
    let last = |from_end: usize| {
        let at = said.len().checked_sub(from_end)?;
        said.get(at).map(|character| character.c)
    };
    last(1).is_some_and(|c| NARROWING_ENDS.contains(c))
        || last(2) == Some('方') && last(1) == Some('面')
        || clause
            .first()
            .is_some_and(|token| token.is(Kind::Narrowing))
        || said
            .iter()
            .take(2)
            .map(|character| character.c)
            .eq("涉及".chars())
}
