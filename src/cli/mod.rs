//! The command line: one file a command.
//!
//! What is typed (`args`) and what it means (each command's own types) are kept apart.
//! Nothing but this room prints or exits.

mod args;
mod batch;
mod blank;
mod build;
mod check;
mod clock;
mod completions;
mod each;
mod fonts;
mod forms;
mod import;
mod inputs;
mod made;
mod new;
mod output;
mod previous;
mod printing;
mod progress;
mod rollup;
mod schema;
mod tally;
mod usage;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;

use args::Command;
use printing::Printer;

use crate::font::{Library, Search};
use crate::form::{Form, Forms};
use crate::style::{self, Style};
use crate::text::{Failure, Findings, Message, ReadError, Source};

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

/// Runs the program with the words that were typed, its own name first.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    let typed = match args::parse(&words) {
        Ok(typed) => typed,
        Err(error) => return usage::show(&error, &words),
    };
    let printer = Printer::new(typed.command.speech(), typed.command.quiet());
    let done = match &typed.command {
        Command::Check(typed) => check::run(typed, &printer),
        Command::Build(typed) => build::run(typed, &printer),
        Command::Import(typed) => import::run(typed, &printer),
        Command::Rollup(typed) => rollup::run(typed, &printer),
        Command::New(typed) => new::run(typed, &printer),
        Command::Blank(typed) => blank::run(typed, &printer),
        Command::Forms(typed) => forms::run(typed, &printer),
        Command::Schema(typed) => schema::run(typed, &printer),
        Command::Fonts(typed) => fonts::run(typed, &printer),
        Command::Completions(typed) => completions::run(typed, &printer),
    };
    ExitCode::from(match done {
        Ok(Status::Done) => 0,
        Ok(Status::Findings) => 1,
        Ok(Status::Failed) => 3,
        Err(halt) => printer.halt(&halt),
    })
}

/// The forms: that of the user's own first, then the built-in ones.
fn forms(typed: &args::FormFile) -> Result<Forms, Halt> {
    let forms = Forms::builtin()?;
    Ok(match &typed.file {
        Some(path) => forms.with(Form::read(Source::read(path)?)?),
        None => forms,
    })
}

/// More data files than this take so long that the fonts are not to change meanwhile.
const FEW: usize = 16;

/// The style of the pages of so many reports, and the fonts that it needs: those in the folder that
/// `--fonts` names first.
fn style(typed: &args::Fonts, reports: usize) -> Result<(Style, Library), Halt> {
    let style = match &typed.style {
        Some(path) => style::load(&Arc::new(Source::read(path)?))?,
        None => Style::default(),
    };
    // A folder that was named must be there: the search would pass over it without a word.
    if let Some(folder) = &typed.fonts {
        std::fs::read_dir(folder).map_err(|error| Failure::io(folder, &error))?;
    }
    let mut search = Search::standard(typed.fonts.clone());
    search.system = typed.system_fonts || style.fonts.system;
    let library = Library::open_with(&search, &style.fonts.named).and_then(|mut library| {
        if reports > FEW {
            library.hold()?;
        }
        Ok(library)
    });
    match library {
        Ok(library) => Ok((style, library)),
        Err(fault) => Err(match style.fonts.finding(&fault) {
            Some(finding) => Halt::Findings(finding.into()),
            None => Halt::Failure(Failure::from(&fault)),
        }),
    }
}
