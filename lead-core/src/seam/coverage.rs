//! How much of what there is a run has found.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much of what there is a run has found, as far as what it found tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Coverage {
    /// Businesses the sources listed, each once.
    pub found: u64,
    /// How many there are: the likeliest figure.
    pub total: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The part that was found, from 0 to 1.
    pub share: f64,
    /// How many sources were held against each other; 1 when there was one, and the figure tells what that one would list.
    pub compared: u64,
    /// Whether there are at least so many: some businesses are known to few, so that more than the figure may be known to none.
    /// One that two sources list with nothing in common (entry, number, site, place and name) counts as two.
    pub lower_bound: bool,
    /// About so many requests more find 99 %; `None` when those sources, asked to their end, list less.
    pub requests_to_99: Option<u64>,
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = if self.lower_bound { "at least " } else { "about " };
        write!(
            f,
            "found {} %: {} of {bound}{:.0} businesses (95 %: {:.0} to {:.0})",
            percent(self.share),
            self.found,
            self.total,
            self.low,
            self.high
        )?;
        match self.requests_to_99 {
            Some(0) => {}
            Some(1) => f.write_str(", about 1 request to 99 %")?,
            Some(requests) => write!(f, ", about {requests} requests to 99 %")?,
            None => f.write_str("; what is missing is not in these sources")?,
        }
        if self.compared == 1 {
            f.write_str("; of what the one source asked lists: another would tell what it leaves out")?;
        }
        Ok(())
    }
}

/// `97`, and `99.6` where whole figures would say that nothing is missing.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let tenths = (percent * 10.0).floor() / 10.0;
    if (99.0..100.0).contains(&percent) {
        format!("{tenths:.1}")
    } else {
        format!("{percent:.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_told_in_a_line() {
        let mut coverage = Coverage {
            found: 412,
            total: 424.7,
            low: 416.0,
            high: 449.2,
            share: 0.97,
            compared: 2,
            lower_bound: true,
            requests_to_99: Some(40),
        };
        assert_eq!(
            coverage.to_string(),
            "found 97 %: 412 of at least 425 businesses (95 %: 416 to 449), about 40 requests to 99 %"
        );
        (coverage.share, coverage.lower_bound, coverage.requests_to_99) = (0.9999, false, None);
        assert_eq!(
            coverage.to_string(),
            "found 99.9 %: 412 of about 425 businesses (95 %: 416 to 449); what is missing is not in these sources"
        );
    }
}
