//! `nianbao check`: findings, and nothing written.

use std::path::Path;

use super::args::CheckArgs;
use super::batch::{self, Delivered, Running};
use super::printing::Printer;
use super::{Halt, Status, clock, inputs};
use nianbao::pipeline::{self, Checker, Renderer};
use nianbao::text::Message;

/// Checks every data file and shows what was found.
pub(super) fn run(typed: &CheckArgs, printer: &Printer) -> Result<Status, Halt> {
    let mut inputs = inputs::gather(&typed.paths.paths);
    let (style, library) = typed.checking.fonts.open()?;
    let forms = typed.checking.form.open()?;
    let renderer = Renderer::new(&library, style);
    let mut checker = Checker::new(&forms);
    if typed.checking.deny.deny.is_some() {
        checker.deny_warnings = true;
        inputs.deny_warnings();
    }
    checker.previous = typed.checking.previous.open()?;
    checker.this_year = Some(clock::this_year());
    let work = |path: &Path| {
        let mut outcome = checker.check(path, Some(&renderer)).map(|_| ());
        if typed.mark {
            match pipeline::mark(path, &outcome.findings, printer.lang()) {
                Ok(Some(place)) => outcome.notes.push(marked(&place)),
                Ok(None) => {}
                Err(failure) => outcome.result = Err(failure),
            }
        }
        outcome
    };
    let deliver = |path: &Path, (), clean| {
        if clean {
            let name = path.display();
            printer.status(&Message::new(
                format!("{name}：没有发现问题"),
                format!("{name}: nothing found"),
            ))?;
        }
        Ok(Delivered::Done)
    };
    let running = &typed.checking.running;
    let running = Running {
        jobs: &running.jobs,
        fail_fast: running.fail_fast,
        writes: false,
    };
    batch::run(&inputs, &running, printer, work, deliver)
}

/// Where the copy with the findings is.
fn marked(place: &Path) -> Message {
    let place = place.display();
    Message::new(
        format!("已写出 {place}：有问题的格子标了颜色，批注里是改法"),
        format!("wrote {place}: cells are coloured, and their notes say what to do"),
    )
}
