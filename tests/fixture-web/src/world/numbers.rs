//! Numbers nobody else in the world has.

use std::collections::HashSet;

use crate::business::{Phone, PhoneRole};
use crate::country::{City, Country};
use crate::rng::Rng;

/// Hands out numbers, each once.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    used: HashSet<String>,
}

impl Numbers {
    /// A number after one of the patterns. Each pattern is tried twice, so that numbers reserved for fiction (which stand
    /// first) are used up before others are touched.
    pub(super) fn take(
        &mut self,
        rng: &mut Rng,
        country: &'static Country,
        patterns: &[&str],
        role: PhoneRole,
    ) -> Phone {
        for pattern in patterns {
            for _ in 0..2 {
                let phone = Phone::new(country, rng.pattern(pattern), role);
                if self.used.insert(phone.e164.clone()) {
                    return phone;
                }
            }
        }
        let last = patterns.last().copied().unwrap_or_default();
        let mut phone = Phone::new(country, rng.pattern(last), role);
        // Worlds so large that the widest range is nearly full: a bounded search, then a repeated number.
        for _ in 0..1_000 {
            if self.used.insert(phone.e164.clone()) {
                break;
            }
            phone = Phone::new(country, rng.pattern(last), role);
        }
        phone
    }

    /// A number of the city's fixed lines.
    pub(super) fn fixed(
        &mut self,
        rng: &mut Rng,
        country: &'static Country,
        city: &'static City,
        role: PhoneRole,
    ) -> Phone {
        // Not always from the same range: start anywhere among the first half of the patterns.
        let start = rng.below(city.fixed.len().div_ceil(2));
        let (head, tail) = city.fixed.split_at(start);
        let order: Vec<&str> = tail.iter().chain(head).copied().collect();
        self.take(rng, country, &order, role)
    }
}
