//! How a sheet is printed: A4, the table as wide as the page, its heading on every page.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::style::WORDING_FONT;
use crate::document::Table;
use crate::form::Script;

/// Most columns of a table that is printed upright.
const UPRIGHT_COLUMNS: usize = 12;
/// Width between the side margins, in pixels of 1/96 inch, less a pixel or two a column for
/// rounding: (210 mm − 25.4 mm) = 697 upright, (297 mm − 25.4 mm) = 1026 across.
pub(super) const WIDTH: u32 = 690;
const WIDTH_ACROSS: u32 = 1010;
/// A4 in Excel's list of paper sizes (ECMA-376 Part 1, 18.3.1.63).
const A4: u8 = 9;
/// Margins at the left and right, in inches.
const SIDE: f64 = 0.5;
/// Margin at the top, with room for a header of two lines, in inches.
const TOP: f64 = 1.0;
/// Margin at the bottom, in inches.
const BOTTOM: f64 = 0.75;
/// From the edge of the paper to the header and the footer, in inches.
const EDGE: f64 = 0.4;
/// Longest header that Excel reads, in UTF-16 units ("Excel specifications and limits").
const LONGEST_HEADER: usize = 255;

/// Whether a table is printed across.
fn across(table: &Table) -> bool {
    table.columns > UPRIGHT_COLUMNS
}

/// Width between the margins of the page, in pixels.
pub(super) fn width(table: &Table) -> u32 {
    if across(table) { WIDTH_ACROSS } else { WIDTH }
}

/// What is printed of a sheet, and how.
pub(super) struct Page<'a> {
    /// The report's title, on the first line of the header.
    pub title: &'a str,
    /// What the sheet is, on the second.
    pub name: &'a str,
    /// Script of the footer.
    pub script: Script,
    /// Whether the paper lies across.
    pub across: bool,
    /// First and last row that are repeated on every page.
    pub repeated: Option<(RowNum, RowNum)>,
    /// First and last column that are repeated on every page of a sheet that is several pages wide;
    /// none where the sheet is made as wide as the page.
    pub labels: Option<(ColNum, ColNum)>,
}

impl<'a> Page<'a> {
    /// The page of an official table.
    pub fn of(table: &'a Table, title: &'a str, script: Script) -> Self {
        let last = table.header_rows.checked_sub(1);
        Self {
            across: across(table),
            repeated: last.map(|last| (0, RowNum::try_from(last).unwrap_or(RowNum::MAX))),
            ..Self::upright(title, table.name(), script)
        }
    }

    /// The page of a sheet of the program's own that stands upright.
    pub fn upright(title: &'a str, name: &'a str, script: Script) -> Self {
        Self {
            title,
            name,
            script,
            across: false,
            repeated: None,
            labels: None,
        }
    }

    /// The page of one that lies across.
    pub fn across(title: &'a str, name: &'a str, script: Script) -> Self {
        Self {
            across: true,
            ..Self::upright(title, name, script)
        }
    }

    /// Sets the page of a sheet up: paper, margins, scale, header and footer, repeated rows.
    pub fn set_up(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet
            .set_paper_size(A4)
            .set_margins(SIDE, SIDE, TOP, BOTTOM, EDGE, EDGE);
        if self.across {
            sheet.set_landscape();
        }
        match self.labels {
            None => {
                sheet
                    .set_print_fit_to_pages(1, 0)
                    .set_print_center_horizontally(true);
            }
            Some((first, last)) => {
                sheet.set_repeat_columns(first, last)?;
            }
        }
        let pages = self.script.of(["页", "頁"]);
        sheet
            .set_header(header(self.title, self.name))
            .set_footer(format!("&C{}第 &P {pages}，共 &N {pages}", font()));
        if let Some((first, last)) = self.repeated {
            sheet.set_repeat_rows(first, last)?;
        }
        Ok(())
    }
}

/// 9 pt. The size comes first: before a text that starts with a digit it would swallow it.
fn font() -> String {
    format!("&9&\"{WORDING_FONT},Regular\"")
}

/// The title and the table's name on two lines, each cut where it is too long.
fn header(title: &str, name: &str) -> String {
    let start = format!("&C{}", font());
    let name = cut(name, LONGEST_HEADER / 3);
    let room = LONGEST_HEADER.saturating_sub(units(&start) + 1 + units(&name));
    format!("{start}{}\n{name}", cut(title, room))
}

/// A text without commands in at most `room` UTF-16 units, with a … for what is left out.
fn cut(text: &str, room: usize) -> String {
    let whole = escaped(text);
    if units(&whole) <= room {
        return whole;
    }
    let mut cut = String::new();
    for c in text.chars() {
        let c = escaped(c.encode_utf8(&mut [0; 4]));
        if units(&cut) + units(&c) + 1 > room {
            break;
        }
        cut.push_str(&c);
    }
    cut + "…"
}

/// A text that holds no commands: `&` starts one.
fn escaped(text: &str) -> String {
    text.replace('&', "&&")
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_never_longer_than_excel_reads() {
        assert_eq!(
            header("甲&乙局2024年报告", "二、情况"),
            "&C&9&\"宋体,Regular\"甲&&乙局2024年报告\n二、情况"
        );
        for (title, name) in [(500, 4), (4, 500), (500, 500)] {
            let header = header(&"&".repeat(title), &"𠮷".repeat(name));
            assert!(units(&header) <= LONGEST_HEADER);
            assert!(header.contains('…'));
            assert_eq!(header.matches('&').count() % 2, 1, "{header}");
        }
    }

    #[test]
    fn no_text_is_a_command() {
        assert_eq!(escaped("A&[Page]&P"), "A&&[Page]&&P");
    }
}
