//! The text of a cell; a formula that puts texts and figures together becomes a text that quotes
//! the figures.

use super::book::Book;
use super::sheet::{Cell, Value};
use super::tables;
use crate::form::Form;
use crate::text::Message;

/// Longest formula that Excel takes, in characters ("Excel specifications and limits").
const LONGEST_FORMULA: usize = 8_192;

/// The text of a cell of the sheet 正文.
///
/// # Errors
/// Why there is none.
pub(super) fn text(cell: &Cell, book: &Book, form: &Form) -> Result<String, Message> {
    let formula = cell.formula.as_deref();
    if let Some(text) = formula.and_then(|formula| quotes(formula, book, form)) {
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
fn quotes(formula: &str, book: &Book, form: &Form) -> Option<String> {
    if formula.chars().nth(LONGEST_FORMULA).is_some() {
        return None;
    }
    let mut out = String::new();
    let mut rest = formula.trim().trim_start_matches('=');
    loop {
        rest = rest.trim_start();
        if let Some(literal) = rest.strip_prefix('"') {
            rest = literal;
            loop {
                let (before, after) = rest.split_once('"')?;
                out.push_str(before);
                rest = after;
                // A mark given twice is one of the text.
                match rest.strip_prefix('"') {
                    Some(after) => rest = after,
                    None => break,
                }
                out.push('"');
            }
        } else {
            // A sheet's name in quotation marks may hold anything.
            let mut marked = false;
            let end = rest.find(|c: char| {
                marked ^= c == '\'';
                !marked && c == '&'
            });
            let (term, after) = rest.split_at(end.unwrap_or(rest.len()));
            let key = figure(unwrapped(term.trim()), book, form)?;
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
fn figure<'f>(term: &str, book: &Book, form: &'f Form) -> Option<&'f str> {
    let at = match book.named(term) {
        Some(found) => found?,
        None => book.area(term)?,
    };
    let here = |table: &_| {
        let sheet = tables::sheet(table, book);
        sheet.is_some_and(|sheet| sheet.name == at.sheet.name)
    };
    let number = form.tables.iter().position(here)?;
    let mut specs = form.figures.iter();
    let spec = specs.find(|spec| spec.table.0 == number && (spec.row, spec.column) == at.first)?;
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
