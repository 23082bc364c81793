//! Many reports into one workbook: the sums, what is left out, and what the parent reports.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use crate::common::units::{YEAR, unit, with_totals};
use crate::common::{project_file, shown};
use assert_cmd::Command;
use calamine::{Data, DataType, Range, Reader, Xlsx};
use nianbao::form::Forms;
use nianbao::pipeline::{Checker, roll_up, rollup_file};
use nianbao::rollup::Terms;
use nianbao::text::Code;
use nianbao::xlsx;

fn nianbao(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("nianbao").unwrap();
    command.current_dir(folder);
    command
}

/// A folder of units; those that are named are changed.
struct Folder {
    place: tempfile::TempDir,
}

impl Folder {
    fn new() -> Self {
        Self {
            place: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self) -> &Path {
        self.place.path()
    }

    fn unit(&self, number: u64, name: &str, change: impl FnOnce(String) -> String) -> PathBuf {
        let path = self.path().join(format!("units/{number:03}.toml"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, change(unit(number, name).text)).unwrap();
        path
    }

    fn file(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    fn sheet(&self, workbook: &str, sheet: &str) -> Range<Data> {
        let bytes = fs::read(self.path().join(workbook)).unwrap();
        let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
        workbook.worksheet_range(sheet).unwrap()
    }
}

/// The sheet as lines, its cells with a bar between them.
fn lines(sheet: &Range<Data>) -> String {
    let rows = sheet.rows().map(|row| {
        let cells: Vec<String> = row.iter().map(Data::to_string).collect();
        cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
    });
    rows.collect::<Vec<String>>().join("\n")
}

fn same(text: String) -> String {
    text
}

#[test]
fn the_sums_of_two_hundred_units_are_those_of_another_addition() {
    let folder = Folder::new();
    let forms = Forms::builtin().unwrap();
    let checker = Checker::new(&forms);
    let mut files = Vec::new();
    let mut expected: BTreeMap<String, i64> = BTreeMap::new();
    for number in 0..200 {
        let name = format!("第{number:03}号县教育局");
        for (key, value) in with_totals(&unit(number, &name).figures) {
            *expected.entry(key).or_default() += value;
        }
        let path = folder.unit(number, &name, same);
        let outcome = checker.check(&path, None);
        assert!(outcome.findings.is_empty(), "{}", shown(&outcome.findings));
        files.push((path.clone(), rollup_file(&path, &outcome)));
    }
    let (rollup, findings) = roll_up(files, &Terms::default(), None, &checker);
    assert!(findings.is_empty(), "{}", shown(&findings));
    let bytes = xlsx::write_rollup(&rollup.unwrap()).unwrap();
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();

    // The official tables, by the names of their cells.
    let mut found = BTreeMap::new();
    for (key, place) in workbook.defined_names().to_vec() {
        // What Excel itself names, such as the rows repeated in print.
        if key.starts_with("_xlnm") {
            continue;
        }
        let (sheet, cell) = place.split_once('!').unwrap();
        let (column, row) = cell.strip_prefix('$').unwrap().split_once('$').unwrap();
        let range = workbook.worksheet_range(sheet.trim_matches('\'')).unwrap();
        let column = u32::from(column.as_bytes()[0] - b'A');
        let row: u32 = row.parse().unwrap();
        let value = range.get_value((row - 1, column)).unwrap();
        found.insert(key, value.as_i64().unwrap());
    }
    assert_eq!(found, expected);

    // 明细: every figure of every unit once, and its sums.
    let listing = workbook.worksheet_range("明细").unwrap();
    let mut records = 0;
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for row in listing.rows().skip(1) {
        records += 1;
        *sums.entry(row[7].to_string()).or_default() += row[8].as_i64().unwrap();
    }
    assert_eq!(records, 200 * expected.len());
    assert_eq!(sums, expected);

    // 指标汇总: the sum and each unit.
    let figures = workbook.worksheet_range("指标汇总").unwrap();
    assert_eq!(figures.width(), 6 + 200);
    for row in figures.rows().skip(1) {
        let units: i64 = row[6..].iter().map(|cell| cell.as_i64().unwrap()).sum();
        assert_eq!(row[5].as_i64(), Some(units), "{}", row[3]);
        assert_eq!(units, expected[&row[3].to_string()]);
    }

    // 单位汇总: the last row.
    let units = workbook.worksheet_range("单位汇总").unwrap();
    let total: i64 = units.rows().next_back().unwrap()[2..]
        .iter()
        .map(|cell| cell.as_i64().unwrap())
        .sum();
    assert_eq!(total, expected.values().sum::<i64>());
    assert_eq!(units.height(), 3 + 200 + 1);
}

/// Excel repairs a file in which a row is there twice, as rust_xlsxwriter 0.102 writes the last row of a
/// sheet that it doesn't hold in memory where the row has a height. Sixty units are too many to hold.
#[test]
fn every_row_of_a_long_list_is_there_once_and_its_temporary_file_is_gone() {
    let folder = Folder::new();
    for number in 0..60 {
        folder.unit(number, &format!("第{number}号县教育局"), same);
    }
    let temporary = folder.path().join("temporary");
    fs::create_dir(&temporary).unwrap();
    nianbao(folder.path())
        .args(["rollup", "units", "-o", "all.xlsx"])
        .env("TMPDIR", &temporary)
        .assert()
        .success();
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    let workbook = fs::File::open(folder.path().join("all.xlsx")).unwrap();
    let mut package = zip::ZipArchive::new(workbook).unwrap();
    let mut longest = 0;
    for number in 1..=7 {
        let part = package.by_name(&format!("xl/worksheets/sheet{number}.xml"));
        let xml = std::io::read_to_string(part.unwrap()).unwrap();
        let rows: Vec<u32> = xml
            .split("<row r=\"")
            .skip(1)
            .map(|row| row.split('"').next().unwrap().parse().unwrap())
            .collect();
        assert!(rows.is_sorted_by(|a, b| a < b), "sheet {number}");
        longest = longest.max(rows.len());
    }
    assert_eq!(longest, 1 + 60 * 200, "明细 has each figure of each unit");
}

/// Seven units, most of which can't be added, and one that was not expected.
fn troubled() -> Folder {
    let folder = Folder::new();
    let swap = |from: &'static str, to: &'static str| {
        move |text: String| {
            assert!(text.contains(from), "{from} is not in {text}");
            text.replacen(from, to, 1)
        }
    };
    folder.unit(1, "甲县教育局", same);
    folder.unit(2, "乙县教育局", swap("year   = 2024", "year   = 2023"));
    folder.unit(3, "甲县教育局", same);
    folder.unit(4, "丙县", swap("\"own\" ", "\"region\""));
    let own = unit(5, "").figures["disclosure.fees.amount"];
    folder.unit(5, "丁县教育局", move |text| {
        let from = format!("amount = {own} ");
        assert!(text.contains(&from));
        text.replacen(&from, "amount = { value = 123456, unit = \"元\" } ", 1)
    });
    folder.unit(6, "戊县教育局", |text| {
        let at = text.find("carried_in ").unwrap();
        let end = at + text[at..].find('\n').unwrap();
        format!(
            "{}carried_in = [0, 0, 0, 0, 0, 0, 7]{}",
            &text[..at],
            &text[end..]
        )
    });
    let own = unit(7, "").figures["disclosure.fees.amount"];
    folder.unit(7, "己县教育局", move |text| {
        let from = format!("amount = {own} ");
        text.replacen(&from, "amount = { value = 12, unit = \"美元\" } ", 1)
    });
    folder.unit(8, "=HYPERLINK(\"http://x.cn\")", same);
    folder.file(
        "expected.txt",
        "# 应报单位\n甲县教育局\n乙县教育局\n\n丁县教育厅\n戊县教育局\n己县教育局\n丙县\n壬乡人民政府\n",
    );
    folder
}

#[test]
fn what_is_left_out_is_told_and_the_rest_is_added() {
    let folder = troubled();
    let done = nianbao(folder.path())
        .args(["rollup", "units", "-o", "sums.xlsx"])
        .args(["--expected", "expected.txt"])
        .assert()
        .code(1);
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    insta::assert_snapshot!("what_is_left_out", told);
    let said = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    let wrote = "已写出 sums.xlsx（2024 年，汇总 3 个单位，未汇总 5 份，应报未报 2 个）\n";
    assert!(said.ends_with(wrote), "{said}");
    let review = lines(&folder.sheet("sums.xlsx", "核对"));
    insta::assert_snapshot!("review", review);
}

#[test]
fn every_code_of_a_roll_up_is_explained_to_users() {
    let guide = project_file("docs/findings.md");
    for code in Code::ROLLUP {
        let times = guide.matches(&format!("\n## `{code}`\n")).count();
        assert_eq!(times, 1, "{code}");
    }
}

#[test]
fn a_unit_s_name_that_looks_like_a_formula_stays_a_text() {
    let folder = troubled();
    nianbao(folder.path())
        .args(["rollup", "units", "-o", "sums.xlsx", "-q"])
        .assert()
        .code(1);
    let bytes = fs::read(folder.path().join("sums.xlsx")).unwrap();
    let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
    let (mut texts, mut sheets) = (0, 0);
    for sheet in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&sheet).unwrap();
        for (row, column, formula) in formulas.used_cells() {
            assert!(!formula.contains("HYPERLINK"), "{sheet} {row} {column}");
        }
        let name = "=HYPERLINK(\"http://x.cn\")";
        let values = workbook.worksheet_range(&sheet).unwrap();
        let here = values
            .used_cells()
            .filter(|(.., cell)| cell.as_string().is_some_and(|text| text == name))
            .count();
        texts += here;
        sheets += usize::from(here > 0);
    }
    // 单位汇总, 指标汇总, 明细 and 核对.
    assert_eq!(sheets, 4);
    assert!(texts > 190, "{texts}");
}

#[test]
fn money_in_other_units_is_added_in_that_of_the_form() {
    let folder = troubled();
    nianbao(folder.path())
        .args(["rollup", "units", "-o", "sums.xlsx", "-q"])
        .assert()
        .code(1);
    let figures = folder.sheet("sums.xlsx", "指标汇总");
    let fees = figures
        .rows()
        .find(|row| row[3] == "disclosure.fees.amount");
    let fees = fees.unwrap();
    let own = |number| unit(number, "").figures["disclosure.fees.amount"];
    #[allow(clippy::cast_precision_loss)]
    let sum = (own(1) + own(8)) as f64 + 12.3456;
    assert_eq!(fees[4].to_string(), "万元");
    assert!((fees[5].as_f64().unwrap() - sum).abs() < 1e-9, "{fees:?}");
    assert_eq!(fees[7].as_f64(), Some(12.3456));
}

#[test]
fn the_parent_s_own_figures_stand_beside_the_sums() {
    let folder = Folder::new();
    for number in 1..4 {
        folder.unit(number, &format!("{number}号县"), same);
    }
    nianbao(folder.path())
        .args([
            "rollup",
            "units",
            "-o",
            "sums.xlsx",
            "--toml",
            "units/parent.toml",
            "-q",
        ])
        .args(["--organ", "某市"])
        .assert()
        .code(0);
    let parent = folder.path().join("units/parent.toml");
    let mut text = fs::read_to_string(&parent).unwrap();
    assert!(text.contains("scope  = \"region\""), "{text}");
    for (key, words) in [
        ("overview", "无。"),
        ("problems", "无。"),
        ("other", "未收取信息处理费。"),
    ] {
        let blank = format!("{key} = \"\"\"\n");
        text = text.replace(&blank, &format!("{blank}{words}\n"));
    }
    fs::write(&parent, &text).unwrap();
    // The sums are a sound report, and equal to themselves; the parent's file, though it lies among
    // the units', is not added to them.
    let equal = [
        "rollup",
        "units",
        "-o",
        "sums.xlsx",
        "--report",
        "units/parent.toml",
    ];
    nianbao(folder.path())
        .args(["check", "units/parent.toml"])
        .assert()
        .code(0);
    nianbao(folder.path())
        .args(equal)
        .assert()
        .code(0)
        .stderr("");
    let sheet = folder.sheet("sums.xlsx", "本级对比");
    let summary = sheet.rows().next().unwrap()[0].to_string();
    let all = sheet.height() - 2;
    assert_eq!(summary, format!("共 {all} 个数：相等 {all} 个，不等 0 个"));

    let at = text.find("upheld = ").unwrap() + "upheld = ".len();
    let end = at + text[at..].find(',').unwrap();
    let upheld: i64 = text[at..end].parse().unwrap();
    let changed = format!("{}{}{}", &text[..at], upheld + 5, &text[end..]);
    fs::write(&parent, changed).unwrap();
    let done = nianbao(folder.path()).args(equal).assert().code(0);
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(told.contains("警告[parent-differs]"), "{told}");
    assert!(
        told.contains(&format!("本级 {}，各单位之和 {upheld}", upheld + 5)),
        "{told}"
    );
    let sheet = folder.sheet("sums.xlsx", "本级对比");
    // The total that is made of it differs too.
    let different: Vec<String> = sheet
        .rows()
        .filter(|row| row[8] == "否")
        .map(|row| format!("{} {} {}", row[3], row[5], row[7]))
        .collect();
    assert_eq!(different.len(), 2, "{different:?}");
    assert!(
        different.iter().all(|line| line.ends_with(" 5")),
        "{different:?}"
    );
}

#[test]
fn a_filled_in_workbook_and_a_traditional_report_are_added_too() {
    let folder = Folder::new();
    folder.unit(1, "甲县", same);
    folder.unit(2, "乙县", |text| text.replace("\"hans\"", "\"hant\""));
    nianbao(folder.path())
        .args(["rollup", "units", "-o", "one.xlsx", "-q"])
        .assert()
        .code(0);
    nianbao(folder.path())
        .args([
            "build",
            "units/002.toml",
            "-o",
            "units",
            "--only",
            "xlsx",
            "-q",
        ])
        .assert()
        .code(0);
    fs::remove_file(folder.path().join("units/002.toml")).unwrap();
    nianbao(folder.path())
        .args(["rollup", "units", "-o", "other.xlsx", "-q"])
        .assert()
        .code(0);
    let sheets = ["依申请公开", "单位汇总", "指标汇总", "明细"];
    for sheet in sheets {
        let one = lines(&folder.sheet("one.xlsx", sheet));
        assert_eq!(one, lines(&folder.sheet("other.xlsx", sheet)), "{sheet}");
    }
    nianbao(folder.path())
        .args([
            "rollup",
            "units",
            "-o",
            "hant.xlsx",
            "-q",
            "--script",
            "hant",
        ])
        .assert()
        .code(0);
    assert!(folder.sheet("hant.xlsx", "單位匯總").height() > 3);
}

#[test]
fn regions_are_added_to_bodies_only_when_asked() {
    let folder = Folder::new();
    folder.unit(1, "甲县教育局", same);
    folder.unit(2, "乙县", |text| {
        text.replacen("\"own\" ", "\"region\"", 1)
    });
    let count = |done: assert_cmd::assert::Assert| {
        let said = String::from_utf8(done.get_output().stdout.clone()).unwrap();
        said.contains("汇总 2 个单位")
    };
    let rollup = ["rollup", "units", "-o", "sums.xlsx"];
    assert!(!count(nianbao(folder.path()).args(rollup).assert().code(1)));
    let mixed = nianbao(folder.path())
        .args(rollup)
        .arg("--mixed-scope")
        .assert();
    assert!(count(mixed.code(0)));
}

#[test]
fn a_sum_that_no_figure_may_reach_is_refused() {
    let folder = Folder::new();
    for number in 1..3 {
        let own = unit(number, "").figures["disclosure.licensing.decisions"];
        folder.unit(number, &format!("{number}号县"), |text| {
            let from = format!("decisions = {own} }}  # 行政许可");
            assert!(text.contains(&from), "{text}");
            text.replacen(&from, "decisions = 999999999999 }", 1)
        });
    }
    let done = nianbao(folder.path())
        .args(["rollup", "units", "-o", "sums.xlsx"])
        .assert()
        .code(1);
    let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
    assert!(told.contains("错误[sum-too-large]"), "{told}");
    assert!(told.contains("1999999999998"), "{told}");
    assert!(!folder.path().join("sums.xlsx").exists());
}

#[test]
fn the_outputs_never_replace_what_was_read_and_are_not_read_again() {
    let folder = Folder::new();
    folder.unit(1, "甲县", same);
    folder.unit(2, "乙县", same);
    let run = |words: &[&str]| {
        let mut command = nianbao(folder.path());
        command.arg("rollup").args(words);
        command.assert()
    };
    // A workbook beside the units is written anew and not taken for one of them.
    for _ in 0..2 {
        run(&["units", "-o", "units/sums.xlsx", "-q"])
            .code(0)
            .stderr("");
    }
    run(&["units/001.toml", "-o", "units/001.toml"]).code(2);
    let own = [
        "units",
        "-o",
        "new.xlsx",
        "--force",
        "--toml",
        "units/001.toml",
    ];
    run(&own).code(3);
    // A data file is never overwritten, and nothing is done when it would be.
    run(&["units", "-o", "new.xlsx", "--toml", "units/001.toml"]).code(3);
    assert!(!folder.path().join("new.xlsx").exists());
    // As an input of its own, the workbook is told apart from a report.
    let told = run(&["units/sums.xlsx", "-o", "new.xlsx"]).code(1);
    let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(
        told.contains("错误[wrong-form]") && told.contains("--toml"),
        "{told}"
    );
    run(&["units", "-o", "missing/sums.xlsx"]).code(3);
    run(&["nowhere", "-o", "new.xlsx"]).code(3);
}

#[test]
fn the_later_year_decides_where_as_many_report_on_each() {
    let folder = Folder::new();
    folder.unit(1, "甲县", |text| {
        text.replacen("year   = 2024", "year   = 2023", 1)
    });
    folder.unit(2, "乙县", same);
    let done = nianbao(folder.path())
        .args(["rollup", "units", "-o", "sums.xlsx"])
        .assert()
        .code(1);
    let said = String::from_utf8(done.get_output().stdout.clone()).unwrap();
    assert!(
        said.contains(&format!("（{YEAR} 年，汇总 1 个单位")),
        "{said}"
    );
}
