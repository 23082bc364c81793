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
    /// ！？, with a blank right half.
    Mark,
    /// Interpuncts and slashes, which take half a square (GB/T 15834—2011, 5.1.8 and 5.1.10): · ／.
    Interpunct,
    /// Signs in a square that don't start a line: ～ ％ ℃.
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
        '·' | '・' | '／' => Class::Interpunct,
        '～' | '％' | '‰' | '℃' => Class::Middle,
        '—' | '…' | '―' | '⸺' => Class::Pair,
        '(' | '[' | '{' => Class::LatinOpening,
        ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '%' | '/' | '-' | '–' | '\''
        | '"' => Class::LatinClosing,
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
            Self::Opening
                | Self::Closing
                | Self::Stop
                | Self::Mark
                | Self::Interpunct
                | Self::Middle
                | Self::Pair
        )
    }

    /// Whether the character may not start a line.
    pub fn no_start(self) -> bool {
        matches!(
            self,
            Self::Closing
                | Self::Stop
                | Self::Mark
                | Self::Interpunct
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
        matches!(self, Self::Closing | Self::Stop | Self::Mark)
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

/// Whether `c` is a Chinese character proper, which takes a little space beside Latin letters and digits.
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '〇' | '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Signs that go with the number behind them where nothing stands before them: -12.5% (clreq, 分离禁则).
pub fn is_plus_or_minus(c: char) -> bool {
    "-−－+＋±".contains(c)
}

/// Currencies, which go with the number behind them: ￥100 (clreq, 分离禁则).
pub fn is_currency(c: char) -> bool {
    "¥￥$＄€£".contains(c)
}

/// Signs that join two numbers or words and stay with the first: 1—12月, 2021～2024年 (GB/T 15834—2011,
/// 5.1.9). Two — are a dash, not one of these.
pub fn is_connector(c: char) -> bool {
    "—―–-－～~".contains(c)
}

/// Characters that go with the number before them: 38项, 2019年, 60号.
pub fn is_unit(c: char) -> bool {
    "年月日号號时時分秒周週天岁歲届屆件条條项項个個次人名户戶份期篇页頁版本册冊则則张張幅封家处處所座门門台臺套支\
     起例宗轮輪批场場级級类類倍万萬亿億元角千百吨噸米里亩畝公平％%‰℃度"
        .contains(c)
}
