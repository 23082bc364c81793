//! A line on which the parser stumbled, read as whoever typed it meant it: the first place where it
//! isn't TOML, and what to write there.
//!
//! The parser says what it expected next. That is no help where a sign only looks like the one that
//! was meant, or where a thing was written as on paper, so the line is walked again: keys, signs and
//! values, with everything allowed that people put in their place. Where the walk finds nothing odd,
//! the parser's own complaint is told.

use super::fault::{Fault, Stop, Walked, brief, note, odd};
use super::heading::{heading, is_heading};
use super::line::{code_part, is_key};
use super::paper;
use super::signs::{
    CLOSING, COMMAS, EQUALS, OPENING, QUOTES, blank_fault, is_odd_blank, sign_fault,
};
use super::word::{begins_entry, end_in_braces};

/// Brackets within brackets that are walked into.
const DEEPEST: usize = 16;

/// What a value stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Line,
    List,
    Braces,
}

/// The first odd thing on a line.
pub(super) fn diagnose(text: &str) -> Option<Fault> {
    let mut walker = Walker {
        text,
        at: 0,
        deep: 0,
    };
    match walker.line() {
        Err(Stop::Odd(fault)) => Some(*fault),
        _ => None,
    }
}

pub(super) struct Walker<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    deep: usize,
}

impl<'a> Walker<'a> {
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether the line, or what counts of it, ends here.
    pub(super) fn is_over(&self) -> bool {
        self.next().is_none_or(|c| c == '#')
    }

    pub(super) fn sign(&self, c: char, plain: &str) -> Walked {
        Err(sign_fault(c, self.at, plain).into())
    }

    /// Passes over blanks.
    pub(super) fn blanks(&mut self) -> Walked {
        while let Some(c) = self.next() {
            if is_odd_blank(c) {
                return match blank_fault(self.rest(), self.at) {
                    Some(fault) => Err(fault.into()),
                    None => Err(Stop::Lost),
                };
            }
            if c != ' ' && c != '\t' {
                break;
            }
            self.at += 1;
        }
        Ok(())
    }

    fn line(&mut self) -> Walked {
        self.blanks()?;
        if self.is_over() {
            return Ok(());
        }
        let rest = self.rest();
        let code = code_part(rest).trim_end();
        let whole = self.at..self.at + code.len();
        let marks = ["//", "/*", "--", "＃", "※", "；", ";", "*", "·", "•"];
        if let Some(mark) = marks.into_iter().find(|mark| rest.starts_with(mark)) {
            return note(whole, mark);
        }
        if rest.starts_with(OPENING) && is_heading(code) {
            let blank = code_part(rest).find(is_odd_blank);
            if let Some(at) = blank {
                self.at += at;
                return self.blanks();
            }
            return heading(whole, code);
        }
        if let Some((head, _)) = code.split_once(']').filter(|_| code.starts_with('['))
            && is_heading(head)
            && begins_entry(code.get(head.len() + 1..).unwrap_or_default())
        {
            return odd(
                whole,
                (
                    "一节的开头和下面的内容写在一行里了",
                    "a table's head and an entry share a line",
                ),
                (
                    format!("{head}] 独占一行，后面的另起一行"),
                    format!("give {head}] a line of its own"),
                ),
            );
        }
        if rest.starts_with(['[', '{', '"', '\'']) && !code.contains(EQUALS)
            || rest.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                && !code.contains('=')
                && !code.contains(|c: char| c.is_alphabetic())
        {
            // A list or a pair of braces that began on a line above.
            return self.items();
        }
        self.entry(Within::Line)?;
        Ok(())
    }

    /// A key and its value.
    fn entry(&mut self, within: Within) -> Walked {
        let start = self.at;
        let code_end = self.at + code_part(self.rest()).trim_end().len();
        let quoted = self.next().filter(|c| *c == '"' || *c == '\'');
        if let Some(mark) = quoted {
            let inner = self.text.get(self.at + 1..).unwrap_or_default();
            let Some(end) = inner.find(mark) else {
                return Err(Stop::Lost);
            };
            self.at += end + 2;
        } else {
            let ends = |c: char| {
                c.is_whitespace()
                    || is_odd_blank(c)
                    || EQUALS.contains(&c)
                    || "[]{},\"#".contains(c)
                    || QUOTES.contains(&c)
            };
            let rest = self.rest();
            self.at += rest.find(ends).unwrap_or(rest.len());
        }
        let key = self.text.get(start..self.at).unwrap_or_default();
        if key.is_empty() && self.next() == Some('=') {
            return odd(
                start..code_end,
                ("等号前面没有键", "there is no key before the ="),
                ("写成“键 = 值”".into(), "write key = value".into()),
            );
        }
        let plain = quoted.is_some() || is_key(key);
        let whole = start..code_end.max(self.at);
        let said = self.text.get(self.at..code_end).unwrap_or_default();
        if !plain && !said.contains(['=', '＝']) && within == Within::Line {
            return note(whole, "");
        }
        self.blanks()?;
        match self.next() {
            Some('=') => {
                self.at += 1;
                if let Some(c) = self.next().filter(|c| matches!(c, '=' | '>' | '＝')) {
                    return odd(
                        self.at - 1..self.at + c.len_utf8(),
                        ("等号多写了", "there is more than an equals sign"),
                        ("只写一个半角等号 =".into(), "write one = only".into()),
                    );
                }
            }
            Some(c) if EQUALS.contains(&c) => return self.sign(c, "="),
            Some(']') if within == Within::Line && plain => {
                return odd(
                    whole,
                    ("这一行的方括号少了前一半", "the opening bracket is missing"),
                    (
                        format!("是一节的开头就写成 [{key}]"),
                        format!("write [{key}] where a table starts"),
                    ),
                );
            }
            _ if within != Within::Line && self.is_over() => return Ok(()),
            _ if plain && begins_entry(self.rest()) => {
                let rest = self.rest();
                let more = rest.split(|c: char| !is_key(c.encode_utf8(&mut [0; 4])));
                let more = more
                    .take_while(|part| !part.is_empty())
                    .next()
                    .unwrap_or_default();
                return odd(
                    start..self.at + more.len(),
                    ("键里不能有空格", "a key has no blanks"),
                    (format!("写成 {key}_{more}"), format!("write {key}_{more}")),
                );
            }
            _ if plain => {
                let value = match within {
                    Within::Braces => said.get(..end_in_braces(said)).unwrap_or_default().trim(),
                    _ => said.trim(),
                };
                let value = value.trim_start_matches(COMMAS).trim_start();
                let value = if value.is_empty() { "……" } else { value };
                let line = brief(&format!("{key} = {value}"));
                return odd(
                    whole,
                    (
                        "键和值之间少了等号",
                        "the = between key and value is missing",
                    ),
                    (format!("写成 {line}"), format!("write {line}")),
                );
            }
            _ => return Err(Stop::Lost),
        }
        self.blanks()?;
        self.value(key, within)
    }

    fn value(&mut self, key: &str, within: Within) -> Walked {
        let Some(c) = self.next() else { return Ok(()) };
        match c {
            '#' | ',' | '}' | ']' => return Ok(()),
            '"' | '\'' => self.quoted(key, c)?,
            '[' => {
                self.at += 1;
                self.items()?;
            }
            '{' => {
                self.at += 1;
                self.braces()?;
            }
            '｛' => return self.sign(c, "{"),
            c if QUOTES.contains(&c) => return self.foreign_quotes(key, c),
            c if within != Within::Line && OPENING.contains(&c) && self.holds_figures(c) => {
                return self.sign(c, "[");
            }
            _ => self.word(key, within)?,
        }
        self.behind(within)
    }

    /// Whether a bracket opens what can only be figures.
    fn holds_figures(&self, open: char) -> bool {
        let inner = self.rest().trim_start_matches(open);
        let inner = inner.split(CLOSING).next().unwrap_or_default();
        paper::figures(inner).len() > 1
    }

    /// What a list holds, its bracket behind us, to the closing one.
    fn items(&mut self) -> Walked {
        self.deep += 1;
        if self.deep > DEEPEST {
            return Err(Stop::Lost);
        }
        let mut wants_item = true;
        loop {
            self.blanks()?;
            match self.next() {
                None | Some('#') => return Err(Stop::Lost),
                Some(']') => {
                    self.at += 1;
                    self.deep -= 1;
                    return Ok(());
                }
                Some(',') if wants_item => {
                    return odd(
                        self.at..self.at + 1,
                        (
                            "逗号前面空着，没有写数",
                            "there is no figure before this comma",
                        ),
                        ("没有的写 0".into(), "write 0 where there is none".into()),
                    );
                }
                Some(',') => {
                    self.at += 1;
                    wants_item = true;
                }
                Some(c) if COMMAS.contains(&c) => return self.sign(c, ","),
                Some(c) if CLOSING.contains(&c) && c != '}' => return self.sign(c, "]"),
                Some(_) if !wants_item => {
                    return odd(
                        self.at..self.at + 1,
                        ("两项之间少了逗号", "there is no comma between two entries"),
                        (
                            "用一个半角逗号隔开".into(),
                            "put a comma between them".into(),
                        ),
                    );
                }
                Some(_) => {
                    self.value("", Within::List)?;
                    wants_item = false;
                }
            }
        }
    }

    /// What a pair of braces holds, the opening one behind us.
    fn braces(&mut self) -> Walked {
        self.deep += 1;
        if self.deep > DEEPEST {
            return Err(Stop::Lost);
        }
        loop {
            self.blanks()?;
            match self.next() {
                None | Some('#') => return Err(Stop::Lost),
                Some('}') => {
                    self.at += 1;
                    self.deep -= 1;
                    return Ok(());
                }
                Some(',') => self.at += 1,
                Some(c) if COMMAS.contains(&c) => return self.sign(c, ","),
                Some(c) if CLOSING.contains(&c) => return self.sign(c, "}"),
                Some(_) => {
                    let before = self.at;
                    self.entry(Within::Braces)?;
                    if self.at == before {
                        return Err(Stop::Lost);
                    }
                }
            }
        }
    }
}
