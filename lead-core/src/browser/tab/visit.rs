//! A visit: to the address, until the page is what is wanted, and read.

use std::time::Duration;

use chromiumoxide_cdp::cdp::browser_protocol::page::{NavigateParams, NavigateReturns};
use tokio::time::Instant;

use super::Tab;
use super::evaluate::World;
use super::press::MOST;
use super::state::{Head, left, wait};
use crate::browser::gateway::OURS;
use crate::browser::live::LiveConfig;
use crate::browser::wait::{Until, Wait};
use crate::seam::{Picture, Shot};
use crate::{Error, ErrorKind, Result};

const QUIET: &str = include_str!("../scripts/quiet.js");
const APPEARS: &str = include_str!("../scripts/appears.js");
const SCROLL: &str = include_str!("../scripts/scroll.js");

/// Time to scroll once through a page.
const THROUGH: Duration = Duration::from_secs(5);

/// How a page is visited.
#[derive(Debug)]
pub(in crate::browser) struct How<'a> {
    pub(in crate::browser) wait: Wait,
    /// Selectors of buttons: pressed once, and pressed each.
    pub(in crate::browser) press: &'a [String],
    pub(in crate::browser) reveal: &'a [String],
    pub(in crate::browser) live: &'a LiveConfig,
    /// Whether a picture is kept.
    pub(in crate::browser) keep: bool,
    /// Whether pictures that may show a number are kept.
    pub(in crate::browser) shots: bool,
}

/// What came of a visit.
#[derive(Debug)]
pub(in crate::browser) enum Visited {
    /// The server sent something that is no page, or on to another one.
    Sent(Head),
    /// The page itself wants to go on.
    Onward(Head, String),
    /// The page.
    Page(Read),
}

/// A page as it was read.
#[derive(Debug)]
pub(in crate::browser) struct Read {
    pub(in crate::browser) head: Head,
    pub(in crate::browser) html: String,
    /// What did not come in time.
    pub(in crate::browser) unmet: Option<String>,
    pub(in crate::browser) picture: Option<Picture>,
    pub(in crate::browser) shots: Vec<Shot>,
}

impl Tab {
    /// Visits `url`.
    ///
    /// # Errors
    /// [`ErrorKind::Network`] and others as the way out tells; [`ErrorKind::Browser`] when the page or the browser crashes;
    /// [`ErrorKind::Timeout`] when it cannot be read; [`ErrorKind::TooLarge`] when it loads too much.
    pub(in crate::browser) async fn visit(
        &mut self,
        url: &str,
        how: &How<'_>,
        end: Instant,
    ) -> Result<Visited> {
        let connection = self.session.connection().clone();
        let visited = tokio::select! {
            visited = self.visited(url, how, end) => visited,
            () = connection.ended() => Err(gone()),
        };
        if self.gateway.traffic().is_too_much() {
            let message = "the page loads more than allowed";
            return Err(Error::new(ErrorKind::TooLarge, "browser", message));
        }
        visited
    }

    async fn visited(&mut self, url: &str, how: &How<'_>, end: Instant) -> Result<Visited> {
        let opened = self
            .session
            .call_within(NavigateParams::new(url), left(end))
            .await;
        if let Some(over) = self.over()? {
            return Ok(over);
        }
        if let Some(empty) = self.empty(&opened) {
            return Ok(empty);
        }
        self.check(opened)?;
        let mut unmet = self.until(&how.wait, end).await?;
        if let Some(over) = self.over()? {
            return Ok(over);
        }
        self.press(how.press, 1, &how.wait, end).await?;
        if unmet.is_none() && how.wait.scrolls > 0 {
            unmet = self.scroll(&how.wait, end).await?;
        }
        self.press(how.reveal, MOST, &how.wait, end).await?;
        if let Some(over) = self.over()? {
            return Ok(over);
        }
        let html = self.html().await?;
        let (picture, shots) = self.seen(&html, url, how).await;
        let head = self.state.borrow().head.clone();
        let head = head.ok_or_else(|| {
            Error::new(ErrorKind::Network, "browser", "the server sent no page").temporary()
        })?;
        Ok(Visited::Page(Read {
            head,
            html,
            unmet,
            picture,
            shots,
        }))
    }

    /// The pictures that are wanted. They are no part of the page: without them it is as good.
    async fn seen(&self, html: &str, url: &str, how: &How<'_>) -> (Option<Picture>, Vec<Shot>) {
        let picture = self.portray(html, url, how.live, how.keep).await;
        let picture = picture.unwrap_or_else(|error| {
            tracing::debug!(%error, "a page was not portrayed");
            None
        });
        if !how.shots {
            return (picture, Vec::new());
        }
        let shots = self.shots(html, url).await.unwrap_or_else(|error| {
            tracing::debug!(%error, "the pictures of a page were not seen");
            Vec::new()
        });
        (picture, shots)
    }

    /// A refusal without a word: the browser shows a page of its own in its place.
    fn empty(&self, opened: &Result<NavigateReturns>) -> Option<Visited> {
        let told = opened.as_ref().ok()?.error_text.as_deref()?;
        if !told.ends_with("ERR_HTTP_RESPONSE_CODE_FAILURE") || self.is_ours() {
            return None;
        }
        let head = self.state.borrow().head.clone();
        head.map(Visited::Sent)
    }

    /// Whether the page came about; why not, as far as the way out knows.
    fn check(&self, opened: Result<NavigateReturns>) -> Result<()> {
        let told = match opened {
            Ok(NavigateReturns {
                error_text: Some(told),
                ..
            }) => told,
            Ok(_) if self.is_ours() => String::new(),
            Ok(_) => return Ok(()),
            Err(error) if error.kind() == ErrorKind::Timeout => {
                let message = "the page did not come in time";
                return Err(Error::new(ErrorKind::Timeout, "browser", message).temporary());
            }
            Err(error) => return Err(error),
        };
        Err(self.gateway.traffic().failure().unwrap_or_else(|| {
            let message = "the page could not be loaded";
            Error::new(ErrorKind::Network, "browser", message)
                .temporary()
                .with("error", told)
        }))
    }

    /// Whether the answer is our own way out's: no server was reached.
    fn is_ours(&self) -> bool {
        let state = self.state.borrow();
        state
            .head
            .as_ref()
            .is_some_and(|head| head.headers.contains_key(OURS))
    }

    /// What ended the visit before the page was read.
    fn over(&self) -> Result<Option<Visited>> {
        let state = self.state.borrow();
        if state.crashed {
            return Err(Error::new(ErrorKind::Browser, "browser", "the page crashed").temporary());
        }
        if let Some(why) = &state.unread {
            let message = "what the server sent is no page, and could not be read";
            return Err(Error::new(ErrorKind::Network, "browser", message)
                .temporary()
                .with("error", why));
        }
        Ok(match (&state.head, &state.onward) {
            (Some(head), _) if head.ends => Some(Visited::Sent(head.clone())),
            (Some(head), Some(onward)) => Some(Visited::Onward(head.clone(), onward.clone())),
            _ => None,
        })
    }

    /// Waits as the settings say. Gives what did not come.
    async fn until(&mut self, how: &Wait, end: Instant) -> Result<Option<String>> {
        if !wait(&mut self.state, end, |state| state.loaded).await {
            return Ok(self.unless_over("load"));
        }
        let (met, what) = match &how.until {
            Until::Load => (true, String::new()),
            Until::Quiet => (self.quiet(how.quiet, true, true, end).await?, "quiet".to_owned()),
            Until::DomQuiet => (
                self.quiet(how.quiet, true, false, end).await?,
                "dom_quiet".to_owned(),
            ),
            Until::NetworkQuiet => (
                self.quiet(how.quiet, false, true, end).await?,
                "network_quiet".to_owned(),
            ),
            Until::Selector(selector) => {
                let text = serde_json::to_string(selector).unwrap_or_default();
                let test = format!("() => document.querySelector({text}) !== null");
                (self.appears(&test, end).await?, format!("selector {selector}"))
            }
            Until::Predicate(predicate) => {
                let test = format!("() => Boolean({predicate})");
                (self.appears(&test, end).await?, "predicate".to_owned())
            }
        };
        Ok(if met { None } else { self.unless_over(&what) })
    }

    /// `what` did not come, unless the visit is over and waits for nothing.
    fn unless_over(&self, what: &str) -> Option<String> {
        (!self.state.borrow().is_over()).then(|| what.to_owned())
    }

    /// Waits until nothing moves: in the document, on the network, or both. Whether it came to that.
    pub(super) async fn quiet(
        &mut self,
        still: Duration,
        dom: bool,
        network: bool,
        end: Instant,
    ) -> Result<bool> {
        loop {
            if network && !wait(&mut self.state, end, |state| state.under_way == 0).await {
                return Ok(false);
            }
            let begun = self.state.borrow().begun;
            if dom {
                let arguments = format!("{}, {}", still.as_millis(), left(end).as_millis());
                if !self.world(QUIET, &arguments, end).await? {
                    return Ok(false);
                }
            } else {
                tokio::time::sleep_until(end.min(Instant::now() + still)).await;
            }
            let state = self.state.borrow();
            if state.is_over() || Instant::now() >= end {
                return Ok(false);
            }
            if !network || (state.begun == begun && state.under_way == 0) {
                return Ok(true);
            }
        }
    }

    async fn appears(&mut self, test: &str, end: Instant) -> Result<bool> {
        let arguments = format!("{test}, {}", left(end).as_millis());
        self.world(APPEARS, &arguments, end).await
    }

    /// Runs a script that waits. A document that goes away meanwhile, as when a page loads itself anew, has it run again in
    /// the next one.
    async fn world(&mut self, script: &str, arguments: &str, end: Instant) -> Result<bool> {
        loop {
            let reloads = self.state.borrow().reloads;
            let world = World::new(&self.session, &self.frame).await?;
            let limit = left(end);
            let mut state = self.state.clone();
            let answered = tokio::select! {
                answered = world.call(script, arguments, limit) => answered,
                _ = state.wait_for(|state| state.is_over() || state.reloads > reloads) => Ok(false),
            };
            let anew = self.state.borrow().reloads > reloads;
            match answered {
                Ok(met) if !anew => return Ok(met),
                Err(error) if !anew => return Err(error),
                _ => {}
            }
            if !wait(&mut self.state, end, |state| state.loaded).await {
                return Ok(false);
            }
        }
    }

    /// Scrolls through the page until that brings nothing more.
    async fn scroll(&mut self, how: &Wait, end: Instant) -> Result<Option<String>> {
        let mut before: Option<u64> = None;
        for _ in 0..how.scrolls {
            let world = World::new(&self.session, &self.frame).await?;
            let begun = self.state.borrow().begun;
            let limit = THROUGH.min(left(end));
            let there: u64 = world.call(SCROLL, &limit.as_millis().to_string(), limit).await?;
            let asked = self.state.borrow().begun > begun;
            if asked && !self.quiet(how.quiet, true, true, end).await? {
                return Ok(self.unless_over("scrolling"));
            }
            if !asked && before.is_none_or(|before| there <= before) {
                return Ok(None);
            }
            before = Some(there);
        }
        Ok(None)
    }
}

fn gone() -> Error {
    Error::new(ErrorKind::Browser, "browser", "the browser is gone").temporary()
}
