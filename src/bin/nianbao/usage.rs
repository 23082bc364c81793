//! Words that make no command: what is wrong with them, in Chinese or English.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Halt;
use super::args::Speech;
use super::printing::Printer;
use nianbao::text::Message;

/// Shows help or version (exit status 0), or what is wrong (2).
pub(super) fn show(error: &clap::Error, words: &[OsString]) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return match error.print() {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(3),
            _ => ExitCode::SUCCESS,
        };
    }
    // How the program is to speak is not known before the words are understood.
    let printer = Printer::new(&Speech::guessed(words), 0);
    ExitCode::from(printer.halt(&Halt::Usage(explain(error))))
}

fn explain(error: &clap::Error) -> Message {
    let word = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let arg = word(ContextKind::InvalidArg);
    let value = word(ContextKind::InvalidValue);
    let (mut zh, mut en) = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            ("缺少命令".to_owned(), "there is no command".to_owned())
        }
        ErrorKind::UnknownArgument if !arg.starts_with('-') => (
            format!("多了一个参数 {arg}"),
            format!("{arg} is a word too many"),
        ),
        ErrorKind::UnknownArgument => (
            format!("没有 {arg} 这个选项"),
            format!("there is no option {arg}"),
        ),
        ErrorKind::InvalidSubcommand => {
            let name = word(ContextKind::InvalidSubcommand);
            (
                format!("没有 {name} 这个命令"),
                format!("there is no command {name}"),
            )
        }
        ErrorKind::MissingRequiredArgument => (
            format!("缺少 {arg}"),
            format!("{} is missing", arg.replace('、', ", ")),
        ),
        ErrorKind::InvalidValue if value.is_empty() => {
            (format!("{arg} 后面缺少值"), format!("{arg} needs a value"))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (
            format!("{arg} 不能是 {value}"),
            format!("{arg} can't be {value}"),
        ),
        ErrorKind::ArgumentConflict => (
            format!("{arg} 写了两次，或与别的选项冲突"),
            format!("{arg} is given twice, or with an option that excludes it"),
        ),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => (
            format!("{arg} 的值多了或少了"),
            format!("{arg} has too many values or too few"),
        ),
        ErrorKind::InvalidUtf8 => (
            "有一个词不是 UTF-8 编码".to_owned(),
            "a word is not UTF-8".to_owned(),
        ),
        _ => ("用法不对".to_owned(), "wrong usage".to_owned()),
    };
    // Of several, clap has the most likely one last.
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .map(|kind| {
        word(kind)
            .rsplit('、')
            .next()
            .map(str::to_owned)
            .unwrap_or_default()
    });
    let valid = word(ContextKind::ValidValue);
    let may = if arg.starts_with("--year") {
        ("四位的年份，如 2025", "a year of four digits, such as 2025")
    } else if arg.starts_with("--jobs") {
        ("1 或更大的整数", "a whole number from 1")
    } else {
        (valid.as_str(), valid.as_str())
    };
    // Writing to a String can't fail.
    if let Some(near) = near.iter().find(|near| !near.is_empty()) {
        let _ = write!(zh, "；是不是 {near}？");
        let _ = write!(en, "; did you mean {near}?");
    } else if !may.0.is_empty() && !value.is_empty() || !valid.is_empty() {
        let _ = write!(zh, "；可以写：{}", may.0);
        let _ = write!(en, "; it may be: {}", may.1.replace('、', ", "));
    }
    zh += "。用法见 nianbao --help";
    en += "; nianbao --help says how to use it";
    Message::new(zh, en)
}
