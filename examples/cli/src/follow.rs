//! Following a run to its end: bars, failures, Ctrl-C.

use std::collections::HashSet;

use futures::{Stream, StreamExt};
use lead_core::collect::Run;
use lead_core::record::{Lead, LeadId};
use lead_core::seam::{Event, Failure, Store, Summary};
use lead_core::{ErrorKind, Result};

use crate::Exit;
use crate::app::App;
use crate::bars::Bars;
use crate::exit::{Tally, exit_of, hint_for};
use crate::halt::Outcome;

/// What a run came to.
pub(crate) struct Followed {
    pub(crate) summary: Summary,
    /// Leads that came to be or changed, in the order they first did.
    touched: Vec<LeadId>,
    /// The failure that ended it before its end.
    fatal: Option<ErrorKind>,
    tally: Tally,
    interrupted: bool,
}

impl Followed {
    /// How the command ended.
    pub(crate) fn exit(&self) -> Exit {
        let mut tally = self.tally;
        tally.done = self.summary.listings + self.summary.pages;
        match self.fatal {
            _ if self.interrupted => Exit::Interrupted,
            Some(kind) => exit_of(kind),
            None => tally.exit(),
        }
    }

    /// Whether it was stopped, by the user or by a failure.
    pub(crate) fn stopped(&self) -> bool {
        self.summary.stopped
    }

    /// The leads it touched as they are now, each once, at most `limit`; and how many there are.
    pub(crate) async fn leads(&self, store: &Store, limit: usize) -> Result<(Vec<Lead>, usize)> {
        let (mut leads, mut seen) = (Vec::new(), HashSet::new());
        for id in &self.touched {
            // A lead that went into another is found under the other's id.
            let lead = store.get(*id).await?.filter(|lead| seen.insert(lead.id));
            leads.extend(lead.filter(|_| leads.len() < limit));
        }
        Ok((leads, seen.len()))
    }
}

/// The next event of a run. The first Ctrl-C stops it in good order.
pub(crate) async fn next<E>(
    app: &App,
    run: &mut (impl Stream<Item = E> + Unpin),
    stop: impl Fn(),
    interrupted: &mut bool,
) -> Option<E> {
    loop {
        tokio::select! {
            event = run.next() => return event,
            () = app.interrupt.asked(1), if !*interrupted => {
                *interrupted = true;
                app.screen.remark("Stopping; what was found is kept. Ctrl-C again stops at once.");
                stop();
            }
        }
    }
}

/// Follows `run` to its end. The first Ctrl-C stops it in good order. `each` sees every event.
pub(crate) async fn follow(
    app: &mut App,
    mut run: Run,
    mut each: impl FnMut(&mut App, &Event) -> Outcome<()>,
) -> Outcome<Followed> {
    let mut followed = Followed {
        summary: Summary::default(),
        touched: Vec::new(),
        fatal: None,
        tally: Tally::default(),
        interrupted: false,
    };
    let (mut bars, mut known, mut hinted) = (Bars::new(&app.screen), HashSet::new(), HashSet::new());
    let stop = run.stopper();
    while let Some(event) = next(app, &mut run, &stop, &mut followed.interrupted).await {
        bars.event(&event);
        each(app, &event)?;
        match event {
            Event::Lead { lead, .. } if known.insert(lead.id) => followed.touched.push(lead.id),
            Event::Failed(failure) => {
                let kind = failure.kind();
                tell(
                    app,
                    &failure,
                    hinted.insert(kind).then(|| hint_for(kind)).flatten(),
                );
                followed.tally.failed(kind);
                followed.fatal = (failure.what == "collect").then_some(kind);
            }
            Event::Blocked(failure) => app.screen.detail(&failure),
            Event::Done(summary) => followed.summary = summary,
            _ => {}
        }
    }
    Ok(followed)
}

pub(crate) fn tell(app: &App, failure: &Failure, hint: Option<&str>) {
    app.screen.failure(failure);
    if let Some(hint) = hint {
        app.screen.hint(hint);
    }
}
