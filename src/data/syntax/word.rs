//! Values that are in no quotation marks, and what stands behind a value.

use super::fault::{Fault, Stop, Walked, note, odd, sign_too_many, two_on_a_line};
use super::line::code_part;
use super::paper;
use super::signs::{CLOSING, COMMAS, EQUALS, is_odd_blank};
use super::walk::{Walker, Within};

impl Walker<'_> {
    /// A value that is in no quotation marks: a number, a date, or what was to be one.
    pub(super) fn word(&mut self, key: &str, within: Within) -> Walked {
        let start = self.at;
        let rest = code_part(self.rest());
        let end = match within {
            Within::Line => rest.len(),
            Within::List => rest
                .find(|c: char| COMMAS.contains(&c) || "]}］】".contains(c))
                .unwrap_or(rest.len()),
            Within::Braces => end_in_braces(rest),
        };
        let word = rest.get(..end).unwrap_or_default();
        if let Some(at) = word.find(is_odd_blank)
            && paper::is_plain(word.get(..at).unwrap_or_default().trim_end())
        {
            self.at += at;
            return self.blanks();
        }
        let word = word.trim_end();
        if within == Within::Line {
            let first = word.find(char::is_whitespace).unwrap_or(word.len());
            let (first, more) = word.split_at_checked(first).unwrap_or((word, ""));
            if paper::is_plain(first) && begins_entry(more) {
                return two_on_a_line(start + first.len()..start + word.len());
            }
            let bare = word.trim_end_matches(|c| COMMAS.contains(&c) || c == '。');
            if bare.len() < word.len() && paper::is_plain(bare.trim_end()) {
                return sign_too_many(
                    start + bare.len()..start + word.len(),
                    word.get(bare.len()..),
                );
            }
        }
        self.at = start + end;
        if let Some((at, part)) = paper::faulty(key, word, within == Within::Line) {
            let (from, to) = (start + at.start, start + at.end);
            return Err(Stop::from(Fault {
                span: from..to,
                ..part
            }));
        }
        Ok(())
    }

    /// What follows a value.
    pub(super) fn behind(&mut self, within: Within) -> Walked {
        self.blanks()?;
        let Some(c) = self.next().filter(|c| *c != '#') else {
            return Ok(());
        };
        match within {
            Within::List | Within::Braces => match c {
                ',' | ']' | '}' => Ok(()),
                c if COMMAS.contains(&c) => self.sign(c, ","),
                c if CLOSING.contains(&c) => {
                    self.sign(c, if within == Within::List { "]" } else { "}" })
                }
                _ if self
                    .text
                    .get(..self.at)
                    .is_some_and(|it| it.trim_end().ends_with('"')) =>
                {
                    self.inner_quotes()
                }
                _ => odd(
                    self.at..self.at + c.len_utf8(),
                    ("两项之间少了逗号", "there is no comma between two entries"),
                    (
                        "用一个半角逗号隔开".into(),
                        "put a comma between them".into(),
                    ),
                ),
            },
            Within::Line => {
                let end = self.at + self.rest().trim_end().len();
                if self.rest().starts_with("//") || matches!(c, '＃' | '（' | '(') {
                    return note(self.at..end, if c == '＃' { "＃" } else { "//" });
                }
                if CLOSING.contains(&c) || COMMAS.contains(&c) || "。.".contains(c) {
                    let end = self.at + c.len_utf8();
                    return sign_too_many(self.at..end, self.text.get(self.at..end));
                }
                if begins_entry(self.rest()) {
                    return two_on_a_line(self.at..end);
                }
                if self
                    .text
                    .get(..self.at)
                    .is_some_and(|it| it.trim_end().ends_with('"'))
                {
                    return self.inner_quotes();
                }
                note(self.at..end, "//")
            }
        }
    }
}

/// Whether a text begins with a key and its equals sign.
pub(super) fn begins_entry(text: &str) -> bool {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c)));
    end.is_some_and(|end| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .get(end..)
                .is_some_and(|rest| rest.trim_start().starts_with(['=', '＝']))
    })
}

/// The bytes of a value within braces: to the closing one, or to a comma with a key behind it.
pub(super) fn end_in_braces(rest: &str) -> usize {
    for (at, c) in rest.char_indices() {
        if CLOSING.contains(&c) && !matches!(c, ')' | '）') {
            return at;
        }
        let behind = rest
            .get(at + c.len_utf8()..)
            .unwrap_or_default()
            .trim_start();
        let entry = behind.split(|c| COMMAS.contains(&c) || c == '}').next();
        let next_is_key = behind.starts_with(|c: char| c.is_alphabetic())
            && entry.is_some_and(|entry| entry.contains(EQUALS));
        if COMMAS.contains(&c) && (next_is_key || behind.starts_with('}')) {
            return at;
        }
        if c.is_whitespace() && next_is_key {
            return at;
        }
    }
    rest.len()
}
