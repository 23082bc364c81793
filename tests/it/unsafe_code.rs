//! The program reads files that anyone may have written: what the compiler can't vouch for stands
//! in one file that is reviewed.

use std::path::{Path, PathBuf};

/// The one file that may hold unsafe code.
const REVIEWED: &str = "src/font/mapping.rs";

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// `forbid(unsafe_code)` can't be lifted for one file, and `deny`, which Cargo.toml has, can be
/// lifted by any: so the word itself is looked for, in code and in attributes.
#[test]
fn unsafe_code_stands_in_one_reviewed_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    let with_unsafe: Vec<PathBuf> = files
        .into_iter()
        .filter(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let code = text.lines().map(|line| line.split("//").next());
            code.flatten().any(|code| code.contains("unsafe"))
        })
        .map(|path| path.strip_prefix(root).unwrap().to_owned())
        .collect();
    assert_eq!(with_unsafe, [Path::new(REVIEWED)]);
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"deny\""));
}
