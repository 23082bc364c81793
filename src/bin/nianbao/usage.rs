//! Words that make no command: what is wrong with them, in Chinese or English.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::printing;

/// Shows help or version (exit status 0), or what is wrong (2).
pub(super) fn show(error: &clap::Error, words: &[OsString]) -> ExitCode {
    let (shown, status) = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => (error.print(), 0),
        // The language that was asked for is not known before the words are understood.
        _ if english(words) => (error.print(), 2),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            (printing::to_stderr(&chinese("缺少命令")), 2)
        }
        _ => (printing::to_stderr(&chinese(&explain(error))), 2),
    };
    match shown {
        Ok(()) => ExitCode::from(status),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(status),
        Err(_) => ExitCode::from(3),
    }
}

fn english(words: &[OsString]) -> bool {
    let pairs = words.iter().zip(words.iter().skip(1));
    words.iter().any(|word| word == "--lang=en")
        || pairs.into_iter().any(|(a, b)| a == "--lang" && b == "en")
}

fn chinese(what: &str) -> String {
    format!("错误：{what}\n用法见 nianbao --help\n")
}

fn explain(error: &clap::Error) -> String {
    let word = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let arg = word(ContextKind::InvalidArg);
    let mut text = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有 {arg} 这个选项"),
        ErrorKind::InvalidSubcommand => {
            format!("没有 {} 这个命令", word(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::InvalidValue if word(ContextKind::InvalidValue).is_empty() => {
            format!("{arg} 后面缺少值")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{arg} 不能是 {}", word(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict => format!("{arg} 写了两次，或与别的选项冲突"),
        _ => error.to_string().trim().to_owned(),
    };
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .map(word);
    // Writing to a String can't fail.
    if let Some(near) = near.iter().find(|near| !near.is_empty()) {
        let _ = write!(text, "；是不是 {near}？");
    } else if !word(ContextKind::ValidValue).is_empty() {
        let _ = write!(text, "；可以写：{}", word(ContextKind::ValidValue));
    }
    text
}
