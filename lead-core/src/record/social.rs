//! Profiles on social networks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Identified, SafeUrl, SourceId};

/// A profile: network, handle and canonical address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Social {
    /// The network: `facebook`, `instagram`, `linkedin` …
    pub network: SourceId,
    /// What the network calls the profile, without `@`; in lower case where the network ignores case.
    pub handle: String,
    /// The profile's canonical address.
    pub url: SafeUrl,
}

impl Social {
    /// A profile.
    pub fn new(network: SourceId, handle: impl Into<String>, url: SafeUrl) -> Self {
        Self {
            network,
            handle: handle.into(),
            url,
        }
    }
}

impl Identified for Social {
    type Key = (SourceId, String);
    fn identity(&self) -> Self::Key {
        (self.network.clone(), self.handle.to_lowercase())
    }
}
