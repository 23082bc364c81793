//! Files with more in them than a report has.

use std::sync::Arc;

use crate::text::{Code, Finding, Message, Place, Source};

/// Most tokens that are read: words, signs, breaks of lines. A form of 5,000 figures, each with a
/// unit and a note on a line of its own, has 150,000; a text is one token however long it is.
const MOST_TOKENS: usize = 500_000;

/// The byte from which on a text has more than [`MOST_TOKENS`].
pub(crate) fn beyond(text: &str) -> Option<usize> {
    let mut tokens = toml_parser::Source::new(text).lex();
    Some(tokens.nth(MOST_TOKENS)?.span().start())
}

/// A finding for a file of too many tokens, before the parser makes something of each.
pub(super) fn too_much(source: &Arc<Source>) -> Option<Finding> {
    let at = beyond(source.text())?;
    let finding = Finding::new(
        Code::Syntax,
        Message::new(
            "文件里的行或数字太多，不是一份报告的数据文件",
            "there are too many lines or figures: this is no data file of a report",
        ),
    )
    .at(Place::new(source, at..at))
    .remedy(Message::new(
        "请检查是否选错了文件",
        "check that this is the right file",
    ));
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    #[test]
    fn a_text_of_any_length_is_one_token() {
        let text = format!("a = \"\"\"\n{}\"\"\"\n", "一、二，三 = 四\n".repeat(60_000));
        assert!(findings(&text).is_empty());
        let lines = findings(&"a\n".repeat(300_000));
        assert_eq!(lines.len(), 1);
        assert!(lines[0].message.zh.contains("太多"));
    }
}
