//! `nianbao check`: findings, and nothing written.

use std::path::Path;

use super::args::CheckArgs;
use super::batch::{self, Delivered, Running};
use super::printing::Printer;
use super::{Halt, Status, clock, inputs};
use nianbao::pipeline::{Checker, Renderer};
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
    let work = |path: &Path| checker.check(path, Some(&renderer)).map(|_| ());
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
