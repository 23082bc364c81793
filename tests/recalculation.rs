//! LibreOffice works out every formula anew: the results are those that the workbook came with.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::sync::Arc;

use common::calc::{cells, convert, forgetful, same};
use common::{calc, project_file, read};
use nianbao::form::load;
use nianbao::report::Report;
use nianbao::source::Source;
use nianbao::{check, data, document, report, xlsx};

fn workbook(report: Report, previous: Option<&Report>) -> Vec<u8> {
    let checking = check::check(report, previous, |_| true);
    xlsx::write(&document::build(&checking.checked.unwrap())).unwrap()
}

fn built_in(path: &str) -> Report {
    read(&project_file(path)).report.unwrap()
}

/// A report against a form of the user's own.
fn own_form() -> Report {
    let source = Source::new(
        "form.toml",
        project_file("samples/forms/tongjibiao-2014.toml"),
    );
    let form = Arc::new(load(&Arc::new(source)).unwrap());
    let source = Source::new(
        "data.toml",
        project_file("samples/forms/shuangxi-2017.toml"),
    );
    let reading = report::read(&data::read(&Arc::new(source)), &[form], None);
    reading.report.unwrap()
}

#[test]
fn libreoffice_works_out_the_results_that_the_workbooks_have() {
    if !calc::installed() {
        return;
    }
    let year = |number: &str| built_in(&format!("tests/data/reports/{number}.toml"));
    let workbooks = [
        ("2019", workbook(built_in("samples/liubei-2019.toml"), None)),
        (
            "2021",
            workbook(built_in("samples/qingshi-2024.toml"), None),
        ),
        ("years", workbook(year("06"), Some(&year("05")))),
        // It breaks a rule that only warns.
        (
            "broken",
            workbook(
                built_in("samples/broken/in-force.toml"),
                Some(&built_in("samples/broken/previous/in-force.toml")),
            ),
        ),
        ("own", workbook(own_form(), None)),
    ];
    let folder = tempfile::tempdir().unwrap();
    convert(
        folder.path(),
        workbooks
            .iter()
            .map(|(name, bytes)| (*name, forgetful(bytes))),
    );
    for (name, bytes) in &workbooks {
        let again = folder.path().join("again").join(format!("{name}.xlsx"));
        let (expected, formulas) = cells(bytes);
        let (found, _) = cells(&std::fs::read(again).unwrap());
        assert!(formulas.len() > 40, "{name}: {}", formulas.len());
        for place in &formulas {
            let (expected, found) = (&expected[place], found.get(place));
            assert!(
                found.is_some_and(|found| same(expected, found)),
                "{name} {place:?}: {expected:?} became {found:?}"
            );
        }
    }
}
