//! Many data files into one roll-up.

use std::path::{Path, PathBuf};

use super::{Desk, Outcome, Stop, previous};
use crate::check::Checked;
use crate::data;
use crate::finding::{Finding, Severity};
use crate::form::FigureId;
use crate::rollup::{Collector, File, Member, Objection, Rollup, Terms, Whereabouts};
use crate::source::Place;

/// A roll-up in the making: data files go in one at a time.
#[derive(Default)]
pub struct Pile {
    collector: Collector,
    paths: Vec<PathBuf>,
}

/// The parent's own report, with which the sums are compared.
pub struct ParentReport {
    /// Its data file.
    pub path: PathBuf,
    /// What is compared.
    pub member: Member,
}

/// What became of the data files together.
pub struct Piled {
    /// The sums; none where nothing could be added, or a sum is too large.
    pub rollup: Option<Rollup>,
    /// What is wrong between the files.
    pub findings: Vec<Finding>,
}

/// Reads and checks the data file at `path`. No fonts are asked whether they can print it.
pub fn read_report(path: &Path, desk: &Desk<'_>) -> Outcome<Checked> {
    desk.read(path, |_| Ok(None))
}

/// What is kept of the data file at `path` for a roll-up.
pub fn kept(path: &Path, outcome: &Outcome<Checked>) -> File {
    let report = match &outcome.result {
        Ok(report) => Ok(report),
        // The name helps to say who is missing; a file that can't be read has none.
        Err(Stop::Findings) => Err(previous::whose(path).map(|(organ, _)| organ)),
        Err(Stop::Fault(_)) => Err(None),
    };
    File::of(path.display().to_string(), report, &outcome.findings)
}

impl Pile {
    /// Takes what was kept of the data file at `path`.
    pub fn add(&mut self, path: &Path, file: File) {
        self.collector.add(file);
        self.paths.push(path.to_owned());
    }

    /// Adds up what agrees.
    pub fn finish(self, terms: &Terms, parent: Option<&ParentReport>, desk: &Desk<'_>) -> Piled {
        let Self { collector, paths } = self;
        let outcome = collector.finish(terms, parent.map(|parent| &parent.member));
        let findings = outcome.objections.into_iter().map(|objection| {
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
                place(path, desk, &mut finding);
            }
            if desk.deny_warnings {
                finding.severity = Severity::Error;
            }
            finding
        });
        Piled {
            findings: findings.collect(),
            rollup: outcome.rollup,
        }
    }
}

/// Gives a finding the places of the values that it and its relations name. The file is read again:
/// to keep all sources would cost more than the few that are asked for.
fn place(path: &Path, desk: &Desk<'_>, finding: &mut Finding) {
    // Standard input can't be read again.
    let Ok(reading) = desk.open(path) else {
        return;
    };
    let Some(report) = reading.report else {
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
