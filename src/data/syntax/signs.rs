//! Characters that look like TOML's signs and blanks and are none: what input methods, Word and web
//! pages write in their place.

use super::fault::Fault;
use crate::text::{Code, Message};

/// What opens a bracket, plain first.
pub(super) const OPENING: &[char] = &[
    '[', '［', '【', '〔', '〖', '(', '（', '{', '｛', '<', '＜', '「', '『', '《',
];
/// What closes one.
pub(super) const CLOSING: &[char] = &[
    ']', '］', '】', '〕', '〗', ')', '）', '}', '｝', '>', '＞', '」', '』', '》',
];
/// What people write between two values.
pub(super) const COMMAS: &[char] = &[',', '，', '、', '；', ';', '﹐', '､'];
/// What people write between a key and its value.
pub(super) const EQUALS: &[char] = &['=', '＝', ':', '：', '﹦', '→'];
/// Quotation marks that TOML doesn't know.
pub(super) const QUOTES: &[char] = &[
    '“', '”', '„', '‟', '‘', '’', '＂', '＇', '〝', '〞', '「', '」', '『', '』', '`', '´',
];

/// What a character is called that stands for a blank or can't be seen at all, and whether it is seen.
fn odd_blank(c: char) -> Option<(&'static str, &'static str, bool)> {
    Some(match c {
        '\u{3000}' => ("全角空格", "full-width space", true),
        '\u{a0}' | '\u{202f}' => ("不间断空格", "no-break space", true),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => ("排版用的空格", "wide space", true),
        '\u{200b}' | '\u{feff}' | '\u{2060}' => ("看不见的零宽字符", "invisible character", false),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200c}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2061}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}' => ("看不见的字符", "invisible character", false),
        _ => return None,
    })
}

/// Whether a character is such a blank.
pub(super) fn is_odd_blank(c: char) -> bool {
    odd_blank(c).is_some()
}

/// The fault of the blank at the head of `rest`, at byte `at` of a line.
pub(super) fn blank_fault(rest: &str, at: usize) -> Option<Fault> {
    let c = rest.chars().next()?;
    let (zh, en, seen) = odd_blank(c)?;
    let code = format!("U+{:04X}", c as u32);
    let (here_zh, here_en) = match at {
        0 => ("行首", "the line starts with"),
        _ => ("这里", "there is here"),
    };
    let remedy = if seen {
        Message::new(
            "删去，或改成普通的半角空格",
            "delete it, or write a plain space",
        )
    } else {
        Message::new(
            "删去；看不见，就把它前后的字删掉重新输入",
            "delete it; as it can't be seen, type what stands around it again",
        )
    };
    Some(Fault {
        span: at..at + c.len_utf8(),
        code: Code::Syntax,
        message: Message::new(
            format!("{here_zh}有{zh}（{code}）"),
            format!("{here_en} a {en} ({code})"),
        ),
        remedy,
    })
}

/// What a sign is called.
fn name(c: char) -> (&'static str, &'static str) {
    match c {
        '，' | '﹐' | '､' => ("全角逗号", "a full-width comma"),
        '、' => ("顿号", "an enumeration comma"),
        '；' => ("全角分号", "a full-width semicolon"),
        ';' => ("分号", "a semicolon"),
        '：' => ("全角冒号", "a full-width colon"),
        ':' => ("冒号", "a colon"),
        '＝' | '﹦' => ("全角等号", "a full-width equals sign"),
        '［' | '］' | '【' | '】' | '〔' | '〕' | '〖' | '〗' => {
            ("中文方括号", "a Chinese bracket")
        }
        '（' | '）' => ("中文括号", "a Chinese parenthesis"),
        '(' | ')' => ("圆括号", "a parenthesis"),
        '｛' | '｝' => ("全角花括号", "a full-width brace"),
        '＃' => ("全角井号", "a full-width number sign"),
        '“' | '”' | '„' | '‟' | '‘' | '’' | '〝' | '〞' | '「' | '」' | '『' | '』' => {
            ("中文引号", "a Chinese quotation mark")
        }
        '＂' | '＇' => ("全角引号", "a full-width quotation mark"),
        _ => ("符号", "a sign"),
    }
}

/// The fault of a sign at byte `at` of a line, in place of which `plain` should stand.
pub(super) fn sign_fault(c: char, at: usize, plain: &str) -> Fault {
    let (zh, en) = name(c);
    let kind = match plain {
        "," => ("半角逗号 ,", "a plain comma"),
        "=" => ("半角等号 =", "an equals sign"),
        "#" => ("半角 #", "a plain #"),
        "\"" => ("英文双引号 \"", "a double quote \""),
        "[" => ("半角方括号 [", "["),
        "]" => ("半角方括号 ]", "]"),
        "{" => ("半角花括号 {", "{"),
        "}" => ("半角花括号 }", "}"),
        other => (other, other),
    };
    Fault {
        span: at..at + c.len_utf8(),
        code: Code::Syntax,
        message: Message::new(
            format!("这里用的是{zh}（{c}）"),
            format!("this is {en} ({c})"),
        ),
        remedy: Message::new(
            format!("改成{}", kind.0),
            format!("write {} in its place", kind.1),
        ),
    }
}
