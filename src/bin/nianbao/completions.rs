//! `nianbao completions`: what a shell loads to complete commands and options.

use clap::CommandFactory;

use super::args::{CompletionsArgs, Typed};
use super::printing::Printer;
use super::{Halt, Status};

/// Prints the script.
pub(super) fn run(typed: &CompletionsArgs, printer: &Printer) -> Result<Status, Halt> {
    let mut script = Vec::new();
    clap_complete::generate(typed.shell, &mut Typed::command(), "nianbao", &mut script);
    printer.result(&String::from_utf8_lossy(&script))?;
    Ok(Status::Done)
}
