//! Findings for a program: one JSON object a line. Field names and order are a promise.

use serde::Serialize;

use super::{Finding, Lang, Message, Place, Position, Severity, SheetCell};

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    severity: &'a str,
    /// What is wrong.
    message: &'a str,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    /// Where the place ends: the character behind its last one. A cell has no end of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    key: Option<&'a str>,
    expected: Option<&'a str>,
    found: Option<&'a str>,
    related: Vec<RelatedRow<'a>>,
}

#[derive(Serialize)]
struct RelatedRow<'a> {
    message: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    key: Option<&'a str>,
}

impl Finding {
    /// The finding as one line of JSON, without a line break.
    pub fn json(&self, lang: Lang) -> String {
        render(self, lang)
    }
}

fn render(finding: &Finding, lang: Lang) -> String {
    let at = finding.place.as_ref().and_then(position);
    let end = finding.place.as_ref().and_then(Place::end);
    let row = Row {
        code: finding.code.as_str(),
        severity: finding.severity.as_str(),
        message: finding.message.get(lang),
        remedy: finding.remedy.as_ref().map(|remedy| remedy.get(lang)),
        file: finding.place.as_ref().map(|p| p.source.name()),
        line: at.map(line),
        column: at.map(column),
        end_line: end.map(line),
        end_column: end.map(column),
        sheet: finding.place.as_ref().and_then(sheet),
        cell: finding.place.as_ref().and_then(cell),
        key: finding.key.as_deref(),
        expected: finding.expected.as_deref(),
        found: finding.found.as_deref(),
        related: finding
            .related
            .iter()
            .map(|r| {
                let at = r.place.as_ref().and_then(position);
                RelatedRow {
                    message: r.message.get(lang),
                    line: at.map(line),
                    column: at.map(column),
                    sheet: r.place.as_ref().and_then(sheet),
                    cell: r.place.as_ref().and_then(cell),
                    key: r.key.as_deref(),
                }
            })
            .collect(),
    };
    // Strings and numbers only: there is nothing in a row that can't be written as JSON.
    serde_json::to_string(&row).unwrap_or_default()
}

/// A failure, such as a file that can't be read, in the shape of a finding.
pub fn failure_json(code: &str, file: Option<&str>, message: &Message, lang: Lang) -> String {
    let row = Row {
        code,
        severity: Severity::Error.as_str(),
        message: message.get(lang),
        remedy: None,
        file,
        line: None,
        column: None,
        end_line: None,
        end_column: None,
        sheet: None,
        cell: None,
        key: None,
        expected: None,
        found: None,
        related: Vec::new(),
    };
    serde_json::to_string(&row).unwrap_or_default()
}

/// Line and column of a place; none where it is a workbook as a whole.
fn position(place: &Place) -> Option<Position> {
    (place.cell().is_some() || !place.source.is_workbook()).then(|| place.position())
}

fn sheet(place: &Place) -> Option<&str> {
    place.cell().map(|cell| &*cell.sheet)
}

fn cell(place: &Place) -> Option<String> {
    place.cell().map(SheetCell::name)
}

fn line(at: Position) -> usize {
    at.line
}

fn column(at: Position) -> usize {
    at.column
}
