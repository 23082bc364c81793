//! What figures are called: their official tables, rows and columns.

use std::sync::OnceLock;

use super::id::{FigureId, TableId};
use super::model::{Cell, Content, Form, Role, SectionBody, Table};
use super::wording::{Script, Wording};
use crate::text::Message;

/// Longest name of a row or a column, in characters. What is longer is a table whose heads say more than its figures, once for each of them.
const LONGEST_NAME: usize = 500;

/// What the form says of every figure in each script, worked out when the first is asked for.
#[derive(Debug, Default)]
pub(super) struct Names {
    hans: OnceLock<Vec<Name>>,
    hant: OnceLock<Vec<Name>>,
}

/// What the form says of a figure.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    /// The official names of its row and column; empty where there is none.
    pub row: String,
    pub column: String,
    /// The unit that is printed beside it.
    pub unit: Option<String>,
}

impl Form {
    /// The heading of the section that holds `table`: the table's official name.
    pub(crate) fn table_name(&self, table: TableId, script: Script) -> &str {
        self.sections
            .iter()
            .find(|section| section.body == SectionBody::Table(table))
            .map_or(self.table(table).id.as_str(), |section| {
                section.heading.text(script)
            })
    }

    /// A figure by its official table, row and column, as findings call it.
    pub(crate) fn figure_title(&self, id: FigureId, script: Script) -> Message {
        let table = self.table_name(self.spec(id).table, script);
        let label = self.figure_label(id, script);
        Message::new(
            format!("{table}{}", label.zh),
            format!("{table}, {}", label.en),
        )
    }

    /// A figure by its official row and column: `“（一）予以公开”的“总计”`.
    pub(crate) fn figure_label(&self, id: FigureId, script: Script) -> Message {
        let (row, column) = self.figure_name(id, script);
        match (row.is_empty(), column.is_empty()) {
            (false, false) => Message::new(
                format!("“{row}”的“{column}”"),
                format!("row \"{row}\", column \"{column}\""),
            ),
            (false, true) => Message::new(format!("“{row}”"), format!("row \"{row}\"")),
            _ => Message::new(format!("“{column}”"), format!("column \"{column}\"")),
        }
    }

    /// The official names of a figure's row and column, the parts of each from the outside in:
    /// `（三）不予公开 1.属于国家秘密` and `法人或其他组织 商业企业`. Empty where the table has none.
    pub fn figure_name(&self, id: FigureId, script: Script) -> (&str, &str) {
        self.name(id, script)
            .map_or(("", ""), |name| (&name.row, &name.column))
    }

    /// What the form says of a figure.
    pub(super) fn name(&self, id: FigureId, script: Script) -> Option<&Name> {
        let names = match script {
            Script::Hans => &self.names.hans,
            Script::Hant => &self.names.hant,
        };
        let names = names.get_or_init(|| self.figure_names(script));
        names.get(id.0)
    }

    /// What several figures have in common: their table and the row or the column that all of
    /// them stand in; where they share none, `first` itself.
    pub(crate) fn subject(&self, figures: &[FigureId], first: FigureId, script: Script) -> Message {
        let table = self.table_name(self.spec(first).table, script);
        let (row, column) = self.figure_name(first, script);
        match self.shared(figures, first, script) {
            (true, false) => {
                Message::new(format!("{table}“{row}”"), format!("{table}, row \"{row}\""))
            }
            (false, true) => Message::new(
                format!("{table}“{column}”一列"),
                format!("{table}, column \"{column}\""),
            ),
            (true, true) | (false, false) => self.figure_title(first, script),
        }
    }

    /// Whether figures share the row of `first`, and whether they share its column.
    fn shared(&self, figures: &[FigureId], first: FigureId, script: Script) -> (bool, bool) {
        let (row, column) = self.figure_name(first, script);
        let mut names = figures.iter().map(|id| self.figure_name(*id, script));
        let same_row = !row.is_empty() && names.clone().all(|(other, _)| other == row);
        // In a table with one column of figures, naming it tells nothing.
        let spec = self.spec(first);
        let mut all = self.figures.iter();
        let several = all.any(|f| f.table == spec.table && f.column != spec.column);
        let same_column = several && !column.is_empty() && names.all(|(_, other)| other == column);
        (same_row, same_column)
    }

    fn figure_names(&self, script: Script) -> Vec<Name> {
        let mut names = vec![Name::default(); self.figures.len()];
        for table in &self.tables {
            let wordings = Wordings::of(table);
            for cell in &table.cells {
                if let Content::Figure(id) = &cell.content
                    && let Some(name) = names.get_mut(id.0)
                {
                    let (row, column) = wordings.name(cell, script);
                    let unit = self.unit_beside(*id, script, [&column, &row]);
                    *name = Name { row, column, unit };
                }
            }
        }
        names
    }
}

/// The wordings of a table that name its figures.
struct Wordings<'a> {
    labels: Vec<(&'a Cell, &'a Wording)>,
    /// Each head, and whether it stands over every figure.
    heads: Vec<(&'a Cell, &'a Wording, bool)>,
    /// The rows of the bands.
    bands: Vec<usize>,
}

impl<'a> Wordings<'a> {
    fn of(table: &'a Table) -> Self {
        let figures = |cell: &&Cell| matches!(cell.content, Content::Figure(_));
        let columns = || table.cells.iter().filter(figures).map(|cell| cell.column);
        let (first, last) = (columns().min(), columns().max());
        let over_all = |cell: &Cell| {
            let covers = |column: Option<usize>| {
                column.is_none_or(|c| (cell.column..cell.column + cell.column_span).contains(&c))
            };
            covers(first) && covers(last)
        };
        let mut wordings = Self {
            labels: Vec::new(),
            heads: Vec::new(),
            bands: Vec::new(),
        };
        for cell in &table.cells {
            match &cell.content {
                Content::Wording(Role::Label, wording) => wordings.labels.push((cell, wording)),
                Content::Wording(Role::Head, wording) => {
                    wordings.heads.push((cell, wording, over_all(cell)));
                }
                Content::Wording(Role::Band, _) => wordings.bands.push(cell.row),
                Content::Wording(Role::Note, _) | Content::Figure(_) => {}
            }
        }
        wordings
    }

    /// The names of the row and the column of a figure's cell.
    fn name(&self, figure: &Cell, script: Script) -> (String, String) {
        let (row, column) = (figure.row, figure.column);
        let join = |wordings: Vec<&Wording>| {
            let texts: Vec<&str> = wordings.iter().map(|w| w.text(script)).collect();
            let name = texts.join(" ");
            match name.char_indices().nth(LONGEST_NAME) {
                Some((at, _)) => name.get(..at).unwrap_or_default().to_owned(),
                None => name,
            }
        };
        let rows = self
            .labels
            .iter()
            .filter(|(c, _)| (c.row..c.row + c.row_span).contains(&row))
            .map(|(_, wording)| *wording);
        // The heads above the figure; where the table has several blocks, only the nearest.
        let above = self.bands.iter().copied().filter(|band| *band < row);
        let block = above.max().unwrap_or(0);
        let heads: Vec<&(&Cell, &Wording, bool)> = self
            .heads
            .iter()
            .filter(|(c, ..)| block <= c.row && c.row + c.row_span <= row)
            .filter(|(c, ..)| (c.column..c.column + c.column_span).contains(&column))
            .collect();
        // A head with others below it that stands over every figure tells none from another.
        let several = heads.len() > 1;
        let columns = heads
            .iter()
            .filter(|(.., over_all)| !(several && *over_all))
            .map(|(_, wording, _)| *wording);
        (join(rows.collect()), join(columns.collect()))
    }
}
