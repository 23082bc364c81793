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
mod each;
mod fonts;
mod forms;
mod import;
mod inputs;
mod new;
mod output;
mod previous;
mod printing;
mod progress;
mod resume;
mod rollup;
mod schema;
mod tally;
mod usage;

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use args::Command;
use printing::Printer;

use nianbao::fault::Fault;
use nianbao::font::{Library, Search};
use nianbao::form::{self, Form};
use nianbao::style::{self, Style};
use nianbao::text::{Finding, Message, ReadFault, Source};

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
    Fault(Fault),
    /// A form file or a style file is unsound.
    Findings(Vec<Finding>),
    /// Standard output or standard error can't be written.
    Print(io::Error),
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for Halt {
    fn from(error: io::Error) -> Self {
        Self::Print(error)
    }
}

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
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
fn forms(typed: &args::FormFile) -> Result<Vec<Arc<Form>>, Halt> {
    let mut forms = Vec::new();
    if let Some(path) = &typed.file {
        let form = form::load(&source(path)?).map_err(Halt::Findings)?;
        forms.push(Arc::new(form));
    }
    forms.extend_from_slice(form::builtin().map_err(|found| Halt::Findings(found.to_vec()))?);
    Ok(forms)
}

/// The text of a file that an option names.
fn source(path: &Path) -> Result<Arc<Source>, Halt> {
    match Source::read(path) {
        Ok(source) => Ok(Arc::new(source)),
        Err(ReadFault::Io(error)) => Err(Fault::io(path, &error).into()),
        Err(ReadFault::Content(finding)) => Err(Halt::Findings(vec![*finding])),
    }
}

/// The style of the pages, and the fonts that it needs: those in the folder that `--fonts` names first.
fn style(typed: &args::Fonts) -> Result<(Style, Library), Halt> {
    let style = match &typed.style {
        Some(path) => style::load(&source(path)?).map_err(Halt::Findings)?,
        None => Style::default(),
    };
    // A folder that was named must be there: the search would pass over it without a word.
    if let Some(folder) = &typed.fonts {
        std::fs::read_dir(folder).map_err(|error| Fault::io(folder, &error))?;
    }
    let mut search = Search::standard(typed.fonts.clone());
    search.system = typed.system_fonts || style.fonts.system;
    match Library::open_with(&search, &style.fonts.named) {
        Ok(library) => Ok((style, library)),
        Err(fault) => Err(match style.fonts.finding(&fault) {
            Some(finding) => Halt::Findings(vec![finding]),
            None => Halt::Fault(Fault::font(&fault)),
        }),
    }
}
