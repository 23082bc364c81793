//! Forms: the mandated formats as data.
//!
//! A form file (TOML) is read by [`load`] into a [`Form`]: sections, tables as resolved grids,
//! figures with their keys, and rules as formulas over figures. Nothing else in the program
//! knows a form's wording, rows or sums.

mod builtin;
mod claim;
pub mod data_file;
mod file;
mod formula;
mod grid;
mod id;
mod load;
mod model;
mod names;
mod particulars;
mod schema;
mod sheet;
mod wording;

pub use builtin::{builtin, for_year};
pub use claim::Claim;
pub use formula::{Comparison, Expr, Relation, Term};
pub use id::{FigureId, TableId, TextId};
pub use load::load;
pub use model::{
    Cell, Content, Definition, FigureSpec, Form, Kind, LabelAlign, Mention, Opening, Organs, Role,
    Rule, RuleInstance, Section, SectionBody, Table,
};
pub use particulars::{
    Choice, PARTICULAR_TABLES, PARTICULARS, Particular, ParticularKind, data_file_keys,
};
pub use schema::schema;
pub use sheet::AddedSheet;
pub(crate) use wording::PRIVATE;
pub use wording::{Phrase, Script, Wording};
