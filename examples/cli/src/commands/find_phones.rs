//! `lead find-phones`

use std::pin::pin;

use clap::{Args, ValueEnum};
use futures::StreamExt;
use lead_core::phone::{FindOptions, Leniency, Mode, OffsetUnit, Offsets, find_phones};
use lead_core::record::E164;
use lead_core::{Error, ErrorKind, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Exit;
use crate::app::App;
use crate::exit::Tally;
use crate::halt::{Outcome, io_error};
use crate::lines::{InputLine, batches};
use crate::parallel::in_order;
use crate::screen::error_object;

/// Find telephone numbers in texts: JSON Lines in and out
///
/// Reads objects such as {"id": 1, "text": "Ring 0478 00 00 01", "region": "FR", "leniency": "VALID"}, one a line, and
/// prints {"id": 1, "matches": [{"start": 5, "end": 18, "raw": …, "e164": …, "extension": …}]} for each. `id` is handed
/// through; `region` and `leniency` may be left out. A line that cannot be read is told on standard error, with its
/// number; the rest goes on.
#[derive(Args, Debug)]
pub(crate) struct FindPhones {
    /// Region whose national numbers are read when a line names none
    #[arg(long, value_name = "CC")]
    region: Option<String>,
    /// Rules for real pages on top of the reference's matcher, or exactly its answers
    #[arg(long, value_name = "MODE", default_value = "smart")]
    mode: Mode,
    /// How strict, when a line does not say: possible, valid, strict-grouping or exact-grouping
    #[arg(long, value_name = "LEVEL", default_value = "valid")]
    leniency: Leniency,
    /// What offsets count
    #[arg(long, value_enum, default_value_t)]
    offsets: Unit,
}

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Unit {
    /// Unicode code points, as Python slices.
    #[default]
    Chars,
    /// UTF-16 code units, as JavaScript slices.
    Utf16,
    /// Bytes of UTF-8, as Rust slices.
    Bytes,
}

impl From<Unit> for OffsetUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Chars => Self::CodePoints,
            Unit::Utf16 => Self::Utf16,
            Unit::Bytes => Self::Bytes,
        }
    }
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    text: String,
    region: Option<String>,
    leniency: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    id: Value,
    matches: Vec<Match>,
}

#[derive(Serialize)]
struct Match {
    start: usize,
    end: usize,
    raw: String,
    e164: E164,
    extension: Option<String>,
}

impl FindPhones {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let defaults = self.options(None, None)?;
        find_phones("", &defaults)?; // a region that does not exist is bad usage, told at once
        let batches = batches(app.take_input());
        let answers = in_order(batches, move |batch| batch.map(|lines| self.answers(lines)));
        let mut answers = pin!(answers);
        let mut tally = Tally::default();
        while let Some(batch) = answers.next().await {
            for (number, answer) in batch?.map_err(|cause| io_error("read", "standard input", cause))? {
                match answer {
                    Ok(answer) => {
                        app.json(&answer, false)?;
                        tally.done += 1;
                    }
                    Err(error) => {
                        app.screen
                            .line(&error_object(&error, &[("line", number.into())]).to_string());
                        tally.failed(error.kind());
                    }
                }
            }
            app.flush()?; // whoever asks line by line waits for the answer
        }
        Ok(tally.exit())
    }

    fn options(&self, region: Option<String>, leniency: Option<&str>) -> Result<FindOptions> {
        let leniency = leniency.map_or(Ok(self.leniency), str::parse)?;
        let mut options = FindOptions::new().leniency(leniency).mode(self.mode);
        options.region = region.or_else(|| self.region.clone());
        Ok(options)
    }

    fn answers(&self, lines: Vec<InputLine>) -> Vec<(u64, Result<Answer>)> {
        lines
            .into_iter()
            .map(|line| (line.number, line.bytes.and_then(|bytes| self.answer(&bytes))))
            .collect()
    }

    fn answer(&self, line: &[u8]) -> Result<Answer> {
        let line: Line = serde_json::from_slice(line).map_err(|cause| {
            let says = if cause.is_data() {
                "not an object as described"
            } else {
                "not JSON"
            };
            Error::new(ErrorKind::Decode, "find-phones", says)
                .with("column", cause.column())
                .because(cause)
        })?;
        let options = self.options(line.region, line.leniency.as_deref())?;
        let mut offsets = Offsets::new(&line.text, self.offsets.into());
        let matches = find_phones(&line.text, &options)?
            .into_iter()
            .map(|found| Match {
                start: offsets.at(found.start),
                end: offsets.at(found.end),
                raw: found.raw,
                e164: found.e164,
                extension: found.extension,
            })
            .collect();
        Ok(Answer { id: line.id, matches })
    }
}
