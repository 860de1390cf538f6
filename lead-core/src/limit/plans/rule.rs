//! A rule, and what overrides it.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::fmt::serde::unsigned_duration::friendly::compact::{optional, required as friendly};
use serde::{Deserialize, Serialize};

use super::Party;

/// What each of some kind of party may use. Checked when it becomes part of a [`Plan`](super::Plan).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Rule {
    /// What clients know it by (`a-z`, `0-9`, `-`); its parties, unless it is named (`user-endpoint`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Whom it limits: each by itself, or each that come together. A request that lacks one is not limited by it.
    #[serde(with = "one_or_more")]
    pub by: Vec<Party>,
    /// Only requests in which these parties are one of these.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<Party, Vec<String>>,
    /// Units a window; at least 1.
    pub quota: u32,
    /// The window: `1m`, `24h`.
    #[serde(with = "friendly")]
    pub window: Duration,
    /// Units that may be used at once; the quota, unless it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<u32>,
    /// Units a request costs; 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub cost: u32,
}

impl Rule {
    /// `quota` units a `window` for each of `by`.
    pub fn new(by: impl IntoIterator<Item = Party>, quota: u32, window: Duration) -> Self {
        Self {
            name: String::new(),
            by: by.into_iter().collect(),
            only: BTreeMap::new(),
            quota,
            window,
            burst: None,
            cost: 1,
        }
    }

    /// Called so.
    pub fn name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Only where `party` is one of these.
    pub fn only<'a>(mut self, party: Party, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.only
            .insert(party, names.into_iter().map(str::to_owned).collect());
        self
    }

    /// So much at once.
    pub const fn burst(mut self, burst: u32) -> Self {
        self.burst = Some(burst);
        self
    }

    /// A request costs so much.
    pub const fn cost(mut self, cost: u32) -> Self {
        self.cost = cost;
        self
    }
}

/// What holds for a single party instead: what is said here takes the place of what its rules say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Override {
    /// What kind of party.
    pub by: Party,
    /// Which one. A key of an interface may stand here as its [`fingerprint`](super::fingerprint).
    pub is: String,
    /// The rule's name; every rule by that kind, unless one is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Units a window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u32>,
    /// The window.
    #[serde(default, with = "optional", skip_serializing_if = "Option::is_none")]
    pub window: Option<Duration>,
    /// Units that may be used at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burst: Option<u32>,
    /// Units a request costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<u32>,
    /// The rules do not hold for it at all.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unlimited: bool,
}

impl Override {
    /// For the party of that name; what it changes is set in its fields.
    pub fn new(by: Party, is: impl Into<String>) -> Self {
        Self {
            by,
            is: is.into(),
            rule: None,
            quota: None,
            window: None,
            burst: None,
            cost: None,
            unlimited: false,
        }
    }

    /// Whether it is about that rule.
    pub(super) fn concerns(&self, rule: &Rule) -> bool {
        rule.by.contains(&self.by) && self.rule.as_ref().is_none_or(|name| *name == rule.name)
    }

    /// The figures of a rule with what it says in their place; `None` where they do not hold.
    pub(super) fn over(&self, figures: Figures) -> Option<Figures> {
        (!self.unlimited).then(|| Figures {
            quota: self.quota.unwrap_or(figures.quota),
            window: self.window.unwrap_or(figures.window),
            burst: self.burst.or(figures.burst),
            cost: self.cost.unwrap_or(figures.cost),
        })
    }
}

/// The figures of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) quota: u32,
    pub(super) window: Duration,
    /// The quota, if it is not said.
    pub(super) burst: Option<u32>,
    pub(super) cost: u32,
}

impl Figures {
    pub(super) const fn of(rule: &Rule) -> Self {
        Self {
            quota: rule.quota,
            window: rule.window,
            burst: rule.burst,
            cost: rule.cost,
        }
    }
}

const fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_one(cost: &u32) -> bool {
    *cost == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// One thing may stand without brackets.
mod one_or_more {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Party;

    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "one of user, endpoint, api-key, platform, host, tenant, address, or a list of them"
    )]
    enum Written {
        One(Party),
        More(Vec<Party>),
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Party>, D::Error> {
        Ok(match Written::deserialize(from)? {
            Written::One(party) => vec![party],
            Written::More(parties) => parties,
        })
    }

    pub(super) fn serialize<S: Serializer>(parties: &[Party], to: S) -> Result<S::Ok, S::Error> {
        match parties {
            [party] => party.serialize(to),
            parties => parties.serialize(to),
        }
    }
}
