//! `nianbao build`: checks, then writes the PDF and the workbook.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::args::BuildArgs;
use super::batch::{self, Delivered};
use super::inputs::STDIN;
use super::output::{Folder, Staged};
use super::printing::Printer;
use super::{Halt, Status, clock, inputs, output, resume};
use nianbao::document::Document;
use nianbao::pipeline::{Checker, Output, Rendered, Renderer};
use nianbao::text::{Failure, Message};

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
    let mut wanted = Output::ALL.to_vec();
    wanted.retain(|output| typed.only.is_none_or(|only| only == *output));
    let mut inputs = inputs::gather(&typed.paths.paths);
    inputs.leave_out(&typed.output, &typed.paths.paths);
    refuse_shared_names(&inputs.files, &wanted)?;
    if wanted.contains(&Output::Xlsx) {
        refuse_overwriting(&inputs.files, &typed.output)?;
    }
    let (style, library) = typed.checking.fonts.open()?;
    let forms = typed.checking.form.open()?;
    let renderer = Renderer::new(&library, style);
    let mut checker = Checker::new(&forms);
    checker.deny_warnings = typed.checking.deny.deny.is_some();
    checker.previous = typed.checking.previous.open()?;
    checker.this_year = Some(clock::this_year());
    let folder = Folder::open(&typed.output)?;

    let shared_inputs = typed
        .resume
        .then(|| resume::shared_inputs(&typed.checking, &library));
    let shared_inputs = shared_inputs.and_then(Result::ok);

    let work = |path: &Path| {
        checker.check(path, Some(&renderer)).and_then(|checked| {
            let stem = stem(path);
            let up_to_date = shared_inputs.is_some_and(|shared_inputs| {
                let places = wanted
                    .iter()
                    .map(|output| folder.place(&format!("{stem}.{}", output.extension())));
                let places: Vec<PathBuf> = places.collect();
                resume::is_up_to_date(&places, path, &checked, shared_inputs)
            });
            if up_to_date {
                return Ok(None);
            }
            let document = Document::of(&checked);
            let outputs = wanted.iter().map(|output| {
                let rendered = renderer.render(&document, *output, path)?;
                Ok((*output, rendered))
            });
            let outputs: Result<Vec<_>, Failure> = outputs.collect();
            outputs.and_then(|outputs| stage(&stem, outputs, &folder).map(Some))
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

/// Writes the outputs beside their places. That is done when all of them are made, so that those of
/// one report appear together.
fn stage(
    stem: &str,
    outputs: Vec<(Output, Rendered)>,
    folder: &Folder,
) -> Result<Vec<Made>, Failure> {
    let staged = outputs.into_iter().map(|(output, rendered)| {
        Ok(Made {
            file: folder.stage(&file_name(stem, output), &rendered.bytes)?,
            said: Said {
                bytes: rendered.bytes.len(),
                pages: rendered.pages,
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

/// The name of one output of a data file.
fn file_name(stem: &str, output: Output) -> String {
    format!("{stem}.{}", output.extension())
}

/// Two data files of one name would write the same outputs, and one would be lost. That can be
/// told before anything is done.
fn refuse_shared_names(files: &[PathBuf], wanted: &[Output]) -> Result<(), Halt> {
    let mut names: HashMap<String, &Path> = HashMap::new();
    for path in files {
        let stem = stem(path);
        // Some file systems don't tell upper case from lower.
        if let Some(first) = names.insert(stem.to_lowercase(), path) {
            let (first, second) = (first.display(), path.display());
            let outputs: Vec<String> = wanted.iter().map(|it| file_name(&stem, *it)).collect();
            return Err(Halt::Usage(Message::new(
                format!(
                    "{first} 和 {second} 的结果都叫 {}，会互相覆盖；\
                     请改文件名，或分两次用不同的 -o 写出",
                    outputs.join("、")
                ),
                format!(
                    "{first} and {second} would both write {}; rename one, or build them apart \
                     with another -o",
                    outputs.join(" and ")
                ),
            )));
        }
    }
    Ok(())
}

/// A workbook that is read may lie where the workbook that is made of it would be written.
fn refuse_overwriting(files: &[PathBuf], folder: &Path) -> Result<(), Halt> {
    for path in files {
        let target = folder.join(file_name(&stem(path), Output::Xlsx));
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
