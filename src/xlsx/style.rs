//! The looks of a cell: fonts, borders, fills and number formats.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::document::{Figure, Table};
use crate::form::{Cell, Content, LabelAlign, Role};

/// Font size of the tables: 五号, in tenths of a point.
pub(super) const SIZE: u32 = 105;
/// Font of the wording in both scripts: Windows and WPS have it, and its 20,902 characters
/// (GBK) hold the traditional ones too.
pub(super) const WORDING_FONT: &str = "宋体";
/// Fonts of headings, of those below them and of the report's text, which Windows and WPS have.
const HEADING_FONT: &str = "黑体";
const SUBHEADING_FONT: &str = "楷体";
const TEXT_FONT: &str = "仿宋";
/// Font size of the report's text: 小四, in tenths of a point.
pub(super) const TEXT_SIZE: u32 = 120;
/// Font size of a sheet's title: 小三, in tenths of a point.
pub(super) const TITLE_SIZE: u32 = 150;
/// Font of the figures.
const FIGURE_FONT: &str = "Times New Roman";
/// Font family 1 (Roman).
const FIGURE_FAMILY: u8 = 1;
/// Font family 3 (modern) and character set 134 (GB2312), as Excel itself notes 宋体 in a file
/// (ECMA-376 Part 1, 18.8.18 and 18.4.1): with them a computer without the font takes another
/// Chinese one.
pub(super) const WORDING_FAMILY: u8 = 3;
const WORDING_CHARSET: u8 = 134;
/// Tint of the item bands, as the official form has it.
const BAND: u32 = 0x00C6_D9F1;
/// Ground and type of a cell that has to be filled in, while it isn't.
pub(super) const REQUIRED: (u32, u32) = (0x00FF_F2CC, 0);
/// The same of one that may be left as it is.
pub(super) const OPTIONAL: (u32, u32) = (0x00E2_EFDA, 0);
/// Type of a link, as Excel has it.
const LINK: u32 = 0x0005_63C1;
/// A label over so many rows, in a column of its own at the left edge, is set upright.
const UPRIGHT_ROWS: usize = 8;
/// The rotation that stacks upright characters from top to bottom; it is stored as 255
/// (ECMA-376 Part 1, 18.8.1).
const STACKED: i16 = 270;

/// How a wording stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    /// In the middle.
    Centred,
    /// At the left edge.
    Left,
    /// In the middle, character below character.
    Upright,
    /// In the middle of a tinted line.
    Band,
}

impl Stance {
    /// How the wording of `cell` stands.
    pub fn of(table: &Table, cell: &Cell, role: Role) -> Self {
        let narrow_edge = cell.column == 0 && cell.column_span == 1;
        match role {
            Role::Band => Self::Band,
            Role::Label if narrow_edge && cell.row_span >= UPRIGHT_ROWS => Self::Upright,
            Role::Label if cell.row_span == 1 && table.labels == LabelAlign::Left => Self::Left,
            Role::Label | Role::Head | Role::Note => Self::Centred,
        }
    }
}

/// The stance of a cell that holds a wording.
pub(super) fn stance(table: &Table, cell: &Cell) -> Option<Stance> {
    match &cell.content {
        Content::Wording(role, _) => Some(Stance::of(table, cell, *role)),
        Content::Figure(_) => None,
    }
}

/// What a cell of an added sheet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The title over a sheet.
    Title,
    /// A line that sums a sheet up.
    Summary,
    /// The heading of a column.
    Head,
    /// A sum below a column.
    Total,
    /// A text in a list.
    Text,
    /// A word in a list, in the middle of its cell.
    Word,
    /// What a line of particulars is about.
    Label,
    /// What it says.
    Particular,
    /// A heading of the report: 黑体.
    Heading,
    /// A heading below it: 楷体.
    Subheading,
    /// A paragraph of the report: 仿宋.
    Paragraph,
    /// A mark beside a paragraph, and a line that is not the report's own.
    Aside,
    /// A line of the signature.
    Signature,
    /// A step of what is to be done.
    Step,
}

/// The format of the wording `text` of an official table.
pub(super) fn wording(stance: Stance, text: &str) -> Format {
    let format = quoted(framed(default()).set_text_wrap(), text);
    match stance {
        Stance::Centred => format,
        Stance::Left => format.set_align(FormatAlign::Left),
        Stance::Upright => format.set_rotation(STACKED),
        Stance::Band => format.set_background_color(Color::RGB(BAND)),
    }
}

/// The format of a figure of an official table.
pub(super) fn figure(figure: &Figure<'_>) -> Format {
    shown(&number_format(figure))
}

/// The format of a figure that is shown by the number format `numbers`.
pub(super) fn shown(numbers: &str) -> Format {
    let figures = Format::new()
        .set_font_name(FIGURE_FONT)
        .set_font_family(FIGURE_FAMILY)
        .set_font_size(points(SIZE));
    framed(figures).set_num_format(numbers)
}

/// The format of `text` on an added sheet.
pub(super) fn text(look: Look, text: &str) -> Format {
    quoted(look.format(), text)
}

/// The format of a number on an added sheet, shown by the number format `numbers`.
pub(super) fn number(look: Look, numbers: &str) -> Format {
    match look {
        Look::Text => shown(numbers).set_align(FormatAlign::Right),
        Look::Total => shown(numbers)
            .set_bold()
            .set_align(FormatAlign::Right)
            .set_background_color(Color::RGB(BAND)),
        _ => look.format().set_num_format(numbers),
    }
}

/// The format of a cell of an official table that is to be filled in with a figure.
pub(super) fn input(numbers: &str) -> Format {
    open(shown(numbers))
}

/// The format of a cell of an added sheet that is to be filled in.
pub(super) fn input_text(look: Look, numbers: &str) -> Format {
    open(look.format().set_num_format(numbers))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::Black)
}

/// The format of empty cells. Excel counts column widths in digits of its font, so it is one
/// that the reader's computer has: where Calibri is missing, its substitute would make every
/// column wider.
pub(super) fn default() -> Format {
    chinese(WORDING_FONT, SIZE)
}

/// A type of so many tenths of a point.
fn chinese(font: &str, size: u32) -> Format {
    Format::new()
        .set_font_name(font)
        .set_font_family(WORDING_FAMILY)
        .set_font_charset(WORDING_CHARSET)
        .set_font_size(points(size))
}

/// To be filled in also where the sheet is protected.
fn open(format: Format) -> Format {
    format.set_unlocked()
}

/// The format of a link.
pub(super) fn link() -> Format {
    Look::Particular
        .format()
        .set_font_color(Color::RGB(LINK))
        .set_underline(FormatUnderline::Single)
}

/// The format of a cell that shows what a colour says.
pub(super) fn legend((behind, of): (u32, u32)) -> Format {
    Look::Word
        .format()
        .set_background_color(Color::RGB(behind))
        .set_font_color(Color::RGB(of))
}

impl Look {
    fn format(self) -> Format {
        match self {
            Self::Title => wrapped(chinese(HEADING_FONT, TITLE_SIZE))
                .set_bold()
                .set_align(FormatAlign::Center),
            Self::Summary | Self::Heading => wrapped(chinese(HEADING_FONT, TEXT_SIZE)).set_bold(),
            Self::Head | Self::Total => framed(chinese(HEADING_FONT, SIZE))
                .set_bold()
                .set_text_wrap()
                .set_background_color(Color::RGB(BAND)),
            Self::Text | Self::Particular => wrapped(framed(default())),
            Self::Word => framed(default()).set_text_wrap(),
            Self::Label => wrapped(framed(default())).set_background_color(Color::RGB(BAND)),
            Self::Subheading => wrapped(chinese(SUBHEADING_FONT, TEXT_SIZE)),
            Self::Paragraph => wrapped(chinese(TEXT_FONT, TEXT_SIZE)).set_align(FormatAlign::Top),
            Self::Step => wrapped(chinese(WORDING_FONT, TEXT_SIZE)),
            Self::Aside => wrapped(default()).set_align(FormatAlign::Top),
            Self::Signature => wrapped(chinese(TEXT_FONT, TEXT_SIZE)).set_align(FormatAlign::Right),
        }
    }
}

/// Running text at the left edge of its cell.
fn wrapped(format: Format) -> Format {
    format
        .set_text_wrap()
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::VerticalCenter)
}

/// Whether Excel would take a text for a formula if it were typed: in Chinese Excel full-width
/// signs count too.
pub(super) fn like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A text is stored as one whatever it starts with; this keeps it one when its cell is edited
/// (ECMA-376 Part 1, 18.8.45, `quotePrefix`).
fn quoted(format: Format, text: &str) -> Format {
    if like_formula(text) {
        format.set_quote_prefix()
    } else {
        format
    }
}

/// Tenths of a point in points.
fn points(tenths: u32) -> f64 {
    f64::from(tenths) / 10.0
}

/// In the middle of a cell with a border.
fn framed(format: Format) -> Format {
    format
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::Black)
}

/// `0`, `0.0000` with as many digits as the value is given with, `0"条"` with a unit: the cell
/// shows what is printed and holds a number all the same.
fn number_format(figure: &Figure<'_>) -> String {
    let mut format = digits(figure.value.scale());
    if let Some(unit) = figure.unit.filter(|unit| !unit.is_empty()) {
        format.push_str(&quoted_unit(unit));
    }
    format
}

/// A unit in a number format. Within quotation marks every character stands for itself, but for
/// the mark.
pub(super) fn quoted_unit(unit: &str) -> String {
    format!("\"{}\"", unit.replace('"', "\"\\\"\""))
}

/// The number format with so many decimal places: `0`, `0.00`.
pub(super) fn digits(places: u32) -> String {
    let mut format = String::from("0");
    if places > 0 {
        format.push('.');
        format.extend((0..places).map(|_| '0'));
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Slot;
    use crate::form::{FigureId, Kind};

    #[test]
    fn number_formats_show_what_is_printed() {
        let format = |value: &str, unit: Option<&'static str>| {
            let slot = Slot {
                id: FigureId(0),
                key: "",
                kind: Kind::Money,
                printed_unit: None,
                row: "",
                column: "",
                formula: None,
            };
            number_format(&Figure {
                slot,
                value: value.parse().unwrap(),
                unit,
            })
        };
        assert_eq!(format("-35", None), "0");
        assert_eq!(format("6", Some("条")), "0\"条\"");
        assert_eq!(format("128.6450", None), "0.0000");
        assert_eq!(format("1.5", Some("万元")), "0.0\"万元\"");
        assert_eq!(format("1", Some("a\"b")), "0\"a\"\\\"\"b\"");
    }
}
