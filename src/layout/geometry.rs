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
/// Characters in a line (5.2.3): 28.
pub const SQUARES: usize = 28;
/// From one line to the next: 28.99 pt.
pub const LINE_PITCH: f64 = TYPE_HEIGHT / LINES as f64;
/// From one character to the next: 15.79 pt, a little less than 3号 type (16 pt).
pub const SQUARE: f64 = TYPE_WIDTH / SQUARES as f64;

/// From the type area's lower edge down to the dashes of the page number (7.5): 7 mm.
pub const PAGE_NUMBER_DROP: f64 = mm(7.0);

/// Where the baseline of a Chinese character lies in its square: 0.88 em below the top, as in
/// the fonts in use (OS/2 typoAscender of Noto CJK 880, of Fandol 880).
pub const BASELINE: f64 = 0.88;
