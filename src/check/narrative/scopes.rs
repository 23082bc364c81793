//! Whether a number can be one of the tables: of what whole it is a part, and whether the text speaks
//! of that table.

use super::characters::contain;
use super::clause::Item;
use super::reader::{Reader, Sentence};
use super::state::{Scope, State};

/// How far back in its sentence a word is looked for that a number needs, in characters.
const LOOKED_BACK: usize = 300;

impl Reader<'_> {
    /// Whether a number is a part of less than all, and may be less than the figure.
    pub(super) fn is_share(&self, item: &Item, rows: &[usize], state: &State) -> bool {
        match &state.scope {
            Scope::Of(whole) => {
                !item.rows.is_empty() && !whole.all && !self.is_below(rows, &whole.rows)
            }
            _ => false,
        }
    }

    /// Whether rows are below others: each of the rows is one of theirs.
    fn is_below(&self, rows: &[usize], whole: &[usize]) -> bool {
        let keys = |rows: &[usize]| {
            let rows = rows
                .iter()
                .filter_map(|row| self.tables.row(*row)?.readings.first());
            rows.flatten().map(String::as_str).collect::<Vec<&str>>()
        };
        let whole = keys(whole);
        keys(rows).iter().all(|row| whole.contains(row))
    }

    pub(super) fn in_scope(&self, item: &Item, rows: &[usize], state: &State) -> bool {
        match &state.scope {
            _ if state.applicants && !item.rows.is_empty() && item.columns.is_empty() => false,
            // Parts of a number that is wrong itself are not told of.
            Scope::Report => {
                !item.rows.is_empty()
                    || state.agreed
                    || !item.columns.is_empty() && rows != state.rows
            }
            Scope::Portion => false,
            Scope::Some => rows.iter().all(|row| {
                let table = self.tables.row(*row).map(|row| row.table.as_str());
                !self
                    .topics()
                    .iter()
                    .any(|topic| Some(topic.table.as_str()) == table)
            }),
            Scope::Of(whole) if item.rows.is_empty() || self.is_below(rows, &whole.rows) => {
                whole.agreed
            }
            Scope::Of(whole) => {
                let term = |row: &usize| self.tables.row(*row);
                let divides = whole
                    .rows
                    .iter()
                    .filter_map(term)
                    .find_map(|row| row.divides.as_deref());
                let table = whole
                    .rows
                    .first()
                    .and_then(term)
                    .map(|row| row.table.as_str());
                let fits = rows.iter().filter_map(term).all(|row| match &row.group {
                    Some(group) => divides == Some(group),
                    None => divides.is_some() && table == Some(row.table.as_str()),
                });
                fits && (whole.all || whole.agreed)
            }
        }
    }

    /// Whether the text speaks of the table that the rows are in.
    pub(super) fn in_context(
        &self,
        item: &Item,
        rows: &[usize],
        sentence: &Sentence<'_>,
        state: &State,
    ) -> bool {
        let said = |to: usize| {
            let from = sentence.from.max(to.saturating_sub(LOOKED_BACK));
            sentence.characters.get(from..to).unwrap_or_default()
        };
        // What is needed may stand behind the number: 收到40份政府信息公开申请.
        let behind = (item.said.end + 12).min(sentence.characters.len());
        rows.iter().all(|row| {
            let Some(term) = self.report.form.namings.get(*row) else {
                return false;
            };
            let Some(table) = self.tables.row(*row).map(|row| row.table.as_str()) else {
                return false;
            };
            let needs = &term.needs;
            let topics = self
                .topics()
                .iter()
                .enumerate()
                .filter(|(_, topic)| topic.table == table);
            let mut topics = topics.map(|(index, topic)| {
                let known = if topic.closes {
                    &state.open
                } else {
                    &state.ever
                };
                known.get(index) == Some(&true)
                    || topic
                        .sentence
                        .iter()
                        .any(|word| contain(said(item.said.end), word))
            });
            let way = state.way
                && self
                    .topics()
                    .iter()
                    .any(|topic| topic.table == table && topic.closes);
            let open = topics
                .next()
                .is_none_or(|first| first || topics.any(|open| open));
            let needed = needs.is_empty() || needs.iter().any(|word| contain(said(behind), word));
            open && needed && !way
        })
    }

    /// Whether the numbers of several rows may be added up.
    pub(super) fn may_be_added(&self, rows: &[usize]) -> bool {
        let group = |row: &usize| self.tables.row(*row)?.group.as_deref();
        match rows {
            [] | [_] => true,
            [first, rest @ ..] => {
                group(first).is_some()
                    && rest
                        .iter()
                        .all(|row| row != first && group(row) == group(first))
            }
        }
    }
}
