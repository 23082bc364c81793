//! Rolling up: many checked reports of one form and year, added up cell by cell.
//!
//! ```text
//! Checked reports, one at a time → Collector (what is added of each: a Member)
//!       │ agreement: one year, one form, one scope, no unit twice, money in one unit
//!       ↓
//! Rollup: official tables with the sums, the units and their figures, what was left out
//! ```
//!
//! Figures that units give are added exactly; derived ones are worked out anew from the sums by
//! the form's own formulas. Nothing is left out in silence: each report that is not in the sums has
//! a finding and a [`Line`] that says so.

mod agreement;
mod collector;
mod data_file;
mod expected;
mod measure;
mod member;
mod model;
mod objection;
mod sums;

pub use collector::{Collector, File, Terms};
pub use expected::Expected;
pub use member::Member;
pub use model::{Line, Parent, Remark, Rollup, State, Unit};
pub use objection::{Objection, Whereabouts};
