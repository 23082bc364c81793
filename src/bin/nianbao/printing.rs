//! Everything that is shown: findings, faults, status lines.
//!
//! Text goes to standard error, JSON to standard output, one object a line; status lines go to
//! the other one of the two. A reader that went away is no failure: the work goes on unseen.

use std::io::{self, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;

use super::Halt;
use super::args::{Format, LangName, Speech};
use nianbao::text::{Failure, Finding, Lang, Message, failure_json};

/// A file that was written. Field names and order are a promise.
#[derive(Serialize, Default)]
pub(super) struct Wrote<'a> {
    /// Where it is.
    pub written: String,
    /// What it is: `pdf`, `xlsx` or `toml`.
    pub kind: &'static str,
    /// The data file that it was made of, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Number of pages, of what has pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// Its size.
    pub bytes: usize,
    /// The year reported on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The form's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<&'a str>,
}

/// Shows things as the options ask.
pub(super) struct Printer {
    json: bool,
    lang: Lang,
    quiet: u8,
    colour: bool,
}

impl Printer {
    /// A printer that speaks as was asked.
    pub fn new(speech: &Speech, quiet: u8) -> Self {
        Self {
            json: speech.format == Format::Json,
            lang: match speech.lang {
                LangName::Zh => Lang::Zh,
                LangName::En => Lang::En,
            },
            quiet,
            colour: AutoStream::choice(&io::stderr()) != ColorChoice::Never,
        }
    }

    /// Whether only findings and faults are shown, not even how far the work is.
    pub fn silent(&self) -> bool {
        self.quiet > 1
    }

    /// Whether a program reads what is printed.
    pub fn json(&self) -> bool {
        self.json
    }

    /// The language of the messages.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Shows findings, in one piece.
    pub fn findings(&self, findings: &[Finding]) -> io::Result<()> {
        self.show(&self.drawn(findings))
    }

    /// Findings as they are shown.
    pub fn drawn(&self, findings: &[Finding]) -> String {
        let mut text = String::new();
        for finding in findings {
            if self.json {
                text.push_str(&finding.json(self.lang));
                text.push('\n');
            } else {
                text.push_str(&finding.human(self.lang, self.colour));
                text.push_str("\n\n");
            }
        }
        text
    }

    /// Shows what was drawn.
    pub fn show(&self, drawn: &str) -> io::Result<()> {
        if drawn.is_empty() {
            Ok(())
        } else if self.json {
            to_stdout(drawn)
        } else {
            to_stderr(drawn)
        }
    }

    /// Shows a fault.
    pub fn fault(&self, fault: &Failure) -> io::Result<()> {
        self.error(fault.kind.as_str(), fault.path.as_deref(), &fault.message)
    }

    /// Shows what became of a file, unless that is not to be said of each.
    pub fn status(&self, message: &Message) -> io::Result<()> {
        if self.quiet > 0 {
            return Ok(());
        }
        self.closing(message)
    }

    /// Shows what became of all, unless nothing is to be said.
    pub fn closing(&self, message: &Message) -> io::Result<()> {
        if self.silent() {
            return Ok(());
        }
        let line = format!("{}\n", message.get(self.lang));
        if self.json {
            to_stderr(&line)
        } else {
            to_stdout(&line)
        }
    }

    /// Says what was written: a line to a person, an object to a program.
    pub fn wrote(&self, wrote: &Wrote<'_>, message: &Message) -> io::Result<()> {
        if !self.json {
            return self.status(message);
        }
        self.object(wrote)
    }

    /// Shows an object to a program. Strings and numbers only: nothing in it can't be written as JSON.
    pub fn object(&self, object: &impl Serialize) -> io::Result<()> {
        let line = serde_json::to_string(object).unwrap_or_default();
        to_stdout(&format!("{line}\n"))
    }

    /// Shows what a command was asked for.
    pub fn result(&self, text: &str) -> io::Result<()> {
        to_stdout(text)
    }

    /// Shows why a command ended early; out comes the exit status.
    pub fn halt(&self, halt: &Halt) -> u8 {
        let (shown, status) = match halt {
            Halt::Usage(message) => (self.error("usage", None, message), 2),
            Halt::Failure(fault) => (self.fault(fault), 3),
            Halt::Findings(findings) => (self.findings(findings), 1),
            Halt::Print(error) => {
                let (name, why) = match self.lang {
                    Lang::Zh => ("错误：写不出结果：", Message::of_io(error).zh),
                    Lang::En => ("error: can't write: ", Message::of_io(error).en),
                };
                (to_stderr(&format!("{name}{why}\n")), 3)
            }
        };
        // Where even the complaint can't be shown, the exit status has to say it.
        if shown.is_ok() { status } else { 3 }
    }

    fn error(&self, code: &str, path: Option<&Path>, message: &Message) -> io::Result<()> {
        let path = path.map(|path| path.display().to_string());
        if self.json {
            let line = failure_json(code, path.as_deref(), message, self.lang);
            return to_stdout(&format!("{line}\n"));
        }
        let message = message.get(self.lang);
        to_stderr(&match (self.lang, path) {
            (Lang::Zh, Some(path)) => format!("错误：{path}：{message}\n"),
            (Lang::Zh, None) => format!("错误：{message}\n"),
            (Lang::En, Some(path)) => format!("error: {path}: {message}\n"),
            (Lang::En, None) => format!("error: {message}\n"),
        })
    }
}

/// Writes to standard output. Its bytes are what was asked for, so they go out as they are.
pub(super) fn to_stdout(text: &str) -> io::Result<()> {
    let mut stream = io::stdout().lock();
    unheard(
        stream
            .write_all(text.as_bytes())
            .and_then(|()| stream.flush()),
    )
}

/// Writes to standard error; what would colour or move is taken out where it is no terminal.
pub(super) fn to_stderr(text: &str) -> io::Result<()> {
    let mut stream = anstream::stderr().lock();
    unheard(
        stream
            .write_all(text.as_bytes())
            .and_then(|()| stream.flush()),
    )
}

/// A reader that has gone away doesn't want to hear more: that is no failure.
fn unheard(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
