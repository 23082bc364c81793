//! Where a line may end, and how bad that is (clreq, 行首行尾禁则 and 分离禁则).

use super::atom::Atom;
use crate::text::class::{Class, is_connector, is_currency, is_plus_or_minus, is_unit};

/// Cost of a break that the rules forbid. It is a number, so that a line that can't be broken
/// otherwise is broken somewhere rather than run into the margin.
pub const FORBIDDEN: f64 = 1e6;
/// Cost of a break inside a word or a number.
pub const INSIDE_WORD: f64 = 1e4;
/// Cost of a break between a number and its unit, or inside 〔2019〕60号: worse than a line that is half
/// empty.
pub const INSIDE_GROUP: f64 = 500.0;
/// Cost of a break inside a date, behind its year or month: as bad as a line whose characters are
/// spaced to the limit.
const INSIDE_DATE: f64 = 60.0;
/// Cost of a break behind the first characters of 《…》 or “…”: a little more than that of a line
/// that is two squares short, which the two characters leave when they go to the next.
const BEHIND_OPENING: f64 = 6.0;
/// Cost of a break behind a connector that no number follows.
const BEHIND_CONNECTOR: f64 = 30.0;
/// Cost of a break between a Latin word and its number: GB/T 9704, No 5.
const INSIDE_REFERENCE: f64 = 20.0;
/// Cost of a break in an address behind a separator: / ? & =.
const BEHIND_SEPARATOR: f64 = 5.0;
/// Cost of a break in an address at a sign inside a name: before . and @, behind - and _.
const INSIDE_NAME: f64 = 15.0;
/// Most characters of a Latin run that is kept whole, whatever signs it has: GB/T, e-mail.
const WHOLE_RUN: usize = 8;

/// Sets how bad it is to break before each atom.
pub fn set_break_costs(atoms: &mut [Atom]) {
    for index in 1..atoms.len() {
        atoms[index].break_cost = break_cost(atoms, index);
    }
    if let Some(first) = atoms.first_mut() {
        first.break_cost = FORBIDDEN;
    }
    for run in atoms.chunk_by_mut(|a, b| is_solid(a) == is_solid(b)) {
        if run.len() > WHOLE_RUN && is_solid(&run[0]) && run.iter().any(|a| a.c.is_alphabetic()) {
            open_address(run);
        }
    }
}

/// Whether an atom can be a part of a web address, an e-mail address or a path.
fn is_solid(atom: &Atom) -> bool {
    atom.class.is_narrow() && atom.class != Class::Space
}

/// Allows breaks inside an address: never inside a name or number, so that a reader can put it
/// together again.
fn open_address(run: &mut [Atom]) {
    for index in 1..run.len() {
        let (before, after) = (run[index - 1].c, run[index].c);
        let next = run.get(index + 1).map_or(' ', |atom| atom.c);
        let numbers = |a: char, b: char| a.is_ascii_digit() && b.is_ascii_digit();
        let separates = "/?&=".contains(before);
        let starts_name = after.is_alphanumeric() || "_-#~".contains(after);
        let before_dot = ".@".contains(after)
            && before.is_alphanumeric()
            && next.is_alphanumeric()
            && !numbers(before, next);
        let behind_dash = "-_".contains(before)
            && after.is_alphanumeric()
            && index >= 2
            && !numbers(run[index - 2].c, after);
        let cost = if separates && starts_name {
            BEHIND_SEPARATOR
        } else if before_dot || behind_dash {
            INSIDE_NAME
        } else {
            continue;
        };
        run[index].break_cost = cost;
    }
}

/// Whether the atom at `index` is the sign or currency of the number behind it. A - behind a unit
/// joins two dates: 2021年-2024年.
pub fn is_sign(atoms: &[Atom], index: usize) -> bool {
    let c = atoms[index].c;
    let number = atoms.get(index + 1);
    if number.is_none_or(|next| next.class != Class::Digit) {
        return false;
    }
    let joins = index.checked_sub(1).is_some_and(|before| {
        let before = &atoms[before];
        before.class.is_word() || is_connector(c) && is_unit(before.c)
    });
    is_currency(c) || is_plus_or_minus(c) && !joins
}

/// Whether the atom at `index` is a connector: a — that is not doubled, ～ or - that is no sign.
fn is_joint(atoms: &[Atom], index: usize) -> bool {
    let c = atoms[index].c;
    let doubled = atoms.get(index + 1).is_some_and(|next| next.c == c)
        || index > 0 && atoms[index - 1].c == c;
    is_connector(c) && !doubled && !is_sign(atoms, index)
}

/// How bad it is to break before the atom at `index`, 1 or more.
fn break_cost(atoms: &[Atom], index: usize) -> f64 {
    let (before, after) = (&atoms[index - 1], &atoms[index]);
    let is_number = after.class == Class::Digit;
    if before.class.no_end() || after.class.no_start() && !is_sign(atoms, index) {
        return FORBIDDEN;
    }
    if before.class == Class::Pair && before.c == after.c {
        return FORBIDDEN;
    }
    if before.class == Class::Space {
        let behind_word = index >= 2 && atoms[index - 2].class == Class::Latin;
        return if is_number && behind_word {
            INSIDE_REFERENCE
        } else {
            0.0
        };
    }
    if is_joint(atoms, index) {
        return FORBIDDEN;
    }
    if before.class.is_word() && after.class.is_word() {
        return INSIDE_WORD;
    }
    if is_sign(atoms, index - 1) {
        return INSIDE_WORD;
    }
    if is_joint(atoms, index - 1) {
        return if is_number {
            INSIDE_WORD
        } else {
            BEHIND_CONNECTOR
        };
    }
    // "1,234.5" and "a-b": punctuation inside a word or number.
    let within = index >= 2
        && before.class == Class::LatinClosing
        && atoms[index - 2].class.is_word()
        && after.class.is_word();
    if within {
        return INSIDE_WORD;
    }
    match before.c {
        _ if before.class == Class::Digit && is_unit(after.c) => INSIDE_GROUP,
        '第' | '〕' if is_number => INSIDE_GROUP,
        '年' | '月' if is_number => INSIDE_DATE,
        _ if index >= 2 && atoms[index - 2].class == Class::Opening => BEHIND_OPENING,
        _ => 0.0,
    }
}
