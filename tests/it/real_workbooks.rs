//! Workbooks as Excel, WPS and other programs really write them, after public reports of trouble
//! with such files: read as Excel shows them, or refused by cell, and nothing lost without a word.

use std::io::{Cursor, Read, Write};

use crate::intake::{again, edited, findings, forms, said, small, told, with_cell};
use nianbao::intake;
use nianbao::pipeline::Checker;
use nianbao::report::Report;

const INLINE: &str = " t=\"inlineStr\"";

fn text(text: &str) -> String {
    format!("<is><t xml:space=\"preserve\">{text}</t></is>")
}

/// A workbook whose parts are called otherwise, with more of them.
fn repacked(bytes: &[u8], rename: impl Fn(&str) -> String, more: &[(&str, &str)]) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for index in 0..package.len() {
        let mut file = package.by_index(index).unwrap();
        let name = rename(&file.name().unwrap());
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        copy.start_file(name, options).unwrap();
        copy.write_all(&content).unwrap();
    }
    for (name, content) in more {
        copy.start_file(*name, options).unwrap();
        copy.write_all(content.as_bytes()).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

/// Gives a cell of sheet `sheet` a number format of its own and a number.
fn formatted(sheet: u32, cell: &str, code: &str, number: &str) -> Vec<u8> {
    let code = code.replace('&', "&amp;").replace('"', "&quot;");
    let code = code.replace('<', "&lt;").replace('>', "&gt;");
    let bytes = with_cell(sheet, cell, " own=\"1\"", &format!("<v>{number}</v>"));
    let bytes = edited(&bytes, "xl/styles.xml", |xml| {
        xml.replace(
            "</numFmts>",
            &format!("<numFmt numFmtId=\"300\" formatCode=\"{code}\"/></numFmts>"),
        )
        .replace("</cellXfs>", "<xf numFmtId=\"300\"/></cellXfs>")
    });
    let mut package = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut xml = String::new();
    let mut part = package.by_name("xl/styles.xml").unwrap();
    part.read_to_string(&mut xml).unwrap();
    let cells = xml.split_once("<cellXfs").unwrap().1;
    let cells = cells.split_once("</cellXfs>").unwrap().0;
    let style = cells.matches("<xf ").count() - 1;
    edited(&bytes, &format!("xl/worksheets/sheet{sheet}.xml"), |xml| {
        let (before, from) = xml.split_once(&format!("<c r=\"{cell}\" s=\"")).unwrap();
        let (_, after) = from.split_once("\" own=\"1\"").unwrap();
        format!("{before}<c r=\"{cell}\" s=\"{style}\"{after}")
    })
}

/// A workbook with notes on its first sheet.
fn noted(comments: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let list = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{kind}/comments\" \
         Target=\"../comments1.xml\"/></Relationships>"
    );
    let comments = format!("<comments>{comments}</comments>");
    repacked(
        &small(),
        str::to_owned,
        &[
            ("xl/worksheets/_rels/sheet1.xml.rels", &list),
            ("xl/comments1.xml", &comments),
        ],
    )
}

/// The notes on one cell by one author.
fn note(cell: &str, author: &str, text: &str) -> Vec<u8> {
    noted(&format!(
        "<authors><author>{author}</author></authors><commentList>\
         <comment ref=\"{cell}\" authorId=\"0\"><text>{text}</text></comment></commentList>"
    ))
}

fn read(bytes: &[u8]) -> Report {
    intake::report("报表.xlsx", bytes, &forms(), None)
        .unwrap_or_else(|findings| panic!("{}", crate::common::shown(&findings)))
}

/// Value, unit and note of a figure.
fn figure(report: &Report, key: &str) -> (String, String, String) {
    let mut figures = report.figures.iter().zip(&report.form.figures);
    let (figure, _) = figures.find(|(_, spec)| spec.key == key).unwrap();
    let said = |worded: &Option<nianbao::report::Worded>| {
        worded
            .as_ref()
            .map_or_else(String::new, |it| it.text.clone())
    };
    (
        figure.value.to_string(),
        said(&figure.unit),
        said(&figure.note),
    )
}

const FEES: &str = "disclosure.fees.amount";
const PENALTIES: &str = "disclosure.penalty.decisions";
const MADE: &str = "disclosure.normative_documents.made";

#[test]
fn a_format_that_shows_another_number_is_refused_by_cell() {
    for code in [
        "0\\.0000\"万元\"",
        "0!.0000\"万元\"",
        "0\".\"0,\"万元\"",
        "0!.0,",
        "#,##0,\"千元\"",
        "[>=10000]0!.0,\"万\";0",
        "0.00,,",
        ";;;",
        "0%",
    ] {
        let told = told(&formatted(1, "B14", code, "1286450"));
        assert!(
            told.contains("主动公开!B14") && told.contains("常规"),
            "{code}: {told}"
        );
    }
    let told = told(&formatted(1, "B7", "0!.0,\"万\"", "40000"));
    assert!(
        told.contains("主动公开!B7") && told.contains("另一个数"),
        "{told}"
    );
}

#[test]
fn units_come_from_the_number_format_without_its_blanks() {
    for (code, unit) in [
        ("General\"件\"", "件"),
        ("General;-General", ""),
        ("[DBNum1][$-804]General", ""),
        ("G/通用格式\"件\"", "件"),
        ("0\\ ", ""),
        ("0\" 件\"", "件"),
        ("[>=10000]0!.0,\"万\";0\"件\"", "件"),
    ] {
        let found = figure(&read(&formatted(1, "B10", code, "4")), PENALTIES);
        assert_eq!((found.0.as_str(), found.1.as_str()), ("4", unit), "{code}");
    }
}

#[test]
fn the_last_bits_of_a_pasted_sum_are_no_digits() {
    for (cell, stored, key, shown) in [
        ("B14", "0.30000000000000004", FEES, "0.3000"),
        ("B14", "1286.4499999999998", FEES, "1286.4500"),
        ("B10", "358.00000000000006", PENALTIES, "358"),
    ] {
        let bytes = with_cell(1, cell, "", &format!("<v>{stored}</v>"));
        assert_eq!(figure(&read(&bytes), key).0, shown);
    }
}

#[test]
fn a_day_with_a_time_is_that_day_and_a_time_is_none() {
    let report = read(&with_cell(4, "B14", "", "<v>45673.99</v>"));
    let (day, _) = report.particulars.date().unwrap();
    assert_eq!(day.to_string(), "2025-01-16");
    assert!(told(&formatted(4, "B14", "h:mm", "45673.5")).contains("正文!B14"));
    assert!(told(&formatted(4, "B5", "yyyy", "2024")).contains("正文!B5"));
}

#[test]
fn the_old_result_of_a_sum_is_worked_out_again() {
    let report = read(&with_cell(2, "D4", "", "<v>30</v>"));
    assert_eq!(figure(&report, "requests.new.total").0, "41");
    // A sum that somebody typed himself is his, old result or not.
    let told = told(&with_cell(2, "D4", "", "<f>SUM(E4:F4)+D5*1</f><v>27</v>"));
    assert_eq!(told, "");
    let told = self::told(&with_cell(2, "D4", "", "<f>SUM(E4:F4)+D5</f><v>27</v>"));
    assert!(
        told.contains("公式的结果 27 是旧的，重新计算是 7") && told.contains("依申请公开!D4"),
        "{told}"
    );
}

#[test]
fn formulas_that_lead_in_a_circle_end() {
    let circle = with_cell(2, "D4", "", "<f>E4+E4</f><v>27</v>");
    let bytes = edited(&circle, "xl/worksheets/sheet2.xml", |xml| {
        let (before, from) = xml.split_once("<c r=\"E4\"").unwrap();
        let (_, after) = from.split_once("</c>").unwrap();
        format!("{before}<c r=\"E4\"><f>D4+D4</f><v>4</v></c>{after}")
    });
    read(&bytes);
}

#[test]
fn cells_without_anything_in_them_are_blank_whatever_their_kind() {
    let good = said(&again(&small(), &forms()));
    for cell in [
        "<c r=\"C7\" t=\"s\"><v/></c>",
        "<c r=\"C7\" t=\"s\"/>",
        "<c r=\"C7\" t=\"b\"><v></v></c>",
        "<c r=\"C7\" t=\"e\"/>",
        "<c r=\"C7\" t=\"inlineStr\"/>",
    ] {
        let bytes = edited(&small(), "xl/worksheets/sheet1.xml", |xml| {
            xml.replace(
                "</sheetData>",
                &format!("<row r=\"7\">{cell}</row></sheetData>"),
            )
        });
        assert_eq!(told(&bytes), "", "{cell}");
        assert_eq!(said(&again(&bytes, &forms())), good, "{cell}");
    }
}

#[test]
fn parts_are_found_in_any_case_and_behind_backslashes() {
    let good = said(&again(&small(), &forms()));
    let renames: [fn(&str) -> String; 4] = [
        |name| name.replace("sharedStrings", "SharedStrings"),
        |name| name.to_uppercase(),
        |name| name.replace('/', "\\"),
        |name| format!("/{name}"),
    ];
    for rename in renames {
        let bytes = repacked(&small(), rename, &[]);
        assert_eq!(told(&bytes), "");
        assert_eq!(said(&again(&bytes, &forms())), good);
    }
    let bytes = edited(&small(), "xl/_rels/workbook.xml.rels", |xml| {
        xml.replace("worksheets/sheet", "worksheets\\sheet")
    });
    assert_eq!(said(&again(&bytes, &forms())), good);
}

#[test]
fn a_name_of_one_sheet_does_not_stand_for_that_of_the_workbook() {
    for (sheet, refers) in [(5, "#REF!"), (4, "'正文'!$B$4")] {
        let bytes = edited(&small(), "xl/workbook.xml", |xml| {
            let name = format!(
                "<definedNames><definedName name=\"organ.name\" \
                 localSheetId=\"{sheet}\">{refers}</definedName>"
            );
            xml.replace("<definedNames>", &name)
        });
        assert_eq!(read(&bytes).organ.text, "青石县文化和旅游局");
    }
}

fn with_sheet(name: &str, state: &str) -> Vec<u8> {
    edited(&small(), "xl/workbook.xml", |xml| {
        let sheet = format!("<sheet name=\"{name}\" sheetId=\"9\"{state} r:id=\"rId1\"/></sheets>");
        xml.replace("</sheets>", &sheet)
    })
}

#[test]
fn sheets_that_programs_hide_are_nobodys_text() {
    for bytes in [
        with_sheet("WpsReserved_CellImgList", " state=\"veryHidden\""),
        with_sheet("WpsReserved_CellImgList", ""),
        with_sheet("_hidden", " state=\"veryHidden\""),
    ] {
        assert!(read(&bytes).doubts.is_empty());
    }
}

#[test]
fn a_scratch_sheet_is_told_of_and_stops_nothing() {
    let doubts = read(&with_sheet("Sheet1", "")).doubts;
    let [doubt] = doubts.as_slice() else {
        panic!("{doubts:?}");
    };
    assert!(!doubt.is_error());
    assert!(doubt.message.zh.contains("“Sheet1”，表里的内容不读"));
    let (_, told) =
        intake::data_file("报表.xlsx", &with_sheet("Sheet1", ""), &forms(), None).unwrap();
    assert_eq!(told.len(), 1);
}

#[test]
fn a_binary_workbook_and_a_text_document_are_called_that() {
    for (target, words) in [
        ("xl/workbook.bin", "二进制工作簿（.xlsb）"),
        ("word/document.xml", "Word"),
    ] {
        let bytes = edited(&small(), "_rels/.rels", |xml| {
            xml.replace("xl/workbook.xml", target)
        });
        let told = told(&bytes);
        assert!(told.contains(words) && !told.contains("损坏"), "{told}");
    }
}

#[test]
fn a_note_is_what_was_typed_without_what_programs_add() {
    let preamble = "[Threaded comment]\n\nYour version of Excel allows you to read this threaded \
                    comment; however, any edits to it will get removed if the file is opened in a \
                    newer version of Excel. Learn more: \
                    https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    ";
    let threaded = format!("<t>{preamble}其中修订1件</t>");
    for (author, stored) in [
        (
            "作者",
            "<r><rPr><b/></rPr><t>作者:</t></r><r><t xml:space=\"preserve\">\n其中修订1件</t></r>",
        ),
        (
            "作者",
            "<r><t xml:space=\"preserve\">作者: </t></r><r><t>其中修订1件</t></r>",
        ),
        ("tc={00000000-0000-0000-0000-000000000001}", &threaded),
        (
            "作者",
            "<r><t>其中修订1件</t></r><rPh sb=\"0\" eb=\"1\"><t>ふりがな</t></rPh>",
        ),
    ] {
        let report = read(&note("B4", author, stored));
        assert_eq!(figure(&report, MADE).2, "其中修订1件", "{stored}");
        assert!(report.doubts.is_empty());
    }
    let lines = note("B4", "作者", "<t>其中：\n修订1件，\n另有1件</t>");
    assert_eq!(figure(&read(&lines), MADE).2, "其中：修订1件，另有1件");
}

#[test]
fn a_note_that_is_on_no_figure_is_told_of() {
    let doubts = read(&note("A4", "作者", "<t>含修订1件</t>")).doubts;
    let [doubt] = doubts.as_slice() else {
        panic!("{doubts:?}");
    };
    assert!(!doubt.is_error() && doubt.message.zh.contains("含修订1件"));
    assert_eq!(doubt.place.as_ref().unwrap().cell().unwrap().name(), "A4");
}

#[test]
fn what_will_be_printed_of_the_notes_is_told_once_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("报表.xlsx");
    std::fs::write(&path, note("B4", "李", "<t>李:\n请再核一下</t>")).unwrap();
    let forms = forms();
    let checker = Checker {
        deny_warnings: true,
        ..Checker::new(&forms)
    };
    let outcome = checker.check(&path, None);
    assert!(outcome.findings.is_empty(), "{}", outcome.findings);
    let [told] = outcome.notes.as_slice() else {
        panic!("{:?}", outcome.notes);
    };
    assert!(
        told.zh.contains("批注会印在表下：主动公开!B4“请再核一下”"),
        "{}",
        told.zh
    );
}

/// A sheet 正文 with one more cell.
fn with_text(cell: &str, content: &str) -> Vec<u8> {
    let row: String = cell.chars().filter(char::is_ascii_digit).collect();
    edited(&small(), "xl/worksheets/sheet4.xml", |xml| {
        let more = format!(
            "<row r=\"{row}\"><c r=\"{cell}\"{INLINE}>{}</c></row></sheetData>",
            text(content)
        );
        xml.replace("</sheetData>", &more)
    })
}

#[test]
fn text_beside_the_column_of_the_texts_is_not_lost_in_silence() {
    let whole = read(&small());
    assert!(whole.doubts.is_empty());
    let line = &whole.texts[0].lines[0];
    let row: String = line.worded.place.cell().unwrap().name().split_off(1);
    for cell in [
        format!("A{row}"),
        format!("C{row}"),
        "C2".to_owned(),
        "D90".to_owned(),
    ] {
        let findings = findings(&with_text(&cell, "我局情况"));
        let told = crate::common::shown(&findings);
        assert!(
            findings.any_error() && told.contains(&format!("正文!{cell}")),
            "{told}"
        );
        assert!(told.contains("B 列"), "{told}");
    }
    // Below everything, where the signature stands in a built workbook.
    let doubts = read(&with_text("A90", "我局情况")).doubts;
    assert!(doubts.len() == 1 && !doubts[0].is_error());
    assert!(told(&with_text(&format!("A{row}"), "（续）")).is_empty());
}

#[test]
fn many_cells_with_one_fault_are_one_finding() {
    let bytes = edited(&small(), "xl/worksheets/sheet2.xml", |xml| {
        let mut out = String::new();
        for (number, cell) in xml.split("<c r=\"").enumerate() {
            let name = cell.split('"').next().unwrap();
            let in_range = name.starts_with(['D', 'E', 'F', 'G', 'H', 'I']);
            let value = cell.split("<v>").nth(1).and_then(|v| v.split_once("</v>"));
            match value {
                Some((value, rest))
                    if number > 0
                        && in_range
                        && !cell.contains("t=\"s\"")
                        && !cell.contains("<f>") =>
                {
                    let rest = rest.split_once("</c>").unwrap().1;
                    out.push_str(&format!(
                        "<c r=\"{name}\"{INLINE}>{}</c>{rest}",
                        text(value)
                    ));
                }
                _ if number > 0 => out.push_str(&format!("<c r=\"{cell}")),
                _ => out.push_str(cell),
            }
        }
        out
    });
    let findings = findings(&bytes);
    let told = crate::common::shown(&findings);
    assert_eq!(findings.len(), 1, "{told}");
    assert!(
        told.contains("D4:I28 里有 144 格：数字存成了文字"),
        "{told}"
    );
    assert!(told.contains("转换为数字"), "{told}");
}

#[test]
fn what_is_advised_for_a_number_with_words_can_be_done() {
    for (typed, advice) in [
        ("12.86万", "写成 128600"),
        (
            "358（其中网办300）",
            "只写数字 358；“其中网办300”写在这一格的批注里",
        ),
        ("358。", "改法: 只写数字 358"),
        ("358件", "自定义 0\"件\""),
    ] {
        let told = told(&with_cell(1, "B7", INLINE, &text(typed)));
        assert!(told.contains(advice), "{told}");
    }
}
