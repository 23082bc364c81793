//! The figures of a form as formulas name them, and how much may be made of them.

use std::cell::Cell;
use std::collections::HashMap;

use crate::form::id::FigureId;

/// Most figures that the formulas of one form may be compared with or stand for. The built-in
/// forms have some 20,000; a file of 16 MB could ask for as many as there are grains of sand.
const MOST_WORK: usize = 2_000_000;
/// What an equation is worth, however short: 20,000 are as many as may be.
const EQUATION: usize = 100;

/// Every key of a form, in form order.
pub(in crate::form) struct Keys<'k> {
    parts: Vec<Vec<&'k str>>,
    by_key: HashMap<&'k str, FigureId>,
    /// What may still be done.
    left: Cell<usize>,
}

/// The formulas stand for more than is read.
pub(super) struct TooMuch;

impl<'k> Keys<'k> {
    pub fn new(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut parts = Vec::new();
        let mut by_key = HashMap::new();
        for (index, key) in keys.enumerate() {
            parts.push(key.split('.').collect());
            by_key.insert(key, FigureId(index));
        }
        Self {
            parts,
            by_key,
            left: Cell::new(MOST_WORK),
        }
    }

    /// The parts of every key.
    pub(super) fn all(&self) -> Result<&[Vec<&'k str>], TooMuch> {
        self.take(self.parts.len())?;
        Ok(&self.parts)
    }

    /// The figure with this key.
    pub(super) fn one(&self, key: &str) -> Result<Option<FigureId>, TooMuch> {
        self.take(1)?;
        Ok(self.by_key.get(key).copied())
    }

    /// Says that an equation is made.
    pub(super) fn equation(&self) -> Result<(), TooMuch> {
        self.take(EQUATION)
    }

    fn take(&self, work: usize) -> Result<(), TooMuch> {
        let left = self.left.get().checked_sub(work).ok_or(TooMuch)?;
        self.left.set(left);
        Ok(())
    }
}
