//! Commands to a browser, answers and events from it, over two pipes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use chromiumoxide_types::Command;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::unix::pipe;
use tokio::sync::{mpsc, oneshot, watch};

use super::message::{Event, Message, Refusal, decode, encode};
use crate::browser::child::Pipes;
use crate::{Error, ErrorKind, Result};

/// A longer message is none: the browser, or what drives it, has gone mad.
const LONGEST: usize = 512 << 20;

/// Bytes read at once.
const CHUNK: usize = 64 << 10;

type Waiting = HashMap<u64, oneshot::Sender<Result<Bytes, Refusal>>>;
type Listeners = HashMap<String, mpsc::UnboundedSender<Event>>;

/// The line to a browser. Cheaply cloned; it ends with the browser.
#[derive(Clone, Debug)]
pub(in crate::browser) struct Connection(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    next: AtomicU64,
    out: mpsc::UnboundedSender<Vec<u8>>,
    waiting: Mutex<Waiting>,
    listeners: Mutex<Listeners>,
    ended: watch::Sender<bool>,
}

impl Connection {
    /// Speaks through `pipes`, on tasks of the runtime it is called in.
    pub(in crate::browser) fn new(pipes: Pipes) -> Self {
        let (out, commands) = mpsc::unbounded_channel();
        let inner = Arc::new(Inner {
            next: AtomicU64::new(1),
            out,
            waiting: Mutex::default(),
            listeners: Mutex::default(),
            ended: watch::Sender::new(false),
        });
        tokio::spawn(write(pipes.writer, commands));
        tokio::spawn(read(pipes.reader, Arc::clone(&inner)));
        Self(inner)
    }

    /// Whether the browser is gone.
    pub(in crate::browser) fn is_ended(&self) -> bool {
        *self.0.ended.borrow()
    }

    /// Waits until it is.
    pub(in crate::browser) async fn ended(&self) {
        let mut ended = self.0.ended.subscribe();
        let _ = ended.wait_for(|ended| *ended).await;
    }

    /// Says a command and waits for the answer.
    ///
    /// # Errors
    /// [`ErrorKind::Browser`], temporary, when the browser is gone or would not; [`ErrorKind::Timeout`] after `limit`.
    pub(in crate::browser) async fn call<C: Command>(
        &self,
        session: Option<&str>,
        command: &C,
        limit: Duration,
    ) -> Result<C::Response> {
        let method = command.identifier();
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        lock(&self.0.waiting).insert(id, answer);
        let _forget = Forget { inner: &self.0, id };
        // Looked at after the place for the answer is taken: an end in between empties the places.
        if self.is_ended() || self.0.out.send(encode(id, session, command)?).is_err() {
            return Err(gone().with("command", &method));
        }
        let answer = match tokio::time::timeout(limit, answered).await {
            Ok(Ok(Ok(answer))) => answer,
            Ok(Ok(Err(refusal))) => {
                let message = format!("the browser would not: {}", refusal.message);
                return Err(Error::new(ErrorKind::Browser, "browser", message)
                    .temporary()
                    .with("command", method));
            }
            Ok(Err(_)) => return Err(gone().with("command", &method)),
            Err(_) => {
                return Err(
                    Error::new(ErrorKind::Timeout, "browser", "the browser does not answer")
                        .temporary()
                        .with("command", method),
                );
            }
        };
        serde_json::from_slice(&answer).map_err(|cause| {
            Error::new(
                ErrorKind::Browser,
                "browser",
                "an answer of the browser cannot be read",
            )
            .with("command", method)
            .because(cause)
        })
    }

    /// Says a command whose answer is of no interest.
    pub(in crate::browser) fn say<C: Command>(&self, session: Option<&str>, command: &C) {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        match encode(id, session, command) {
            Ok(message) => {
                tracing::trace!(id, session, command = %command.identifier(), "said");
                drop(self.0.out.send(message));
            }
            Err(error) => tracing::error!(%error, "a command was not sent"),
        }
    }

    /// The events of a session from now on; of the browser itself for `""`.
    pub(in crate::browser) fn listen(&self, session: &str) -> mpsc::UnboundedReceiver<Event> {
        let (sender, receiver) = mpsc::unbounded_channel();
        lock(&self.0.listeners).insert(session.to_owned(), sender);
        receiver
    }

    /// Has the events of `session` go to where those of `other` go.
    pub(in crate::browser) fn join(&self, session: &str, other: &str) {
        let mut listeners = lock(&self.0.listeners);
        if let Some(sender) = listeners.get(other).cloned() {
            listeners.insert(session.to_owned(), sender);
        }
    }

    /// Listens no more.
    pub(in crate::browser) fn forget(&self, session: &str) {
        lock(&self.0.listeners).remove(session);
    }
}

/// Frees the place for an answer nobody waits for any more.
struct Forget<'a> {
    inner: &'a Inner,
    id: u64,
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        lock(&self.inner.waiting).remove(&self.id);
    }
}

fn gone() -> Error {
    Error::new(ErrorKind::Browser, "browser", "the browser is gone").temporary()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn write(mut pipe: pipe::Sender, mut commands: mpsc::UnboundedReceiver<Vec<u8>>) {
    while let Some(command) = commands.recv().await {
        if pipe.write_all(&command).await.is_err() {
            return; // the reader sees the end, too
        }
    }
}

async fn read(mut pipe: pipe::Receiver, inner: Arc<Inner>) {
    let mut buffer = BytesMut::new();
    let mut searched = 0;
    loop {
        buffer.reserve(CHUNK);
        match pipe.read_buf(&mut buffer).await {
            Ok(1..) => {}
            Ok(0) | Err(_) => break,
        }
        while let Some(end) = memchr::memchr(0, buffer.get(searched..).unwrap_or_default()) {
            let frame = buffer.split_to(searched + end).freeze();
            buffer.advance(1);
            searched = 0;
            inner.take(&frame);
        }
        searched = buffer.len();
        if searched > LONGEST {
            tracing::error!("a message of the browser does not end");
            break;
        }
    }
    inner.end();
}

impl Inner {
    fn take(&self, frame: &Bytes) {
        match decode(frame) {
            Some(Message::Answer { id, answer }) => {
                if let Some(waiting) = lock(&self.waiting).remove(&id) {
                    let _ = waiting.send(answer); // nobody waits any more: just as well
                } else if let Err(refusal) = answer {
                    // A page that is gone refuses all that is still on its way to it.
                    tracing::debug!(id, message = refusal.message, "a command was refused");
                }
            }
            Some(Message::Event(event)) => {
                if let Some(listener) = lock(&self.listeners).get(&event.session) {
                    let _ = listener.send(event);
                }
            }
            None => tracing::debug!(
                bytes = frame.len(),
                "a message of the browser that cannot be read"
            ),
        }
    }

    /// The browser is gone: nobody waits for it any longer.
    fn end(&self) {
        self.ended.send_replace(true);
        lock(&self.waiting).clear();
        lock(&self.listeners).clear();
    }
}

#[cfg(test)]
mod tests;
