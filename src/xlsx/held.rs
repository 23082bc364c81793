//! What the cells of a table hold, as far as their places and widths depend on it.

use super::measure;
use crate::document::{Figure, Slot};
use crate::form::FigureId;

/// Half characters of a sum of money with four decimal places: `59237.2449`.
const MONEY: u32 = 10;

/// A figure, or the place of one.
pub(super) trait Held {
    /// Its number in the form.
    fn id(&self) -> FigureId;
    /// How wide it is, in half characters.
    fn halves(&self) -> u32;
}

impl Held for Figure {
    fn id(&self) -> FigureId {
        self.id
    }

    fn halves(&self) -> u32 {
        measure::width(&self.text())
    }
}

impl Held for Slot {
    fn id(&self) -> FigureId {
        self.id
    }

    fn halves(&self) -> u32 {
        if self.kind.is_decimal() { MONEY } else { 0 }
    }
}
