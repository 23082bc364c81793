//! The first odd thing on a line, and the faults that several places can have.

use std::ops::Range;

use crate::text::{Code, Message};

/// Characters of a line that are shown in a remedy.
const SHOWN: usize = 80;

/// The first odd thing on a line.
pub(super) struct Fault {
    /// Its bytes in the line.
    pub span: Range<usize>,
    pub code: Code,
    pub message: Message,
    pub remedy: Message,
}

/// Nothing odd so far; or the line can't be followed any further.
pub(super) enum Stop {
    Odd(Box<Fault>),
    Lost,
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Odd(Box::new(fault))
    }
}

pub(super) type Walked = Result<(), Stop>;

/// A text short enough for a remedy.
pub(super) fn brief(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

pub(super) fn odd(span: Range<usize>, message: (&str, &str), remedy: (String, String)) -> Walked {
    Err(Stop::from(Fault {
        span,
        code: Code::Syntax,
        message: Message::new(message.0, message.1),
        remedy: Message::new(remedy.0, remedy.1),
    }))
}

pub(super) fn two_on_a_line(span: Range<usize>) -> Walked {
    odd(
        span,
        ("两项写在一行里了", "there are two entries on a line"),
        (
            "一行写一项，这一项另起一行".into(),
            "give this one a line of its own".into(),
        ),
    )
}

pub(super) fn sign_too_many(span: Range<usize>, sign: Option<&str>) -> Walked {
    let sign = sign.unwrap_or_default().trim();
    odd(
        span,
        ("行尾多了一个符号", "there is a sign too many"),
        (format!("删去“{sign}”"), format!("delete \"{sign}\"")),
    )
}

/// Words that are neither key nor value.
pub(super) fn note(span: Range<usize>, mark: &str) -> Walked {
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
