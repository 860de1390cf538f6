//! What travels with every call.

use super::{Fetcher, OcrEngine, State};
use crate::clock::Clock;

/// Runtime resources of a run: how to fetch, where to remember, what time it is. Never the caller's intent.
#[derive(Clone, Debug)]
pub struct Context {
    fetcher: Fetcher,
    state: State,
    clock: Clock,
    ocr: Option<OcrEngine>,
}

impl Context {
    /// A context that fetches through `fetcher`, remembers in memory and goes by the system's clock.
    pub fn new(fetcher: Fetcher) -> Self {
        Self {
            fetcher,
            state: State::memory(),
            clock: Clock::system(),
            ocr: None,
        }
    }

    /// Fetches through `fetcher`.
    pub fn with_fetcher(mut self, fetcher: Fetcher) -> Self {
        self.fetcher = fetcher;
        self
    }

    /// Remembers in `state`.
    pub fn with_state(mut self, state: State) -> Self {
        self.state = state;
        self
    }

    /// Goes by `clock`.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Reads numbers that pages show as pictures with `engine`. Without one, pictures are not fetched.
    pub fn with_ocr(mut self, engine: OcrEngine) -> Self {
        self.ocr = Some(engine);
        self
    }

    /// What reads pictures, if anything.
    pub fn ocr(&self) -> Option<&OcrEngine> {
        self.ocr.as_ref()
    }

    /// The layered fetcher of this run.
    pub fn fetcher(&self) -> &Fetcher {
        &self.fetcher
    }

    /// Where robots rules, caches and breakers are remembered.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What time it is.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }
}
