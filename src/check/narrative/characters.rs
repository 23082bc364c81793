//! A paragraph as the check reads it: in simplified characters, without brackets and quotations.

use std::collections::HashMap;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::words::Words;
use crate::report::{Line, Report};

/// Stands for a bracket or a quotation that may change what is said: no word matches it.
const BLOCK: char = '\u{fffc}';
/// Stands for a figure quoted as `{{key}}`.
const QUOTED: char = '\u{fffd}';

/// Longest key in a quotation, in characters.
const LONGEST_KEY: usize = 200;

/// One character and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Character {
    /// The character, simplified and of half width.
    pub c: char,
    /// Its first byte in the paragraph.
    pub at: usize,
    /// The byte behind it.
    pub end: usize,
    /// The figure's value, where it stands for a quoted figure.
    pub quoted: Option<Decimal>,
}

impl Character {
    /// Whether it is a digit 0 to 9.
    pub fn is_digit(&self) -> bool {
        self.c.is_ascii_digit()
    }
}

/// Each traditional character of the words that are looked for, and its simplified one.
const TRADITIONAL: &str = "開復複覆議訴訟無轉處請數總計結與為爲於後裡裏餘個條兩萬億幾約過較減門關單機們區縣鄉鎮辦廳會書類項網絡發產經該繼續對報屬級歷來際間規時應實現業團織務構據從屆訖達當將擬預測綫線郵傳眞證許強執決議體並佔審維糾給還現場電話諮詢訪舉舊壹貳參叁肆伍陸柒捌玖拾佰仟週採購徵収";
const SIMPLIFIED: &str = "开复复复议诉讼无转处请数总计结与为为于后里里余个条两万亿几约过较减门关单机们区县乡镇办厅会书类项网络发产经该继续对报属级历来际间规时应实现业团织务构据从届讫达当将拟预测线线邮传真证许强执决议体并占审维纠给还现场电话咨询访举旧一二三三四五六七八九十百千周采购征收";

/// A text in simplified characters, for words that are given and not typed in the report.
pub(super) fn simplified(text: &str) -> String {
    text.chars().map(simplify).collect()
}

fn simplify(c: char) -> char {
    static TABLE: OnceLock<HashMap<char, char>> = OnceLock::new();
    match c {
        '\0'..='\u{7f}' => c,
        // Full-width digits, full stop and percent sign.
        '０'..='９' | '．' | '％' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => {
            let table = TABLE.get_or_init(|| TRADITIONAL.chars().zip(SIMPLIFIED.chars()).collect());
            table.get(&c).copied().unwrap_or(c)
        }
    }
}

/// Reads a paragraph. What a bracket adds to a number (占33.9%, a number of the list) is left
/// out; any other bracket and every quotation becomes one character that no word matches.
pub(super) fn characters(report: &Report, line: &Line) -> Vec<Character> {
    let text = line.worded.text.as_str();
    let mut characters: Vec<Character> = Vec::new();
    let mut closers: Vec<char> = Vec::new();
    let mut bracket = String::new();
    let mut opened = 0;
    let mut spaced = false;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let (start, mut end) = (at, at + c.len_utf8());
        at = end;
        if closers.last() == Some(&c) {
            closers.pop();
            if closers.is_empty() && !(matches!(c, '）' | ')') && is_aside(&bracket)) {
                characters.push(block(opened, end));
            }
            continue;
        }
        if let Some(closer) = closer(c) {
            if closers.is_empty() {
                (opened, bracket) = (start, String::new());
            }
            closers.push(closer);
            continue;
        }
        if !closers.is_empty() {
            bracket.push(simplify(c));
            continue;
        }
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut character = Character {
            c: simplify(c),
            at: start,
            end,
            quoted: None,
        };
        if let Some((key, length)) = text.get(start..).and_then(quote) {
            end = start + length;
            at = end;
            character = match report.form.figure(key) {
                Some(id) => Character {
                    c: QUOTED,
                    quoted: Some(report.figure(id).value),
                    ..block(start, end)
                },
                None => block(start, end),
            };
        }
        // 3 646 may be one number or two.
        if spaced && character.is_digit() && characters.last().is_some_and(Character::is_digit) {
            characters.push(block(start, start));
        }
        spaced = false;
        characters.push(character);
    }
    if !closers.is_empty() {
        characters.push(block(opened, text.len()));
    }
    characters
}

fn block(at: usize, end: usize) -> Character {
    Character {
        c: BLOCK,
        at,
        end,
        quoted: None,
    }
}

fn closer(c: char) -> Option<char> {
    let closer = match c {
        '（' => '）',
        '(' => ')',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '〔' => '〕',
        '【' => '】',
        '［' => '］',
        '[' => ']',
        '"' => '"',
        _ => return None,
    };
    Some(closer)
}

/// Whether what stands in a bracket leaves the number beside it as it is.
fn is_aside(bracket: &str) -> bool {
    const STARTS: [&str; 9] = [
        "占", "同比", "环比", "较上", "比上", "较去", "详见", "见附", "其中",
    ];
    const CHANGES: [&str; 11] = [
        "含", "包括", "除", "不计", "合并", "公开", "处理", "提供", "结转", "复议", "诉",
    ];
    let numbered = bracket
        .chars()
        .all(|c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c));
    numbered
        || STARTS.iter().any(|start| bracket.starts_with(start))
            && !CHANGES.iter().any(|word| bracket.contains(word))
}

/// The key that a text starting with `{{key}}` quotes, and the bytes of the quotation.
fn quote(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix("{{")?;
    let longest = rest.char_indices().nth(LONGEST_KEY);
    let end = rest
        .get(..longest.map_or(rest.len(), |(at, _)| at))?
        .find("}}")?;
    Some((rest.get(..end)?.trim(), end + 4))
}

/// Whether `characters` start with `word`, and with how many of them.
pub(super) fn starts(characters: &[Character], word: &str) -> Option<usize> {
    let mut length = 0;
    for c in word.chars() {
        if characters.get(length)?.c != c {
            return None;
        }
        length += 1;
    }
    Some(length)
}

/// How many characters the longest of `words` takes that they start with; 0 for none.
pub(super) fn longest(characters: &[Character], words: &Words) -> usize {
    let Some(first) = characters.first() else {
        return 0;
    };
    let words = words.starting_with(first.c).iter();
    words
        .filter_map(|word| starts(characters, word))
        .max()
        .unwrap_or(0)
}

/// Whether one of `words` is among `characters`.
pub(super) fn contain(characters: &[Character], words: &Words) -> bool {
    (0..characters.len()).any(|at| longest(rest(characters, at), words) > 0)
}

/// Whether `word` is among `characters`.
pub(super) fn contain_word(characters: &[Character], word: &str) -> bool {
    (0..characters.len()).any(|at| starts(rest(characters, at), word).is_some())
}

/// The characters from `at` on.
pub(super) fn rest(characters: &[Character], at: usize) -> &[Character] {
    characters.get(at..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_traditional_character_has_its_simplified_one() {
        assert_eq!(TRADITIONAL.chars().count(), SIMPLIFIED.chars().count());
        assert_eq!(
            simplified("新收政府信息公開申請１２件，行政復議、結轉下年度繼續辦理"),
            "新收政府信息公开申请12件，行政复议、结转下年度继续办理"
        );
    }
}
