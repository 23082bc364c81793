//! Forms: the mandated formats as data.
//!
//! A form file (TOML) is read by [`Form::read`] into a [`Form`]: sections, tables as resolved grids,
//! figures with their keys, and rules as formulas over figures. Nothing else in the program
//! knows a form's wording, rows or sums.

mod body;
mod builtin;
mod called;
mod carried;
pub mod data_file;
mod defined_name;
mod file;
mod formula;
mod grid;
mod id;
mod load;
mod model;
mod names;
mod naming;
mod particulars;
mod schema;
mod sheet;
mod unfilled;
mod wording;

pub use body::{Body, body};
pub use builtin::{Forms, for_year};
pub(crate) use defined_name::defined_names;
pub use formula::{Comparison, Expr, Relation, Term};
pub use id::{FigureId, TableId, TextId};
pub use model::{
    Cell, Content, FigureSpec, Form, Kind, LabelAlign, Mention, Organs, Role, Rule, RuleInstance,
    Section, SectionBody, Table,
};
pub use naming::{Named, Naming, RowNaming, Topic};
pub(crate) use particulars::{
    LONGEST_PARTICULAR, PARTICULAR_TABLES, PARTICULARS, Particular, ParticularKind, data_file_keys,
};
pub use schema::schema;
pub(crate) use sheet::{AddedSheet, EMPTY_SUM, NEEDED};
pub(crate) use unfilled::fill_in;
pub use wording::{Phrase, Script, Wording};
