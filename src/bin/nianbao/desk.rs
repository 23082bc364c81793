//! `nianbao desk`: the local page.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::args::DeskArgs;
use super::printing::{Printer, to_stderr};
use super::{Halt, Status, clock, started};
use nianbao::desk::{Desk, Opened, Settings};
use nianbao::text::{Failure, Lang, Message};

/// How long a run that only opens another's page waits for the browser.
const OPENS: Duration = Duration::from_secs(5);

/// Serves the page until somebody ends it; where a desk on the folder runs already, opens its page.
pub(super) fn run(typed: &DeskArgs, printer: &Printer) -> Result<Status, Halt> {
    let (style, library) = typed.fonts.open()?;
    let opened = Desk::open(Settings {
        folder: typed.folder.clone(),
        forms: typed.form.open()?,
        library,
        style,
        this_year: clock::this_year(),
        port: typed.port,
    })?;
    let lang = printer.lang();
    let address = match &opened {
        Opened::Desk(desk) => {
            // In a window that was opened for the program there is nothing else to read.
            if io::stderr().is_terminal() {
                let words = Message::new(
                    "填报页面开在浏览器里，地址是下面这一行。关掉这个窗口，页面就不能用了。\n",
                    "The page is in the browser, at this address; it ends with this window.\n",
                );
                let _ = to_stderr(words.get(lang));
            }
            desk.address()
        }
        Opened::Running(address) => address.clone(),
    };
    // The one line that goes to standard output. Nobody may be reading it.
    let mut out = io::stdout();
    let _ = writeln!(out, "{address}").and_then(|()| out.flush());
    let (opens, shown) = mpsc::channel::<()>();
    if !typed.no_browser {
        // Some systems' openers return when the browser is closed. A console in which somebody marks text
        // holds up whoever prints: not the desk.
        thread::spawn(move || {
            show(&address, lang);
            drop(opens);
        });
    }
    match opened {
        Opened::Desk(desk) => desk
            .serve()
            .map_err(|error| Failure::io(&typed.folder, &error))?,
        Opened::Running(_) => {
            let _ = shown.recv_timeout(OPENS);
        }
    }
    Ok(Status::Done)
}

/// Opens the browser. Where there is none that can be seen, the page waits for one.
fn show(address: &str, lang: Lang) {
    if started::has_screen() && open::that(address).is_ok() {
        return;
    }
    let words = Message::new(
        "浏览器没有打开：请把这个地址复制到本机的浏览器里。\n",
        "No browser opened: copy this address into one on this computer.\n",
    );
    let _ = to_stderr(words.get(lang));
}
