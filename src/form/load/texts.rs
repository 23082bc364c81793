//! What a form asks of texts: what they must speak of, and which words give figures.

use std::sync::Arc;

use super::Loader;
use crate::form::claim::{self, Claim, ClaimError};
use crate::form::file::{ClaimFile, MentionFile};
use crate::form::formula::Keys;
use crate::form::id::TextId;
use crate::form::model::Mention;
use crate::text::Message;

impl Loader<'_> {
    pub(super) fn mention(&mut self, file: MentionFile, texts: &[String]) -> Option<Mention> {
        let Some(text) = texts.iter().position(|text| text == file.text.get_ref()) else {
            self.fault(
                file.text.span(),
                format!("没有名为 {} 的文字部分", file.text.get_ref()),
                format!("there is no text {}", file.text.get_ref()),
            );
            return None;
        };
        let [zh, en] = file.remedy;
        Some(Mention {
            code: Arc::from(file.code),
            description: Message::new(file.zh, file.en),
            remedy: Message::new(zh, en),
            text: TextId(text),
            any: file.any,
        })
    }

    pub(super) fn claim(&mut self, file: ClaimFile, keys: &Keys<'_>) -> Option<Claim> {
        match claim::read(file, keys) {
            Ok(claim) => Some(claim),
            Err(ClaimError::At(span, message)) => {
                self.fault(span, message.zh, message.en);
                None
            }
            Err(ClaimError::Formula(formula, fault)) => {
                self.formula_fault(&formula, fault);
                None
            }
        }
    }
}
