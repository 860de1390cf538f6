//! The bar of an import; nothing is drawn where standard error is no terminal.

use std::time::Duration;

use indicatif::ProgressBar;

use super::report::Counts;
use crate::bars::style;
use crate::screen::Screen;

/// How often the bar moves although nothing happens.
const TICK: Duration = Duration::from_millis(120);

/// The bar of one file.
pub(super) struct ImportBar(ProgressBar);

impl ImportBar {
    pub(super) fn new(screen: &Screen, length: u64) -> Self {
        let bar = screen.bars().add(ProgressBar::new(length));
        bar.set_style(style(
            "{bar:32} {bytes}/{total_bytes}  {elapsed} gone, {eta} to go  {wide_msg}",
        ));
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Moves the bar to where in the file everything is done with.
    pub(super) fn at(&self, position: u64, counts: &Counts) {
        self.0.set_position(position);
        let told = format!(
            "{} rows, {} listings, {} rejected",
            counts.rows, counts.listings, counts.rejected
        );
        self.0.set_message(told);
    }
}

impl Drop for ImportBar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
