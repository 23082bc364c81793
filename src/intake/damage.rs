//! Why a file is no workbook that can be read, and what is told of it.

use std::sync::Arc;

use crate::text::{Code, Finding, Message, Place, Source};

/// Why a file is no workbook that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// An OLE container with an encrypted workbook in it ([MS-OFFCRYPTO] 2.3.4.4).
    Encrypted,
    /// An OLE container without one: the .xls of Excel 97.
    Old,
    /// No ZIP archive, or one without a workbook in it.
    NoWorkbook,
    /// A workbook whose parts are binary: .xlsb ([MS-XLSB] 2.1.7).
    Binary,
    /// An archive with a text document in it.
    Document,
    /// It unpacks to too much.
    TooLarge,
    /// A part is missing or is no XML.
    Broken,
    /// The sums of many units, which are nobody's report.
    RolledUp,
}

/// Refuses more than `most` of anything.
pub(super) fn limit(count: usize, most: usize) -> Result<(), Damage> {
    (count <= most).then_some(()).ok_or(Damage::TooLarge)
}

/// The workbook as a whole.
pub(super) fn whole(file: &str) -> Place {
    let source = Source::of_workbook(file, "", Vec::new());
    Place::new(&Arc::new(source), 0..0)
}

/// What is wrong, and what to do.
pub(super) fn finding(damage: Damage, file: &str) -> Finding {
    let (zh, en, remedy_zh, remedy_en) = match damage {
        Damage::Encrypted => (
            "工作簿加了密码，打不开",
            "the workbook is locked with a password",
            "在 Excel 或 WPS 里取消密码，再保存",
            "take the password off and save it again",
        ),
        Damage::Old => (
            "这是旧格式的工作簿（.xls）",
            "this is a workbook of the old kind (.xls)",
            "在 Excel 或 WPS 里“另存为”，类型选 .xlsx",
            "save it as .xlsx",
        ),
        Damage::NoWorkbook => (
            "这不是 .xlsx 工作簿",
            "this is no .xlsx workbook",
            "是压缩包就先解压；是表格就在 Excel 或 WPS 里“另存为”，类型选 .xlsx；只改文件名不行",
            "unpack an archive first; save a table as .xlsx: giving it another name is not enough",
        ),
        Damage::Binary => (
            "这是二进制工作簿（.xlsb）",
            "this is a binary workbook (.xlsb)",
            "在 Excel 或 WPS 里“另存为”，类型选“Excel 工作簿（.xlsx）”；只改文件名不行",
            "save it as .xlsx; giving it another name is not enough",
        ),
        Damage::Document => (
            "这是 Word 文档或演示文稿，不是工作簿",
            "this is a text document or a presentation, no workbook",
            "给数据文件（.toml）或填好的工作簿（.xlsx）",
            "give a data file (.toml) or a workbook (.xlsx)",
        ),
        Damage::TooLarge => (
            "工作簿太大，不是一份报告",
            "the workbook is too large to be a report",
            "请检查是否选错了文件",
            "check that this is the right file",
        ),
        Damage::Broken => (
            "工作簿已损坏，读不出来",
            "the workbook is damaged and can't be read",
            "用 Excel 或 WPS 打开，修复后再保存；打不开就换一份",
            "open it in Excel or WPS, repair and save it, or take another copy",
        ),
        Damage::RolledUp => (
            "这是 rollup 写出的汇总工作簿，不是一份报告",
            "this is the workbook of a roll-up, not a report",
            "移到别的文件夹；要用汇总数做报告，用 rollup 的 --toml 写出数据文件",
            "move it elsewhere; to make a report of the sums, have rollup write a data file with --toml",
        ),
    };
    let code = match damage {
        Damage::RolledUp => Code::WrongForm,
        _ => Code::Syntax,
    };
    Finding::new(code, Message::new(zh, en))
        .at(whole(file))
        .remedy(Message::new(remedy_zh, remedy_en))
}
