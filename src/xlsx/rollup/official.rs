//! The official tables with the sums.

use super::home::Home;
use crate::document::{Figure, Table};
use crate::rollup::Rollup;
use crate::xlsx::book::Sheet;
use crate::xlsx::fault::Fault;
use crate::xlsx::page::Page;
use crate::xlsx::sheet::{Content, grid, plain, put};
use crate::xlsx::squares::Squares;
use crate::xlsx::style::Styles;

/// Writes table `number` to an empty sheet: what units give is fetched from their sums, what is
/// derived is the form's own formula.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    table: &Table,
    number: usize,
    rollup: &Rollup,
    squares: &Squares<'_>,
    home: &Home,
    styles: &mut Styles,
) -> Result<(), Fault> {
    let title = rollup.title.whole();
    let page = Page::of(table, &title, rollup.script);
    grid(
        sheet,
        table,
        &page,
        styles,
        |sheet, styles, cell, figure| {
            let content = match &figure.formula {
                Some(_) => Content::of(figure, squares, number),
                None => fetched(figure, home),
            };
            let content = content.ok_or_else(|| Fault::Figure {
                sheet: table.sheet.clone(),
                key: figure.key.clone(),
            })?;
            let format = styles.figure(figure);
            put(sheet, cell, &content, format).map_err(|source| Fault::Sheet {
                sheet: table.sheet.clone(),
                source,
            })
        },
    )?;
    Ok(())
}

fn fetched(figure: &Figure, home: &Home) -> Option<Content> {
    Some(Content {
        digits: plain(figure.value),
        formula: Some(home.sum(figure.id)?),
    })
}
