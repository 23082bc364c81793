//! Any bytes as a data file.

use std::sync::Arc;

use nianbao::check::{self, Checked};
use nianbao::form::{Form, Script, builtin};
use nianbao::report::{Reading, Report};
use nianbao::text::{Finding, Source};
use nianbao::{data, document, intake, layout, pdf, report, style, xlsx};

use super::{FACES, covers, presentable, said};

/// The bytes are a report, or there is an error that says why not, and the same each time. A sound
/// report is printed, and comes back from its workbook as it was.
pub fn holds(bytes: &[u8]) {
    let forms = builtin().unwrap();
    let reading = read(bytes, forms);
    presentable(&reading.findings);
    assert_eq!(reading.findings, read(bytes, forms).findings);
    let sound = !nianbao::text::any_error(&reading.findings);
    assert_eq!(reading.report.is_some(), sound, "{:?}", reading.findings);
    if let Some(report) = reading.report
        && let Some(checked) = checked(report, forms)
    {
        // A PDF takes as long as everything else by ten.
        let sum = bytes
            .iter()
            .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
        if sum.is_multiple_of(16) && checked.script == Script::Hans {
            printed(&checked);
        }
    }
}

fn read(bytes: &[u8], forms: &[Arc<Form>]) -> Reading {
    match Source::from_bytes("data.toml", bytes.to_vec()) {
        Ok(source) => report::read(&data::read(&Arc::new(source)), forms, None),
        Err(finding) => Reading {
            report: None,
            findings: vec![*finding],
        },
    }
}

/// The checked report, where it is one; its workbook then says the same.
pub(super) fn checked(report: Report, forms: &[Arc<Form>]) -> Option<Checked> {
    // Last year's is as good as any: this one.
    let previous = report.clone();
    let checking = check::check(report, Some(&previous), covers);
    presentable(&checking.findings);
    let errors = nianbao::text::any_error(&checking.findings);
    assert_eq!(checking.checked.is_some(), !errors);
    let checked = checking.checked?;
    let bytes = xlsx::write(&document::build(&checked)).unwrap();
    let again = intake::read("out.xlsx", &bytes, forms).report(forms, None);
    let told: Vec<Finding> = again.findings;
    assert!(!nianbao::text::any_error(&told), "{told:?}");
    assert_eq!(said(&again.report.unwrap()), said(&checked));
    Some(checked)
}

fn printed(checked: &Checked) {
    let document = document::build(checked);
    let style = style::Style::default();
    FACES.with(|faces| {
        let pages = layout::lay_out(&document, faces, &style.page);
        assert!(pages.count() > 0);
        let bytes = pdf::write(&pages, &document, faces, &style.print).unwrap();
        assert!(bytes.starts_with(b"%PDF"));
    });
}
