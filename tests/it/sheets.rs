//! The sheets beside the official ones: 正文, 明细, 勾稽核对, 上年对比, and the names of figures.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{Cursor, Read};
use std::sync::Arc;

use crate::common::{project_file, shown};
use calamine::{Data, DataType, Range, Reader, Xlsx};
use nianbao::document::Document;
use nianbao::form::{Form, Forms, Script};
use nianbao::report::Report;
use nianbao::text::Source;
use nianbao::xlsx;

/// A small form with every kind of rule, and keys that Excel would refuse as names.
const FORM: &str = r#"
id = "petitions"
years = [2023]
issued_by = "某市信访局年报通知"
title = "{year}年信访工作报告"

[[section]]
heading = ["一、总体情况", "一、總體情況"]
text = "overview"

[[section]]
heading = ["二、办理情况", "二、辦理情況"]
table = "letters"

[[table]]
id = "letters"
sheet = ["办理情况", "辦理情況"]
columns = 4
header_rows = 1
rows = [
  [{ head = ["事项", "事項"] }, { head = ["个人", "個人"] }, { head = ["单位", "單位"] }, { head = ["总计", "總計"] }],
  [{ label = "收到信件" }, { figure = "r1.a1" }, { figure = "r1.A1" }, { figure = "r1.total" }],
  [{ label = ["按期办结", "按期辦結"] }, { figure = "settled.a1" }, { figure = "settled.A1" }, { figure = "settled.total" }],
  [{ label = ["经费（万元）", "經費（萬元）"] }, { figure = "funding", kind = "money", columns = 3 }],
]

[[rule]]
code = "row-total"
zh = ["总计等于个人与单位之和", "總計等于個人與單位之和"]
en = "the total is persons + bodies"
compute = "letters.@row.total = letters.@row.a1 + letters.@row.A1"

[[rule]]
code = "settled-in-time"
zh = ["办结的不多于收到的", "辦結的不多于收到的"]
en = "no more are settled than were received"
check = "letters.settled.@who <= letters.r1.@who"

[[rule]]
code = "none-settled"
zh = ["收到十件以上的应有办结", "收到十件以上的應有辦結"]
en = "where more than ten came in, some are settled"
warn = "letters.settled.total > 0"
when = ["letters.r1.total > 10"]

[[rule]]
code = "funding-grows"
zh = ["经费每年增加 0.2", "經費每年增加 0.2"]
en = "the funding grows by 0.2 a year"
warn = "letters.funding = previous.letters.funding + 0.2"
"#;

fn figures(year: i32, received: (u32, u32), settled: (u32, u32), funding: &str) -> String {
    format!(
        "year = {year}\nscript = \"hans\"\n[organ]\nname = \"某县信访局\"\n[text]\noverview = \"无。\"\n\
         [letters]\nr1 = {{ a1 = {}, A1 = {} }}\nsettled = {{ a1 = {}, A1 = {} }}\nfunding = {funding}\n",
        received.0, received.1, settled.0, settled.1
    )
}

fn form() -> Arc<Form> {
    let form = Form::read(Source::new("form.toml", FORM));
    Arc::new(form.unwrap_or_else(|findings| panic!("{}", shown(&findings))))
}

fn report(forms: &[Arc<Form>], text: &str) -> Report {
    let report = Report::read(Source::new("data.toml", text), forms);
    report.unwrap_or_else(|findings| panic!("{}", shown(&findings)))
}

fn document(forms: &[Arc<Form>], text: &str, previous: Option<&str>) -> Document {
    let previous = previous.map(|text| report(forms, text));
    let checked = report(forms, text).check(previous.as_ref(), |_| true);
    Document::of(&checked.unwrap_or_else(|findings| panic!("{}", shown(&findings))))
}

/// A report of the small form that breaks a rule which only warns, after a year before it.
fn small() -> Vec<u8> {
    let previous = figures(2023, (300, 4), (20, 3), "0.1");
    let text = figures(2024, (40, 6), (40, 3), "0.4");
    xlsx::write(&document(&[form()], &text, Some(&previous))).unwrap()
}

fn sample(path: &str) -> Vec<u8> {
    let forms = Forms::builtin().unwrap();
    xlsx::write(&document(&forms, &project_file(path), None)).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut file = package.by_name(name).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

fn range(bytes: &[u8], sheet: &str) -> Range<Data> {
    open(bytes).worksheet_range(sheet).unwrap()
}

/// A sheet as it is stored: a line a cell, then everything around the cells.
fn member(bytes: &[u8], number: usize, sheet: &str) -> String {
    let mut workbook = open(bytes);
    let values = workbook.worksheet_range(sheet).unwrap();
    let formulas = workbook.worksheet_formula(sheet).unwrap();
    let mut out = String::new();
    let (top, left) = values.start().unwrap();
    for (row, column, value) in values.used_cells() {
        let place = (
            top + u32::try_from(row).unwrap(),
            left + u32::try_from(column).unwrap(),
        );
        let name =
            rust_xlsxwriter::utility::row_col_to_cell(place.0, u16::try_from(place.1).unwrap());
        match formulas.get_value(place).filter(|f| !f.is_empty()) {
            Some(formula) => writeln!(out, "{name} ={formula} → {value}").unwrap(),
            None if value.is_string() => writeln!(out, "{name} “{value}”").unwrap(),
            None => writeln!(out, "{name} {value}").unwrap(),
        }
    }
    let xml = part(bytes, &format!("xl/worksheets/sheet{number}.xml"));
    let (before, rest) = xml.split_once("<sheetData>").unwrap();
    let (_, after) = rest.split_once("</sheetData>").unwrap();
    let (_, before) = before.split_once("<sheetPr").unwrap();
    for xml in [&format!("<sheetPr{before}"), after] {
        out.push_str(&xml.replace("><", ">\n<"));
        out.push('\n');
    }
    out
}

#[test]
fn the_rules_are_a_sheet_of_live_formulas() {
    insta::assert_snapshot!(member(&small(), 4, "勾稽核对"));
}

#[test]
fn both_years_are_a_sheet_of_live_formulas() {
    insta::assert_snapshot!(member(&small(), 5, "上年对比"));
}

#[test]
fn every_figure_is_a_row_that_fetches_its_value() {
    insta::assert_snapshot!(member(&small(), 3, "明细"));
}

#[test]
fn every_figure_text_and_particular_has_a_name() {
    let workbook = part(&small(), "xl/workbook.xml");
    let (_, names) = workbook.split_once("<definedNames>").unwrap();
    let (names, _) = names.split_once("</definedNames>").unwrap();
    insta::assert_snapshot!(names.replace("><", ">\n<"));
}

#[test]
fn the_texts_and_particulars_of_the_2019_sample() {
    insta::assert_snapshot!(member(&sample("samples/liubei-2019.toml"), 4, "正文"));
}

/// Of the form in force every figure's key is its name as it stands.
#[test]
fn keys_of_the_built_in_forms_are_names_as_they_are() {
    for (path, count) in [
        ("samples/liubei-2019.toml", 198),
        ("samples/qingshi-2024.toml", 200),
    ] {
        let workbook = open(&sample(path));
        let names: BTreeMap<&str, &str> = workbook
            .defined_names()
            .iter()
            .map(|(name, reference)| (name.as_str(), reference.as_str()))
            .collect();
        let year = if count == 198 { 2019 } else { 2024 };
        let forms = Forms::builtin().unwrap();
        let form = forms.iter().find(|form| form.serves(year)).unwrap();
        assert_eq!(form.figures.len(), count);
        for figure in &form.figures {
            assert!(names.contains_key(figure.key.as_str()), "{}", figure.key);
        }
    }
}

#[test]
fn forms_of_different_years_are_compared_by_the_figures_that_both_have() {
    let forms = Forms::builtin().unwrap();
    let this_year = project_file("samples/qingshi-2024.toml");
    let of_2021 = this_year.replacen("2024", "2021", 1);
    let before = project_file("samples/liubei-2019.toml").replacen("2019", "2020", 1);
    let before = before.replacen("form   = \"2019\"", "", 1);
    let of_2021 = of_2021.replacen("form   = \"2021\"", "", 1);
    let document = document(&forms, &of_2021, Some(&before));
    let (old, new) = (
        &forms.iter().find(|f| f.serves(2020)),
        &forms.iter().find(|f| f.serves(2021)),
    );
    let (old, new) = (old.unwrap(), new.unwrap());
    let both = new
        .figures
        .iter()
        .filter(|figure| old.figure(&figure.key).is_some());
    let keys: Vec<&str> = both.map(|figure| figure.key.as_str()).collect();
    assert!(keys.len() < new.figures.len());
    let sheet = range(&xlsx::write(&document).unwrap(), "上年对比");
    let shown: Vec<String> = sheet.rows().skip(1).map(|row| row[3].to_string()).collect();
    assert_eq!(shown, keys);
}

#[test]
fn a_paragraph_of_five_thousand_characters_stands_in_rows_that_excel_has() {
    let long = "我局依法公开政府信息，接受社会监督。".repeat(280);
    let text = project_file("samples/qingshi-2024.toml");
    let (before, rest) = text.split_once("other = \"\"\"\n").unwrap();
    let text = format!("{before}other = \"\"\"\n{long}\n{rest}");
    let bytes = xlsx::write(&document(&Forms::builtin().unwrap(), &text, None)).unwrap();
    let sheet = range(&bytes, "正文");
    let mut joined = String::new();
    for row in sheet.rows() {
        let part = row[1].to_string();
        if part.starts_with("我局依法公开") || row[0] == "（续）" {
            joined.push_str(&part);
        }
    }
    assert_eq!(joined, long);
    let xml = part(&bytes, "xl/worksheets/sheet4.xml");
    let heights = xml.split(" ht=\"").skip(1).map(|rest| {
        let (height, _) = rest.split_once('"').unwrap();
        height.parse::<f64>().unwrap()
    });
    assert!(heights.clone().all(|height| height <= 409.0));
    assert!(heights.sum::<f64>() > 2000.0);
}

/// A formula's result of digits would be stored as a number, and `_x0041_` in one as an A.
#[test]
fn a_paragraph_that_quotes_figures_is_a_text_of_what_was_typed() {
    let text = figures(2024, (40, 6), (40, 3), "0.40").replace(
        "\"无。\"",
        "\"{{letters.r1.total}}\\n{{letters.funding}}\\n共{{letters.r1.total}}件，见附件_x0041_。\"",
    );
    let bytes = xlsx::write(&document(&[form()], &text, None)).unwrap();
    let sheet = range(&bytes, "正文");
    let shown: Vec<&Data> = sheet.rows().map(|row| &row[1]).collect();
    for line in ["46", "0.40", "共46件，见附件_x0041_。"] {
        assert!(
            shown.contains(&&Data::String(line.to_owned())),
            "{line}: {shown:?}"
        );
    }
    let formulas = open(&bytes).worksheet_formula("正文").unwrap();
    let live = |(_, _, formula): (usize, usize, &String)| formula.contains("letters.r1.total");
    assert!(formulas.used_cells().any(live));
}

/// Excel takes a text that starts so for a formula when it is typed.
#[test]
fn a_text_that_looks_like_a_formula_stays_text_on_every_sheet() {
    let injected = "HYPERLINK(\\\"http://example.com\\\",\\\"x\\\")";
    for sign in ["=", "+", "-", "@", "＝"] {
        // No unit starts with @.
        let unit = format!("{}1+1", sign.replace('@', "="));
        let text = format!(
            "year = 2024\n[organ]\nname = \"{sign}{injected}\"\ncode = \"{sign}1+1\"\nregion = \"{sign}1+1\"\n\
             [contact]\naddress = \"{sign}1+1\"\n[signature]\nname = \"{sign}1+1\"\n[text]\noverview = \"{sign}{injected}\"\n\
             [letters]\nr1 = {{ a1 = {{ value = 1, note = \"{sign}1+1\", unit = \"{unit}\" }}, A1 = 2 }}\n\
             settled = {{ a1 = 1, A1 = 1 }}\nfunding = 1\n"
        );
        let form = FORM.replacen(
            "figure = \"r1.a1\"",
            "figure = \"r1.a1\", kind = \"amount\"",
            1,
        );
        let form = form.replace(
            "warn = \"letters.funding = previous.letters.funding + 0.2\"",
            "warn = \"letters.funding >= 0\"",
        );
        let form = Arc::new(Form::read(Source::new("form.toml", form.as_str())).unwrap());
        let bytes = xlsx::write(&document(&[form], &text, None)).unwrap();
        let mut workbook = open(&bytes);
        let mut seen = 0;
        for sheet in workbook.sheet_names() {
            let values = workbook.worksheet_range(&sheet).unwrap();
            let formulas = workbook.worksheet_formula(&sheet).unwrap();
            for (_, _, value) in values.used_cells() {
                if let Data::String(text) = value {
                    seen += usize::from(text.starts_with(sign) && text.contains(['1', 'H']));
                }
            }
            for (_, _, formula) in formulas.used_cells() {
                assert!(
                    !formula.contains("HYPERLINK") && !formula.contains("1+1"),
                    "{formula}"
                );
            }
        }
        // 正文: title, name, code, region, address, who signs (twice) and the text; 明细: name and
        // code of seven figures.
        assert!(seen >= 8 + 14, "{sign}: {seen}");
        let styles = part(&bytes, "xl/styles.xml");
        assert!(styles.contains("quotePrefix=\"1\""));
        let comments = part(&bytes, "xl/comments1.xml");
        assert!(comments.contains(&format!("<t>{sign}1+1</t>")));
    }
}

#[test]
fn sheets_of_a_traditional_report_have_traditional_words() {
    let previous = figures(2023, (300, 4), (20, 3), "0.1");
    let text = figures(2024, (40, 6), (40, 3), "0.4").replace("\"hans\"", "\"hant\"");
    let document = document(&[form()], &text, Some(&previous));
    assert_eq!(document.script, Script::Hant);
    let bytes = xlsx::write(&document).unwrap();
    assert_eq!(
        open(&bytes).sheet_names(),
        ["辦理情況", "正文", "明細", "勾稽核對", "上年對比"]
    );
    let checks = range(&bytes, "勾稽核對");
    assert_eq!(
        checks.get_value((2, 2)).unwrap().to_string(),
        "總計等于個人與單位之和"
    );
    let simplified = "条类别规则对处说单位们统计项数额办结续应见页";
    for sheet in ["正文", "明細", "勾稽核對", "上年對比"] {
        for (row, column, value) in range(&bytes, sheet).used_cells() {
            let text = value.to_string();
            // What the data file gives is as it was typed.
            let given = text.contains("某县信访局") || text.contains("信访工作报告");
            let found = text
                .chars()
                .find(|c| simplified.contains(*c) && !"位".contains(*c));
            assert!(given || found.is_none(), "{sheet} {row},{column}: {text}");
        }
    }
}

#[test]
fn a_table_can_not_take_the_name_of_another_sheet() {
    for name in [
        "正文",
        "明细",
        "明細",
        "勾稽核对",
        "勾稽核對",
        "上年对比",
        "上年對比",
        "History",
    ] {
        for names in [
            format!("[\"{name}\", \"表\"]"),
            format!("[\"表\", \"{name}\"]"),
        ] {
            let form = FORM.replace("[\"办理情况\", \"辦理情況\"]", &names);
            let findings = Form::read(Source::new("form.toml", form.as_str())).unwrap_err();
            assert_eq!(findings.len(), 1, "{name}");
            assert!(findings[0].message.zh.contains(name));
        }
    }
}
