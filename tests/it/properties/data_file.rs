//! Any bytes as a data file.

use std::sync::Arc;

use nianbao::check::Checked;
use nianbao::document::Document;
use nianbao::form::{Form, Forms, Script};
use nianbao::report::Report;
use nianbao::text::{Findings, Source};
use nianbao::{intake, layout, pdf, style, xlsx};

use super::{FACES, covers, presentable, said};

/// The bytes are a report, or there is an error that says why not, and the same each time. A sound
/// report is printed, and comes back from its workbook as it was.
pub fn holds(bytes: &[u8]) {
    let forms = Forms::builtin().unwrap();
    let report = match read(bytes, &forms) {
        Ok(report) => report,
        Err(findings) => {
            presentable(&findings);
            assert!(findings.any_error(), "{findings}");
            assert_eq!(Some(findings), read(bytes, &forms).err());
            return;
        }
    };
    if let Some(checked) = checked(report, &forms) {
        // A PDF takes as long as everything else by ten.
        let sum = bytes
            .iter()
            .fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
        if sum.is_multiple_of(16) && checked.script == Script::Hans {
            printed(&checked);
        }
    }
}

fn read(bytes: &[u8], forms: &[Arc<Form>]) -> Result<Report, Findings> {
    Report::read(Source::from_bytes("data.toml", bytes.to_vec())?, forms)
}

/// The checked report, where it is one; its workbook then says the same.
pub(super) fn checked(report: Report, forms: &[Arc<Form>]) -> Option<Checked> {
    // Last year's is as good as any: this one.
    let previous = report.clone();
    let checked = match report.check(Some(&previous), covers) {
        Ok(checked) => checked,
        Err(findings) => {
            presentable(&findings);
            assert!(findings.any_error(), "{findings}");
            return None;
        }
    };
    presentable(checked.warnings());
    assert!(!checked.warnings().any_error());
    let bytes = xlsx::write(&Document::of(&checked)).unwrap();
    let again = intake::report("out.xlsx", &bytes, forms, None).unwrap();
    assert_eq!(said(&again), said(&checked));
    Some(checked)
}

fn printed(checked: &Checked) {
    let document = Document::of(checked);
    let style = style::Style::default();
    FACES.with(|faces| {
        let pages = layout::lay_out(&document, faces, &style.page);
        assert!(pages.count() > 0);
        let bytes = pdf::write(&pages, &document, faces, &style.print).unwrap();
        assert!(bytes.starts_with(b"%PDF"));
    });
}
