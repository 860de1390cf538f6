//! One conversation of several over a line: with a page, a frame or a worker.

use std::time::Duration;

use chromiumoxide_types::Command;

use super::connection::Connection;
use crate::Result;
use crate::browser::deadline::PATIENCE;

/// A conversation with a target.
#[derive(Clone, Debug)]
pub(in crate::browser) struct Session {
    connection: Connection,
    id: String,
}

impl Session {
    pub(in crate::browser) fn new(connection: Connection, id: impl Into<String>) -> Self {
        Self {
            connection,
            id: id.into(),
        }
    }

    pub(in crate::browser) fn id(&self) -> &str {
        &self.id
    }

    pub(in crate::browser) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Says a command and waits for the answer.
    ///
    /// # Errors
    /// As [`Connection::call`].
    pub(in crate::browser) async fn call<C: Command>(&self, command: C) -> Result<C::Response> {
        self.call_within(command, PATIENCE).await
    }

    /// The same, and waits longer or shorter.
    ///
    /// # Errors
    /// As [`Connection::call`].
    pub(in crate::browser) async fn call_within<C: Command>(
        &self,
        command: C,
        limit: Duration,
    ) -> Result<C::Response> {
        self.connection.call(Some(&self.id), &command, limit).await
    }

    /// Says a command whose answer is of no interest.
    pub(in crate::browser) fn say<C: Command>(&self, command: &C) {
        self.connection.say(Some(&self.id), command);
    }
}
