//! The layouts of files, and how a file shows which one it has.

use std::fmt;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

use super::packed::{Content, Damaged};
use super::parquet;
use super::reader::io_error;
use crate::record::SourceId;
use crate::seam::{SourceInfo, Terms};
use crate::{Error, ErrorKind, Result};

/// How many bytes of a file are looked at.
const HEAD: u64 = 64 * 1024;

/// The layout of a file of open data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Layout {
    /// Overture Maps places: GeoParquet, or GeoJSON, a feature a line.
    Overture,
    /// Foursquare OS Places: Parquet.
    Foursquare,
    /// All The Places: GeoJSON, a feature a line.
    AllThePlaces,
    /// OpenStreetMap: `.osm.pbf`.
    Osm,
    /// GLEIF golden copy of legal entities: CSV.
    Gleif,
    /// SIRENE, `StockEtablissement`: CSV.
    Sirene,
    /// Companies House, `BasicCompanyData`: CSV.
    CompaniesHouse,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 7] = [
        Self::Overture,
        Self::Foursquare,
        Self::AllThePlaces,
        Self::Osm,
        Self::Gleif,
        Self::Sirene,
        Self::CompaniesHouse,
    ];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overture => "overture",
            Self::Foursquare => "fsq",
            Self::AllThePlaces => "atp",
            Self::Osm => "osm",
            Self::Gleif => "gleif",
            Self::Sirene => "sirene",
            Self::CompaniesHouse => "companies-house",
        }
    }

    /// The source its listings are sightings of.
    pub fn source(self) -> SourceId {
        SourceId::built_in(match self {
            Self::Overture => "overture",
            Self::Foursquare => "foursquare",
            Self::AllThePlaces => "alltheplaces",
            Self::Osm => "osm",
            Self::Gleif => "gleif",
            Self::Sirene => "sirene",
            Self::CompaniesHouse => "companies_house",
        })
    }

    /// Its licence (an SPDX id where there is one) and the attribution due.
    pub const fn licence(self) -> (&'static str, &'static str) {
        match self {
            Self::Overture => (
                "CDLA-Permissive-2.0",
                "Overture Maps Foundation, overturemaps.org",
            ),
            Self::Foursquare => ("Apache-2.0", "Foursquare Open Source Places, © Foursquare Labs"),
            Self::AllThePlaces => ("CC0-1.0", "All the Places, alltheplaces.xyz"),
            Self::Osm => ("ODbL-1.0", "© OpenStreetMap contributors"),
            Self::Gleif => ("CC0-1.0", "GLEIF, gleif.org"),
            Self::Sirene => ("etalab-2.0", "Insee, base Sirene, Licence Ouverte 2.0"),
            Self::CompaniesHouse => (
                "OGL-UK-3.0",
                "Companies House; contains public sector information licensed under the Open Government Licence v3.0",
            ),
        }
    }

    /// What the source is.
    pub fn info(self) -> SourceInfo {
        let name = match self {
            Self::Overture => "Overture Places",
            Self::Foursquare => "Foursquare OS Places",
            Self::AllThePlaces => "All The Places",
            Self::Osm => "OpenStreetMap",
            Self::Gleif => "GLEIF",
            Self::Sirene => "SIRENE",
            Self::CompaniesHouse => "Companies House",
        };
        let (licence, attribution) = self.licence();
        SourceInfo::new(name, Terms::Open).licensed(licence, attribution)
    }

    /// Whether its entries say where on the earth they lie.
    pub const fn has_points(self) -> bool {
        matches!(
            self,
            Self::Overture | Self::Foursquare | Self::AllThePlaces | Self::Osm
        )
    }

    /// The layout that a file's first bytes show.
    ///
    /// # Errors
    /// [`ErrorKind::Unsupported`] when they show none; those of reading.
    pub fn detect(path: &Path) -> Result<Self> {
        let mut head = Vec::new();
        let read = Content::open(path)?.take(HEAD).read_to_end(&mut head);
        match read {
            // What was read of a packed file that breaks off shows its layout all the same.
            Err(cause) if head.is_empty() || !Damaged::is(&cause) => return Err(io_error(cause)),
            _ => {}
        }
        let layout = if head.starts_with(b"PAR1") {
            Self::of_columns(&parquet::columns(path)?)
        } else if is_pbf(&head) {
            Some(Self::Osm)
        } else {
            Self::of_text(&head)
        };
        layout.ok_or_else(|| {
            let says = "the file shows no layout that is known; name one with its layout";
            let known = Self::ALL.map(Self::name).join(", ");
            Error::new(ErrorKind::Unsupported, "open data", says).with("known", known)
        })
    }

    /// By the columns of a Parquet file.
    fn of_columns(names: &[String]) -> Option<Self> {
        let has = |name: &str| names.iter().any(|column| column == name);
        match () {
            () if has("fsq_place_id") => Some(Self::Foursquare),
            () if has("id") && has("names") && (has("geometry") || has("bbox")) => Some(Self::Overture),
            () => None,
        }
    }

    /// By what stands in a text's beginning.
    fn of_text(head: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let has = |words: &[&str]| words.iter().all(|word| text.contains(word));
        if text.starts_with('{') {
            return match () {
                () if has(&["\"@spider\""]) => Some(Self::AllThePlaces),
                () if has(&["\"Feature\"", "\"names\""]) || has(&["\"Feature\"", "\"theme\""]) => {
                    Some(Self::Overture)
                }
                () => None,
            };
        }
        let header = text.lines().next().unwrap_or_default();
        let named = |name: &str| {
            header
                .split(',')
                .any(|cell| cell.trim().trim_matches('"').trim() == name)
        };
        match () {
            () if named("LEI") && named("Entity.LegalName") => Some(Self::Gleif),
            () if named("siret") && named("siren") => Some(Self::Sirene),
            () if named("CompanyNumber") && named("CompanyName") => Some(Self::CompaniesHouse),
            () => None,
        }
    }
}

/// The length of the first block's header, then that header: field 1, nine bytes (PBF_Format, "File format").
fn is_pbf(head: &[u8]) -> bool {
    head.get(4..)
        .is_some_and(|rest| rest.starts_with(b"\x0a\x09OSMHeader"))
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Layout {
    type Err = Error;
    /// Reads what [`Layout::name`] says.
    fn from_str(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|layout| layout.name() == text);
        known.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            Error::invalid("layout", "there is no such layout").with("known", names)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_show_their_layout() {
        for (head, layout) in [
            ("\u{feff}\"LEI\",\"Entity.LegalName\"\n", Some(Layout::Gleif)),
            ("siren,nic,siret\n", Some(Layout::Sirene)),
            (
                "CompanyName, CompanyNumber,RegAddress.CareOf\n",
                Some(Layout::CompaniesHouse),
            ),
            (
                "{\"type\":\"FeatureCollection\",\"features\":[\n{\"properties\":{\"@spider\":\"a\"}}",
                Some(Layout::AllThePlaces),
            ),
            (
                "{\"type\":\"Feature\",\"properties\":{\"names\":{}}}",
                Some(Layout::Overture),
            ),
            ("name,phone\n", None),
            ("", None),
        ] {
            assert_eq!(Layout::of_text(head.as_bytes()), layout, "{head}");
        }
        for layout in Layout::ALL {
            assert_eq!(layout.name().parse::<Layout>().unwrap(), layout);
        }
    }
}
