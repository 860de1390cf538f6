//! A site a run knows of, and what came of it.

use serde::{Deserialize, Serialize};

use crate::record::{CountryCode, Identified, SafeUrl, Website};
use crate::seam::Failure;
use crate::{Error, ErrorKind, ErrorStatus};

/// A site to visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Site {
    pub(super) url: SafeUrl,
    /// The country numbers without a country code are read for.
    pub(super) region: Option<CountryCode>,
    #[serde(flatten)]
    pub(super) stand: SiteStand,
}

/// What came of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SiteStand {
    /// Whether it was visited.
    pub(super) done: bool,
    /// Whether something failed that may be better another time: a run that goes on visits it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) again: bool,
    /// Whether no page of it was read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) empty: bool,
    /// What failed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) failures: Vec<Failure>,
}

impl Site {
    pub(super) fn new(url: SafeUrl, region: Option<CountryCode>) -> Self {
        Self {
            url: url.without_fragment(),
            region,
            stand: SiteStand::default(),
        }
    }

    /// Its entry in the checkpoint.
    pub(super) fn key(&self) -> String {
        format!("site:{}", Website::new(self.url.clone()).identity())
    }
}

impl SiteStand {
    /// It was visited, and nothing failed.
    pub(super) fn done() -> Self {
        Self {
            done: true,
            ..Self::default()
        }
    }

    /// Another page of it failed.
    pub(super) fn note(&mut self, failure: Failure, error: &Error) {
        self.again |= may_pass(error);
        self.failures.push(failure);
    }

    /// Whether a run that goes on visits the site.
    pub(super) fn is_open(&self) -> bool {
        !self.done || self.again
    }
}

/// Whether an error may be better another time: the network comes back, the server recovers, the settings allow more.
fn may_pass(error: &Error) -> bool {
    error.status() != ErrorStatus::Permanent
        || error.is_unreached()
        || error.kind() == ErrorKind::GuardRefused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_tried_again() {
        let error = |kind| Error::new(kind, "fetch", "no");
        assert!(may_pass(&error(ErrorKind::Network)));
        assert!(may_pass(&error(ErrorKind::HttpStatus).temporary()));
        assert!(may_pass(&error(ErrorKind::RobotsDenied).temporary().persistent()));
        assert!(may_pass(&error(ErrorKind::GuardRefused)));
        assert!(!may_pass(&error(ErrorKind::RobotsDenied)));
        assert!(!may_pass(&error(ErrorKind::NotFound)));
    }

    #[test]
    fn a_site_without_failures_is_noted_in_few_bytes() {
        let mut site = Site::new(SafeUrl::parse("https://a.test/#x").unwrap(), None);
        site.stand = SiteStand::done();
        assert_eq!(
            serde_json::to_string(&site).unwrap(),
            r#"{"url":"https://a.test/","region":null,"done":true}"#
        );
        assert!(!site.stand.is_open());
    }
}
