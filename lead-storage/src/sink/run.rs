//! Once, or until told to stop.

use std::time::Duration;

use futures::future::{join_all, try_join_all};
use lead_core::{Error, ErrorStatus, Result};
use tokio::sync::watch;

use super::Sinks;
use super::sinks::{Configured, Report};
use super::work::Turn;

/// A worker that found nothing to do looks again after this, and so does one whose backend is busy.
const NAP: Duration = Duration::from_secs(1);

impl Sinks {
    /// Hands on what is due, each sink by itself, until nothing is left that is due, or the sink takes nothing now.
    ///
    /// Cancel-safe: what was under way is handed on again when its lease runs out, in five minutes.
    ///
    /// # Errors
    /// Those of the store and the queue; what a sink says is never one.
    pub async fn deliver(&self) -> Result<Report> {
        let all: Vec<_> = self.configured.iter().map(|sink| self.deliver_to(sink)).collect();
        let mut sum = Report::default();
        try_join_all(all)
            .await?
            .into_iter()
            .for_each(|report| sum.add(report));
        Ok(sum)
    }

    async fn deliver_to(&self, sink: &Configured) -> Result<Report> {
        let mut report = Report::default();
        while let Turn::Worked = self.turn(sink, &mut report).await? {}
        Ok(report)
    }

    /// One pass, and what is due then.
    ///
    /// # Errors
    /// As [`Sinks::pass`] and [`Sinks::deliver`].
    pub async fn once(&self) -> Result<Report> {
        let queued = self.pass().await?;
        let mut report = self.deliver().await?;
        report.queued = queued;
        Ok(report)
    }

    /// A pass every so often, and whatever is due meanwhile, until `stop` comes; batches that are under way are ended in good order.
    /// A store or queue that is busy is asked again.
    ///
    /// # Errors
    /// What does not pass: those of the store, the queue and the state that are not temporary.
    pub async fn run(&self, every: Duration, stop: impl Future<Output = ()>) -> Result<Report> {
        let (tell, told) = &watch::channel(Signal::default());
        let workers: Vec<_> = self
            .configured
            .iter()
            .map(|sink| self.work(sink, tell, told.clone()))
            .collect();
        let work = async {
            let (passes, workers) = tokio::join!(self.passes(every, tell, told.clone()), join_all(workers));
            let mut sum = passes?;
            for report in workers {
                sum.add(report?);
            }
            Ok::<_, Error>(sum)
        };
        let mut work = std::pin::pin!(work);
        tokio::select! {
            done = &mut work => return done,
            () = stop => {}
        }
        tell.send_modify(|signal| signal.stop = true);
        work.await
    }

    async fn passes(
        &self,
        every: Duration,
        tell: &watch::Sender<Signal>,
        told: watch::Receiver<Signal>,
    ) -> Result<Report> {
        ended(self.pass_again(every, tell, told).await, tell)
    }

    async fn pass_again(
        &self,
        every: Duration,
        tell: &watch::Sender<Signal>,
        mut told: watch::Receiver<Signal>,
    ) -> Result<Report> {
        let mut report = Report::default();
        loop {
            let queued = tokio::select! {
                queued = self.pass() => queued,
                () = stopped(&mut told) => return Ok(report),
            };
            match queued {
                Ok(0) => {}
                Ok(queued) => {
                    report.queued += queued;
                    tell.send_modify(|signal| signal.queued += queued);
                }
                Err(error) => passing(error)?,
            }
            if nap(every, &mut told).await {
                return Ok(report);
            }
        }
    }

    async fn work(
        &self,
        sink: &Configured,
        tell: &watch::Sender<Signal>,
        told: watch::Receiver<Signal>,
    ) -> Result<Report> {
        ended(self.turns(sink, told).await, tell)
    }

    async fn turns(&self, sink: &Configured, mut told: watch::Receiver<Signal>) -> Result<Report> {
        let mut report = Report::default();
        while !told.borrow_and_update().stop {
            match self.turn(sink, &mut report).await {
                Ok(Turn::Worked) => {}
                Ok(Turn::Down(pause)) => {
                    nap(pause, &mut told).await;
                }
                // Woken by what is queued, too; what was left over comes due without a word.
                Ok(Turn::Idle) => {
                    let _ = tokio::time::timeout(NAP, told.changed()).await;
                }
                Err(error) => {
                    passing(error)?;
                    nap(NAP, &mut told).await;
                }
            }
        }
        Ok(report)
    }
}

/// What is told to those who work.
#[derive(Debug, Default)]
struct Signal {
    stop: bool,
    /// How much was queued so far.
    queued: u64,
}

/// Waits; whether it was told to stop meanwhile.
async fn nap(rest: Duration, told: &mut watch::Receiver<Signal>) -> bool {
    tokio::time::timeout(rest, stopped(told)).await.is_ok()
}

async fn stopped(told: &mut watch::Receiver<Signal>) {
    // Whoever tells is there as long as this is asked; should it not be, that is a stop too.
    let _ = told.wait_for(|signal| signal.stop).await;
}

/// One that ends with an error ends the others.
fn ended(result: Result<Report>, tell: &watch::Sender<Signal>) -> Result<Report> {
    if result.is_err() {
        tell.send_modify(|signal| signal.stop = true);
    }
    result
}

/// An error that may pass is no end.
fn passing(error: Error) -> Result<()> {
    if error.status() == ErrorStatus::Permanent {
        return Err(error);
    }
    Ok(())
}
