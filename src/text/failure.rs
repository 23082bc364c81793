//! What stops the work though no data file is at fault: a file that can't be read, a folder
//! that can't be written, a font that isn't there.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{Findings, Lang, Message};

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// A file or folder.
    Io,
    /// The fonts.
    Font,
    /// An output that its back end could not make.
    Output,
}

impl FailureKind {
    /// The code that JSON output gives it, beside the codes of findings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Io => "io",
            Self::Font => "font",
            Self::Output => "output",
        }
    }
}

/// Why a file could not be worked on: exit status 3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What kind of thing went wrong.
    pub kind: FailureKind,
    /// The file or folder that it is about.
    pub path: Option<PathBuf>,
    /// What went wrong, without the path.
    pub message: Message,
}

impl Failure {
    /// A file or folder at `path` that the system refused.
    pub fn io(path: &Path, error: &io::Error) -> Self {
        Self::file(path, Message::of_io(error))
    }

    /// A file or folder at `path` that can't be used, for a reason of our own.
    pub fn file(path: &Path, message: Message) -> Self {
        Self {
            kind: FailureKind::Io,
            path: Some(path.to_owned()),
            message,
        }
    }

    /// An output, named `what`, that could not be made of the data file at `path`.
    pub fn output(path: &Path, what: &str, error: &dyn Error) -> Self {
        Self {
            kind: FailureKind::Output,
            path: Some(path.to_owned()),
            message: Message::new(
                format!("{what} 没有做成：{error}"),
                format!("the {what} could not be made: {error}"),
            ),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(self.message.get(Lang::En))
    }
}

impl Error for Failure {}

/// Why nothing was read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The system refused it.
    Failure(Failure),
    /// What it holds can't be used.
    Findings(Findings),
}

impl From<Failure> for ReadError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Findings> for ReadError {
    fn from(findings: Findings) -> Self {
        Self::Findings(findings)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failure(failure) => failure.fmt(f),
            Self::Findings(findings) => findings.fmt(f),
        }
    }
}

impl Error for ReadError {}

impl Message {
    /// What the system says, in words that a clerk knows.
    pub fn of_io(error: &io::Error) -> Self {
        use io::ErrorKind as K;
        let (zh, en) = match error.kind() {
            K::NotFound => ("没有这个文件或文件夹", "no such file or folder"),
            K::PermissionDenied => (
                "没有权限，不能读或写",
                "no permission to read or write here",
            ),
            K::AlreadyExists => ("已经存在", "it exists already"),
            K::IsADirectory => ("这是文件夹，不是文件", "this is a folder, not a file"),
            K::NotADirectory => (
                "路径里有一段是文件，不是文件夹",
                "a part of the path is a file, not a folder",
            ),
            K::StorageFull | K::QuotaExceeded => ("磁盘已满", "the disk is full"),
            K::FileTooLarge => (
                "系统不让文件再长了",
                "the system lets the file grow no longer",
            ),
            K::ReadOnlyFilesystem => ("磁盘是只读的", "the disk is read-only"),
            K::InvalidFilename => (
                "文件名太长或不能用",
                "the file name is too long or not allowed",
            ),
            _ => {
                return Self::new(format!("系统报告：{error}"), error.to_string());
            }
        };
        Self::new(zh, en)
    }
}
