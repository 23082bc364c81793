//! The workbook, read back: cell for cell the official tables with the report's figures.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use crate::common;
use calamine::{Data, Dimensions, Range, Reader, Xlsx};
use nianbao::check::Checked;
use nianbao::document::{self, Document};
use nianbao::form::{Form, Script};
use nianbao::text::Source;
use nianbao::xlsx;
use serde_json::Value;

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn checked(text: &str) -> Checked {
    common::checked(common::report(text))
}

fn written(document: &Document) -> Vec<u8> {
    xlsx::write(document).unwrap()
}

/// The sample of the 2019 form, in simplified wording as the official tables are.
fn liubei() -> String {
    let sample = read("samples/liubei-2019.toml");
    sample.replace("script = \"hant\"", "script = \"hans\"")
}

fn qingshi() -> String {
    read("samples/qingshi-2024.toml")
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// A file of the package.
fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut file = package.by_name(name).unwrap();
    file.read_to_string(&mut text).unwrap();
    text
}

/// `name` of the first tag in `xml` that starts with `tag`.
fn attribute<'a>(xml: &'a str, tag: &str, name: &str) -> &'a str {
    let (_, rest) = xml.split_once(tag).unwrap_or_else(|| panic!("no {tag}"));
    let (attributes, _) = rest.split_once('>').unwrap();
    let (_, value) = attributes.split_once(&format!("{name}=\"")).unwrap();
    value.split_once('"').unwrap().0
}

/// The number format and the font of a cell, from the package's own XML.
fn look(bytes: &[u8], sheet: usize, cell: &str) -> (String, String) {
    let sheet = part(bytes, &format!("xl/worksheets/sheet{sheet}.xml"));
    let styles = part(bytes, "xl/styles.xml");
    let style: usize = attribute(&sheet, &format!("<c r=\"{cell}\""), "s")
        .parse()
        .unwrap();
    let formats = styles.split_once("<cellXfs").unwrap().1;
    let format = formats.split("<xf ").nth(style + 1).unwrap();
    let format = format!("<xf {format}");
    let number = attribute(&format, "<xf", "numFmtId");
    let code = attribute(
        &styles,
        &format!("<numFmt numFmtId=\"{number}\""),
        "formatCode",
    );
    let font: usize = attribute(&format, "<xf", "fontId").parse().unwrap();
    let font = styles.split("<font>").nth(font + 1).unwrap();
    (
        code.replace("&quot;", "\""),
        attribute(font, "<name", "val").to_owned(),
    )
}

fn text_at(sheet: &Range<Data>, row: u32, column: u32) -> String {
    match sheet.get_value((row, column)) {
        Some(Data::String(text)) => text.clone(),
        other => panic!("({row}, {column}) is no text: {other:?}"),
    }
}

fn number_at(sheet: &Range<Data>, row: u32, column: u32) -> f64 {
    match sheet.get_value((row, column)) {
        Some(Data::Float(number)) => *number,
        #[allow(clippy::cast_precision_loss)]
        Some(Data::Int(number)) => *number as f64,
        other => panic!("({row}, {column}) is no number: {other:?}"),
    }
}

/// Holds a workbook against the official tables; returns figures and formulas seen.
fn compare(report: &Checked, form: &str) -> (usize, usize) {
    let bytes = written(&Document::of(report));
    let mut workbook = open(&bytes);
    let official: Value =
        serde_json::from_str(&read(&format!("tests/data/forms/{form}.json"))).unwrap();
    let tables = official["tables"].as_array().unwrap();
    let names = workbook.sheet_names();
    let all = [
        "主动公开",
        "依申请公开",
        "复议诉讼",
        "正文",
        "明细",
        "勾稽核对",
    ];
    assert_eq!(names, all);
    let (mut figures, mut formulas) = (0, 0);
    for (table, name) in tables.iter().zip(&names) {
        let sheet = workbook.worksheet_range(name).unwrap();
        let live = workbook.worksheet_formula(name).unwrap();
        let mut merges: Vec<Dimensions> = workbook.merge_cells_by_sheet_name(name).unwrap();
        let n = |value: &Value, key: &str| u32::try_from(value[key].as_u64().unwrap()).unwrap();
        assert_eq!(sheet.start(), Some((0, 0)));
        assert_eq!(
            sheet.end(),
            Some((n(table, "rows") - 1, n(table, "columns") - 1))
        );
        let mut filled = 0;
        let mut expected: Vec<Dimensions> = Vec::new();
        for cell in table["cells"].as_array().unwrap() {
            let (row, column) = (n(cell, "r"), n(cell, "c"));
            let (rows, columns) = (n(cell, "rs"), n(cell, "cs"));
            filled += 1;
            if rows * columns > 1 {
                let end = (row + rows - 1, column + columns - 1);
                expected.push(Dimensions::new((row, column), end));
            }
            let Some(key) = cell["key"].as_str() else {
                assert_eq!(text_at(&sheet, row, column), cell["text"].as_str().unwrap());
                continue;
            };
            figures += 1;
            let value = report.figure(report.form.figure(key).unwrap()).value;
            let number: f64 = value.to_string().parse().unwrap();
            assert_eq!(number_at(&sheet, row, column), number, "{key}");
            let formula = live.get_value((row, column)).filter(|f| !f.is_empty());
            assert_eq!(
                formula.is_some(),
                cell["derived"].as_bool().unwrap(),
                "{key}"
            );
            formulas += usize::from(formula.is_some());
        }
        let written = sheet
            .used_cells()
            .filter(|(_, _, data)| **data != Data::String(String::new()));
        assert_eq!(
            written.count(),
            filled,
            "a cell outside the table's own in {name}"
        );
        merges.sort_by_key(|m| m.start);
        expected.sort_by_key(|m| m.start);
        assert_eq!(merges, expected, "{name}");
    }
    (figures, formulas)
}

#[test]
fn the_sheets_are_the_official_tables_cell_for_cell() {
    assert_eq!(compare(&checked(&liubei()), "2019"), (198, 32));
    assert_eq!(compare(&checked(&qingshi()), "2021"), (200, 34));
}

#[test]
fn totals_are_short_live_formulas() {
    let bytes = written(&Document::of(&checked(&qingshi())));
    let mut workbook = open(&bytes);
    let formulas = |sheet: &str, workbook: &mut Xlsx<_>| -> BTreeMap<(u32, u32), String> {
        let range = workbook.worksheet_formula(sheet).unwrap();
        let (row, column) = range.start().unwrap();
        let at = |(r, c, f): (usize, usize, &String)| {
            let place = (
                row + u32::try_from(r).unwrap(),
                column + u32::try_from(c).unwrap(),
            );
            (place, f.clone())
        };
        range.used_cells().map(at).collect()
    };
    let requests = formulas("依申请公开", &mut workbook);
    assert_eq!(requests[&(3, 9)], "SUM(D4:I4)");
    assert_eq!(requests[&(26, 3)], "SUM(D6:D26)");
    let review = formulas("复议诉讼", &mut workbook);
    assert_eq!(review[&(3, 4)], "SUM(A4:D4)");
    assert_eq!(review[&(3, 14)], "SUM(K4:N4)");
}

#[test]
fn a_unit_belongs_to_the_number_format() {
    let bytes = written(&Document::of(&checked(&read("samples/liubei-2019.toml"))));
    let mut workbook = open(&bytes);
    let sheet = workbook.worksheet_range("主動公開").unwrap();
    assert_eq!(number_at(&sheet, 6, 1), 6.0);
    assert_eq!(
        look(&bytes, 1, "B7"),
        ("0\"條\"".to_owned(), "Times New Roman".to_owned())
    );
    assert_eq!(look(&bytes, 1, "B3").0, "0");
}

#[test]
fn decimals_keep_the_digits_that_were_given() {
    let bytes = written(&Document::of(&checked(&qingshi())));
    let sheet = open(&bytes).worksheet_range("主动公开").unwrap();
    assert_eq!(number_at(&sheet, 13, 1), 128.645);
    assert_eq!(look(&bytes, 1, "B14").0, "0.0000");
}

/// Excel takes a text that starts so for a formula when a program writes it as a value.
#[test]
fn text_is_never_a_formula() {
    let mut form = common::project_file("src/form/2021.toml");
    let texts = [
        ("\"第二十条第（一）项\", \"第二十條第（一）項\"", "=1+1"),
        ("\"信息|内容\", \"信息|內容\"", "+1+1"),
        ("\"本年|制发|件数\", \"本年|制發|件數\"", "-1+1"),
        ("\"规章\", \"規章\"", "@1+1"),
        ("\"行政|规范性|文件\", \"行政|規范性|文件\"", "{=1+1}"),
    ];
    for (wording, text) in texts {
        assert!(form.contains(wording), "{wording}");
        form = form.replacen(wording, &format!("\"{text}\", \"{text}\""), 1);
    }
    let mut document = common::document_of_form(&form, &qingshi());
    document.organ = "=1+1".to_owned();
    let bytes = written(&document);
    let mut workbook = open(&bytes);
    let sheet = workbook.worksheet_range("主动公开").unwrap();
    let places = [(0, 0), (1, 0), (1, 1), (2, 0), (3, 0)];
    for ((row, column), (_, text)) in places.into_iter().zip(texts) {
        assert_eq!(text_at(&sheet, row, column), text);
    }
    assert!(workbook.worksheet_formula("主动公开").unwrap().is_empty());
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:creator>=1+1</dc:creator>"));
}

#[test]
fn notes_stand_on_the_cells_of_their_figures() {
    let text = qingshi();
    let (before, after) = text.split_once("\nfees ").unwrap();
    let rest = after.split_once('\n').unwrap().1;
    let note = "fees = { amount = { value = 1.50, note = \"=含上年 & 补缴_x0041_\" } }";
    let bytes = written(&Document::of(&checked(&format!(
        "{before}\n{note}\n{rest}"
    ))));
    let comments = part(&bytes, "xl/comments1.xml");
    let comment = comments.split("<comment ref=\"B14\"").nth(1).unwrap();
    assert!(comment.contains("<t>=含上年 &amp; 补缴_x005F_x0041_</t>"));
    assert!(comments.contains("<authors><author>青石县教育局</author></authors>"));
}

#[test]
fn print_set_up() {
    let bytes = written(&Document::of(&checked(&qingshi())));
    let sheet = |number| part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
    for (number, orientation) in [(1, "portrait"), (2, "portrait"), (3, "landscape")] {
        let xml = sheet(number);
        assert_eq!(attribute(&xml, "<pageSetup ", "orientation"), orientation);
        assert_eq!(attribute(&xml, "<pageSetup", "paperSize"), "9");
        assert_eq!(attribute(&xml, "<pageSetup", "fitToHeight"), "0");
        assert_eq!(attribute(&xml, "<pageSetUpPr", "fitToPage"), "1");
        assert!(xml.contains("第 &amp;P 页，共 &amp;N 页</oddFooter>"));
    }
    assert!(!sheet(1).contains("<pane"));
    assert_eq!(attribute(&sheet(2), "<pane", "topLeftCell"), "D4");
    assert_eq!(attribute(&sheet(3), "<pane", "topLeftCell"), "A4");
    let header = "青石县教育局2024年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况</oddHeader>";
    assert!(sheet(2).contains(header));
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(workbook.contains(">依申请公开!$1:$3</definedName>"));
    // The lists repeat their headings; the official table without a heading repeats nothing.
    let repeated = workbook.matches("\"_xlnm.Print_Titles\"").count();
    assert_eq!(repeated, 4);
}

/// Every square of a merged cell has the style of its first, and with it border and fill.
#[test]
fn merged_cells_are_framed_all_round() {
    let bytes = written(&Document::of(&checked(&qingshi())));
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    let style = |cell: &str| attribute(&sheet, &format!("<c r=\"{cell}\""), "s");
    assert!((6..=27).all(|row| style(&format!("A{row}")) == style("A6")));
    assert_ne!(
        style("A6"),
        style("A4"),
        "the label over 22 rows is upright"
    );
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("textRotation=\"255\""));
    assert!(styles.contains("<fgColor rgb=\"FFC6D9F1\"/>"));
}

#[test]
fn the_same_report_gives_the_same_bytes_whatever_the_clock_says() {
    for (text, created) in [
        (liubei(), "2020-01-16T00:00:00Z"),
        (
            liubei().replace("date = 2020-01-16", ""),
            "2020-01-01T00:00:00Z",
        ),
        // Excel's calendar begins in 1900, which has no such day.
        (
            liubei().replace("date = 2020-01-16", "date = 1600-02-29"),
            "2020-01-01T00:00:00Z",
        ),
    ] {
        let report = checked(&text);
        let first = written(&Document::of(&report));
        assert!(first == written(&Document::of(&report)));
        let core = part(&first, "docProps/core.xml");
        assert_eq!(core.matches(created).count(), 2, "{core}");
        assert!(core.contains(
            "<dc:title>柳北區文化體育廣電和旅游局2019年政府信息公开工作年度报告</dc:title>"
        ));
        assert!(
            part(&first, "docProps/app.xml")
                .contains("<Company>柳北區文化體育廣電和旅游局</Company>")
        );
        let mut package = zip::ZipArchive::new(Cursor::new(first)).unwrap();
        for index in 0..package.len() {
            let time = package.by_index(index).unwrap().last_modified();
            assert_eq!(time, Some(zip::DateTime::default()));
        }
    }
}

#[test]
fn a_table_that_is_no_sheet_is_a_fault_that_names_it() {
    let form = r#"
        id = "wide"
        years = [2020]
        issued_by = "通知"
        title = "{year}年报告"
        opening = "说明"
        contact = "联系"
        contact_parts = { address = "地址", postcode = "邮编", phone = "电话", email = "邮箱" }

        [[section]]
        heading = "一、表"
        table = "wide"

        [[table]]
        id = "wide"
        sheet = "宽表"
        columns = 20000
        rows = [[{ label = "甲", columns = 19999 }, { figure = "a" }]]
    "#;
    let form = Arc::new(Form::read(Source::new("form.toml", form)).unwrap());
    let blank = document::blank(&form, 2020, Script::Hans, None);
    let fault = xlsx::write_blank(&blank).unwrap_err();
    assert!(matches!(&fault, xlsx::WorkbookError::Sheet { sheet, .. } if sheet == "宽表"));
    assert!(fault.to_string().contains("宽表"));
}
