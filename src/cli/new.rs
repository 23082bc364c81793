//! `nianbao new`: a data file to fill in.

use super::args::NewArgs;
use super::printing::Printer;
use super::{Halt, Status, clock, forms, output};
use crate::finding::Message;
use crate::form::{for_year, template::template};

/// Prints the data file, or writes it where nothing is yet.
pub(super) fn run(typed: &NewArgs, printer: &Printer) -> Result<Status, Halt> {
    let year = typed.year.unwrap_or_else(clock::last_year);
    let forms = forms()?;
    let Some(form) = for_year(forms, year) else {
        let first = forms.first().map_or(year, |form| form.years.0);
        return Err(Halt::Usage(Message::new(
            format!("{year} 年没有对应的格式；可用的最早年份是 {first}"),
            format!("no form serves the year {year}; the first year served is {first}"),
        )));
    };
    let text = template(form, year, typed.organ.as_deref());
    match &typed.output {
        None => printer.result(&text)?,
        Some(path) => {
            output::create(path, text.as_bytes())?;
            let path = path.display();
            printer.status(&Message::new(
                format!("已写出 {path}（{year} 年，{} 格式）", form.id),
                format!("wrote {path} ({year}, form {})", form.id),
            ))?;
        }
    }
    Ok(Status::Done)
}
