//! What is not filled in yet: `""` in a data file, an empty cell in a workbook.

use nianbao::document;
use nianbao::form::{Forms, Script, for_year};
use nianbao::intake;
use nianbao::text::{Code, Findings, Lang};
use nianbao::xlsx;

use crate::common::calc::rewritten;
use crate::common::{findings, project_file, report};

/// The sample with some rows written anew: each a key, up to the `=`, and what it is to say.
fn sample(rows: &[(&str, &str)]) -> String {
    let text = project_file("samples/qingshi-2024.toml");
    let lines = text.lines().map(|line| {
        let key = line.split('=').next().unwrap_or_default().trim();
        let row = rows.iter().find(|(row, _)| *row == key);
        row.map_or(line.to_owned(), |(key, says)| format!("{key} = {says}"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn said(findings: &Findings) -> Vec<String> {
    let said = findings.iter().filter(|it| it.is_error()).map(|it| {
        assert_eq!(it.code, Code::MissingKey, "{findings}");
        let remedy = it.remedy.as_ref().unwrap().get(Lang::Zh);
        assert!(remedy.contains("没有的写 0"), "{remedy}");
        it.message.get(Lang::Zh).to_owned()
    });
    said.collect()
}

const EMPTY: &str = r#"["", "", "", "", "", ""]"#;
const ALMOST: &str = r#"[0, 0, 0, 0, 0, " "]"#;

#[test]
fn empty_quotation_marks_are_a_figure_that_is_not_filled_in() {
    let row = |says| sample(&[("carried_in", says)]);
    assert_eq!(
        said(&findings(&row(ALMOST))),
        ["“二、上年结转政府信息公开申请数量”的“法人或其他组织 其他”还没有填"]
    );
    assert_eq!(
        said(&findings(&row(EMPTY))),
        ["“二、上年结转政府信息公开申请数量”一行还没有填"]
    );
    assert_eq!(
        said(&findings(&row(
            r#"[{ value = "", note = "待核" }, 0, "", 0, 0, 0]"#
        ))),
        ["“二、上年结转政府信息公开申请数量”的“自然人”等 2 格还没有填"]
    );
}

#[test]
fn of_many_rows_and_of_a_whole_table_one_finding_tells() {
    let rows = [
        "new",
        "carried_in",
        "granted",
        "state_secret",
        "not_held",
        "third_party_rights",
        "prohibited_by_law",
    ];
    let rows: Vec<(&str, &str)> = rows.iter().map(|row| (*row, ALMOST)).collect();
    let told = said(&findings(&sample(&rows)));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("还有 7 格没有填，第一格是"), "{told:?}");

    let text = project_file("samples/qingshi-2024.toml");
    let (above, tables) = text.split_once("[requests]").unwrap();
    let (requests, below) = tables.split_once("[review]").unwrap();
    let requests: Vec<String> = requests
        .lines()
        .map(|line| match line.split_once('[') {
            Some((key, _)) if key.contains('=') => format!("{key}{EMPTY}"),
            _ => line.to_owned(),
        })
        .collect();
    let text = format!("{above}[requests]{}\n[review]{below}", requests.join("\n"));
    assert_eq!(
        said(&findings(&text)),
        ["三、收到和处理政府信息公开申请情况：整张表还没有填"]
    );
}

#[test]
fn a_sum_that_is_not_filled_in_is_worked_out() {
    let row = sample(&[("carried_in", r#"[1, 0, 0, 0, 0, 1, ""]"#)]);
    let report = report(&row);
    let id = report.form.figure("requests.carried_in.total").unwrap();
    assert_eq!(report.figure(id).value.to_string(), "2");
}

/// The blank workbook with these cells of sheets typed: number of the sheet's file, cell, what stands in it.
fn typed(cells: &[(&str, &str, &str)]) -> Vec<u8> {
    let forms = Forms::builtin().unwrap();
    let form = for_year(&forms, 2024).unwrap();
    let blank = document::blank(form, 2024, Script::Hans, Some("青石县教育局"));
    let bytes = xlsx::write_blank(&blank).unwrap();
    let mut left = cells.to_vec();
    let bytes = rewritten(&bytes, |_, mut xml| {
        left.retain(|(sheet, cell, value)| {
            let start = xml.find(&format!("<c r=\"{cell}\""));
            let Some(start) = start.filter(|_| xml.contains(sheet)) else {
                return true;
            };
            let end = start + xml[start..].find("/>").unwrap();
            xml.replace_range(end..end + 2, value);
            false
        });
        xml
    });
    assert!(left.is_empty(), "{left:?}");
    bytes
}

/// What only the sheet of table three says in its validations.
const REQUESTS: &str = "二、上年结转政府信息公开申请数量";

#[test]
fn a_half_filled_workbook_becomes_a_data_file_to_go_on_with() {
    let forms = Forms::builtin().unwrap();
    let some = [
        (REQUESTS, "D4", "><v>12</v></c>"),
        (REQUESTS, "E5", "><v>3</v></c>"),
    ];
    let bytes = typed(&some);
    assert!(intake::data_file("half.xlsx", &bytes, &forms, None).is_err());
    let (text, _) = intake::draft("half.xlsx", &bytes, &forms, None).unwrap();
    for line in [
        r#"name   = "青石县教育局""#,
        r#"new                    = [12, "", "", "", "", ""]"#,
        r#"carried_in             = ["", 3, "", "", "", ""]"#,
        r#"regulations   = { made = "", repealed = "", in_force = "" }"#,
    ] {
        let words = |text: &str| text.split_whitespace().collect::<String>();
        assert!(
            text.lines().any(|it| words(it).starts_with(&words(line))),
            "{line}\n{text}"
        );
    }
    // The rest is told as not filled in.
    let told = findings(&text);
    assert!(told.iter().all(|it| it.code == Code::MissingKey), "{told}");

    // What is there but can't be read is not taken away from the clerk.
    let text = "  t=\"inlineStr\"><is><t>12件左右</t></is></c>";
    let wrong = typed(&[some[0], (REQUESTS, "E5", text)]);
    let told = intake::draft("half.xlsx", &wrong, &forms, None).unwrap_err();
    assert_eq!(told.iter().count(), 1, "{told}");
}
