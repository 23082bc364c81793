//! Any bytes as a form file.

use std::sync::Arc;

use nianbao::finding::{self, Code};
use nianbao::form::{self, Form, Script};
use nianbao::source::Source;
use nianbao::{data, document, intake, report, xlsx};

use super::{data_file, presentable};

/// The bytes are a form, or there are errors that say why not. A form gives a data file to fill
/// in, a schema and a blank workbook; the data file, filled in, is read without a word, and what
/// comes out of its workbook is the same report.
pub fn holds(bytes: &[u8]) {
    let Ok(source) = Source::from_bytes("form.toml", bytes.to_vec()) else {
        return;
    };
    match form::load(&Arc::new(source)) {
        Err(findings) => {
            assert!(finding::any_error(&findings));
            assert!(
                findings
                    .iter()
                    .all(|finding| finding.code == Code::FormFile)
            );
            presentable(&findings);
        }
        Ok(form) => serves(&Arc::new(form)),
    }
}

fn serves(form: &Arc<Form>) {
    let forms = [Arc::clone(form)];
    assert!(form::schema(form).is_object());
    let year = form.years.0;
    let text =
        form::data_file::blank(form, year, Some("某局")).replace("\"\"\"\n\"\"\"", "\"无。\"");
    let source = Arc::new(Source::new("new.toml", text.as_str()));
    let reading = report::read(&data::read(&source), &forms, None);
    assert!(
        reading.findings.is_empty(),
        "{:?}\n{text}",
        reading.findings
    );
    data_file::checked(reading.report.unwrap(), &forms);

    for script in [Script::Hans, Script::Hant] {
        let blank = document::blank(form, year, script, None);
        let bytes = xlsx::write_blank(&blank).unwrap();
        let reading = intake::read("blank.xlsx", &bytes, &forms).report(&forms, None);
        presentable(&reading.findings);
        assert!(finding::any_error(&reading.findings));
    }
}
