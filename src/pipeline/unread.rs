//! Files in a folder of reports that are no data files, though a report may be in them.

use std::path::Path;
use std::sync::Arc;

use crate::text::{Code, Finding, Message, Place, Severity, Source};

/// How the names of such files end: texts of Word and WPS, tables without cells' types.
const DOCUMENTS: [&str; 4] = ["csv", "doc", "docx", "wps"];

/// Whether a file is one that is not read, but may hold what somebody takes for his report.
pub fn is_document(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| DOCUMENTS.iter().any(|it| ending.eq_ignore_ascii_case(it)))
}

/// The doubt about such a file. It is nothing worse: letters and lists lie in the same folders.
pub fn unread(path: &Path) -> Finding {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let source = Source::of_workbook(path.display().to_string(), "", Vec::new());
    let mut finding = Finding::new(
        Code::Syntax,
        Message::new(
            format!("这个文件没有读：.{ending} 不是数据文件"),
            format!("this file is not read: .{ending} is no data file"),
        ),
    );
    finding.severity = Severity::Warning;
    finding
        .at(Place::new(&Arc::new(source), 0..0))
        .remedy(Message::new(
            "是单位的报告，就填到空白工作簿里（nianbao blank），或在 Excel、WPS 表格里“另存为” .xlsx；不是报告，不用管",
            "where it is a report, fill in a blank workbook (nianbao blank), or save it as .xlsx; \
             otherwise never mind",
        ))
}
