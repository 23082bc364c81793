//! A table over three pages: heading and group labels on every page, in ink and in the tags.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::common::document_of_form;
use crate::common::pages::{library, nothing_leaves_its_cell, runs};
use lopdf::{Dictionary, Document as Objects, Object, ObjectId};
use nianbao::document::{Block, Document, Table};
use nianbao::form::{Content, Role};
use nianbao::layout::{PageStyle, Pages, Part, lay_out};
use nianbao::pdf::{self, PrintStyle};

/// Rows of figures.
const ROWS: usize = 84;
/// Rows of each of the two groups, and of the groups in them.
const GROUP: usize = 42;
const SUBGROUP: usize = 14;

/// A form of two groups of 42 rows, each with three groups in it; none ends with a page.
fn form() -> String {
    let mut rows = String::new();
    for row in 0..ROWS {
        let mut cells = String::new();
        if row % GROUP == 0 {
            let name = ["一、收到的来信来访和网上投诉", "二、办理的结果"][row / GROUP];
            let _ = write!(cells, "{{ label = \"{name}\", rows = {GROUP} }}, ");
        }
        if row % SUBGROUP == 0 {
            let name = ["县直机关", "乡镇和街道", "企业事业单位"][row / SUBGROUP % 3];
            let _ = write!(cells, "{{ label = \"{name}\", rows = {SUBGROUP} }}, ");
        }
        let _ = writeln!(
            rows,
            "  [{cells}{{ label = \"第{}项\" }}, {{ figures = \"r{row}\" }}],",
            row + 1
        );
    }
    format!(
        r#"id = "long"
years = [2023]
issued_by = "某市通知"
title = "{{year}}年信访工作报告"

[[section]]
heading = "一、办理情况"
table = "letters"

[[table]]
id = "letters"
sheet = "办理情况"
columns = 6
header_rows = 2
series = ["person", "body", "total"]
rows = [
  [{{ head = "事项", rows = 2, columns = 3 }}, {{ head = "来信人", columns = 2 }}, {{ head = "总计", rows = 2 }}],
  [{{ head = "个人" }}, {{ head = "单位" }}],
{rows}]

[[rule]]
code = "row-total"
zh = "总计等于个人与单位之和"
en = "the total is persons + bodies"
compute = "letters.@row.total = letters.@row.person + letters.@row.body"
"#
    )
}

fn data() -> String {
    let mut data = String::from("year = 2023\n[organ]\nname = \"某市信访局\"\n[letters]\n");
    for row in 0..ROWS {
        let _ = writeln!(data, "r{row} = [{row}, {}]", row * 7 % 30);
    }
    data
}

fn document() -> Document {
    document_of_form(&form(), &data())
}

fn table(document: &Document) -> (usize, &Table) {
    let found = document.blocks.iter().enumerate();
    found
        .filter_map(|(block, content)| match content {
            Block::Table(table) => Some((block, table)),
            _ => None,
        })
        .next()
        .unwrap()
}

/// The cells drawn on each page.
fn cells_of_pages(pages: &Pages, test: impl Fn(Part) -> Option<usize>) -> Vec<BTreeSet<usize>> {
    let mut found = vec![BTreeSet::new(); pages.count()];
    for (page, run) in runs(pages) {
        found[page].extend(test(run.part));
    }
    found
}

#[test]
fn the_heading_and_the_labels_of_groups_stand_on_every_page() {
    let document = document();
    let library = library();
    let pages = lay_out(
        &document,
        &library.faces(document.script).unwrap(),
        &PageStyle::default(),
    );
    let (block, table) = table(&document);
    let parts = &pages.tables[&block];
    assert_eq!(pages.count(), 3);
    assert_eq!(parts.len(), 3);
    // The rows follow each other, each once.
    let rows: Vec<usize> = parts.iter().flat_map(Clone::clone).collect();
    assert_eq!(rows, (table.header_rows..table.rows).collect::<Vec<_>>());

    let heads: BTreeSet<usize> = (0..table.cells.len())
        .filter(|cell| table.cells[*cell].row < table.header_rows)
        .collect();
    let first = cells_of_pages(&pages, |part| match part {
        Part::Cell { cell, part: 0, .. } => Some(cell),
        _ => None,
    });
    assert!(heads.is_subset(&first[0]));
    let again = cells_of_pages(&pages, |part| match part {
        Part::RepeatedHead { cell, .. } => Some(cell),
        _ => None,
    });
    assert_eq!(again, [BTreeSet::new(), heads.clone(), heads.clone()]);

    // Each page shows exactly the cells of its rows: those that reach over a break on both pages.
    let shown = cells_of_pages(&pages, |part| match part {
        Part::Cell { cell, .. } => Some(cell),
        _ => None,
    });
    for (page, rows) in parts.iter().enumerate() {
        let expected: BTreeSet<usize> = (0..table.cells.len())
            .filter(|cell| {
                let cell = &table.cells[*cell];
                cell.row < rows.end && rows.start < cell.row + cell.row_span
            })
            .chain(heads.iter().copied().filter(|_| page == 0))
            .collect();
        assert_eq!(shown[page], expected, "page {}", page + 1);
    }
    let parted = table
        .cells
        .iter()
        .filter(|cell| {
            parts
                .iter()
                .any(|rows| cell.row < rows.start && rows.start < cell.row + cell.row_span)
        })
        .count();
    assert!(parted >= 3, "only {parted} labels reach over a break");
    nothing_leaves_its_cell(&pages);
}

/// An element of the structure tree and the page of its first content.
struct Element {
    tag: String,
    /// Row and column in which it starts, and how many it spans.
    page: Option<ObjectId>,
    row_span: usize,
    column_span: usize,
    headers: Vec<String>,
    scope: Option<String>,
}

fn dictionary<'a>(objects: &'a Objects, object: &'a Object) -> &'a Dictionary {
    objects.dereference(object).unwrap().1.as_dict().unwrap()
}

fn elements(objects: &Objects, element: &Dictionary, rows: &mut Vec<Vec<(String, Element)>>) {
    let tag = String::from_utf8_lossy(element.get(b"S").unwrap().as_name().unwrap()).into_owned();
    if tag == "TR" {
        rows.push(Vec::new());
    }
    if tag == "TH" || tag == "TD" {
        let attributes = element.get(b"A").unwrap().as_dict().unwrap();
        let span = |key: &[u8]| attributes.get(key).and_then(Object::as_i64).unwrap_or(1) as usize;
        let text = |object: &Object| String::from_utf8_lossy(object.as_str().unwrap()).into_owned();
        let headers = attributes.get(b"Headers").and_then(Object::as_array);
        let found = Element {
            tag: tag.clone(),
            page: element.get(b"Pg").and_then(Object::as_reference).ok(),
            row_span: span(b"RowSpan"),
            column_span: span(b"ColSpan"),
            headers: headers
                .map(|h| h.iter().map(text).collect())
                .unwrap_or_default(),
            scope: attributes
                .get(b"Scope")
                .and_then(Object::as_name)
                .ok()
                .map(|name| String::from_utf8_lossy(name).into_owned()),
        };
        let id = element.get(b"ID").map(text).unwrap_or_default();
        rows.last_mut().unwrap().push((id, found));
    }
    for kid in element.get(b"K").unwrap().as_array().unwrap() {
        if kid.as_reference().is_ok() {
            elements(objects, dictionary(objects, kid), rows);
        }
    }
}

#[test]
fn the_tags_say_on_every_page_what_its_rows_belong_to() {
    let document = document();
    let library = library();
    let faces = library.faces(document.script).unwrap();
    let pages = lay_out(&document, &faces, &PageStyle::default());
    let bytes = pdf::write(&pages, &document, &faces, &PrintStyle::default()).unwrap();
    let objects = Objects::load_mem(&bytes).unwrap();
    let root = dictionary(
        &objects,
        objects.catalog().unwrap().get(b"StructTreeRoot").unwrap(),
    );
    let mut rows = Vec::new();
    elements(
        &objects,
        dictionary(&objects, root.get(b"K").unwrap()),
        &mut rows,
    );
    assert_eq!(rows.len(), ROWS + 2);

    let by_id: BTreeMap<&str, &Element> = rows
        .iter()
        .flatten()
        .filter(|(id, _)| !id.is_empty())
        .map(|(id, element)| (id.as_str(), element))
        .collect();
    let mut figures = 0;
    for (_, figure) in rows.iter().flatten().filter(|(_, e)| e.tag == "TD") {
        figures += 1;
        let of = |scope: &str| {
            let found = figure.headers.iter().map(|id| by_id[id.as_str()]);
            found
                .filter(|e| e.scope.as_deref() == Some(scope))
                .collect::<Vec<_>>()
        };
        // Group, group in it and row: all of them drawn on the figure's own page.
        let labels = of("Row");
        assert_eq!(labels.len(), 3);
        assert!(labels.iter().all(|label| label.page == figure.page));
        assert!(!of("Column").is_empty());
    }
    assert_eq!(figures, 3 * ROWS);

    // The spans cover every square of the grid exactly once (ISO 14289-1, 7.5).
    let mut covered: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (row, cells) in rows.iter().enumerate() {
        let mut column = 0;
        for (_, cell) in cells {
            while covered.contains(&(row, column)) {
                column += 1;
            }
            for r in row..row + cell.row_span {
                for c in column..column + cell.column_span {
                    assert!(covered.insert((r, c)), "row {r}, column {c} twice");
                }
            }
        }
    }
    assert_eq!(covered.len(), (ROWS + 2) * 6);
}

/// Wherever the table starts on its first page, its heading and its first row start together.
#[test]
fn a_long_table_never_starts_below_the_foot_of_a_page() {
    let library = library();
    let sentence = "全年办理来信来访412件。";
    for lines in 14..22 {
        let form = form().replace(
            "[[section]]\nheading = \"一、办理情况\"",
            "[[section]]\nheading = \"一、概况\"\ntext = \"overview\"\n\n[[section]]\nheading = \"二、办理情况\"",
        );
        let text = vec![sentence; lines].join("\n");
        let data = data().replace(
            "[letters]",
            &format!("[text]\noverview = \"\"\"\n{text}\n\"\"\"\n[letters]"),
        );
        let document = document_of_form(&form, &data);
        let pages = lay_out(
            &document,
            &library.faces(document.script).unwrap(),
            &PageStyle::default(),
        );
        let (block, table) = table(&document);
        nothing_leaves_its_cell(&pages);
        let page_of = |wanted: &dyn Fn(Part) -> bool| {
            runs(&pages)
                .find(|(_, run)| wanted(run.part))
                .map(|(page, _)| page)
                .unwrap()
        };
        let heading =
            page_of(&|part| matches!(part, Part::Block { block: b, .. } if b + 1 == block));
        let head = page_of(&|part| matches!(part, Part::Cell { cell: 0, .. }));
        let figure = table
            .cells
            .iter()
            .position(|cell| matches!(cell.content, Content::Figure(_)))
            .unwrap();
        let figure = page_of(&|part| matches!(part, Part::Cell { cell, .. } if cell == figure));
        assert_eq!((heading, head), (figure, figure), "{lines} lines above");
        assert!(matches!(
            table.cells[0].content,
            Content::Wording(Role::Head, _)
        ));
    }
}
