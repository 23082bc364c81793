//! `nianbao new`: a data file to fill in.

use std::sync::Arc;

use super::args::{FormFile, NewArgs};
use super::printing::{Printer, Wrote};
use super::{Halt, Status, clock};
use nianbao::form::{Form, data_file, for_year};
use nianbao::output::{self, What};
use nianbao::text::Message;

/// Prints the data file, or writes it where nothing is yet or `--force` is given.
pub(super) fn run(typed: &NewArgs, printer: &Printer) -> Result<Status, Halt> {
    if let Some(path) = &typed.output {
        What::DataFile.ask_ending("-o", path).map_err(Halt::Usage)?;
    }
    let forms = typed.starting.form.open()?;
    let (form, year) = serving(&forms, typed.starting.year.year, &typed.starting.form)?;
    let text = data_file::blank(form, year, typed.starting.organ.as_deref());
    match &typed.output {
        None => printer.result(&text)?,
        Some(path) => {
            output::write(
                path,
                What::DataFile,
                typed.starting.force.force,
                text.as_bytes(),
            )?;
            let path = path.display();
            let wrote = Wrote {
                written: path.to_string(),
                kind: "toml",
                bytes: text.len(),
                year: Some(year),
                form: Some(&form.id),
                ..Wrote::default()
            };
            let message = Message::new(
                format!("已写出 {path}（{year} 年，{} 格式）", form.id),
                format!("wrote {path} ({year}, form {})", form.id),
            );
            printer.wrote(&wrote, &message)?;
        }
    }
    Ok(Status::Done)
}

/// The form that serves a year, and the year: last year where none is named, or the last that a
/// form of the user's own serves.
pub(super) fn serving<'f>(
    forms: &'f [Arc<Form>],
    year: Option<i32>,
    own: &FormFile,
) -> Result<(&'f Arc<Form>, i32), Halt> {
    let year = year.unwrap_or_else(|| {
        let last = clock::last_year();
        let own = forms.first().filter(|_| own.file.is_some());
        match own.map(|form| form.years) {
            Some((_, Some(end))) => last.min(end),
            _ => last,
        }
    });
    match for_year(forms, year) {
        Some(form) => Ok((form, year)),
        None => {
            let first = forms.iter().map(|form| form.years.0).min().unwrap_or(year);
            Err(Halt::Usage(Message::new(
                format!("{year} 年没有对应的格式；可用的最早年份是 {first}"),
                format!("no form serves the year {year}; the first year served is {first}"),
            )))
        }
    }
}
