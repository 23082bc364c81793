//! Characters that are not what they look like, whatever the font: radicals that stand for ideographs,
//! marks that nobody sees, code points that mean nothing in another program.

use unicode_normalization::UnicodeNormalization;

/// What is odd about a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// XML 1.0 forbids it (2.2, production 2), or lets no writer keep it: no workbook can have it.
    Forbidden,
    /// It prints nothing: it joins, parts or turns others round.
    Invisible,
    /// A blank other than those that keyboards have.
    Blank,
    /// It stands for a character that was lost.
    Lost,
    /// Each font draws something else (private use: Unicode 23.5).
    Private,
    /// It looks like this character and is another: text that is searched for is not found.
    Like(char),
}

/// What is odd about `c`; none of nearly all.
pub(crate) fn oddity(c: char) -> Option<Oddity> {
    match c {
        // What nearly all text is made of.
        ' '..='~' | '\u{4e00}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff9f}' => {
            None
        }
        '\t' | '\u{a0}' => None,
        c if c.is_control()
            || matches!(c, '\u{fdd0}'..='\u{fdef}')
            || (c as u32 & 0xfffe) == 0xfffe =>
        {
            Some(Oddity::Forbidden)
        }
        c if is_invisible(c) => Some(Oddity::Invisible),
        c if c.is_whitespace() => Some(Oddity::Blank),
        '\u{fffc}' | '\u{fffd}' => Some(Oddity::Lost),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Some(Oddity::Private),
        c => like(c).map(Oddity::Like),
    }
}

/// The code points of Default_Ignorable_Code_Point and those of the general category Cf that text has no
/// use for, the blank pattern of Braille, and the separators of lines and paragraphs.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The character that `c` looks like: that of which it is a radical or a stroke, or that which Unicode
/// calls the same (canonical equivalence), such as the compatibility ideographs.
fn like(c: char) -> Option<char> {
    match c {
        '\u{2f00}'..='\u{2fdf}' => only(c, [c].into_iter().nfkc()),
        '\u{2e80}'..='\u{2eff}' | '\u{31c0}'..='\u{31ef}' => {
            let radicals = RADICALS.chars().zip(IDEOGRAPHS.chars());
            let mut same = radicals.filter(|(radical, _)| *radical == c);
            same.next().map(|(_, ideograph)| ideograph)
        }
        c => only(c, [c].into_iter().nfc()),
    }
}

/// What `c` is decomposed into, where that is one character and another.
fn only(c: char, mut parts: impl Iterator<Item = char>) -> Option<char> {
    parts
        .next()
        .filter(|part| *part != c && parts.next().is_none())
}

/// A name as it is compared with others: without blanks and marks that nobody sees, brackets and letters of
/// one width, ideographs for radicals and compatibility forms (NFKC).
pub(crate) fn same_name(name: &str) -> String {
    let plain = name.chars().map(|c| like(c).unwrap_or(c)).nfkc();
    // A | says where a name is best broken.
    let dropped = |c: char| c == '|' || c.is_whitespace() || c.is_control() || is_invisible(c);
    let kept = plain.filter(|c| !dropped(*c));
    kept.map(|c| match c {
        '[' | '{' | '〔' | '【' | '〖' => '(',
        ']' | '}' | '〕' | '】' | '〗' => ')',
        c => c,
    })
    .collect()
}

/// The radicals of U+2E80 to U+2EF3 and the strokes of U+31C0 to U+31E3 that have an ideograph of their own,
/// after the Unicode Character Database (EquivalentUnifiedIdeograph.txt).
const RADICALS: &str = "\
    ⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯\
    ⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝\
    ⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳㇆㇏㇐㇑㇒㇓㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡";
/// Those ideographs, in the same order.
const IDEOGRAPHS: &str = "\
    厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹\
    纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食\
    𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟𠃌乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_ideograph_is_told_from_it() {
        assert_eq!(RADICALS.chars().count(), IDEOGRAPHS.chars().count());
        for (odd, plain) in [
            ('⼈', '人'),
            ('⿕', '龠'),
            ('⻓', '长'),
            ('⻔', '门'),
            ('\u{f90a}', '金'),
            ('\u{2f800}', '丽'),
            ('\u{212b}', 'Å'),
            ('\u{2329}', '〈'),
        ] {
            assert_eq!(oddity(odd), Some(Oddity::Like(plain)), "{odd}");
        }
        // é decomposes into two; the last is an ideograph in a block of compatibility forms.
        for plain in [
            '人', '镕', 'é', '가', '①', '㎡', '℃', '〇', '（', 'Ａ', '😀', '\u{fa0e}',
        ] {
            assert_eq!(oddity(plain), None, "{plain}");
        }
    }

    #[test]
    fn what_nobody_sees_and_what_no_workbook_keeps_are_told_apart() {
        for (c, kind) in [
            ('\u{ad}', Oddity::Invisible),
            ('\u{200d}', Oddity::Invisible),
            ('\u{2028}', Oddity::Invisible),
            ('\u{fe0f}', Oddity::Invisible),
            ('\u{e0100}', Oddity::Invisible),
            ('\u{feff}', Oddity::Invisible),
            ('\u{2003}', Oddity::Blank),
            ('\u{202f}', Oddity::Blank),
            ('\u{1}', Oddity::Forbidden),
            ('\u{85}', Oddity::Forbidden),
            ('\u{fffe}', Oddity::Forbidden),
            ('\u{1ffff}', Oddity::Forbidden),
            ('\u{fffd}', Oddity::Lost),
            ('\u{e815}', Oddity::Private),
        ] {
            assert_eq!(oddity(c), Some(kind), "{:04X}", c as u32);
        }
    }

    #[test]
    fn one_body_has_one_name_however_it_is_typed() {
        let name = same_name("青石县文化局（本级）");
        for typed in [
            "青石县文化局(本级)",
            "青⽯县⽂化局（本级）",
            " 青石县　文化局 （本级）",
            "青石县文化局〔本级〕",
            "青石县｜文化局（本级）",
            "青石\u{200b}县文化局（本级\u{fe0f}）",
        ] {
            assert_eq!(same_name(typed), name, "{typed}");
        }
        assert_eq!(same_name("ＡＢ区ａ局"), "AB区a局");
        assert_ne!(same_name("青石县文化局"), name);
    }
}
