//! 正文: the particulars as a report's workbook has them, and a range of rows for each text.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::super::book::Sheet;
use super::super::cells::{Area, Given};
use super::super::frame::{Around, Unlike};
use super::super::page::Page;
use super::super::particulars::{self, Value};
use super::super::style::{Look, SIZE, Styles, TEXT_SIZE, TITLE_SIZE};
use super::super::texts::{COLUMN, CONTINUED, DATE, LABEL, Named, Writer};
use super::super::words::Pair;
use super::{Written, literal, prompt};
use crate::document::{Blank, Part};
use crate::form::{AddedSheet, PARTICULARS, Particular, ParticularKind, Script};
use crate::report::Scope;

/// Rows for one text; more can be inserted among them.
const ROWS: u32 = 30;
/// Particulars that the grid and the wording of the sheets depend on: another form, year or script
/// is another blank workbook.
const FIXED: [&str; 3] = ["year", "form", "script"];
/// Number format of a text, so that a postcode keeps the zero that it starts with.
const TEXT: &str = "@";

const OPENING: Pair = Pair("开头的说明段（可不填）", "開頭的說明段（可不填）");
const OPENING_HINT: Pair = Pair(
    "可不填：有联系方式的，程序会写出官方的说明段；填了就代替它。一段写一行，不要空格缩进。",
    "可不填：有聯系方式的，程序會寫出官方的說明段；填了就代替它。一段寫一行，不要空格縮進。",
);
const HINT: Pair = Pair(
    "一段写一行，不要空格缩进；没有内容写“无。”\n以 一、（一） 1. （1） 开头的是小标题。\n表里的数可以引用，如 {{requests.new.total}}。\n行不够，在中间插入行。",
    "一段寫一行，不要空格縮進；沒有內容寫“無。”\n以 一、（一） 1. （1） 開頭的是小標題。\n表里的數可以引用，如 {{requests.new.total}}。\n行不夠，在中間插入行。",
);
const CONTINUED_HINT: Pair = Pair(
    "一段太长、一行放不下的，下一行左边选（续），接着写。",
    "一段太長、一行放不下的，下一行左邊選（續），接著寫。",
);

/// Writes the sheet; returns what stands where.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    blank: &Blank,
    styles: &mut Styles,
) -> Result<Vec<Named>, XlsxError> {
    let script = blank.script;
    let mut writer = Writer::new(sheet, styles, script);
    let title = blank.title();
    writer.line(&title, Look::Title, TITLE_SIZE)?;
    // The lines of a report that says nothing yet: the same as any report's, in the same order.
    let mut said = BTreeMap::from([
        ("form", blank.form.clone()),
        ("year", blank.year.to_string()),
        ("scope", Scope::Own.as_str().to_owned()),
        ("script", script.as_str().to_owned()),
    ]);
    said.extend(blank.organ.clone().map(|organ| ("organ.name", organ)));
    for particular in PARTICULARS {
        let value = particulars::value(particular, said.get(particular.key), script)?;
        if FIXED.contains(&particular.key) {
            writer.particular(particular, &value)?;
        } else {
            input(&mut writer, particular, &value, script)?;
        }
    }
    let last = writer.row.saturating_sub(1);
    writer.sheet.around(Around::Digits(Area {
        first: (1, COLUMN),
        last: (last, COLUMN),
    }));
    name_in_title(&mut writer, blank, &title)?;
    writer.row += 1;
    let hint = |hint: Pair| hint.text(script);
    text(
        &mut writer,
        ("text.opening", OPENING.text(script)),
        hint(OPENING_HINT),
        script,
    )?;
    for part in &blank.parts {
        match part {
            Part::Text { key, heading } => {
                text(&mut writer, (key, heading), hint(HINT), script)?;
            }
            Part::Table { heading, table } => {
                writer.line(heading, Look::Heading, TEXT_SIZE)?;
                writer.see(&table.sheet)?;
            }
        }
    }
    let named = writer.named;
    sheet.around(Around::Panes(1, 0));
    sheet.around(Around::Protected {
        filter: false,
        rows: true,
    });
    Page {
        title: &title,
        name: AddedSheet::Texts.name(script),
        script,
        across: false,
        repeated: None,
        labels: None,
    }
    .set_up(sheet);
    Ok(named)
}

/// Lets the title start with the name that is typed below it.
fn name_in_title(writer: &mut Writer<'_, '_>, blank: &Blank, title: &str) -> Written {
    let organ = writer.named.iter().find(|named| named.key == "organ.name");
    if let (Some(organ), Some(subject)) = (organ, literal(&blank.subject)) {
        let cell = rust_xlsxwriter::utility::row_col_to_cell(organ.rows.0, COLUMN);
        let formula = format!("{cell}&{subject}");
        let format = writer.styles.look(Look::Title, "");
        let given = Given::Text(title);
        writer.sheet.formula(0, LABEL, &formula, given, format)?;
    }
    Ok(())
}

/// A particular that is to be filled in.
fn input(
    writer: &mut Writer<'_, '_>,
    particular: &Particular,
    value: &Value<'_>,
    script: Script,
) -> Written {
    let label = particular.label(script);
    writer.label(label)?;
    let row = writer.row;
    let (numbers, validation) = match particular.kind {
        ParticularKind::Choice(choices) => {
            let names: Vec<&str> = choices.iter().map(|choice| choice.name(script)).collect();
            (TEXT, prompt::choice(label, &names, script)?)
        }
        ParticularKind::Date => (DATE, prompt::day(label, script)?),
        _ => (TEXT, prompt::text(label, particular.hint(script))?),
    };
    let format = writer.styles.input_text(Look::Particular, numbers);
    let text = match value {
        Value::Text(text) => text,
        Value::Year(_) | Value::Date(_) => "",
    };
    writer.sheet.text(row, COLUMN, text, format)?;
    writer.sheet.around(Around::Typed(
        Area {
            first: (row, COLUMN),
            last: (row, COLUMN),
        },
        Unlike(validation),
    ));
    writer.name(particular.key, row);
    writer.next(1, SIZE)
}

/// A heading, and the rows in which its text is written. They have no height of their own, so that
/// Excel makes each as high as what is typed into it.
fn text(
    writer: &mut Writer<'_, '_>,
    (key, heading): (&str, &str),
    hint: &str,
    script: Script,
) -> Written {
    writer.line(heading, Look::Heading, TEXT_SIZE)?;
    let first = writer.row;
    let last = first + ROWS - 1;
    for row in first..=last {
        let format = writer.styles.input_text(Look::Aside, "General");
        writer.sheet.blank(row, LABEL, format)?;
        let format = writer.styles.input_text(Look::Paragraph, "General");
        writer.sheet.blank(row, COLUMN, format)?;
    }
    let continued = CONTINUED.text(script);
    let goes_on = prompt::choice(continued, &[continued], script)?
        .set_input_message(CONTINUED_HINT.text(script))?;
    writer.sheet.around(Around::Typed(
        Area {
            first: (first, LABEL),
            last: (last, LABEL),
        },
        Unlike(goes_on),
    ));
    let hint = prompt::text(heading, hint)?;
    writer.sheet.around(Around::Typed(
        Area {
            first: (first, COLUMN),
            last: (last, COLUMN),
        },
        Unlike(hint),
    ));
    writer.row = last;
    writer.name(key, first);
    writer.row += 1;
    Ok(())
}
