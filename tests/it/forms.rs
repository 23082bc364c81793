//! The built-in forms against the official tables, cell for cell.

use nianbao::form::{Content, Forms, Kind, Role, Script};
use serde_json::Value;

fn official(id: &str) -> Value {
    let path = format!("{}/tests/data/forms/{id}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// One line a cell, the same for the form file and for the official table.
fn official_cells(table: &Value) -> Vec<String> {
    let mut cells: Vec<(u64, u64, String)> = table["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            let n = |k: &str| c[k].as_u64().unwrap();
            let what = match c["key"].as_str() {
                Some(key) => format!("{key} {} {}", c["kind"].as_str().unwrap(), c["derived"]),
                None => format!(
                    "{} {}",
                    c["role"].as_str().unwrap(),
                    c["text"].as_str().unwrap()
                ),
            };
            (
                n("r"),
                n("c"),
                format!("{},{} {}x{} {what}", n("r"), n("c"), n("rs"), n("cs")),
            )
        })
        .collect();
    cells.sort();
    cells.into_iter().map(|(_, _, line)| line).collect()
}

#[test]
fn built_in_forms_are_the_official_tables_cell_for_cell() {
    for form in Forms::builtin().unwrap().iter() {
        let official = official(&form.id);
        assert_eq!(
            form.issued_by.text(Script::Hans),
            official["issued_by"].as_str().unwrap()
        );
        assert_eq!(
            i64::from(form.years.0),
            official["years"][0].as_i64().unwrap()
        );
        assert_eq!(form.years.1.map(i64::from), official["years"][1].as_i64());
        let headings: Vec<&str> = form
            .sections
            .iter()
            .map(|s| s.heading.text(Script::Hans))
            .collect();
        let expected: Vec<&str> = official["sections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s.as_str().unwrap())
            .collect();
        assert_eq!(headings, expected);

        let mut figures = 0;
        for (table, official) in form
            .tables
            .iter()
            .zip(official["tables"].as_array().unwrap())
        {
            assert_eq!(
                table.header_rows as u64,
                official["header_rows"].as_u64().unwrap()
            );
            let cells: Vec<String> = table
                .cells
                .iter()
                .map(|cell| {
                    let what = match &cell.content {
                        Content::Wording(role, wording) => {
                            let role = match role {
                                Role::Band => "band",
                                Role::Head => "header",
                                Role::Label => "label",
                                Role::Note => "note",
                            };
                            format!("{role} {}", wording.text(Script::Hans))
                        }
                        Content::Figure(id) => {
                            figures += 1;
                            let spec = form.spec(*id);
                            let kind = match spec.kind {
                                Kind::Count => "count",
                                Kind::Signed => "signed",
                                Kind::Amount => "amount",
                                Kind::Money => "money",
                            };
                            format!("{} {kind} {}", spec.key, spec.derived)
                        }
                    };
                    format!(
                        "{},{} {}x{} {what}",
                        cell.row, cell.column, cell.row_span, cell.column_span
                    )
                })
                .collect();
            assert_eq!(cells, official_cells(official), "{} {}", form.id, table.id);
        }
        assert_eq!(figures, if form.id == "2019" { 198 } else { 200 });
    }
}

/// The traditional wording is one character for one character, so both scripts break alike.
#[test]
fn both_scripts_have_the_same_length_and_breaks() {
    for form in Forms::builtin().unwrap().iter() {
        for table in &form.tables {
            for cell in &table.cells {
                if let Content::Wording(_, wording) = &cell.content {
                    let (hans, hant) = (wording.phrase(Script::Hans), wording.phrase(Script::Hant));
                    assert_eq!(hans.text.chars().count(), hant.text.chars().count());
                    assert_eq!(hans.breaks, hant.breaks, "{}", hans.text);
                }
            }
        }
    }
}

#[test]
fn a_figure_is_called_by_its_official_row_and_column() {
    let forms = Forms::builtin().unwrap();
    let name = |form: usize, key: &str| {
        let form = &forms[form];
        form.figure_name(form.figure(key).unwrap(), Script::Hans)
    };
    assert_eq!(
        name(1, "requests.denied.state_secret.business"),
        (
            "三、本年度办理结果 （三）不予公开 1.属于国家秘密",
            "法人或其他组织 商业企业"
        )
    );
    assert_eq!(
        name(0, "disclosure.fees.amount"),
        ("行政事业性收费", "本年收费金额（单位：万元）")
    );
}
