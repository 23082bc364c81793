//! How far a long run is: one line at the foot of a terminal.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{FormattedDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::printing::Printer;
use nianbao::text::Message;

/// Fewer files are done before the line could be read.
const MANY: usize = 10;
/// How often the line changes, in a second.
const RATE: u8 = 10;
/// The time left is a guess from the rate so far: before this it is a bad one.
const SETTLED: Duration = Duration::from_secs(1);

/// A line for `total` files; none where standard error is no terminal, or where only findings are to
/// be shown.
pub(super) fn bar(total: usize, printer: &Printer) -> ProgressBar {
    let unwatched = std::env::var_os("CI").is_some()
        || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if total <= MANY || printer.silent() || printer.json() || unwatched {
        return ProgressBar::hidden();
    }
    let lang = printer.lang();
    let line = move |state: &ProgressState, out: &mut dyn Write| {
        // Nothing depends on the line.
        let _ = out.write_str(text(state).get(lang));
    };
    let total = u64::try_from(total).unwrap_or(u64::MAX);
    let target = ProgressDrawTarget::stderr_with_hz(RATE);
    let bar = ProgressBar::with_draw_target(Some(total), target);
    match ProgressStyle::with_template("{line}") {
        Ok(style) => bar.with_style(style.with_key("line", line)),
        Err(_) => bar,
    }
}

/// `3120/20000 份，每秒 312 份，还要 00:00:54`.
fn text(state: &ProgressState) -> Message {
    let (done, total) = (state.pos(), state.len().unwrap_or_default());
    let mut text = Message::new(format!("{done}/{total} 份"), format!("{done}/{total}"));
    if done == 0 || state.elapsed() < SETTLED {
        return text;
    }
    let (rate, left) = (state.per_sec(), FormattedDuration(state.eta()));
    let places = usize::from(rate < 10.0);
    text.zh += &format!("，每秒 {rate:.places$} 份，还要 {left}");
    text.en += &format!(", {rate:.places$} a second, {left} left");
    text
}
