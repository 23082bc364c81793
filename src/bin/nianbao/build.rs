//! `nianbao build`: checks, then writes the PDF and the workbook.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::args::BuildArgs;
use super::batch::{self, Delivered, Running};
use super::naming::Naming;
use super::places::{self, Places};
use super::printing::{Printer, Wrote};
use super::{Halt, Status, clock, inputs, resume};
use nianbao::document::Document;
use nianbao::output::{self, Folder, Staged, What};
use nianbao::pipeline::{Checker, Output, Rendered, Renderer};
use nianbao::text::{Failure, Message};
use nianbao::xlsx::Kind;

/// A report's outputs, complete but not yet in their places, or up to date there.
struct Made {
    /// Their place without the endings.
    name: PathBuf,
    /// Whether a character of it was replaced.
    replaced: bool,
    files: Option<Vec<(Staged, Said)>>,
}

/// What there is to say about an output.
struct Said {
    kind: &'static str,
    bytes: usize,
    pages: Option<usize>,
}

/// Builds every data file.
pub(super) fn run(typed: &BuildArgs, printer: &Printer) -> Result<Status, Halt> {
    let mut wanted = Output::ALL.to_vec();
    wanted.retain(|output| typed.only.is_none_or(|only| only == *output));
    let naming = Naming::read(typed.name.as_deref())?;
    let mut inputs = inputs::gather(&typed.paths.paths);
    if typed.beside {
        inputs.leave_out_beside();
    } else {
        inputs.leave_out(&typed.output, &typed.paths.paths);
    }
    let (mut style, mut library) = typed.checking.fonts.open()?;
    style.print.standard = typed.pdf;
    if inputs.files.len() > 1 {
        library.read_all().map_err(|error| Failure::from(&error))?;
    }
    let forms = typed.checking.form.open()?;
    let renderer = Renderer::new(&library, style);
    let mut checker = Checker::new(&forms);
    if typed.checking.deny.deny.is_some() {
        checker.deny_warnings = true;
        inputs.deny_warnings();
    }
    checker.previous = typed.checking.previous.open()?;
    checker.this_year = Some(clock::this_year());
    let places = Places::open(typed, &inputs)?;
    let read = Read::of(&inputs.files);

    let shared_inputs = typed
        .resume
        .then(|| resume::shared_inputs(&typed.checking, &library));
    let shared_inputs = shared_inputs.and_then(Result::ok);

    let work = |path: &Path| {
        checker.check(path, Some(&renderer)).and_then(|checked| {
            let (mut name, replaced) = naming.name(path, &checked.organ.text, checked.year);
            let (folder, below) = places.of(path)?;
            if typed.beside && typed.name.is_none() {
                name += places::beside_workbook(path);
            }
            let up_to_date = shared_inputs.is_some_and(|shared_inputs| {
                let places = wanted
                    .iter()
                    .map(|output| folder.place(&file_name(below, &name, *output)));
                let places: Vec<PathBuf> = places.collect();
                resume::is_up_to_date(&places, path, &checked, shared_inputs)
            });
            let files = if up_to_date {
                None
            } else {
                let document = Document::of(&checked);
                let outputs = wanted.iter().map(|output| {
                    let rendered = renderer.render(&document, *output, path)?;
                    Ok((file_name(below, &name, *output), *output, rendered))
                });
                let outputs: Result<Vec<_>, Failure> = outputs.collect();
                Some(stage(outputs?, folder)?)
            };
            Ok(Made {
                name: folder.place(&below.join(name)),
                replaced,
                files,
            })
        })
    };
    // Put into their places in the order of the data files: after `--fail-fast` has stopped a run,
    // there is nothing of the files that it didn't come to.
    let (mut taken, mut replaced_told) = (Taken::default(), false);
    let deliver = |path: &Path, made: Made, _| {
        if let Err(fault) = taken.take(&made.name, path) {
            return Ok(Delivered::Failed(fault));
        }
        if made.replaced && !std::mem::replace(&mut replaced_told, true) {
            printer.status(&Message::new(
                "文件名里不能有的字（如 / : ? *）换成了 _",
                "characters that a file's name can't have (such as / : ? *) became _",
            ))?;
        }
        let Some(files) = made.files else {
            let name = made.name.display();
            printer.status(&Message::new(
                format!("{name} 的结果已是最新，没有重做"),
                format!("the outputs of {name} are up to date: not made again"),
            ))?;
            return Ok(Delivered::UpToDate);
        };
        let (files, said): (Vec<_>, Vec<_>) = files.into_iter().unzip();
        let kept = files.iter().try_for_each(|file| read.keep(file.target()));
        let force = typed.force.force;
        Ok(match kept.and_then(|()| output::persist(files, force)) {
            Ok(places) => {
                for (place, said) in places.iter().zip(said) {
                    printer.wrote(&said.wrote(place, path), &said.message(place))?;
                }
                Delivered::Done
            }
            Err(fault) => Delivered::Failed(fault),
        })
    };
    let running = &typed.checking.running;
    let running = Running {
        jobs: &running.jobs,
        fail_fast: running.fail_fast,
        writes: true,
    };
    batch::run(&inputs, &running, printer, work, deliver)
}

/// Writes the outputs beside their places. That is done when all of them are made, so that those of
/// one report appear together.
fn stage(
    outputs: Vec<(PathBuf, Output, Rendered)>,
    folder: &Folder,
) -> Result<Vec<(Staged, Said)>, Failure> {
    let staged = outputs.into_iter().map(|(name, output, rendered)| {
        let said = Said {
            kind: output.extension(),
            bytes: rendered.bytes.len(),
            pages: rendered.pages,
        };
        let file = folder.stage(&name, what(output), &rendered.bytes)?;
        Ok((file, said))
    });
    staged.collect()
}

impl Said {
    fn wrote(&self, place: &Path, source: &Path) -> Wrote<'static> {
        Wrote {
            written: place.display().to_string(),
            kind: self.kind,
            source: Some(source.display().to_string()),
            pages: self.pages,
            bytes: self.bytes,
            ..Wrote::default()
        }
    }

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

/// The name of one output, below the folder of outputs. What is behind a dot in a unit's name is no
/// ending.
fn file_name(below: &Path, name: &str, output: Output) -> PathBuf {
    below.join(format!("{name}.{}", output.extension()))
}

/// What an output is, and so what it may replace.
fn what(output: Output) -> What {
    match output {
        Output::Pdf => What::Pdf,
        Output::Xlsx => What::Workbook(Kind::Report),
    }
}

/// The reports of a run whose outputs are in their places, by their lower-case names: some file systems
/// don't tell upper case from lower.
#[derive(Default)]
struct Taken(HashMap<String, PathBuf>);

impl Taken {
    /// Takes a name for the report at `path`.
    ///
    /// # Errors
    /// Another report has it.
    fn take(&mut self, name: &Path, path: &Path) -> Result<(), Failure> {
        let name = name.to_string_lossy().to_lowercase();
        match self.0.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(path.to_owned());
                Ok(())
            }
            Entry::Occupied(entry) => {
                let first = entry.get().display();
                Err(Failure::file(
                    path,
                    Message::new(
                        format!(
                            "结果文件与 {first} 的同名，这一份没有写；请改文件名，或用 --name \
                             '{{organ}}{{year}}' 按单位取名，或分两次用不同的 -o 写出"
                        ),
                        format!(
                            "its outputs would be called as those of {first}, and are not written: \
                             rename it, name outputs by --name '{{organ}}{{year}}', or build them \
                             apart with another -o"
                        ),
                    ),
                ))
            }
        }
    }
}

/// The files that a run reads, which no output may replace, whatever is asked for.
struct Read(HashSet<PathBuf>);

impl Read {
    fn of(files: &[PathBuf]) -> Self {
        Self(files.iter().flat_map(|path| path.canonicalize()).collect())
    }

    /// # Errors
    /// The place is that of a file that is read.
    fn keep(&self, place: &Path) -> Result<(), Failure> {
        if place
            .canonicalize()
            .is_ok_and(|real| self.0.contains(&real))
        {
            let message = Message::new(
                "写出的结果会覆盖要读的这个文件本身，没有写；请用 -o 写到别的文件夹，或加 --only",
                "an output would be written over this file, which is read: name another folder \
                 with -o, or add --only",
            );
            return Err(Failure::file(place, message));
        }
        Ok(())
    }
}
