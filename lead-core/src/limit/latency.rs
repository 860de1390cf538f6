//! Whether a host's answers come as quickly as before.

use std::time::Duration;

/// The weight of the newest answer in the mean of the last ones.
const NEWEST: f64 = 0.3;
/// How much the best time fades an answer, so that a host that has become slower for good is not measured by its past.
const FADING: f64 = 1.01;
/// Differences below this many seconds are noise of the network, whatever the ratio.
const NOISE: f64 = 0.1;

/// How the last answers came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trend {
    /// As quickly as the best.
    Flat,
    /// A little slower: time to wait and see.
    Rising,
    /// At less than half the pace: it is too much for the host.
    Slow,
}

/// The times of a host's answers, in seconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Latency {
    /// The best, faded; 0 before the first.
    best: f64,
    /// The mean of the last ones.
    recent: f64,
}

impl Latency {
    /// An answer took so long.
    pub(super) fn note(&mut self, took: Duration) -> Trend {
        let took = took.as_secs_f64().max(1e-6);
        if self.best == 0.0 {
            *self = Self {
                best: took,
                recent: took,
            };
        }
        self.best = (self.best * FADING).min(took);
        self.recent += (took - self.recent) * NEWEST;
        if self.recent <= self.best * 1.5 + NOISE / 2.0 {
            Trend::Flat
        } else if self.recent <= self.best * 2.0 + NOISE {
            Trend::Rising
        } else {
            Trend::Slow
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(times: &[u64]) -> Trend {
        let mut latency = Latency::default();
        times.iter().fold(Trend::Flat, |_, millis| {
            latency.note(Duration::from_millis(*millis))
        })
    }

    #[test]
    fn answers_that_take_twice_as_long_are_slow() {
        assert_eq!(after(&[200, 210, 190, 250, 205]), Trend::Flat);
        assert_eq!(after(&[200, 200, 900]), Trend::Rising);
        assert_eq!(after(&[200, 200, 900, 900, 900]), Trend::Slow);
        assert_eq!(after(&[1, 1, 40, 40, 40]), Trend::Flat, "noise");
    }

    #[test]
    fn a_host_that_became_slower_for_good_is_measured_anew() {
        let mut times = vec![200; 5];
        times.extend([900; 200]);
        assert_eq!(after(&times), Trend::Flat);
    }
}
