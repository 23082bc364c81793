//! Character classes of Chinese typesetting, after the tables of W3C's *Requirements for Chinese
//! Text Layout* (clreq): what may not start or end a line (行首行尾禁则), which marks have a blank
//! half (标点挤压), what stays together (分离禁则).

/// The class of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Chinese characters and everything else in a square of its own.
    Han,
    /// Opening brackets and quotation marks, with a blank left half: 《（“.
    Opening,
    /// Closing brackets and quotation marks, with a blank right half: 》）”.
    Closing,
    /// Full stops and commas, with a blank right half: 。，、；：.
    Stop,
    /// ！？, which don't start a line and may lose a part of their right half.
    Mark,
    /// Interpuncts and the like: ·.
    Middle,
    /// Dashes and ellipses, which come in pairs: — ….
    Pair,
    /// Latin letters.
    Latin,
    /// Digits.
    Digit,
    /// Latin punctuation that may not start a line: , . ) ] % :.
    LatinClosing,
    /// Latin punctuation that may not end a line: ( [.
    LatinOpening,
    /// White space.
    Space,
}

/// The class of `c`.
pub fn class(c: char) -> Class {
    match c {
        ' ' | '\t' | '\u{a0}' | '\u{3000}' => Class::Space,
        '0'..='9' => Class::Digit,
        '“' | '‘' | '（' | '《' | '〈' | '〔' | '【' | '「' | '『' | '〖' | '［' | '｛' | '〝' => {
            Class::Opening
        }
        '”' | '’' | '）' | '》' | '〉' | '〕' | '】' | '」' | '』' | '〗' | '］' | '｝' | '〞' => {
            Class::Closing
        }
        '。' | '，' | '、' | '；' | '：' | '．' => Class::Stop,
        '！' | '？' => Class::Mark,
        '·' | '・' | '／' | '～' | '％' | '‰' | '℃' => Class::Middle,
        '—' | '…' | '―' | '⸺' => Class::Pair,
        '(' | '[' | '{' => Class::LatinOpening,
        ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '%' | '/' | '-' | '\'' | '"' => {
            Class::LatinClosing
        }
        '\u{21}'..='\u{24f}' => Class::Latin,
        _ => Class::Han,
    }
}

impl Class {
    /// Whether the character is a mark of Chinese text: punctuation in a square of its own, or shared with
    /// Latin: “ ” ‘ ’ — … ·.
    pub fn is_chinese_mark(self) -> bool {
        matches!(
            self,
            Self::Opening | Self::Closing | Self::Stop | Self::Mark | Self::Middle | Self::Pair
        )
    }

    /// Whether the character may not start a line.
    pub fn no_start(self) -> bool {
        matches!(
            self,
            Self::Closing
                | Self::Stop
                | Self::Mark
                | Self::Middle
                | Self::LatinClosing
                | Self::Space
        )
    }

    /// Whether the character may not end a line.
    pub fn no_end(self) -> bool {
        matches!(self, Self::Opening | Self::LatinOpening)
    }

    /// Whether the character has a blank right half that can be taken away.
    pub fn blank_right(self) -> bool {
        matches!(self, Self::Closing | Self::Stop)
    }

    /// Whether the character has a blank left half that can be taken away.
    pub fn blank_left(self) -> bool {
        matches!(self, Self::Opening)
    }

    /// Whether the character is set at its own width, not in a square.
    pub fn is_narrow(self) -> bool {
        matches!(
            self,
            Self::Latin | Self::Digit | Self::LatinClosing | Self::LatinOpening | Self::Space
        )
    }

    /// Whether the character can be part of a word or number that is not broken.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Latin | Self::Digit)
    }
}

/// Characters that go with the number before them: 38项, 2019年, 60号.
pub fn is_unit(c: char) -> bool {
    "年月日号號时時分秒件条條项項个個次人名份期篇页頁家处處万萬亿億元角千百吨噸米里公平％%‰℃度级級类類批场場"
        .contains(c)
}
