//! What roles stand for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Caller, Role, Scope};

/// A table of roles: what each may. A role that does not stand in it may nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(BTreeMap<Role, BTreeSet<Scope>>);

impl Roles {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// Who is `role` may these, too.
    pub fn grant(mut self, role: Role, scopes: impl IntoIterator<Item = Scope>) -> Self {
        self.0.entry(role).or_default().extend(scopes);
        self
    }

    /// Whether a caller may something, by themselves or by a role.
    pub fn may(&self, caller: &Caller, scope: &Scope) -> bool {
        let by_role = |role: &Role| self.0.get(role).is_some_and(|scopes| scopes.contains(scope));
        caller.may(scope) || caller.roles().iter().any(by_role)
    }
}
