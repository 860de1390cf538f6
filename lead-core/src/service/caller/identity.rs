//! Who asks.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use http::Extensions;
use serde::{Deserialize, Serialize};

use super::{Role, Scope};
use crate::record::TenantId;
use crate::service::Problem;
use crate::{Error, Result};

/// Who asks: whose data they may see, who they are there, and what they may. Left in the extensions of a request by whatever
/// proved it: a signature, a key, a token.
///
/// `Debug` shows no more than the tenant: a subject may be a person.
///
/// ```
/// use lead_core::prelude::TenantId;
/// use lead_core::service::{Caller, Scope};
///
/// let acme = TenantId::new("acme")?;
/// let caller = Caller::new(acme.clone(), "crm")?.scope(Scope::new("leads:read")?);
/// assert!(caller.may(&Scope::new("leads:read")?));
/// assert!(caller.sees(&acme).is_ok());
/// assert_eq!(caller.sees(&TenantId::new("other")?).unwrap_err().status(), 404);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    tenant: TenantId,
    subject: Arc<str>,
    #[serde(default)]
    scopes: BTreeSet<Scope>,
    #[serde(default)]
    roles: BTreeSet<Role>,
}

impl Caller {
    /// A caller who may nothing yet.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) unless the subject has 1 to 256 bytes and no control characters.
    pub fn new(tenant: TenantId, subject: &str) -> Result<Self> {
        if subject.is_empty() || subject.len() > 256 || subject.chars().any(char::is_control) {
            return Err(Error::invalid(
                "caller",
                "a subject has 1 to 256 bytes, none of them control characters",
            ));
        }
        Ok(Self {
            tenant,
            subject: subject.into(),
            scopes: BTreeSet::new(),
            roles: BTreeSet::new(),
        })
    }

    /// Who may this, too.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scopes.insert(scope);
        self
    }

    /// Who is this, too.
    pub fn role(mut self, role: Role) -> Self {
        self.roles.insert(role);
        self
    }

    /// Whose data they may see.
    pub fn tenant(&self) -> &TenantId {
        &self.tenant
    }

    /// Who they are to that tenant. It may be a person: not for logs.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// What they may by themselves, roles aside.
    pub fn scopes(&self) -> &BTreeSet<Scope> {
        &self.scopes
    }

    /// What they are.
    pub fn roles(&self) -> &BTreeSet<Role> {
        &self.roles
    }

    /// Whether they may this by themselves, roles aside.
    pub fn may(&self, scope: &Scope) -> bool {
        self.scopes.contains(scope)
    }

    /// Who asked, if anything proved it.
    pub fn of(extensions: &Extensions) -> Option<&Self> {
        extensions.get()
    }

    /// Leaves the caller in the extensions of a request.
    ///
    /// # Errors
    /// 401 when somebody else was proved before: a request with the credentials of two is nobody's.
    pub fn enter(self, extensions: &mut Extensions) -> Result<(), Problem> {
        match Self::of(extensions) {
            Some(known) if known.tenant != self.tenant || known.subject != self.subject => {
                Err(Problem::unauthorized("Bearer"))
            }
            // Who is proved twice may what both proofs say, and no more.
            Some(known) => {
                let both = Self {
                    scopes: &known.scopes & &self.scopes,
                    roles: &known.roles & &self.roles,
                    ..self
                };
                extensions.insert(both);
                Ok(())
            }
            None => {
                extensions.insert(self);
                Ok(())
            }
        }
    }

    /// Whether something of `owner` is there for this caller.
    ///
    /// # Errors
    /// The 404 that also stands for what is not there at all, to the last byte: who asks for another tenant's learns nothing.
    pub fn sees(&self, owner: &TenantId) -> Result<(), Problem> {
        if self.tenant == *owner {
            Ok(())
        } else {
            Err(Problem::not_found())
        }
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("tenant", &self.tenant.as_str())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(tenant: &str, subject: &str) -> Caller {
        Caller::new(TenantId::new(tenant).unwrap(), subject).unwrap()
    }

    #[test]
    fn two_who_differ_are_nobody() {
        for other in [caller("acme", "b"), caller("other", "a")] {
            let mut extensions = Extensions::new();
            caller("acme", "a").enter(&mut extensions).unwrap();
            assert_eq!(other.enter(&mut extensions).unwrap_err().status(), 401);
        }
    }

    #[test]
    fn who_is_proved_twice_may_what_both_say() {
        let (read, write) = (Scope::new("read").unwrap(), Scope::new("write").unwrap());
        let mut extensions = Extensions::new();
        let wide = caller("acme", "a").scope(read.clone()).scope(write.clone());
        wide.enter(&mut extensions).unwrap();
        caller("acme", "a")
            .scope(read.clone())
            .enter(&mut extensions)
            .unwrap();
        let known = Caller::of(&extensions).unwrap();
        assert!(known.may(&read) && !known.may(&write));
    }

    #[test]
    fn a_subject_is_not_shown() {
        assert!(!format!("{:?}", caller("acme", "ada@firm.example")).contains("ada"));
        assert!(Caller::new(TenantId::default(), "").is_err());
        assert!(Caller::new(TenantId::default(), "a\nb").is_err());
    }
}
