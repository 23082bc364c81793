//! A line on which the parser stumbled, read as whoever typed it meant it: the first place where it
//! isn't TOML, and what to write there.
//!
//! The parser says what it expected next. That is no help where a sign only looks like the one that
//! was meant, or where a thing was written as on paper, so the line is walked again: keys, signs and
//! values, with everything allowed that people put in their place. Where the walk finds nothing odd,
//! the parser's own complaint is told.

use std::ops::Range;

use super::line::{code_part, is_key};
use super::paper;
use super::signs::{
    CLOSING, COMMAS, EQUALS, OPENING, QUOTES, blank_fault, is_odd_blank, sign_fault,
};
use crate::text::{Code, Message};

/// Characters of a line that are shown in a remedy.
const SHOWN: usize = 80;
/// Brackets within brackets that are walked into.
const DEEPEST: usize = 16;

/// The first odd thing on a line.
pub(super) struct Fault {
    /// Its bytes in the line.
    pub span: Range<usize>,
    pub code: Code,
    pub message: Message,
    pub remedy: Message,
}

/// What a value stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Line,
    List,
    Braces,
}

/// Nothing odd so far; or the line can't be followed any further.
enum Stop {
    Odd(Fault),
    Lost,
}

type Walked = Result<(), Stop>;

/// The first odd thing on a line.
pub(super) fn diagnose(text: &str) -> Option<Fault> {
    let mut walker = Walker {
        text,
        at: 0,
        deep: 0,
    };
    match walker.line() {
        Err(Stop::Odd(fault)) => Some(fault),
        _ => None,
    }
}

/// A text short enough for a remedy.
fn brief(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

struct Walker<'a> {
    text: &'a str,
    at: usize,
    deep: usize,
}

fn odd(span: Range<usize>, message: (&str, &str), remedy: (String, String)) -> Walked {
    Err(Stop::Odd(Fault {
        span,
        code: Code::Syntax,
        message: Message::new(message.0, message.1),
        remedy: Message::new(remedy.0, remedy.1),
    }))
}

impl<'a> Walker<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether the line, or what counts of it, ends here.
    fn is_over(&self) -> bool {
        self.next().is_none_or(|c| c == '#')
    }

    fn sign(&self, c: char, plain: &str) -> Walked {
        Err(Stop::Odd(sign_fault(c, self.at, plain)))
    }

    /// Passes over blanks.
    fn blanks(&mut self) -> Walked {
        while let Some(c) = self.next() {
            if is_odd_blank(c) {
                return match blank_fault(self.rest(), self.at) {
                    Some(fault) => Err(Stop::Odd(fault)),
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

    /// A text in quotation marks, all of it on this line.
    fn quoted(&mut self, key: &str, mark: char) -> Walked {
        let triple: String = [mark; 3].iter().collect();
        let start = self.at;
        if self.rest().starts_with(&triple) {
            let inner = self.text.get(self.at + 3..).unwrap_or_default();
            // A text of several lines goes on below.
            let Some(end) = inner.find(&triple) else {
                return Err(Stop::Lost);
            };
            self.at += end + 6;
            return Ok(());
        }
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            if c == '\\' && mark == '"' {
                chars.next();
            } else if c == mark {
                self.at += at + 1;
                return Ok(());
            }
        }
        let said = self.rest().get(1..).unwrap_or_default();
        let said = code_part(said).trim_end().trim_end_matches(QUOTES);
        let line = brief(&format!("{key} = \"{said}\""));
        odd(
            start..self.text.trim_end().len(),
            (
                "这段文字只有前面的引号，没有后面的",
                "this text has an opening quote and no closing one",
            ),
            (
                format!("前后各一个英文双引号：{line}；有好几行的，前后各用三个"),
                format!("write {line}; a text of several lines has three quotes on either side"),
            ),
        )
    }

    fn foreign_quotes(&mut self, key: &str, c: char) -> Walked {
        let rest = self.rest();
        let said = code_part(rest).trim_end().trim_end_matches([',', '}', ' ']);
        let inner = said.trim_matches(QUOTES).trim_matches('"');
        let several = rest.chars().take_while(|c| QUOTES.contains(c)).count() > 1;
        if several || inner.is_empty() || inner.contains('"') {
            let marks = if several {
                ("三个英文双引号 \"\"\"", "three double quotes, \"\"\"")
            } else {
                ("英文双引号 \"", "a double quote, \"")
            };
            return odd(
                self.at..self.at + said.len(),
                ("这里用的是中文引号", "these are not plain double quotes"),
                (
                    format!("文字前后各写{}", marks.0),
                    format!("write {} on either side of the text", marks.1),
                ),
            );
        }
        let fault = sign_fault(c, self.at, "\"");
        let line = match key {
            "" => format!("\"{}\"", brief(inner)),
            key => format!("{key} = \"{}\"", brief(inner)),
        };
        Err(Stop::Odd(Fault {
            span: self.at..self.at + said.len(),
            remedy: Message::new(
                format!("用英文双引号：{line}"),
                format!("use plain double quotes: {line}"),
            ),
            ..fault
        }))
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

    /// A value that is in no quotation marks: a number, a date, or what was to be one.
    fn word(&mut self, key: &str, within: Within) -> Walked {
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
            return Err(Stop::Odd(Fault {
                span: from..to,
                ..part
            }));
        }
        Ok(())
    }

    /// What follows a value.
    fn behind(&mut self, within: Within) -> Walked {
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

    /// A text goes on behind the quotation mark that ends it.
    fn inner_quotes(&self) -> Walked {
        odd(
            self.at..self.text.trim_end().len(),
            (
                "文字在这之前就结束了：里面又用了英文双引号",
                "the text ended before this: there is a double quote within it",
            ),
            (
                "里面的引号改用中文引号“”，或写成 \\\"".into(),
                "write \\\" within a text, or Chinese quotation marks".into(),
            ),
        )
    }
}

/// Whether a text begins with a key and its equals sign.
fn begins_entry(text: &str) -> bool {
    let text = text.trim_start();
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c)));
    end.is_some_and(|end| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .get(end..)
                .is_some_and(|rest| rest.trim_start().starts_with(['=', '＝']))
    })
}

fn two_on_a_line(span: Range<usize>) -> Walked {
    odd(
        span,
        ("两项写在一行里了", "there are two entries on a line"),
        (
            "一行写一项，这一项另起一行".into(),
            "give this one a line of its own".into(),
        ),
    )
}

fn sign_too_many(span: Range<usize>, sign: Option<&str>) -> Walked {
    let sign = sign.unwrap_or_default().trim();
    odd(
        span,
        ("行尾多了一个符号", "there is a sign too many"),
        (format!("删去“{sign}”"), format!("delete \"{sign}\"")),
    )
}

/// The bytes of a value within braces: to the closing one, or to a comma with a key behind it.
fn end_in_braces(rest: &str) -> usize {
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

/// Whether a line that starts with a bracket is the head of a table, in whatever brackets.
fn is_heading(code: &str) -> bool {
    let name = code.trim_matches(|c| OPENING.contains(&c) || CLOSING.contains(&c));
    let short = name.chars().count() <= 40 && !name.contains([',', '，', '"', '。'])
        || is_key(&name.replace('。', "."));
    short && !name.contains(EQUALS) && name.starts_with(|c: char| c.is_alphabetic())
}

fn heading(whole: Range<usize>, code: &str) -> Walked {
    let name = code.trim_matches(|c| OPENING.contains(&c) || CLOSING.contains(&c));
    let name = name.trim();
    let remedy = || (format!("写成 [{name}]"), format!("write [{name}]"));
    if let Some(at) = code.find(is_odd_blank)
        && let Some(fault) = blank_fault(code.get(at..).unwrap_or_default(), whole.start + at)
    {
        return Err(Stop::Odd(fault));
    }
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

/// Words that are neither key nor value.
fn note(span: Range<usize>, mark: &str) -> Walked {
    let (zh, en) = match mark {
        "" => (
            "是说明就在前面加 #；是正文就放在三个英文双引号之间；是要填的，写成“键 = 值”，键用英文",
            "put # before a note, a text between triple double quotes, a value behind key =",
        ),
        _ => ("说明前面写 #（半角的）", "a note has a # before it"),
    };
    odd(
        span,
        (
            "这里不是“键 = 值”的写法，像是说明",
            "this is not a key and its value; is it a note?",
        ),
        (zh.into(), en.into()),
    )
}
