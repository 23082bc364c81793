//! 填写说明: what to do in which order, and how many cells are left on each sheet.

use rust_xlsxwriter::utility::{cell_range, cell_range_absolute, row_col_to_cell_absolute};
use rust_xlsxwriter::{RowNum, Worksheet};

use super::super::Pair;
use super::super::book::{Allowed, protect, write_formula};
use super::super::checks::{self, MUST, NO};
use super::super::figure_cells::{FigureCells, quoted};
use super::super::formula;
use super::super::list::Summary;
use super::super::page::Page;
use super::super::range::last_row;
use super::super::style::{self, Look, TEXT_SIZE, TITLE_SIZE};
use super::super::texts::{COLUMN, LABEL, Named, RowWriter};
use super::{Written, particular};
use crate::document::{Blank, Document, Table};
use crate::form::{AddedSheet, Script};

/// What to do, in order.
const STEPS: [Pair; 5] = [
    [
        "1. 只填浅黄色的格子。别的格子锁着（没有密码），不要移动，也不要在官方表里增删行列。",
        "1. 只填淺黃色的格子。別的格子鎖著（沒有密碼），不要移動，也不要在官方表里增刪行列。",
    ],
    [
        "2. 先填“正文”上方的单位、联系方式、落款，再填各表，最后在“正文”下方写文字，一段写一行。",
        "2. 先填“正文”上方的單位、聯系方式、落款，再填各表，最后在“正文”下方寫文字，一段寫一行。",
    ],
    [
        "3. 表里每一格都要填，没有填 0；只填数，不带单位、逗号。要说明的，给格子加批注。",
        "3. 表里每一格都要填，沒有填 0；只填數，不帶單位、逗號。要說明的，給格子加批注。",
    ],
    [
        "4. 总计自动算出。不合勾稽关系的，表里有关的格子变红，“勾稽核对”里那一行也变红，请核对。",
        "4. 總計自動算出。不合勾稽關系的，表里有關的格子變紅，“勾稽核對”里那一行也變紅，請核對。",
    ],
    [
        "5. 填好保存后，检查：nianbao check 文件.xlsx；写出 PDF 和工作簿：nianbao build 文件.xlsx。",
        "5. 填好保存后，檢查：nianbao check 文件.xlsx；寫出 PDF 和工作簿：nianbao build 文件.xlsx。",
    ],
];
/// Row of the first count, from 0: below title, status, steps, an empty row and the heading.
const COUNTS: RowNum = 2 + STEPS.len() as RowNum + 2;

/// How many cells of a sheet are left.
pub(super) struct Count {
    /// Name of the sheet.
    sheet: String,
    /// The formula, without the `=`.
    formula: String,
    /// What it gives while nothing is typed.
    now: usize,
}

/// How many cells are left in all.
pub(super) struct Total {
    /// Its row, from 0.
    row: RowNum,
    /// What it is while nothing is typed.
    pub now: usize,
}

impl Total {
    /// The total of a form.
    pub fn of(document: &Document) -> Self {
        let figures: usize = document.tables().map(inputs).sum();
        let tables = RowNum::try_from(document.tables().count()).unwrap_or(RowNum::MAX);
        Self {
            // Below the counts of the tables and of 正文.
            row: COUNTS.saturating_add(tables).saturating_add(1),
            now: figures + document.texts.len() + usize::from(document.organ.is_empty()),
        }
    }

    /// Its cell as a formula on another sheet writes it.
    pub fn reference(&self, script: Script) -> String {
        let sheet = quoted(AddedSheet::Guide.name(script));
        format!("{sheet}!{}", row_col_to_cell_absolute(self.row, COLUMN))
    }
}

/// The cells of a table that are to be filled in.
fn inputs(table: &Table) -> usize {
    let slots = table.slots();
    slots.filter(|slot| slot.formula.is_none()).count()
}

/// What is left on each sheet: figures; of 正文 the name of the body and the texts, one each. None
/// where a formula is longer than Excel allows.
pub(super) fn counts(
    document: &Document,
    cells: &FigureCells<'_>,
    named: &[Named],
) -> Option<Vec<Count>> {
    let mut counts = Vec::new();
    for table in document.tables() {
        let open = table.slots().filter(|slot| slot.formula.is_none());
        let count = formula::count(open.map(|slot| slot.id), cells, None)?;
        let all = inputs(table);
        counts.push(Count {
            sheet: table.sheet().to_owned(),
            formula: if count.is_empty() {
                "0".to_owned()
            } else {
                format!("{all}-({count})")
            },
            now: all,
        });
    }
    let sheet = AddedSheet::Texts.name(document.script);
    let mut formula = format!("({}=\"\")", particular(named, sheet, "organ.name")?);
    for text in &document.texts {
        let (first, last) = named.iter().find(|named| named.key == text.key)?.rows;
        let range = cell_range_absolute(first, COLUMN, last, COLUMN);
        let range = format!("{}!{range}", quoted(sheet));
        formula.push_str(&format!("+(COUNTA({range})=0)"));
    }
    counts.push(Count {
        sheet: sheet.to_owned(),
        formula,
        now: document.texts.len() + usize::from(document.organ.is_empty()),
    });
    counts
        .iter()
        .all(|count| formula::fits(&count.formula))
        .then_some(counts)
}

/// Writes the sheet, which is there already.
pub(super) fn write(sheet: &mut Worksheet, blank: &Blank, counts: &[Count]) -> Written {
    let document = &blank.document;
    let script = document.script;
    let name = AddedSheet::Guide.name(script);
    let total = Total::of(document);
    let mut writer = RowWriter::new(sheet, script)?;
    writer.line(
        &format!("{}{name}", document.title.subject),
        Look::Title,
        TITLE_SIZE,
    )?;
    let Summary { formula, text } = status(blank, &total);
    writer.line(&text, Look::Summary, TEXT_SIZE)?;
    let format = style::text(Look::Summary, "");
    if let Some(formula) = formula {
        write_formula(writer.sheet, (1, LABEL), &formula, &text, &format)?;
    }
    for step in STEPS {
        writer.line(script.of(step), Look::Step, TEXT_SIZE)?;
    }
    writer.row += 1;
    for (column, title) in [
        (LABEL, ["工作表", "工作表"]),
        (COLUMN, ["还有几格未填", "還有幾格未填"]),
    ] {
        writer.text(column, script.of(title), Look::Head)?;
    }
    writer.next(1, TEXT_SIZE)?;
    let first = writer.row;
    for count in counts {
        writer.label(&count.sheet)?;
        number(&mut writer, &count.formula, count.now)?;
    }
    writer.label(script.of(["合计", "合計"]))?;
    let last = writer.row.saturating_sub(1);
    let sum = format!("SUM({})", cell_range(first, COLUMN, last, COLUMN));
    number(&mut writer, &sum, total.now)?;
    protect(sheet, Allowed::Nothing);
    sheet.set_active(true);
    Page::upright(&document.title.whole(), name, script).set_up(sheet)
}

fn number(writer: &mut RowWriter<'_>, formula: &str, now: usize) -> Written {
    let format = style::number(Look::Word, "0");
    let at = (writer.row, COLUMN);
    write_formula(writer.sheet, at, formula, &now.to_string(), &format)?;
    writer.next(1, TEXT_SIZE)
}

/// How far the workbook is.
fn status(blank: &Blank, total: &Total) -> Summary {
    let script = blank.document.script;
    let last = last_row(checks::FIRST_ROW, blank.questions.len());
    let sheet = quoted(AddedSheet::Checks.name(script));
    let [kinds, verdicts] = [checks::KIND, checks::VERDICT].map(|column| {
        let range = cell_range_absolute(checks::FIRST_ROW, column, last, column);
        format!("{sheet}!{range}")
    });
    let must = script.of(MUST);
    let broken = format!("COUNTIFS({kinds},\"{must}\",{verdicts},\"{NO}\")");
    let parts = [
        (["还有 ", "還有 "], total.reference(script), total.now),
        (
            [" 格未填，必须成立的勾稽有 ", " 格未填，必須成立的勾稽有 "],
            broken,
            0,
        ),
    ];
    Summary::counting(&parts, [" 条不成立", " 條不成立"], script)
}
