//! What came of the sites of a run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::site::Site;
use crate::record::RunId;
use crate::seam::{Checkpoint, Failure, Store};
use crate::{Error, ErrorKind, Result};

/// What came of visiting a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SiteOutcome {
    /// Pages of it were read.
    Read,
    /// There is nothing there any more: no such page, or a parked domain.
    Gone,
    /// robots.txt, the guard or the site itself kept us away.
    KeptAway,
    /// Nobody answered, or the server failed.
    Failed,
    /// It was not visited yet: the run was stopped before.
    Open,
}

/// What came of the sites of a run, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct Refreshed {
    /// Sites that were read.
    pub read: u64,
    /// Sites where nothing is any more.
    pub gone: u64,
    /// Sites we were kept away from.
    pub kept_away: u64,
    /// Sites that failed.
    pub failed: u64,
    /// Sites that wait for the run to go on.
    pub open: u64,
}

impl Refreshed {
    /// What came of the sites of a run so far.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when the store knows no such run, [`ErrorKind::Corrupt`] when its checkpoint cannot be read.
    pub async fn read(store: &Store, run: RunId) -> Result<Self> {
        let says = "there is no such run in this store";
        let missing = || Error::new(ErrorKind::NotFound, "refresh", says).with("run", run);
        let mut sum = Self::default();
        for (_, outcome) in Self::sites(&store.checkpoint(run).await?.ok_or_else(missing)?)? {
            *match outcome {
                SiteOutcome::Read => &mut sum.read,
                SiteOutcome::Gone => &mut sum.gone,
                SiteOutcome::KeptAway => &mut sum.kept_away,
                SiteOutcome::Failed => &mut sum.failed,
                SiteOutcome::Open => &mut sum.open,
            } += 1;
        }
        Ok(sum)
    }

    /// Each site of a run's checkpoint, by its address, and what came of it.
    ///
    /// # Errors
    /// [`ErrorKind::Corrupt`] when it is not one of a run.
    pub fn sites(checkpoint: &Checkpoint) -> Result<Vec<(String, SiteOutcome)>> {
        let sites = checkpoint.iter().filter(|(key, _)| key.starts_with("site:"));
        let read = |(key, value): (&String, &serde_json::Value)| {
            let site = Site::deserialize(value).map_err(|cause| {
                let says = "the run's checkpoint cannot be read";
                Error::new(ErrorKind::Corrupt, "refresh", says)
                    .with("entry", key)
                    .because(cause)
            })?;
            Ok((site.url.to_string(), outcome(&site)))
        };
        sites.map(read).collect()
    }
}

fn outcome(site: &Site) -> SiteOutcome {
    let failures = &site.stand.failures;
    let is_gone = |failure: &Failure| failure.kind() == ErrorKind::NotFound;
    match &site.stand {
        stand if !stand.done => SiteOutcome::Open,
        stand if !stand.empty => SiteOutcome::Read,
        _ if failures.is_empty() => SiteOutcome::KeptAway, // suppressed: it was not asked
        _ if failures.iter().all(is_gone) => SiteOutcome::Gone,
        _ if failures.iter().any(Failure::was_kept_away) => SiteOutcome::KeptAway,
        _ => SiteOutcome::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::SafeUrl;

    fn site(empty: bool, kinds: &[ErrorKind]) -> Site {
        let mut site = Site::new(SafeUrl::parse("https://a.test/").unwrap(), None);
        site.stand.done = true;
        site.stand.empty = empty;
        for kind in kinds {
            let error = Error::new(*kind, "fetch", "no");
            site.stand.note(Failure::new("https://a.test/", &error), &error);
        }
        site
    }

    #[test]
    fn what_came_of_a_site_is_told_by_what_was_read_and_why_the_rest_was_not() {
        let gone = [ErrorKind::NotFound; 2];
        for (site, wanted) in [
            (site(false, &gone), SiteOutcome::Read),
            (site(true, &gone), SiteOutcome::Gone),
            (
                site(true, &[ErrorKind::NotFound, ErrorKind::Network]),
                SiteOutcome::Failed,
            ),
            (site(true, &[ErrorKind::RobotsDenied]), SiteOutcome::KeptAway),
            (site(true, &[]), SiteOutcome::KeptAway),
        ] {
            let checkpoint = Checkpoint::from([
                (site.key(), serde_json::to_value(&site).unwrap()),
                ("query".to_owned(), "x".into()),
            ]);
            assert_eq!(
                Refreshed::sites(&checkpoint).unwrap(),
                [("https://a.test/".to_owned(), wanted)]
            );
        }
        let open = Site::new(SafeUrl::parse("https://a.test/").unwrap(), None);
        assert_eq!(outcome(&open), SiteOutcome::Open);
    }
}
