//! `nianbao rollup`: many reports into one workbook.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::RollupArgs;
use super::batch::{self, Delivered, Running};
use super::inputs::{self, Inputs, STDIN};
use super::printing::{Printer, Wrote};
use super::{Halt, Status, clock};
use nianbao::form::Form;
use nianbao::output::{self, What};
use nianbao::pipeline::{self, Checker, ParentReport};
use nianbao::rollup::{Expected, Member, Rollup, Terms};
use nianbao::text::{Failure, FailureKind, Finding, Message, Source};
use nianbao::xlsx;

/// What is written.
const WORKBOOK: What = What::Workbook(xlsx::Kind::Rollup);

/// Adds up every data file, and writes the workbook of what could be added.
pub(super) fn run(typed: &RollupArgs, printer: &Printer) -> Result<Status, Halt> {
    WORKBOOK
        .ask_ending("-o", &typed.output)
        .map_err(Halt::Usage)?;
    if let Some(path) = &typed.toml {
        What::DataFile
            .ask_ending("--toml", path)
            .map_err(Halt::Usage)?;
    }
    let mut inputs = inputs::gather(&typed.paths.paths);
    leave_out(&mut inputs, typed);
    refuse_overwriting(&inputs, typed)?;
    // Told before the work.
    output::allow(&typed.output, WORKBOOK, typed.force.force)?;
    if let Some(path) = &typed.toml {
        output::allow(path, What::DataFile, typed.force.force)?;
    }
    if typed.deny.deny.is_some() {
        inputs.deny_warnings();
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
        &Running {
            jobs: &typed.jobs,
            fail_fast: false,
            writes: false,
        },
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
        Some(rollup) => write(&rollup, inputs.unread.len(), typed, printer)?,
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

/// Leaves out the parent's own report, where a folder led to it.
fn leave_out(inputs: &mut Inputs, typed: &RollupArgs) {
    let Some(parent) = &typed.report else { return };
    let real = parent.canonicalize().ok();
    let named = |path: &PathBuf| typed.paths.paths.contains(path);
    inputs.files.retain(|path| {
        let is_parent = real.is_some() && path.canonicalize().ok() == real;
        !is_parent || (named(path) && path != parent)
    });
}

/// The outputs must not take the place of a report that they are made of.
fn refuse_overwriting(inputs: &Inputs, typed: &RollupArgs) -> Result<(), Failure> {
    let targets = [Some(&typed.output), typed.toml.as_ref()];
    let targets: Vec<PathBuf> = targets
        .into_iter()
        .flatten()
        .filter_map(|path| fs::canonicalize(path).ok())
        .collect();
    let read = inputs
        .files
        .iter()
        .chain(&typed.report)
        .chain(&typed.expected)
        .filter(|path| *path != Path::new(STDIN));
    for path in read {
        if path
            .canonicalize()
            .is_ok_and(|path| targets.contains(&path))
        {
            let message = Message::new(
                "汇总的结果会覆盖要读的这个文件本身，没有写；请换一个文件名",
                "the roll-up would be written over this file, which is read: name another",
            );
            return Err(Failure::file(path, message));
        }
    }
    Ok(())
}

fn write(
    rollup: &Rollup,
    unread: usize,
    typed: &RollupArgs,
    printer: &Printer,
) -> Result<(), Halt> {
    let bytes = xlsx::write_rollup(rollup).map_err(|error| Failure {
        kind: FailureKind::Output,
        path: Some(typed.output.clone()),
        message: error.message(),
    })?;
    let force = typed.force.force;
    output::write(&typed.output, WORKBOOK, force, &bytes)?;
    let [added, left_out, missing] = rollup.counts();
    let (path, year) = (typed.output.display(), rollup.year);
    let mut zh = format!("{year} 年，汇总 {added} 个单位，未汇总 {left_out} 份");
    let mut en = format!("{year}: {added} units added, {left_out} reports left out");
    // Without a list nobody knows who is missing.
    for (count, in_zh, in_en) in [
        (
            typed.expected.as_ref().map(|_| missing),
            "应报未报 N 个",
            "N missing",
        ),
        (
            Some(unread).filter(|count| *count > 0),
            "另有 N 个文件没有读",
            "N files not read",
        ),
    ] {
        if let Some(count) = count {
            zh += &format!("，{}", in_zh.replace('N', &count.to_string()));
            en += &format!(", {}", in_en.replace('N', &count.to_string()));
        }
    }
    let wrote = Wrote {
        written: path.to_string(),
        kind: "xlsx",
        bytes: bytes.len(),
        year: Some(year),
        ..Wrote::default()
    };
    let message = Message::new(
        format!("已写出 {path}（{zh}）"),
        format!("wrote {path} ({en})"),
    );
    printer.wrote(&wrote, &message)?;
    if let Some(path) = &typed.toml {
        let text = rollup.data_file();
        output::write(path, What::DataFile, force, text.as_bytes())?;
        let path = path.display();
        let wrote = Wrote {
            written: path.to_string(),
            kind: "toml",
            bytes: text.len(),
            year: Some(year),
            ..Wrote::default()
        };
        let message = Message::new(
            format!("已写出 {path}，文字和落款待填"),
            format!("wrote {path}; its texts are left to be written"),
        );
        printer.wrote(&wrote, &message)?;
    }
    Ok(())
}
