//! LibreOffice works out every formula anew: the results are those that the workbook came with.

use std::sync::Arc;

use crate::common::calc::{cells, convert, forgetful, same};
use crate::common::units::unit;
use crate::common::{calc, checked, project_file, report};
use nianbao::document::Document;
use nianbao::form::Form;
use nianbao::report::Report;
use nianbao::rollup::{Collector, File, Member, Terms};
use nianbao::text::Source;
use nianbao::xlsx;

fn workbook(report: Report, previous: Option<&Report>) -> Vec<u8> {
    let checked = report.check(previous, |_| true).unwrap();
    xlsx::write(&Document::of(&checked)).unwrap()
}

fn built_in(path: &str) -> Report {
    report(&project_file(path))
}

/// A report against a form of the user's own.
fn own_form() -> Report {
    let source = Source::new(
        "form.toml",
        project_file("samples/forms/tongjibiao-2014.toml"),
    );
    let form = Arc::new(Form::read(source).unwrap());
    let source = Source::new(
        "data.toml",
        project_file("samples/forms/shuangxi-2017.toml"),
    );
    Report::read(source, &[form]).unwrap()
}

/// Units of which one gives money in another unit, and the parent's own report.
fn rolled_up() -> Vec<u8> {
    let mut collector = Collector::default();
    for number in 1..6 {
        let mut text = unit(number, &format!("{number}号县")).text;
        if number == 3 {
            let at = text.find("amount = ").unwrap() + "amount = ".len();
            let end = at + text[at..].find(' ').unwrap();
            text.replace_range(at..end, "{ value = 1234567.89, unit = \"元\" }");
        }
        let checked = checked(report(&text));
        let name = format!("{number}.toml");
        collector.add(File::of(name, Ok(&checked), checked.warnings()));
    }
    let parent = Member::of(&checked(report(&unit(9, "某市").text)));
    let (rollup, _) = collector.finish(&Terms::default(), Some(&parent));
    xlsx::write_rollup(&rollup.unwrap()).unwrap()
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
        ("rollup", rolled_up()),
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
