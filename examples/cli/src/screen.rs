//! Standard error: errors, hints, logs and bars that share one terminal without tearing each other's lines.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{MultiProgress, ProgressDrawTarget};
use lead_core::Error;
use lead_core::seam::Failure;

use crate::exit::hint_for;

/// A cheaply cloned handle to standard error.
#[derive(Clone)]
pub(crate) struct Screen {
    err: Arc<Mutex<Box<dyn Write + Send>>>,
    bars: MultiProgress,
    json: bool,
    quiet: bool,
    causes: bool,
}

impl Screen {
    pub(crate) fn new(err: Box<dyn Write + Send>, bars: bool) -> Self {
        let target = if bars {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        Self {
            err: Arc::new(Mutex::new(err)),
            bars: MultiProgress::with_draw_target(target),
            json: false,
            quiet: false,
            causes: false,
        }
    }

    /// Errors as JSON objects, remarks withheld, causes shown.
    pub(crate) fn set(&mut self, json: bool, quiet: bool, causes: bool) {
        (self.json, self.quiet, self.causes) = (json, quiet, causes);
        if quiet {
            self.bars.set_draw_target(ProgressDrawTarget::hidden());
        }
    }

    /// Where bars are drawn.
    pub(crate) fn bars(&self) -> &MultiProgress {
        &self.bars
    }

    /// A line of its own. What cannot be written is lost: there is nowhere left to say so.
    pub(crate) fn line(&self, text: &str) {
        let _ = self.write_all_lines(text.as_bytes());
    }

    /// A remark for people: `--quiet` withholds it, and so do logs in JSON.
    pub(crate) fn remark(&self, text: &str) {
        if !self.quiet && !self.json {
            self.line(text);
        }
    }

    /// What went wrong, on one line, and what can be done about it.
    pub(crate) fn error(&self, error: &Error) {
        if self.json {
            self.line(&error_object(error, &[]).to_string());
            return;
        }
        self.line(&format!("error: {}", one_line(&error.to_string())));
        if self.causes {
            let mut cause = std::error::Error::source(error);
            while let Some(inner) = cause {
                self.line(&format!("  because: {}", one_line(&inner.to_string())));
                cause = inner.source();
            }
        }
    }

    /// As [`Screen::error`], with the hint for its kind.
    pub(crate) fn error_with_hint(&self, error: &Error) {
        self.error(error);
        if let Some(hint) = hint_for(error.kind()) {
            self.hint(hint);
        }
    }

    /// Something of a run that failed and was kept aside.
    pub(crate) fn failure(&self, failure: &Failure) {
        if self.json {
            let object = serde_json::json!({
                "level": "ERROR", "code": failure.code, "message": failure.reason, "what": failure.what,
            });
            self.line(&object.to_string());
        } else {
            let beside = if failure.reason.contains(&failure.what) {
                ""
            } else {
                &failure.what
            };
            self.line(&one_line(
                format!("error: {} {beside}", failure.reason).trim_end(),
            ));
        }
    }

    /// Something of a run that was kept away from: nothing is wrong, so it is told with `--verbose` only.
    pub(crate) fn detail(&self, failure: &Failure) {
        if self.causes {
            self.failure(failure);
        }
    }

    /// How something ended, for machines that read the log; people are told by remarks.
    pub(crate) fn ended(&self, what: &serde_json::Value) {
        if self.json && !self.quiet {
            self.line(&what.to_string());
        }
    }

    /// What can be done about an error.
    pub(crate) fn hint(&self, hint: &str) {
        self.remark(&format!("  hint: {hint}"));
    }

    fn write_all_lines(&self, bytes: &[u8]) -> io::Result<()> {
        self.bars.suspend(|| {
            let mut err = self.err.lock().unwrap_or_else(PoisonError::into_inner);
            err.write_all(bytes)?;
            if !bytes.ends_with(b"\n") {
                err.write_all(b"\n")?;
            }
            err.flush()
        })
    }
}

impl std::fmt::Debug for Screen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Screen")
    }
}

/// Log lines: one write is one event.
impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all_lines(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An error as machines read it, with further fields.
pub(crate) fn error_object(error: &Error, more: &[(&str, serde_json::Value)]) -> serde_json::Value {
    let context: serde_json::Map<_, _> = error
        .context()
        .map(|(key, value)| (key.to_owned(), value.into()))
        .collect();
    let mut object = serde_json::json!({
        "level": "ERROR",
        "code": error.kind().code(),
        "operation": error.operation(),
        "message": error.message(),
        "context": context,
    });
    if let Some(fields) = object.as_object_mut() {
        fields.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    }
    object
}

/// The text with every control character written out, so that no name of a file or a business drives the terminal.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => line.push(' '),
            c if c.is_control() || is_bidi(c) => line.extend(c.escape_default()),
            c => line.push(c),
        }
    }
    line
}

/// Characters that turn the direction of what follows (UAX #9 §2): they make a line read as something else.
const fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_drives_the_terminal() {
        assert_eq!(
            one_line("a\u{1b}[31mb\nc\u{202e}d 歯"),
            "a\\u{1b}[31mb\\nc\\u{202e}d 歯"
        );
    }
}
