//! The bar of a match; nothing is drawn where standard error is no terminal.

use std::cell::Cell;
use std::time::Duration;

use indicatif::ProgressBar;
use lead_core::matching::Matched;

use crate::bars::style;
use crate::screen::{Screen, one_line};

/// How often the bar moves although nothing happens.
const TICK: Duration = Duration::from_millis(120);

/// The bar of one list.
pub(super) struct MatchBar {
    bar: ProgressBar,
    found: Cell<u64>,
}

impl MatchBar {
    pub(super) fn new(screen: &Screen, rows: u64) -> Self {
        let bar = screen.bars().add(ProgressBar::new(rows));
        bar.set_style(style(
            "{bar:32} {pos}/{len} rows  {elapsed} gone, {eta} to go  {wide_msg}",
        ));
        bar.enable_steady_tick(TICK);
        Self {
            bar,
            found: Cell::new(0),
        }
    }

    /// Moves the bar past a row.
    pub(super) fn row(&self, matched: &Matched) {
        self.bar.inc(1);
        self.found
            .set(self.found.get() + u64::from(matched.site.is_some()));
        let now = matched.site.as_ref().map_or("", |site| site.url.as_str());
        self.bar
            .set_message(one_line(&format!("{} found · {now}", self.found.get())));
    }
}

impl Drop for MatchBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
