//! `nianbao desk`: the local page.

use std::io::{self, Write};
use std::thread;

use super::args::DeskArgs;
use super::printing::Printer;
use super::{Halt, Status, clock};
use nianbao::desk::{Desk, Settings};
use nianbao::text::Failure;

/// Serves the page until somebody ends it.
pub(super) fn run(typed: &DeskArgs, _: &Printer) -> Result<Status, Halt> {
    let (style, library) = typed.fonts.open()?;
    let desk = Desk::open(Settings {
        folder: typed.folder.clone(),
        forms: typed.form.open()?,
        library,
        style,
        this_year: clock::this_year(),
        port: typed.port,
    })?;
    let address = desk.address();
    // The one line that is ever printed: a console in which somebody marks text holds up whoever prints.
    // Nobody may be reading it.
    let mut out = io::stdout();
    let _ = writeln!(out, "{address}").and_then(|()| out.flush());
    if !typed.no_browser {
        // Some systems' openers return when the browser is closed.
        thread::spawn(move || {
            let _ = open::that(address);
        });
    }
    desk.serve()
        .map_err(|error| Failure::io(&typed.folder, &error))?;
    Ok(Status::Done)
}
