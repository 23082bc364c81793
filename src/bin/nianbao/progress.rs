//! How far a long run is: one line at the foot of a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use super::printing::Printer;
use nianbao::text::{Lang, Message};

/// Fewer files are done before the line could be read.
const MANY: usize = 10;
/// How often the line changes.
const EVERY: Duration = Duration::from_millis(100);
/// The time left is a guess from the rate so far: before this it is a bad one.
const SETTLED: Duration = Duration::from_secs(1);

/// The line; none where nobody looks at it.
pub(super) struct Bar(Option<Line>);

struct Line {
    total: usize,
    done: usize,
    lang: Lang,
    begun: Instant,
    drawn: Option<Instant>,
    visible: bool,
}

impl Bar {
    /// A line for `total` files, where standard error is a terminal and not only findings are to be
    /// shown.
    pub fn new(total: usize, printer: &Printer) -> Self {
        let watched = total > MANY
            && !printer.quiet()
            && !printer.json()
            && std::env::var_os("CI").is_none()
            && io::stderr().is_terminal()
            && moves_its_cursor();
        Self(watched.then(|| Line {
            total,
            done: 0,
            lang: printer.lang(),
            begun: Instant::now(),
            drawn: None,
            visible: false,
        }))
    }

    /// Takes the line away, so that something else can be shown in its place.
    pub fn hide(&mut self) {
        if let Some(line) = &mut self.0
            && line.visible
        {
            line.visible = false;
            put("\r\x1b[2K");
        }
    }

    /// Counts one more file, and shows it now and then.
    pub fn advance(&mut self) {
        let Some(line) = &mut self.0 else { return };
        line.done += 1;
        let now = Instant::now();
        if line.visible && line.drawn.is_some_and(|drawn| now - drawn < EVERY) {
            return;
        }
        (line.drawn, line.visible) = (Some(now), true);
        // Cut at the terminal's edge, not wrapped: what is wrapped can't be taken away.
        let text = line.text(now - line.begun);
        put(&format!("\r\x1b[2K\x1b[?7l{}\x1b[?7h", text.get(line.lang)));
    }
}

impl Line {
    /// `3120/20000 份，每秒 312 份，还要 0:54`.
    fn text(&self, since: Duration) -> Message {
        let (done, total) = (self.done, self.total);
        let mut text = Message::new(format!("{done}/{total} 份"), format!("{done}/{total}"));
        if since < SETTLED {
            return text;
        }
        #[allow(clippy::cast_precision_loss)]
        let rate = done as f64 / since.as_secs_f64();
        #[allow(clippy::cast_precision_loss)]
        let left = Duration::from_secs_f64((total - done) as f64 / rate).as_secs();
        let left = match left / 60 {
            minutes @ 0..60 => format!("{minutes}:{:02}", left % 60),
            minutes => format!("{}:{:02}:{:02}", minutes / 60, minutes % 60, left % 60),
        };
        let places = usize::from(rate < 10.0);
        text.zh += &format!("，每秒 {rate:.places$} 份，还要 {left}");
        text.en += &format!(", {rate:.places$} a second, {left} left");
        text
    }
}

/// Whether the terminal does what it is told with escape sequences.
fn moves_its_cursor() -> bool {
    if cfg!(windows) {
        // Windows Terminal always does; the old console only where a program asked it to.
        std::env::var_os("WT_SESSION").is_some()
    } else {
        std::env::var_os("TERM").is_some_and(|term| term != "dumb")
    }
}

/// As it is: NO_COLOR takes escape sequences out of everything else.
fn put(text: &str) {
    let mut stream = io::stderr().lock();
    // Nothing depends on the line.
    let _ = stream
        .write_all(text.as_bytes())
        .and_then(|()| stream.flush());
}
