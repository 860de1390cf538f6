//! The page as it is seen, and where the numbers on it stand.

use std::sync::Arc;

use base64::Engine as _;
use chromiumoxide_cdp::cdp::browser_protocol::page::{
    CaptureScreenshotFormat, CaptureScreenshotParams, GetLayoutMetricsParams, Viewport,
};

use super::Tab;
use super::evaluate::World;
use crate::browser::live::{LiveConfig, boxes_of};
use crate::seam::{NumberBox, Picture, Rect};
use crate::{Error, ErrorKind, Result};

/// A picture is no higher, in CSS pixels: what a long list takes in memory has its bounds.
const HIGHEST: f64 = 8000.0;

impl Tab {
    /// Shows those who look where numbers stand, and takes a picture where one is wanted.
    pub(super) async fn portray(
        &self,
        html: &str,
        url: &str,
        config: &LiveConfig,
        keep: bool,
    ) -> Result<Option<Picture>> {
        if self.shown.get().is_none() && !keep {
            return Ok(None);
        }
        let world = World::new(&self.session, &self.frame).await?;
        let limit = std::time::Duration::from_secs(5);
        // Who looks sees the beginning last, where most numbers stand.
        world
            .call::<()>(
                "() => { scrollTo({ top: 0, left: 0, behavior: 'instant' }); }",
                "",
                limit,
            )
            .await?;
        let places = async |wanted: String| self.places(&wanted).await;
        let boxes = boxes_of(html, url, config, places).await?;
        if let Some(page) = self.shown.get() {
            page.boxes(Arc::clone(&boxes));
        }
        if keep {
            Ok(Some(self.picture(&boxes, config).await?))
        } else {
            Ok(None)
        }
    }

    async fn picture(&self, boxes: &[NumberBox], config: &LiveConfig) -> Result<Picture> {
        let size = self
            .session
            .call(GetLayoutMetricsParams::default())
            .await?
            .css_content_size;
        let shows = Rect {
            x: 0.0,
            y: 0.0,
            width: size.width,
            height: size.height.min(HIGHEST),
        };
        let quality = config.quality.clamp(1, 100).into();
        let jpeg = self
            .capture(shows, CaptureScreenshotFormat::Jpeg, Some(quality))
            .await?;
        Ok(Picture::new(jpeg.into(), shows, boxes.to_vec()))
    }

    /// A part of the document as it is seen.
    pub(super) async fn capture(
        &self,
        shows: Rect,
        format: CaptureScreenshotFormat,
        quality: Option<i64>,
    ) -> Result<Vec<u8>> {
        let capture = CaptureScreenshotParams {
            format: Some(format),
            quality,
            clip: Some(Viewport {
                x: shows.x,
                y: shows.y,
                width: shows.width,
                height: shows.height,
                scale: 1.0,
            }),
            capture_beyond_viewport: Some(true),
            ..CaptureScreenshotParams::default()
        };
        let data = self.session.call(capture).await?.data;
        let data: &str = data.as_ref();
        let picture = base64::engine::general_purpose::STANDARD.decode(data);
        picture.map_err(|cause| {
            Error::new(ErrorKind::Browser, "browser", "a picture cannot be read").because(cause)
        })
    }
}
