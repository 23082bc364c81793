//! The same input gives the same bytes: in one process, in another, and from threads that run at
//! the same time.

use std::path::Path;

use crate::common::pages::library;
use nianbao::document::Document;
use nianbao::form::Forms;
use nianbao::pipeline::{Checker, Output, Renderer};
use nianbao::style::Style;

const SAMPLES: [&str; 2] = ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"];

/// PDF and workbook of each sample.
type Outputs = [(Vec<u8>, Vec<u8>); 2];

/// The outputs, made in this order with one set of fonts.
fn outputs(order: [usize; 2]) -> Outputs {
    made(order, &Renderer::new(&library(), Style::default()))
}

fn made(order: [usize; 2], renderer: &Renderer<'_>) -> Outputs {
    let mut made = [const { None }; 2];
    let forms = Forms::builtin().unwrap();
    let checker = Checker::new(&forms);
    for number in order {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLES[number]);
        let checked = checker
            .check(&path, Some(renderer))
            .result
            .unwrap()
            .unwrap();
        let document = Document::of(&checked);
        let [pdf, xlsx] =
            Output::ALL.map(|output| renderer.render(&document, output, &path).unwrap().bytes);
        made[number] = Some((pdf, xlsx));
    }
    made.map(Option::unwrap)
}

#[test]
fn in_any_order_and_from_any_thread() {
    let expected = outputs([0, 1]);
    let threads: Vec<_> = (0..4)
        .map(|number| std::thread::spawn(move || outputs([number % 2, 1 - number % 2])))
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap() == expected);
    }
}

/// What a renderer keeps of one report for the next changes neither, whoever comes first.
#[test]
fn from_threads_that_share_a_renderer() {
    let expected = outputs([0, 1]);
    let library = library();
    let renderer = Renderer::new(&library, Style::default());
    std::thread::scope(|scope| {
        let threads = [[0, 1], [1, 0]].map(|order| {
            let renderer = &renderer;
            scope.spawn(move || [made(order, renderer), made(order, renderer)])
        });
        for thread in threads {
            for outputs in thread.join().unwrap() {
                assert!(outputs == expected);
            }
        }
    });
}

#[test]
fn in_another_process() {
    let expected = outputs([0, 1]);
    let folder = tempfile::tempdir().unwrap();
    assert_cmd::Command::cargo_bin("nianbao")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["build", SAMPLES[1], SAMPLES[0], "-q", "-o"])
        .arg(folder.path())
        .assert()
        .success();
    for (sample, (pdf, xlsx)) in SAMPLES.iter().zip(expected) {
        let stem = Path::new(sample).file_stem().unwrap();
        let written = |extension| {
            let path = folder.path().join(stem).with_extension(extension);
            std::fs::read(path).unwrap()
        };
        assert!(written("pdf") == pdf, "{sample}");
        assert!(written("xlsx") == xlsx, "{sample}");
    }
}
