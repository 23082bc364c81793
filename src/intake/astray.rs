//! What stands on the sheet 正文 where nothing is read: it would be lost.

use std::collections::HashSet;

use super::book::{Area, Book, area};
use super::refusal::named;
use super::sheet::{Cell, Sheet};
use super::texts::CONTINUED;
use crate::data::date;
use crate::form::{Form, PARTICULARS, Script};
use crate::text::{Code, Finding, MOST, Message, Severity};

/// How a line starts that says on which sheet a table is.
const SEE: [&str; 2] = ["（见工作表", "（見工作表"];
/// What stands above the opening in a blank workbook.
const OPENING: [&str; 2] = ["开头的说明段（可不填）", "開頭的說明段（可不填）"];
/// Column of the labels, from 0; beside it stands what is read.
const LABEL: u32 = 0;

/// Findings for what stands beside the rows of `known`, the texts' areas, and beside the
/// particulars.
pub(super) fn tell(
    file: &str,
    form: &Form,
    book: &Book<'_>,
    sheets: &[Sheet],
    known: &[Area],
    findings: &mut Vec<Finding>,
) {
    let Some(first) = known.iter().min_by_key(|area| area.first) else {
        return;
    };
    let Some(sheet) = sheets.iter().find(|sheet| *sheet.name == *first.sheet) else {
        return;
    };
    let column = first.first.1;
    let covered = Covered::of(book, &first.sheet, column);
    // Above the first text stands the official opening, where the workbook has one.
    let below = sheet.cells.range((first.first.0, 0)..);
    let stray = below.filter(|((row, at), cell)| {
        let see = |cell: &Cell| SEE.iter().any(|see| cell.shown().starts_with(see));
        *at == column && !covered.has(*row) && !see(cell)
    });
    // One more than is told tells that there are more.
    for (at, _) in stray.take(MOST + 1) {
        let finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                "这一段不属于任何一部分",
                "this paragraph belongs to no section",
            ),
        )
        .at(sheet.place(file, *at))
        .remedy(Message::new(
            "移到上面一部分的空行里；行不够，在那一部分中间插入行",
            "move it to a row of its section; put in rows in the middle of it if there are too few",
        ));
        findings.push(finding);
    }
    beside(file, form, sheet, column, known, findings);
}

/// What stands in other columns than that of the texts.
fn beside(
    file: &str,
    form: &Form,
    sheet: &Sheet,
    column: u32,
    known: &[Area],
    findings: &mut Vec<Finding>,
) {
    let labels = Labels::of(form, sheet);
    let in_text = |row: u32| {
        let mut areas = known.iter().filter(|area| area.sheet == *sheet.name);
        areas.any(|area| (area.first.0..=area.last.0).contains(&row))
    };
    let (mut lost, mut unread) = (Vec::new(), Vec::new());
    // The title is made of the particulars.
    for (at, cell) in sheet.cells.range((1, 0)..) {
        let text = cell.shown();
        if at.1 == column || text.trim().is_empty() {
            continue;
        }
        if at.1 != LABEL || in_text(at.0) {
            if at.1 != LABEL || !CONTINUED.contains(&text.trim()) {
                lost.push(*at);
            }
        } else if !labels.has(&text) {
            unread.push(*at);
        }
    }
    let letter = letter(sheet, column);
    if let Some(at) = lost.first() {
        let (zh, en) = named(&lost, sheet);
        let finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                format!("{zh}：这里的内容不读，会丢掉"),
                format!("{en}: nothing is read here, it would be lost"),
            ),
        )
        .at(sheet.place(file, *at))
        .remedy(Message::new(
            format!("正文写在 {letter} 列，移到那里；不要的删去"),
            format!("texts belong into column {letter}: move it there, or take it out"),
        ));
        findings.push(finding);
    }
    if let Some(at) = unread.first() {
        let (zh, en) = named(&unread, sheet);
        let mut finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                format!("{zh}：标题和落款由程序写出，这里改的或另写的不读"),
                format!("{en}: headings and signature are the program's, nothing is read here"),
            ),
        )
        .at(sheet.place(file, *at))
        .remedy(Message::new(
            format!("要改的改在上面的基本信息里，要写的写到 {letter} 列"),
            format!("change the particulars above, and write texts into column {letter}"),
        ));
        finding.severity = Severity::Warning;
        findings.push(finding);
    }
}

/// `B`.
fn letter(sheet: &Sheet, column: u32) -> String {
    let name = sheet.entry((0, column), 0..0, 0..0).name();
    name.trim_end_matches(|c: char| c.is_ascii_digit())
        .to_owned()
}

/// What the program writes into the column of the labels.
struct Labels(HashSet<String>);

impl Labels {
    fn of(form: &Form, sheet: &Sheet) -> Self {
        let mut labels: HashSet<String> = OPENING.into_iter().map(bare).collect();
        for script in [Script::Hans, Script::Hant] {
            labels.extend(PARTICULARS.iter().map(|it| bare(it.label(script))));
            let headings = form.sections.iter();
            labels.extend(headings.map(|section| bare(section.heading.text(script))));
        }
        // Whoever signs is named among the particulars.
        let particulars = sheet.cells.range((1, 0)..=(30, 1));
        let typed = particulars.filter(|((_, column), _)| *column == LABEL + 1);
        labels.extend(typed.map(|(_, cell)| bare(&cell.shown())));
        Self(labels)
    }

    fn has(&self, text: &str) -> bool {
        self.0.contains(&bare(text)) || date::meant(text).is_some()
    }
}

/// White space is the layout's business.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The rows of a column that some name covers, without overlaps, by their first.
struct Covered(Vec<(u32, u32)>);

impl Covered {
    fn of(book: &Book<'_>, sheet: &str, column: u32) -> Self {
        let mut covered: Vec<(u32, u32)> = book
            .names
            .values()
            .filter_map(|refers| area(refers))
            .filter(|area| area.sheet == sheet)
            .filter(|area| (area.first.1..=area.last.1).contains(&column))
            .map(|area| (area.first.0, area.last.0))
            .collect();
        covered.sort_unstable();
        covered.dedup_by(|next, before| {
            let overlap = next.0 <= before.1;
            if overlap {
                before.1 = before.1.max(next.1);
            }
            overlap
        });
        Self(covered)
    }

    fn has(&self, row: u32) -> bool {
        let before = self.0.partition_point(|rows| rows.0 <= row);
        let last = before.checked_sub(1).and_then(|index| self.0.get(index));
        last.is_some_and(|rows| row <= rows.1)
    }
}
