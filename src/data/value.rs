//! Raw values: what a data file says, with the place of every key and value.

use crate::text::Span;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes in the source.
    pub span: Span,
}

/// One key of a table with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub name: String,
    /// Where the key stands.
    pub span: Span,
    /// Its value.
    pub node: Node,
}

/// What a data file can hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number as it is written, underscores taken out; never a float.
    Number(String),
    /// A date, or a date with a time, as it is written.
    Date(String),
    /// `true` or `false`.
    Bool(bool),
    /// A list.
    Array(Vec<Node>),
    /// A table, its entries in the order of the file.
    Table(Vec<Entry>),
}

impl Node {
    /// The entry called `name`, if this is a table that has it.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.name == name)
    }

    /// The entries, none if this is no table.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }
}

impl Value {
    /// What kind of value this is, in Chinese and English.
    pub fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::Text(_) => ("文字", "a text"),
            Self::Number(_) => ("数字", "a number"),
            Self::Date(_) => ("日期", "a date"),
            Self::Bool(_) => ("真假值", "true or false"),
            Self::Array(_) => ("列表", "a list"),
            Self::Table(_) => ("一组键", "a table"),
        }
    }
}
