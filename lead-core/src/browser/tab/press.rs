//! Buttons, pressed as a hand does.

use std::sync::atomic::Ordering;
use std::time::Duration;

use chromiumoxide_cdp::cdp::browser_protocol::input::{
    DispatchMouseEventParams, DispatchMouseEventType, MouseButton,
};
use serde::Deserialize;
use tokio::time::Instant;

use super::Tab;
use super::evaluate::World;
use crate::Result;
use crate::browser::wait::Wait;

const BUTTON: &str = include_str!("../scripts/button.js");

/// So many of one selector are pressed at most: a page that makes new ones for ever is left.
pub(super) const MOST: usize = 100;

/// Finding a button takes no time to speak of.
const TIME: Duration = Duration::from_secs(5);

/// A place in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Place {
    x: f64,
    y: f64,
}

impl Tab {
    /// Presses up to `most` buttons of each selector, and waits until what that brings is there. Where it leads is nowhere.
    pub(super) async fn press(
        &mut self,
        selectors: &[String],
        most: usize,
        how: &Wait,
        end: Instant,
    ) -> Result<()> {
        self.stays.store(true, Ordering::Relaxed);
        for selector in selectors {
            self.press_each(selector, most, how, end).await?;
        }
        self.stays.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Presses up to `most` of a selector; those that come with what others bring, too.
    async fn press_each(&mut self, selector: &str, most: usize, how: &Wait, end: Instant) -> Result<()> {
        let argument = serde_json::to_string(selector).unwrap_or_default();
        let mut pressed = 0;
        while pressed < most && Instant::now() < end {
            let world = World::new(&self.session, &self.frame).await?;
            let mut found = 0;
            while pressed + found < most
                && let Some(place) = self.button(&world, &argument).await
            {
                self.click(place).await?;
                found += 1;
            }
            if found == 0 {
                return Ok(());
            }
            pressed += found;
            self.quiet(how.quiet, true, true, end).await?;
        }
        Ok(())
    }

    /// The next button of a selector, written as JSON. One that is no selector finds none: the page is read without.
    async fn button(&self, world: &World, selector: &str) -> Option<Place> {
        let found = world.call::<Option<Place>>(BUTTON, selector, TIME).await;
        found.unwrap_or_else(|error| {
            tracing::warn!(selector, %error, "buttons that cannot be pressed");
            None
        })
    }

    async fn click(&self, at: Place) -> Result<()> {
        let event = |kind| {
            let mut event = DispatchMouseEventParams::new(kind, at.x, at.y);
            event.button = Some(MouseButton::Left);
            event.click_count = Some(1);
            event
        };
        let moved = DispatchMouseEventParams::new(DispatchMouseEventType::MouseMoved, at.x, at.y);
        self.session.say(&moved);
        self.session.say(&event(DispatchMouseEventType::MousePressed));
        self.session
            .call(event(DispatchMouseEventType::MouseReleased))
            .await?;
        Ok(())
    }
}
