//! 正文: the particulars as a report's workbook has them, and a range of rows for each text.

use rust_xlsxwriter::utility::{cell_range_absolute, row_col_to_cell};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::super::Pair;
use super::super::book::{Allowed, colour_where, protect, write_formula};
use super::super::page::Page;
use super::super::particulars;
use super::super::range::CellRange;
use super::super::style::{self, Look, OPTIONAL, REQUIRED, SIZE, TEXT_SIZE, TITLE_SIZE};
use super::super::texts::{COLUMN, CONTINUED, DATE, LABEL, Named, RowWriter};
use super::{Written, literal, prompt};
use crate::document::{Block, Document};
use crate::form::{AddedSheet, NEEDED, PARTICULARS, Particular, ParticularKind, Script};

/// Rows for one text; more can be inserted among them.
const ROWS: u32 = 30;
/// Particulars that the grid and the wording of the sheets depend on: another form, year or script
/// is another blank workbook.
const FIXED: [&str; 3] = ["year", "form", "script"];
/// Number format of a text, so that a postcode keeps the zero that it starts with.
const TEXT: &str = "@";

const OPENING: Pair = ["开头的说明段（可不填）", "開頭的說明段（可不填）"];
const OPENING_HINT: Pair = [
    "可不填：有联系方式的，程序会写出官方的说明段；填了就代替它。一段写一行，不要空格缩进。",
    "可不填：有聯系方式的，程序會寫出官方的說明段；填了就代替它。一段寫一行，不要空格縮進。",
];
const HINT: Pair = [
    "一段写一行，不要空格缩进；没有内容写“无。”\n以 一、（一） 1. （1） 开头的是小标题。\n表里的数可以引用，如 {{requests.new.total}}：选中那一格，左上角的名称框里就是它的名称。\n行不够，在中间插入行。",
    "一段寫一行，不要空格縮進；沒有內容寫“無。”\n以 一、（一） 1. （1） 開頭的是小標題。\n表里的數可以引用，如 {{requests.new.total}}：選中那一格，左上角的名稱框里就是它的名稱。\n行不夠，在中間插入行。",
];
const CONTINUED_HINT: Pair = [
    "一段太长、一行放不下的，下一行左边选（续），接着写。",
    "一段太長、一行放不下的，下一行左邊選（續），接著寫。",
];

/// Writes the sheet; returns what stands where.
pub(super) fn write(sheet: &mut Worksheet, document: &Document) -> Result<Vec<Named>, XlsxError> {
    let script = document.script;
    let mut writer = RowWriter::new(sheet, script)?;
    let title = document.title.whole();
    writer.line(&title, Look::Title, TITLE_SIZE)?;
    // The lines of a report that says nothing yet: the same as any report's, in the same order.
    for particular in PARTICULARS.iter() {
        let said = document.said(particular);
        if FIXED.contains(&particular.key) {
            writer.particular(particular, said)?;
        } else {
            let text = particulars::text(particular, said, script);
            input(&mut writer, particular, text, script)?;
        }
    }
    writer.allow_digits()?;
    name_in_title(&mut writer, document, &title)?;
    writer.row += 1;
    let hint = |hint: Pair| script.of(hint);
    for (number, block) in document.blocks.iter().enumerate() {
        let below = document
            .texts
            .iter()
            .find(|text| text.blocks.start == number + 1);
        match (block, below) {
            (Block::Paragraph(heading), Some(below)) => {
                let heading = heading.text();
                let named = (below.key.as_str(), heading.as_str());
                text(&mut writer, named, hint(HINT), REQUIRED, script)?;
            }
            (Block::Paragraph(heading), None) => {
                writer.line(&heading.text(), Look::Heading, TEXT_SIZE)?;
            }
            (Block::Table(table), _) => writer.see(table.sheet())?,
            (Block::Signature { .. }, _) => {}
        }
    }
    // What can be left out comes after what can't.
    let opening = ("text.opening", script.of(OPENING));
    text(&mut writer, opening, hint(OPENING_HINT), OPTIONAL, script)?;
    let named = writer.named;
    sheet.set_freeze_panes(1, 0)?;
    protect(sheet, Allowed::InsertingRows);
    Page::upright(
        &document.title.subject,
        AddedSheet::Texts.name(script),
        script,
    )
    .set_up(sheet)?;
    Ok(named)
}

/// Lets the title start with the name that is typed below it.
fn name_in_title(writer: &mut RowWriter<'_>, document: &Document, title: &str) -> Written {
    let organ = writer.named.iter().find(|named| named.key == "organ.name");
    if let (Some(organ), Some(subject)) = (organ, literal(&document.title.subject)) {
        let cell = row_col_to_cell(organ.rows.0, COLUMN);
        let formula = format!("{cell}&{subject}");
        let format = style::text(Look::Title, "");
        write_formula(writer.sheet, (0, LABEL), &formula, title, &format)?;
    }
    Ok(())
}

/// A particular that is to be filled in.
fn input(
    writer: &mut RowWriter<'_>,
    particular: &Particular,
    text: &str,
    script: Script,
) -> Written {
    let label = particular.label(script);
    let (mark, tint) = match particular.needed {
        true => (NEEDED, REQUIRED),
        false => ("", OPTIONAL),
    };
    writer.label(&format!("{mark}{label}"))?;
    let row = writer.row;
    let (numbers, validation) = match &particular.kind {
        ParticularKind::Choice(choices) => {
            let names: Vec<&str> = choices.iter().map(|choice| choice.name(script)).collect();
            (TEXT, prompt::choice(label, &names, script)?)
        }
        ParticularKind::Date => (DATE, prompt::day(label, script)?),
        _ => (TEXT, prompt::text(label, particular.hint(script))?),
    };
    let format = style::input_text(Look::Particular, numbers);
    writer
        .sheet
        .write_string_with_format(row, COLUMN, text, &format)?
        .add_data_validation(row, COLUMN, row, COLUMN, &validation)?;
    let empty = format!("ISBLANK({})", row_col_to_cell(row, COLUMN));
    colour_where(writer.sheet, CellRange::cell(row, COLUMN), &empty, tint)?;
    writer.name(particular.key, row);
    writer.next(1, SIZE)
}

/// A heading, and the rows in which its text is written. They have no height of their own, so that
/// Excel makes each as high as what is typed into it.
fn text(
    writer: &mut RowWriter<'_>,
    (key, heading): (&str, &str),
    hint: &str,
    tint: (u32, u32),
    script: Script,
) -> Written {
    writer.line(heading, Look::Heading, TEXT_SIZE)?;
    let first = writer.row;
    let last = first + ROWS - 1;
    let mark = style::input_text(Look::Aside, "General");
    let paragraph = style::input_text(Look::Paragraph, "General");
    for row in first..=last {
        writer
            .sheet
            .write_blank(row, LABEL, &mark)?
            .write_blank(row, COLUMN, &paragraph)?;
    }
    let continued = script.of(CONTINUED);
    let goes_on = prompt::choice(continued, &[continued], script)?
        .set_input_message(script.of(CONTINUED_HINT))?;
    let hint = prompt::text(heading, hint)?;
    writer
        .sheet
        .add_data_validation(first, LABEL, last, LABEL, &goes_on)?
        .add_data_validation(first, COLUMN, last, COLUMN, &hint)?;
    // Its first row is the one to begin in.
    let empty = format!(
        "COUNTA({})=0",
        cell_range_absolute(first, COLUMN, last, COLUMN)
    );
    colour_where(writer.sheet, CellRange::cell(first, COLUMN), &empty, tint)?;
    writer.row = last;
    writer.name(key, first);
    writer.row += 1;
    Ok(())
}
