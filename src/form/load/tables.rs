//! The tables of a form: their names, and their cells placed on a grid.

use toml::Spanned;

use super::{Loader, is_name};
use crate::form::data_file_keys;
use crate::form::file::{CellFile, TableFile};
use crate::form::grid::{Grid, MAX_SQUARES, Misfit};
use crate::form::id::TableId;
use crate::form::model::{Cell, Content, Role, Table};
use crate::form::sheet::AddedSheet;
use crate::form::wording::{Script, Wording};

/// Longest name of a sheet that Excel takes, in characters.
const LONGEST_SHEET: usize = 31;

impl Loader<'_> {
    /// The table's own name and that of its sheet.
    pub(super) fn table_names(&mut self, file: &TableFile, before: &[Table]) {
        let id = file.id.get_ref();
        // `previous` is what a formula calls last year's report.
        let reserved = data_file_keys().any(|key| key == id) || id == "previous";
        if !is_name(id) || reserved {
            self.bad_name(file.id.span(), id);
        } else if before.iter().any(|table| table.id == *id) {
            self.fault(
                file.id.span(),
                format!("表 {id} 写了两次"),
                format!("table {id} is given twice"),
            );
        }
        for script in [Script::Hans, Script::Hant] {
            let sheet = file.sheet.get_ref().text(script);
            let fits = (1..=LONGEST_SHEET).contains(&sheet.chars().count());
            let same = |table: &Table| table.sheet.text(script).eq_ignore_ascii_case(sheet);
            let (zh, en) = if !fits || sheet.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']) {
                (
                    format!("不能用：1 至 {LONGEST_SHEET} 个字，不含 []:*?/\\'"),
                    format!("can't be used: 1 to {LONGEST_SHEET} characters, none of []:*?/\\'"),
                )
            } else if AddedSheet::reserves(sheet) {
                (
                    "不能用：工作簿里另有这个名称的表".to_owned(),
                    "can't be used: the workbook has another of this name".to_owned(),
                )
            } else if before.iter().any(same) {
                ("写了两次".to_owned(), "is given twice".to_owned())
            } else {
                continue;
            };
            self.fault(
                file.sheet.span(),
                format!("工作表名 {sheet} {zh}"),
                format!("sheet name {sheet} {en}"),
            );
            return;
        }
    }

    pub(super) fn table(&mut self, id: TableId, table: &Spanned<TableFile>) -> Table {
        let file = table.get_ref();
        let rows = file.rows.len();
        let mut resolved = Table {
            id: file.id.get_ref().clone(),
            sheet: file.sheet.get_ref().clone(),
            columns: file.columns,
            rows,
            header_rows: file.header_rows,
            labels: file.labels,
            series: file.series.as_ref().map(|series| series.get_ref().clone()),
            cells: Vec::new(),
        };
        let squares = rows.checked_mul(file.columns);
        if file.columns == 0 || rows == 0 || squares.is_none_or(|n| n > MAX_SQUARES) {
            self.fault(
                table.span(),
                "表没有行或列，或者太大",
                "the table has no rows or columns, or too many",
            );
            return resolved;
        }
        if file.header_rows >= rows {
            self.fault(
                table.span(),
                "表头占满了整张表",
                "the heading takes up the whole table",
            );
            return resolved;
        }
        if let Some(series) = &file.series {
            let parts = series.get_ref();
            let twice = |(at, part): (usize, &String)| parts.iter().take(at).any(|p| p == part);
            if parts.is_empty()
                || !parts.iter().all(|part| is_name(part))
                || parts.iter().enumerate().any(twice)
            {
                self.fault(
                    series.span(),
                    "series 写一列不重复的名称，用字母、数字、下划线",
                    "series is a list of different names of letters, digits and _",
                );
                return resolved;
            }
        }
        let mut grid = Grid::new(rows, file.columns);
        let faults = self.findings.len();
        let mut placed = true;
        for (row, cells) in file.rows.iter().enumerate() {
            for cell in cells.get_ref() {
                placed &= self.cell(id, file, row, cell, &mut grid, &mut resolved.cells);
            }
        }
        if !placed {
            // A cell that has no place leaves gaps that are no faults of their own.
            return resolved;
        }
        let is_figure = |cell: &Cell| matches!(cell.content, Content::Figure(_));
        // One whose key can't be used was told of.
        if self.findings.len() == faults && !resolved.cells.iter().any(is_figure) {
            self.fault(table.span(), "表里没有数据项", "the table has no figure");
        }
        for (row, cells) in file.rows.iter().enumerate() {
            if let Some(column) = grid.gap(row) {
                self.fault(
                    cells.span(),
                    format!("第 {} 行第 {} 列没有单元格", row + 1, column + 1),
                    format!("no cell covers row {}, column {}", row + 1, column + 1),
                );
            }
        }
        resolved
    }

    /// Places a cell; false where it has no place or no content.
    fn cell(
        &mut self,
        table: TableId,
        file: &TableFile,
        row: usize,
        cell: &Spanned<CellFile>,
        grid: &mut Grid,
        cells: &mut Vec<Cell>,
    ) -> bool {
        let spec = cell.get_ref();
        let wordings: Vec<(Role, &Wording)> = [
            (Role::Band, &spec.band),
            (Role::Head, &spec.head),
            (Role::Label, &spec.label),
            (Role::Note, &spec.note),
        ]
        .into_iter()
        .filter_map(|(role, wording)| wording.as_ref().map(|w| (role, w)))
        .collect();
        let key = |row: &str| format!("{}.{row}", file.id.get_ref());
        // What the cells hold; of a figure, which has no number yet, its key.
        let contents = match (wordings.as_slice(), &spec.figure, &spec.figures) {
            ([(role, wording)], None, None) => {
                vec![Ok(Content::Wording(*role, (*wording).clone()))]
            }
            ([], Some(figure), None) => {
                let series = file.series.as_ref().map(Spanned::get_ref);
                let last = figure.rsplit('.').next().unwrap_or(figure);
                if series.is_some_and(|series| series.iter().any(|part| part == last)) {
                    self.fault(
                        cell.span(),
                        format!("{last} 在 series 里：整行写 figures"),
                        format!("{last} is in the series: write the whole row as figures"),
                    );
                    return false;
                }
                vec![Err(key(figure))]
            }
            ([], None, Some(row)) => {
                let Some(series) = &file.series else {
                    self.fault(
                        cell.span(),
                        "figures 要求表有 series",
                        "figures asks for a series in its table",
                    );
                    return false;
                };
                let parts = series.get_ref().iter();
                let keys = parts.map(|part| Err(key(&format!("{row}.{part}"))));
                keys.collect()
            }
            _ => {
                self.fault(
                    cell.span(),
                    "单元格要写 band、head、label、note、figure、figures 之一",
                    "a cell has one of band, head, label, note, figure and figures",
                );
                return false;
            }
        };
        for content in contents {
            let column = match grid.place(row, spec.rows, spec.columns) {
                Ok(column) => column,
                Err(misfit) => {
                    let (zh, en) = misfit_message(misfit);
                    self.fault(cell.span(), zh, en);
                    return false;
                }
            };
            let heading = row < file.header_rows;
            if heading && (content.is_err() || row + spec.rows > file.header_rows) {
                self.fault(
                    cell.span(),
                    "表头里不能有数据项，表头的单元格也不能伸到表头以下",
                    "the heading has no figures, and none of its cells reaches below it",
                );
                return false;
            }
            let figure = |key| {
                let id = self.figure(key, spec.kind, table, row, column);
                id.map(Content::Figure)
            };
            let content = match content.or_else(figure) {
                Ok(content) => content,
                // The cell has its place all the same.
                Err(message) => {
                    self.fault(cell.span(), message.zh, message.en);
                    return true;
                }
            };
            cells.push(Cell {
                row,
                column,
                row_span: spec.rows,
                column_span: spec.columns,
                content,
            });
        }
        true
    }
}

fn misfit_message(misfit: Misfit) -> (&'static str, &'static str) {
    match misfit {
        Misfit::RowFull => (
            "这一行已经占满，多了单元格",
            "the row is full: one cell too many",
        ),
        Misfit::TooWide => (
            "单元格超出最右一列",
            "the cell reaches beyond the last column",
        ),
        Misfit::TooTall => ("单元格超出最下一行", "the cell reaches beyond the last row"),
        Misfit::Overlap => ("单元格与另一个重叠", "the cell overlaps another"),
        Misfit::NoSpan => ("rows 和 columns 至少为 1", "rows and columns are 1 or more"),
    }
}
