//! The data files of a run: each is worked on by itself, what came of it is shown in their order.

use std::ops::ControlFlow;
use std::path::Path;

use super::args::Jobs;
use super::each::{cores, each};
use super::inputs::Inputs;
use super::printing::Printer;
use super::progress;
use super::tally::{Counts, Ending, Tally};
use super::{Halt, Status};
use nianbao::pipeline::Outcome;
use nianbao::text::{Failure, Message};

/// How a run goes.
pub(super) struct Running<'a> {
    /// On how many threads.
    pub jobs: &'a Jobs,
    /// Whether it ends with the first file that is refused or fails.
    pub fail_fast: bool,
    /// Whether something is written for each file, and so nothing for one with errors.
    pub writes: bool,
}

/// How the work on a sound file ended.
pub(super) enum Delivered {
    /// It is done.
    Done,
    /// There was nothing to do.
    UpToDate,
    /// Its outputs could not be put into their places.
    Failed(Failure),
}

/// What is left of an outcome once its findings are drawn: the texts that they point into can be
/// large, and results wait for their turn.
struct Drawn<T> {
    findings: String,
    counts: Counts,
    clean: bool,
    notes: Vec<Message>,
    result: Result<Option<T>, Failure>,
}

/// Does `work` on every data file, on as many threads as asked for, and shows the findings;
/// where that is asked for, until one is refused or fails.
/// `deliver` gets the result of each sound file, and whether nothing at all was found; it is called
/// in the order of the files, in one thread.
pub(super) fn run<T: Send>(
    inputs: &Inputs,
    running: &Running<'_>,
    printer: &Printer,
    work: impl Fn(&Path) -> Outcome<T> + Sync,
    mut deliver: impl FnMut(&Path, T, bool) -> Result<Delivered, Halt>,
) -> Result<Status, Halt> {
    let total = inputs.files.len() + inputs.faults.len();
    say_left_out(inputs, printer)?;
    let mut tally = Tally::new(running.writes);
    printer.findings(&inputs.unread)?;
    tally.add_unread(&inputs.unread);
    for fault in &inputs.faults {
        printer.fault(fault)?;
        let path = fault.path.as_deref().unwrap_or(Path::new(""));
        tally.add(path, Ending::Failed, &Counts::default());
    }
    if running.fail_fast && tally.any_stopped() {
        return tally.show(total, printer);
    }
    let draw = |path: &Path| {
        let outcome = work(path);
        Drawn {
            findings: printer.drawn(&outcome.findings),
            counts: Counts::of(&outcome.findings),
            clean: outcome.findings.is_empty(),
            notes: outcome.notes,
            result: outcome.result,
        }
    };
    let bar = progress::bar(inputs.files.len(), printer);
    let mut show = |path: &Path, drawn: Drawn<T>| -> Result<Ending, Halt> {
        printer.show(&drawn.findings)?;
        for note in &drawn.notes {
            printer.status(note)?;
        }
        let fault = match drawn.result {
            Ok(Some(result)) => match deliver(path, result, drawn.clean)? {
                Delivered::Done => return Ok(Ending::Done),
                Delivered::UpToDate => return Ok(Ending::UpToDate),
                Delivered::Failed(fault) => fault,
            },
            Ok(None) => return Ok(Ending::Refused),
            Err(failure) => failure,
        };
        printer.fault(&fault)?;
        Ok(Ending::Failed)
    };
    let jobs = running.jobs.jobs.unwrap_or_else(cores);
    let ended = each(&inputs.files, jobs, draw, |path, mut drawn| {
        let counts = std::mem::take(&mut drawn.counts);
        match bar.suspend(|| show(path, drawn)) {
            Ok(ending) => tally.add(path, ending, &counts),
            Err(halt) => return ControlFlow::Break(Some(halt)),
        }
        bar.inc(1);
        if running.fail_fast && tally.any_stopped() {
            return ControlFlow::Break(None);
        }
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    match ended {
        ControlFlow::Break(Some(halt)) => Err(halt),
        _ => tally.show(total, printer),
    }
}

/// Says how many files the folders led to that are no data files, so that the numbers at the end add up.
fn say_left_out(inputs: &Inputs, printer: &Printer) -> Result<(), Halt> {
    for (count, zh, en) in [
        (
            inputs.outputs,
            "份由 build 写出的工作簿，它们的数据文件已在其中，不重复看",
            "workbooks that build made of data files that are here too",
        ),
        (
            inputs.rollups,
            "份由 rollup 写出的汇总工作簿，不是单位的报告，不看",
            "workbooks that rollup made",
        ),
        (
            inputs.marked,
            "份标了颜色的“-有误”工作簿，原来的也在，不看",
            "marked copies of workbooks that are here too",
        ),
        (
            inputs.among_outputs,
            "个文件在 -o 的文件夹里，不看",
            "files in the folder that -o names",
        ),
    ] {
        if count > 0 {
            printer.status(&Message::new(
                format!("另有 {count} {zh}"),
                format!("left out {count} {en}"),
            ))?;
        }
    }
    Ok(())
}
