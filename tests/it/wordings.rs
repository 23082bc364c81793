//! The lists of words that texts are read with, row by row: each is tried on its own example.

use serde::Deserialize;

use crate::common::project_file;
use crate::narrative::{doubts, numbers, with_overview};

#[derive(Deserialize)]
struct Namings {
    naming: Vec<Row>,
}

#[derive(Deserialize)]
struct Words {
    word: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    kind: String,
    words: Vec<String>,
    example: String,
}

const SAMPLES: [&str; 2] = ["samples/qingshi-2024.toml", "samples/liubei-2019.toml"];

/// What is found in a sentence that is the whole of section one.
fn found(sample: &str, sentence: &str) -> Vec<String> {
    numbers(&doubts(&with_overview(sample, sentence)))
}

/// The sentence with 7 added to each number in turn, years, days and shares left out.
pub fn changed(sentence: &str) -> Vec<(String, String)> {
    let mut changed = Vec::new();
    let bytes = sentence.as_bytes();
    let mut at = 0;
    while let Some(start) = bytes.iter().skip(at).position(u8::is_ascii_digit) {
        let start = at + start;
        let part = &sentence[start..];
        let length = part
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(part.len());
        let (digits, behind) = part.split_at(length);
        at = start + length;
        let decimal = behind.starts_with('.');
        let other = behind.starts_with(['年', '月', '日', '%']) || sentence[..start].ends_with('.');
        if !other {
            let wrong = (digits.parse::<u64>().unwrap() + 7).to_string();
            let tail = if decimal {
                let end = behind[1..].find(|c: char| !c.is_ascii_digit()).unwrap() + 1;
                &behind[..end]
            } else {
                ""
            };
            changed.push((
                format!("{}{wrong}{behind}", &sentence[..start]),
                format!("{wrong}{tail}"),
            ));
        }
    }
    changed
}

/// Why the example does not do for the sample, if so.
fn fault(sample: &str, row: &Row) -> Option<String> {
    let right = found(sample, &row.example);
    if !right.is_empty() {
        return Some(format!(
            "{sample}: {} is true, but found {right:?}",
            row.example
        ));
    }
    let wrong = changed(&row.example)
        .into_iter()
        .filter(|(sentence, number)| {
            let told = found(sample, sentence);
            !told.iter().any(|told| told.starts_with(number.as_str()))
        });
    let missed: Vec<String> = wrong.map(|(sentence, _)| sentence).collect();
    (!missed.is_empty()).then(|| format!("{sample}: nothing found in {missed:?}"))
}

#[test]
fn each_naming_finds_the_numbers_of_its_example() {
    let rows: Namings = toml::from_str(&project_file("src/form/namings.toml")).unwrap();
    let mut faults = String::new();
    for row in rows.naming {
        let told: Vec<String> = SAMPLES
            .iter()
            .filter_map(|sample| fault(sample, &row))
            .collect();
        if told.len() == SAMPLES.len() {
            faults += &format!("{:?}\n  {}\n", row.words, told.join("\n  "));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn each_word_around_a_number_does_what_its_row_says() {
    let rows: Words = toml::from_str(&project_file("src/check/narrative/words.toml")).unwrap();
    let [sample, _] = SAMPLES;
    let mut faults = String::new();
    for row in rows.word {
        let silences =
            ["away", "way", "running", "vague", "narrowing"].contains(&row.kind.as_str());
        let told = if silences {
            let told = found(sample, &row.example);
            let word = row.words.iter().filter(|word| row.example.contains(*word));
            let word = word
                .max_by_key(|word| word.len())
                .expect("the example has no word of its row");
            let without = found(sample, &row.example.replace(word.as_str(), ""));
            match (
                told.is_empty(),
                without.is_empty() && row.kind != "narrowing",
            ) {
                (false, _) => Some(format!("{}: found {told:?}", row.example)),
                (true, true) => Some(format!("{}: without {word} nothing either", row.example)),
                (true, false) => None,
            }
        } else {
            fault(sample, &row)
        };
        if let Some(told) = told {
            faults += &format!("{} {:?}\n  {told}\n", row.kind, row.words.first());
        }
    }
    assert!(faults.is_empty(), "{faults}");
}
