//! `nianbao import`: a workbook into a data file.

use super::args::ImportArgs;
use super::printing::{Printer, Wrote};
use super::{Halt, Status};
use nianbao::output::{self, What};
use nianbao::pipeline;
use nianbao::text::Message;

/// Prints the data file, or writes it where nothing is yet or `--force` is given. A workbook with faults is told of, and
/// nothing is written.
pub(super) fn run(typed: &ImportArgs, printer: &Printer) -> Result<Status, Halt> {
    if let Some(path) = &typed.output {
        What::DataFile.ask_ending("-o", path).map_err(Halt::Usage)?;
    }
    let forms = typed.form.open()?;
    let (text, doubts) = pipeline::import(&typed.workbook, &forms, typed.partial)?;
    printer.show(&printer.drawn(&doubts))?;
    match &typed.output {
        None => printer.result(&text)?,
        Some(path) => {
            output::write(path, What::DataFile, typed.force.force, text.as_bytes())?;
            let path = path.display();
            let wrote = Wrote {
                written: path.to_string(),
                kind: "toml",
                source: Some(typed.workbook.display().to_string()),
                bytes: text.len(),
                ..Wrote::default()
            };
            let message = Message::new(format!("已写出 {path}"), format!("wrote {path}"));
            printer.wrote(&wrote, &message)?;
        }
    }
    Ok(Status::Done)
}
