//! Widths of a table's columns, from the wording.
//!
//! No word is broken and no figure leaves its cell; columns of figures are equally wide; what is
//! left goes where it makes the table lowest.

use super::cell::{CellText, Mode};
use crate::document::Table;
use crate::form::Content;

/// Distances inside a table, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    /// Size of the type.
    pub size: f64,
    /// From a cell's left or right edge to its text.
    pub pad_x: f64,
    /// From a cell's upper or lower edge to its text.
    pub pad_y: f64,
    /// The least height of a row.
    pub least_row: f64,
}

impl Spacing {
    /// The distances that go with type of `size` points.
    pub fn at(size: f64) -> Self {
        Self {
            size,
            pad_x: 3.0,
            pad_y: 2.5,
            least_row: 1.8 * size,
        }
    }

    /// The same with rows as low as they can be read in.
    pub fn low(size: f64) -> Self {
        Self {
            pad_y: 1.0,
            least_row: 1.5 * size,
            ..Self::at(size)
        }
    }

    /// The same with little space on all sides of a cell's text: for tables that are too large
    /// otherwise.
    pub fn tight(size: f64) -> Self {
        Self {
            pad_x: 2.0,
            ..Self::low(size)
        }
    }
}

/// Column widths and row heights of a table at one size of type, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracks {
    /// Widths of the columns.
    pub columns: Vec<f64>,
    /// Heights of the rows.
    pub rows: Vec<f64>,
    /// Whether every word and figure has the room that it needs.
    pub sound: bool,
}

/// How finely widths of label columns are tried, in sizes of the type.
const STEP: f64 = 0.5;
/// Room beside a label beyond what it needs, in sizes of the type.
const AIR: f64 = 0.75;
/// Most widths tried for one column.
const MAX_STEPS: usize = 60;

/// Finds the tracks of a table that is `width` points wide.
pub fn tracks(table: &Table, texts: &[CellText], width: f64, spacing: Spacing) -> Tracks {
    let least = least_widths(table, texts, spacing);
    let needed: f64 = least.iter().sum();
    if needed > width {
        let columns = squeeze(table, &least, width, spacing);
        let rows = row_heights(table, texts, &columns, spacing);
        return Tracks {
            columns,
            rows,
            sound: false,
        };
    }
    let is_figure = figure_columns(table);
    // The innermost labels are the longest: they get their room first. An upright label gains
    // nothing by a wider column.
    let upright = |column: usize| {
        table
            .cells
            .iter()
            .zip(texts)
            .any(|(cell, text)| cell.column == column && text.mode == Mode::Upright)
    };
    let labels: Vec<usize> = (0..table.columns)
        .rev()
        .filter(|c| !is_figure[*c] && !upright(*c))
        .collect();
    let mut heights = Heights::new(table, texts, spacing);
    let mut chosen = least.clone();
    let mut best = evaluate(&mut heights, &chosen, &is_figure, width);
    // No widths make the table lower than if every column had all of it.
    let lowest: f64 = heights.rows(&vec![width; table.columns]).iter().sum();
    let is_lowest = |rows: &[f64]| rows.iter().sum::<f64>() <= lowest + 0.01;
    for _round in 0..2 {
        for &column in &labels {
            if is_lowest(&best.1) {
                break;
            }
            let free: f64 = width
                - chosen
                    .iter()
                    .zip(&is_figure)
                    .map(|(w, figure)| if *figure { 0.0 } else { *w })
                    .sum::<f64>()
                - least
                    .iter()
                    .zip(&is_figure)
                    .map(|(w, figure)| if *figure { *w } else { 0.0 })
                    .sum::<f64>()
                + chosen[column];
            let mut candidate = least[column];
            for _step in 0..MAX_STEPS {
                if candidate > free || is_lowest(&best.1) {
                    break;
                }
                let mut tried = chosen.clone();
                tried[column] = candidate;
                let result = evaluate(&mut heights, &tried, &is_figure, width);
                let height: f64 = result.1.iter().sum();
                if height + 0.01 < best.1.iter().sum::<f64>() {
                    best = result;
                    chosen = tried;
                }
                candidate += STEP * spacing.size;
            }
        }
    }
    // Labels get some air where that costs no line, the narrow outer ones first.
    for &column in labels.iter().rev() {
        let mut tried = chosen.clone();
        tried[column] += AIR * spacing.size;
        if tried.iter().sum::<f64>() > width {
            continue;
        }
        let result = evaluate(&mut heights, &tried, &is_figure, width);
        if result.1.iter().sum::<f64>() <= best.1.iter().sum::<f64>() + 0.01 {
            best = result;
            chosen = tried;
        }
    }
    Tracks {
        columns: best.0,
        rows: best.1,
        sound: true,
    }
}

/// Which columns hold figures.
fn figure_columns(table: &Table) -> Vec<bool> {
    let mut is_figure = vec![false; table.columns];
    for cell in &table.cells {
        if matches!(cell.content, Content::Figure(_)) {
            for flag in is_figure
                .iter_mut()
                .skip(cell.column)
                .take(cell.column_span)
            {
                *flag = true;
            }
        }
    }
    is_figure
}

/// The least width of each column: that of its widest word or figure.
fn least_widths(table: &Table, texts: &[CellText], spacing: Spacing) -> Vec<f64> {
    let mut widths = vec![2.0 * spacing.size; table.columns];
    for (cell, text) in table.cells.iter().zip(texts) {
        if cell.column_span == 1 {
            let need = text.least_width() + 2.0 * spacing.pad_x;
            widths[cell.column] = widths[cell.column].max(need);
        }
    }
    let is_figure = figure_columns(table);
    for (cell, text) in table.cells.iter().zip(texts) {
        let span = cell.column..cell.column + cell.column_span;
        let have: f64 = widths[span.clone()].iter().sum();
        let lack = text.least_width() + 2.0 * spacing.pad_x - have;
        if cell.column_span == 1 || lack <= 0.0 {
            continue;
        }
        // Columns of figures grow together. Of label columns the widest grows: the others hold
        // numbers of groups, which need no more room than they have.
        let widest = span
            .clone()
            .filter(|column| !is_figure[*column])
            .max_by(|a, b| widths[*a].total_cmp(&widths[*b]));
        match widest {
            Some(column) => widths[column] += lack,
            None => {
                for width in &mut widths[span] {
                    *width += lack / cell.column_span as f64;
                }
            }
        }
    }
    widths
}

/// Widths for a table that is too wide: label columns shrink to two characters at the least, and
/// figure columns share what is left by their need.
fn squeeze(table: &Table, least: &[f64], width: f64, spacing: Spacing) -> Vec<f64> {
    let is_figure = figure_columns(table);
    let figures = sum_where(least, &is_figure, true);
    let labels = sum_where(least, &is_figure, false);
    let narrow = 2.0 * (spacing.size + spacing.pad_x);
    let count = is_figure.iter().filter(|figure| !**figure).count() as f64;
    let floor = (narrow * count).min(width / 2.0);
    let label_room = (width - figures).max(floor).min(labels.max(floor));
    let figure_room = width - label_room;
    least
        .iter()
        .zip(&is_figure)
        .map(|(least, figure)| {
            if *figure {
                least * figure_room / figures
            } else {
                floor / count + (label_room - floor) * least / labels
            }
        })
        .collect()
}

fn sum_where(widths: &[f64], is_figure: &[bool], wanted: bool) -> f64 {
    widths
        .iter()
        .zip(is_figure)
        .filter(|(_, figure)| **figure == wanted)
        .map(|(width, _)| *width)
        .sum()
}

/// The whole table with label columns as given: columns of figures share what is left.
fn evaluate(
    heights: &mut Heights<'_>,
    chosen: &[f64],
    is_figure: &[bool],
    width: f64,
) -> (Vec<f64>, Vec<f64>) {
    let mut columns = chosen.to_vec();
    let labels: f64 = sum_where(chosen, is_figure, false);
    let flexible: Vec<usize> = if is_figure.contains(&true) {
        (0..columns.len()).filter(|c| is_figure[*c]).collect()
    } else {
        (0..columns.len()).collect()
    };
    let room = if is_figure.contains(&true) {
        width - labels
    } else {
        width
    };
    level(&mut columns, &flexible, room);
    let rows = heights.rows(&columns);
    (columns, rows)
}

/// Makes the columns `which` fill `room`, all equally wide but for those that need more.
fn level(columns: &mut [f64], which: &[usize], room: f64) {
    let mut open: Vec<usize> = which.to_vec();
    let mut room = room;
    loop {
        let share = room / open.len().max(1) as f64;
        let Some(at) = open.iter().position(|c| columns[*c] > share) else {
            for column in open {
                columns[column] = share;
            }
            return;
        };
        room -= columns[open.swap_remove(at)];
    }
}

/// Heights of the rows: each as tall as its tallest cell, tall merged cells shared out.
pub fn row_heights(
    table: &Table,
    texts: &[CellText],
    columns: &[f64],
    spacing: Spacing,
) -> Vec<f64> {
    Heights::new(table, texts, spacing).rows(columns)
}

/// The heights of a table's cells at the widths that were asked for: the search for column widths
/// asks for each again and again.
struct Heights<'a> {
    table: &'a Table,
    texts: &'a [CellText],
    spacing: Spacing,
    /// By cell: width and height.
    known: Vec<Vec<(f64, f64)>>,
}

impl<'a> Heights<'a> {
    fn new(table: &'a Table, texts: &'a [CellText], spacing: Spacing) -> Self {
        Self {
            table,
            texts,
            spacing,
            known: vec![Vec::new(); table.cells.len()],
        }
    }

    fn rows(&mut self, columns: &[f64]) -> Vec<f64> {
        let table = self.table;
        let mut rows = vec![self.spacing.least_row; table.rows];
        for (index, cell) in table.cells.iter().enumerate() {
            if cell.row_span == 1 {
                rows[cell.row] = rows[cell.row].max(self.cell(index, columns));
            }
        }
        for (index, cell) in table.cells.iter().enumerate() {
            if cell.row_span == 1 {
                continue;
            }
            let span = cell.row..cell.row + cell.row_span;
            let lack = self.cell(index, columns) - rows[span.clone()].iter().sum::<f64>();
            if lack > 0.0 {
                for row in &mut rows[span] {
                    *row += lack / cell.row_span as f64;
                }
            }
        }
        rows
    }

    /// The height of a cell.
    fn cell(&mut self, index: usize, columns: &[f64]) -> f64 {
        let cell = &self.table.cells[index];
        let text = &self.texts[index];
        let around = 2.0 * self.spacing.pad_y;
        // A figure is as high at any width.
        if text.mode == Mode::Figure {
            return text.height(0.0) + around;
        }
        let width: f64 = columns[cell.column..cell.column + cell.column_span]
            .iter()
            .sum();
        let known = &mut self.known[index];
        if let Some((_, height)) = known.iter().find(|(w, _)| *w == width) {
            return *height;
        }
        let height = text.height(width - 2.0 * self.spacing.pad_x) + around;
        known.push((width, height));
        height
    }
}
