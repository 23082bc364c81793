//! `nianbao check`: findings, and nothing written.

use std::path::Path;

use super::args::CheckArgs;
use super::printing::Printer;
use super::{Halt, Status, forms, inputs, style};
use crate::finding::Message;
use crate::pipeline::{self, Press, Stop};

/// Checks every data file and shows what was found.
pub(super) fn run(typed: &CheckArgs, printer: &Printer) -> Result<Status, Halt> {
    let (style, library) = style(&typed.checking.fonts)?;
    let forms = forms(&typed.checking.form)?;
    let mut press = Press::new(&forms, &library);
    press.style = style;
    press.desk.deny_warnings = typed.checking.deny.deny.is_some();
    press.desk.previous = typed.checking.previous.open()?;
    let inputs = inputs::gather(&typed.paths.paths);
    let mut tally = Tally::default();
    for fault in &inputs.faults {
        printer.fault(fault)?;
        tally.add(Status::Failed);
    }
    for path in &inputs.files {
        tally.add(one(path, &press, printer)?);
    }
    tally.show(printer)
}

fn one(path: &Path, press: &Press<'_>, printer: &Printer) -> Result<Status, Halt> {
    let outcome = pipeline::read_document(path, press);
    printer.findings(&outcome.findings)?;
    for note in &outcome.notes {
        printer.status(note)?;
    }
    Ok(match outcome.result {
        Ok(_) => {
            if outcome.findings.is_empty() {
                let name = path.display();
                printer.status(&Message::new(
                    format!("{name}：没有发现问题"),
                    format!("{name}: nothing found"),
                ))?;
            }
            Status::Done
        }
        Err(Stop::Findings) => Status::Findings,
        Err(Stop::Fault(fault)) => {
            printer.fault(&fault)?;
            Status::Failed
        }
    })
}

/// How many files came through.
#[derive(Default)]
pub(super) struct Tally {
    done: usize,
    stopped: usize,
    worst: Option<Status>,
}

impl Tally {
    /// Counts one file.
    pub fn add(&mut self, status: Status) {
        match status {
            Status::Done => self.done += 1,
            Status::Findings | Status::Failed => self.stopped += 1,
        }
        self.worst = self.worst.max(Some(status));
    }

    /// Shows the numbers where there was more than one file; out comes the worst status.
    pub fn show(self, printer: &Printer) -> Result<Status, Halt> {
        let (done, stopped) = (self.done, self.stopped);
        if done + stopped > 1 {
            printer.status(&Message::new(
                format!("{done} 份完成，{stopped} 份有错误"),
                format!("{done} done, {stopped} with errors"),
            ))?;
        }
        Ok(self.worst.unwrap_or(Status::Done))
    }
}
