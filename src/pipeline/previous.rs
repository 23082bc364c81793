//! The report on the year before, for the rules across years.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Checker;
use crate::data::{self, Value};
use crate::intake;
use crate::report::Report;
use crate::text::character::same_name;
use crate::text::{Code, Failure, Finding, Findings, Message, ReadError, Source};

/// Where last year's reports are.
#[derive(Debug, Default)]
pub enum Previous {
    /// Nowhere: the rules across years are not asked.
    #[default]
    None,
    /// One file, for every report of the run.
    File(PathBuf),
    /// Many files, by the name of the body, as names are compared, and the year reported on.
    Index(HashMap<(String, i32), PathBuf>),
}

/// What was found of a body's report on the year before.
pub(super) enum Found {
    /// Not asked for.
    NotAsked,
    /// Nothing, and what to tell the user.
    Nothing(Message),
    /// The report.
    Report(Box<Report>),
    /// A report that can't be used, and why.
    Unusable(Findings),
}

impl Previous {
    /// Looks through data files for whose reports they are. One that can't be read stands for
    /// none: it is a fault of last year's, not of the report at hand.
    pub fn index(paths: &[PathBuf]) -> Self {
        let found = paths.iter().filter_map(|path| {
            let (organ, year) = organ_and_year(path)?;
            Some(((same_name(&organ), year), path.clone()))
        });
        Self::Index(found.collect())
    }

    /// The report on the year before that of `report`.
    pub(super) fn find(&self, report: &Report, checker: &Checker<'_>) -> Result<Found, Failure> {
        let year = report.year - 1;
        let organ = &report.organ.text;
        let path: &Path = match self {
            Self::None => return Ok(Found::NotAsked),
            Self::File(path) => path,
            Self::Index(index) => match index.get(&(same_name(organ), year)) {
                Some(path) => path,
                None => {
                    return Ok(Found::Nothing(Message::new(
                        format!("没有找到{organ} {year} 年的数据文件，未做跨年核对"),
                        format!("no data file of {organ} on {year}: not checked across years"),
                    )));
                }
            },
        };
        let previous = match checker.open(path) {
            Ok(previous) => previous,
            Err(ReadError::Failure(failure)) => return Err(failure),
            Err(ReadError::Findings(found)) => return Ok(Found::Unusable(found)),
        };
        if previous.year != year {
            let finding = Finding::new(
                Code::BadReference,
                Message::new(
                    format!(
                        "--previous 给的是 {} 年的数据，应是 {year} 年的",
                        previous.year
                    ),
                    format!(
                        "--previous names data on {}, it should be on {year}",
                        previous.year
                    ),
                ),
            )
            .at(report.year_place.clone())
            .key("year")
            .expected(year, previous.year)
            .remedy(Message::new(
                format!("换成 {year} 年的数据文件，或核对本文件的 year"),
                format!("name the data file on {year}, or check this file's year"),
            ));
            return Ok(Found::Unusable(finding.into()));
        }
        Ok(Found::Report(Box::new(previous)))
    }
}

/// The body that a data file names and the year that it reports on, whatever else is wrong with it.
pub fn organ_and_year(path: &Path) -> Option<(String, i32)> {
    let bytes = crate::text::read_bytes(path).ok()?;
    if intake::is_workbook(path, &bytes) {
        return intake::organ_and_year(&bytes);
    }
    let source = Source::from_bytes(path.display().to_string(), bytes).ok()?;
    let raw = data::read(&Arc::new(source));
    let Value::Number(year) = &raw.root.get("year")?.node.value else {
        return None;
    };
    let Value::Text(name) = &raw.root.get("organ")?.node.get("name")?.node.value else {
        return None;
    };
    Some((name.trim().to_owned(), year.parse().ok()?))
}
