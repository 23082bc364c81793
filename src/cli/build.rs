//! `nianbao build`: checks, then writes the PDF and the workbook.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::args::{BuildArgs, Only};
use super::check::Tally;
use super::inputs::STDIN;
use super::output::Folder;
use super::printing::Printer;
use super::{Halt, Status, forms, inputs, style};
use crate::fault::Fault;
use crate::finding::Message;
use crate::pipeline::{self, Outcome, Press, Stop, Wanted};

/// A file that was written, and what there is to say about it.
struct Written {
    path: PathBuf,
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
    let (style, library) = style(&typed.checking.fonts)?;
    let forms = forms(&typed.checking.form)?;
    let mut press = Press::new(&forms, &library);
    press.style = style;
    press.desk.deny_warnings = typed.checking.deny.deny.is_some();
    press.desk.previous = typed.checking.previous.open()?;
    let folder = Folder::open(&typed.output)?;

    let mut tally = Tally::default();
    for fault in &inputs.faults {
        printer.fault(fault)?;
        tally.add(Status::Failed);
    }
    for path in &inputs.files {
        let outcome = one(path, &press, wanted, &folder);
        tally.add(show(&outcome, printer)?);
    }
    tally.show(printer)
}

/// Builds one data file. It shares nothing with another that either could change.
fn one(path: &Path, press: &Press<'_>, wanted: Wanted, folder: &Folder) -> Outcome<Vec<Written>> {
    let outcome = pipeline::read_document(path, press);
    let result = outcome.result.and_then(|document| {
        pipeline::render(&document, path, press, wanted)
            .and_then(|outputs| write(&stem(path), outputs, folder))
            .map_err(Stop::Fault)
    });
    Outcome {
        findings: outcome.findings,
        notes: outcome.notes,
        result,
    }
}

/// Writes the outputs: all of them are complete before the first is put into its place.
fn write(stem: &str, outputs: pipeline::Outputs, folder: &Folder) -> Result<Vec<Written>, Fault> {
    let mut staged = Vec::new();
    if let Some(pdf) = outputs.pdf {
        let file = folder.stage(&format!("{stem}.pdf"), &pdf.bytes)?;
        staged.push((file, pdf.bytes.len(), Some(pdf.pages)));
    }
    if let Some(bytes) = outputs.xlsx {
        let file = folder.stage(&format!("{stem}.xlsx"), &bytes)?;
        staged.push((file, bytes.len(), None));
    }
    staged
        .into_iter()
        .map(|(file, bytes, pages)| {
            Ok(Written {
                path: file.persist()?,
                bytes,
                pages,
            })
        })
        .collect()
}

fn show(outcome: &Outcome<Vec<Written>>, printer: &Printer) -> Result<Status, Halt> {
    printer.findings(&outcome.findings)?;
    for note in &outcome.notes {
        printer.status(note)?;
    }
    match &outcome.result {
        Ok(written) => {
            for file in written {
                printer.status(&file.message())?;
            }
            Ok(Status::Done)
        }
        Err(Stop::Findings) => Ok(Status::Findings),
        Err(Stop::Fault(fault)) => {
            printer.fault(fault)?;
            Ok(Status::Failed)
        }
    }
}

impl Written {
    fn message(&self) -> Message {
        let (path, size) = (self.path.display(), self.bytes.div_ceil(1000));
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
