//! A data file under the clerk's hands: what each of its keys says as typed, and the same file with some of
//! them changed. All that isn't changed stays as it is, comments and order included.
//!
//! A figure that isn't filled in yet is `""`: it can't be left out of a row, and a 0 would be a figure.

use toml_edit::{
    Array, DocumentMut, InlineTable, Item, RawString, Table, TableLike, TomlError, Value,
};

use crate::form::{FigureId, Form};

/// A data file that can be changed key by key.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    file: DocumentMut,
}

/// Where a key stands: the names of its tables and its own, and its place in a row given as a list.
struct Way<'k> {
    names: Vec<&'k str>,
    /// Number in the list, and how many the list has to have.
    item: Option<(usize, usize)>,
}

/// A key of the data file that is no table and no figure of a list there: the file has something else in
/// its place.
#[derive(Debug)]
pub(super) struct NotThere;

impl Draft {
    /// Reads a data file.
    ///
    /// # Errors
    /// Where it is not TOML; what is wrong with it is for [`Report::read`](crate::report::Report::read) to say.
    pub fn read(text: &str) -> Result<Self, Box<TomlError>> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let file = text.parse().map_err(Box::new)?;
        Ok(Self { file })
    }

    /// The file's text.
    pub fn text(&self) -> String {
        self.file.to_string()
    }

    /// The year that it reports on, as far as it says one.
    pub fn year(&self) -> Option<i32> {
        self.file.get("year")?.as_integer()?.try_into().ok()
    }

    /// What a key says, as typed; none where it isn't there. A figure's unit and note are at `KEY.unit`
    /// and `KEY.note`.
    pub fn said(&self, form: &Form, key: &str) -> Option<String> {
        if let Some((figure, part)) = beside_figure(form, key) {
            return self.value(form, figure)?.get(part).and_then(typed);
        }
        let value = self.value(form, key)?;
        value.get("value").map_or_else(|| typed(value), typed)
    }

    /// The file that a text stands in, where it has one of its own.
    pub fn file_of(&self, key: &str) -> Option<&str> {
        let (table, name) = key.split_once('.')?;
        self.file.get(table)?.get(name)?.get("file")?.as_str()
    }

    fn value(&self, form: &Form, key: &str) -> Option<&dyn Said> {
        let way = Way::to(form, key);
        let mut item = self.file.as_item();
        for name in &way.names {
            item = item.get(name)?;
        }
        match way.item {
            Some((number, _)) => item.as_array()?.get(number).map(|value| value as &dyn Said),
            None => Some(item),
        }
    }

    /// Makes a key say what was typed. Nothing typed takes out what a data file may leave out.
    ///
    /// # Errors
    /// Where the file has something else in the place of its tables.
    pub fn set(&mut self, form: &Form, key: &str, text: &str) -> Result<(), NotThere> {
        if let Some((figure, part)) = beside_figure(form, key) {
            return self.set_beside(form, figure, part, text);
        }
        if let Some(id) = form.figure(key) {
            self.take_out_sums(form, id);
        }
        let value = written(form, key, text);
        let slot = self.slot(form, key)?;
        match slot {
            Slot::Item(item) => {
                if let Some(within) = item
                    .as_table_like_mut()
                    .filter(|it| it.contains_key("value"))
                {
                    within.insert("value", Item::Value(value));
                } else if text.is_empty() && may_be_left_out(form, key) {
                    *item = Item::None;
                } else {
                    replace(item, value);
                }
            }
            Slot::Value(slot) => match slot.as_inline_table_mut() {
                Some(within) if within.contains_key("value") => {
                    within.insert("value", value);
                }
                _ => replace_value(slot, value),
            },
        }
        Ok(())
    }

    /// A figure's unit or note.
    fn set_beside(
        &mut self,
        form: &Form,
        figure: &str,
        part: &str,
        text: &str,
    ) -> Result<(), NotThere> {
        let with = |old: &Value| {
            let mut table = match old.as_inline_table() {
                Some(table) => table.clone(),
                None => {
                    let mut table = InlineTable::new();
                    let mut value = old.clone();
                    value.decor_mut().clear();
                    table.insert("value", value);
                    table
                }
            };
            table.remove(part);
            if !text.is_empty() {
                table.insert(part, Value::from(text));
            }
            match table.get("value") {
                Some(value) if table.len() == 1 => value.clone(),
                _ => Value::InlineTable(table),
            }
        };
        match self.slot(form, figure)? {
            Slot::Value(slot) => {
                let value = with(slot);
                replace_value(slot, value);
            }
            Slot::Item(item) => match item {
                Item::Value(old) => {
                    let value = with(old);
                    replace_value(old, value);
                }
                Item::Table(table) if text.is_empty() => {
                    table.remove(part);
                }
                Item::Table(table) => {
                    table.insert(part, Item::Value(Value::from(text)));
                }
                Item::None | Item::ArrayOfTables(_) => return Err(NotThere),
            },
        }
        Ok(())
    }

    /// Takes out the sums that a figure is part of, where the file gives them: the program computes them, and
    /// nobody can type into their cells.
    fn take_out_sums(&mut self, form: &Form, id: FigureId) {
        for definition in &form.definitions {
            let mut operands = definition.expr.operands();
            let sum = form.spec(definition.figure);
            if !operands.any(|(operand, _)| operand == id) || self.value(form, &sum.key).is_none() {
                continue;
            }
            let way = Way::to(form, &sum.key);
            match way.item {
                // The sum of a row stands at its end.
                Some((number, inputs)) if inputs > 0 => {
                    let row = self.at_mut(&way.names).and_then(Item::as_array_mut);
                    if let Some(row) = row.filter(|row| row.len() == number + 1) {
                        row.remove(number);
                    }
                }
                // A figure of its own, or a row of nothing but sums.
                _ => {
                    if let Some((name, above)) = way.names.split_last()
                        && let Some(table) = self.at_mut(above).and_then(Item::as_table_like_mut)
                    {
                        table.remove(name);
                    }
                }
            }
            self.take_out_sums(form, definition.figure);
        }
    }

    fn at_mut(&mut self, names: &[&str]) -> Option<&mut Item> {
        let root = Some(self.file.as_item_mut());
        names
            .iter()
            .fold(root, |item, name| item.and_then(|item| item.get_mut(name)))
    }

    /// Where a key is, made where it isn't there.
    fn slot(&mut self, form: &Form, key: &str) -> Result<Slot<'_>, NotThere> {
        let way = Way::to(form, key);
        let (name, above) = way.names.split_last().ok_or(NotThere)?;
        let mut table: &mut dyn TableLike = self.file.as_table_mut();
        for name in above {
            let item = table.entry(name).or_insert_with(new_table);
            if item.is_none() {
                *item = new_table();
            }
            table = item.as_table_like_mut().ok_or(NotThere)?;
        }
        let item = table.entry(name).or_insert(Item::None);
        let Some((number, wanted)) = way.item else {
            return Ok(Slot::Item(item));
        };
        if item.is_none() {
            *item = Item::Value(Value::Array(Array::new()));
        }
        let row = item.as_array_mut().ok_or(NotThere)?;
        while row.len() < wanted.max(number + 1) {
            row.push("");
        }
        row.get_mut(number).map(Slot::Value).ok_or(NotThere)
    }
}

/// What can be changed.
enum Slot<'d> {
    Item(&'d mut Item),
    Value(&'d mut Value),
}

impl<'k> Way<'k> {
    fn to(form: &Form, key: &'k str) -> Self {
        let list = form.figure(key).and_then(|id| {
            let (row, _) = key.rsplit_once('.')?;
            let ids = form.row_at(form.spec(id).table, row)?;
            let number = ids.iter().position(|it| *it == id)?;
            let inputs = ids.iter().filter(|id| !form.spec(**id).derived).count();
            Some((row, (number, inputs)))
        });
        let (key, item) = match list {
            Some((row, item)) => (row, Some(item)),
            None => (key, None),
        };
        Self {
            names: key.split('.').collect(),
            item,
        }
    }
}

/// The figure of `KEY.unit` or `KEY.note`, and which of them it is.
fn beside_figure<'k>(form: &Form, key: &'k str) -> Option<(&'k str, &'k str)> {
    let (figure, part) = key.rsplit_once('.')?;
    (matches!(part, "unit" | "note") && form.figure(figure).is_some()).then_some((figure, part))
}

/// Whether a data file may do without a key: all but figures, texts and what no report is without.
fn may_be_left_out(form: &Form, key: &str) -> bool {
    let text = key.strip_prefix("text.");
    let needed = match crate::form::Particular::of(key) {
        Some(particular) => particular.needed,
        None => text.is_none_or(|name| form.texts.iter().any(|it| it == name)),
    };
    !needed
}

/// What was typed, as TOML has it: a number or day bare, everything else in quotes.
fn written(form: &Form, key: &str, text: &str) -> Value {
    let number = text.strip_prefix('-').unwrap_or(text);
    let bare = match key {
        "year" => number.bytes().all(|b| b.is_ascii_digit()),
        "signature.date" => text.len() == 10,
        _ => form.figure(key).is_some() && is_plain(number),
    };
    let value = bare.then(|| text.parse::<Value>().ok()).flatten();
    let mut value = match value {
        Some(value) if value.is_integer() || value.is_float() || value.is_datetime() => value,
        _ => Value::from(text),
    };
    value.decor_mut().clear();
    value
}

/// Whether these are the digits of a number as TOML has it: `0`, `38`, `59237.2449`.
fn is_plain(number: &str) -> bool {
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(digits)
}

fn new_table() -> Item {
    Item::Table(Table::new())
}

fn replace(item: &mut Item, value: Value) {
    match item {
        Item::Value(old) => replace_value(old, value),
        _ => *item = Item::Value(value),
    }
}

/// Puts a value into the place of another; what stands around it stays.
fn replace_value(old: &mut Value, mut value: Value) {
    *value.decor_mut() = old.decor().clone();
    *old = value;
}

/// What a value says, and what stands in it.
trait Said {
    fn get(&self, name: &str) -> Option<&dyn Said>;
    fn scalar(&self) -> Option<&Value>;
}

impl Said for Item {
    fn get(&self, name: &str) -> Option<&dyn Said> {
        self.as_table_like()?
            .get(name)
            .map(|item| item as &dyn Said)
    }

    fn scalar(&self) -> Option<&Value> {
        self.as_value()
    }
}

impl Said for Value {
    fn get(&self, name: &str) -> Option<&dyn Said> {
        self.as_inline_table()?
            .get(name)
            .map(|value| value as &dyn Said)
    }

    fn scalar(&self) -> Option<&Value> {
        Some(self)
    }
}

fn typed(said: &dyn Said) -> Option<String> {
    let raw = |repr: Option<&RawString>| repr.and_then(RawString::as_str).map(str::to_owned);
    match said.scalar()? {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(it) => {
            raw(it.as_repr().map(toml_edit::Repr::as_raw)).or(Some(it.to_string()))
        }
        Value::Float(it) => raw(it.as_repr().map(toml_edit::Repr::as_raw)).or(Some(it.to_string())),
        Value::Datetime(it) => Some(it.value().to_string()),
        Value::Boolean(it) => Some(it.value().to_string()),
        Value::Array(_) | Value::InlineTable(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Forms;

    const FILE: &str = "\u{FEFF}# 我局的报告\nyear = 2024 # 去年\n\n[organ]\nname = \"青石县教育局\"\n\n\
        [text]\noverview = \"无。\"\n\n[requests]\nnew = [38, 0, 0, 1, 0, 0, 39] # 网办系统导出\n";

    fn form() -> std::sync::Arc<Form> {
        Forms::builtin().unwrap()[0].clone()
    }

    #[test]
    fn what_is_not_changed_stays_to_the_letter() {
        let form = form();
        let mut draft = Draft::read(FILE).unwrap();
        draft
            .set(&form, "requests.new.natural_person", "40")
            .unwrap();
        let wanted = FILE.trim_start_matches('\u{FEFF}');
        // The row's sum goes: it would be wrong.
        let wanted = wanted.replace("[38, 0, 0, 1, 0, 0, 39]", "[40, 0, 0, 1, 0, 0]");
        assert_eq!(draft.text(), wanted);
    }

    #[test]
    fn every_figure_comes_back_as_it_was_typed_and_so_do_what_is_none() {
        let form = form();
        let mut draft = Draft::read("year = 2024\n").unwrap();
        let inputs = form.figures.iter().filter(|spec| !spec.derived);
        let typed = ["0", "3402", "约4", "", "007", "128.645", "999999999999"];
        let cells: Vec<_> = inputs.zip(typed.iter().cycle()).collect();
        for (spec, text) in &cells {
            draft.set(&form, &spec.key, text).unwrap();
        }
        let again = Draft::read(&draft.text()).unwrap();
        for (spec, text) in cells {
            assert_eq!(
                again.said(&form, &spec.key).as_deref(),
                Some(*text),
                "{}",
                spec.key
            );
        }
    }

    #[test]
    fn notes_and_units_stand_beside_their_figure() {
        let form = form();
        let key = "requests.new.natural_person";
        let mut draft = Draft::read(FILE).unwrap();
        draft
            .set(&form, &format!("{key}.note"), "含重复 2 件")
            .unwrap();
        assert!(
            draft
                .text()
                .contains("[{ value = 38, note = \"含重复 2 件\" }, 0,"),
            "{}",
            draft.text()
        );
        draft.set(&form, key, "41").unwrap();
        assert_eq!(draft.said(&form, key).as_deref(), Some("41"));
        assert_eq!(
            draft.said(&form, &format!("{key}.note")).as_deref(),
            Some("含重复 2 件")
        );
        draft.set(&form, &format!("{key}.note"), "").unwrap();
        assert!(draft.text().contains("[41, 0,"), "{}", draft.text());
    }

    #[test]
    fn particulars_come_and_go_with_what_is_typed() {
        let form = form();
        let mut draft = Draft::read(FILE).unwrap();
        draft.set(&form, "contact.phone", "0772-2825345").unwrap();
        draft.set(&form, "signature.date", "2025-01-16").unwrap();
        draft
            .set(&form, "text.overview", "第一段\n\"第二段\" \\")
            .unwrap();
        let again = Draft::read(&draft.text()).unwrap();
        assert_eq!(
            again.said(&form, "text.overview").unwrap(),
            "第一段\n\"第二段\" \\"
        );
        assert!(draft.text().contains("date = 2025-01-16"));
        draft.set(&form, "contact.phone", "").unwrap();
        assert_eq!(draft.said(&form, "contact.phone"), None);
    }
}
