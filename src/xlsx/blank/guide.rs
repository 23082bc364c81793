//! 填写说明: how many cells are left on each sheet and the way to the next one, and what to do.

use rust_xlsxwriter::utility::{
    cell_range, cell_range_absolute, row_col_to_cell, row_col_to_cell_absolute,
};
use rust_xlsxwriter::{ColNum, RowNum, Url, Worksheet};

use super::super::Pair;
use super::super::book::{Allowed, protect, write_formula};
use super::super::checks::{self, MUST, NO};
use super::super::figure_cells::{FigureCells, quoted};
use super::super::formula;
use super::super::list::Summary;
use super::super::page::Page;
use super::super::range::last_row;
use super::super::style::{self, Look, OPTIONAL, REQUIRED, TEXT_SIZE, TITLE_SIZE};
use super::super::texts::{COLUMN, LABEL, Named, RowWriter};
use super::{Written, particular, unfilled};
use crate::document::{Blank, Table};
use crate::form::{AddedSheet, EMPTY_SUM, Script};

/// What to do, in order.
const STEPS: [Pair; 6] = [
    [
        "1. 先填“正文”：上面是单位、联系方式、落款，带＊的必填；下面写文字，一段写一行。再填各表。点上面的“去填”，就到下一个没填的格子。",
        "1. 先填“正文”：上面是單位、聯系方式、落款，帶＊的必填；下面寫文字，一段寫一行。再填各表。點上面的“去填”，就到下一個沒填的格子。",
    ],
    [
        "2. 表里每一格都要填，没有填 0；只填数，不带单位、逗号。没有的很多：先填有数的，再选中整块格子，按 F5，“定位条件”选“空值”，输入 0，按 Ctrl+Enter，空格就都是 0。（定位不到的，先在“审阅”里撤消工作表保护，没有密码。）",
        "2. 表里每一格都要填，沒有填 0；只填數，不帶單位、逗號。沒有的很多：先填有數的，再選中整塊格子，按 F5，“定位條件”選“空值”，輸入 0，按 Ctrl+Enter，空格就都是 0。（定位不到的，先在“審閱”里撤消工作表保護，沒有密碼。）",
    ],
    [
        "3. 从别的表粘贴：右键选“只粘贴数值”，否则别处的格式、锁定会一起带来。粘贴的内容 Excel 不检查，变红的格子是文字，不是数，请重新填。",
        "3. 從別的表粘貼：右鍵選“只粘貼數值”，否則別處的格式、鎖定會一起帶來。粘貼的內容 Excel 不檢查，變紅的格子是文字，不是數，請重新填。",
    ],
    [
        "4. 要说明的，给格子加批注，印在表下。总计自动算出。不合勾稽关系的，表里有关的格子和“勾稽核对”里那一行变红，请核对。",
        "4. 要說明的，給格子加批注，印在表下。總計自動算出。不合勾稽關系的，表里有關的格子和“勾稽核對”里那一行變紅，請核對。",
    ],
    [
        "5. 别的格子锁着（没有密码），不要移动，也不要在官方表里增删行列。",
        "5. 別的格子鎖著（沒有密碼），不要移動，也不要在官方表里增刪行列。",
    ],
    [
        "6. 填好保存后，把这个文件拖到年报程序的图标上，旁边就有 PDF 和工作簿。也可以双击程序打开填报页面，把文件（没填完的也行）拖进去，接着填、看提示、看版面。",
        "6. 填好保存后，把這個文件拖到年報程序的圖標上，旁邊就有 PDF 和工作簿。也可以雙擊程序打開填報頁面，把文件（沒填完的也行）拖進去，接著填、看提示、看版面。",
    ],
];
/// What the colours say.
const COLOURS: [((u32, u32), Pair, Pair); 4] = [
    (REQUIRED, ["浅黄", "淺黃"], ["必填，还没填", "必填，還沒填"]),
    (OPTIONAL, ["浅绿", "淺綠"], ["可以不填", "可以不填"]),
    ((0x00FF_FFFF, 0), ["白", "白"], ["填好了", "填好了"]),
    (
        checks::BAD,
        ["红", "紅"],
        ["填成了文字，或不合勾稽关系", "填成了文字，或不合勾稽關系"],
    ),
];
/// Row of the first count, from 0: below title, status and heading.
const COUNTS: RowNum = 3;
/// Columns behind the counts: the link, and hidden ones that it is made of: which cell is next, and where
/// the link leads.
const LINK: ColNum = COLUMN + 1;
const NEXT: ColNum = LINK + 1;
const TARGET: ColNum = NEXT + 1;
/// Width of the links, in pixels.
const LINK_WIDTH: u32 = 330;

/// How many cells of a sheet are left, and which is the next.
pub(super) struct Count {
    /// Name of the sheet.
    sheet: String,
    /// The formula of the count, without the `=`.
    formula: String,
    /// What it gives now.
    now: usize,
    /// The formula of the next one's place in [order](unfilled::order).
    next: String,
    /// What that gives now.
    next_now: Option<u64>,
}

impl Count {
    /// Where the link to the next cell leads; none where all are filled in.
    fn goal(&self) -> Option<String> {
        let order = self.next_now?;
        let row = RowNum::try_from(order / unfilled::ROW).ok()?;
        let column = ColNum::try_from(order % unfilled::ROW).ok()?;
        let cell = row_col_to_cell(row.checked_sub(1)?, column.checked_sub(1)?);
        Some(format!("#{}!{cell}", quoted(&self.sheet)))
    }
}

/// What the cell of a goal shows.
fn shown(goal: &Option<String>) -> &str {
    goal.as_deref().unwrap_or(EMPTY_SUM)
}

/// How many cells are left in all.
pub(super) struct Total {
    /// Its row, from 0.
    row: RowNum,
    /// What it is now.
    pub now: usize,
}

impl Total {
    /// The total of a form.
    pub fn of(blank: &Blank) -> Self {
        let document = &blank.document;
        let figures: usize = document.tables().map(|table| open(table, blank)).sum();
        let tables = RowNum::try_from(document.tables().count()).unwrap_or(RowNum::MAX);
        Self {
            // Below the counts of 正文 and of the tables.
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

/// How many cells of a table are still to be filled in.
fn open(table: &Table, blank: &Blank) -> usize {
    let inputs = table.slots().filter(|slot| slot.formula.is_none());
    blank.open(inputs.map(|slot| slot.id))
}

/// What is left on each sheet: of 正文 the name of the body and the texts, one each, then figures. None
/// where a formula is longer than Excel allows.
pub(super) fn counts(
    blank: &Blank,
    cells: &FigureCells<'_>,
    named: &[Named],
) -> Option<Vec<Count>> {
    let document = &blank.document;
    let mut counts = vec![texts(blank, named)?];
    for table in document.tables() {
        let inputs = || table.slots().filter(|slot| slot.formula.is_none());
        let all = inputs().count();
        let count = formula::count(inputs().map(|slot| slot.id), cells, None)?;
        let formula = match count.as_str() {
            "" => "0".to_owned(),
            count => format!("{all}-({count})"),
        };
        counts.push(Count {
            sheet: table.sheet().to_owned(),
            formula,
            now: open(table, blank),
            next: unfilled::first(table, &unfilled::rectangles(table, cells)),
            next_now: unfilled::first_now(table, cells, blank),
        });
    }
    let fits = |count: &Count| formula::fits(&count.formula) && formula::fits(&count.next);
    counts.iter().all(fits).then_some(counts)
}

fn texts(blank: &Blank, named: &[Named]) -> Option<Count> {
    let document = &blank.document;
    let sheet = AddedSheet::Texts.name(document.script);
    let (key, is_empty) = ("organ.name", document.organ.is_empty());
    let row = named.iter().find(|named| named.key == key)?.rows.0;
    let empty = format!("{}=\"\"", particular(named, sheet, key)?);
    let mut needed = vec![(empty, row, is_empty)];
    for text in &document.texts {
        let (first, last) = named.iter().find(|named| named.key == text.key)?.rows;
        let range = cell_range_absolute(first, COLUMN, last, COLUMN);
        let empty = format!("COUNTA({}!{range})=0", quoted(sheet));
        needed.push((empty, first, true));
    }
    let count = needed.iter().map(|(empty, ..)| format!("({empty})"));
    let none = unfilled::NONE;
    let least = needed.iter().map(|(empty, row, _)| {
        let place = unfilled::order(*row, COLUMN);
        format!("IF({empty},{place},{none})")
    });
    let least: Vec<String> = least.collect();
    let open = needed.iter().filter(|(.., open)| *open);
    Some(Count {
        sheet: sheet.to_owned(),
        formula: count.collect::<Vec<_>>().join("+"),
        now: open.clone().count(),
        next: format!("MIN({})", least.join(",")),
        next_now: open.map(|(_, row, _)| unfilled::order(*row, COLUMN)).min(),
    })
}

/// Writes the sheet, which is there already.
pub(super) fn write(sheet: &mut Worksheet, blank: &Blank, counts: &[Count]) -> Written {
    let document = &blank.document;
    let script = document.script;
    let name = AddedSheet::Guide.name(script);
    let total = Total::of(blank);
    let mut writer = RowWriter::new(sheet, script)?;
    writer.add_column(LINK_WIDTH)?;
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
    for (column, title) in [
        (LABEL, ["工作表", "工作表"]),
        (COLUMN, ["还有几格未填", "還有幾格未填"]),
        (LINK, ["下一个没填的格子", "下一個沒填的格子"]),
    ] {
        writer.text(column, script.of(title), Look::Head)?;
    }
    writer.next(1, TEXT_SIZE)?;
    let first = writer.row;
    for count in counts {
        row(&mut writer, count, script)?;
    }
    whole(&mut writer, first, counts, &total, script)?;
    writer.row += 1;
    for step in STEPS {
        writer.line(script.of(step), Look::Step, TEXT_SIZE)?;
    }
    writer.row += 1;
    for (colours, name, meaning) in COLOURS {
        let at = (writer.row, LABEL);
        let format = style::legend(colours);
        let name = script.of(name);
        writer
            .sheet
            .write_string_with_format(at.0, at.1, name, &format)?;
        writer.text(COLUMN, script.of(meaning), Look::Step)?;
        writer.next(2, TEXT_SIZE)?;
    }
    sheet.set_column_hidden(NEXT)?.set_column_hidden(TARGET)?;
    protect(sheet, Allowed::Nothing);
    sheet.set_active(true);
    Page::upright(&document.title.subject, name, script).set_up(sheet)
}

/// What is left on a sheet: the way to the sheet, how many cells, the way to the next.
fn row(writer: &mut RowWriter<'_>, count: &Count, script: Script) -> Written {
    let (row, sheet) = (writer.row, quoted(&count.sheet));
    let url = Url::new(format!("internal:{sheet}!A1")).set_text(&count.sheet);
    let format = style::link();
    writer
        .sheet
        .write_url_with_format(row, LABEL, url, &format)?;
    let cell = |column| row_col_to_cell(row, column);
    let next = cell(NEXT);
    let place = format!("ADDRESS(INT({next}/{0}),MOD({next},{0}),4)", unfilled::ROW);
    // What can't be a cell is none.
    let target = format!(
        "IF({}=0,\"{EMPTY_SUM}\",\"#{}!\"&{place})",
        cell(COLUMN),
        sheet.replace('"', "\"\"")
    );
    let goal = count.goal();
    let next_now = count.next_now.unwrap_or(1_000_000_000_000).to_string();
    let plain = style::number(Look::Word, "0");
    write_formula(writer.sheet, (row, NEXT), &count.next, &next_now, &plain)?;
    write_formula(writer.sheet, (row, TARGET), &target, shown(&goal), &plain)?;
    link(writer, row, goal.as_deref(), script)?;
    number(writer, &count.formula, count.now)
}

/// The last row: how many cells in all, and the way to the first of them.
fn whole(
    writer: &mut RowWriter<'_>,
    first: RowNum,
    counts: &[Count],
    total: &Total,
    script: Script,
) -> Written {
    writer.label(script.of(["合计", "合計"]))?;
    let row = writer.row;
    let last = row.saturating_sub(1);
    let targets = cell_range(first, TARGET, last, TARGET);
    // The texts that are there begin with one of these.
    let target = format!("IFERROR(INDEX({targets},MATCH(\"#*\",{targets},0)),\"{EMPTY_SUM}\")");
    let goal = counts.iter().find_map(Count::goal);
    let plain = style::number(Look::Word, "0");
    write_formula(writer.sheet, (row, TARGET), &target, shown(&goal), &plain)?;
    link(writer, row, goal.as_deref(), script)?;
    let sum = format!("SUM({})", cell_range(first, COLUMN, last, COLUMN));
    number(writer, &sum, total.now)
}

/// The link of a row, as its hidden cells have it.
fn link(writer: &mut RowWriter<'_>, row: RowNum, goal: Option<&str>, script: Script) -> Written {
    let (go, done) = (
        script.of(["去填 ", "去填 "]),
        script.of(["填完了", "填完了"]),
    );
    let target = row_col_to_cell(row, TARGET);
    // `依申请公开 D4` of `#'依申请公开'!D4`.
    let bare = format!("SUBSTITUTE(SUBSTITUTE(MID({target},2,255),\"'\",\"\"),\"!\",\" \")");
    let text = format!("\"{go}\"&{bare}");
    let formula = format!("IF({target}=\"{EMPTY_SUM}\",\"{done}\",HYPERLINK({target},{text}))");
    let now = match goal.and_then(|goal| goal.strip_prefix('#')) {
        Some(goal) => format!("{go}{}", goal.replace('\'', "").replace('!', " ")),
        None => done.to_owned(),
    };
    write_formula(writer.sheet, (row, LINK), &formula, &now, &style::link())
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
