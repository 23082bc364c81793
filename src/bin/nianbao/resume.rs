//! `build --resume`: outputs that are newer than all that they are made of are left alone.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::args::Checking;
use super::inputs::STDIN;
use nianbao::check::Checked;
use nianbao::font::Library;
use zip::ZipArchive;

/// The end of a whole PDF (ISO 32000-1, 7.5.5).
const PDF_END: &[u8] = b"%%EOF";

/// When the newest was changed of what all reports of a run are made with: the program, the fonts, the
/// style and the form.
///
/// # Errors
/// What the system says where one can't be looked at.
pub(super) fn shared_inputs(typed: &Checking, library: &Library) -> io::Result<SystemTime> {
    let program = std::env::current_exe()?;
    let options = [&typed.fonts.style, &typed.form.file];
    let options = options.into_iter().flatten().map(PathBuf::as_path);
    newest(
        [program.as_path()]
            .into_iter()
            .chain(options)
            .chain(library.files()),
    )
}

/// Whether the outputs of the report at `path` are there, whole, and newer than its data file, the files
/// that this names, last year's data file, and what all reports are made with.
pub(super) fn is_up_to_date(
    outputs: &[PathBuf],
    path: &Path,
    report: &Checked,
    shared_inputs: SystemTime,
) -> bool {
    // Standard input has no time.
    let folder = path.parent().filter(|_| path != Path::new(STDIN));
    let Some(folder) = folder else {
        return false;
    };
    let named = report.files().map(|name| folder.join(name));
    let previous = report.previous().map(|it| it.source.name().into());
    let inputs = [path.to_owned()].into_iter().chain(named).chain(previous);
    newest(inputs).is_ok_and(|changed| {
        let changed = changed.max(shared_inputs);
        outputs.iter().all(|output| {
            let written = fs::metadata(output).and_then(|meta| meta.modified());
            written.is_ok_and(|written| written > changed) && is_whole(output).unwrap_or(false)
        })
    })
}

/// When the newest of some files was changed, or came to its place: a copy keeps the time at which the
/// original was changed.
fn newest(files: impl IntoIterator<Item = impl AsRef<Path>>) -> io::Result<SystemTime> {
    files
        .into_iter()
        .try_fold(SystemTime::UNIX_EPOCH, |newest, file| {
            let meta = fs::metadata(file)?;
            let changed = meta.modified()?;
            Ok(newest.max(
                meta.created()
                    .map_or(changed, |created| created.max(changed)),
            ))
        })
}

/// Whether an output ends as its format does: a PDF with its mark, a workbook with the directory of its
/// parts. One that was written when the power failed may not.
fn is_whole(output: &Path) -> io::Result<bool> {
    let mut file = File::open(output)?;
    if output.extension().is_none_or(|ending| ending != "pdf") {
        return Ok(ZipArchive::new(file).is_ok());
    }
    file.seek(SeekFrom::End(-(PDF_END.len() as i64)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes == PDF_END)
}
