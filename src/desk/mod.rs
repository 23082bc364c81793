//! The local page for people who don't use a command line: fill in, check, look, fetch the files.
//!
//! ```text
//! request → server (connections) → gate (who asks) → routes → review (sums, findings) ← folder (files by number)
//!                                                       ├── draft (a data file, key by key)
//!                                                       ├── fresh (a new report from last year's)
//!                                                       └── page (what is shown)
//! ```
//!
//! `running` sees to it that a folder has one desk.
//!
//! It listens on the loopback address only, under a token that is good for one run. What is typed is saved as
//! the data file that every other command takes; the pages and the workbook are made as `build` makes them.

mod draft;
mod folder;
mod fresh;
mod gate;
mod make;
mod page;
mod presence;
mod review;
mod routes;
mod running;
mod save;
mod server;

use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;

use crate::font::Library;
use crate::form::Forms;
use crate::pipeline::{Previous, Renderer};
use crate::report::Report;
use crate::style::Style;
use crate::text::{Failure, Message};
use folder::Folder;
use gate::Gate;
use review::Reader;
use running::{Found, Only};

/// How long after the last window was closed the desk ends.
const LAST_WINDOW: Duration = Duration::from_secs(600);
/// How long it stays without a word from any window: one may have been killed with its computer.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// How often it looks whether to end.
const LOOK: Duration = Duration::from_secs(5);

/// What a desk serves, and with what.
pub struct Settings {
    /// The folder of reports.
    pub folder: PathBuf,
    /// The forms.
    pub forms: Forms,
    /// The fonts.
    pub library: Library,
    /// What the pages look like.
    pub style: Style,
    /// The year that it is.
    pub this_year: i32,
    /// The port to listen at where it is free.
    pub port: Option<u16>,
}

/// What came of opening a desk.
pub enum Opened {
    /// It is there, and serves when it is told to.
    Desk(Box<Desk>),
    /// The user has one on the folder already, at this address.
    Running(String),
}

/// A desk at its address.
pub struct Desk {
    listener: TcpListener,
    gate: Arc<Gate>,
    office: Arc<Office>,
    runtime: Runtime,
    signals: Signals,
    /// Held so that there is no second one.
    only: Option<Only>,
}

/// What the routes work with.
struct Office {
    folder: Folder,
    forms: Forms,
    renderer: Renderer<'static>,
    this_year: i32,
    windows: Mutex<Windows>,
    ending: Notify,
}

/// The windows that show the desk's page.
struct Windows {
    open: Vec<String>,
    /// When a window was last heard of.
    heard: Instant,
}

impl Desk {
    /// Opens a desk, unless the user has one on this folder.
    ///
    /// # Errors
    /// Where the folder can't be looked at, or the system gives no port or no random number.
    pub fn open(settings: Settings) -> Result<Opened, Failure> {
        let folder = Folder::open(&settings.folder)?;
        let failed = |error: io::Error| Failure::io(&settings.folder, &error);
        let only = match running::look(folder.path()) {
            Found::None(only) => only,
            Found::Running(address) => return Ok(Opened::Running(address)),
        };
        let last_port = || only.as_ref()?.last_port();
        let port = settings.port.or_else(last_port);
        let listener = server::listen(port).map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(failed)?;
        let signals = {
            let _within = runtime.enter();
            Signals::new().map_err(failed)?
        };
        // The program ends with the desk, and with it the fonts.
        let library: &'static Library = Box::leak(Box::new(settings.library));
        let gate = Gate::new(port, token().map_err(failed)?);
        if let Some(only) = &only {
            only.say(&gate.address());
        }
        Ok(Opened::Desk(Box::new(Self {
            listener,
            gate: Arc::new(gate),
            office: Arc::new(Office {
                folder,
                forms: settings.forms,
                renderer: Renderer::new(library, settings.style),
                this_year: settings.this_year,
                windows: Mutex::new(Windows {
                    open: Vec::new(),
                    heard: Instant::now(),
                }),
                ending: Notify::new(),
            }),
            runtime,
            signals,
            only,
        })))
    }

    /// Where its page is, token included.
    pub fn address(&self) -> String {
        self.gate.address()
    }

    /// Serves until somebody ends it: by the page, by a signal, or by closing the last window.
    ///
    /// # Errors
    /// What the system says.
    pub fn serve(self) -> io::Result<()> {
        let Self {
            listener,
            gate,
            office,
            runtime,
            mut signals,
            only,
        } = self;
        let routes = routes::routes(Arc::clone(&office));
        let ended = async {
            tokio::select! {
                () = office.ending.notified() => {}
                () = signals.wait() => {}
                () = office.left() => {}
            }
        };
        let served = runtime.block_on(server::serve(listener, gate, routes, ended));
        runtime.shutdown_timeout(Duration::from_secs(2));
        drop(only);
        served
    }
}

impl Office {
    /// Waits until nobody is there any more.
    async fn left(&self) {
        loop {
            tokio::time::sleep(LOOK).await;
            let Ok(windows) = self.windows.lock() else {
                return;
            };
            let silent = windows.heard.elapsed();
            if silent > IDLE || (windows.open.is_empty() && silent > LAST_WINDOW) {
                return;
            }
        }
    }

    /// The report on the year before `year` of `organ`, where the folder has one that can be read.
    fn previous(&self, organ: &str, year: i32) -> Option<Report> {
        let mut files = self.folder.files("toml").into_iter();
        let path = files.find_map(|(_, path)| {
            let is_it = crate::pipeline::organ_and_year(&path)? == (organ.to_owned(), year - 1);
            is_it.then_some(path)
        })?;
        let bytes = crate::text::read_bytes(&path).ok()?;
        let source = crate::text::Source::from_bytes(path.display().to_string(), bytes).ok()?;
        Report::read(source.in_folder(Some(self.folder.path())), &self.forms).ok()
    }

    /// Where other years' reports are, for a check like that of `build`.
    fn all_previous(&self) -> Previous {
        let files = self.folder.files("toml").into_iter();
        Previous::index(&files.map(|(_, path)| path).collect::<Vec<_>>())
    }

    /// Reviews a data file of the folder.
    fn review(&self, path: &Path, text: &str) -> review::Review {
        let draft = draft::Draft::read(text).ok();
        let form = self.forms.first();
        let said = |key| form.and_then(|form| draft.as_ref()?.said(form, key));
        let previous = said("organ.name").and_then(|organ| {
            let year = said("year")?.parse().ok()?;
            self.previous(organ.trim(), year)
        });
        let script = match said("script").as_deref() {
            Some("hant") => crate::form::Script::Hant,
            _ => crate::form::Script::Hans,
        };
        let faces = self.renderer.faces(script).ok();
        let reader = Reader {
            forms: &self.forms,
            folder: self.folder.path(),
            previous: previous.as_ref(),
            this_year: self.this_year,
            covers: &|c| faces.is_none_or(|faces| faces.covers(c)),
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        reader.review(&name, text)
    }
}

/// Why a request of the page's own isn't done.
#[derive(Debug)]
enum Undone {
    /// What it asks for isn't there.
    Gone,
    /// It isn't as the page sends them.
    Bad,
    /// It says nothing of the state that it changes.
    NoVersion,
    /// What to tell the person.
    Told(Message),
}

impl From<Failure> for Undone {
    fn from(failure: Failure) -> Self {
        Self::Told(failure.message)
    }
}

/// 128 random bits in hexadecimal digits.
fn token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The signals by which the system asks the program to end. They are caught from the moment that this is
/// made.
#[cfg(unix)]
struct Signals([tokio::signal::unix::Signal; 3]);

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self([
            signal(SignalKind::terminate())?,
            signal(SignalKind::hangup())?,
            signal(SignalKind::interrupt())?,
        ]))
    }

    async fn wait(&mut self) {
        let [terminate, hangup, interrupt] = &mut self.0;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

/// The ways in which a console asks the program to end: Ctrl+C, Ctrl+Break, its window closed, the system
/// shut down.
#[cfg(windows)]
struct Signals {
    interrupt: tokio::signal::windows::CtrlC,
    interrupted: tokio::signal::windows::CtrlBreak,
    closed: tokio::signal::windows::CtrlClose,
    shut_down: tokio::signal::windows::CtrlShutdown,
}

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown};
        Ok(Self {
            interrupt: ctrl_c()?,
            interrupted: ctrl_break()?,
            closed: ctrl_close()?,
            shut_down: ctrl_shutdown()?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.interrupted.recv() => {}
            _ = self.closed.recv() => {}
            _ = self.shut_down.recv() => {}
        }
    }
}
