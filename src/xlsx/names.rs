//! Defined names: every figure by its key.
//!
//! A key is a name as it stands, but Excel takes no name that looks like a cell (ECMA-376 Part 1,
//! 18.2.5: `a1`, `R1C1`), that does not start with a letter, that has more than 255 characters or
//! that differs from another only in case. So
//!
//! - `_.` goes before a key that starts with a digit or `_`, before one of which a part looks like
//!   a cell or like a row or column (`r`, `c2`, `ab12`), and before one whose table is called like
//!   a part of the data file but for case (`Text`);
//! - of a longer key the first 240 characters are kept;
//! - where that name is taken, `..2` follows, or the next number that is free.
//!
//! Keys have no empty parts, so none of the marks can be a part of one.

use std::collections::HashSet;

use crate::form::data_file_keys;

/// What is kept of a key that is too long: Excel's 255 characters, less what may be added.
const LONGEST: usize = 240;

/// The names of `keys`, in their order.
pub(crate) fn of<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let unique = |key: &str| {
        let name = escaped(key);
        let mut unique = name.clone();
        let mut number = 2;
        while !taken.insert(unique.to_lowercase()) {
            unique = format!("{name}..{number}");
            number += 1;
        }
        unique
    };
    keys.into_iter().map(unique).collect()
}

fn escaped(key: &str) -> String {
    let first = key.split('.').next().unwrap_or_default();
    let letter = key.starts_with(|c: char| c.is_ascii_alphabetic());
    let like = |word: &str| word.eq_ignore_ascii_case(first) && word != first;
    let plain = letter && !key.split('.').any(like_cell) && !data_file_keys().any(like);
    let marked = if plain {
        key.to_owned()
    } else {
        format!("_.{key}")
    };
    marked.chars().take(LONGEST).collect()
}

/// Whether a part of a key looks like a cell, a row or a column, in either way of writing them.
fn like_cell(part: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let letters = part.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, number) = part.split_at_checked(letters).unwrap_or_default();
    // XFD is the last column; what is a column in another program's sheets is left out too.
    let a1 = (1..=3).contains(&letters) && !number.is_empty() && digits(number);
    let is = |letters: &str| word.eq_ignore_ascii_case(letters);
    let r1c1 = if is("r") {
        let (row, rest) = number.split_once(['c', 'C']).unwrap_or((number, ""));
        digits(row) && digits(rest)
    } else {
        (is("c") || is("rc")) && digits(number)
    };
    a1 || r1c1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_its_own_name_where_excel_allows_it() {
        let keys = ["requests.new.total", "fees.amount", "t.year2024_x"];
        assert_eq!(of(keys), keys);
    }

    #[test]
    fn what_looks_like_a_cell_is_marked() {
        for key in [
            "t.a1", "a1.t", "t.XFD9", "t.r", "t.C", "t.r1c1", "t.rc", "t.c12", "t.r2", "9.t",
            "_.t", "Text.t",
        ] {
            assert_eq!(of([key]), [format!("_.{key}")], "{key}");
        }
        for key in [
            "t.rate",
            "t.cost",
            "t.r1x",
            "t.abcd1",
            "t.c_1",
            "requests.a",
        ] {
            assert_eq!(of([key]), [key]);
        }
    }

    #[test]
    fn names_differ_in_more_than_case_and_are_not_too_long() {
        assert_eq!(of(["t.x", "t.X", "T.x"]), ["t.x", "t.X..2", "T.x..3"]);
        let long = "k".repeat(300);
        let names = of([format!("t.{long}a").as_str(), &format!("t.{long}b")]);
        assert!(names.iter().all(|name| name.len() <= 255));
        assert_ne!(names[0], names[1]);
    }
}
