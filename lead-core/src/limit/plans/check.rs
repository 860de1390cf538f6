//! What a plan must be.

use std::collections::HashSet;

use super::rule::Figures;
use super::{Override, Party, Rule};
use crate::seam::{Gcra, Policy};

/// What is wrong, and where: `rules.1.quota`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) key: String,
    pub(super) expected: String,
}

impl Fault {
    pub(super) fn new(key: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            expected: expected.into(),
        }
    }
}

/// Gives rules without a name their own, and checks everything.
pub(super) fn check(name: &str, rules: &mut [Rule], overrides: &[Override]) -> Result<(), Fault> {
    if !is_name(name) {
        return Err(Fault::new("name", NAME));
    }
    let mut taken = HashSet::new();
    for (at, rule) in rules.iter_mut().enumerate() {
        let key = format!("rules.{at}");
        parties(&key, rule)?;
        if rule.name.is_empty() {
            let parties: Vec<&str> = rule.by.iter().map(|party| party.name()).collect();
            rule.name = parties.join("-");
        }
        if !is_name(&rule.name) {
            return Err(Fault::new(format!("{key}.name"), NAME));
        }
        if !taken.insert(rule.name.clone()) {
            let expected = format!("a name of its own: another rule is called `{}`", rule.name);
            return Err(Fault::new(format!("{key}.name"), expected));
        }
        figures(&key, Figures::of(rule))?;
    }
    let mut taken = HashSet::new();
    for (at, one) in overrides.iter().enumerate() {
        let key = format!("overrides.{at}");
        if !taken.insert((one.by, one.by.named(&one.is), one.rule.as_deref())) {
            let expected = "one override for each party and rule: this is the second";
            return Err(Fault::new(format!("{key}.is"), expected));
        }
        overriding(&key, one, rules)?;
    }
    Ok(())
}

const NAME: &str = "a name of 1 to 64 characters of a-z, 0-9, -";

fn is_name(name: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&name.len()) && name.bytes().all(fine)
}

fn parties(key: &str, rule: &Rule) -> Result<(), Fault> {
    let mut seen: HashSet<Party> = HashSet::new();
    if rule.by.is_empty() || !rule.by.iter().all(|party| seen.insert(*party)) {
        return Err(Fault::new(
            format!("{key}.by"),
            "at least one kind of party, each once",
        ));
    }
    match rule.only.iter().find(|(_, names)| names.is_empty()) {
        Some((party, _)) => Err(Fault::new(
            format!("{key}.only.{}", party.name()),
            "at least one name: the rule would never hold",
        )),
        None => Ok(()),
    }
}

fn overriding(key: &str, one: &Override, rules: &[Rule]) -> Result<(), Fault> {
    if let Some(name) = &one.rule
        && !rules.iter().any(|rule| rule.name == *name)
    {
        return Err(Fault::new(
            format!("{key}.rule"),
            format!("the name of a rule, not `{name}`"),
        ));
    }
    if !rules.iter().any(|rule| one.concerns(rule)) {
        let expected = format!("a kind of party that the rule limits by, not `{}`", one.by.name());
        return Err(Fault::new(format!("{key}.by"), expected));
    }
    if one.is.is_empty() {
        return Err(Fault::new(format!("{key}.is"), "whose limits it changes"));
    }
    let figures_said =
        one.quota.is_some() || one.window.is_some() || one.burst.is_some() || one.cost.is_some();
    if figures_said == one.unlimited {
        let expected = "either `unlimited = true`, or at least one of quota, window, burst and cost";
        return Err(Fault::new(key, expected));
    }
    for rule in rules.iter().filter(|rule| one.concerns(rule)) {
        if let Some(over) = one.over(Figures::of(rule)) {
            figures(key, over).map_err(|fault| Fault {
                expected: format!("{} (with the rule `{}`)", fault.expected, rule.name),
                ..fault
            })?;
        }
    }
    Ok(())
}

fn figures(key: &str, figures: Figures) -> Result<(), Fault> {
    let fault = |field: &str, expected: &str| Err(Fault::new(format!("{key}.{field}"), expected));
    let burst = figures.burst.unwrap_or(figures.quota);
    if figures.quota == 0 {
        return fault("quota", "at least 1");
    }
    if figures.window.is_zero() {
        return fault("window", "longer than nothing");
    }
    if burst == 0 {
        return fault("burst", "at least 1");
    }
    if figures.cost == 0 || figures.cost > burst {
        return fault("cost", "at least 1, and no more than may be used at once");
    }
    let policy = Policy::new("", figures.quota, figures.window).burst(burst);
    match Gcra::of(&policy) {
        Ok(_) => Ok(()),
        Err(_) => fault(
            "window",
            "a time in which what may be used at once is back within a hundred years",
        ),
    }
}
