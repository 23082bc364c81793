//! What the fuzz targets assert (`fuzz/README.md`), on the inputs that they found once and on
//! samples changed in the same few thousand ways each time.

use std::path::Path;
use std::sync::Arc;

use crate::common::project_file;
use crate::properties::{data_file, form_file, formula, small_form, workbook};
use nianbao::form::{self, Form, Script, builtin};
use nianbao::source::Source;
use nianbao::{check, data, document, report, xlsx};

const FORMULAS: [&str; 5] = [
    "t.@row.sum = t.@row.x + t.@row.y",
    "t.a.x - (t.a.y - 2.5) >= sum(t.b.*.x, t.a.x)",
    "previous.t.a.x != -t.b.e.x.y + 3",
    "t.@a.@b.x < sum(t.*.*.y)",
    "(((t.a.x))) ≤ 0",
];

/// Numbers that look random and are the same on any machine (Marsaglia, "Xorshift RNGs", 2003).
struct Numbers(u32);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % limit.max(1)
    }

    fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// `text` with up to three things done to it: characters taken out, said again, put in, or moved
/// from elsewhere in it.
fn changed(text: &str, words: &[&str], numbers: &mut Numbers) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(characters.len() + 1);
        let end = (at + numbers.below(12)).min(characters.len());
        let put: Vec<char> = match numbers.below(4) {
            0 => Vec::new(),
            1 => characters[at..end].repeat(2),
            2 => numbers.of(words).chars().collect(),
            _ => {
                let from = numbers.below(characters.len() + 1);
                let to = (from + numbers.below(40)).min(characters.len());
                characters[from..to].to_vec()
            }
        };
        characters.splice(at..end, put);
    }
    characters.into_iter().collect()
}

/// Asserts what must hold of `rounds` changed versions of each sample.
fn mutations(samples: &[String], words: &[&str], rounds: usize, holds: fn(&[u8])) {
    let mut numbers = Numbers(0x9E37_79B9);
    for sample in samples {
        holds(sample.as_bytes());
        for _ in 0..rounds {
            let text = changed(sample, words, &mut numbers);
            // A test's output is shown when it fails: this is the input to keep.
            println!("=== input\n{text}");
            holds(text.as_bytes());
        }
    }
}

/// A workbook of the small form, as `build` writes it.
fn small_workbook() -> Vec<u8> {
    let text = form::data_file::blank(&small_form(), 2020, Some("某局"));
    filled(
        &text.replace("\"\"\"\n\"\"\"", "\"一段。\""),
        &[small_form()],
    )
}

fn filled(text: &str, forms: &[Arc<Form>]) -> Vec<u8> {
    let source = Arc::new(Source::new("filled.toml", text));
    let report = report::read(&data::read(&source), forms, None).report;
    let checking = check::check(report.unwrap(), None, |_| true);
    xlsx::write(&document::build(&checking.checked.unwrap())).unwrap()
}

/// What each target starts from, by its name and that of the input.
fn seeds() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut seeds = Vec::new();
    for (target, folder) in [
        ("data_file", "samples"),
        ("data_file", "samples/broken"),
        ("data_file", "samples/broken/previous"),
        ("data_file", "tests/data/reports"),
        ("form_file", "src/form"),
        ("form_file", "samples/forms"),
        ("form_file", "tests/it/properties"),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                seeds.push((target, name, std::fs::read(path).unwrap()));
            }
        }
    }
    for (number, formula) in FORMULAS.iter().enumerate() {
        seeds.push(("formula", number.to_string(), formula.as_bytes().to_vec()));
    }
    let official = project_file("samples/broken/in-force.toml");
    let blank = document::blank(&small_form(), 2020, Script::Hant, Some("某局"));
    for (name, bytes) in [
        ("official", filled(&official, builtin().unwrap())),
        ("small", small_workbook()),
        ("blank", xlsx::write_blank(&blank).unwrap()),
    ] {
        seeds.push((
            "workbook_parts",
            name.to_owned(),
            workbook::unpacked(&bytes),
        ));
        seeds.push(("workbook", name.to_owned(), bytes));
    }
    seeds
}

#[test]
#[ignore = "writes fuzz/corpus, from which the fuzz targets start"]
fn seeds_for_the_fuzz_targets() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (target, name, bytes) in seeds() {
        let folder = corpus.join(target);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("seed-{name}")), bytes).unwrap();
    }
}

/// The inputs stand in a folder for each target.
#[test]
fn what_broke_something_once_does_not_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/regressions");
    let mut inputs = 0;
    for target in std::fs::read_dir(folder).unwrap() {
        let target = target.unwrap().path();
        let holds = match target.file_name().and_then(|name| name.to_str()) {
            Some("data_file") => data_file::holds,
            Some("form_file") => form_file::holds,
            Some("formula") => formula::holds,
            Some("workbook") => workbook::holds,
            Some("workbook_parts") => workbook::parts_hold,
            other => panic!("{other:?} is no target"),
        };
        for input in std::fs::read_dir(target).unwrap() {
            // A test's output is shown when it fails: the last name is that of the culprit.
            let input = input.unwrap().path();
            println!("=== {}", input.display());
            holds(&std::fs::read(input).unwrap());
            inputs += 1;
        }
    }
    assert!(inputs > 0);
}

#[test]
fn changed_data_files_are_reports_or_have_findings() {
    let samples = [
        project_file("samples/qingshi-2024.toml"),
        project_file("samples/broken/in-force.toml"),
    ];
    let words = [
        "\"\"\"",
        "[[",
        "{ value = ",
        "９",
        "0x1",
        "1e400",
        "，",
        "{{requests.new.total}}",
        "\n",
        "\\u202e",
        "{ file = \"",
        "9999999999999",
        "-0",
        "= ",
        "年",
        "\u{0}",
    ];
    mutations(&samples, &words, 60, data_file::holds);
}

#[test]
fn changed_form_files_are_forms_or_have_findings() {
    let samples = [project_file("tests/it/properties/small-form.toml")];
    let words = [
        "compute = \"",
        "@row",
        "*",
        "sum(",
        "previous.",
        "columns = 9",
        "rows = 2, ",
        "kind = \"money\"",
        "{ note = \"",
        "series",
        "{ head = \"",
        "|",
        "0",
        "\n[[rule]]\n",
        "\u{7f}",
    ];
    mutations(&samples, &words, 200, form_file::holds);
}

#[test]
fn changed_formulas_mean_what_they_say_or_have_findings() {
    let samples = FORMULAS.map(str::to_owned);
    let words = [
        "(",
        ")",
        "-",
        "−",
        "sum(",
        "previous.",
        "@a",
        "*",
        ".",
        ",",
        "99999999999999999999999999999",
        "t.b.c.y",
        "≤",
        " ",
    ];
    mutations(&samples, &words, 400, formula::holds);
}

#[test]
fn changed_parts_of_a_workbook_are_a_report_or_have_findings() {
    let parts = String::from_utf8(workbook::unpacked(&small_workbook())).unwrap();
    let words = [
        "<",
        ">",
        "\"",
        "</c>",
        "<c r=\"",
        " t=\"s\"",
        " t=\"e\"",
        " t=\"str\"",
        "<v>",
        "</v>",
        "<f>",
        "</f>",
        "1E+308",
        "-0.1",
        "&#10;",
        "&amp;",
        "_x000D_",
        "#REF!",
        "XFD1048576",
        "\n>>> xl/workbook.xml\n",
    ];
    mutations(&[parts], &words, 300, workbook::parts_hold);
}
