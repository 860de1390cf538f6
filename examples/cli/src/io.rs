//! Where a command reads from and writes to, so that it can be tested without a process.

use std::io::{self, IsTerminal, Read, Write};

/// Standard input, output and error of a command, and what is known of the terminal behind them.
pub struct Io {
    /// What the command reads.
    pub input: Box<dyn Read + Send>,
    /// Results.
    pub out: Box<dyn Write + Send>,
    /// Everything else: errors, hints, logs, summaries.
    pub err: Box<dyn Write + Send>,
    /// Width in columns to keep results within; `None` when the output is no terminal.
    pub width: Option<u16>,
    /// Whether progress bars may be drawn on standard error.
    pub bars: bool,
}

impl Io {
    /// Those of the process.
    pub fn std() -> Self {
        let terminal = io::stdout().is_terminal();
        Self {
            input: Box::new(io::stdin()),
            out: Box::new(io::stdout()),
            err: Box::new(io::stderr()),
            width: terminal.then(|| console::Term::stdout().size().1),
            bars: io::stderr().is_terminal(),
        }
    }

    /// Reads from `input`, writes into `out` and `err`; no terminal.
    pub fn new(
        input: impl Read + Send + 'static,
        out: impl Write + Send + 'static,
        err: impl Write + Send + 'static,
    ) -> Self {
        Self {
            input: Box::new(input),
            out: Box::new(out),
            err: Box::new(err),
            width: None,
            bars: false,
        }
    }
}

impl std::fmt::Debug for Io {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Io")
            .field("width", &self.width)
            .field("bars", &self.bars)
            .finish_non_exhaustive()
    }
}
