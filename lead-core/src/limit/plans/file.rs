//! Plans in TOML.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::de::{DeTable, DeValue};

use super::Plan;
use super::check::Fault;
use super::plan::{Written, fault_of};
use crate::{Error, ErrorKind, Result};

/// Plans by their names, as one file has them: tables `[[plans]]`, each of which is a [`Plan`].
///
/// ```
/// use lead_core::limit::plans::Plans;
///
/// let plans = Plans::from_toml(r#"
///     [[plans]]
///     name = "free"
///     rules = [{ by = "user", quota = 100, window = "1h" }]
///
///     [[plans]]
///     name = "unlimited"
/// "#)?;
/// assert_eq!(plans.get("free").unwrap().rules().len(), 1);
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plans(BTreeMap<String, Plan>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    plans: Vec<Written>,
}

impl Plans {
    /// Reads a file of plans.
    ///
    /// # Errors
    /// [`ErrorKind::Config`]: line, key, and what was expected there.
    pub fn from_toml(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|cause| unread(text, &cause))?;
        let mut plans = BTreeMap::new();
        for (at, written) in file.plans.into_iter().enumerate() {
            let within = |fault: Fault| {
                let key = format!("plans.{at}.{}", fault.key);
                placed(text, &Fault::new(key, fault.expected))
            };
            let plan = Plan::read(written).map_err(within)?;
            let name = plan.name().to_owned();
            if plans.insert(name.clone(), plan).is_some() {
                let expected = format!("a name of its own: another plan is called `{name}`");
                return Err(within(Fault::new("name", expected)));
            }
        }
        Ok(Self(plans))
    }

    /// The plan of that name.
    pub fn get(&self, name: &str) -> Option<&Plan> {
        self.0.get(name)
    }

    /// Every plan, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Plan> {
        self.0.values()
    }
}

impl Plan {
    /// Reads a file with one plan.
    ///
    /// # Errors
    /// [`ErrorKind::Config`]: line, key, and what was expected there.
    pub fn from_toml(text: &str) -> Result<Self> {
        let written: Written = toml::from_str(text).map_err(|cause| unread(text, &cause))?;
        Self::read(written).map_err(|fault| placed(text, &fault))
    }
}

/// What is no TOML, or not what a plan is written in.
fn unread(text: &str, cause: &toml::de::Error) -> Error {
    let start = cause.span().unwrap_or_default().start;
    let line = text.split_at_checked(start).map_or("", |(before, _)| before);
    let begun = line.rsplit('\n').next().unwrap_or_default().len();
    let rest = text.get(start - begun.min(start)..).unwrap_or_default();
    let written = rest.lines().next().unwrap_or_default();
    let key = written.split('=').next().unwrap_or_default().trim();
    Error::new(ErrorKind::Config, "limit.plan", "the plan has a fault")
        .with("line", line_at(text, start))
        .with("key", key.trim_matches(['[', ']']))
        .with("expected", cause.message())
}

/// A fault with its line.
fn placed(text: &str, fault: &Fault) -> Error {
    fault_of(fault).with("line", line_at(text, offset(text, &fault.key)))
}

fn line_at(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// Where a key stands, or the nearest that is written: `rules.1.cost` where nothing is said of a cost is the rule.
fn offset(text: &str, key: &str) -> usize {
    let Ok(root) = DeTable::parse(text) else { return 0 };
    let mut offset = 0;
    let mut value = DeValue::Table(root.into_inner());
    for step in key.split('.') {
        let inner = match value {
            DeValue::Table(table) => {
                let mut pairs = table.into_iter();
                pairs
                    .find(|(key, _)| key.get_ref() == step)
                    .map(|(key, value)| (key.span(), value))
            }
            DeValue::Array(array) => {
                let at = step.parse::<usize>().ok();
                let inner = at.and_then(|at| array.into_iter().nth(at));
                inner.map(|value| (value.span(), value))
            }
            _ => None,
        };
        let Some((span, inner)) = inner else { break };
        // The key of a list of tables spans its first: the table itself says where it is.
        offset = span.start;
        value = inner.into_inner();
    }
    offset
}
