//! What the 正文 sheet says first: who reports on what, one item a line, each under the name that
//! it has in a data file.

use rust_xlsxwriter::{ExcelDateTime, XlsxError};

use super::words::Pair;
use crate::document::Document;
use crate::form::Script;
use crate::report::{Date, Scope};

/// First and last year in which Excel and others count the days alike: before March 1900 they
/// don't.
const CALENDAR: std::ops::RangeInclusive<i32> = 1901..=9999;

/// One line.
pub(super) struct Particular<'a> {
    /// Its key in a data file, and its defined name: `organ.name`.
    pub key: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it says.
    pub value: Value<'a>,
}

/// What a particular says.
pub(super) enum Value<'a> {
    /// Nothing: the data file leaves it out.
    None,
    /// A text.
    Text(&'a str),
    /// A text that was made.
    Made(String),
    /// A year.
    Year(i32),
    /// A day.
    Date(ExcelDateTime),
}

/// Every particular of a document, those that it leaves out too.
pub(super) fn of(document: &Document) -> Result<Vec<Particular<'_>>, XlsxError> {
    let script = document.script;
    let said = &document.particulars;
    let text = |text: &'_ Option<String>| match text {
        Some(text) => Value::Made(text.clone()),
        None => Value::None,
    };
    let [address, postcode, phone, email] = &said.contact;
    let lines = [
        (
            "organ.name",
            Pair("单位名称", "單位名稱"),
            Value::Text(&document.organ),
        ),
        (
            "organ.code",
            Pair("统一社会信用代码", "統一社會信用代碼"),
            text(&said.code),
        ),
        (
            "organ.region",
            Pair("所属行政区域", "所屬行政區域"),
            text(&said.region),
        ),
        (
            "year",
            Pair("报告年度", "報告年度"),
            Value::Year(document.year),
        ),
        ("form", Pair("格式", "格式"), Value::Text(&document.form)),
        (
            "scope",
            Pair("统计范围", "統計范圍"),
            Value::Text(scope(said.scope).text(script)),
        ),
        (
            "script",
            Pair("官方文字", "官方文字"),
            Value::Text(characters(script)),
        ),
        (
            "contact.address",
            Pair("联系地址", "聯系地址"),
            text(address),
        ),
        ("contact.postcode", Pair("邮编", "郵編"), text(postcode)),
        ("contact.phone", Pair("电话", "電話"), text(phone)),
        ("contact.email", Pair("电子邮箱", "電子郵箱"), text(email)),
        (
            "signature.name",
            Pair("落款单位", "落款單位"),
            text(&said.signature),
        ),
        (
            "signature.date",
            Pair("落款日期", "落款日期"),
            document.date.map_or(Ok(Value::None), day)?,
        ),
        (
            "signature.seal",
            Pair("印章图片", "印章圖片"),
            text(&said.seal),
        ),
    ];
    Ok(lines
        .into_iter()
        .map(|(key, label, value)| Particular {
            key,
            label: label.text(script),
            value,
        })
        .collect())
}

/// What a scope is called.
pub(super) fn scope(scope: Scope) -> Pair {
    match scope {
        Scope::Own => Pair("本机关", "本機關"),
        Scope::Region => Pair("本行政区域汇总", "本行政區域匯總"),
    }
}

/// What a script is called, in itself.
fn characters(script: Script) -> &'static str {
    match script {
        Script::Hans => "简体",
        Script::Hant => "繁體",
    }
}

fn day(date: Date) -> Result<Value<'static>, XlsxError> {
    match u16::try_from(date.year) {
        Ok(year) if CALENDAR.contains(&date.year) => {
            ExcelDateTime::from_ymd(year, date.month, date.day).map(Value::Date)
        }
        _ => Ok(Value::Made(date.to_string())),
    }
}
