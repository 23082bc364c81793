//! PDF/A-2a and PDF/UA-1, judged by `page_validation`. veraPDF has the last word; `.ci/run` asks it.

use crate::common::pages::library;
use crate::common::{document, document_of_form, project_file, set_figures, specimen};
use nianbao::document::Document;
use nianbao::layout::{self, PageStyle};
use nianbao::pdf::{self, PrintStyle};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

/// What `page_validation` 0.9 says of sound files, as veraPDF confirms: it reads the byte 0x0D that
/// ends the data of a stream as part of the end of line behind it (ISO 19005-2, 6.1.7.1).
const FALSE_ALARM: &str = "PDFA2A-STREAM-LENGTH-001";

/// The faults that are told of a document's PDF.
fn faults(document: &Document) -> Vec<String> {
    let library = library();
    let faces = library.faces(document.script).unwrap();
    let pages = layout::lay_out(document, &faces, &PageStyle::default());
    let bytes = pdf::write(&pages, document, &faces, &PrintStyle::default()).unwrap();
    let mut found = Vec::new();
    for profile in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
        let options = ValidationOptions::default().profile(profile);
        let report = validate_pdf_bytes(&bytes, &options).unwrap();
        assert!(report.rules.total > 100 && report.rules.total > report.failures.len());
        let serious = report
            .failures
            .iter()
            .filter(|fault| fault.rule_id != FALSE_ALARM);
        found.extend(serious.map(|fault| format!("{} {}", fault.rule_id, fault.message)));
    }
    found
}

fn assert_conforms(name: &str, document: &Document) {
    let faults = faults(document);
    assert!(faults.is_empty(), "{name}: {faults:#?}");
}

#[test]
fn every_sample_conforms() {
    for sample in ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"] {
        assert_conforms(sample, &document(&project_file(sample)));
    }
    let form = project_file("samples/forms/tongjibiao-2014.toml");
    let text = project_file("samples/forms/shuangxi-2017.toml");
    assert_conforms("tongjibiao-2014", &document_of_form(&form, &text));
}

#[test]
fn reports_with_real_figures_conform_in_both_scripts() {
    for number in ["01", "02", "05", "06"] {
        let text = project_file(&format!("tests/data/reports/{number}.toml"));
        for script in ["hans", "hant"] {
            let text = text.replacen("year =", &format!("script = \"{script}\"\nyear ="), 1);
            assert_conforms(&format!("{number} {script}"), &document(&text));
        }
    }
}

#[test]
fn a_report_with_a_seal_conforms() {
    assert_conforms(
        "seal",
        &specimen::sealed(document(&project_file("samples/qingshi-2024.toml"))),
    );
}

/// Table three is divided among pages when its figures need more room than one page has.
#[test]
fn a_report_with_figures_of_nine_digits_conforms() {
    let mut document = document(&project_file("samples/qingshi-2024.toml"));
    set_figures(&mut document, 987_654_321.into());
    assert_conforms("nine digits", &document);
}

/// The check can fail: a document without a title has none to show.
#[test]
fn a_fault_is_told() {
    let mut document = document(&project_file("samples/qingshi-2024.toml"));
    document.title.organ.clear();
    document.title.subject.clear();
    assert!(!faults(&document).is_empty());
}
