//! The program: one file a command.
//!
//! What is typed (`args`) and what it means (each command's own types) are kept apart. The library
//! neither prints nor exits.

mod args;
mod batch;
mod blank;
mod build;
mod check;
mod clock;
mod completions;
mod desk;
mod each;
mod fonts;
mod forms;
mod import;
mod inputs;
mod naming;
mod new;
mod options;
mod page;
mod places;
mod printing;
mod progress;
mod resume;
mod rollup;
mod schema;
#[cfg(any(windows, test))]
mod starred;
mod started;
mod tally;
mod usage;

use std::io;
use std::process::ExitCode;

use args::Command;
use printing::Printer;
use started::Started;

use nianbao::text::{Failure, Findings, Message, ReadError};

/// How a run ended, the worse the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Done; warnings are allowed.
    Done,
    /// A finding is an error.
    Findings,
    /// Something could not be read, found or written.
    Failed,
}

/// Why a command ended before its work was done.
enum Halt {
    /// What was asked for makes no sense.
    Usage(Message),
    /// The work can't be done here.
    Failure(Failure),
    /// A file that the command stands on is unsound: a form, a style, the workbook to be read.
    Findings(Findings),
    /// Standard output or standard error can't be written.
    Print(io::Error),
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Findings> for Halt {
    fn from(findings: Findings) -> Self {
        Self::Findings(findings)
    }
}

impl From<ReadError> for Halt {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Failure(failure) => Self::Failure(failure),
            ReadError::Findings(findings) => Self::Findings(findings),
        }
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self::Print(error)
    }
}

fn main() -> ExitCode {
    let words = std::env::args_os();
    #[cfg(windows)]
    let words = starred::expand(words);
    let started = Started::new(words.into_iter().collect());
    let typed = match args::parse(&started.words) {
        Ok(typed) => typed,
        Err(error) => return usage::show(&error, &started.words),
    };
    let printer = Printer::new(&typed.speech, typed.command.quiet());
    let done = match &typed.command {
        Command::Check(typed) => check::run(typed, &printer),
        Command::Build(typed) => build::run(typed, &printer),
        Command::Import(typed) => import::run(typed, &printer),
        Command::Rollup(typed) => rollup::run(typed, &printer),
        Command::New(typed) => new::run(typed, &printer),
        Command::Blank(typed) => blank::run(typed, &printer),
        Command::Desk(typed) => desk::run(typed, &printer),
        Command::Forms(typed) => forms::run(typed, &printer),
        Command::Schema(typed) => schema::run(typed, &printer),
        Command::Fonts(typed) => fonts::run(typed, &printer),
        Command::Completions(typed) => completions::run(typed, &printer),
        Command::Man(typed) => page::man(typed, &printer),
        Command::Help(typed) => page::help(typed, &printer),
        Command::Version => printer
            .result(concat!("nianbao ", env!("CARGO_PKG_VERSION"), "\n"))
            .map(|()| Status::Done)
            .map_err(Halt::Print),
    };
    let status = match done {
        Ok(Status::Done) => 0,
        Ok(Status::Findings) => 1,
        Ok(Status::Failed) => 3,
        Err(halt) => printer.halt(&halt),
    };
    started.hold(&typed.command, status == 0, &printer);
    ExitCode::from(status)
}
