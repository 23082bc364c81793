//! `nianbao blank`: a workbook to fill in.

use super::args::BlankArgs;
use super::new::serving;
use super::printing::Printer;
use super::{Halt, Status, output};
use nianbao::document::blank;
use nianbao::text::{Failure, Message};
use nianbao::xlsx;

/// Writes the workbook where nothing is yet.
pub(super) fn run(typed: &BlankArgs, printer: &Printer) -> Result<Status, Halt> {
    let forms = typed.form.open()?;
    let (form, year) = serving(&forms, typed.year, &typed.form)?;
    let script = typed.script.script();
    let organ = typed
        .organ
        .as_deref()
        .filter(|name| !name.trim().is_empty());
    let blank = blank(form, year, script, organ);
    let bytes = xlsx::write_blank(&blank)
        .map_err(|error| Failure::output(&typed.output, "xlsx", &error))?;
    output::create(&typed.output, &bytes)?;
    let path = typed.output.display();
    printer.status(&Message::new(
        format!("已写出 {path}（{year} 年，{} 格式）", form.id),
        format!("wrote {path} ({year}, form {})", form.id),
    ))?;
    Ok(Status::Done)
}
