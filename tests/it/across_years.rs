//! The rules across years, on a real body's reports on 2023, 2024 and 2025.

use crate::common::{found, project_file, report, shown};
use nianbao::report::Report;
use nianbao::text::{Finding, Findings};

fn year(number: &str) -> String {
    project_file(&format!("tests/data/reports/{number}.toml"))
}

fn across(previous: &Report, text: &str) -> Findings {
    found(report(text).check(Some(previous), |_| true))
}

/// Findings of the rules that look back a year.
fn looking_back(findings: &[Finding]) -> Vec<&Finding> {
    let codes = ["carried-over", "in-force", "in-force-low", "previous-items"];
    findings
        .iter()
        .filter(|f| codes.contains(&f.code.as_str()))
        .collect()
}

#[test]
fn real_reports_of_three_years_agree() {
    let findings = across(&report(&year("05")), &year("06"));
    assert_eq!(shown(&findings), "");
    // Of 2025 only a part was published: what was carried in is not in it, so that the figures
    // of 2024 stand in for it here. What is in force was published.
    let carried = report(&year("06"));
    let row: Vec<String> = [
        "natural_person",
        "business",
        "research",
        "social",
        "legal",
        "other",
    ]
    .iter()
    .map(|who| {
        let id = carried
            .form
            .figure(&format!("requests.carried_over.{who}"))
            .unwrap();
        carried.figure(id).value.to_string()
    })
    .collect();
    let of_2025 = year("22").replace(
        "carried_in = [0, 0, 0, 0, 0, 0]",
        &format!("carried_in = [{}]", row.join(", ")),
    );
    assert_ne!(of_2025, year("22"));
    let findings = across(&carried, &of_2025);
    assert_eq!(looking_back(&findings), Vec::<&Finding>::new());
}

#[test]
fn a_figure_that_does_not_follow_from_last_year_s_is_doubted() {
    let previous = report(&year("05"));
    let text = year("06");
    let changed = text.replacen("in_force = 12 }", "in_force = 13 }", 1);
    assert_ne!(changed, text);
    let findings = across(&previous, &changed);
    insta::assert_snapshot!(shown(&findings));
}

#[test]
fn a_figure_that_grew_tenfold_is_doubted() {
    let previous = report(&year("05"));
    let text = year("06");
    let id = previous
        .form
        .figure("disclosure.penalty.decisions")
        .unwrap();
    let now = report(&text)
        .figure(id)
        .given
        .as_ref()
        .unwrap()
        .place
        .span
        .clone();
    let tenfold = format!("{}0{}", &text[..now.end], &text[now.end..]);
    let findings = across(&previous, &tenfold);
    let codes: Vec<&str> = findings.iter().map(|f| f.code.as_str()).collect();
    assert_eq!(codes, ["jump"]);
    assert_eq!(findings[0].related.len(), 1);
}

#[test]
fn what_a_rule_takes_away_is_shown_with_its_sign_where_it_is_nothing() {
    let previous = report(&project_file("samples/broken/previous/in-force.toml"));
    let text = project_file("samples/broken/in-force.toml");
    let nothing = text.replacen(
        "repealed = 2, in_force = 15",
        "repealed = 0, in_force = 15",
        1,
    );
    assert_ne!(nothing, text);
    let findings = across(&previous, &nothing);
    let [finding] = &*findings else {
        panic!("{}", shown(&findings));
    };
    assert_eq!(finding.code.as_str(), "in-force");
    let sum = "15 ≠ 13 + 3 - 0 = 16";
    assert!(finding.message.zh.contains(sum), "{}", finding.message.zh);
    assert!(finding.message.en.contains(sum), "{}", finding.message.en);
}
