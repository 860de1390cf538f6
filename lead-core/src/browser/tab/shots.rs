//! What may show a number as a picture, as it is seen on the page.

use std::time::Duration;

use bytes::Bytes;
use chromiumoxide_cdp::cdp::browser_protocol::page::CaptureScreenshotFormat;

use super::Tab;
use super::evaluate::{World, walking};
use crate::Result;
use crate::page::{Document, ParseOptions};
use crate::phone::images;
use crate::seam::{Rect, Shot};

const PICTURES: &str = walking!("../scripts/pictures.js");

/// So many of a page: few pages show more than one number as a picture.
const MOST: usize = 8;

/// Wider or higher, in CSS pixels, is no line of digits.
const LARGEST: (f64, f64) = (1000.0, 300.0);

/// Measuring takes no time to speak of.
const TIME: Duration = Duration::from_secs(5);

impl Tab {
    /// Pictures of the likeliest candidates of `html`, which is what the page came to.
    pub(super) async fn shots(&self, html: &str, url: &str) -> Result<Vec<Shot>> {
        let base = url::Url::parse(url).ok();
        let document = Document::from_html(html, &ParseOptions::new().base_url(base.as_ref()))?;
        let candidates = images(&document).into_iter().take(MOST);
        let sources: Vec<String> = candidates.map(|candidate| candidate.source).collect();
        if sources.is_empty() {
            return Ok(Vec::new());
        }
        let world = World::new(&self.session, &self.frame).await?;
        let arguments = serde_json::to_string(&sources).unwrap_or_default();
        let places: Vec<Option<Rect>> = world.call(PICTURES, &arguments, TIME).await?;
        let mut shots = Vec::new();
        for (source, place) in sources.into_iter().zip(places) {
            let fits = |place: &Rect| place.width <= LARGEST.0 && place.height <= LARGEST.1;
            if let Some(place) = place.filter(fits) {
                let png = self.capture(place, CaptureScreenshotFormat::Png, None).await?;
                shots.push(Shot::new(source, Bytes::from(png)));
            }
        }
        Ok(shots)
    }
}
