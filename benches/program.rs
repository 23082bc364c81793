//! How long the program takes for so many reports, from its start to its end:
//! `cargo bench --bench program`.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::Command;

use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 2, 50], sample_count = 10)]
fn build(bencher: Bencher<'_, '_>, reports: usize) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/qingshi-2024.toml");
    let sample = fs::read_to_string(sample).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for number in 0..reports {
        let text = sample.replace("青石", &format!("青石{number}"));
        fs::write(folder.path().join(format!("in/{number}.toml")), text).unwrap();
    }
    bencher.counter(ItemsCount::new(reports)).bench(|| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        let program = program.args(["build", "in", "-q"]).current_dir(&folder);
        assert!(program.status().unwrap().success());
    });
}
