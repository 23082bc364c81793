//! The page of GB/T 9704—2012, in points (1/72 inch); x to the right and y down from the
//! page's upper left corner.

/// Points of a length in millimetres.
pub const fn mm(length: f64) -> f64 {
    length * 72.0 / 25.4
}

/// A4 (GB/T 9704—2012, 5.1): 210 × 297 mm.
pub const PAGE_WIDTH: f64 = mm(210.0);
/// See [`PAGE_WIDTH`].
pub const PAGE_HEIGHT: f64 = mm(297.0);
/// Head margin, 天头 (5.2.1): 37 mm.
pub const TOP: f64 = mm(37.0);
/// Gutter margin, 订口 (5.2.1): 28 mm.
pub const LEFT: f64 = mm(28.0);
/// The type area, 版心 (5.2.1): 156 × 225 mm.
pub const TYPE_WIDTH: f64 = mm(156.0);
/// See [`TYPE_WIDTH`].
pub const TYPE_HEIGHT: f64 = mm(225.0);
/// Right edge of the type area.
pub const RIGHT: f64 = LEFT + TYPE_WIDTH;
/// Lower edge of the type area.
pub const BOTTOM: f64 = TOP + TYPE_HEIGHT;

/// Lines on a page (5.2.3): 22.
pub const LINES: usize = 22;
/// Lines on a page where one more saves a report its nearly empty last page (5.2.3: 特定情况可以作适当调整).
pub const LINES_CLOSE: usize = 23;
/// Characters in a line (5.2.3): 28.
pub const SQUARES: usize = 28;
/// From one character to the next: 15.79 pt, a little less than 3号 type (16 pt).
pub const SQUARE: f64 = TYPE_WIDTH / SQUARES as f64;
/// From one line to the next: 29.62 pt.
pub const LINE_PITCH: f64 = pitch(LINES);

/// From one line to the next, in points, where `lines` fill the type area: the squares of the first
/// touch its top, those of the last its foot. With 22 lines the pitch is a square and 7/8 of one, as
/// 3.2 has it, to 0.01 pt.
pub const fn pitch(lines: usize) -> f64 {
    (TYPE_HEIGHT - SQUARE) / (lines as f64 - 1.0)
}

/// Left edge of the type area of a page that lies on its side: the sheet's foot margin, 35 mm.
pub const TURNED_LEFT: f64 = PAGE_HEIGHT - BOTTOM;
/// Upper edge of the type area of a page that lies on its side: the sheet's gutter margin. A table's
/// head stands at the left of the sheet on odd and even pages (clause 10: 订口 on odd ones, 切口 on even ones).
pub const TURNED_TOP: f64 = LEFT;

/// From the type area's lower edge down to the dashes of the page number (7.5): 7 mm.
pub const PAGE_NUMBER_DROP: f64 = mm(7.0);

/// Where the baseline of a Chinese character lies in its square: 0.88 em below the top, as in
/// the fonts in use (OS/2 typoAscender of Noto CJK 880, of Fandol 880).
pub const BASELINE: f64 = 0.88;
