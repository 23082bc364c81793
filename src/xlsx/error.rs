//! Why a document did not become a workbook.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use rust_xlsxwriter::XlsxError;

use crate::text::Message;

/// Why a document did not become a workbook.
#[derive(Debug)]
pub enum WorkbookError {
    /// A table does not fit into a sheet.
    Sheet {
        /// Name of the sheet.
        sheet: String,
        /// What the workbook's writer says.
        source: XlsxError,
    },
    /// A figure can't be written: its formula is longer than Excel allows, or refers to a
    /// figure that stands in no table of the document.
    Figure {
        /// Name of the sheet.
        sheet: String,
        /// Key of the figure.
        key: String,
    },
    /// A sheet's formulas can't be written: one is longer than Excel allows.
    Formulas {
        /// Name of the sheet.
        sheet: String,
    },
    /// The folder for temporary files, in which a long sheet waits, is full or isn't there.
    NoRoom {
        /// The folder.
        folder: PathBuf,
    },
    /// The sheets do not make a workbook, such as two of the same name.
    Workbook(XlsxError),
}

impl WorkbookError {
    /// A table that does not fit into a sheet.
    pub(super) fn sheet(name: &str, source: XlsxError) -> Self {
        Self::Sheet {
            sheet: name.to_owned(),
            source,
        }
    }

    /// A figure that can't be written.
    pub(super) fn figure(sheet: &str, key: &str) -> Self {
        Self::Figure {
            sheet: sheet.to_owned(),
            key: key.to_owned(),
        }
    }

    /// A sheet with a formula that is too long.
    pub(super) fn formulas(sheet: &str) -> Self {
        Self::Formulas {
            sheet: sheet.to_owned(),
        }
    }

    /// What went wrong, in both languages.
    pub fn message(&self) -> Message {
        match self {
            Self::Sheet { sheet, source } => Message::new(
                format!("工作表“{sheet}”无法写出：{source}"),
                format!("the sheet \"{sheet}\" can't be written: {source}"),
            ),
            Self::Figure { sheet, key } => Message::new(
                format!("工作表“{sheet}”的数据项 {key} 无法写成公式或数字"),
                format!("{key} on the sheet \"{sheet}\" can't be written as formula or number"),
            ),
            Self::Formulas { sheet } => Message::new(
                format!("工作表“{sheet}”的公式太长，无法写出"),
                format!("a formula on the sheet \"{sheet}\" is too long to be written"),
            ),
            Self::NoRoom { folder } => {
                let folder = folder.display();
                Message::new(
                    format!(
                        "放临时文件的文件夹 {folder} 写不下，工作簿没有写；请腾出空间，或用环境变量 \
                         TMPDIR（Windows 上是 TMP）指定别的文件夹"
                    ),
                    format!(
                        "there is no room in {folder}, the folder for temporary files: make some, or \
                         name another with the variable TMPDIR (TMP on Windows)"
                    ),
                )
            }
            Self::Workbook(source) => Message::new(
                format!("工作簿无法写出：{source}"),
                format!("the workbook can't be written: {source}"),
            ),
        }
    }
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl Error for WorkbookError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Sheet { source, .. } | Self::Workbook(source) => Some(source),
            Self::Figure { .. } | Self::Formulas { .. } | Self::NoRoom { .. } => None,
        }
    }
}
