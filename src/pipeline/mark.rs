//! Findings of a workbook into a copy beside it.

use std::path::{Path, PathBuf};

use crate::intake;
use crate::output::{self, What};
use crate::text::{Failure, Findings, Lang, Message, read_bytes};

/// What the copy is called: `2024-有误.xlsx`.
const WRONG: &str = "-有误";

/// Writes a copy of the workbook at `path` beside it, in which the findings stand in their cells, over no other
/// file. Out comes its place; none where the file is no workbook, or nothing is wrong with a cell.
///
/// # Errors
/// Where the copy can't be written, or something is at its place.
pub fn mark(path: &Path, findings: &Findings, lang: Lang) -> Result<Option<PathBuf>, Failure> {
    if findings.is_empty() || path == Path::new("-") {
        return Ok(None);
    }
    // What can't be read, or is no workbook, has been told of.
    let Ok(bytes) = read_bytes(path) else {
        return Ok(None);
    };
    if !intake::is_workbook(path, &bytes) {
        return Ok(None);
    }
    let name = path.display().to_string();
    let copy = match intake::marked(&name, &bytes, findings, lang) {
        Ok(Some(copy)) => copy,
        Ok(None) => return Ok(None),
        Err(found) => {
            let why = found.iter().next().map(|it| it.message.clone());
            let (zh, en) = why.map_or_else(Default::default, |it| (it.zh, it.en));
            let message = Message::new(
                format!("没有写出标了颜色的一份：{zh}"),
                format!("no marked copy was written: {en}"),
            );
            return Err(Failure::file(path, message));
        }
    };
    let mut called = path.file_stem().unwrap_or_default().to_owned();
    called.push(WRONG);
    called.push(".xlsx");
    let place = path.with_file_name(called);
    output::write(&place, What::Marked, false, &copy)?;
    Ok(Some(place))
}

/// The file of which one is a marked copy, by its name.
pub fn marked_from(copy: &Path) -> Option<PathBuf> {
    let stem = copy.file_stem()?.to_str()?.strip_suffix(WRONG)?;
    let ending = copy.extension()?.to_str()?;
    Some(copy.with_file_name(format!("{stem}.{ending}")))
}
