//! The text of a cell; a formula that puts texts and figures together becomes a text that quotes
//! the figures.

use super::book::{Area, Book, area};
use super::sheet::{Cell, Sheet, Value};
use super::tables;
use crate::form::Form;
use crate::text::Message;

/// Longest formula that Excel takes, in characters ("Excel specifications and limits").
const LONGEST_FORMULA: usize = 8_192;

/// The text of a cell of the sheet 正文.
///
/// # Errors
/// Why there is none.
pub(super) fn text(
    cell: &Cell,
    book: &Book<'_>,
    sheets: &[Sheet],
    form: &Form,
) -> Result<String, Message> {
    let quoting = cell
        .formula
        .as_deref()
        .and_then(|formula| quotes(formula, book, sheets, form));
    if let Some(text) = quoting {
        return Ok(text);
    }
    match (&cell.value, &cell.formula) {
        (Value::Text(text), _) => Ok(text.clone()),
        (Value::Blank, Some(formula)) => Err(Message::new(
            format!("这里的公式没有结果：={formula}"),
            format!("this formula has no result: ={formula}"),
        )),
        (Value::Error(error), _) => Err(Message::new(
            format!("公式出错：{error}"),
            format!("the formula has failed: {error}"),
        )),
        _ => Err(Message::new(
            format!("这里应当是文字，不是 {}", cell.shown()),
            format!("this should be a text, not {}", cell.shown()),
        )),
    }
}

/// `"全年收到"&requests.new.total&"件"` as `全年收到{{requests.new.total}}件`; none for any other
/// formula.
fn quotes(formula: &str, book: &Book<'_>, sheets: &[Sheet], form: &Form) -> Option<String> {
    if formula.chars().nth(LONGEST_FORMULA).is_some() {
        return None;
    }
    let mut out = String::new();
    let mut rest = formula.trim().trim_start_matches('=');
    loop {
        rest = rest.trim_start();
        if let Some(literal) = rest.strip_prefix('"') {
            let mut end = None;
            let mut characters = literal.char_indices().peekable();
            while let Some((at, c)) = characters.next() {
                if c != '"' {
                    out.push(c);
                } else if characters.next_if(|(_, next)| *next == '"').is_some() {
                    out.push('"');
                } else {
                    end = Some(at + 1);
                    break;
                }
            }
            rest = literal.get(end?..)?;
        } else {
            // A sheet's name in quotation marks may hold anything.
            let mut marked = false;
            let end = rest.find(|c: char| {
                marked ^= c == '\'';
                !marked && c == '&'
            });
            let (term, after) = rest.split_at(end.unwrap_or(rest.len()));
            let key = figure(unwrapped(term.trim()), book, sheets, form)?;
            out.push_str(&format!("{{{{{key}}}}}"));
            rest = after;
        }
        rest = rest.trim_start();
        if rest.is_empty() {
            return Some(out);
        }
        rest = rest.strip_prefix('&')?;
    }
}

/// What `TEXT(…,"0.00")` shows.
fn unwrapped(term: &str) -> &str {
    let inner = term
        .strip_prefix("TEXT(")
        .and_then(|inner| inner.strip_suffix(')'))
        .and_then(|inner| inner.rsplit_once(','));
    match inner {
        Some((inner, format)) if format.trim().starts_with('"') => inner.trim(),
        _ => term,
    }
}

/// The key of the figure that a name or a reference stands for.
fn figure<'f>(term: &str, book: &Book<'_>, sheets: &[Sheet], form: &'f Form) -> Option<&'f str> {
    let found = match book.named(term) {
        Some(found) => found?,
        None => area(term)?,
    };
    key(&found, sheets, form)
}

fn key<'f>(at: &Area, sheets: &[Sheet], form: &'f Form) -> Option<&'f str> {
    let (number, _) = form.tables.iter().enumerate().find(|(_, table)| {
        tables::sheet(table, sheets).is_some_and(|sheet| *sheet.name == *at.sheet)
    })?;
    let spec = form.figures.iter().find(|spec| {
        let place = (u32::try_from(spec.row), u32::try_from(spec.column));
        spec.table.0 == number && place == (Ok(at.first.0), Ok(at.first.1))
    })?;
    Some(&spec.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_format_around_a_figure_is_taken_off() {
        assert_eq!(unwrapped("TEXT(fees.amount,\"0.0000\")"), "fees.amount");
        assert_eq!(unwrapped("fees.amount"), "fees.amount");
    }
}
