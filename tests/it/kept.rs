//! What is kept of one report for the next shows in neither.

use crate::common::{document, project_file};
use nianbao::document::Document;
use nianbao::xlsx;

/// Reports that differ from the sample in one thing each: `(what is written there, what instead)`.
const CHANGES: [(&str, &str); 14] = [
    // A body whose name is as long, and one whose is longer.
    ("青石县教育局", "赤水县民政局"),
    ("青石县教育局", "青石县人力资源和社会保障局"),
    // Markup, and what is no character of XML.
    ("青石县教育局", "甲<乙>&\\\"丙局"),
    ("decisions = 358 ", "decisions = 359 "),
    ("decisions = 358 ", "decisions = 123456789 "),
    (
        "decisions = 358 ",
        "decisions = { value = 358, unit = \"件\" } ",
    ),
    ("其中修订1件", "其中修订 2 件，另有 1 件 <未> 公布 & 存疑"),
    ("128.6450", "128.645"),
    ("2025-01-16", "2025-01-17"),
    ("scope  = \"own\"", "scope  = \"region\""),
    ("script = \"hans\"", "script = \"hant\""),
    ("region = \"青石县\"", "region = \"青石\""),
    ("除上述情况外，", ""),
    ("address  = \"", "address  = \"青石县"),
];

fn documents() -> Vec<Document> {
    let sample = project_file("samples/qingshi-2024.toml");
    let changed = CHANGES.map(|(old, new)| {
        assert!(sample.contains(old), "{old}");
        document(&sample.replace(old, new))
    });
    let mut documents = Vec::from(changed);
    documents.push(document(&sample));
    documents.push(document(&project_file("samples/liubei-2019.toml")));
    documents
}

#[test]
fn a_workbook_is_the_same_whatever_was_written_before_it() {
    let documents = documents();
    let alone = documents.iter().map(|it| xlsx::write(it).unwrap());
    let alone: Vec<Vec<u8>> = alone.collect();
    let writer = xlsx::Writer::default();
    // Each comes behind every other at least once, and behind itself.
    for step in [1, 3, 5, 7, 11, 0] {
        for turn in 0..documents.len() {
            let number = turn * step % documents.len();
            let written = writer.write(&documents[number]).unwrap();
            assert!(written == alone[number], "{number} in steps of {step}");
        }
    }
}
