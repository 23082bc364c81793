//! The guide to the data file: its examples are read, and what it calls wrong is refused.

use crate::common::{findings, project_file, shown};

fn guide() -> String {
    project_file("docs/data-file.md")
}

/// The examples of the guide in TOML.
fn examples(guide: &str) -> Vec<&str> {
    guide
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

#[test]
fn every_example_is_written_as_a_data_file() {
    let guide = guide();
    let examples = examples(&guide);
    assert!(examples.len() >= 10, "only {} examples", examples.len());
    for example in examples {
        let read = toml::from_str::<toml::Table>(example);
        assert!(read.is_ok(), "{read:?}\n{example}");
    }
}

#[test]
fn the_complete_example_has_no_fault() {
    let guide = guide();
    let complete: Vec<&str> = examples(&guide)
        .into_iter()
        .filter(|example| example.contains("完整的例子"))
        .collect();
    let [complete] = complete.as_slice() else {
        panic!("{} complete examples", complete.len());
    };
    let found = findings(complete);
    assert!(found.is_empty(), "{}", shown(&found));
}

#[test]
fn every_key_of_an_example_is_one_of_a_form() {
    let guide = guide();
    for example in examples(&guide) {
        // The keys of the older form have examples of their own.
        let older = example.contains("change =") || example.contains("procurement");
        let year = if older { 2019 } else { 2024 };
        let text = if example.contains("year ") {
            example.to_owned()
        } else {
            format!("year = {year}\n{example}")
        };
        let unknown: Vec<_> = findings(&text)
            .into_iter()
            .filter(|finding| finding.code.as_str() == "unknown-key")
            .collect();
        assert!(unknown.is_empty(), "{}", shown(&unknown));
    }
}

#[test]
fn what_the_guide_calls_wrong_is_refused_with_what_it_says_to_write() {
    let complete = project_file("samples/qingshi-2024.toml");
    let guide = guide();
    let (_, table) = guide.split_once("## 不能这样写").unwrap();
    let mut tried = 0;
    for line in table.lines().take_while(|line| !line.starts_with("## ")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [wrong, right] = cells.as_slice() else {
            continue;
        };
        let right: Vec<&str> = right.split('`').skip(1).step_by(2).collect();
        for (index, wrong) in wrong.split('`').skip(1).step_by(2).enumerate() {
            let right = right.get(index).or(right.first()).unwrap();
            let changed = if right.contains('=') && !right.starts_with('{') {
                let key = wrong.split(' ').next().unwrap();
                let old = complete
                    .lines()
                    .find(|line| line.split(' ').next() == Some(key))
                    .unwrap();
                complete.replace(old, wrong)
            } else if right.contains("-01-") {
                complete.replace("date = 2025-01-16", &format!("date = {wrong}"))
            } else {
                complete.replace("decisions = 358", &format!("decisions = {wrong}"))
            };
            assert_ne!(changed, complete, "{wrong}");
            let found = findings(&changed);
            assert_eq!(found.len(), 1, "{wrong}:\n{}", shown(&found));
            tried += 1;
            let remedy = &found[0].remedy.as_ref().unwrap().zh;
            // Said word for word, unless no number is to be seen in what was written.
            let plain = right.chars().all(|c| c.is_ascii_digit() || c == '-');
            let digits = wrong.chars().any(|c| c.is_numeric());
            let vague = ["007", "1e6", "十二"].contains(&wrong);
            if plain && digits && !vague {
                assert!(remedy.contains(right), "{wrong}: {remedy}");
            }
        }
    }
    assert!(tried >= 18, "only {tried} tried");
}
