//! Waiting for a mirror to catch up.

use std::time::Duration;

use lead_core::Result;
use lead_storage::dual::{Dual, Lag};

use crate::interrupt::Interrupt;
use crate::screen::Screen;

/// How long to wait between two looks.
const LOOK: Duration = Duration::from_millis(500);
/// A mirror that failed at so many looks one after the other is away.
const AWAY: u32 = 8;

/// Waits until the mirror has everything, as long as it comes nearer to that; how far it is behind then.
pub(crate) async fn drained(dual: &Dual) -> Result<Lag> {
    let mut failures = 0;
    loop {
        let lag = dual.drain(LOOK).await?;
        failures = if lag.failure.is_some() { failures + 1 } else { 0 };
        if lag.is_none() || failures >= AWAY {
            return Ok(lag);
        }
    }
}

/// The same at the end of a command, unless the user asks to stop: what the mirror lacks then is told, and kept.
pub(crate) async fn settled(dual: &Dual, interrupt: &Interrupt, screen: &Screen) {
    let lag = match interrupt.unless_asked(1, drained(dual)).await {
        Some(lag) => lag,
        None => dual.lag().await,
    };
    match lag {
        Ok(lag) if lag.is_none() => {}
        Ok(lag) => {
            let next = "what it lacks is kept in the store; lead mirror drain goes on";
            screen.remark(&format!("{}: {next}", behind(&lag)));
        }
        Err(error) => screen.error(&error),
    }
}

/// How far it is behind, in words.
pub(crate) fn behind(lag: &Lag) -> String {
    let told = format!(
        "The mirror is behind (entries: {}, notes of the audit log: {})",
        lag.entries, lag.notes
    );
    match &lag.failure {
        Some(failure) => format!("{told}, and cannot be reached: {failure}"),
        None => told,
    }
}
