//! Recognising headings in typed text by their numbers: 一、 （一） 1. （1）.

/// Longest heading, in characters. A numbered sentence that runs longer is an item of a list,
/// not a heading: set in 楷体 whole it would look wrong on the page.
const LONGEST: usize = 40;

/// The level of heading that a line starts with, from 1 to 4, and the bytes that are the heading:
/// the whole line, or up to the first 。 where text runs on behind it.
pub(crate) fn recognise(line: &str) -> Option<(usize, usize)> {
    let level = level(line)?;
    let end = match line.find('。') {
        // "（一）推进能力提升。" with nothing behind it is a heading all the same.
        Some(at) => at + '。'.len_utf8(),
        None => line.len(),
    };
    let heading = line.get(..end)?;
    let runs_on = end < line.len();
    let ends_as_sentence = heading.ends_with(['；', ';', '，', '：', ':']);
    let fits = heading.chars().count() <= LONGEST;
    (fits && (runs_on || !ends_as_sentence)).then_some((level, end))
}

fn level(line: &str) -> Option<usize> {
    const CHINESE: &str = "一二三四五六七八九十百";
    let mut rest = line.chars().peekable();
    let bracketed = matches!(rest.peek(), Some('（' | '('));
    if bracketed {
        rest.next();
    }
    let mut number = String::new();
    while let Some(c) = rest.next_if(|c| CHINESE.contains(*c) || c.is_ascii_digit()) {
        number.push(c);
    }
    if number.is_empty() || number.chars().count() > 3 {
        return None;
    }
    let chinese = number.chars().all(|c| CHINESE.contains(c));
    let arabic = number.chars().all(|c| c.is_ascii_digit());
    let close = rest.next()?;
    match (bracketed, close) {
        (false, '、') if chinese => Some(1),
        (true, '）' | ')') if chinese => Some(2),
        // "1.5 万件" is a number, not a heading.
        (false, '.' | '．') if arabic && !rest.peek()?.is_ascii_digit() => Some(3),
        (true, '）' | ')') if arabic => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_told_by_their_numbers() {
        let whole = |line: &str, level| {
            assert_eq!(recognise(line), Some((level, line.len())), "{line}");
        };
        whole("一、总体情况", 1);
        whole("（一）主动公开情况", 2);
        whole("(十二)主动公开情况", 2);
        whole("1.加强学习", 3);
        whole("（1）加强学习", 4);
        for text in [
            "2024年，我局",
            "1.5万件",
            "（一）按照要求，",
            "一是加强学习",
            "（见附件）",
            "",
        ] {
            assert_eq!(recognise(text), None, "{text}");
        }
    }

    #[test]
    fn a_heading_that_runs_on_ends_at_the_first_full_stop() {
        let line = "（二）推进能力提升。将能力提升作为重点。";
        assert_eq!(recognise(line), Some((2, "（二）推进能力提升。".len())));
        let sentence = format!("（一）{}。", "严格落实条例和有关要求".repeat(5));
        assert_eq!(recognise(&sentence), None);
    }
}
