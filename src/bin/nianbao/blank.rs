//! `nianbao blank`: a workbook to fill in.

use super::args::BlankArgs;
use super::new::serving;
use super::printing::{Printer, Wrote};
use super::{Halt, Status};
use nianbao::document::blank;
use nianbao::output::{self, What};
use nianbao::text::{Failure, Message};
use nianbao::xlsx;

/// Writes the workbook where nothing is yet, or a blank one that nobody has touched.
pub(super) fn run(typed: &BlankArgs, printer: &Printer) -> Result<Status, Halt> {
    let what = What::Workbook(xlsx::Kind::Blank);
    what.ask_ending("-o", &typed.output).map_err(Halt::Usage)?;
    let forms = typed.starting.form.open()?;
    let (form, year) = serving(&forms, typed.starting.year.year, &typed.starting.form)?;
    let script = typed.script.script();
    let organ = typed
        .starting
        .organ
        .as_deref()
        .filter(|name| !name.trim().is_empty());
    let blank = blank(form, year, script, organ);
    let bytes = xlsx::write_blank(&blank)
        .map_err(|error| Failure::output(&typed.output, "xlsx", &error))?;
    output::write(&typed.output, what, typed.starting.force.force, &bytes)?;
    let path = typed.output.display();
    let wrote = Wrote {
        written: path.to_string(),
        kind: "xlsx",
        bytes: bytes.len(),
        year: Some(year),
        form: Some(&form.id),
        ..Wrote::default()
    };
    let message = Message::new(
        format!("已写出 {path}（{year} 年，{} 格式）", form.id),
        format!("wrote {path} ({year}, form {})", form.id),
    );
    printer.wrote(&wrote, &message)?;
    Ok(Status::Done)
}
