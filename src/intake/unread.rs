//! What stands in a workbook where nothing is read: it would be lost without a word.

use std::collections::HashSet;

use super::book::{Area, Book};
use super::refusal::named;
use super::sheet::{At, Cell, Sheet, bare};
use super::tables::Figure;
use super::texts::CONTINUED;
use super::{SCRIPTS, is};
use crate::data::date;
use crate::form::{AddedSheet, Form, NEEDED, PARTICULARS, Table};
use crate::text::{Code, Finding, MOST, Message, Severity};

/// How a line starts that says on which sheet a table is.
const SEE: [&str; 2] = ["（见工作表", "（見工作表"];
/// What stands above the opening in a blank workbook.
const OPENING: [&str; 2] = ["开头的说明段（可不填）", "開頭的說明段（可不填）"];
/// Column of the labels, from 0; beside it stands what is read.
const LABEL: usize = 0;

fn lost(sheet: &Sheet, at: At, message: Message, remedy: Message) -> Finding {
    Finding::new(Code::UnknownKey, message)
        .at(sheet.place(at))
        .remedy(remedy)
}

fn doubt(sheet: &Sheet, at: At, message: Message, remedy: Message) -> Finding {
    Finding {
        severity: Severity::Warning,
        ..lost(sheet, at, message, remedy)
    }
}

/// The sheets that are filled in: the tables of the form, and 正文.
fn filled_in<'b>(form: &Form, book: &'b Book) -> (Vec<&'b Sheet>, Vec<&'b Sheet>) {
    let is_filled_in = |sheet: &&Sheet| {
        let mut names = form.tables.iter().map(|table| &table.sheet);
        let official = names.any(|name| {
            let mut scripts = SCRIPTS.into_iter();
            scripts.any(|script| name.text(script) == &*sheet.name)
        });
        official || is(&sheet.name, AddedSheet::Texts)
    };
    book.sheets.iter().partition(is_filled_in)
}

/// A doubt about each sheet that the form doesn't have and that is not blank. What programs hide so
/// that no menu shows it is not the user's.
pub(super) fn sheets(form: &Form, book: &Book, findings: &mut Vec<Finding>) {
    let (_, foreign) = filled_in(form, book);
    for sheet in foreign.into_iter().filter(|sheet| !sheet.hidden) {
        let cells = sheet.cells.keys().chain(sheet.notes.keys());
        let Some(at) = cells.min() else {
            continue;
        };
        let name = &sheet.name;
        findings.push(doubt(
            sheet,
            *at,
            Message::new(
                format!("格式里没有工作表“{name}”，表里的内容不读"),
                format!("the form has no sheet \"{name}\", and nothing on it is read"),
            ),
            Message::new(
                "表是改了名的就改回原名；是草稿就删去，或移到别的文件",
                "give it its old name back; a scratch sheet is to be taken out",
            ),
        ));
    }
}

/// A doubt about the notes that are on no figure: they are not printed.
pub(super) fn notes(
    form: &Form,
    book: &Book,
    figures: &[Option<Figure<'_>>],
    findings: &mut Vec<Finding>,
) {
    let figures = figures.iter().flatten();
    let printed: HashSet<(usize, At)> = figures.map(|it| (it.sheet.number, it.at)).collect();
    let (filled_in, _) = filled_in(form, book);
    for sheet in filled_in {
        let mut notes: Vec<(&At, &String)> = sheet.notes.iter().collect();
        notes.retain(|(at, _)| !printed.contains(&(sheet.number, **at)));
        notes.sort_unstable();
        let Some(((first, note), rest)) = notes.split_first() else {
            continue;
        };
        let rest: Vec<At> = rest.iter().map(|(at, _)| **at).collect();
        let (zh, en) = match named(&rest, sheet) {
            (zh, _) if zh.is_empty() => Default::default(),
            (zh, en) => (format!("（还有 {zh}）"), format!(" (and on {en})")),
        };
        findings.push(doubt(
            sheet,
            **first,
            Message::new(
                format!("批注“{note}”不在数上，不会印出{zh}"),
                format!("the note \"{note}\" is on no figure and is not printed{en}"),
            ),
            Message::new(
                "要印在表下的，移到所说的数那一格；不印的删去",
                "move it to the figure that it is about, or take it out",
            ),
        ));
    }
}

/// A finding for what stands where a table of the form has no square.
pub(super) fn outside(table: &Table, sheet: &Sheet) -> Option<Finding> {
    let squares = table.cells.iter().map(|cell| (cell.row, cell.column));
    let squares: HashSet<At> = squares.collect();
    let mut outside = sheet.cells.keys().filter(|at| !squares.contains(at));
    let first = outside.next()?;
    let others: Vec<String> = outside.take(3).map(|at| sheet.cell_name(*at)).collect();
    let (also_zh, also_en) = match others.join(" ") {
        others if others.is_empty() => Default::default(),
        others => (format!("（还有 {others}）"), format!(" (and in {others})")),
    };
    Some(lost(
        sheet,
        *first,
        Message::new(
            format!("官方表格以外的格子里有内容{also_zh}"),
            format!("there is something outside the official table{also_en}"),
        ),
        Message::new(
            "删去；要说明的写在“批注”里",
            "take it out; write explanations into the cells' notes",
        ),
    ))
}

/// Findings for what stands on the sheet 正文 beside the rows of `known`, the texts' areas, and
/// beside the particulars.
pub(super) fn beside(form: &Form, book: &Book, known: &[Area<'_>], findings: &mut Vec<Finding>) {
    let Some(first) = known.iter().min_by_key(|area| area.first) else {
        return;
    };
    let (sheet, column) = (first.sheet, first.first.1);
    // The rows of the column that some name covers.
    let areas = book.names.values().filter_map(|refers| book.area(refers));
    let mut covered: Vec<(usize, usize)> = areas
        .filter(|area| area.sheet.name == sheet.name)
        .filter(|area| (area.first.1..=area.last.1).contains(&column))
        .map(|area| (area.first.0, area.last.0))
        .collect();
    covered.sort_unstable();
    let (mut covered, mut below) = (covered.into_iter().peekable(), 0);
    let mut told = 0;
    // Above the first text stands the official opening, where the workbook has one.
    for (at, cell) in sheet.rows(first.first.0..=usize::MAX) {
        while let Some((_, last)) = covered.next_if(|(first, _)| *first <= at.0) {
            below = below.max(last + 1);
        }
        let see = || SEE.iter().any(|see| cell.shown().starts_with(see));
        // One more than is told tells that there are more.
        if at.1 != column || at.0 < below || told > MOST || see() {
            continue;
        }
        told += 1;
        findings.push(lost(
            sheet,
            *at,
            Message::new(
                "这一段不属于任何一部分",
                "this paragraph belongs to no section",
            ),
            Message::new(
                "移到上面一部分的空行里；行不够，在那一部分中间插入行",
                "move it to a row of its section; put in rows in the middle of it if there are too few",
            ),
        ));
    }
    let labels = labels(form, sheet);
    let in_text = |row: usize| {
        let mut areas = known.iter().filter(|area| area.sheet.name == sheet.name);
        areas.any(|area| (area.first.0..=area.last.0).contains(&row))
    };
    let (mut besides, mut unread) = (Vec::new(), Vec::new());
    // The title is made of the particulars.
    for (at, cell) in sheet.rows(1..=usize::MAX) {
        let text = cell.shown();
        if at.1 == column || text.trim().is_empty() {
            continue;
        }
        if at.1 != LABEL || in_text(at.0) {
            if at.1 != LABEL || !CONTINUED.contains(&text.trim()) {
                besides.push(*at);
            }
        } else if !labels.contains(bare(&text).trim_start_matches(NEEDED))
            && date::meant(&text).is_none()
        {
            unread.push(*at);
        }
    }
    let letter = sheet.cell_name((0, column));
    let letter = letter.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Some(at) = besides.first() {
        let (zh, en) = named(&besides, sheet);
        findings.push(lost(
            sheet,
            *at,
            Message::new(
                format!("{zh}：这里的内容不读，会丢掉"),
                format!("{en}: nothing is read here, it would be lost"),
            ),
            Message::new(
                format!("正文写在 {letter} 列，移到那里；不要的删去"),
                format!("texts belong into column {letter}: move it there, or take it out"),
            ),
        ));
    }
    if let Some(at) = unread.first() {
        let (zh, en) = named(&unread, sheet);
        findings.push(doubt(
            sheet,
            *at,
            Message::new(
                format!("{zh}：标题和落款由程序写出，这里改的或另写的不读"),
                format!("{en}: headings and signature are the program's, nothing is read here"),
            ),
            Message::new(
                format!("要改的改在上面的基本信息里，要写的写到 {letter} 列"),
                format!("change the particulars above, and write texts into column {letter}"),
            ),
        ));
    }
}

/// What the program writes into the column of the labels.
fn labels(form: &Form, sheet: &Sheet) -> HashSet<String> {
    let mut labels: HashSet<String> = OPENING.into_iter().map(bare).collect();
    for script in SCRIPTS {
        labels.extend(PARTICULARS.iter().map(|it| bare(it.label(script))));
        let headings = form.sections.iter();
        labels.extend(headings.map(|section| bare(section.heading.text(script))));
    }
    // Whoever signs is named among the particulars.
    let particulars = sheet.rows(1..=30).filter(|(at, _)| at.1 == LABEL + 1);
    labels.extend(particulars.map(|(_, cell): (_, &Cell)| bare(&cell.shown())));
    labels
}
