//! The program's own words on the sheets, in both scripts.

use crate::form::Script;

/// A wording in simplified and in traditional characters, one for one as the forms have them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair(pub &'static str, pub &'static str);

impl Pair {
    /// The wording in `script`.
    pub fn text(self, script: Script) -> &'static str {
        script.of([self.0, self.1])
    }
}
