//! Texts in quotation marks, TOML's and others.

use super::fault::{Fault, Stop, Walked, brief, odd};
use super::line::code_part;
use super::signs::{QUOTES, sign_fault};
use super::walk::Walker;
use crate::text::Message;

impl Walker<'_> {
    /// A text in quotation marks, all of it on this line.
    pub(super) fn quoted(&mut self, key: &str, mark: char) -> Walked {
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

    pub(super) fn foreign_quotes(&mut self, key: &str, c: char) -> Walked {
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
        Err(Stop::from(Fault {
            span: self.at..self.at + said.len(),
            remedy: Message::new(
                format!("用英文双引号：{line}"),
                format!("use plain double quotes: {line}"),
            ),
            ..fault
        }))
    }

    /// A text goes on behind the quotation mark that ends it.
    pub(super) fn inner_quotes(&self) -> Walked {
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
