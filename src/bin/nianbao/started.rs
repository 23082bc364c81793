//! How the program was started: by words, by a double click, by files dropped on it.
//!
//! Who clicks and drops knows no commands. Files without one are built, their outputs beside them; a folder,
//! or nothing at all, opens the desk.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::args::Command;
use super::inputs;
use super::printing::{Printer, to_stderr};
use nianbao::text::Message;

/// Where reports go of somebody who names no folder, in the folder of documents: program folders are
/// replaced with the next version, may be read-only or, opened inside an archive, gone at the end.
const REPORTS: &str = "年报";

/// The words to work on, and whose window shows what comes of them.
pub(super) struct Started {
    /// The program's name, command, options, paths.
    pub words: Vec<OsString>,
    /// Whether the window with the messages closes with the program.
    own_window: bool,
}

impl Started {
    /// Adds the command to words that have none.
    pub fn new(words: Vec<OsString>) -> Self {
        let own_window = has_own_window();
        match completed(&words, own_window) {
            Some(words) => Self { words, own_window },
            None => Self {
                words,
                own_window: false,
            },
        }
    }

    /// Keeps the window open until what stands in it has been read: always after a build, after a desk only
    /// what is wrong.
    pub fn hold(&self, command: &Command, all_well: bool, printer: &Printer) {
        if !self.own_window || (all_well && matches!(command, Command::Desk(_))) {
            return;
        }
        let words = Message::new(
            "\n按回车键关闭这个窗口。",
            "\nPress Enter to close this window. ",
        );
        let _ = to_stderr(words.get(printer.lang()));
        let _ = io::stdin().read_line(&mut String::new());
    }
}

/// The words with their command, where they have none and it is plain which is meant.
fn completed(words: &[OsString], own_window: bool) -> Option<Vec<OsString>> {
    let (program, rest) = words.split_first()?;
    let (command, rest): (&[&str], Vec<OsString>) = match rest {
        [] => {
            let terminal = io::stdin().is_terminal()
                || io::stdout().is_terminal()
                || io::stderr().is_terminal();
            if !own_window && (terminal || !has_screen()) {
                return None;
            }
            let folder = documents()?.join(REPORTS);
            // Where that can't be made, the desk says why.
            let _ = std::fs::create_dir_all(&folder);
            (&["desk"], vec![folder.into()])
        }
        [first, ..] if !is_file(first) => return None,
        [only] if Path::new(only).is_dir() => (&["desk"], rest.to_vec()),
        files => (&["build", "--beside"], files.to_vec()),
    };
    let command = command.iter().map(OsString::from);
    Some(
        [program.clone()]
            .into_iter()
            .chain(command)
            .chain(rest)
            .collect(),
    )
}

/// Whether a word is a file's or folder's name and no command.
fn is_file(word: &OsString) -> bool {
    let known = word.to_str().is_some_and(super::args::is_command);
    let is_option = word.as_encoded_bytes().starts_with(b"-");
    !known && !is_option && (inputs::is_read(Path::new(word)) || Path::new(word).exists())
}

/// Whether a browser's window can be seen: not over a connection from elsewhere, not in a container.
pub(super) fn has_screen() -> bool {
    let screens = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"];
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || screens.into_iter().any(named)
}

/// Whether the terminal was opened for this program alone, as a file manager does. Then no shell stands
/// between the two, and the program leads the terminal's session.
#[cfg(unix)]
fn has_own_window() -> bool {
    // Linux, proc(5): `PID (NAME) STATE PARENT GROUP SESSION …`; the name may have blanks and brackets.
    let leads = || {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        let session = stat.rsplit_once(')')?.1.split_whitespace().nth(3)?;
        Some(session.parse() == Ok(std::process::id()))
    };
    has_screen() && io::stdin().is_terminal() && leads() == Some(true)
}

/// Whether the console was opened for this program alone. The system would say who else is in it
/// (GetConsoleProcessList) only to unsafe code; shells say so too: cmd hands down its prompt, PowerShell the
/// user's own folder of modules, those of Unix their name.
#[cfg(windows)]
fn has_own_window() -> bool {
    let var = |name| std::env::var(name).unwrap_or_default();
    let (home, modules) = (var("USERPROFILE"), var("PSModulePath"));
    let shell = !var("PROMPT").is_empty()
        || !var("SHELL").is_empty()
        || (!home.is_empty() && modules.to_lowercase().contains(&home.to_lowercase()));
    !shell && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The user's folder of documents.
#[cfg(windows)]
fn documents() -> Option<PathBuf> {
    known_folders::get_known_folder_path(known_folders::KnownFolder::Documents)
}

/// The user's folder of documents: as the desktop has it (`user-dirs.dirs` of xdg-user-dirs), or home.
#[cfg(unix)]
fn documents() -> Option<PathBuf> {
    let home = std::env::home_dir()?;
    let settings = std::env::var_os("XDG_CONFIG_HOME").filter(|it| !it.is_empty());
    let settings = settings.map(PathBuf::from);
    let settings = settings.unwrap_or_else(|| home.join(".config"));
    let said = std::fs::read_to_string(settings.join("user-dirs.dirs")).unwrap_or_default();
    let folder = said.lines().find_map(|line| {
        let value = line.trim().strip_prefix("XDG_DOCUMENTS_DIR=")?;
        let value = value.trim_matches('"');
        Some(match value.strip_prefix("$HOME/") {
            Some(below) => home.join(below),
            None => PathBuf::from(value),
        })
    });
    let folder = folder.filter(|folder| folder.is_dir());
    Some(folder.unwrap_or(home))
}
