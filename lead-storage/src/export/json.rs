//! JSON: one object a line, or one list of them.

use lead_core::Result;

use super::body::Body;
use super::encode::{Encode, Ending, unwritable};

#[derive(Default)]
pub(super) struct Lines(Vec<u8>);

impl Encode for Lines {
    fn add(&mut self, body: Body<'_>) -> Result<bool> {
        let Some(lead) = body.lead()? else {
            return Ok(false);
        };
        serde_json::to_writer(&mut self.0, &lead).map_err(unwritable)?;
        self.0.push(b'\n');
        Ok(true)
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(std::mem::take(&mut self.0))
    }

    fn finish(self: Box<Self>) -> Result<Ending> {
        Ok(Ending::Bytes(self.0))
    }
}

/// An element a line, so that a long file can be looked at.
#[derive(Default)]
pub(super) struct List {
    bytes: Vec<u8>,
    begun: bool,
}

impl Encode for List {
    fn go_on(&mut self, leads: u64) {
        self.begun = leads > 0;
    }

    fn add(&mut self, body: Body<'_>) -> Result<bool> {
        let Some(lead) = body.lead()? else {
            return Ok(false);
        };
        self.bytes
            .extend_from_slice(if self.begun { b",\n" } else { b"[\n" });
        self.begun = true;
        serde_json::to_writer(&mut self.bytes, &lead).map_err(unwritable)?;
        Ok(true)
    }

    fn take(&mut self) -> Result<Vec<u8>> {
        Ok(std::mem::take(&mut self.bytes))
    }

    fn finish(mut self: Box<Self>) -> Result<Ending> {
        self.bytes
            .extend_from_slice(if self.begun { b"\n]\n" } else { b"[]\n" });
        Ok(Ending::Bytes(self.bytes))
    }
}
