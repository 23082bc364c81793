//! A workbook as a data file, and what was found of it as a marked copy: one that `build` wrote, or the blank one filled in.
//!
//! ```text
//! bytes → package (limits) → book (names, formats) → sheets (cells, notes)
//!                                                       │
//!        particulars, texts (by defined name), tables (by the form's grid)
//!                                                       ↓
//!                              page: the text of a data file, and which bytes are which cell's
//! ```
//!
//! The text is the one that `import` writes. Everything behind reads it as if it had been typed,
//! so there is one way from a data file to a report; findings show cells because the
//! [`Source`] knows them. What only a workbook can have wrong is found here.

mod book;
mod damage;
mod formula;
mod mark;
mod note;
mod number_format;
mod package;
mod page;
mod paragraph;
mod particulars;
mod refusal;
mod sheet;
mod tables;
mod texts;
mod unread;
mod xml;

pub use mark::marked;

use std::path::Path;
use std::sync::Arc;

use crate::form::{AddedSheet, Form, Script, for_year};
use crate::report::Report;
use crate::text::{Code, Finding, Findings, MAX_BYTES, Message, Source};
use book::Book;
use damage::Damage;
use page::Page;
use particulars::ParticularCells;

/// A workbook may be in either; what is looked for is looked for in both.
const SCRIPTS: [Script; 2] = [Script::Hans, Script::Hant];

/// Whether a file is to be read as a workbook: by its first bytes, or by its name.
pub fn is_workbook(path: &Path, bytes: &[u8]) -> bool {
    let named = |ending: &str| {
        let extension = path.extension();
        extension.is_some_and(|extension| extension.eq_ignore_ascii_case(ending))
    };
    bytes.starts_with(package::ZIP)
        || bytes.starts_with(package::OLE)
        || ["xlsx", "xlsm", "xls"].into_iter().any(named)
}

/// Reads the report that the workbook `name` holds. Texts and the seal's picture are looked for in
/// `folder`.
///
/// # Errors
/// Everything that is wrong with the workbook. Whether its figures agree is not asked.
pub fn report(
    name: &str,
    bytes: &[u8],
    forms: &[Arc<Form>],
    folder: Option<&Path>,
) -> Result<Report, Findings> {
    read(name, bytes, forms, Filled::Whole, folder).1
}

/// Reads the workbook `name` into the text of a data file.
///
/// # Errors
/// As [`report`]; but the seal's picture is not asked for: it belongs beside the data file, which
/// may go anywhere. With the text comes what there is to doubt about the workbook.
pub fn data_file(
    name: &str,
    bytes: &[u8],
    forms: &[Arc<Form>],
    folder: Option<&Path>,
) -> Result<(String, Findings), Findings> {
    written(name, bytes, forms, Filled::Whole, folder)
}

/// The same of a workbook that may be filled in only in part: for what isn't yet, the text has `""`, as the
/// desk writes it.
///
/// # Errors
/// As [`data_file`], but for what is missing in a cell.
pub fn draft(
    name: &str,
    bytes: &[u8],
    forms: &[Arc<Form>],
    folder: Option<&Path>,
) -> Result<(String, Findings), Findings> {
    written(name, bytes, forms, Filled::SoFar, folder)
}

/// How much of a workbook has to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filled {
    Whole,
    SoFar,
}

fn written(
    name: &str,
    bytes: &[u8],
    forms: &[Arc<Form>],
    filled: Filled,
    folder: Option<&Path>,
) -> Result<(String, Findings), Findings> {
    let (source, report) = read(name, bytes, forms, filled, folder);
    let mut findings = match report {
        Ok(report) => report.doubts,
        Err(findings) => findings.into_iter().collect(),
    };
    findings.retain(|finding| finding.key.as_deref() != Some("signature.seal"));
    let findings = Findings::from(findings).without_errors()?;
    match source {
        Some(source) => Ok((source.text().to_owned(), findings)),
        None => Err(findings),
    }
}

/// The text of a data file that the workbook becomes, where it can be made out, and the report.
/// With a workbook at fault there are zeros in the text that nobody wrote.
fn read(
    name: &str,
    bytes: &[u8],
    forms: &[Arc<Form>],
    filled: Filled,
    folder: Option<&Path>,
) -> (Option<Arc<Source>>, Result<Report, Findings>) {
    let mut own = Vec::new();
    let source = text(name, bytes, forms, filled, &mut own).unwrap_or_else(|damage| {
        own.push(damage::finding(damage, name));
        None
    });
    let Some(source) = source.map(|source| Arc::new(source.in_folder(folder))) else {
        return (None, Err(own.into()));
    };
    let report = match Report::read(Arc::clone(&source), forms) {
        Ok(mut report) if !own.iter().any(Finding::is_error) => {
            report.doubts = own;
            return (Some(source), Ok(report));
        }
        report => report,
    };
    let told = |finding: &Finding| {
        if filled == Filled::SoFar && finding.code == Code::MissingKey {
            return true;
        }
        let key = &finding.key;
        key.is_some() && own.iter().any(|own| own.key == *key)
    };
    let read = report.err().into_iter().flatten();
    let mut findings: Vec<Finding> = read.filter(|finding| !told(finding)).collect();
    findings.extend(own);
    (Some(source), Err(findings.into()))
}

/// The body that a workbook names and the year that it reports on, if it does.
pub fn organ_and_year(bytes: &[u8]) -> Option<(String, i32)> {
    let book = Book::read("", bytes, Some("organ.name")).ok()?;
    let said = ParticularCells::read(&book, &mut Vec::new());
    Some((said.text("organ.name")?.to_owned(), said.year()?))
}

fn text(
    name: &str,
    bytes: &[u8],
    forms: &[Arc<Form>],
    filled: Filled,
    findings: &mut Vec<Finding>,
) -> Result<Option<Source>, Damage> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Damage::TooLarge);
    }
    let book = Book::read(name, bytes, None)?;
    let said = ParticularCells::read(&book, findings);
    let Some(form) = form(forms, &said, &book) else {
        findings.retain(|finding| finding.code == Code::Syntax);
        findings.push(no_form(name, forms));
        return Ok(None);
    };
    unread::sheets(form, &book, findings);
    let script = said.script().or_else(|| tables::script(form, &book));
    let script = script.unwrap_or_default();
    let mut page = Page::default();
    page.head(form, &said, script);
    let known = texts::read(form, &book, &mut page, findings);
    unread::beside(form, &book, &known, findings);
    let unfilled = match filled {
        Filled::Whole => "0",
        Filled::SoFar => "\"\"",
    };
    let figures = tables::read(form, script, &book, unfilled, findings);
    page.tables(form, &figures);
    unread::notes(form, &book, &figures, findings);
    if filled == Filled::SoFar {
        // What is missing in a cell is not filled in; other things are missing in the workbook.
        let in_cell = |it: &Finding| it.place.as_ref().is_some_and(|at| at.cell().is_some());
        findings.retain(|it| it.code != Code::MissingKey || !in_cell(it));
    }
    Ok(Some(page.source(name)))
}

/// Whether a sheet is called as the program's own is, in whichever script.
fn is(name: &str, sheet: AddedSheet) -> bool {
    let mut scripts = SCRIPTS.into_iter();
    scripts.any(|script| sheet.name(script) == name)
}

/// The form that a workbook names, or that serves its year, or whose tables it has.
fn form<'f>(
    forms: &'f [Arc<Form>],
    said: &ParticularCells<'_>,
    book: &Book,
) -> Option<&'f Arc<Form>> {
    let has_any = |form: &&Arc<Form>| {
        let mut tables = form.tables.iter();
        tables.any(|table| tables::sheet(table, book).is_some())
    };
    let named = said.text("form");
    let by_name = named.and_then(|id| forms.iter().find(|form| form.id == id));
    let by_year = || said.year().and_then(|year| for_year(forms, year));
    let by_tables = || {
        forms.iter().find(|form| {
            form.tables.iter().all(|table| {
                let sheet = tables::sheet(table, book);
                sheet.is_some_and(|sheet| tables::misfit(table, sheet).is_none())
            })
        })
    };
    by_name.or_else(by_year).filter(has_any).or_else(by_tables)
}

fn no_form(name: &str, forms: &[Arc<Form>]) -> Finding {
    let known: Vec<&str> = forms.iter().map(|form| form.id.as_str()).collect();
    Finding::new(
        Code::WrongForm,
        Message::new(
            "认不出这个工作簿用的是哪种格式",
            "this workbook follows no form that is known",
        ),
    )
    .at(damage::whole(name))
    .expected(known.join(" | "), "")
    .remedy(Message::new(
        "用程序写出的工作簿来填写；自己的格式要加 --form",
        "fill in a workbook that the program wrote; a form of your own needs --form",
    ))
}
