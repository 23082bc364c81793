//! What Excel says of a cell that is to be filled in, and what it lets pass.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::super::Pair;
use super::super::style::{digits, quoted_unit};
use crate::data::numeral::MAX;
use crate::document::Slot;
use crate::form::{Kind, Script};

/// Longest title and longest text of a message, in UTF-16 units (ECMA-376 Part 1, 18.3.1.32).
const TITLE: usize = 32;
const MESSAGE: usize = 255;
/// Unit of a sum of money for which the form prints none: with one before their eyes, nobody has
/// to guess.
const MONEY: &str = "元";

const WRONG: Pair = ["填得不对", "填得不對"];

/// The unit of a figure, wherever it is said.
fn unit<'a>(slot: &Slot<'a>) -> Option<&'a str> {
    let own = (slot.kind == Kind::Amount).then_some(MONEY);
    slot.printed_unit.or(own)
}

/// The number format of a figure that is not there yet: whole numbers as they are, decimals with
/// the places that are typed, and the unit where the form prints none.
pub(super) fn number_format(slot: &Slot<'_>) -> String {
    match slot.kind {
        Kind::Count | Kind::Signed => digits(0),
        Kind::Money => "General".to_owned(),
        Kind::Amount if slot.printed_unit.is_some() => "General".to_owned(),
        Kind::Amount => format!("General{}", quoted_unit(MONEY)),
    }
}

/// The prompt and the check of a figure, with what it was last year.
pub(super) fn figure(
    slot: &Slot<'_>,
    previous: Option<&str>,
    script: Script,
) -> Result<DataValidation, XlsxError> {
    let from = |least: i64| {
        let number = |number: i64| Formula::new(number.to_string());
        DataValidationRule::Between(number(least), number(MAX))
    };
    let whole = |least| DataValidation::new().allow_whole_number_formula(from(least));
    let (validation, how, wrong) = match slot.kind {
        Kind::Count => (
            whole(0),
            ["填整数，没有填 0", "填整數，沒有填 0"],
            [
                "这一格填 0 或正整数，如 12，不带单位、逗号。没有就填 0。",
                "這一格填 0 或正整數，如 12，不帶單位、逗號。沒有就填 0。",
            ],
        ),
        Kind::Signed => (
            whole(-MAX),
            [
                "填整数，减少填负数，如 -2；没有填 0",
                "填整數，減少填負數，如 -2；沒有填 0",
            ],
            [
                "这一格填整数：增加填 10，减少填 -2，不写“增”“减”。没有就填 0。",
                "這一格填整數：增加填 10，減少填 -2，不寫“增”“減”。沒有就填 0。",
            ],
        ),
        Kind::Amount | Kind::Money => (
            DataValidation::new().allow_decimal_number_formula(from(0)),
            ["填数，小数照实填，没有填 0", "填數，小數照實填，沒有填 0"],
            [
                "这一格填 0 或正数，如 128.645，不带单位、逗号。没有就填 0。",
                "這一格填 0 或正數，如 128.645，不帶單位、逗號。沒有就填 0。",
            ],
        ),
    };
    let mut lines = Vec::new();
    for (label, text) in [
        (["行：", "行："], slot.row),
        (["列：", "列："], slot.column),
        (["单位：", "單位："], unit(slot).unwrap_or_default()),
        (["上年：", "上年："], previous.unwrap_or_default()),
    ] {
        if !text.is_empty() {
            // The last line says how to fill the cell in and must not be cut off.
            lines.push(format!("{}{}", script.of(label), cut(text, MESSAGE / 4)));
        }
    }
    lines.push(script.of(how).to_owned());
    let title = if slot.column.is_empty() {
        slot.row
    } else {
        slot.column
    };
    said(validation, title, &lines.join("\n"), wrong, script)
}

/// The prompt of a text; nothing is refused.
pub(super) fn text(title: &str, message: &str) -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_any_value()
        .set_input_title(cut(title, TITLE))?
        .set_input_message(cut(message, MESSAGE))
}

/// The prompt and the check of one of several words.
pub(super) fn choice(
    title: &str,
    words: &[&str],
    script: Script,
) -> Result<DataValidation, XlsxError> {
    let validation = DataValidation::new().allow_list_strings(words)?;
    let message = ["从列表里选一个", "從列表里選一個"];
    said(validation, title, script.of(message), message, script)
}

/// The prompt and the check of a day.
pub(super) fn day(title: &str, script: Script) -> Result<DataValidation, XlsxError> {
    // Before March 1900 programs count the days differently.
    let first = ExcelDateTime::from_ymd(1901, 1, 1)?;
    let last = ExcelDateTime::from_ymd(9999, 12, 31)?;
    let rule = DataValidationRule::Between(first, last);
    let message = [
        "填日期，如 2025-1-16；不落款就空着",
        "填日期，如 2025-1-16；不落款就空著",
    ];
    let validation = DataValidation::new().allow_date(rule);
    let wrong = [
        "这一格填日期，写成 2025-1-16 这样。",
        "這一格填日期，寫成 2025-1-16 這樣。",
    ];
    said(validation, title, script.of(message), wrong, script)
}

fn said(
    validation: DataValidation,
    title: &str,
    message: &str,
    wrong: Pair,
    script: Script,
) -> Result<DataValidation, XlsxError> {
    validation
        .set_input_title(cut(title, TITLE))?
        .set_input_message(cut(message, MESSAGE))?
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(script.of(WRONG))?
        .set_error_message(script.of(wrong))
}

/// A text in at most `most` UTF-16 units, with a … for what is left out.
fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 1;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= most
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_is_longer_than_excel_reads() {
        let long = "𠮷".repeat(300);
        let slot = Slot {
            id: crate::form::FigureId(0),
            key: "t.k",
            kind: Kind::Count,
            printed_unit: None,
            row: &long,
            column: &long,
            formula: None,
        };
        for script in [Script::Hans, Script::Hant] {
            assert!(figure(&slot, Some(&long), script).is_ok());
        }
        assert!(text(&long, &long).is_ok());
        assert_eq!(cut("一二三", 3), "一二三");
        assert_eq!(cut("一二三四", 3), "一二…");
        assert_eq!(cut(&long, 4).encode_utf16().count(), 3);
    }
}
