//! The looks of a cell: fonts, borders, fills and number formats.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::document::{Cell, CellContent, Figure, Table};
use crate::form::{LabelAlign, Role};

/// Font size of the tables: 五号, in points.
const SIZE: f64 = 10.5;
/// Font of the wording in both scripts: Windows and WPS have it, and its 20,902 characters
/// (GBK) hold the traditional ones too.
pub(super) const WORDING_FONT: &str = "宋体";
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
/// A label over so many rows, in a column of its own at the left edge, is set upright.
const UPRIGHT_ROWS: usize = 8;
/// The rotation that stacks upright characters from top to bottom; it is stored as 255
/// (ECMA-376 Part 1, 18.8.1).
const STACKED: i16 = 270;

/// How a wording stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
        CellContent::Wording(role, _) => Some(Stance::of(table, cell, *role)),
        CellContent::Figure(_) => None,
    }
}

/// The formats of a workbook, each made once.
#[derive(Default)]
pub(super) struct Styles {
    wordings: BTreeMap<Stance, Format>,
    figures: BTreeMap<String, Format>,
}

impl Styles {
    /// The format of a wording.
    pub fn wording(&mut self, stance: Stance) -> &Format {
        self.wordings.entry(stance).or_insert_with(|| {
            let format = framed(default()).set_text_wrap();
            match stance {
                Stance::Centred => format,
                Stance::Left => format.set_align(FormatAlign::Left),
                Stance::Upright => format.set_rotation(STACKED),
                Stance::Band => format.set_background_color(Color::RGB(BAND)),
            }
        })
    }

    /// The format of a figure.
    pub fn figure(&mut self, figure: &Figure) -> &Format {
        let numbers = number_format(figure);
        self.figures.entry(numbers).or_insert_with_key(|numbers| {
            framed(Format::new())
                .set_font_name(FIGURE_FONT)
                .set_font_family(FIGURE_FAMILY)
                .set_num_format(numbers.as_str())
        })
    }
}

/// The format of empty cells. Excel counts column widths in digits of its font, so it is one
/// that the reader's computer has: where Calibri is missing, its substitute would make every
/// column wider.
pub(super) fn default() -> Format {
    Format::new()
        .set_font_name(WORDING_FONT)
        .set_font_family(WORDING_FAMILY)
        .set_font_charset(WORDING_CHARSET)
        .set_font_size(SIZE)
}

fn framed(format: Format) -> Format {
    format
        .set_font_size(SIZE)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::Black)
}

/// `0`, `0.0000` with as many digits as the value is given with, `0"条"` with a unit: the cell
/// shows what is printed and holds a number all the same.
fn number_format(figure: &Figure) -> String {
    let mut format = String::from("0");
    let digits = figure.value.scale();
    if digits > 0 {
        format.push('.');
        format.extend((0..digits).map(|_| '0'));
    }
    if let Some(unit) = figure.unit.as_deref().filter(|unit| !unit.is_empty()) {
        // Within quotation marks every character stands for itself, but for the mark.
        format.push_str(&format!("\"{}\"", unit.replace('"', "\"\\\"\"")));
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{FigureId, Kind};

    #[test]
    fn number_formats_show_what_is_printed() {
        let format = |value: &str, unit: Option<&str>| {
            number_format(&Figure {
                id: FigureId(0),
                key: String::new(),
                kind: Kind::Money,
                value: value.parse().unwrap(),
                unit: unit.map(str::to_owned),
                formula: None,
            })
        };
        assert_eq!(format("-35", None), "0");
        assert_eq!(format("6", Some("条")), "0\"条\"");
        assert_eq!(format("128.6450", None), "0.0000");
        assert_eq!(format("1.5", Some("万元")), "0.0\"万元\"");
        assert_eq!(format("1", Some("a\"b")), "0\"a\"\\\"\"b\"");
    }
}
