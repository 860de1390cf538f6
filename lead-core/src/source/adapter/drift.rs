//! Whether a platform has changed: shares of today held against those of a baseline.
//!
//! Each share is tested by itself: how probable is it that of so many entries so few have the field, when the share was that of
//! the baseline? The share of the baseline is taken with Jeffreys' prior, `(k + ½) / (n + 1)`, so that twenty of twenty is no
//! certainty; the probability is the lower tail of the binomial distribution, exact. What is less probable than one in a
//! thousand is drift.

use std::fmt;

use serde::Serialize;

use super::census::{PageCensus, Wins, found};
use crate::{Error, ErrorKind};

/// What is less probable is no chance.
const CHANCE: f64 = 1e-3;

/// A share that fell.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Drift {
    /// The adapter's rule for the page.
    pub page: String,
    /// The field.
    pub field: String,
    /// The reader that wins more rarely; `None` when the field as a whole is found more rarely.
    pub reader: Option<String>,
    /// The share in the baseline, 0 to 1.
    pub before: f64,
    /// The share now.
    pub now: f64,
    /// Of how many entries.
    pub entries: u64,
    /// How probable so low a share is by chance.
    pub chance: f64,
}

impl Drift {
    /// As an error of kind [`ErrorKind::AdapterDrift`], for those who stop at it or keep it with what else failed.
    pub fn to_error(&self) -> Error {
        Error::new(ErrorKind::AdapterDrift, "adapter", self.to_string())
            .with("page", &self.page)
            .with("field", &self.field)
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, now) = (self.before * 100.0, self.now * 100.0);
        match &self.reader {
            None => write!(
                f,
                "`{}` is found on {now:.0} % of {} entries, before on {before:.0} %",
                self.field, self.entries
            ),
            Some(reader) => write!(
                f,
                "`{}` is read by `{reader}` on {now:.0} % of {} entries that have it, before on {before:.0} %",
                self.field, self.entries
            ),
        }
    }
}

/// What of a kind of page has changed.
pub(super) fn compare(page: &str, now: &PageCensus, before: &PageCensus) -> Vec<Drift> {
    let none = Wins::new();
    let mut all = Vec::new();
    for (field, wins) in &before.fields {
        let own = now.fields.get(field).unwrap_or(&none);
        let fill = Share {
            now: (found(own), now.entries),
            before: (found(wins), before.entries),
        };
        if let Some(drift) = fill.drift(page, field, None) {
            all.push(drift);
            continue; // which reader fell follows from it
        }
        for (reader, count) in wins {
            let won = own
                .iter()
                .find(|(name, _)| name == reader)
                .map_or(0, |(_, count)| *count);
            let share = Share {
                now: (won, found(own)),
                before: (*count, found(wins)),
            };
            all.extend(share.drift(page, field, Some(reader)));
        }
    }
    all
}

/// So many of so many.
struct Share {
    now: (u64, u64),
    before: (u64, u64),
}

#[expect(clippy::cast_precision_loss, reason = "entries are far fewer than 2^53")]
impl Share {
    fn drift(&self, page: &str, field: &str, reader: Option<&String>) -> Option<Drift> {
        let ((found, entries), (had, of)) = (self.now, self.before);
        let usual = (had as f64 + 0.5) / (of as f64 + 1.0);
        let chance = lower_tail(found, entries, usual);
        (had > 0 && entries > 0 && chance < CHANCE).then(|| Drift {
            page: page.to_owned(),
            field: field.to_owned(),
            reader: reader.cloned(),
            before: had as f64 / of as f64,
            now: found as f64 / entries as f64,
            entries,
            chance,
        })
    }
}

/// P(X ≤ k) of n draws with share p, summed in logarithms so that large n do not underflow.
#[expect(clippy::cast_precision_loss, reason = "entries are far fewer than 2^53")]
fn lower_tail(k: u64, n: u64, p: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    let (yes, no) = (p.ln(), (1.0 - p).ln());
    let mut term = n as f64 * no;
    let mut sum = term.exp();
    for i in 0..k {
        term += ((n - i) as f64 / (i + 1) as f64).ln() + yes - no;
        sum += term.exp();
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_the_binomial_distribution() {
        for (k, n, p, wanted) in [
            (0, 2, 0.5, 0.25),
            (1, 2, 0.5, 0.75),
            (3, 10, 0.5, 0.171_875),
            (2, 2, 0.1, 1.0),
            // R: pbinom(900, 1000, 0.93)
            (900, 1000, 0.93, 0.000_306),
        ] {
            let ours = lower_tail(k, n, p);
            assert!((ours - wanted).abs() < 1e-4, "{k} of {n} at {p}: {ours}");
        }
    }

    fn page(entries: u64, first: u64, second: u64) -> PageCensus {
        let wins = vec![("a".to_owned(), first), ("b".to_owned(), second)];
        PageCensus {
            entries,
            fields: [("phone".to_owned(), wins)].into(),
        }
    }

    #[test]
    fn a_field_that_fell_and_a_reader_that_lost_are_drift_and_chance_is_none() {
        let before = page(40, 38, 1);
        assert!(compare("p", &page(40, 36, 2), &before).is_empty());
        assert!(
            compare("p", &page(1, 0, 0), &before).is_empty(),
            "one entry tells nothing"
        );
        let fell = compare("p", &page(20, 3, 0), &before);
        assert_eq!((fell.len(), fell[0].reader.as_deref()), (1, None));
        let lost = compare("p", &page(20, 0, 20), &before);
        assert_eq!((lost.len(), lost[0].reader.as_deref()), (1, Some("a")));
        assert_eq!(lost[0].to_error().kind(), ErrorKind::AdapterDrift);
    }
}
