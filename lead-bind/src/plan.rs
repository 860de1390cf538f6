//! What a query would ask, and why.

use lead_core::collect::{Collector, Plan};
use lead_core::seam::Store;
use lead_core::{Result, source};
use serde::Deserialize;

use crate::given::{Unknown, all_known, read};
use crate::wanted::Wanted;

/// What a plan is told, as it is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Given {
    #[serde(flatten)]
    wanted: Wanted,
    #[serde(flatten)]
    unknown: Unknown,
}

/// What would be asked for `query`, with options as JSON: `near`, `radius` (metres), `bbox` (`[W, S, E, N]`), `area` (GeoJSON),
/// `seed`, `expand`, `templates` and `order` (`yield` or `fixed`). Nothing is fetched.
///
/// # Errors
/// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for a query, place or option that means nothing;
/// [`ErrorKind::Config`](lead_core::ErrorKind::Config) for templates that do.
pub fn plan(query: &str, options: &str) -> Result<Plan> {
    let given: Given = read("plan", options)?;
    all_known("plan", &given.unknown)?;
    let collector = Collector::new(Store::memory()).source(source::osm()).query(query);
    given.wanted.apply("plan", collector)?.plan()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lead_core::ErrorKind;

    #[test]
    fn options_say_where_and_how() {
        let made = plan("best dentists in Lyon", r#"{"bbox": [4.7, 45.6, 5.0, 45.9]}"#).unwrap();
        assert_eq!((made.meaning.what.as_str(), made.cells.len()), ("dentists", 1));
        let fixed = plan("dentists", r#"{"templates": ["top {what}"], "order": "fixed"}"#).unwrap();
        assert!(fixed.fixed && fixed.variants[0].text.as_str() == "top dentists");
        let kind = |options: &str| plan("dentists", options).unwrap_err().kind();
        for wrong in [
            r#"{"bbox": [1, 2, 3]}"#,
            r#"{"bbox": [0, 5, 1, 2]}"#,
            r#"{"area": {"type": "Point"}}"#,
            r#"{"radius": 5}"#,
            r#"{"near": "Lyon", "radius": -1}"#,
            r#"{"near": "Lyon", "bbox": [1, 2, 3, 4]}"#,
            r#"{"nowhere": 1}"#,
        ] {
            assert_eq!(kind(wrong), ErrorKind::InvalidInput, "{wrong}");
        }
        assert_eq!(kind(r#"{"templates": ["{who}"]}"#), ErrorKind::Config);
        assert_eq!(plan(" ", "{}").unwrap_err().kind(), ErrorKind::InvalidInput);
    }
}
