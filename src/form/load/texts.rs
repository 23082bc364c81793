//! What a form asks of texts: what they must speak of, and how they name figures.

use std::sync::Arc;

use toml::Spanned;

use super::Loader;
use crate::form::file::MentionFile;
use crate::form::id::TextId;
use crate::form::model::Mention;
use crate::form::naming::{self, Naming, NamingFile};
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

    /// The namings of the program that fit the form's figures, and the form's own.
    pub(super) fn namings(&mut self, own: &[Spanned<NamingFile>], keys: &[String]) -> Vec<Naming> {
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let shared = naming::shared().naming.iter();
        let mut namings: Vec<Naming> = shared
            .filter_map(|file| naming::resolve(file, &keys))
            .collect();
        for file in own {
            let resolved = naming::resolve(file.get_ref(), &keys).filter(|naming| {
                !naming.words.is_empty() && !naming.words.iter().any(String::is_empty)
            });
            if resolved.is_none() {
                self.fault(
                    file.span(),
                    "naming 要有 words，以及 row 或 column，都是表里有的",
                    "a naming has words, and a row or a column that the tables have",
                );
            }
            namings.extend(resolved);
        }
        namings
    }
}
