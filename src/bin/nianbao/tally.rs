//! What became of the files of a run, in numbers.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::printing::Printer;
use super::{Halt, Status};
use nianbao::text::{Code, Finding, Message};

/// How a file ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Done.
    Done,
    /// Done before: its outputs are there and up to date.
    UpToDate,
    /// A finding is an error.
    Refused,
    /// It could not be read, or its outputs could not be made or written.
    Failed,
}

/// The numbers.
#[derive(Debug, Default)]
pub(super) struct Tally {
    done: usize,
    doubted: usize,
    up_to_date: usize,
    refused: usize,
    failed: usize,
    codes: BTreeMap<String, usize>,
    /// The files that were refused or failed, in their order, with the number of their errors.
    stopped: Vec<(String, usize)>,
    /// All errors and warnings.
    found: (usize, usize),
    /// Files that may hold reports but aren't read, and whether that is an error.
    unread: (usize, bool),
    writes: bool,
}

/// The last object of a run that writes.
#[derive(Serialize)]
struct Last<'a> {
    summary: Summary<'a>,
}

/// The numbers for a program. Field names and order are a promise.
#[derive(Serialize)]
struct Summary<'a> {
    done: usize,
    with_warnings: usize,
    up_to_date: usize,
    with_errors: usize,
    failed: usize,
    not_looked_at: usize,
    not_read: usize,
    codes: &'a BTreeMap<String, usize>,
    not_done: Vec<&'a str>,
}

/// The findings of one file, in numbers.
#[derive(Debug, Default)]
pub(super) struct Counts {
    codes: Vec<Code>,
    errors: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let errors = findings.iter().filter(|finding| finding.is_error());
        Self {
            codes: findings.iter().map(|found| found.code.clone()).collect(),
            errors: errors.count(),
        }
    }

    fn warnings(&self) -> usize {
        self.codes.len() - self.errors
    }
}

impl Tally {
    /// Nothing yet; `writes` says whether something is written for each file.
    pub fn new(writes: bool) -> Self {
        Self {
            writes,
            ..Self::default()
        }
    }

    /// Counts files that aren't read, by the doubts about them.
    pub fn add_unread(&mut self, unread: &[Finding]) {
        self.unread = (unread.len(), unread.iter().any(Finding::is_error));
        for finding in unread {
            *self
                .codes
                .entry(finding.code.as_str().to_owned())
                .or_default() += 1;
        }
    }

    /// Counts one file.
    pub fn add(&mut self, path: &Path, ending: Ending, counts: &Counts) {
        match ending {
            Ending::Done => self.done += 1,
            Ending::UpToDate => {
                self.done += 1;
                self.up_to_date += 1;
            }
            Ending::Refused => self.refused += 1,
            Ending::Failed => self.failed += 1,
        }
        match ending {
            Ending::Done | Ending::UpToDate => self.doubted += usize::from(counts.warnings() > 0),
            Ending::Refused | Ending::Failed => {
                self.stopped
                    .push((path.display().to_string(), counts.errors));
            }
        }
        self.found.0 += counts.errors;
        self.found.1 += counts.warnings();
        for code in &counts.codes {
            *self.codes.entry(code.as_str().to_owned()).or_default() += 1;
        }
    }

    /// Whether a file was refused or failed.
    pub fn any_stopped(&self) -> bool {
        self.refused + self.failed > 0
    }

    fn counted(&self) -> usize {
        self.done + self.refused + self.failed
    }

    /// Shows the numbers, and which of `total` files stopped where there was more than one; out comes
    /// the worst that happened.
    pub fn show(&self, total: usize, printer: &Printer) -> Result<Status, Halt> {
        let unseen = total.saturating_sub(self.counted());
        // A check's objects are findings and nothing else.
        if printer.json() && self.writes {
            printer.object(&self.last(unseen))?;
        }
        if total + self.unread.0 > 1 {
            printer.closing(&self.endings(unseen))?;
            if !self.codes.is_empty() {
                printer.closing(&self.findings())?;
            }
            for line in self.stopped_files() {
                printer.closing(&line)?;
            }
        } else if self.found != (0, 0) {
            printer.closing(&self.closing())?;
        }
        Ok(if self.failed > 0 {
            Status::Failed
        } else if self.refused > 0 || self.unread.1 {
            Status::Findings
        } else {
            Status::Done
        })
    }

    fn last(&self, unseen: usize) -> Last<'_> {
        let summary = Summary {
            done: self.done,
            with_warnings: self.doubted,
            up_to_date: self.up_to_date,
            with_errors: self.refused,
            failed: self.failed,
            not_looked_at: unseen,
            not_read: self.unread.0,
            codes: &self.codes,
            not_done: self.stopped.iter().map(|(path, _)| path.as_str()).collect(),
        };
        Last { summary }
    }

    fn endings(&self, unseen: usize) -> Message {
        let (done, refused) = (self.done, self.refused);
        let mut among = (Vec::new(), Vec::new());
        for (count, zh, en) in [
            (self.doubted, "份有警告", "with warnings"),
            (self.up_to_date, "份原来就是最新的", "up to date before"),
        ] {
            if count > 0 {
                among.0.push(format!("{count} {zh}"));
                among.1.push(format!("{count} {en}"));
            }
        }
        let mut zh = format!("{done} 份完成");
        let mut en = format!("{done} done");
        if !among.0.is_empty() {
            zh += &format!("（其中 {}）", among.0.join("，"));
            en += &format!(" ({})", among.1.join(", "));
        }
        zh += &format!("，{refused} 份有错误");
        en += &format!(", {refused} with errors");
        for (count, in_zh, in_en) in [
            (self.failed, "份没能处理", "could not be worked on"),
            (unseen, "份没有看", "not looked at"),
            (self.unread.0, "个文件没有读", "no data files: not read"),
        ] {
            if count > 0 {
                zh += &format!("，{count} {in_zh}");
                en += &format!(", {count} {in_en}");
            }
        }
        Message::new(zh, en)
    }

    /// The files that were refused or failed, one a line.
    fn stopped_files(&self) -> Vec<Message> {
        if self.stopped.is_empty() {
            return Vec::new();
        }
        let head = Message::new("没有完成的：", "not done:");
        let files = self.stopped.iter().map(|(path, errors)| match errors {
            0 => Message::new(
                format!("  {path}（没能处理）"),
                format!("  {path} (could not be worked on)"),
            ),
            _ => Message::new(
                format!("  {path}（{errors} 处错误）"),
                format!("  {path} ({errors} errors)"),
            ),
        });
        [head].into_iter().chain(files).collect()
    }

    /// What became of a single file with findings.
    fn closing(&self) -> Message {
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        for (count, in_zh, in_en) in [
            (self.found.0, "处错误", "errors"),
            (self.found.1, "处警告", "warnings"),
        ] {
            if count > 0 {
                zh.push(format!("{count} {in_zh}"));
                en.push(format!("{count} {in_en}"));
            }
        }
        if self.any_stopped() && self.writes {
            zh.push("什么也没有写".to_owned());
            en.push("nothing is written".to_owned());
        }
        Message::new(zh.join("，"), en.join(", "))
    }

    /// The findings by code, the most frequent first.
    fn findings(&self) -> Message {
        let mut codes: Vec<_> = self.codes.iter().collect();
        codes.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let listed = |comma: &str| {
            let codes = codes.iter().map(|(code, count)| format!("{code} {count}"));
            codes.collect::<Vec<_>>().join(comma)
        };
        Message::new(
            format!("提示：{}", listed("，")),
            format!("findings: {}", listed(", ")),
        )
    }
}
