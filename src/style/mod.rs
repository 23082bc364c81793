//! The style of the pages: faces by name, sizes of type, tint and rules, what a printer's shop asks
//! for. A style is a small TOML file; without one everything is as GB/T 9704—2012 has it.
//!
//! The rooms that use a style keep their own part of it as plain data
//! ([`Named`](font::Named), [`PageStyle`](layout::PageStyle), [`PrintStyle`](pdf::PrintStyle)); here
//! they are read from the file, every value within its limits or a finding with its place.

mod limits;
mod load;
mod size;
mod tint;
mod values;

pub use load::load;

use std::collections::BTreeMap;

use crate::finding::{Code, Finding};
use crate::source::Place;
use crate::{font, layout, pdf};

/// How the pages look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Style {
    /// The faces.
    pub fonts: Fonts,
    /// Sizes, thicknesses, the seal's diameter.
    pub page: layout::PageStyle,
    /// Tint, boxes, crop marks.
    pub print: pdf::PrintStyle,
}

/// The faces that a style names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fonts {
    /// By role and script.
    pub named: font::Named,
    /// Whether the computer's own fonts are used too.
    pub system: bool,
    /// Where each name stands.
    places: BTreeMap<String, Place>,
}

impl Fonts {
    /// The finding for a fault of a face that the style names; none where it names no such face.
    pub fn finding(&self, fault: &font::Fault) -> Option<Finding> {
        let place = self.places.get(fault.family()?)?;
        let mut finding = Finding::new(Code::StyleFile, fault.message()).at(place.clone());
        finding.remedy = fault.remedy();
        Some(finding)
    }
}
