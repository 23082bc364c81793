//! `nianbao rollup`: many reports into one workbook.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::RollupArgs;
use super::batch::{self, Delivered};
use super::inputs::{self, Inputs, STDIN};
use super::printing::Printer;
use super::{Halt, Status, clock, output};
use nianbao::form::Form;
use nianbao::pipeline::{self, Checker, ParentReport};
use nianbao::rollup::{Expected, Member, Rollup, Terms};
use nianbao::text::{Failure, Finding, Message, Source};
use nianbao::xlsx;

/// Adds up every data file, and writes the workbook of what could be added.
pub(super) fn run(typed: &RollupArgs, printer: &Printer) -> Result<Status, Halt> {
    let mut inputs = inputs::gather(&typed.paths.paths);
    leave_out(&mut inputs, typed);
    refuse_overwriting(&inputs, typed)?;
    if let Some(path) = &typed.toml
        && path.exists()
    {
        return Err(Failure::io(path, &io::ErrorKind::AlreadyExists.into()).into());
    }
    let forms = typed.form.open()?;
    let checker = checker(typed, &forms)?;
    let terms = terms(typed)?;

    let mut worst = Status::Done;
    let parent = match &typed.report {
        Some(path) => parent(path, &checker, printer, &mut worst)?,
        None => None,
    };
    let read = Mutex::new(HashMap::new());
    let work = |path: &Path| {
        let outcome = checker.check(path, None);
        let file = pipeline::rollup_file(path, &outcome);
        let mut read = read.lock().unwrap_or_else(PoisonError::into_inner);
        read.insert(path.to_owned(), file);
        outcome.and_then(|_| Ok(()))
    };
    let deliver = |_: &Path, (), _| Ok(Delivered::Done);
    worst = worst.max(batch::run(
        &inputs,
        (&typed.jobs, false),
        printer,
        work,
        deliver,
    )?);
    let mut read = read.into_inner().unwrap_or_else(PoisonError::into_inner);
    let files = inputs.files.iter();
    let files = files.filter_map(|path| read.remove_entry(path));
    let (rollup, findings) = pipeline::roll_up(files, &terms, parent.as_ref(), &checker);
    printer.findings(&findings)?;
    if findings.iter().any(Finding::is_error) {
        worst = worst.max(Status::Findings);
    }
    match rollup {
        Some(rollup) => write(&rollup, typed, printer)?,
        None => {
            printer.status(&Message::new(
                "没有可以汇总的报告，什么也没有写出",
                "there is no report to add up: nothing is written",
            ))?;
            worst = worst.max(Status::Findings);
        }
    }
    Ok(worst)
}

fn checker<'a>(typed: &RollupArgs, forms: &'a [Arc<Form>]) -> Result<Checker<'a>, Halt> {
    let mut checker = Checker::new(forms);
    checker.deny_warnings = typed.deny.deny.is_some();
    checker.previous = typed.previous.open()?;
    checker.this_year = Some(clock::this_year());
    Ok(checker)
}

fn terms(typed: &RollupArgs) -> Result<Terms, Halt> {
    let expected = match &typed.expected {
        Some(path) => Some(Expected::read(&Arc::new(Source::read(path)?))),
        None => None,
    };
    Ok(Terms {
        mixed_scope: typed.mixed_scope,
        script: typed.script.map(|script| script.script()),
        organ: typed.organ.clone().filter(|name| !name.trim().is_empty()),
        expected,
    })
}

/// The parent's own report; none where it has errors, of which the user hears.
fn parent(
    path: &Path,
    checker: &Checker<'_>,
    printer: &Printer,
    worst: &mut Status,
) -> Result<Option<ParentReport>, Halt> {
    let outcome = checker.check(path, None);
    printer.findings(&outcome.findings)?;
    let report = outcome.result?;
    if report.is_none() {
        *worst = (*worst).max(Status::Findings);
    }
    Ok(report.map(|report| ParentReport {
        path: path.to_owned(),
        member: Member::of(&report),
    }))
}

/// Leaves out what a folder led to that is no unit's report: the parent's own, and what an earlier
/// run wrote.
fn leave_out(inputs: &mut Inputs, typed: &RollupArgs) {
    let others: Vec<PathBuf> = [
        typed.report.as_ref(),
        Some(&typed.output),
        typed.toml.as_ref(),
    ]
    .into_iter()
    .flatten()
    .filter_map(|path| path.canonicalize().ok())
    .collect();
    let named = |path: &PathBuf| typed.paths.paths.contains(path);
    inputs.files.retain(|path| {
        let other = path.canonicalize().is_ok_and(|real| others.contains(&real));
        !other || (named(path) && Some(path) != typed.report.as_ref())
    });
}

/// The workbook must not take the place of a report that it is made of.
fn refuse_overwriting(inputs: &Inputs, typed: &RollupArgs) -> Result<(), Halt> {
    let Ok(target) = fs::canonicalize(&typed.output) else {
        return Ok(());
    };
    let read = inputs
        .files
        .iter()
        .chain(&typed.report)
        .chain(&typed.expected)
        .filter(|path| *path != Path::new(STDIN));
    for path in read {
        if path.canonicalize().is_ok_and(|path| path == target) {
            let path = path.display();
            return Err(Halt::Usage(Message::new(
                format!("汇总工作簿会覆盖 {path} 本身；请用 -o 换一个文件名"),
                format!("the workbook would be written over {path} itself; name another with -o"),
            )));
        }
    }
    Ok(())
}

fn write(rollup: &Rollup, typed: &RollupArgs, printer: &Printer) -> Result<(), Halt> {
    let bytes = xlsx::write_rollup(rollup)
        .map_err(|error| Failure::output(&typed.output, "xlsx", &error))?;
    output::replace(&typed.output, &bytes)?;
    let [added, left_out, missing] = rollup.counts();
    let (path, year) = (typed.output.display(), rollup.year);
    printer.status(&Message::new(
        format!(
            "已写出 {path}（{year} 年，汇总 {added} 个单位，未汇总 {left_out} 份，应报未报 {missing} 个）"
        ),
        format!(
            "wrote {path} ({year}: {added} units added, {left_out} reports left out, {missing} \
             missing)"
        ),
    ))?;
    if let Some(path) = &typed.toml {
        output::create(path, rollup.data_file().as_bytes())?;
        let path = path.display();
        printer.status(&Message::new(
            format!("已写出 {path}，文字和落款待填"),
            format!("wrote {path}; its texts are left to be written"),
        ))?;
    }
    Ok(())
}
