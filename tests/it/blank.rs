//! The blank workbook: what can be typed, what it says meanwhile, and what it gives once filled in.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{Cursor, Read};
use std::sync::Arc;

use crate::common::calc::{Cells, cells, convert, forgetful, rewritten, same};
use crate::common::{calc, checked, project_file, report};
use calamine::{Data, Reader, Xlsx};
use nianbao::document::{self, Blank, Document};
use nianbao::form::{Content, Form, Forms, Script, for_year};
use nianbao::report::Report;
use nianbao::text::Source;
use nianbao::xlsx;

fn blank(year: i32, script: Script) -> Blank {
    let forms = Forms::builtin().unwrap();
    document::blank(for_year(&forms, year).unwrap(), year, script, None)
}

fn own_form() -> Arc<Form> {
    let text = project_file("samples/forms/tongjibiao-2014.toml");
    let source = Source::new("form.toml", text);
    Arc::new(Form::read(source).unwrap())
}

/// The blank workbooks that there are.
fn all() -> Vec<(String, Blank)> {
    let mut all = Vec::new();
    for script in [Script::Hans, Script::Hant] {
        for year in [2019, 2024] {
            let name = format!("{year}-{}", script.as_str());
            all.push((name, blank(year, script)));
        }
    }
    let own = document::blank(&own_form(), 2017, Script::Hans, None);
    all.push(("own".to_owned(), own));
    all
}

fn document_of(report: Report) -> Document {
    Document::of(&checked(report))
}

fn built_in(path: &str) -> Document {
    document_of(report(&project_file(path)))
}

fn own_document() -> Document {
    let text = project_file("samples/forms/shuangxi-2017.toml");
    let source = Source::new("data.toml", text);
    document_of(Report::read(source, &[own_form()]).unwrap())
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    let mut file = package.by_name(name).unwrap();
    file.read_to_string(&mut xml).unwrap();
    xml
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// `D4`, from row and column counted from 0.
fn place(row: usize, column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column).unwrap());
    format!("{letter}{}", row + 1)
}

/// The value of an attribute in a piece of XML.
fn attribute<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let (_, rest) = xml.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0)
}

/// Numbers of the cell formats that are unlocked.
fn unlocked(bytes: &[u8]) -> Vec<usize> {
    let styles = part(bytes, "xl/styles.xml");
    let (_, formats) = styles.split_once("<cellXfs").unwrap();
    let (formats, _) = formats.split_once("</cellXfs>").unwrap();
    let formats = formats.split("<xf ").skip(1).enumerate();
    formats
        .filter(|(_, format)| format.contains("<protection locked=\"0\"/>"))
        .map(|(number, _)| number)
        .collect()
}

/// The cells of a sheet with an unlocked format.
fn open_cells(bytes: &[u8], xml: &str) -> Vec<String> {
    let unlocked = unlocked(bytes);
    let cells = xml.split("<c ").skip(1);
    cells
        .map(|cell| format!(" {cell}"))
        .filter(|cell| {
            let style = attribute(cell, "s").and_then(|number| number.parse().ok());
            style.is_some_and(|number| unlocked.contains(&number))
        })
        .map(|cell| attribute(&cell, "r").unwrap().to_owned())
        .collect()
}

/// Number of a sheet's part.
fn sheet_number(bytes: &[u8], name: &str) -> usize {
    let names = open(bytes).sheet_names();
    names.iter().position(|sheet| sheet == name).unwrap() + 1
}

fn sheet_xml(bytes: &[u8], name: &str) -> String {
    let number = sheet_number(bytes, name);
    part(bytes, &format!("xl/worksheets/sheet{number}.xml"))
}

#[test]
fn only_the_inputs_of_the_official_sheets_can_be_typed_and_each_is_checked() {
    for (name, blank) in all() {
        let bytes = xlsx::write_blank(&blank).unwrap();
        for table in blank.document.tables() {
            let xml = sheet_xml(&bytes, table.sheet());
            let open = open_cells(&bytes, &xml);
            let validated: Vec<&str> = xml
                .split("<dataValidation ")
                .skip(1)
                .map(|v| {
                    assert!(v.contains(" prompt=\"") && v.contains(" error=\""), "{v}");
                    attribute(v, "sqref").unwrap()
                })
                .collect();
            let mut inputs = 0;
            for cell in &table.cells {
                let at = place(cell.row, cell.column);
                let input = match cell.content {
                    Content::Figure(id) => table.slot(id).formula.is_none(),
                    Content::Wording(..) => false,
                };
                assert_eq!(open.contains(&at), input, "{name} {} {at}", table.sheet());
                assert_eq!(validated.contains(&at.as_str()), input, "{name} {at}");
                inputs += usize::from(input);
            }
            assert_eq!(validated.len(), inputs);
        }
        for sheet in every_sheet(&bytes) {
            let protection = sheet.split_once("<sheetProtection ").unwrap().1;
            let protection = protection.split_once("/>").unwrap().0;
            assert!(protection.contains("sheet=\"1\""), "{name}: {protection}");
            assert!(!protection.contains("password"), "{name}: {protection}");
            assert!(!protection.contains("hash"), "{name}: {protection}");
        }
    }
}

/// The XML of every sheet.
fn every_sheet(bytes: &[u8]) -> Vec<String> {
    let names = open(bytes).sheet_names();
    names.iter().map(|name| sheet_xml(bytes, name)).collect()
}

#[test]
fn the_official_sheets_are_those_of_a_report() {
    let pairs = [
        (
            blank(2019, Script::Hant),
            built_in("samples/liubei-2019.toml"),
        ),
        (
            blank(2024, Script::Hans),
            built_in("samples/qingshi-2024.toml"),
        ),
        (
            document::blank(&own_form(), 2017, Script::Hans, None),
            own_document(),
        ),
    ];
    for (blank, document) in pairs {
        let (blank, report) = (
            xlsx::write_blank(&blank).unwrap(),
            xlsx::write(&document).unwrap(),
        );
        let (mut blank, mut report) = (open(&blank), open(&report));
        for table in document.tables() {
            let sheet = table.sheet();
            let merged = |book: &mut Xlsx<_>| {
                let mut merged = book.merge_cells_by_sheet_name(sheet).unwrap().to_vec();
                merged.sort_by_key(|range| (range.start, range.end));
                merged
            };
            assert_eq!(merged(&mut blank), merged(&mut report));
            let words = |book: &mut Xlsx<Cursor<Vec<u8>>>| -> Vec<(usize, usize, String)> {
                let range = book.worksheet_range(sheet).unwrap();
                range
                    .used_cells()
                    .filter_map(|(row, column, value)| match value {
                        // A sum with nothing to add up shows a dash.
                        Data::String(text) if text != "—" => Some((row, column, text.clone())),
                        _ => None,
                    })
                    .collect()
            };
            assert_eq!(words(&mut blank), words(&mut report));
        }
        // Names of figures lead to the same cells; every particular has one.
        let (blank, report) = (names(&blank), names(&report));
        for (name, cell) in &report {
            let found = blank.get(name);
            assert!(found.is_some() || name == "text.opening", "{name}");
            let fixed = cell.starts_with("正文!$B$") && !name.starts_with("text.");
            if fixed || !cell.contains("正文") {
                assert_eq!(found, Some(cell), "{name}");
            }
        }
        assert!(blank.contains_key("text.opening"));
    }
}

fn names(workbook: &Xlsx<Cursor<Vec<u8>>>) -> BTreeMap<String, String> {
    let names = workbook.defined_names().iter();
    names
        .filter(|(name, _)| !name.starts_with("_xlnm"))
        .map(|(name, cell)| (name.clone(), cell.replace('\'', "")))
        .collect()
}

#[test]
fn nothing_filled_in_looks_like_nothing() {
    for (name, blank) in all() {
        let bytes = xlsx::write_blank(&blank).unwrap();
        let (cells, formulas) = cells(&bytes);
        for table in blank.document.tables() {
            for ((sheet, row, column), value) in &cells {
                let words = matches!(value, Data::String(_) | Data::Empty);
                assert!(
                    *sheet != table.sheet() || words,
                    "{name} {row} {column} {value}"
                );
            }
            let derived = formulas
                .iter()
                .filter(|(sheet, ..)| *sheet == table.sheet());
            let sums = table.slots().filter(|slot| slot.formula.is_some());
            assert_eq!(derived.count(), sums.count());
        }
    }
}

/// What a person sees of a sheet: its texts and numbers row by row.
fn shown(bytes: &[u8], sheet: &str) -> String {
    let range = open(bytes).worksheet_range(sheet).unwrap();
    let mut text = String::new();
    for row in range.rows() {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        let line = cells.join(" | ");
        if !line.trim_matches([' ', '|']).is_empty() {
            writeln!(text, "{}", line.trim_end_matches([' ', '|'])).unwrap();
        }
    }
    text
}

#[test]
fn the_guide_the_texts_and_what_the_cells_say() {
    let bytes = xlsx::write_blank(&blank(2024, Script::Hans)).unwrap();
    let mut text = String::new();
    for sheet in ["填写说明", "正文"] {
        writeln!(text, "== {sheet}\n{}", shown(&bytes, sheet)).unwrap();
    }
    for (sheet, some) in [("主动公开", 99), ("依申请公开", 2), ("正文", 99)] {
        writeln!(text, "== {sheet}：输入提示").unwrap();
        let xml = sheet_xml(&bytes, sheet);
        for validation in xml.split("<dataValidation ").skip(1).take(some) {
            let validation = format!(" {validation}");
            let said = |name| attribute(&validation, name).unwrap_or("—");
            let (at, title) = (said("sqref"), said("promptTitle"));
            writeln!(text, "{at} {}【{title}】", said("type")).unwrap();
            writeln!(text, "   {}", said("prompt").replace("&#xA;", "／")).unwrap();
            writeln!(text, "   ✗ {}", said("error")).unwrap();
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let write = || xlsx::write_blank(&blank(2024, Script::Hant)).unwrap();
    assert_eq!(write(), write());
    assert!(part(&write(), "docProps/core.xml").contains("2025-01-01T00:00:00Z"));
}

/// Types the figures and texts of a report into its blank form, but for the figures that `change`
/// leaves out.
fn filled(
    blank: &Blank,
    document: &Document,
    change: impl Fn(&str, String) -> Option<String>,
) -> Vec<u8> {
    let bytes = xlsx::write_blank(blank).unwrap();
    let mut typed: Vec<(usize, String, String)> = Vec::new();
    for table in document.tables() {
        let sheet = sheet_number(&bytes, table.sheet());
        for cell in &table.cells {
            if let Content::Figure(id) = cell.content
                && let Some(figure) = table.figure(id)
                && figure.formula.is_none()
                && let Some(value) = change(figure.key, figure.value.to_string())
            {
                let value = format!("><v>{value}</v></c>");
                typed.push((sheet, place(cell.row, cell.column), value));
            }
        }
    }
    let workbook = open(&bytes);
    for (name, cell) in names(&workbook) {
        let text = if name == "organ.name" {
            document.organ.as_str()
        } else if name.starts_with("text.") && name != "text.opening" {
            "无。"
        } else {
            continue;
        };
        let (sheet, range) = cell.split_once('!').unwrap();
        let first = range.split(':').next().unwrap().replace('$', "");
        let text = format!(" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        typed.push((sheet_number(&bytes, sheet), first, text));
    }
    let bytes = forgetful(&bytes);
    rewritten(&bytes, |number, mut xml| {
        for (_, cell, value) in typed.iter().filter(|(sheet, ..)| *sheet == number) {
            let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
            let end = start + xml[start..].find("/>").unwrap();
            xml.replace_range(end..end + 2, value);
        }
        xml
    })
}

/// A rule on 勾稽核对: code, what it is about, its equation.
type Rule = (String, String, String);

/// What the workbook says of each: left, right, difference, 是/否.
fn verdicts(cells: &Cells, sheet: &str) -> BTreeMap<Rule, [Data; 4]> {
    let at = |row: usize, column: usize| {
        let cell = cells.get(&(sheet.to_owned(), row, column));
        cell.cloned().unwrap_or(Data::Empty)
    };
    (2..)
        .take_while(|row| at(*row, 0) != Data::Empty)
        .map(|row| {
            let text = |column| at(row, column).to_string();
            let rule = (text(0), text(3), text(4));
            (rule, [5, 7, 8, 9].map(|column| at(row, column)))
        })
        .collect()
}

#[test]
fn filled_in_it_shows_what_the_report_s_workbook_shows() {
    if !calc::installed() {
        return;
    }
    let year = |number: &str| built_in(&format!("tests/data/reports/{number}.toml"));
    let in_full = |_: &str, value: String| Some(value);
    let blank_of = |document: &Document| {
        if document.form == "2019" || document.form == "2021" {
            blank(document.year, document.script)
        } else {
            document::blank(&own_form(), document.year, document.script, None)
        }
    };
    let documents = [
        ("2019", year("01")),
        ("2021", year("06")),
        ("hant", built_in("samples/liubei-2019.toml")),
        // It breaks a rule that only warns.
        ("low", built_in("samples/broken/in-force-low.toml")),
        // A rule for bodies of its kind alone.
        ("maker", built_in("samples/broken/regulation-maker.toml")),
        ("own", own_document()),
    ];
    let mut workbooks: Vec<(&str, Vec<u8>)> = documents
        .iter()
        .map(|(name, document)| (*name, filled(&blank_of(document), document, in_full)))
        .collect();
    let document = &documents[1].1;
    let blank = blank_of(document);
    // One row is left out.
    let missing = filled(&blank, document, |key, value| {
        (!key.starts_with("requests.carried_over.")).then_some(value)
    });
    // More came in than was handled, of every kind of applicant.
    let wrong = filled(&blank, document, |key, value| {
        let came_in = key.starts_with("requests.new.");
        Some(if came_in { "999999".to_owned() } else { value })
    });
    workbooks.extend([("missing", missing), ("wrong", wrong)]);
    workbooks.push(("empty", forgetful(&xlsx::write_blank(&blank).unwrap())));

    let folder = tempfile::tempdir().unwrap();
    convert(folder.path(), workbooks.iter().cloned());
    let again = |name: &str| {
        let path = folder.path().join("again").join(format!("{name}.xlsx"));
        cells(&std::fs::read(path).unwrap()).0
    };
    for (name, document) in &documents {
        let (expected, formulas) = cells(&xlsx::write(document).unwrap());
        let found = again(name);
        let sheets: Vec<&str> = document.tables().map(|t| t.sheet()).collect();
        let derived = formulas
            .iter()
            .filter(|(sheet, ..)| sheets.contains(&sheet.as_str()));
        let mut count = 0;
        for place in derived {
            let (expected, found) = (&expected[place], found.get(place));
            assert!(
                found.is_some_and(|found| same(expected, found)),
                "{name} {place:?}: {expected:?} became {found:?}"
            );
            count += 1;
        }
        assert!(count > 0, "{name}");
        let sheet = match document.script {
            Script::Hans => "勾稽核对",
            Script::Hant => "勾稽核對",
        };
        let (expected, mut found) = (verdicts(&expected, sheet), verdicts(&found, sheet));
        assert!(!expected.is_empty(), "{name}");
        for (rule, sides) in &expected {
            let found = found.remove(rule).unwrap();
            assert!(
                sides.iter().zip(&found).all(|(a, b)| same(a, b)),
                "{name} {rule:?}: {sides:?} became {found:?}"
            );
        }
        for (rule, sides) in found {
            assert!(
                same(&sides[3], &Data::String("不适用".into())),
                "{name} {rule:?}"
            );
        }
    }

    let summary = |name: &str| {
        let cells = again(name);
        let text = |sheet: &str, row| cells[&(sheet.to_owned(), row, 0)].to_string();
        format!("{}\n{}", text("填写说明", 1), text("勾稽核对", 0))
    };
    let said: Vec<String> = ["empty", "missing", "wrong", "2021"]
        .iter()
        .map(|name| format!("{name}:\n{}", summary(name)))
        .collect();
    insta::assert_snapshot!(said.join("\n\n"));
}

/// A blank workbook after last year's report.
fn after(last: &str, organ: Option<&str>) -> Blank {
    let forms = Forms::builtin().unwrap();
    let last = report(last);
    let form = for_year(&forms, last.year + 1).unwrap();
    document::blank_after(&last, form, None, organ)
}

#[test]
fn after_last_year_s_report_what_stays_is_there_already() {
    let blank = after(&project_file("samples/qingshi-2024.toml"), None);
    let bytes = xlsx::write_blank(&blank).unwrap();
    let (cells, _) = cells(&bytes);
    let at = |sheet: &str, row: usize, column: usize| {
        let cell = cells.get(&(sheet.to_owned(), row, column));
        cell.map_or(String::new(), ToString::to_string)
    };
    // Last year's 结转下年度 is this year's 上年结转, its total with it; nothing else is filled in.
    let carried: Vec<String> = (3..10).map(|column| at("依申请公开", 4, column)).collect();
    assert_eq!(carried, ["1", "0", "0", "0", "1", "0", "2"]);
    let above: Vec<String> = (3..10).map(|column| at("依申请公开", 3, column)).collect();
    assert_eq!(above, ["", "", "", "", "", "", "—"]);
    let texts = shown(&bytes, "正文");
    for line in ["＊单位名称 | 青石县教育局", "报告年度 | 2025", "落款日期\n"] {
        assert!(texts.contains(line), "{line}\n{texts}");
    }
    assert!(shown(&bytes, "填写说明").contains("还有 163 格未填"));
    // Last year's figure stands in the prompt of its cell.
    let xml = sheet_xml(&bytes, "依申请公开");
    let prompt = xml
        .split("<dataValidation ")
        .skip(1)
        .find(|it| it.contains("sqref=\"D4\""));
    assert!(prompt.unwrap().contains("上年：27"), "{prompt:?}");

    // Another name may be asked for; another form has other tables, and what both have is carried over.
    let last = project_file("samples/liubei-2019.toml").replace("year   = 2019", "year   = 2020");
    let last = last.replace("form   = ", "# ");
    let blank = after(&last, Some("甲局"));
    assert_eq!(
        (blank.document.form.as_str(), blank.document.year),
        ("2021", 2021)
    );
    assert_eq!(
        (blank.document.script, blank.document.organ.as_str()),
        (Script::Hant, "甲局")
    );
    assert_eq!(blank.typed.len(), 6);
}

#[test]
fn libreoffice_works_out_what_a_workbook_after_last_year_s_report_says() {
    if !calc::installed() {
        return;
    }
    let blank = after(&project_file("samples/qingshi-2024.toml"), None);
    let bytes = xlsx::write_blank(&blank).unwrap();
    let folder = tempfile::tempdir().unwrap();
    convert(folder.path(), [("after", forgetful(&bytes))].into_iter());
    let (expected, formulas) = cells(&bytes);
    let again = std::fs::read(folder.path().join("again/after.xlsx")).unwrap();
    let found = cells(&again).0;
    for place in &formulas {
        let (expected, found) = (&expected[place], found.get(place));
        assert!(
            found.is_some_and(|found| same(expected, found)),
            "{place:?}: {expected:?} became {found:?}"
        );
    }
    // The links to the next cells are among them.
    let goals = expected
        .values()
        .filter(|it| it.to_string().starts_with("#'"));
    assert_eq!(goals.count(), 5);
}
