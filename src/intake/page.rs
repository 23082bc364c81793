//! The text of a data file, as it is written piece by piece, and the cell of each piece.

use std::collections::BTreeMap;

use super::particulars::ParticularCells;
use super::tables::Figure;
use crate::form::data_file::{self, quoted};
use crate::form::{Form, Script, SectionBody};
use crate::text::{SheetCell, Source};

/// A data file in the making.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    cells: Vec<SheetCell>,
}

impl Page {
    /// The whole as a source that knows its cells.
    pub fn source(self, name: &str) -> Source {
        Source::of_workbook(name, self.text, self.cells)
    }

    /// Everything above the texts, in the order of a new data file.
    pub fn head(&mut self, form: &Form, said: &ParticularCells<'_>, script: Script) {
        let mut written = BTreeMap::from([
            ("form", quoted(&form.id)),
            ("organ.name", quoted("")),
            ("script", quoted(script.as_str())),
        ]);
        written.extend(said.0.iter().map(|(key, found)| (*key, found.literal())));
        let signed = written.keys().any(|key| key.starts_with("signature."));
        // Whoever reports signs, unless another is named.
        if said.text("signature.name") == said.text("organ.name") {
            written.remove("signature.name");
        }
        let tables: &[&str] = if signed { &["signature"] } else { &[] };
        let spans = data_file::particulars(&written, tables, None, &mut self.text);
        for (key, whole) in spans {
            let Some(found) = said.0.get(key) else {
                continue;
            };
            let marks = usize::from(found.quoted);
            let inner = whole.start + marks..whole.end - marks;
            let same = self.text.get(inner.clone()) == Some(found.shown.as_str());
            let mut cell = found.sheet.entry(found.at, whole, inner);
            cell.shown = (!same).then(|| found.shown.clone());
            self.cells.push(cell);
        }
        self.text.push_str("\n[text]\n");
    }

    /// One text: its paragraphs, whether each goes on with the one above, and their cells. `first`
    /// is the cell to show where nothing is.
    pub fn text(
        &mut self,
        form: &Form,
        key: &str,
        mut first: SheetCell,
        paragraphs: Vec<(String, bool, SheetCell)>,
    ) {
        let of_text = |body| match body {
            SectionBody::Text(id) => form.texts.get(id.0).is_some_and(|text| text == key),
            SectionBody::Table(_) => false,
        };
        for section in form.sections.iter().filter(|section| of_text(section.body)) {
            let heading = section.heading.text(Script::Hans);
            self.text.push_str(&format!("\n# {heading}\n"));
        }
        self.text.push_str(&format!("{key} = "));
        let start = self.text.len();
        let slot = self.cells.len();
        self.text.push_str("\"\"\"\n");
        for (text, goes_on, mut cell) in paragraphs {
            if goes_on && !self.text.ends_with("\"\"\"\n") {
                self.text.pop();
            }
            let start = self.text.len();
            self.text.push_str(&within_quotes(&text));
            cell.whole = start..self.text.len();
            cell.inner = cell.whole.clone();
            self.cells.push(cell);
            self.text.push('\n');
        }
        self.text.push_str("\"\"\"");
        first.whole = start..self.text.len();
        first.inner = start..start;
        first.shown = Some(String::new());
        self.cells.insert(slot, first);
        self.text.push('\n');
    }

    /// The tables.
    pub fn tables(&mut self, form: &Form, figures: &[Option<Figure<'_>>]) {
        let value = |id: crate::form::FigureId| {
            let figure = figures.get(id.0)?.as_ref()?;
            Some(figure.written.clone())
        };
        let spans = data_file::tables(form, &value, &mut self.text);
        for (id, span) in spans {
            if let Some(Some(figure)) = figures.get(id.0) {
                let inner = span.start + figure.number.start..span.start + figure.number.end;
                self.cells.push(figure.sheet.entry(figure.at, span, inner));
            }
        }
    }
}

/// A text as it stands within three quotation marks: they and `\` are marked, and characters
/// that can't be seen are named.
fn within_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.chars() {
        marks = if c == '"' { marks + 1 } else { 0 };
        match c {
            '\\' => out.push_str("\\\\"),
            '"' if marks == 3 => {
                out.push_str("\\\"");
                marks = 0;
            }
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out
}
