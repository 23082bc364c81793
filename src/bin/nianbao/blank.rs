//! `nianbao blank`: a workbook to fill in.

use super::args::{BlankArgs, ScriptName};
use super::new::serving;
use super::printing::{Printer, Wrote};
use super::{Halt, Status};
use nianbao::document::{blank, blank_after};
use nianbao::output::{self, What};
use nianbao::pipeline::Checker;
use nianbao::text::{Failure, Message};
use nianbao::xlsx;

/// Writes the workbook where nothing is yet, or a blank one that nobody has touched.
pub(super) fn run(typed: &BlankArgs, printer: &Printer) -> Result<Status, Halt> {
    let what = What::Workbook(xlsx::Kind::Blank);
    what.ask_ending("-o", &typed.output).map_err(Halt::Usage)?;
    let forms = typed.starting.form.open()?;
    let last = match &typed.previous {
        Some(path) => Some(Checker::new(&forms).open(path)?),
        None => None,
    };
    let next = last.as_ref().map(|last| last.year.saturating_add(1));
    let asked = typed.starting.year.year;
    if let (Some(next), Some(asked)) = (next, asked)
        && next != asked
    {
        return Err(Halt::Usage(Message::new(
            format!(
                "--previous 给的是 {} 年的报告，应是 {} 年的",
                next - 1,
                asked - 1
            ),
            format!(
                "--previous names a report on {}, it should be on {}",
                next - 1,
                asked - 1
            ),
        )));
    }
    let (form, year) = serving(&forms, asked.or(next), &typed.starting.form)?;
    let script = typed.script.map(ScriptName::script);
    let organ = typed
        .starting
        .organ
        .as_deref()
        .filter(|name| !name.trim().is_empty());
    let blank = match &last {
        Some(last) => blank_after(last, form, script, organ),
        None => blank(form, year, script.unwrap_or_default(), organ),
    };
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
