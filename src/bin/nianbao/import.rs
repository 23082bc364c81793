//! `nianbao import`: a workbook into a data file.

use super::args::ImportArgs;
use super::printing::Printer;
use super::{Halt, Status, output};
use nianbao::pipeline;
use nianbao::text::Message;

/// Prints the data file, or writes it where nothing is yet. A workbook with faults is told of, and
/// nothing is written.
pub(super) fn run(typed: &ImportArgs, printer: &Printer) -> Result<Status, Halt> {
    let forms = typed.form.open()?;
    let (text, doubts) = pipeline::import(&typed.workbook, &forms)?;
    printer.show(&printer.drawn(&doubts))?;
    match &typed.output {
        None => printer.result(&text)?,
        Some(path) => {
            output::create(path, text.as_bytes())?;
            let path = path.display();
            printer.status(&Message::new(
                format!("已写出 {path}"),
                format!("wrote {path}"),
            ))?;
        }
    }
    Ok(Status::Done)
}
