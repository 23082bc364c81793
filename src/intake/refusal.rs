//! Cells whose figure can't be taken: why, what to do, and one finding for many with the same fault.

use super::number_format::Shows;
use super::sheet::{At, Cell, Sheet, plain};
use crate::data::numeral::{self, NumeralError};
use crate::text::{Code, Finding, Message};

/// Most cells that are named one by one.
const MOST_NAMED: usize = 4;
/// Longest text that is taken for a unit, in characters: 万元, 平方米.
const LONGEST_UNIT: usize = 4;

/// Why the figure of a cell can't be taken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fault {
    /// A number stored as a text.
    AsText,
    /// A text that is no number.
    Numeral(NumeralError),
    /// An error value.
    Failed,
    /// A formula without a result.
    NoResult,
    /// A formula whose stored result is not what it comes to.
    Stale(f64),
    /// TRUE, a day as a text.
    NoNumber,
    /// A number format that shows something else.
    Format(Shows),
}

/// A cell that is refused.
pub(super) struct Refusal {
    pub fault: Fault,
    pub at: At,
    /// What is told where it is the only one.
    pub finding: Finding,
}

impl Fault {
    pub fn code(self, is_decimal: bool) -> Code {
        match self {
            Self::AsText | Self::NoResult | Self::Stale(_) | Self::NoNumber => Code::WrongType,
            _ if is_decimal => Code::NotAnAmount,
            _ => Code::NotACount,
        }
    }

    /// What is wrong with a cell.
    pub fn message(self, cell: &Cell) -> Message {
        let shown = cell.shown();
        let text = shown.trim();
        match self {
            Self::AsText => Message::new("数字存成了文字", "the number is stored as a text"),
            Self::Numeral(_) => Message::new(
                format!("“{text}”不是能读的数字"),
                format!("\"{text}\" is no number that can be read"),
            ),
            Self::Failed => Message::new(
                format!("公式出错：{text}"),
                format!("the formula has failed: {text}"),
            ),
            Self::NoResult => Message::new("公式没有结果", "the formula has no result"),
            Self::Stale(sum) => Message::new(
                format!("公式的结果 {text} 是旧的，重新计算是 {}", plain(sum)),
                format!(
                    "the formula's result {text} is an old one, it comes to {}",
                    plain(sum)
                ),
            ),
            Self::NoNumber => Message::new("这不是数字", "this is no number"),
            Self::Format(Shows::Day | Shows::Time) => {
                Message::new("这是日期，不是数字", "this is a date, no number")
            }
            Self::Format(Shows::Percentage) => Message::new("这是百分数", "this is a percentage"),
            Self::Format(Shows::Nothing) => Message::new(
                format!("格子里的数是 {text}，但单元格格式不显示它"),
                format!("the cell holds {text}, which its number format doesn't show"),
            ),
            Self::Format(Shows::Another | Shows::Number) => Message::new(
                format!("格子里的数是 {text}，单元格格式显示的是另一个数"),
                format!("the cell holds {text}, and its number format shows another number"),
            ),
        }
    }

    /// What to do with a cell.
    pub fn remedy(self, cell: &Cell, is_decimal: bool) -> Message {
        let shown = cell.shown();
        let text = shown.trim();
        match self {
            Self::AsText => Message::new(
                format!("把单元格格式改为“常规”，重新输入 {text}"),
                format!("take the cell's text format off and type {text} again"),
            ),
            Self::Numeral(NumeralError::Unit) => with_unit(text, is_decimal),
            Self::Numeral(error) => error.remedy(text),
            Self::NoResult | Self::Stale(_) => Message::new(
                "在 Excel 或 WPS 里打开、保存一次，或直接填数字",
                "open and save it in Excel or WPS, or type the number",
            ),
            Self::Failed | Self::NoNumber => Message::new(
                "删去原有内容，直接填数字，没有就写 0",
                "type the number, 0 where there is none",
            ),
            Self::Format(Shows::Another | Shows::Nothing) => Message::new(
                "把单元格格式改为“常规”，再按这张表的单位填数",
                "take the cell's format off and type the number in the table's unit",
            ),
            Self::Format(_) => Message::new(
                "把单元格格式改为“常规”，重新输入数字",
                "take the cell's format off and type the number again",
            ),
        }
    }

    /// Whether two cells have the same wrong with them.
    fn is(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Stale(_), Self::Stale(_)))
    }

    /// What is wrong with many cells.
    fn of_many(self) -> (&'static str, &'static str) {
        match self {
            Self::AsText => ("数字存成了文字", "numbers are stored as texts"),
            Self::Numeral(_) => ("写的不是能读的数字", "this is no number that can be read"),
            Self::Failed => ("公式出错", "the formula has failed"),
            Self::NoResult => ("公式没有结果", "the formula has no result"),
            Self::Stale(_) => ("公式的结果是旧的", "the formula's result is an old one"),
            Self::NoNumber => ("写的不是数字", "this is no number"),
            Self::Format(Shows::Day | Shows::Time) => {
                ("写的是日期，不是数字", "this is a date, no number")
            }
            Self::Format(Shows::Percentage) => ("写的是百分数", "this is a percentage"),
            Self::Format(_) => (
                "单元格格式显示的不是格子里的数",
                "the number format shows another number than the cell holds",
            ),
        }
    }
}

/// What to write in place of a number with something behind it.
fn with_unit(text: &str, is_decimal: bool) -> Message {
    let meant = numeral::plain(text);
    let is_digit = |c: &char| c.is_ascii_digit() || *c == '.';
    let number: String = meant.chars().take_while(is_digit).collect();
    let unit: String = meant.chars().skip(number.chars().count()).collect();
    let write_only = Message::new(
        format!("只写数字 {number}"),
        format!("write the number {number} only"),
    );
    if unit.chars().all(|c| "。．、，；,;".contains(c)) {
        return write_only;
    }
    let myriads = [('千', 3), ('万', 4), ('萬', 4), ('亿', 8), ('億', 8)];
    let scale = myriads.iter().find(|(word, _)| unit.starts_with(*word));
    if let Some((_, zeros)) = scale.filter(|_| !is_decimal) {
        let value = numeral::parse(&number).ok();
        let value = value.and_then(|value| value.checked_mul(10_i64.pow(*zeros).into()));
        if let Some(value) = value.map(|value| value.normalize()) {
            return Message::new(format!("写成 {value}"), format!("write {value}"));
        }
    }
    let too_long = unit.chars().count() > LONGEST_UNIT;
    if too_long || unit.starts_with(['（', '(', '，', '；', '。']) {
        let note = unit.trim_matches(|c| "（）()，；。".contains(c));
        return Message::new(
            format!("只写数字 {number}；“{note}”写在这一格的批注里"),
            format!("write the number {number} only, and \"{note}\" into the cell's note"),
        );
    }
    let digits = if is_decimal { "0.00" } else { "0" };
    Message::new(
        format!("只写数字 {number}；单位写在单元格格式里：自定义 {digits}\"{unit}\""),
        format!(
            "write the number {number} only; the unit belongs to the cell's number format: \
             {digits}\"{unit}\""
        ),
    )
}

/// One finding for each fault, wherever on the sheet it is.
pub(super) fn refusals(mut refused: Vec<Refusal>, sheet: &Sheet, findings: &mut Vec<Finding>) {
    while let Some(Refusal { fault, finding, .. }) = refused.first() {
        let (fault, finding) = (*fault, finding.clone());
        let same =
            |other: &mut Refusal| fault.is(other.fault) && finding.code == other.finding.code;
        let cells: Vec<At> = refused.extract_if(.., same).map(|it| it.at).collect();
        if let [_] = cells.as_slice() {
            findings.push(finding);
            continue;
        }
        let (zh, en) = fault.of_many();
        let remedy = match fault {
            Fault::AsText => Some(Message::new(
                "选中这些格，点旁边的黄色感叹号，选“转换为数字”",
                "select them, click the warning sign beside them and choose Convert to Number",
            )),
            _ => finding.remedy.clone(),
        };
        let (cells_zh, cells_en) = named(&cells, sheet);
        findings.push(Finding {
            message: Message::new(format!("{cells_zh}：{zh}"), format!("{cells_en}: {en}")),
            remedy,
            cells: cells.iter().skip(1).map(|at| sheet.place(*at)).collect(),
            ..finding
        });
    }
}

/// `D4:I28 里有 144 格`, `D4、E4、I9`.
pub(super) fn named(cells: &[At], sheet: &Sheet) -> (String, String) {
    if cells.len() <= MOST_NAMED {
        let names: Vec<String> = cells.iter().map(|at| sheet.cell_name(*at)).collect();
        return (names.join("、"), names.join(", "));
    }
    let rows = cells.iter().map(|at| at.0);
    let columns = cells.iter().map(|at| at.1);
    let corner = |row: Option<usize>, column: Option<usize>| {
        sheet.cell_name((row.unwrap_or_default(), column.unwrap_or_default()))
    };
    let first = corner(rows.clone().min(), columns.clone().min());
    let last = corner(rows.max(), columns.max());
    let count = cells.len();
    (
        format!("{first}:{last} 里有 {count} 格"),
        format!("{count} cells of {first}:{last}"),
    )
}
