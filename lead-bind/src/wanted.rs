//! Where to look, and by which words: what a plan and a collection are told alike.

use lead_core::collect::Collector;
use lead_core::plan::{Order, Preset};
use lead_core::record::{Area, BoundingBox};
use lead_core::{Error, Result};
use serde::Deserialize;
use serde_json::Value;

/// Where to look, and by which words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    near: Option<String>,
    radius: Option<f64>,
    bbox: Option<[f64; 4]>,
    /// GeoJSON.
    area: Option<Value>,
    seed: Option<u64>,
    expand: Option<bool>,
    templates: Option<Vec<String>>,
    order: Option<Order>,
}

impl Wanted {
    /// Whether anything is said beyond what goes without saying.
    pub(crate) fn is_said(&self) -> bool {
        let places = [self.near.is_some(), self.bbox.is_some(), self.area.is_some()];
        places.contains(&true)
            || self.radius.is_some()
            || self.seed.unwrap_or(0) != 0
            || self.expand == Some(false)
            || self.templates.is_some()
            || self.order.is_some()
    }

    /// Tells a collector.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](lead_core::ErrorKind::InvalidInput) for an area that is none, or more than one place;
    /// [`ErrorKind::Config`](lead_core::ErrorKind::Config) for templates that mean nothing.
    pub(crate) fn apply(&self, operation: &'static str, mut collector: Collector) -> Result<Collector> {
        let places = [self.near.is_some(), self.bbox.is_some(), self.area.is_some()];
        if places.iter().filter(|said| **said).count() > 1 {
            return Err(Error::invalid(
                operation,
                "near, bbox and area exclude each other",
            ));
        }
        if self.order.is_some() && self.templates.is_none() {
            return Err(Error::invalid(
                operation,
                "the order is that of templates: there are none",
            ));
        }
        collector = collector
            .seed(self.seed.unwrap_or(0))
            .expand(self.expand.unwrap_or(true));
        if let Some(place) = &self.near {
            collector = collector.near(place);
        }
        if let Some(metres) = self.radius {
            collector = collector.radius(metres);
        }
        if let Some(sides) = self.bbox {
            collector = collector.area(BoundingBox::try_from(sides)?);
        }
        if let Some(area) = &self.area {
            collector = collector.area(Area::from_geojson(&area.to_string())?);
        }
        if let Some(templates) = &self.templates {
            let order = self.order.unwrap_or_default();
            collector = collector.preset(Preset::new("given", order, templates.clone())?);
        }
        Ok(collector)
    }
}
