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

mod book;
mod damage;
mod number_format;
mod package;
mod page;
mod paragraph;
mod particulars;
mod sheet;
mod tables;
mod texts;
mod xml;

use std::path::Path;
use std::sync::Arc;

use crate::form::{AddedSheet, Form, Script, for_year};
use crate::report::Report;
use crate::text::{Code, Finding, Findings, MAX_BYTES, Message, Source};
use book::Book;
use package::Damage;
use page::Page;
use particulars::ParticularCells;
use sheet::Sheet;

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
/// may go anywhere.
pub fn data_file(
    name: &str,
    bytes: &[u8],
    forms: &[Arc<Form>],
    folder: Option<&Path>,
) -> Result<String, Findings> {
    let (source, report) = read(name, bytes, forms, folder);
    let mut findings: Vec<Finding> = report.err().into_iter().flatten().collect();
    findings.retain(|finding| finding.key.as_deref() != Some("signature.seal"));
    let findings = Findings::from(findings).without_errors()?;
    Ok(source.ok_or(findings)?.text().to_owned())
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
    let own = Findings::from(own);
    let Some(source) = source.map(|source| Arc::new(source.in_folder(folder))) else {
        return (None, Err(own));
    };
    let report = Report::read(Arc::clone(&source), forms);
    if own.is_empty() {
        return (Some(source), report);
    }
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
    foreign(name, form, &sheets, findings);
    let script = said.script().or_else(|| tables::script(form, &sheets));
    let script = script.unwrap_or_default();
    let mut page = Page::default();
    page.head(form, &said, script);
    texts::read(name, form, &book, &sheets, &mut page, findings);
    let figures = tables::read(name, form, script, &book, &sheets, findings);
    page.tables(form, &figures);
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

/// A finding for each sheet that the form doesn't have and that is not blank.
fn foreign(file: &str, form: &Form, sheets: &[Sheet], findings: &mut Vec<Finding>) {
    let scripts = [Script::Hans, Script::Hant];
    let known = |sheet: &Sheet| {
        let official = form.tables.iter().any(|table| {
            let mut names = scripts.iter().map(|script| table.sheet.text(*script));
            names.any(|name| name == &*sheet.name)
        });
        official || *sheet.name == *AddedSheet::Texts.name(Script::Hans)
    };
    for sheet in sheets.iter().filter(|sheet| !known(sheet)) {
        let Some((at, _)) = sheet.cells.first_key_value() else {
            continue;
        };
        let name = &sheet.name;
        let finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                format!("格式里没有工作表“{name}”"),
                format!("the form has no sheet \"{name}\""),
            ),
        )
        .at(sheet.place(file, *at))
        .remedy(Message::new(
            "表是改了名的就改回原名；是另加的就删去，或移到别的文件",
            "give it its old name back; one that was added is to be taken out",
        ));
        findings.push(finding);
    }
}
