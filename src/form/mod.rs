//! Forms: the mandated formats as data.
//!
//! A form file (TOML) is read by [`load`] into a [`Form`]: sections, tables as resolved grids,
//! figures with their keys, and rules as formulas over figures. Nothing else in the program
//! knows a form's wording, rows or sums.

mod body;
mod builtin;
mod file;
pub mod filled;
mod formula;
mod grid;
mod id;
mod load;
mod model;
mod names;
mod naming;
mod schema;
mod sheet;
pub mod template;
mod title;
mod unit;
mod wording;

pub use body::{Body, body};
pub use builtin::{builtin, for_year};
pub use formula::{Comparison, Expr, Relation, Term};
pub use id::{FigureId, TableId, TextId};
pub use load::load;
pub use model::{
    Cell, Content, Definition, FigureSpec, Form, Kind, LabelAlign, Mention, Opening, Organs, Role,
    Rule, RuleInstance, Section, SectionBody, Table,
};
pub use naming::{Named, Naming, RowNaming, Topic};
pub use schema::schema;
pub use sheet::AddedSheet;
pub(crate) use wording::PRIVATE;
pub use wording::{Phrase, Script, Wording};

/// The keys at the top of a data file that are the same for every form; the tables' names come
/// beside them.
pub const DATA_FILE_KEYS: [&str; 8] = [
    "form",
    "year",
    "script",
    "scope",
    "organ",
    "contact",
    "signature",
    "text",
];
