//! The bar of a crawl, drawn from its events; nothing is drawn where standard error is no terminal.

use std::time::Duration;

use indicatif::ProgressBar;
use lead_core::crawl::CrawlEvent;

use crate::bars::style;
use crate::screen::{Screen, one_line};

/// How often the bar moves although nothing happens.
const TICK: Duration = Duration::from_millis(120);

/// The bar of one crawl.
pub(crate) struct CrawlBar(ProgressBar);

impl CrawlBar {
    pub(crate) fn new(screen: &Screen) -> Self {
        let bar = screen.bars().add(ProgressBar::new(0));
        bar.set_style(style(
            "{bar:32} {pos}/{len} addresses  {elapsed} gone  {wide_msg}",
        ));
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Moves the bar by what happened.
    pub(crate) fn event(&mut self, event: &CrawlEvent) {
        match event {
            CrawlEvent::Page(page) => self.0.set_message(one_line(page.input.as_str())),
            CrawlEvent::Progress { done, pending, .. } => {
                self.0.set_length(done + pending);
                self.0.set_position(*done);
            }
            _ => {}
        }
    }
}

impl Drop for CrawlBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
