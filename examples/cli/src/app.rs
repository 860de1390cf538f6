//! What a command is handed: where to read and write, and what every command was told.

use std::io::{Read, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

#[cfg(feature = "browser")]
use lead_core::browser::Browser;
use lead_core::record::TenantId;
use lead_core::seam::Store;
use lead_storage::dual::Dual;
use serde::Serialize;

use crate::halt::{Halt, Outcome};
use crate::interrupt::Interrupt;
use crate::mirror::settled;
use crate::screen::Screen;

/// How long a store may take to close.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a command is handed.
pub(crate) struct App {
    pub(crate) input: Box<dyn Read + Send>,
    out: Box<dyn Write + Send>,
    /// Columns to keep results within, when they go to a terminal.
    pub(crate) width: Option<u16>,
    pub(crate) screen: Screen,
    pub(crate) interrupt: Interrupt,
    pub(crate) tenant: TenantId,
    /// Stores opened, to be closed at the end.
    stores: Mutex<Vec<Store>>,
    /// Stores with a mirror, which is to have everything at the end.
    mirrored: Mutex<Vec<Dual>>,
    /// Browsers, of which nothing is to be left at the end.
    #[cfg(feature = "browser")]
    browsers: Mutex<Vec<Browser>>,
}

impl App {
    pub(crate) fn new(
        input: Box<dyn Read + Send>,
        out: Box<dyn Write + Send>,
        width: Option<u16>,
        screen: Screen,
        interrupt: Interrupt,
        tenant: TenantId,
    ) -> Self {
        let out = Box::new(std::io::BufWriter::new(out));
        Self {
            input,
            out,
            width,
            screen,
            interrupt,
            tenant,
            stores: Mutex::default(),
            mirrored: Mutex::default(),
            #[cfg(feature = "browser")]
            browsers: Mutex::default(),
        }
    }

    /// Standard input, to be read on another thread; empty from then on.
    pub(crate) fn take_input(&mut self) -> Box<dyn Read + Send> {
        std::mem::replace(&mut self.input, Box::new(std::io::empty()))
    }

    /// Writes text and a line end to standard output.
    pub(crate) fn line(&mut self, text: &str) -> Outcome<()> {
        writeln!(self.out, "{text}").map_err(Halt::of_output)
    }

    /// Writes a value as JSON: on one line, or indented.
    pub(crate) fn json(&mut self, value: &impl Serialize, indented: bool) -> Outcome<()> {
        let written = if indented {
            serde_json::to_writer_pretty(&mut self.out, value)
        } else {
            serde_json::to_writer(&mut self.out, value)
        };
        written.map_err(|cause| Halt::of_output(cause.into()))?;
        self.line("")
    }

    /// Standard output itself.
    pub(crate) fn out(&mut self) -> &mut (dyn Write + Send) {
        &mut self.out
    }

    /// Has a store closed when the command is over.
    pub(crate) fn to_close(&self, store: Store) {
        self.stores
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(store);
    }

    /// Has a store closed when the command is over and its mirror has everything.
    pub(crate) fn to_drain(&self, dual: Dual) {
        self.mirrored
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(dual);
    }

    /// Has a browser ended when the command is over.
    #[cfg(feature = "browser")]
    pub(crate) fn to_end(&self, browser: Browser) {
        self.browsers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(browser);
    }

    /// Ends browsers, and closes the stores opened: nothing that was committed is left beside their files.
    pub(crate) async fn close(&mut self) {
        #[cfg(feature = "browser")]
        for browser in std::mem::take(self.browsers.get_mut().unwrap_or_else(PoisonError::into_inner)) {
            let _ = tokio::time::timeout(PATIENCE, browser.close()).await;
        }
        let mirrored = self.mirrored.get_mut().unwrap_or_else(PoisonError::into_inner);
        for dual in mirrored.drain(..) {
            settled(&dual, &self.interrupt, &self.screen).await;
            let _ = tokio::time::timeout(PATIENCE, dual.store().close()).await;
        }
        let stores = self.stores.get_mut().unwrap_or_else(PoisonError::into_inner);
        for store in stores.drain(..) {
            // One that is busy with what was broken off keeps its log beside the file, whole.
            let _ = tokio::time::timeout(PATIENCE, store.close()).await;
        }
    }

    /// Lets whoever reads see what was written so far.
    pub(crate) fn flush(&mut self) -> Outcome<()> {
        self.out.flush().map_err(Halt::of_output)
    }
}
