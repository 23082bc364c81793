//! A workbook as a data file: one that `build` wrote, or the blank one filled in.
//!
//! ```text
//! bytes → package (limits) → book (sheets, names, formats) → sheet (cells, notes)
//!                                                              │
//!        particulars, texts (by defined name), tables (by the form's grid)
//!                                                              ↓
//!                                     page: the text of a data file, and which bytes are which cell's
//! ```
//!
//! The text is the one that `import` writes. Everything behind reads it as if it had been typed,
//! so there is one way from a data file to a report; findings show cells because the
//! [`Source`] knows them. What only a workbook can have wrong is found here.

mod astray;
mod book;
mod damage;
mod formula;
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
mod xml;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use crate::form::{AddedSheet, Form, Script, for_year};
use crate::report::Report;
use crate::text::{Code, Finding, Findings, MAX_BYTES, Message, Severity, Source};
use book::Book;
use package::Damage;
use page::Page;
use particulars::ParticularCells;
use sheet::Sheet;
use tables::Figure;

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
    read(name, bytes, forms, folder).1
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
    let (source, report) = read(name, bytes, forms, folder);
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
    folder: Option<&Path>,
) -> (Option<Arc<Source>>, Result<Report, Findings>) {
    let mut own = Vec::new();
    let source = text(name, bytes, forms, &mut own).unwrap_or_else(|damage| {
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
    let mut book = Book::open(bytes).ok()?;
    let sheet = book.named("organ.name")??.sheet;
    let number = book.sheets.iter().position(|(name, _)| **name == *sheet)?;
    let sheets = [Sheet::read(&mut book, number).ok()?];
    let said = ParticularCells::read("", &book, &sheets, &mut Vec::new());
    Some((said.text("organ.name")?, said.year()?))
}

fn text(
    name: &str,
    bytes: &[u8],
    forms: &[Arc<Form>],
    findings: &mut Vec<Finding>,
) -> Result<Option<Source>, Damage> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Damage::TooLarge);
    }
    let mut book = Book::open(bytes)?;
    if book
        .sheets
        .iter()
        .any(|(name, _)| is(name, AddedSheet::Units))
    {
        findings.push(rolled_up(name));
        return Ok(None);
    }
    let mut sheets = Vec::new();
    for number in 0..book.sheets.len() {
        let made = book
            .sheets
            .get(number)
            .is_some_and(|(name, _)| is_made(name));
        // What the program works out itself is nobody's data.
        if !made {
            sheets.push(Sheet::read(&mut book, number)?);
        }
    }
    let said = ParticularCells::read(name, &book, &sheets, findings);
    let Some(form) = form(forms, &said, &sheets) else {
        findings.retain(|finding| finding.code == Code::Syntax);
        findings.push(no_form(name, forms));
        return Ok(None);
    };
    foreign(name, form, &book, &sheets, findings);
    let script = said.script().or_else(|| tables::script(form, &sheets));
    let script = script.unwrap_or_default();
    let mut page = Page::default();
    page.head(form, &said, script);
    texts::read(name, form, &book, &sheets, &mut page, findings);
    let figures = tables::read(name, form, script, &book, &sheets, findings);
    page.tables(form, &figures);
    notes_elsewhere(name, form, &sheets, &figures, findings);
    Ok(Some(page.source(name)))
}

/// Whether a sheet is one that the program adds and nobody fills in.
fn is_made(name: &str) -> bool {
    let lists = [
        AddedSheet::Listing,
        AddedSheet::Checks,
        AddedSheet::Comparison,
        AddedSheet::Guide,
        AddedSheet::Figures,
        AddedSheet::Review,
        AddedSheet::Parent,
    ];
    lists.into_iter().any(|sheet| is(name, sheet))
}

/// Whether a sheet is called as the program's own is, in whichever script.
fn is(name: &str, sheet: AddedSheet) -> bool {
    let mut scripts = [Script::Hans, Script::Hant].into_iter();
    scripts.any(|script| sheet.name(script) == name)
}

/// The sums of many units are nobody's report.
fn rolled_up(name: &str) -> Finding {
    Finding::new(
        Code::WrongForm,
        Message::new(
            "这是 rollup 写出的汇总工作簿，不是一份报告",
            "this is the workbook of a roll-up, not a report",
        ),
    )
    .at(damage::whole(name))
    .remedy(Message::new(
        "移到别的文件夹；要用汇总数做报告，用 rollup 的 --toml 写出数据文件",
        "move it elsewhere; to make a report of the sums, have rollup write a data file with --toml",
    ))
}

/// The form that a workbook names, or that serves its year, or whose tables it has.
fn form<'f>(
    forms: &'f [Arc<Form>],
    said: &ParticularCells<'_>,
    sheets: &[Sheet],
) -> Option<&'f Arc<Form>> {
    let has_any = |form: &&Arc<Form>| {
        let mut tables = form.tables.iter();
        tables.any(|table| tables::sheet(table, sheets).is_some())
    };
    let named = said.text("form");
    let by_name = named.and_then(|id| forms.iter().find(|form| form.id == id));
    let by_year = || said.year().and_then(|year| for_year(forms, year));
    let by_tables = || {
        forms.iter().find(|form| {
            form.tables.iter().all(|table| {
                let sheet = tables::sheet(table, sheets);
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

/// Whether a sheet is one that is filled in: a table of the form, or 正文.
fn is_filled_in(form: &Form, sheet: &Sheet) -> bool {
    let scripts = [Script::Hans, Script::Hant];
    let official = form.tables.iter().any(|table| {
        let mut names = scripts.iter().map(|script| table.sheet.text(*script));
        names.any(|name| name == &*sheet.name)
    });
    official || is(&sheet.name, AddedSheet::Texts)
}

/// A doubt about each sheet that the form doesn't have and that is not blank: nothing on it is
/// read. What programs hide so that no menu shows it is not the user's.
fn foreign(
    file: &str,
    form: &Form,
    book: &Book<'_>,
    sheets: &[Sheet],
    findings: &mut Vec<Finding>,
) {
    let known = |sheet: &Sheet| is_filled_in(form, sheet) || book.very_hidden.contains(&sheet.name);
    for sheet in sheets.iter().filter(|sheet| !known(sheet)) {
        let cells = sheet.cells.keys().chain(sheet.notes.keys());
        let Some(at) = cells.min() else {
            continue;
        };
        let name = &sheet.name;
        let mut finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                format!("格式里没有工作表“{name}”，表里的内容不读"),
                format!("the form has no sheet \"{name}\", and nothing on it is read"),
            ),
        )
        .at(sheet.place(file, *at))
        .remedy(Message::new(
            "表是改了名的就改回原名；是草稿就删去，或移到别的文件",
            "give it its old name back; a scratch sheet is to be taken out",
        ));
        finding.severity = Severity::Warning;
        findings.push(finding);
    }
}

/// A doubt about the notes that are on no figure: they are not printed.
fn notes_elsewhere(
    file: &str,
    form: &Form,
    sheets: &[Sheet],
    figures: &[Option<Figure<'_>>],
    findings: &mut Vec<Finding>,
) {
    for sheet in sheets.iter().filter(|sheet| is_filled_in(form, sheet)) {
        let printed: HashSet<(u32, u32)> = figures
            .iter()
            .flatten()
            .filter(|figure| figure.sheet.number == sheet.number)
            .map(|figure| figure.at)
            .collect();
        let mut cells: Vec<(u32, u32)> = sheet.notes.keys().copied().collect();
        cells.retain(|at| !printed.contains(at));
        cells.sort_unstable();
        let Some((first, rest)) = cells.split_first() else {
            continue;
        };
        let note = sheet.notes.get(first).map_or("", String::as_str);
        let (zh, en) = if rest.is_empty() {
            (String::new(), String::new())
        } else {
            let (zh, en) = refusal::named(rest, sheet);
            (format!("（还有 {zh}）"), format!(" (and on {en})"))
        };
        let mut finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                format!("批注“{note}”不在数上，不会印出{zh}"),
                format!("the note \"{note}\" is on no figure and is not printed{en}"),
            ),
        )
        .at(sheet.place(file, *first))
        .remedy(Message::new(
            "要印在表下的，移到所说的数那一格；不印的删去",
            "move it to the figure that it is about, or take it out",
        ));
        finding.severity = Severity::Warning;
        findings.push(finding);
    }
}
