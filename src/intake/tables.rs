//! The official tables: cells by their place on the form's grid, once the wording around them
//! shows that nothing was moved.

use super::book::Book;
use super::damage;
use super::formula::Sums;
use super::number_format::Shows;
use super::refusal::{Fault, Refusal, refusals};
use super::sheet::{At, Cell, Sheet, Value, bare, plain};
use super::{SCRIPTS, unread};
use crate::data::numeral;
use crate::form::data_file::quoted;
use crate::form::{
    Content, EMPTY_SUM, FigureId, FigureSpec, Form, Script, Table, TableId, Wording, fill_in,
};
use crate::text::{Code, Finding, Message, Span};

/// A figure that a cell gives, or the zero that stands for one that can't be read.
pub(super) struct Figure<'b> {
    pub sheet: &'b Sheet,
    pub at: At,
    /// As a data file writes it.
    pub written: String,
    /// Which bytes of that are its digits.
    pub number: Span,
}

impl<'b> Figure<'b> {
    fn new(sheet: &'b Sheet, at: At, number: &str, unit: &str, note: &str) -> Self {
        let more: String = [("unit", unit), ("note", note)]
            .into_iter()
            .filter(|(_, said)| !said.is_empty())
            .map(|(name, said)| format!(", {name} = {}", quoted(said)))
            .collect();
        let (before, behind) = match more.is_empty() {
            true => ("", ""),
            false => ("{ value = ", " }"),
        };
        Self {
            sheet,
            at,
            written: format!("{before}{number}{more}{behind}"),
            number: before.len()..before.len() + number.len(),
        }
    }
}

/// The sheet of a table, under its name in either script.
pub(super) fn sheet<'b>(table: &Table, book: &'b Book) -> Option<&'b Sheet> {
    let mut sheets = book.sheets.iter();
    sheets.find(|sheet| says(&table.sheet, &sheet.name))
}

/// The script that the sheets are written in, where that shows.
pub(super) fn script(form: &Form, book: &Book) -> Option<Script> {
    form.tables.iter().find_map(|table| {
        let sheet = sheet(table, book)?;
        wordings(table).find_map(|(at, wording)| {
            if wording.text(Script::Hans) == wording.text(Script::Hant) {
                return None;
            }
            let found = bare(&sheet.shown(at));
            let is = |script: &Script| bare(wording.text(*script)) == found;
            SCRIPTS.into_iter().find(is)
        })
    })
}

/// The first wording of a table that its sheet doesn't have where it should, and where that is.
pub(super) fn misfit<'t>(table: &'t Table, sheet: &Sheet) -> Option<(At, &'t Wording)> {
    wordings(table).find(|(at, wording)| !says(wording, &sheet.shown(*at)))
}

fn wordings(table: &Table) -> impl Iterator<Item = (At, &Wording)> {
    table.cells.iter().filter_map(|cell| match &cell.content {
        Content::Wording(_, wording) => Some(((cell.row, cell.column), wording)),
        Content::Figure(_) => None,
    })
}

fn says(wording: &Wording, text: &str) -> bool {
    let text = bare(text);
    let mut scripts = SCRIPTS.into_iter();
    scripts.any(|script| bare(wording.text(script)) == text)
}

/// Every figure of the form, by [`FigureId`]; none for a derived one that is left out. One that
/// can't be read is as `unfilled` says: a zero keeps what comes later from saying the same of it.
pub(super) fn read<'b>(
    form: &Form,
    script: Script,
    book: &'b Book,
    unfilled: &str,
    findings: &mut Vec<Finding>,
) -> Vec<Option<Figure<'b>>> {
    let sheets: Vec<_> = form.tables.iter().map(|table| sheet(table, book)).collect();
    let zero = |spec: &FigureSpec| {
        let sheet = sheets.get(spec.table.0).copied().flatten();
        let sheet = sheet.or(book.sheets.first()).filter(|_| !spec.derived)?;
        Some(Figure::new(
            sheet,
            (spec.row, spec.column),
            unfilled,
            "",
            "",
        ))
    };
    let mut figures: Vec<_> = form.figures.iter().map(zero).collect();
    let sums = Sums::new(book);
    for (number, (table, sheet)) in form.tables.iter().zip(&sheets).enumerate() {
        let Some(sheet) = *sheet else {
            findings.push(no_sheet(book, table, script));
            continue;
        };
        if let Some((at, expected)) = misfit(table, sheet) {
            findings.push(moved(sheet, at, expected, script));
            continue;
        }
        findings.extend(unread::outside(table, sheet));
        let reader = Reader {
            form,
            script,
            book,
            sheet,
            sums: &sums,
        };
        reader.table(TableId(number), &mut figures, findings);
    }
    figures
}

struct Reader<'r, 'b> {
    form: &'r Form,
    script: Script,
    book: &'r Book,
    sheet: &'b Sheet,
    sums: &'r Sums<'b>,
}

impl<'b> Reader<'_, 'b> {
    fn table(
        &self,
        table: TableId,
        figures: &mut [Option<Figure<'b>>],
        findings: &mut Vec<Finding>,
    ) {
        let (mut blank, mut refused) = (Vec::new(), Vec::new());
        let specs = self.form.figures.iter().zip(figures).enumerate();
        for (index, (spec, figure)) in specs.filter(|(_, (spec, _))| spec.table == table) {
            let cell = self.sheet.cells.get(&(spec.row, spec.column));
            let cell = cell.filter(|cell| match &cell.value {
                Value::Blank => cell.formula.is_some() && !spec.derived,
                _ if !spec.derived => true,
                // What a sum of the blank workbook shows while it has nothing to add up.
                Value::Text(text) => cell.formula.is_none() || text != EMPTY_SUM,
                // A formula that another cell has in full: the sum is worked out again.
                _ => cell.formula.as_deref() != Some(""),
            });
            match cell {
                Some(cell) => match self.figure(FigureId(index), spec, cell) {
                    Ok(read) => *figure = read,
                    Err(refusal) => refused.push(*refusal),
                },
                None if spec.derived => {}
                None => blank.push(FigureId(index)),
            }
        }
        refusals(refused, self.sheet, findings);
        self.blank(table, &blank, findings);
    }

    /// Findings for the cells that are not filled in.
    fn blank(&self, table: TableId, blank: &[FigureId], findings: &mut Vec<Finding>) {
        for told in self.form.unfilled(table, blank, self.script) {
            let spec = self.form.spec(told.first);
            let mut finding = Finding::new(Code::MissingKey, told.message)
                .at(self.sheet.place((spec.row, spec.column)))
                .key(&spec.key)
                .remedy(fill_in());
            let others = told.others.iter().map(|id| self.form.spec(*id));
            finding.cells = others
                .map(|spec| self.sheet.place((spec.row, spec.column)))
                .collect();
            findings.push(finding);
        }
    }

    /// The figure of a cell; none where it is a sum whose stored result is an old one.
    fn figure(
        &self,
        id: FigureId,
        spec: &FigureSpec,
        cell: &Cell,
    ) -> Result<Option<Figure<'b>>, Box<Refusal>> {
        let at = (spec.row, spec.column);
        let refuse = |fault: Fault| {
            let name = self.form.figure_label(id, self.script);
            let is_decimal = spec.kind.is_decimal();
            let said = fault.message(cell);
            let message = Message::new(
                format!("{}：{}", name.zh, said.zh),
                format!("{}: {}", name.en, said.en),
            );
            let finding = Finding::new(fault.code(is_decimal), message)
                .at(self.sheet.place(at))
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
        let sum = formula.and_then(|formula| self.sums.result(self.sheet, formula));
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
        let note = self.sheet.notes.get(&at).map_or("", String::as_str);
        let figure = Figure::new(self.sheet, at, &number, &format.unit, note);
        Ok(Some(figure))
    }
}

fn no_sheet(book: &Book, table: &Table, script: Script) -> Finding {
    let name = table.sheet.text(script);
    Finding::new(
        Code::MissingKey,
        Message::new(
            format!("缺少工作表“{name}”"),
            format!("the sheet \"{name}\" is missing"),
        ),
    )
    .at(damage::whole(&book.file))
    .key(&table.id)
    .remedy(Message::new(
        "工作表的名称不要改，也不要删去工作表",
        "keep the sheets and their names",
    ))
}

/// A wording that differs: a row or a column was moved, put in or taken out, or it was edited.
fn moved(sheet: &Sheet, at: At, wording: &Wording, script: Script) -> Finding {
    let expected = wording.text(script);
    let found = sheet.shown(at);
    let elsewhere = sheet.cells.iter().find(|(other, cell)| {
        let near = other.0 == at.0 || other.1 == at.1;
        near && says(wording, &cell.shown())
    });
    let remedy = match elsewhere.map(|(at, _)| sheet.cell_name(*at)) {
        Some(name) => Message::new(
            format!("“{expected}”现在在 {name}：插入、删去或移动过行、列，请恢复原样"),
            format!("it stands in {name} now: put rows and columns back where they were"),
        ),
        None => Message::new(
            format!("改回“{expected}”；插入、删去或移动过行、列的，请恢复原样"),
            format!("write \"{expected}\" again; put rows and columns back where they were"),
        ),
    };
    let (zh, en) = match found.is_empty() {
        true => ("空白".to_owned(), "blank".to_owned()),
        false => (format!("“{found}”"), format!("\"{found}\"")),
    };
    Finding::new(
        Code::WrongForm,
        Message::new(
            format!("这一格应是“{expected}”，现在是{zh}；整张表没有读"),
            format!("this cell should say \"{expected}\", it is {en}; the table was not read"),
        ),
    )
    .at(sheet.place(at))
    .expected(expected, found)
    .remedy(remedy)
}
