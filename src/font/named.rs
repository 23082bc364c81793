//! The faces that a user names for the roles.

use std::collections::BTreeMap;

use super::roles::Role;
use crate::form::Script;

/// Names of faces by role, best first: those that a style file gives. What the program has for the
/// role comes behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    hans: BTreeMap<Role, Vec<String>>,
    hant: BTreeMap<Role, Vec<String>>,
}

impl Named {
    /// Names the faces of a role in a script, in place of those that were named before.
    pub fn set(&mut self, script: Script, role: Role, names: Vec<String>) {
        let roles = match script {
            Script::Hans => &mut self.hans,
            Script::Hant => &mut self.hant,
        };
        roles.insert(role, names);
    }

    /// The names of a role's faces; none where nothing was named.
    pub fn get(&self, script: Script, role: Role) -> &[String] {
        let roles = match script {
            Script::Hans => &self.hans,
            Script::Hant => &self.hant,
        };
        roles.get(&role).map(Vec::as_slice).unwrap_or_default()
    }

    /// The lists of names, each of one role in one script.
    pub(super) fn lists(&self) -> impl Iterator<Item = &[String]> {
        let lists = self.hans.values().chain(self.hant.values());
        lists.map(Vec::as_slice)
    }
}
