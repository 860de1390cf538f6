//! Overture Maps, theme places. Schema: <https://docs.overturemaps.org/schema/reference/places/place/>.
//!
//! | file | what |
//! |---|---|
//! | `place` | a place and its rules, whatever it is read from; how it becomes a listing |
//! | `columns` | places as GeoParquet, as they are published |
//! | `feature` | places as GeoJSON, a feature a line (`overturemaps download -f geojsonseq`, and the specification's examples) |

mod columns;
mod feature;
mod place;

pub(super) use columns::PARQUET;
pub(super) use feature::feature;
