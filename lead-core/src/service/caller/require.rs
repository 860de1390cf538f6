//! What a route asks of its callers.

use http::request::Parts;

use super::{Caller, Roles, Scope};
use crate::service::{Admit, Problem};

/// Lets callers pass who may all of this: 401 when nobody is known, 403 when they may not.
///
/// ```
/// use lead_core::service::{GateLayer, Require, Role, Roles, Scope};
///
/// let (read, editor) = (Scope::new("leads:read")?, Role::new("editor")?);
/// let roles = Roles::new().grant(editor, [read.clone()]);
/// let layer = GateLayer::new(Require::caller().scope(read).roles(roles));
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Require {
    scopes: Vec<Scope>,
    roles: Roles,
}

impl Require {
    /// Somebody who is known.
    pub fn caller() -> Self {
        Self {
            scopes: Vec::new(),
            roles: Roles::new(),
        }
    }

    /// Who may this, too.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scopes.push(scope);
        self
    }

    /// By what they are as well.
    pub fn roles(mut self, roles: Roles) -> Self {
        self.roles = roles;
        self
    }
}

impl Admit for Require {
    async fn admit(&self, head: &mut Parts) -> Result<(), Problem> {
        let caller = Caller::of(&head.extensions).ok_or_else(|| Problem::unauthorized("Bearer"))?;
        if self.scopes.iter().all(|scope| self.roles.may(caller, scope)) {
            Ok(())
        } else {
            Err(Problem::forbidden())
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;
    use crate::record::TenantId;
    use crate::service::Role;

    fn status(require: &Require, caller: Option<Caller>) -> u16 {
        let (mut head, ()) = http::Request::new(()).into_parts();
        if let Some(caller) = caller {
            caller.enter(&mut head.extensions).unwrap();
        }
        let answer = require.admit(&mut head).now_or_never().unwrap();
        answer.map_or_else(|problem| problem.status().as_u16(), |()| 200)
    }

    #[test]
    fn scopes_and_roles_open_and_nothing_else_does() {
        let scope = |name: &str| Scope::new(name).unwrap();
        let role = |name: &str| Role::new(name).unwrap();
        let caller = || Caller::new(TenantId::default(), "a").unwrap();
        let roles = Roles::new().grant(role("editor"), [scope("read"), scope("write")]);
        let require = Require::caller()
            .scope(scope("read"))
            .scope(scope("write"))
            .roles(roles);

        assert_eq!(status(&require, None), 401);
        assert_eq!(status(&require, Some(caller())), 403);
        assert_eq!(status(&require, Some(caller().scope(scope("read")))), 403);
        assert_eq!(status(&require, Some(caller().role(role("admin")))), 403);
        assert_eq!(status(&require, Some(caller().role(role("editor")))), 200);
        let both = caller().scope(scope("read")).scope(scope("write"));
        assert_eq!(status(&require, Some(both)), 200);
    }
}
