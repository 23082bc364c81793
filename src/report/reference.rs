//! Files that a data file names: texts of their own, the picture of the seal. They lie in the data
//! file's own folder or below; a data file can reach nothing else on the computer.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::data::Worded;
use crate::fault::io_message;
use crate::finding::{Code, Finding, Message};

/// The file `name` in `folder` itself or below, links followed.
///
/// # Errors
/// Why it can't be named: it lies elsewhere, it is not there, it is no file, there is no folder.
pub(super) fn resolve(name: &str, folder: Option<&Path>) -> Result<PathBuf, Message> {
    let outside = || {
        Message::new(
            format!("“{name}”不在数据文件的文件夹里"),
            format!("\"{name}\" is outside the data file's folder"),
        )
    };
    let relative = Path::new(name);
    if !relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
    {
        return Err(outside());
    }
    let folder = folder.ok_or_else(|| {
        Message::new(
            "从标准输入读的数据文件不能引用别的文件",
            "a data file from standard input can't name other files",
        )
    })?;
    let folder = folder.canonicalize().map_err(|e| unreadable(name, &e))?;
    let path = folder
        .join(relative)
        .canonicalize()
        .map_err(|e| unreadable(name, &e))?;
    if !path.starts_with(&folder) {
        return Err(outside());
    }
    if !path.is_file() {
        return Err(Message::new(
            format!("“{name}”不是文件"),
            format!("\"{name}\" is no file"),
        ));
    }
    Ok(path)
}

/// That the system refuses to give the file `name`.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Message {
    let why = io_message(error);
    Message::new(
        format!("“{name}”不能读：{}", why.zh),
        format!("\"{name}\" can't be read: {}", why.en),
    )
}

/// The finding for a file, named by `name` at `key`, that can't be had.
pub(super) fn finding(message: Message, name: Worded, key: &str) -> Finding {
    Finding::new(Code::BadReference, message)
        .at(name.place)
        .key(key)
        .remedy(Message::new(
            "文件要放在数据文件所在的文件夹里，只写文件名",
            "put the file into the data file's own folder and give its name only",
        ))
}
