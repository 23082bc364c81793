//! A form of the user's own: the sample, the example of docs/forms.md, and form files with faults.

use std::io::Cursor;
use std::sync::Arc;

use crate::common::{project_file, shown};
use calamine::{Reader, Xlsx};
use nianbao::check::Checked;
use nianbao::document::{Document, dump::dump};
use nianbao::font::{Library, Search};
use nianbao::form::{Content, Form, Script, data_file};
use nianbao::layout::PageStyle;
use nianbao::pdf::PrintStyle;
use nianbao::report::Report;
use nianbao::text::{Findings, Source};
use nianbao::{layout, pdf, xlsx};

const FORM: &str = "samples/forms/tongjibiao-2014.toml";
const DATA: &str = "samples/forms/shuangxi-2017.toml";

fn form_of(text: &str) -> Result<Form, Findings> {
    Form::read(Source::new("form.toml", text))
}

fn sample_form() -> Arc<Form> {
    let form = form_of(&project_file(FORM));
    Arc::new(form.unwrap_or_else(|findings| panic!("{}", shown(&findings))))
}

/// A data file read and checked against a form.
fn checked(form: &Arc<Form>, text: &str) -> Result<Checked, Findings> {
    let source = Source::new("data.toml", text);
    let checked = Report::read(source, &[Arc::clone(form)])?.check(None, |_| true)?;
    match checked.warnings() {
        none if none.is_empty() => Ok(checked),
        some => Err(some.clone()),
    }
}

fn document_of(form: &Arc<Form>, text: &str) -> Document {
    let checked = checked(form, text);
    Document::of(&checked.unwrap_or_else(|findings| panic!("{}", shown(&findings))))
}

#[test]
fn the_sample_becomes_a_document() {
    let document = document_of(&sample_form(), &project_file(DATA));
    insta::assert_snapshot!(dump(&document));
}

#[test]
fn the_sample_becomes_pages_in_both_scripts() {
    let library = Library::open(&Search::standard(None)).unwrap();
    for script in ["hans", "hant"] {
        let text =
            project_file(DATA).replace("script = \"hans\"", &format!("script = \"{script}\""));
        // Its texts stay simplified, which a report in traditional script is warned of.
        let report = Report::read(Source::new("data.toml", text), &[sample_form()]).unwrap();
        let document = Document::of(&report.check(None, |_| true).unwrap());
        let faces = library.faces(document.script).unwrap();
        let pages = layout::lay_out(&document, &faces, &PageStyle::default());
        assert!(pages.count() > 1, "the table is longer than a page");
        let bytes = pdf::write(&pages, &document, &faces, &PrintStyle::default()).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
    }
}

#[test]
fn the_sample_becomes_a_workbook() {
    let document = document_of(&sample_form(), &project_file(DATA));
    let bytes = xlsx::write(&document).unwrap();
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = workbook.worksheet_range("统计表").unwrap();
    let row = |label: &str| {
        let mut rows = sheet.rows();
        let row = rows.find(|row| row[0].to_string().replace('\n', "") == label);
        row.unwrap_or_else(|| panic!("no row {label}"))[2].to_string()
    };
    assert_eq!(row("（一）收到申请数"), "12");
    assert_eq!(row("4.不同意公开答复数"), "1");
    assert_eq!(row("2.兼职人员数"), "4");
    let formulas = workbook.worksheet_formula("统计表").unwrap();
    let sums = formulas.rows().flatten().filter(|f| !f.is_empty()).count();
    assert_eq!(sums, 7);
}

#[test]
fn a_wrong_sum_is_found_by_its_official_name() {
    let text = project_file(DATA)
        .replace("total     = 12 ", "total     = 13 ")
        .replace(
            "_by_head = 1           # 其中",
            "_by_head = 5           # 其中",
        );
    let findings = checked(&sample_form(), &text).err().unwrap();
    insta::assert_snapshot!(shown(&findings));
}

#[test]
fn a_figure_left_out_is_found_by_its_official_name() {
    let text = project_file(DATA)
        .replace("letter    = 2", "# letter = 2")
        .replace("complaints = 1", "# complaints = 1")
        .replace("held             = 2 ", "hold             = 2 ");
    let findings = checked(&sample_form(), &text).err().unwrap();
    insta::assert_snapshot!(shown(&findings));
}

#[test]
fn its_template_is_sound() {
    let form = sample_form();
    let text = data_file::blank(&form, 2016, Some("双溪县水利局"));
    let (_, figures) = text.split_once("# 附表").unwrap();
    insta::assert_snapshot!(figures);
    let text = text.replace("\"\"\"\n\"\"\"", "\"没有收到申请。\"");
    document_of(&form, &text);
}

/// The traditional wording is one character for one character, so both scripts break alike.
#[test]
fn both_scripts_have_the_same_length_and_breaks() {
    for table in &sample_form().tables {
        for cell in &table.cells {
            if let Content::Wording(_, wording) = &cell.content {
                let (hans, hant) = (wording.phrase(Script::Hans), wording.phrase(Script::Hant));
                assert_eq!(hans.text.chars().count(), hant.text.chars().count());
                assert_eq!(hans.breaks, hant.breaks, "{}", hans.text);
            }
        }
    }
}

/// The form and the figures that docs/forms.md shows, and its English page.
#[test]
fn the_documented_example_is_sound() {
    let pages = ["docs/forms.md", "docs/forms.en.md"].map(project_file);
    let [page, english] = &pages;
    for fence in ["```toml\n", "```text\n"] {
        let blocks = [page, english].map(|page| page.split_once(fence).unwrap().1);
        let [ours, theirs] = blocks.map(|rest| rest.split_once("```").unwrap().0);
        assert_eq!(ours, theirs);
    }
    let block = |fence: &str| {
        let (_, rest) = page.split_once(fence).unwrap();
        rest.split_once("\n```").unwrap().0.to_owned()
    };
    let form = form_of(&block("```toml\n"));
    let form = Arc::new(form.unwrap_or_else(|findings| panic!("{}", shown(&findings))));
    let text = format!(
        "year = 2023\norgan = {{ name = \"某市信访局\" }}\ntext = {{ overview = \"无。\" }}\n{}\n",
        block("```text\n")
    );
    let report = checked(&form, &text);
    let report = report.unwrap_or_else(|findings| panic!("{}", shown(&findings)));
    let total = report.figure(form.figure("letters.received.total").unwrap());
    assert_eq!(total.value.to_string(), "15");
}

/// A small sound form, which each of the forms below breaks in one place.
const SMALL: &str = r#"id = "small"
years = [2020, 2029]
issued_by = "某通知"
title = "{year}年报告"

[[section]]
heading = "一、概述"
text = "overview"

[[section]]
heading = "二、统计"
table = "t"

[[table]]
id = "t"
sheet = "统计"
columns = 3
header_rows = 1
rows = [
  [{ head = "指标", columns = 2 }, { head = "件数" }],
  [{ label = "收到", rows = 2 }, { label = "甲" }, { figure = "a" }],
  [{ label = "乙" }, { figure = "b" }],
  [{ label = "合计", columns = 2 }, { figure = "sum" }],
  [{ label = "办结", columns = 2 }, { figure = "done" }],
]

[[rule]]
code = "sum"
zh = "合计等于甲加乙"
en = "the sum is a + b"
compute = "t.sum = t.a + t.b"

[[rule]]
code = "done"
zh = "办结不多于合计"
en = "no more are done than came in"
check = "t.done <= t.sum"
"#;

/// What is changed in the small form, and into what.
const FAULTS: &[(&str, &str, &str)] = &[
    ("not TOML", "years = [2020, 2029]", "years = [2020, 2029"),
    ("an unknown key", "header_rows = 1", "heading_rows = 1"),
    ("a key that is missing", "columns = 3\n", ""),
    ("a wrong type", "columns = 3\n", "columns = \"3\"\n"),
    ("years in the wrong order", "[2020, 2029]", "[2029, 2020]"),
    ("years that are none", "[2020, 2029]", "[20, 29]"),
    ("three years", "[2020, 2029]", "[2020, 2025, 2029]"),
    (
        "a section with an unknown table",
        "table = \"t\"",
        "table = \"u\"",
    ),
    ("a section with nothing", "text = \"overview\"\n", ""),
    (
        "a section with both",
        "text = \"overview\"\n",
        "text = \"overview\"\ntable = \"t\"\n",
    ),
    (
        "a table in two sections",
        "text = \"overview\"",
        "table = \"t\"",
    ),
    (
        "a table in no section",
        "table = \"t\"",
        "text = \"figures\"",
    ),
    (
        "two texts with one name",
        "table = \"t\"",
        "text = \"overview\"",
    ),
    ("a text called opening", "\"overview\"", "\"opening\""),
    (
        "a table with a reserved name",
        "id = \"t\"",
        "id = \"text\"",
    ),
    (
        "a sheet name that Excel refuses",
        "sheet = \"统计\"",
        "sheet = \"统计/办理\"",
    ),
    (
        "overlapping cells",
        "[{ label = \"乙\" }, { figure = \"b\" }]",
        "[{ label = \"乙\", columns = 2, rows = 2 }]",
    ),
    (
        "cells that run into each other",
        "{ label = \"甲\" }, { figure = \"a\" }",
        "{ label = \"甲\" }, { figure = \"a\", rows = 2 }",
    ),
    (
        "one cell too many",
        "{ figure = \"b\" }]",
        "{ figure = \"b\" }, { figure = \"c\" }]",
    ),
    (
        "a square that nothing covers",
        "{ label = \"乙\" }, { figure = \"b\" }",
        "{ figure = \"b\" }",
    ),
    (
        "a cell that is too wide",
        "{ label = \"合计\", columns = 2 }",
        "{ label = \"合计\", columns = 4 }",
    ),
    (
        "a cell that is too tall",
        "{ figure = \"done\" }",
        "{ figure = \"done\", rows = 2 }",
    ),
    (
        "a cell of no squares",
        "{ figure = \"done\" }",
        "{ figure = \"done\", rows = 0 }",
    ),
    (
        "a cell that is two things",
        "{ figure = \"done\" }",
        "{ figure = \"done\", label = \"完\" }",
    ),
    (
        "a heading that reaches down",
        "{ head = \"件数\" }",
        "{ head = \"件数\", rows = 2 }",
    ),
    (
        "a figure in the heading",
        "{ head = \"件数\" }",
        "{ figure = \"c\" }",
    ),
    ("only a heading", "header_rows = 1", "header_rows = 5"),
    (
        "two figures with one key",
        "{ figure = \"b\" }",
        "{ figure = \"a\" }",
    ),
    (
        "a figure that is a group",
        "{ figure = \"b\" }",
        "{ figure = \"a.b\" }",
    ),
    (
        "a key that no formula can name",
        "{ figure = \"b\" }",
        "{ figure = \"乙\" }",
    ),
    (
        "figures without a series",
        "{ figure = \"b\" }",
        "{ figures = \"b\" }",
    ),
    (
        "a series with one part twice",
        "columns = 3\n",
        "columns = 3\nseries = [\"x\", \"x\"]\n",
    ),
    (
        "part of a series",
        "columns = 3\n",
        "columns = 3\nseries = [\"b\"]\n",
    ),
    (
        "an unknown kind",
        "{ figure = \"b\" }",
        "{ figure = \"b\", kind = \"float\" }",
    ),
    ("a rule on an unknown row", "t.a + t.b", "t.a + t.c"),
    (
        "a rule on an unknown row, in a long text",
        "\"t.sum = t.a + t.b\"",
        "'''\nt.sum =\n  t.a + t.c'''",
    ),
    (
        "a rule on an unknown row, escaped",
        "\"t.sum = t.a + t.b\"",
        "\"t.sum = t.a + t.\\u0063\"",
    ),
    (
        "a condition on an unknown row",
        "check = \"t.done <= t.sum\"",
        "check = \"t.done <= t.sum\"\nwhen = [\"t.a > 0\", \"t.c > 0\"]",
    ),
    ("a formula that stops", "t.a + t.b", "t.a +"),
    ("a formula with no figure", "t.done <= t.sum", "0 <= 1"),
    (
        "a variable that is not in the first key",
        "t.a + t.b",
        "t.a + t.@x",
    ),
    (
        "a rule with no formula",
        "compute = \"t.sum = t.a + t.b\"\n",
        "",
    ),
    (
        "a rule with two formulas",
        "check = \"t.done <= t.sum\"",
        "check = \"t.done <= t.sum\"\nwarn = \"t.done < t.sum\"",
    ),
    (
        "rules in a circle",
        "check = \"t.done <= t.sum\"",
        "compute = \"t.a = t.sum - t.b\"",
    ),
    ("a figure made of itself", "t.a + t.b", "t.a + t.sum"),
    (
        "compute with last year's figure",
        "t.a + t.b",
        "t.a + previous.t.b",
    ),
    ("compute of a sum", "t.sum = t.a + t.b", "t.sum - t.a = t.b"),
    ("compute with an inequality", "t.sum = t.a", "t.sum >= t.a"),
    (
        "compute with a condition",
        "compute = \"t.sum",
        "when = [\"t.a > 0\"]\ncompute = \"t.sum",
    ),
];

#[test]
fn every_fault_of_a_form_file_is_found_at_its_place() {
    assert!(form_of(SMALL).is_ok());
    let mut seen = String::new();
    for (name, from, to) in FAULTS {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL, "{name}");
        let findings = form_of(&text).err().unwrap_or_else(|| panic!("{name}"));
        assert!(findings.iter().all(|f| f.place.is_some()), "{name}");
        seen.push_str(&format!("## {name}\n{}\n\n", shown(&findings)));
    }
    insta::assert_snapshot!(seen);
}

/// A generator of numbers that are the same on every run (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// A form file with lines or characters taken out, doubled or exchanged.
fn mutated(text: &str, numbers: &mut Numbers) -> String {
    let mut text = text.to_owned();
    for _ in 0..1 + numbers.below(2) {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let (one, other) = (numbers.below(lines.len()), numbers.below(lines.len()));
        match numbers.below(6) {
            0 => drop(lines.remove(one)),
            1 => lines.insert(other, lines[one].clone()),
            2 => lines.swap(one, other),
            kind => {
                let characters: Vec<char> = lines[one].chars().collect();
                let at = numbers.below(characters.len());
                let signs = [
                    '"', '|', '.', '0', '9', '*', '@', '{', ']', ',', '-', '甲', '\u{1}',
                ];
                let sign = signs[numbers.below(signs.len())];
                lines[one] = characters
                    .iter()
                    .enumerate()
                    .flat_map(|(index, c)| match (index == at, kind) {
                        (false, _) => vec![*c],
                        (true, 3) => vec![],
                        (true, 4) => vec![*c, *c],
                        (true, _) => vec![sign],
                    })
                    .collect();
            }
        }
        text = lines.join("\n");
    }
    text
}

/// Whatever a form file holds, it loads or has findings; a form that loads can be filled in,
/// checked and written.
#[test]
fn no_form_file_makes_it_panic() {
    let text = project_file("src/form/2021.toml");
    let mut numbers = Numbers(2021);
    let mut sound = 0;
    for _ in 0..500 {
        let Ok(form) = form_of(&mutated(&text, &mut numbers)) else {
            continue;
        };
        sound += 1;
        let form = Arc::new(form);
        let filled = data_file::blank(&form, form.years.0, Some("某局"));
        let filled = filled.replace("\"\"\"\n\"\"\"", "\"无。\"");
        if let Ok(checked) = checked(&form, &filled) {
            let _ = xlsx::write(&Document::of(&checked));
        }
    }
    assert!(sound > 50, "{sound}");
}

#[test]
fn a_wording_of_the_form_that_no_font_has_is_found() {
    let form = sample_form();
    let source = Source::new("data.toml", project_file(DATA));
    let report = Report::read(source, &[form]).unwrap();
    // As if no font had 舆, which stands in the form's tables only.
    let findings = report.check(None, |c| c != '舆').unwrap_err();
    let found: Vec<&str> = findings
        .iter()
        .map(|finding| finding.message.zh.as_str())
        .collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("tongjibiao-2014") && found[0].contains("“舆”（U+8206）"));
}
