//! The documents of the samples, as a person reads them.

use crate::common::{document, project_file};
use nianbao::document::dump;

#[test]
fn the_document_of_the_2019_sample() {
    let document = document(&project_file("samples/liubei-2019.toml"));
    insta::assert_snapshot!(dump::dump(&document));
}

#[test]
fn the_document_of_the_2021_sample() {
    let document = document(&project_file("samples/qingshi-2024.toml"));
    insta::assert_snapshot!(dump::dump(&document));
}

#[test]
fn a_quoted_figure_is_the_table_s() {
    let text = project_file("samples/qingshi-2024.toml");
    let quoted = text.replace(
        "新收政府信息公开申请38件",
        "新收政府信息公开申请{{ requests.new.total }}件",
    );
    assert_ne!(text, quoted);
    let shown = dump::dump(&document(&quoted));
    assert!(shown.contains("新收政府信息公开申请38件"), "{shown}");
}

/// Where a name is broken is the page's business: what else shows or compares the name doesn't see the mark.
#[test]
fn the_mark_in_a_name_is_no_part_of_it() {
    let text = project_file("samples/qingshi-2024.toml");
    let name = "青石县教育局";
    for (mark, wanted) in [("|", vec![3]), (" ｜ ", vec![3]), ("", vec![])] {
        let line = |name: &str| format!("name   = \"{name}\"");
        let marked = line(&format!("青石县{mark}教育局"));
        let found = document(&text.replacen(&line(name), &marked, 1));
        assert_eq!(found.marks("organ.name"), wanted);
        assert_eq!(found.marks("signature.name"), wanted);
        assert_eq!(found.particulars["organ.name"], name);
        assert!(dump::dump(&found) == dump::dump(&document(&text)), "{mark}");
    }
}
