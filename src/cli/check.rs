//! `nianbao check`: findings, and nothing written.

use std::path::Path;

use super::args::CheckArgs;
use super::batch::{self, Delivered};
use super::printing::Printer;
use super::{Halt, Status, clock, forms, inputs, style};
use crate::finding::Message;
use crate::pipeline::{self, Press};

/// Checks every data file and shows what was found.
pub(super) fn run(typed: &CheckArgs, printer: &Printer) -> Result<Status, Halt> {
    let inputs = inputs::gather(&typed.paths.paths);
    let (style, library) = style(&typed.checking.fonts, inputs.files.len())?;
    let forms = forms(&typed.checking.form)?;
    let mut press = Press::new(&forms, &library);
    press.style = style;
    press.desk.deny_warnings = typed.checking.deny.deny.is_some();
    press.desk.previous = typed.checking.previous.open()?;
    press.desk.this_year = Some(clock::this_year());
    let work = |path: &Path| pipeline::read_document(path, &press).and_then(|_| Ok(()));
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
    let running = (&running.jobs, running.fail_fast);
    batch::run(&inputs, running, printer, work, deliver)
}
