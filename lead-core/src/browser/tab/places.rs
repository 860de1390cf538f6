//! Where numbers stand on a page, in frames of other sites too.

use std::time::Duration;

use futures::future::BoxFuture;
use serde::Deserialize;

use super::Tab;
use super::content::DEPTH;
use super::evaluate::{World, walking};
use crate::Result;
use crate::browser::protocol::Session;
use crate::seam::Rect;

const BOXES: &str = walking!("../scripts/boxes.js");

/// Measuring takes no time to speak of.
const TIME: Duration = Duration::from_secs(5);

/// What stands in a frame, and in those of its site.
#[derive(Debug, Deserialize)]
struct Measured {
    /// For each number, in CSS pixels from the corner of the frame's window.
    places: Vec<Vec<Rect>>,
    apart: Vec<Apart>,
    scrolled: Place,
}

/// Where a frame of another site begins.
#[derive(Debug, Deserialize)]
struct Apart {
    id: String,
    #[serde(flatten)]
    corner: Place,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Place {
    x: f64,
    y: f64,
}

impl Tab {
    /// The places of each of `wanted`, in CSS pixels from the document's corner.
    pub(super) async fn places(&self, wanted: &str) -> Result<Vec<Vec<Rect>>> {
        let mut measured = self
            .measured(self.session.clone(), &self.frame, wanted, 0)
            .await?;
        shift(&mut measured.places, measured.scrolled);
        Ok(measured.places)
    }

    fn measured<'a>(
        &'a self,
        session: Session,
        frame: &'a str,
        wanted: &'a str,
        depth: usize,
    ) -> BoxFuture<'a, Result<Measured>> {
        Box::pin(async move {
            let world = World::new(&session, frame).await?;
            let mut measured: Measured = world.call(BOXES, wanted, TIME).await?;
            for inner in std::mem::take(&mut measured.apart) {
                let Some(session) = self.session_of(&inner.id).filter(|_| depth < DEPTH) else {
                    continue;
                };
                // A frame that is gone shows nothing.
                if let Ok(mut found) = self.measured(session, &inner.id, wanted, depth + 1).await {
                    shift(&mut found.places, inner.corner);
                    for (all, more) in measured.places.iter_mut().zip(found.places) {
                        all.extend(more);
                    }
                }
            }
            Ok(measured)
        })
    }
}

fn shift(places: &mut [Vec<Rect>], by: Place) {
    for place in places.iter_mut().flatten() {
        place.x += by.x;
        place.y += by.y;
    }
}
