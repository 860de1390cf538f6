//! The rules together.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::check::{Fault, check};
use super::rule::Figures;
use super::{Override, Party, Rule, Usage};
use crate::seam::Policy;
use crate::{Error, ErrorKind, Result};

/// What those on it may use: rules, all of which a request must pass, and overrides for single parties.
///
/// ```
/// use lead_core::limit::plans::{Plan, Usage};
/// use lead_core::seam::memory::MemoryLimiter;
///
/// let plan = Plan::from_toml(r#"
///     name = "free"
///
///     [[rules]]
///     by = "user"
///     quota = 100
///     window = "1m"
///     burst = 20
///
///     [[rules]]
///     name = "search"
///     by = ["user", "endpoint"]
///     only = { endpoint = ["POST /search"] }
///     quota = 10
///     window = "1h"
///
///     [[overrides]]
///     by = "user"
///     is = "42"
///     rule = "search"
///     quota = 1000
/// "#)?;
/// let policies = plan.policies(&Usage::new().user("42").endpoint("POST /search"));
/// let keys: Vec<&str> = policies.iter().map(|policy| policy.key.as_str()).collect();
/// assert_eq!(keys, ["user:42", "search:42|POST /search"]);
/// assert_eq!(policies[1].quota, 1000);
/// assert!(MemoryLimiter::default().check_now(&policies)?.is_allowed());
/// # Ok::<(), lead_core::Error>(())
/// ```
///
/// Keys do not hold the plan's name: who goes from one plan to another keeps the count of rules whose quota and window are the
/// same. A party is counted by its name alone, so where users of several tenants share names, rules are by tenant and user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Plan {
    name: String,
    rules: Vec<Rule>,
    overrides: Vec<Override>,
    /// Where the overrides of a party stand.
    index: HashMap<(Party, String), Vec<usize>>,
}

/// As it is written.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    name: String,
    #[serde(default)]
    rules: Vec<Rule>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<Override>,
}

impl Plan {
    /// A plan of that name. One without rules limits nothing.
    ///
    /// # Errors
    /// [`ErrorKind::Config`]: which rule or override is wrong, and what was expected.
    pub fn new(name: &str, rules: Vec<Rule>, overrides: Vec<Override>) -> Result<Self> {
        let name = name.to_owned();
        let written = Written {
            name,
            rules,
            overrides,
        };
        Self::read(written).map_err(|fault| fault_of(&fault))
    }

    pub(super) fn read(written: Written) -> Result<Self, Fault> {
        let Written {
            name,
            mut rules,
            overrides,
        } = written;
        check(&name, &mut rules, &overrides)?;
        let mut index: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, one) in overrides.iter().enumerate() {
            index.entry((one.by, one.by.named(&one.is))).or_default().push(at);
        }
        Ok(Self {
            name,
            rules,
            overrides,
            index,
        })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its rules.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Its overrides.
    pub fn overrides(&self) -> &[Override] {
        &self.overrides
    }

    /// The policies a request must pass, in the order of the rules. None when no rule holds for it: then nothing limits it, so
    /// a service has a rule by address, which every request has.
    pub fn policies(&self, usage: &Usage) -> Vec<Policy> {
        self.rules
            .iter()
            .filter_map(|rule| self.policy(rule, usage))
            .collect()
    }

    fn policy(&self, rule: &Rule, usage: &Usage) -> Option<Policy> {
        let holds = |(party, names): (&Party, &Vec<String>)| {
            let named = usage.named(*party)?;
            names.iter().any(|name| party.named(name) == named).then_some(())
        };
        rule.only.iter().try_for_each(holds)?;
        let mut key = format!("{}:", rule.name);
        for (at, party) in rule.by.iter().enumerate() {
            if at > 0 {
                key.push('|');
            }
            escape(usage.named(*party)?, &mut key);
        }
        let figures = self.figures(rule, usage)?;
        let cost = figures.cost.saturating_mul(usage.times());
        let policy = Policy::new(key, figures.quota, figures.window);
        Some(policy.burst(figures.burst.unwrap_or(figures.quota)).cost(cost))
    }

    /// What holds instead of what the rule says; `None` where it does not hold. One override speaks, as only single ones are
    /// checked with a rule: that of the rule's first party which has any, and of those the one that names the rule.
    fn figures(&self, rule: &Rule, usage: &Usage) -> Option<Figures> {
        let figures = Figures::of(rule);
        if self.index.is_empty() {
            return Some(figures);
        }
        let spoken = rule.by.iter().find_map(|party| {
            let name = usage.named(*party)?.to_owned();
            let places = self.index.get(&(*party, name))?.iter();
            let overrides = places.filter_map(|at| self.overrides.get(*at));
            overrides
                .filter(|one| one.concerns(rule))
                .max_by_key(|one| one.rule.is_some())
        });
        match spoken {
            Some(one) => one.over(figures),
            None => Some(figures),
        }
    }
}

impl TryFrom<Written> for Plan {
    type Error = Error;
    fn try_from(written: Written) -> Result<Self> {
        Self::read(written).map_err(|fault| fault_of(&fault))
    }
}

impl From<Plan> for Written {
    fn from(plan: Plan) -> Self {
        Self {
            name: plan.name,
            rules: plan.rules,
            overrides: plan.overrides,
        }
    }
}

pub(super) fn fault_of(fault: &Fault) -> Error {
    Error::new(ErrorKind::Config, "limit.plan", "the plan has a fault")
        .with("key", &fault.key)
        .with("expected", &fault.expected)
}

/// A name within a key: what parts names is written as `%7C`, so that no two requests share a key that are not the same.
fn escape(name: &str, key: &mut String) {
    for c in name.chars() {
        match c {
            '%' => key.push_str("%25"),
            '|' => key.push_str("%7C"),
            c if c.is_control() => key.extend(format!("%{:02X}", u32::from(c)).chars()),
            c => key.push(c),
        }
    }
}
