//! The head of a table: `[organ]`, in whatever brackets.

use std::ops::Range;

use super::fault::{Walked, odd};
use super::line::is_key;
use super::signs::{CLOSING, EQUALS, OPENING};

/// Whether a line that starts with a bracket is the head of a table, in whatever brackets.
pub(super) fn is_heading(code: &str) -> bool {
    let name = code.trim_matches(|c| OPENING.contains(&c) || CLOSING.contains(&c));
    let short = name.chars().count() <= 40 && !name.contains([',', '，', '"', '。'])
        || is_key(&name.replace('。', "."));
    short && !name.contains(EQUALS) && name.starts_with(|c: char| c.is_alphabetic())
}

pub(super) fn heading(whole: Range<usize>, code: &str) -> Walked {
    let name = code.trim_matches(|c| OPENING.contains(&c) || CLOSING.contains(&c));
    let name = name.trim();
    let remedy = || (format!("写成 [{name}]"), format!("write [{name}]"));
    if !code.ends_with(CLOSING) {
        return odd(
            whole,
            ("这个方括号没有关上", "this bracket is not closed"),
            remedy(),
        );
    }
    let dotted = name.replace(['。', '．', '·', '、', '，', '/'], ".");
    if dotted != name {
        return odd(
            whole,
            (
                "节名里的点要用半角",
                "the point in a table's name is a plain one",
            ),
            (format!("写成 [{dotted}]"), format!("write [{dotted}]")),
        );
    }
    let plain = code.starts_with('[') && code.ends_with(']');
    let pairs = code.matches('[').count() == code.matches(']').count();
    if plain && pairs && !name.contains(char::is_whitespace) {
        return Ok(());
    }
    odd(
        whole,
        (
            "一节的开头要放在半角方括号里",
            "the head of a table stands in plain square brackets",
        ),
        remedy(),
    )
}
