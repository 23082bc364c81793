//! Brackets nested too deep.

use std::sync::Arc;

use crate::text::{Code, Finding, Message, Place, Source, Span};

/// Deepest nesting of brackets that is read: the data file needs four levels.
const MAX_DEPTH: usize = 16;

/// A finding for brackets nested beyond [`MAX_DEPTH`], before the parser wades through them; it
/// has a limit of its own for what is spread over lines or written with dots. Brackets in texts
/// count too, which no real data file notices: they are closed again.
pub(super) fn too_deep(source: &Arc<Source>) -> Option<Finding> {
    let mut depth = 0usize;
    for line in 0.. {
        let span = source.line_span(line);
        if span.start >= source.text().len() {
            return None;
        }
        let text = source.slice(&span);
        if text.trim_start().starts_with('[') {
            depth = 0;
        }
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MAX_DEPTH {
                let at = span.start + at;
                return Some(depth_finding(source, at..at + 1));
            }
        }
    }
    None
}

pub(super) fn depth_finding(source: &Arc<Source>, span: Span) -> Finding {
    Finding::new(
        Code::Syntax,
        Message::new("列表或表嵌套得太深", "lists or tables are nested too deep"),
    )
    .at(Place::new(source, span))
    .remedy(Message::new(
        "请检查括号是否配对",
        "check that the brackets are paired",
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::findings;

    #[test]
    fn points_in_a_text_are_no_nesting() {
        let text = format!(
            "a = \"\"\"\n{}\n......其他......还有......\n\"\"\"\n",
            "3.5%，".repeat(40)
        );
        assert!(findings(&text).is_empty());
    }

    #[test]
    fn deep_nesting_is_a_finding() {
        assert_eq!(findings(&format!("a = {}", "[".repeat(100_000))).len(), 1);
        assert_eq!(findings(&format!("{}a = 1", "a.".repeat(100_000))).len(), 1);
        let lines = findings(&format!("a = [\n{}", "[\n".repeat(10_000)));
        assert!(
            lines.iter().any(|f| f.message.zh.contains("嵌套")),
            "{lines:#?}"
        );
    }
}
