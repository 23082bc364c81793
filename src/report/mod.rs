//! Reports: a data file that was read against its form.
//!
//! [`Report::read`] turns raw values into a typed [`Report`] in which every figure of the form is there
//! once, with its place in the file, and every derived figure is computed. What can't be read is
//! a finding; a report comes out only where there is none. Whether the figures agree with each
//! other is not asked here: that is [`check`](crate::check).

mod figures;
pub(crate) mod heading;
mod model;
mod particulars;
mod read;
mod reference;
mod scan;
mod seal;
mod text;
mod unknown;

pub use crate::data::Worded;
pub use jiff::civil::Date;
pub use model::{Figure, Given, Line, Report, Scope, SealPicture, Segment, Text};
pub use particulars::Particulars;
