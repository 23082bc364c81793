//! What a form calls its tables, rows and figures, and the units that it prints beside them.

use std::sync::OnceLock;

use super::id::{FigureId, TableId};
use super::model::{Cell, Content, Form, Role, SectionBody, Table};
use super::wording::Script;
use crate::text::Message;

/// Longest name of a row or a column, in characters. What is longer is a table whose heads say more
/// than its figures, once for each of them.
const LONGEST_NAME: usize = 500;
/// Longest unit in characters: a note that is longer explains something else.
const LONGEST_UNIT: usize = 6;

/// What the form says of every figure in each script, worked out when the first is asked for.
pub(super) type Names = [OnceLock<Vec<Name>>; 2];

/// What the form says of a figure.
#[derive(Debug)]
pub(super) struct Name {
    /// The official names of its row and column; empty where there is none.
    row: String,
    column: String,
    /// The unit that is printed beside it.
    unit: Option<String>,
}

impl Form {
    /// The heading of the section that holds `table`: the table's official name.
    pub fn table_name(&self, table: TableId, script: Script) -> &str {
        self.sections
            .iter()
            .find(|section| section.body == SectionBody::Table(table))
            .map_or(self.table(table).id.as_str(), |section| {
                section.heading.text(script)
            })
    }

    /// A figure by its official table, row and column, as findings call it.
    pub fn figure_title(&self, id: FigureId, script: Script) -> Message {
        let table = self.table_name(self.spec(id).table, script);
        let label = self.figure_label(id, script);
        Message::new(
            format!("{table}{}", label.zh),
            format!("{table}, {}", label.en),
        )
    }

    /// A figure by its official row and column: `“（一）予以公开”的“总计”`.
    pub fn figure_label(&self, id: FigureId, script: Script) -> Message {
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

    /// The unit that the form gives a figure: a note in its row (`条`), `（单位：万元）` in the
    /// names of its row or column, or `（万元）` there where it is a sum of money.
    pub fn figure_unit(&self, id: FigureId, script: Script) -> Option<&str> {
        self.name(id, script)?.unit.as_deref()
    }

    fn name(&self, id: FigureId, script: Script) -> Option<&Name> {
        let names = script.of(self.names.each_ref());
        names.get_or_init(|| self.figure_names(script)).get(id.0)
    }

    /// What several figures have in common: their table and the row or the column that all of
    /// them stand in; where they share none, `first` itself.
    pub fn subject(&self, figures: &[FigureId], first: FigureId, script: Script) -> Message {
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

    /// What the table, row or figure at `key` is called, or what the figures below it have in
    /// common: their row, or the head over them.
    pub fn title_at(&self, table: TableId, key: &str, script: Script) -> Message {
        let spec = self.table(table);
        if let Some(id) = self.figure(key) {
            return self.figure_label(id, script);
        }
        let first = self.below(key).next();
        let name = match first.and_then(|(spec, _)| self.figure(&spec.key)) {
            _ if key == spec.id => self.table_name(table, script).to_owned(),
            None => key.to_owned(),
            Some(first) if self.row_at(table, key).is_some() => {
                let (row, _) = self.figure_name(first, script);
                return Message::new(format!("“{row}”一行"), format!("row \"{row}\""));
            }
            Some(first) => {
                let wordings = self.figure_wordings(first, script);
                let (mut words, shared) = match wordings.labels.as_slice() {
                    [] => (wordings.telling, false),
                    _ => (wordings.labels, spec.series.is_none()),
                };
                if !shared && words.len() > 1 {
                    words.pop();
                }
                words.join(" ")
            }
        };
        Message::new(format!("“{name}”"), format!("\"{name}\""))
    }

    /// The wordings that name a figure, part by part.
    pub(super) fn figure_wordings(&self, id: FigureId, script: Script) -> FigureWordings<'_> {
        let spec = self.spec(id);
        FigureWordings::of(
            (spec.row, spec.column),
            &wordings(self.table(spec.table), script),
        )
    }

    fn figure_names(&self, script: Script) -> Vec<Name> {
        let tables = self.tables.iter().map(|table| wordings(table, script));
        let tables: Vec<_> = tables.collect();
        let names = self.figures.iter().map(|spec| {
            let wordings = tables.get(spec.table.0).map_or(&[][..], Vec::as_slice);
            FigureWordings::of((spec.row, spec.column), wordings).name(spec.kind.is_decimal())
        });
        names.collect()
    }
}

/// A wording of a table.
struct CellWording<'f> {
    cell: &'f Cell,
    role: Role,
    text: &'f str,
    /// Whether it stands over every figure's column.
    over_all: bool,
}

fn wordings(table: &Table, script: Script) -> Vec<CellWording<'_>> {
    let is_figure = |cell: &&Cell| matches!(cell.content, Content::Figure(_));
    let columns = table.cells.iter().filter(is_figure).map(|cell| cell.column);
    let (first, last) = (columns.clone().min(), columns.max());
    let cells = table.cells.iter();
    let wordings = cells.filter_map(|cell| match &cell.content {
        Content::Wording(role, wording) => Some(CellWording {
            cell,
            role: *role,
            text: wording.text(script),
            over_all: [first, last]
                .iter()
                .flatten()
                .all(|column| cell.columns().contains(column)),
        }),
        Content::Figure(_) => None,
    });
    wordings.collect()
}

/// The wordings that name one figure.
#[derive(Default)]
pub(super) struct FigureWordings<'f> {
    /// Labels of its row, from the outside in.
    pub labels: Vec<&'f str>,
    /// Heads over its column, from the outside in; of several blocks those of its own.
    pub heads: Vec<&'f str>,
    /// Those of the heads that don't stand over every figure with others below them: these tell no
    /// figure from another.
    telling: Vec<&'f str>,
    /// The tinted line over its block.
    pub band: Option<&'f str>,
    /// The explanations printed in its row.
    pub notes: Vec<&'f str>,
}

impl<'f> FigureWordings<'f> {
    fn of((row, column): (usize, usize), wordings: &[CellWording<'f>]) -> Self {
        let mut named = Self::default();
        let mut block = 0;
        for it in wordings
            .iter()
            .filter(|it| it.role == Role::Band && it.cell.row < row)
        {
            (named.band, block) = (Some(it.text), it.cell.row);
        }
        for it in wordings {
            match it.role {
                Role::Label if it.cell.rows().contains(&row) => named.labels.push(it.text),
                Role::Note if it.cell.rows().contains(&row) => named.notes.push(it.text),
                Role::Head
                    if (block..row).contains(&it.cell.row)
                        && it.cell.rows().end <= row
                        && it.cell.columns().contains(&column) =>
                {
                    named.heads.push(it.text);
                    named.telling.extend((!it.over_all).then_some(it.text));
                }
                _ => {}
            }
        }
        if named.heads.len() == 1 {
            named.telling.clone_from(&named.heads);
        }
        named
    }

    fn name(&self, money: bool) -> Name {
        let joined = |parts: &[&str]| parts.join(" ").chars().take(LONGEST_NAME).collect();
        let (row, column): (String, String) = (joined(&self.labels), joined(&self.telling));
        let note = self.notes.first().copied();
        let note = note.filter(|note| note.chars().count() <= LONGEST_UNIT);
        let unit = note.or_else(|| {
            [&column, &row]
                .into_iter()
                .find_map(|name| unit_in(name, money))
        });
        Name {
            unit: unit.map(str::to_owned),
            row,
            column,
        }
    }
}

/// The explanations printed in a table.
pub(super) fn notes(table: &Table, script: Script) -> impl Iterator<Item = &str> {
    let wordings = wordings(table, script).into_iter();
    wordings
        .filter(|it| it.role == Role::Note)
        .map(|it| it.text)
}

/// Labels of the rows without figures directly above a figure's: 二、回应解读情况.
pub(super) fn over(table: &Table, row: usize, script: Script) -> impl Iterator<Item = &str> {
    let cells = table.cells.iter();
    let figures = cells.filter(|cell| matches!(cell.content, Content::Figure(_)));
    let above = figures
        .filter(|cell| cell.row < row)
        .map(|cell| cell.rows().end);
    let from = above.max().unwrap_or(0);
    let labels = wordings(table, script).into_iter();
    let labels =
        labels.filter(move |it| it.role == Role::Label && (from..row).contains(&it.cell.row));
    labels.map(|it| it.text)
}

/// The unit within a name.
fn unit_in(name: &str, money: bool) -> Option<&str> {
    let brackets = name.rsplit(['（', '(']);
    let mut inner = brackets
        .filter_map(|rest| rest.split_once(['）', ')']))
        .map(|(inner, _)| inner);
    inner.find_map(|inner| {
        let said = ["单位：", "單位：", "单位:", "單位:"];
        let said = said.iter().find_map(|said| inner.strip_prefix(said));
        said.or(Some(inner).filter(|inner| money && inner.ends_with('元')))
            .map(str::trim)
            .filter(|unit| !unit.is_empty() && unit.chars().count() <= LONGEST_UNIT)
    })
}

#[cfg(test)]
mod tests {
    use super::unit_in;

    #[test]
    fn units_stand_in_brackets() {
        assert_eq!(unit_in("本年收费金额（单位：万元）", true), Some("万元"));
        assert_eq!(unit_in("收件（单位：件）", false), Some("件"));
        assert_eq!(unit_in("经费（万元）", true), Some("万元"));
        assert_eq!(unit_in("经费（万元）", false), None);
        assert_eq!(unit_in("（一）予以公开", true), None);
    }
}
