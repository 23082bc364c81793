//! The same input gives the same bytes: in one process, in another, and from threads that run at
//! the same time.

use std::path::Path;

use crate::common::pages::library;
use nianbao::form::Forms;
use nianbao::pipeline::{self, Press, Wanted};

const SAMPLES: [&str; 2] = ["samples/liubei-2019.toml", "samples/qingshi-2024.toml"];

/// PDF and workbook of each sample.
type Outputs = [(Vec<u8>, Vec<u8>); 2];

/// The outputs, made in this order with one set of fonts.
fn outputs(order: [usize; 2]) -> Outputs {
    let (library, forms) = (library(), Forms::builtin().unwrap());
    made(order, &Press::new(&forms, &library))
}

fn made(order: [usize; 2], press: &Press<'_>) -> Outputs {
    let mut made = [const { None }; 2];
    for number in order {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLES[number]);
        let document = pipeline::read_document(&path, press)
            .result
            .unwrap()
            .unwrap();
        let wanted = Wanted {
            pdf: true,
            xlsx: true,
        };
        let outputs = pipeline::render(&document, &path, press, wanted).unwrap();
        made[number] = Some((outputs.pdf.unwrap().bytes, outputs.xlsx.unwrap()));
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

/// What a press keeps of one report for the next changes neither, whoever comes first.
#[test]
fn from_threads_that_share_a_press() {
    let expected = outputs([0, 1]);
    let (library, forms) = (library(), Forms::builtin().unwrap());
    let press = Press::new(&forms, &library);
    std::thread::scope(|scope| {
        let threads = [[0, 1], [1, 0]].map(|order| {
            let press = &press;
            scope.spawn(move || [made(order, press), made(order, press)])
        });
        for thread in threads {
            for outputs in thread.join().unwrap() {
                assert!(outputs == expected);
            }
        }
    });
}

#[test]
fn made_side_by_side() {
    let (library, forms) = (library(), Forms::builtin().unwrap());
    let mut press = Press::new(&forms, &library);
    press.side_by_side = true;
    assert!(made([0, 1], &press) == outputs([0, 1]));
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
