//! The rules on real figures: one slip anywhere is found, and what is right is left alone.

use crate::common::{found, project_file, report, shown};
use nianbao::form::FigureId;
use nianbao::text::{Finding, Findings, Severity};
use rust_decimal::Decimal;

fn check_alone(text: &str) -> Findings {
    found(report(text).check(None, |_| true))
}

/// The text with the number at each place of a figure changed.
fn changed(text: &str, span: std::ops::Range<usize>, value: Decimal) -> String {
    format!("{}{value}{}", &text[..span.start], &text[span.end..])
}

/// Row or column of a finding's key, or of one that it names beside it.
fn names_it(finding: &Finding, key: &str) -> bool {
    let (row, column) = key.rsplit_once('.').unwrap();
    let keys = finding
        .key
        .iter()
        .chain(finding.related.iter().filter_map(|r| r.key.as_ref()));
    keys.into_iter().any(|other| {
        let (other_row, other_column) = other.rsplit_once('.').unwrap();
        other_row == row || other_column == column
    })
}

#[test]
fn any_figure_of_tables_three_and_four_that_is_off_by_one_is_found() {
    let text = project_file("tests/data/reports/05-printed-totals.toml");
    let sound = report(&text);
    assert_eq!(shown(&check_alone(&text)), "");
    let mut tried = 0;
    for (index, spec) in sound.form.figures.iter().enumerate() {
        let figure = sound.figure(FigureId(index));
        let Some(given) = figure
            .given
            .as_ref()
            .filter(|_| !spec.key.starts_with("disclosure"))
        else {
            continue;
        };
        let by_one = changed(&text, given.place.span.clone(), given.value + Decimal::ONE);
        let findings = check_alone(&by_one);
        assert!(
            findings
                .iter()
                .any(|f| f.severity == Severity::Error && names_it(f, &spec.key)),
            "{} + 1 is not found:\n{}",
            spec.key,
            shown(&findings)
        );
        tried += 1;
    }
    assert!(tried >= 185, "only {tried} figures tried");
}

#[test]
fn a_wrong_total_is_told_with_row_column_and_both_numbers() {
    let text = project_file("tests/data/reports/05-printed-totals.toml");
    let sound = report(&text);
    let id = sound.form.figure("requests.granted.total").unwrap();
    let span = sound.figure(id).given.as_ref().unwrap().place.span.clone();
    let wrong = changed(&text, span, Decimal::from(1190));
    insta::assert_snapshot!(shown(&check_alone(&wrong)));
}

#[test]
fn what_came_in_must_be_handled_or_carried_over() {
    let text = project_file("samples/qingshi-2024.toml");
    let wrong = text.replace(
        "carried_over           = [   1,",
        "carried_over           = [   4,",
    );
    assert_ne!(text, wrong);
    let findings = check_alone(&wrong);
    let codes: Vec<&str> = findings.iter().map(|f| f.code.as_str()).collect();
    assert!(codes.contains(&"received-equals-handled"), "{codes:?}");
    let finding = findings
        .iter()
        .find(|f| f.code.as_str() == "received-equals-handled")
        .unwrap();
    // All four cells of the column are shown.
    assert_eq!(finding.related.len(), 3);
    insta::assert_snapshot!(shown(&findings));
}
