//! The unit that a form prints beside a figure.

use super::id::FigureId;
use super::model::{Content, Form, Role};
use super::wording::Script;

/// Longest unit in characters: a note that is longer explains something else.
const LONGEST: usize = 6;

impl Form {
    /// The unit that the form gives a figure: a note in its row (`条`), `（单位：万元）` in the
    /// names of its row or column, or `（万元）` there where it is a sum of money.
    pub(crate) fn figure_unit(&self, id: FigureId, script: Script) -> Option<&str> {
        self.name(id, script)?.unit.as_deref()
    }

    /// The same of a figure whose column and row have these names.
    pub(super) fn unit_beside(
        &self,
        id: FigureId,
        script: Script,
        names: [&str; 2],
    ) -> Option<String> {
        let spec = self.spec(id);
        let note = self.table(spec.table).cells.iter().find_map(|cell| {
            let beside = (cell.row..cell.row + cell.row_span).contains(&spec.row);
            match &cell.content {
                Content::Wording(Role::Note, wording) if beside => Some(wording.text(script)),
                _ => None,
            }
        });
        let money = spec.kind.is_decimal();
        let unit = note
            .filter(|note| note.chars().count() <= LONGEST)
            .or_else(|| names.into_iter().find_map(|name| named(name, money)));
        unit.map(str::to_owned)
    }
}

/// The unit within a name.
fn named(name: &str, money: bool) -> Option<&str> {
    let brackets = name.rsplit(['（', '(']);
    let mut inner = brackets
        .filter_map(|rest| rest.split_once(['）', ')']))
        .map(|(inner, _)| inner);
    inner.find_map(|inner| {
        let said = ["单位：", "單位：", "单位:", "單位:"];
        let said = said.iter().find_map(|said| inner.strip_prefix(said));
        said.or(Some(inner).filter(|inner| money && inner.ends_with('元')))
            .map(str::trim)
            .filter(|unit| !unit.is_empty() && unit.chars().count() <= LONGEST)
    })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn units_stand_in_brackets() {
        assert_eq!(named("本年收费金额（单位：万元）", true), Some("万元"));
        assert_eq!(named("收件（单位：件）", false), Some("件"));
        assert_eq!(named("经费（万元）", true), Some("万元"));
        assert_eq!(named("经费（万元）", false), None);
        assert_eq!(named("（一）予以公开", true), None);
    }
}
