//! How much room a text needs in a cell.
//!
//! Widths are counted in half characters: a Chinese character is 2, a Latin letter or a digit 1.
//! In 宋体 at 10.5 pt, the size of the tables, that is 14 and 7 pixels of 1/96 inch.

use std::ops::Range;

use crate::form::Phrase;
use crate::text::class::{Class, class};

/// Room that Excel keeps free beside the text, with the cell's border, in pixels.
const MARGIN: u32 = 8;
/// Height of a line, in pixels: 1.5 times the type, since the fonts that stand in for 宋体 need
/// up to 1.45 of their size.
pub(super) const LINE: u32 = 21;
/// Room above and below the text, in pixels.
const LEADING: u32 = 6;
/// Size of the tables' type, in tenths of a point.
const TABLES: u32 = 105;

/// Whether a character may not start a line (clreq, 3.1.3).
fn no_start(c: char) -> bool {
    let class = class(c);
    c == '%' || (class.is_chinese_mark() && class != Class::Opening)
}

/// Whether a character may not end a line.
fn no_end(c: char) -> bool {
    class(c) == Class::Opening
}

/// Pixels that a column needs for a text of so many half characters. A half character counts
/// 7.2 pixels: printers' metrics run up to 3 % wider than the screen's.
pub(super) fn pixels(halves: u32) -> u32 {
    (halves * 36).div_ceil(5) + MARGIN
}

/// Half characters that find room in so many pixels: the inverse of [`pixels`].
pub(super) fn halves(pixels: u32) -> u32 {
    pixels.saturating_sub(MARGIN) * 5 / 36
}

/// Half characters of a type that find room in so many pixels. Sizes are in tenths of
/// a point: the tables' type is 105.
pub(super) fn halves_at(pixels: u32, tenths: u32) -> u32 {
    pixels.saturating_sub(MARGIN) * 5 * TABLES / (36 * tenths.max(1))
}

/// Pixels that so many lines of a long text are high, each 1.3 times the type. Stand-ins for the
/// font that need more find it in the lines that are counted too many: no line is counted full.
pub(super) fn height_at(lines: u32, tenths: u32) -> u32 {
    // A point is 4/3 of a pixel.
    lines
        .saturating_mul(tenths)
        .saturating_mul(52)
        .div_ceil(300)
        .saturating_add(LEADING)
}

/// Pixels that so many lines are high.
pub(super) fn height(lines: u32) -> u32 {
    lines * LINE + LEADING
}

/// Half characters of one character. In 宋体 everything but ASCII is as wide as high, its “ ”
/// and … too.
pub(super) fn half_widths(c: char) -> u32 {
    if c.is_ascii() { 1 } else { 2 }
}

/// Half characters of a text.
pub(super) fn width(text: &str) -> u32 {
    text.chars().map(half_widths).sum()
}

/// Half characters of the longest piece between a phrase's breaks.
pub(super) fn longest_piece(phrase: &Phrase) -> u32 {
    let widths: Vec<u32> = phrase.text.chars().map(half_widths).collect();
    let mut start = 0;
    let ends = phrase.breaks.iter().copied().chain([widths.len()]);
    ends.map(|end| {
        let piece: Range<usize> = start..end.max(start);
        start = piece.end;
        widths.get(piece).unwrap_or_default().iter().sum()
    })
    .max()
    .unwrap_or(0)
}

/// The lines into which Excel breaks a text at `room` half characters.
pub(super) fn lines(text: &str, room: u32) -> Lines {
    let mut lines = Lines { count: 0, last: 0 };
    each_line(text, room, |width| {
        lines.count += 1;
        lines.last = width;
    });
    lines
}

/// Tells the width of each of these lines: they end between any two Chinese characters, but not within a
/// Latin word and not where the punctuation forbids it.
fn each_line(text: &str, room: u32, mut tell: impl FnMut(u32)) {
    let room = room.max(2);
    let (mut line, mut cluster) = (0, 0);
    let mut place = |cluster: u32| {
        if line > 0 && line + cluster > room {
            tell(line);
            line = 0;
        }
        line += cluster;
        // What is longer than a line is broken anywhere.
        while line > room {
            tell(room);
            line -= room;
        }
    };
    // Characters that can't be parted are placed together.
    let word = |c: char| c.is_ascii() && c != ' ';
    let mut before: Option<char> = None;
    for c in text.chars() {
        let joined = before.is_some_and(|b| no_end(b) || no_start(c) || (word(b) && word(c)));
        if !joined {
            place(cluster);
            cluster = 0;
        }
        cluster += half_widths(c);
        before = Some(c);
    }
    place(cluster);
    tell(line);
}

/// Lines of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lines {
    /// How many there are, one at the least.
    pub count: usize,
    /// Half characters of the last.
    pub last: u32,
}

impl Lines {
    /// Whether a single character stands alone on the last of several lines.
    pub fn end_in_one_character(&self) -> bool {
        self.count > 1 && self.last <= 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_measured_between_the_breaks() {
        assert_eq!(longest_piece(&Phrase::parse("行政|规范性|文件")), 6);
        assert_eq!(longest_piece(&Phrase::parse("1.属于|国家秘密")), 8);
        assert_eq!(longest_piece(&Phrase::default()), 0);
    }

    #[test]
    fn lines_break_as_excel_breaks_them() {
        let lines = |text, room| {
            let mut widths = Vec::new();
            each_line(text, room, |width| widths.push(width));
            let (count, last) = (widths.len(), widths.last().copied().unwrap_or(0));
            assert_eq!(super::lines(text, room), Lines { count, last });
            widths
        };
        assert_eq!(lines("政府信息公开", 12), [12]);
        assert_eq!(lines("政府信息公开", 8), [8, 4]);
        assert_eq!(lines("（三）不予公开", 6), [6, 6, 2]);
        // 、 does not start a line, and takes its neighbour along.
        assert_eq!(lines("不补正、行政", 6), [4, 6, 2]);
        assert_eq!(lines("2024年度", 5), [4, 4]);
        assert_eq!(lines("abcdefgh", 3), [3, 3, 2]);
        assert_eq!(lines("", 6), [0]);
    }

    #[test]
    fn a_column_has_room_for_what_it_was_made_for() {
        for n in 0..500 {
            assert_eq!(halves(pixels(n)), n);
        }
    }
}
