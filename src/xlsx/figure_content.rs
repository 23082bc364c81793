//! What the cells of figures hold, as far as their places and widths depend on it.

use super::measure;
use crate::document::{Figure, Slot};
use crate::form::FigureId;

/// Half characters of a sum of money with four decimal places: `59237.2449`.
const MONEY: u32 = 10;

/// A figure, or the place of one that is not there yet.
pub(super) trait FigureContent {
    /// Its number in the form.
    fn id(&self) -> FigureId;
    /// How wide it is, in half characters.
    fn half_widths(&self) -> u32;
}

impl FigureContent for Figure {
    fn id(&self) -> FigureId {
        self.id
    }

    fn half_widths(&self) -> u32 {
        measure::width(&self.text())
    }
}

impl FigureContent for Slot {
    fn id(&self) -> FigureId {
        self.id
    }

    fn half_widths(&self) -> u32 {
        if self.kind.is_decimal() { MONEY } else { 0 }
    }
}
