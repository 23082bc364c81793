//! The official tables: cells by their place on the form's grid, once the wording around them
//! shows that nothing was moved.

use super::book::Book;
use super::damage;
use super::formula::Sums;
use super::number_format::Shows;
use super::refusal::{Fault, Refusal, refusals};
use super::sheet::{Cell, Sheet, Value, plain};
use crate::data::numeral;
use crate::form::data_file::quoted;
use crate::form::{
    Content, EMPTY_SUM, FigureId, FigureSpec, Form, Script, Table, TableId, Wording,
};
use crate::text::{Code, Finding, Message, SheetCell};

/// What stands before the number of a figure with a unit or a note.
const BEFORE: &str = "{ value = ";

/// A figure that a cell gives, or the zero that stands for one that can't be read.
pub(super) struct Figure<'a> {
    pub sheet: &'a Sheet,
    pub at: (u32, u32),
    /// Its digits.
    pub number: String,
    unit: String,
    note: String,
}

impl Figure<'_> {
    /// As a data file writes it.
    pub fn written(&self) -> String {
        if self.before() == 0 {
            return self.number.clone();
        }
        let mut text = format!("{BEFORE}{}", self.number);
        for (name, said) in [("unit", &self.unit), ("note", &self.note)] {
            if !said.is_empty() {
                text.push_str(&format!(", {name} = {}", quoted(said)));
            }
        }
        text + " }"
    }

    /// Bytes before the number.
    pub fn before(&self) -> usize {
        if self.unit.is_empty() && self.note.is_empty() {
            0
        } else {
            BEFORE.len()
        }
    }
}

/// The sheet of a table, under its name in either script.
pub(super) fn sheet<'s>(table: &Table, sheets: &'s [Sheet]) -> Option<&'s Sheet> {
    sheets.iter().find(|sheet| says(&table.sheet, &sheet.name))
}

/// The script that the sheets are written in, where that shows.
pub(super) fn script(form: &Form, sheets: &[Sheet]) -> Option<Script> {
    form.tables.iter().find_map(|table| {
        let sheet = sheet(table, sheets)?;
        table.cells.iter().find_map(|cell| {
            let Content::Wording(_, wording) = &cell.content else {
                return None;
            };
            let (hans, hant) = (wording.text(Script::Hans), wording.text(Script::Hant));
            let found = bare(&shown(sheet, at(cell)));
            match found {
                _ if hans == hant => None,
                found if found == bare(hans) => Some(Script::Hans),
                found if found == bare(hant) => Some(Script::Hant),
                _ => None,
            }
        })
    })
}

/// A wording that is not where the form has it.
pub(super) struct Misfit<'t> {
    at: (u32, u32),
    expected: &'t Wording,
}

/// The first wording of a table that its sheet doesn't have where it should.
pub(super) fn misfit<'t>(table: &'t Table, sheet: &Sheet) -> Option<Misfit<'t>> {
    table.cells.iter().find_map(|cell| match &cell.content {
        Content::Wording(_, wording) if !says(wording, &shown(sheet, at(cell))) => Some(Misfit {
            at: at(cell),
            expected: wording,
        }),
        _ => None,
    })
}

fn at(cell: &crate::form::Cell) -> (u32, u32) {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (number(cell.row), number(cell.column))
}

fn shown(sheet: &Sheet, at: (u32, u32)) -> String {
    sheet.at(at.0, at.1).map_or_else(String::new, Cell::shown)
}

/// White space is the layout's business.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn says(wording: &Wording, text: &str) -> bool {
    let text = bare(text);
    [Script::Hans, Script::Hant]
        .into_iter()
        .any(|script| bare(wording.text(script)) == text)
}

/// Every figure of the form, by [`FigureId`]; none for a derived one that is left out.
pub(super) fn read<'s>(
    file: &str,
    form: &Form,
    script: Script,
    book: &Book<'_>,
    sheets: &'s [Sheet],
    findings: &mut Vec<Finding>,
) -> Vec<Option<Figure<'s>>> {
    let mut figures: Vec<Option<Figure<'s>>> = form.figures.iter().map(|_| None).collect();
    let sums = Sums::new(book, sheets);
    for (number, table) in form.tables.iter().enumerate() {
        let Some(sheet) = sheet(table, sheets) else {
            findings.push(no_sheet(file, table, script));
            // Zeros keep what comes later from saying the same of each figure.
            if let Some(any) = sheets.first() {
                zeros(form, TableId(number), any, &mut figures);
            }
            continue;
        };
        zeros(form, TableId(number), sheet, &mut figures);
        if let Some(misfit) = misfit(table, sheet) {
            findings.push(moved(file, sheet, &misfit, script));
            continue;
        }
        let reader = Reader {
            file,
            form,
            script,
            book,
            sheet,
            sums: &sums,
        };
        reader.outside(table, findings);
        reader.table(TableId(number), &mut figures, findings);
    }
    figures
}

/// Puts a zero for each figure that must be given.
fn zeros<'s>(form: &Form, table: TableId, sheet: &'s Sheet, figures: &mut [Option<Figure<'s>>]) {
    let all = form.figures.iter().zip(figures);
    for (spec, figure) in all.filter(|(spec, _)| spec.table == table && !spec.derived) {
        *figure = Some(Figure {
            sheet,
            at: place_of(spec),
            number: "0".to_owned(),
            unit: String::new(),
            note: String::new(),
        });
    }
}

fn place_of(spec: &FigureSpec) -> (u32, u32) {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (number(spec.row), number(spec.column))
}

struct Reader<'r, 's, 'b> {
    file: &'r str,
    form: &'r Form,
    script: Script,
    book: &'r Book<'b>,
    sheet: &'s Sheet,
    sums: &'r Sums<'r>,
}

impl<'s> Reader<'_, 's, '_> {
    fn table(
        &self,
        table: TableId,
        figures: &mut [Option<Figure<'s>>],
        findings: &mut Vec<Finding>,
    ) {
        let (mut blank, mut refused) = (Vec::new(), Vec::new());
        let mut inputs = 0;
        for (index, spec) in self.form.figures.iter().enumerate() {
            if spec.table != table {
                continue;
            }
            let at = place_of(spec);
            let cell = self.sheet.at(at.0, at.1);
            inputs += usize::from(!spec.derived);
            let is_blank = cell.is_none_or(|cell| match &cell.value {
                Value::Blank => cell.formula.is_none() || spec.derived,
                // What a sum of the blank workbook shows while it has nothing to add up.
                Value::Text(text) => spec.derived && cell.formula.is_some() && text == EMPTY_SUM,
                // A formula that another cell has in full: the sum is worked out again.
                _ => spec.derived && cell.formula.as_deref() == Some(""),
            });
            match cell {
                _ if is_blank && spec.derived => {}
                Some(cell) if !is_blank => match self.figure(FigureId(index), spec, cell) {
                    Ok(figure) => {
                        if let Some(slot) = figures.get_mut(index) {
                            *slot = figure;
                        }
                    }
                    Err(refusal) => refused.push(*refusal),
                },
                _ => blank.push(FigureId(index)),
            }
        }
        refusals(refused, self.sheet, findings);
        self.blank(table, &blank, inputs, findings);
    }

    /// One finding for a table that is blank, one for a row, one for a cell.
    fn blank(
        &self,
        table: TableId,
        blank: &[FigureId],
        inputs: usize,
        findings: &mut Vec<Finding>,
    ) {
        let of_row = |row: usize| {
            let specs = self.form.figures.iter();
            specs
                .filter(|spec| spec.table == table && spec.row == row && !spec.derived)
                .count()
        };
        let mut told = None;
        for id in blank {
            let spec = self.form.spec(*id);
            let in_row = blank
                .iter()
                .filter(|id| self.form.spec(**id).row == spec.row)
                .count();
            let name = if blank.len() == inputs {
                if told.is_some() {
                    return;
                }
                let name = self.form.table_name(table, self.script);
                Message::new(
                    format!("{name}：整张表都没有填"),
                    format!("{name}: the whole table is blank"),
                )
            } else if in_row > 1 && in_row == of_row(spec.row) {
                if told == Some(spec.row) {
                    continue;
                }
                let (row, _) = self.form.figure_name(*id, self.script);
                Message::new(
                    format!("“{row}”一行没有填"),
                    format!("row \"{row}\" is blank"),
                )
            } else {
                let name = self.form.figure_label(*id, self.script);
                Message::new(
                    format!("{}没有填", name.zh),
                    format!("{} is blank", name.en),
                )
            };
            told = Some(spec.row);
            let finding = Finding::new(Code::MissingKey, name)
                .at(self.sheet.place(self.file, place_of(spec)))
                .key(&spec.key)
                .remedy(Message::new(
                    "填上数字，没有就写 0，不能留空",
                    "fill in a number, 0 where there is none",
                ));
            findings.push(finding);
        }
    }

    /// The figure of a cell; none where it is a sum whose stored result is an old one.
    fn figure(
        &self,
        id: FigureId,
        spec: &FigureSpec,
        cell: &Cell,
    ) -> Result<Option<Figure<'s>>, Box<Refusal>> {
        let at = place_of(spec);
        let refuse = |fault: Fault| {
            let name = self.form.figure_label(id, self.script);
            let is_decimal = spec.kind.is_decimal();
            let said = fault.message(cell);
            let message = Message::new(
                format!("{}：{}", name.zh, said.zh),
                format!("{}: {}", name.en, said.en),
            );
            let finding = Finding::new(fault.code(is_decimal), message)
                .at(self.sheet.place(self.file, at))
                .key(&spec.key)
                .expected(if is_decimal { "0.00" } else { "0" }, cell.shown())
                .remedy(fault.remedy(cell, is_decimal));
            Err(Box::new(Refusal { fault, at, finding }))
        };
        let mut number = match &cell.value {
            Value::Number(number) => *number,
            Value::Text(text) => {
                return refuse(match numeral::parse(text.trim()) {
                    Ok(_) => Fault::AsText,
                    Err(error) => Fault::Numeral(error),
                });
            }
            Value::Error(_) => return refuse(Fault::Failed),
            Value::Blank => return refuse(Fault::NoResult),
            Value::Bool(_) | Value::Day(_) => return refuse(Fault::NoNumber),
        };
        let formula = cell.formula.as_deref();
        let sum = formula.and_then(|formula| self.sums.result(&self.sheet.name, formula));
        // Further apart than the last of 15 digits.
        if let Some(sum) = sum.filter(|sum| (sum - number).abs() > number.abs() * 1e-13) {
            if !spec.derived {
                return refuse(Fault::Stale(sum));
            }
            if !self.sheet.notes.contains_key(&at) {
                return Ok(None);
            }
            number = sum;
        }
        let format = self.book.format(cell, number);
        if format.shows != Shows::Number {
            return refuse(Fault::Format(format.shows));
        }
        let mut number = plain(number);
        if spec.kind.is_decimal() {
            let places = number.split_once('.').map_or(0, |(_, places)| places.len());
            // A longer number than can be exact is told of as it is.
            let digits = number.bytes().filter(u8::is_ascii_digit).count();
            let lacking = format.places.saturating_sub(places);
            if lacking > 0 && digits + lacking <= numeral::MAX_DIGITS {
                if places == 0 {
                    number.push('.');
                }
                number.extend(std::iter::repeat_n('0', lacking));
            }
        }
        Ok(Some(Figure {
            sheet: self.sheet,
            at,
            number,
            unit: format.unit,
            note: self.sheet.notes.get(&at).cloned().unwrap_or_default(),
        }))
    }

    /// A finding for what stands where the form has no square.
    fn outside(&self, table: &Table, findings: &mut Vec<Finding>) {
        let squares: std::collections::HashSet<(u32, u32)> = table.cells.iter().map(at).collect();
        let mut outside = self.sheet.cells.keys().filter(|at| !squares.contains(at));
        let Some(first) = outside.next() else {
            return;
        };
        let others: Vec<String> = outside
            .take(3)
            .map(|at| self.sheet.entry(*at, 0..0, 0..0))
            .map(|cell: SheetCell| cell.name())
            .collect();
        let (also_zh, also_en) = match others.join(" ") {
            others if others.is_empty() => (String::new(), String::new()),
            others => (format!("（还有 {others}）"), format!(" (and in {others})")),
        };
        let finding = Finding::new(
            Code::UnknownKey,
            Message::new(
                format!("官方表格以外的格子里有内容{also_zh}"),
                format!("there is something outside the official table{also_en}"),
            ),
        )
        .at(self.sheet.place(self.file, *first))
        .remedy(Message::new(
            "删去；要说明的写在“批注”里",
            "take it out; write explanations into the cells' notes",
        ));
        findings.push(finding);
    }
}

fn no_sheet(file: &str, table: &Table, script: Script) -> Finding {
    let name = table.sheet.text(script);
    Finding::new(
        Code::MissingKey,
        Message::new(
            format!("缺少工作表“{name}”"),
            format!("the sheet \"{name}\" is missing"),
        ),
    )
    .at(damage::whole(file))
    .key(&table.id)
    .remedy(Message::new(
        "工作表的名称不要改，也不要删去工作表",
        "keep the sheets and their names",
    ))
}

/// A wording that differs: a row or a column was moved, put in or taken out, or it was edited.
fn moved(file: &str, sheet: &Sheet, misfit: &Misfit<'_>, script: Script) -> Finding {
    let expected = misfit.expected.text(script);
    let found = shown(sheet, misfit.at);
    let elsewhere = sheet
        .cells
        .iter()
        .find(|(at, cell)| {
            let near = at.0 == misfit.at.0 || at.1 == misfit.at.1;
            near && says(misfit.expected, &cell.shown())
        })
        .map(|(at, _)| *at);
    let remedy = match elsewhere {
        Some(at) => {
            let name = sheet.entry(at, 0..0, 0..0).name();
            Message::new(
                format!("“{expected}”现在在 {name}：插入、删去或移动过行、列，请恢复原样"),
                format!("it stands in {name} now: put rows and columns back where they were"),
            )
        }
        None => Message::new(
            format!("改回“{expected}”；插入、删去或移动过行、列的，请恢复原样"),
            format!("write \"{expected}\" again; put rows and columns back where they were"),
        ),
    };
    let (zh, en) = if found.is_empty() {
        ("空白".to_owned(), "blank".to_owned())
    } else {
        (format!("“{found}”"), format!("\"{found}\""))
    };
    Finding::new(
        Code::WrongForm,
        Message::new(
            format!("这一格应是“{expected}”，现在是{zh}；整张表没有读"),
            format!("this cell should say \"{expected}\", it is {en}; the table was not read"),
        ),
    )
    .at(sheet.place(file, misfit.at))
    .expected(expected, found)
    .remedy(remedy)
}
