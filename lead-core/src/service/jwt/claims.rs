//! Who a token says its bearer is.

use serde_json::{Map, Value};

use super::JwtRefusal;
use crate::clock::Timestamp;
use crate::record::TenantId;
use crate::service::{Caller, Role, Scope};

pub(super) type Claims = Map<String, Value>;

/// Where a token says whose data its bearer may see.
#[derive(Clone, Debug)]
pub(super) enum Tenancy {
    /// All its bearers see one tenant's.
    One(TenantId),
    /// A claim names it.
    Claim(String),
}

/// The bearer: `sub`, the tenant, `scope` (RFC 9068 §2.2.3) or `scp`, and `roles` (§2.2.3.1). Scopes and roles that cannot be named here cannot be asked
/// for either, and are left out.
pub(super) fn caller(claims: &Claims, tenancy: &Tenancy) -> Result<Caller, JwtRefusal> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let tenant = match tenancy {
        Tenancy::One(tenant) => tenant.clone(),
        Tenancy::Claim(name) => {
            let named = text(name).ok_or(JwtRefusal::Claims)?;
            TenantId::new(named).map_err(|_| JwtRefusal::Claims)?
        }
    };
    let subject = text("sub").ok_or(JwtRefusal::Claims)?;
    let caller = Caller::new(tenant, subject).map_err(|_| JwtRefusal::Claims)?;
    let scopes = ["scope", "scp"]
        .into_iter()
        .flat_map(|name| words(claims.get(name)));
    let caller = scopes
        .filter_map(|word| Scope::new(word).ok())
        .fold(caller, Caller::scope);
    let roles = words(claims.get("roles")).filter_map(|word| Role::new(word).ok());
    Ok(roles.fold(caller, Caller::role))
}

/// Words between spaces, or in a list.
fn words(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let text = value.and_then(Value::as_str).into_iter();
    let list = value.and_then(Value::as_array).into_iter().flatten();
    text.flat_map(str::split_whitespace)
        .chain(list.filter_map(Value::as_str))
}

/// Whether a token holds now: `exp` must be there (RFC 7519 §4.1.4), `nbf` and `iat` may.
pub(super) fn timely(claims: &Claims, now: Timestamp, leeway: i64) -> Result<(), JwtRefusal> {
    let now = now.as_second();
    if now
        >= time(claims, "exp")?
            .ok_or(JwtRefusal::Claims)?
            .saturating_add(leeway)
    {
        return Err(JwtRefusal::Late);
    }
    for name in ["nbf", "iat"] {
        if time(claims, name)?.is_some_and(|from| from > now.saturating_add(leeway)) {
            return Err(JwtRefusal::Early);
        }
    }
    Ok(())
}

/// A `NumericDate` (RFC 7519 §2) in whole seconds; a fraction is dropped.
fn time(claims: &Claims, name: &str) -> Result<Option<i64>, JwtRefusal> {
    match claims.get(name) {
        None => Ok(None),
        Some(value) => {
            let fraction = || value.as_f64().map(whole);
            let seconds = value.as_i64().or_else(fraction);
            seconds.map(Some).ok_or(JwtRefusal::Claims)
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "dates beyond the ends of time are those ends"
)]
fn whole(seconds: f64) -> i64 {
    seconds as i64
}
