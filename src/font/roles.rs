//! Roles and the faces that serve them.

use crate::form::Script;

/// What a face is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The title: 小标宋.
    Title,
    /// 一、: 黑体.
    Heading,
    /// （一）: 楷体.
    Subheading,
    /// Running text: 仿宋.
    Text,
    /// Wording in tables: 宋体.
    Table,
    /// Figures in tables and page numbers: digits of one width.
    Number,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Title,
        Self::Heading,
        Self::Subheading,
        Self::Text,
        Self::Table,
        Self::Number,
    ];

    /// The role's name, as `nianbao fonts` prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Subheading => "subheading",
            Self::Text => "text",
            Self::Table => "table",
            Self::Number => "number",
        }
    }

    /// The program's families that serve the role.
    pub(super) fn chain(self, script: Script) -> Chain {
        match script {
            Script::Hans => self.hans(),
            Script::Hant => self.hant(),
        }
    }

    fn hans(self) -> Chain {
        match self {
            Self::Title => Chain {
                latin: &[SERIF_SC_SEMIBOLD],
                punctuation: &[SERIF_SC_SEMIBOLD],
                han: &[SERIF_SC_SEMIBOLD, SERIF_SC],
            },
            Self::Heading => Chain {
                latin: &[SANS_SC],
                punctuation: &[SANS_SC],
                han: &[SANS_SC, SERIF_SC],
            },
            Self::Subheading => Chain {
                latin: &[LATIN],
                punctuation: &[KAI],
                han: &[KAI, WENKAI, SERIF_SC],
            },
            Self::Text => Chain {
                latin: &[LATIN],
                punctuation: &[FANG],
                han: &[FANG, WENKAI, SERIF_SC],
            },
            Self::Table => Chain {
                latin: &[LATIN],
                punctuation: &[SERIF_SC],
                han: &[SERIF_SC],
            },
            Self::Number => Chain {
                latin: &[LATIN],
                punctuation: &[SERIF_SC],
                han: &[SERIF_SC],
            },
        }
    }

    /// Punctuation comes from the mainland faces here too: the Taiwanese ones set ，。 in the
    /// middle of the square, and the real reports in traditional script are mainland ones.
    fn hant(self) -> Chain {
        match self {
            Self::Title => Chain {
                latin: &[SERIF_TC_SEMIBOLD],
                punctuation: &[SERIF_SC_SEMIBOLD],
                han: &[SERIF_TC_SEMIBOLD, SERIF_TC],
            },
            Self::Heading => Chain {
                latin: &[SANS_TC],
                punctuation: &[SANS_SC],
                han: &[SANS_TC, SERIF_TC],
            },
            Self::Subheading => Chain {
                latin: &[LATIN],
                punctuation: &[KAI, WENKAI],
                han: &[WENKAI, KAI, SERIF_TC],
            },
            Self::Text => Chain {
                latin: &[LATIN],
                punctuation: &[FANG, WENKAI],
                han: &[FANG_TC, WENKAI, FANG, SERIF_TC],
            },
            Self::Table => Chain {
                latin: &[LATIN],
                punctuation: &[SERIF_SC],
                han: &[SERIF_TC],
            },
            Self::Number => Chain {
                latin: &[LATIN],
                punctuation: &[SERIF_SC],
                han: &[SERIF_TC],
            },
        }
    }
}

/// The program's families of one role, best first: for Latin letters and digits, for Chinese
/// punctuation, and for everything else.
pub(super) struct Chain {
    pub latin: &'static [&'static str],
    pub punctuation: &'static [&'static str],
    pub han: &'static [&'static str],
}

const LATIN: &str = "Nianbao Serif";
const FANG: &str = "FandolFang";
const KAI: &str = "FandolKai";
const WENKAI: &str = "Nianbao WenKai";
const FANG_TC: &str = "cwTeXFangSong";
const SERIF_SC: &str = "Noto Serif CJK SC";
const SERIF_TC: &str = "Noto Serif CJK TC";
const SERIF_SC_SEMIBOLD: &str = "Noto Serif CJK SC SemiBold";
const SERIF_TC_SEMIBOLD: &str = "Noto Serif CJK TC SemiBold";
const SANS_SC: &str = "Noto Sans CJK SC Medium";
const SANS_TC: &str = "Noto Sans CJK TC Medium";
