//! Many data files into one roll-up.

use std::path::{Path, PathBuf};

use super::{Checker, Outcome, previous};
use crate::check::Checked;
use crate::data;
use crate::form::FigureId;
use crate::rollup::{Collector, File, Member, Objection, Rollup, Terms, Whereabouts};
use crate::text::{Finding, Place, Severity};

/// The parent's own report, with which the sums are compared.
pub struct ParentReport {
    /// Its data file.
    pub path: PathBuf,
    /// What is compared.
    pub member: Member,
}

/// What is kept of the data file at `path` for a roll-up.
pub fn rollup_file(path: &Path, outcome: &Outcome<Checked>) -> File {
    let report = match &outcome.result {
        Ok(Some(report)) => Ok(report),
        // The name helps to say who is missing; a file that can't be read has none.
        Ok(None) => Err(previous::organ_and_year(path).map(|(organ, _)| organ)),
        Err(_) => Err(None),
    };
    File::of(path.display().to_string(), report, &outcome.findings)
}

/// Adds up the data files that agree. Out come the sums, where anything could be added and no sum is
/// too large, and what is wrong between the files.
pub fn roll_up(
    files: impl IntoIterator<Item = (PathBuf, File)>,
    terms: &Terms,
    parent: Option<&ParentReport>,
    checker: &Checker<'_>,
) -> (Option<Rollup>, Vec<Finding>) {
    let (mut collector, mut paths) = (Collector::default(), Vec::new());
    for (path, file) in files {
        collector.add(file);
        paths.push(path);
    }
    let (rollup, objections) = collector.finish(terms, parent.map(|parent| &parent.member));
    let findings = objections.into_iter().map(|objection| {
        let Objection {
            whereabouts,
            mut finding,
        } = objection;
        let path = match whereabouts {
            Whereabouts::File(number) => paths.get(number).map(PathBuf::as_path),
            Whereabouts::Parent => parent.map(|parent| parent.path.as_path()),
            Whereabouts::Nowhere => None,
        };
        if let Some(path) = path {
            place(path, checker, &mut finding);
        }
        if checker.deny_warnings {
            finding.severity = Severity::Error;
        }
        finding
    });
    (rollup, findings.collect())
}

/// Gives a finding the places of the values that it and its relations name. The file is read again:
/// to keep all sources would cost more than the few that are asked for.
fn place(path: &Path, checker: &Checker<'_>, finding: &mut Finding) {
    // Standard input can't be read again.
    let Ok(report) = checker.open(path) else {
        return;
    };
    let raw = data::read(&report.source);
    let of = |key: Option<&str>| -> Option<Place> {
        match key? {
            "organ.name" => Some(report.organ.place.clone()),
            key @ ("year" | "form" | "scope") => {
                let entry = raw.root.get(key)?;
                Some(Place::new(&report.source, entry.node.span.clone()))
            }
            key => {
                let FigureId(number) = report.form.figure(key)?;
                let figure = report.figures.get(number)?;
                Some(figure.given.as_ref()?.place.clone())
            }
        }
    };
    finding.place = of(finding.key.as_deref()).or_else(|| Some(report.year_place.clone()));
    for related in &mut finding.related {
        related.place = of(related.key.as_deref());
    }
}
