//! Why fonts can't be used, and what to do about it.

use std::path::PathBuf;

use super::search::Search;
use crate::text::{Failure, FailureKind, Message};

/// Why the fonts can't be used.
#[derive(Debug)]
pub enum FontError {
    /// No folder to search.
    NoFolder,
    /// A face that a role needs is nowhere.
    NotFound {
        /// Its name.
        family: String,
        /// A face with nearly that name.
        near: Option<String>,
        /// Where it was looked for.
        search: Search,
    },
    /// A font file that can't be read.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the operating system says.
        error: std::io::Error,
    },
    /// A font file that is cut short or no font.
    Malformed {
        /// The file.
        file: PathBuf,
    },
    /// A font file that was written over while it was in use.
    Changed {
        /// The file.
        file: PathBuf,
    },
    /// A face whose licence forbids embedding the characters in use in a document.
    Restricted {
        /// Its name.
        family: String,
        /// Its file.
        file: PathBuf,
    },
}

impl FontError {
    /// What to tell the user.
    pub fn message(&self) -> Message {
        match self {
            Self::NoFolder => Message::new(
                "没有字体文件夹：把项目的 fonts 文件夹放在程序旁边，或用 --fonts、环境变量 NIANBAO_FONTS 指定",
                "no folder of fonts: put the project's fonts folder beside the program, or name it with --fonts or NIANBAO_FONTS",
            ),
            Self::NotFound { family, search, .. } => {
                let places = |own: &str| -> Vec<String> {
                    let folders = search.folders.iter().map(|f| f.display().to_string());
                    let own = search.system.then(|| own.to_owned());
                    folders.chain(own).collect()
                };
                let (zh, en) = (places("本机字体"), places("the computer's own fonts"));
                Message::new(
                    format!("找不到字体“{family}”，找过：{}", zh.join("、")),
                    format!("font \"{family}\" is in none of: {}", en.join(", ")),
                )
            }
            Self::Unreadable { file, error } => Message::new(
                format!("字体文件 {} 不能读：{error}", file.display()),
                format!("font file {} can't be read: {error}", file.display()),
            ),
            Self::Malformed { file } => Message::new(
                format!("字体文件 {} 已损坏", file.display()),
                format!("font file {} is damaged", file.display()),
            ),
            Self::Changed { file } => Message::new(
                format!("字体文件 {} 在使用中被改动，请再运行一次", file.display()),
                format!(
                    "font file {} was changed while it was in use: run again",
                    file.display()
                ),
            ),
            Self::Restricted { family, file } => Message::new(
                format!("字体“{family}”（{}）不许嵌入文件", file.display()),
                format!("font \"{family}\" ({}) may not be embedded", file.display()),
            ),
        }
    }

    /// What to do about a face that a user named; none where it is not the name's fault.
    pub fn remedy(&self) -> Option<Message> {
        match self {
            Self::NotFound {
                near: Some(near), ..
            } => Some(Message::new(
                format!("是不是“{near}”？"),
                format!("did you mean \"{near}\"?"),
            )),
            Self::NotFound { search, .. } if search.system => Some(Message::new(
                "安装这个字体，或用 --fonts 指定存放它的文件夹",
                "install it, or name the folder that it is in with --fonts",
            )),
            Self::NotFound { .. } => Some(Message::new(
                "字体装在本机的，加上 --system-fonts，或在 [fonts] 下写 system = true；否则用 --fonts 指定存放它的文件夹",
                "if it is installed here, give --system-fonts, or write system = true below [fonts]; if not, name the folder that it is in with --fonts",
            )),
            Self::Restricted { .. } => Some(Message::new(
                "换一个许可嵌入的字体",
                "name a face that may be embedded",
            )),
            Self::NoFolder
            | Self::Unreadable { .. }
            | Self::Malformed { .. }
            | Self::Changed { .. } => None,
        }
    }

    /// The face that it is about, by the name that it was looked for.
    pub fn family(&self) -> Option<&str> {
        match self {
            Self::NotFound { family, .. } | Self::Restricted { family, .. } => Some(family),
            Self::NoFolder
            | Self::Unreadable { .. }
            | Self::Malformed { .. }
            | Self::Changed { .. } => None,
        }
    }
}

impl std::fmt::Display for FontError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for FontError {}

impl From<&FontError> for Failure {
    fn from(error: &FontError) -> Self {
        Self {
            kind: FailureKind::Font,
            path: None,
            message: error.message(),
        }
    }
}
