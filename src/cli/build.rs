//! `nianbao build`: checks, then writes the PDF and the workbook.

use std::collections::HashMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use super::args::{BuildArgs, Only};
use super::batch::{self, Delivered};
use super::inputs::STDIN;
use super::output::{Folder, Staged};
use super::printing::Printer;
use super::{Halt, Status, clock, forms, inputs, output, style};
use crate::digest::Digest;
use crate::document::Document;
use crate::fault::Fault;
use crate::finding::Message;
use crate::pipeline::{self, Press, Stop, Wanted};
use crate::{pdf, xlsx};

/// An output that is complete but not yet in its place.
struct Made {
    file: Staged,
    said: Said,
}

/// What there is to say about an output.
struct Said {
    bytes: usize,
    pages: Option<usize>,
}

/// Builds every data file.
pub(super) fn run(typed: &BuildArgs, printer: &Printer) -> Result<Status, Halt> {
    let wanted = Wanted {
        pdf: typed.only != Some(Only::Xlsx),
        xlsx: typed.only != Some(Only::Pdf),
    };
    let mut inputs = inputs::gather(&typed.paths.paths);
    inputs.leave_out(&typed.output, &typed.paths.paths);
    refuse_shared_names(&inputs.files)?;
    if wanted.xlsx {
        refuse_overwriting(&inputs.files, &typed.output)?;
    }
    let (style, library) = style(&typed.checking.fonts, inputs.files.len())?;
    let forms = forms(&typed.checking.form)?;
    let mut press = Press::new(&forms, &library);
    press.style = style;
    let one_thread = NonZeroUsize::MIN;
    press.side_by_side =
        inputs.files.len() == 1 && typed.checking.running.jobs.jobs != Some(one_thread);
    press.desk.deny_warnings = typed.checking.deny.deny.is_some();
    press.desk.previous = typed.checking.previous.open()?;
    press.desk.this_year = Some(clock::this_year());
    let folder = Folder::open(&typed.output)?;

    let work = |path: &Path| {
        let outcome = pipeline::read_document(path, &press);
        outcome.and_then(|document| {
            if typed.resume && is_up_to_date(path, &document, &press, wanted, &folder)? {
                return Ok(None);
            }
            pipeline::render(&document, path, &press, wanted)
                .and_then(|outputs| stage(&stem(path), outputs, &folder).map(Some))
                .map_err(Stop::Fault)
        })
    };
    // Put into their places in the order of the data files: after `--fail-fast` has stopped a run,
    // there is nothing of the files that it didn't come to.
    let deliver = |path: &Path, made: Option<Vec<Made>>, _| {
        let Some(made) = made else {
            let stem = stem(path);
            printer.status(&Message::new(
                format!("{stem} 的结果已是最新，没有重做"),
                format!("the outputs of {stem} are up to date: not made again"),
            ))?;
            return Ok(Delivered::UpToDate);
        };
        let (files, said): (Vec<_>, Vec<_>) =
            made.into_iter().map(|made| (made.file, made.said)).unzip();
        Ok(match output::persist(files) {
            Ok(places) => {
                for (place, said) in places.iter().zip(said) {
                    printer.status(&said.message(place))?;
                }
                Delivered::Done
            }
            Err(fault) => Delivered::Failed(fault),
        })
    };
    let running = &typed.checking.running;
    let running = (&running.jobs, running.fail_fast);
    batch::run(&inputs, running, printer, work, deliver)
}

/// Whether the outputs of a report are there, whole, not older than its data file and made of the
/// same: then making them again would give the same files.
fn is_up_to_date(
    path: &Path,
    document: &Document,
    press: &Press<'_>,
    wanted: Wanted,
    folder: &Folder,
) -> Result<bool, Stop> {
    let changed = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    // Standard input has no time, and none is needed where the content is the same.
    let since = changed(path);
    let stem = stem(path);
    let carries = |extension: &str, digest: Digest, carried: fn(&Path) -> Option<Digest>| {
        let place = folder.place(&format!("{stem}.{extension}"));
        changed(&place) >= since && carried(&place) == Some(digest)
    };
    let digests = pipeline::made_of(document, press).map_err(Stop::Fault)?;
    Ok((!wanted.pdf || carries("pdf", digests.pdf, pdf::carried))
        && (!wanted.xlsx || carries("xlsx", digests.xlsx, xlsx::carried)))
}

/// Writes the outputs beside their places. That is done when all of them are made, so that those of
/// one report appear together.
fn stage(stem: &str, outputs: pipeline::Outputs, folder: &Folder) -> Result<Vec<Made>, Fault> {
    let pdf = outputs.pdf.map(|pdf| ("pdf", pdf.bytes, Some(pdf.pages)));
    let xlsx = outputs.xlsx.map(|bytes| ("xlsx", bytes, None));
    let outputs = pdf.into_iter().chain(xlsx);
    let staged = outputs.map(|(extension, bytes, pages)| {
        Ok(Made {
            file: folder.stage(&format!("{stem}.{extension}"), &bytes)?,
            said: Said {
                bytes: bytes.len(),
                pages,
            },
        })
    });
    staged.collect()
}

impl Said {
    fn message(&self, place: &Path) -> Message {
        let (path, size) = (place.display(), self.bytes.div_ceil(1000));
        match self.pages {
            Some(pages) => Message::new(
                format!("已写出 {path}（{pages} 页，{size} kB）"),
                format!("wrote {path} ({pages} pages, {size} kB)"),
            ),
            None => Message::new(
                format!("已写出 {path}（{size} kB）"),
                format!("wrote {path} ({size} kB)"),
            ),
        }
    }
}

/// The name of a data file's outputs.
fn stem(path: &Path) -> String {
    if path == Path::new(STDIN) {
        return "stdin".to_owned();
    }
    path.file_stem()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Two data files of one name would write the same outputs, and one would be lost. That can be
/// told before anything is done.
fn refuse_shared_names(files: &[PathBuf]) -> Result<(), Halt> {
    let mut names: HashMap<String, &Path> = HashMap::new();
    for path in files {
        let stem = stem(path);
        // Some file systems don't tell upper case from lower.
        if let Some(first) = names.insert(stem.to_lowercase(), path) {
            let (first, second) = (first.display(), path.display());
            return Err(Halt::Usage(Message::new(
                format!(
                    "{first} 和 {second} 的结果都叫 {stem}.pdf、{stem}.xlsx，会互相覆盖；\
                     请改文件名，或分两次用不同的 -o 写出"
                ),
                format!(
                    "{first} and {second} would both write {stem}.pdf and {stem}.xlsx; \
                     rename one, or build them apart with another -o"
                ),
            )));
        }
    }
    Ok(())
}

/// A workbook that is read may lie where the workbook that is made of it would be written.
fn refuse_overwriting(files: &[PathBuf], folder: &Path) -> Result<(), Halt> {
    for path in files {
        let target = folder.join(format!("{}.xlsx", stem(path)));
        let same = match (target.canonicalize(), path.canonicalize()) {
            (Ok(target), Ok(path)) => target == path,
            _ => false,
        };
        if same {
            let path = path.display();
            return Err(Halt::Usage(Message::new(
                format!("写出的工作簿会覆盖 {path} 本身；请用 -o 写到别的文件夹，或加 --only pdf"),
                format!(
                    "the workbook would be written over {path} itself; name another folder with \
                     -o, or add --only pdf"
                ),
            )));
        }
    }
    Ok(())
}
