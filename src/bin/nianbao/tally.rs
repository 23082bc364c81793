//! What became of the files of a run, in numbers.

use std::collections::BTreeMap;

use super::printing::Printer;
use super::{Halt, Status};
use nianbao::text::{Code, Finding, Message, Severity};

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
}

/// The findings of one file, in numbers.
#[derive(Debug, Default)]
pub(super) struct Counts {
    codes: Vec<Code>,
    warnings: bool,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let warns = |finding: &Finding| finding.severity == Severity::Warning;
        Self {
            codes: findings.iter().map(|found| found.code.clone()).collect(),
            warnings: findings.iter().any(warns),
        }
    }
}

impl Tally {
    /// Counts one file.
    pub fn add(&mut self, ending: Ending, counts: &Counts) {
        match ending {
            Ending::Done => self.done += 1,
            Ending::UpToDate => {
                self.done += 1;
                self.up_to_date += 1;
            }
            Ending::Refused => self.refused += 1,
            Ending::Failed => self.failed += 1,
        }
        if matches!(ending, Ending::Done | Ending::UpToDate) && counts.warnings {
            self.doubted += 1;
        }
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

    /// Shows the numbers where there was more than one file, `total` in all; out comes the worst
    /// that happened.
    pub fn show(&self, total: usize, printer: &Printer) -> Result<Status, Halt> {
        if total > 1 {
            printer.status(&self.endings(total.saturating_sub(self.counted())))?;
            if !self.codes.is_empty() {
                printer.status(&self.findings())?;
            }
        }
        Ok(if self.failed > 0 {
            Status::Failed
        } else if self.refused > 0 {
            Status::Findings
        } else {
            Status::Done
        })
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
        ] {
            if count > 0 {
                zh += &format!("，{count} {in_zh}");
                en += &format!(", {count} {in_en}");
            }
        }
        Message::new(zh, en)
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
