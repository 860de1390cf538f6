//! Bars of a run, drawn from its events; nothing is drawn where standard error is no terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use lead_core::seam::Event;

use crate::screen::{Screen, one_line};

/// How often the bars move although nothing happens.
const TICK: Duration = Duration::from_millis(120);

/// The bars of one run.
pub(crate) struct Bars {
    sites: ProgressBar,
    now: ProgressBar,
    listings: u64,
    pages: u64,
    leads: u64,
}

impl Bars {
    pub(crate) fn new(screen: &Screen) -> Self {
        let sites = screen.bars().add(ProgressBar::new(0));
        let now = screen.bars().add(ProgressBar::new_spinner());
        sites.set_style(style(
            "{bar:32} {pos}/{len} sites {prefix}  {elapsed} gone, {eta} to go",
        ));
        now.set_style(style("{spinner} {wide_msg}"));
        now.enable_steady_tick(TICK);
        Self {
            sites,
            now,
            listings: 0,
            pages: 0,
            leads: 0,
        }
    }

    /// Moves the bars by what happened.
    pub(crate) fn event(&mut self, event: &Event) {
        match event {
            Event::Found { listings, .. } => self.listings += listings,
            Event::Lead { new: true, .. } => self.leads += 1,
            Event::Fetched { url, .. } => {
                self.pages += 1;
                self.tell(url.as_str());
            }
            Event::Retry { url, attempts } => self.tell(&format!("{url}, attempt {attempts}")),
            Event::Progress { done, known, growing } => {
                self.sites.set_length(*known);
                self.sites.set_position(*done);
                self.sites
                    .set_prefix(if *growing { "(and more to come)" } else { "" });
            }
            _ => {}
        }
    }

    fn tell(&self, what: &str) {
        let told = format!(
            "{} listings, {} pages, {} leads · {what}",
            self.listings, self.pages, self.leads
        );
        self.now.set_message(one_line(&told));
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        self.now.finish_and_clear();
        self.sites.finish_and_clear();
    }
}

/// A style of bars.
pub(crate) fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
