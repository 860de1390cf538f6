//! APIs that make or change many records by their ids in one call.

use std::fmt::Debug;

use lead_core::Result;
use lead_core::seam::Request;

use super::batch::Batch;
use super::client::Client;
use super::halves::{Sent, in_halves};
use super::{Deliver, Event, Outcome};

/// Such an API.
pub(super) trait Upsert: Send + Sync + Debug + 'static {
    /// Records of a call.
    const MOST: usize;

    /// The call for these.
    fn request(&self, events: &[&Event]) -> Request;

    /// What became of each, by an answer of 2xx.
    fn read(&self, status: u16, body: &[u8], events: &[&Event]) -> Vec<Outcome>;

    /// Why a call was refused as a whole.
    fn refusal(status: u16, body: &[u8]) -> String;
}

/// Its sink.
#[derive(Debug)]
pub(super) struct Upserts<A> {
    client: Client,
    api: A,
}

impl<A: Upsert> Upserts<A> {
    pub(super) fn new(client: Client, api: A) -> Self {
        Self { client, api }
    }

    async fn send(&self, events: &[&Event]) -> Sent {
        match self.client.take(self.api.request(events), A::refusal).await {
            Ok((status, body)) => Sent::Each(self.api.read(status, &body, events)),
            Err(outcome) => Sent::Whole(outcome),
        }
    }
}

impl<A: Upsert> Deliver for Upserts<A> {
    fn most(&self) -> usize {
        A::MOST
    }

    async fn deliver(&self, events: &[Event]) -> Result<Vec<Outcome>> {
        let batch = Batch::of(events);
        let outcomes = in_halves(batch.events().len(), |range| self.send(batch.part(range))).await;
        Ok(batch.spread(&outcomes))
    }
}
