//! Where OpenStreetMap is asked.

use std::fmt::Write;

use clap::Args;
use lead_core::source::osm::OsmConfig;

use crate::net::quoted;

/// Where OpenStreetMap is asked.
#[derive(Args, Clone, Debug)]
pub(crate) struct OsmArgs {
    /// Overpass interpreter to ask
    #[arg(long, value_name = "URL", default_value_t = OsmConfig::default().overpass_url)]
    overpass_url: String,
    /// Nominatim to ask
    #[arg(long, value_name = "URL", default_value_t = OsmConfig::default().nominatim_url)]
    nominatim_url: String,
}

impl OsmArgs {
    /// The settings of the source.
    pub(crate) fn config(&self) -> OsmConfig {
        OsmConfig::default()
            .overpass_url(&self.overpass_url)
            .nominatim_url(&self.nominatim_url)
    }

    /// The flags to type again.
    pub(crate) fn flags(&self) -> String {
        let unsaid = OsmConfig::default();
        let mut flags = String::new();
        for (flag, said, unsaid) in [
            ("overpass-url", &self.overpass_url, &unsaid.overpass_url),
            ("nominatim-url", &self.nominatim_url, &unsaid.nominatim_url),
        ] {
            if said != unsaid {
                let _ = write!(flags, " --{flag} {}", quoted(said));
            }
        }
        flags
    }
}
