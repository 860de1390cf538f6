//! Which engine is asked next, and how far each has come.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::health::Health;
use crate::clock::Timestamp;
use crate::seam::{Batch, Cursor};
use crate::source::adapter::Stand;
use crate::{Error, ErrorKind, Result};

/// An engine under way.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Engine {
    id: String,
    health: Health,
    asked: u32,
    /// Whether it has told all it knows, or must be left alone for good.
    done: bool,
    /// Whether it is done though it knows more.
    #[serde(default)]
    cut: bool,
    stand: Stand,
}

/// The engines of a search, and what they have told: the cursor.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Rotation {
    engines: Vec<Engine>,
    /// Requests of engines that are asked no more.
    #[serde(default)]
    spent: u32,
    /// What was given before, so that two engines that know the same site give it once.
    seen: BTreeSet<String>,
}

impl Rotation {
    pub(super) fn new(ids: impl Iterator<Item = String>) -> Self {
        let engines = ids
            .map(|id| Engine {
                id,
                ..Engine::default()
            })
            .collect();
        Self {
            engines,
            spent: 0,
            seen: BTreeSet::new(),
        }
    }

    /// The rotation of a cursor, with these engines: others than before when the search goes on with others.
    pub(super) fn read(cursor: &Cursor, ids: impl Iterator<Item = String>) -> Result<Self> {
        let mut before: Self = serde_json::from_str(&cursor.0)
            .map_err(|cause| Error::invalid("web_search", "not a cursor of this source").because(cause))?;
        let mut rotation = Self::new(ids);
        for engine in &mut rotation.engines {
            if let Some(known) = before.engines.iter().position(|known| known.id == engine.id) {
                *engine = before.engines.swap_remove(known);
            }
        }
        rotation.spent = before.spent + before.engines.iter().map(|engine| engine.asked).sum::<u32>();
        rotation.seen = before.seen;
        Ok(rotation)
    }

    pub(super) fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }

    /// Requests so far.
    pub(super) fn asked(&self) -> u32 {
        self.spent + self.engines.iter().map(|engine| engine.asked).sum::<u32>()
    }

    /// Whether no engine has more to say.
    pub(super) fn is_over(&self) -> bool {
        self.engines.iter().all(|engine| engine.done)
    }

    /// Whether some engine knows more than was asked of it.
    pub(super) fn is_cut(&self) -> bool {
        self.engines.iter().any(|engine| engine.cut || !engine.done)
    }

    /// The engine to ask: health over how often it was asked, so that healthy ones take turns and others are asked as much
    /// more rarely as they are worse.
    pub(super) fn next(&self, now: Timestamp) -> Option<String> {
        let awake = self
            .engines
            .iter()
            .filter(|engine| !engine.done && engine.health.rest(now).is_none());
        let worth = |engine: &Engine| engine.health.now(now) / (1.0 + f64::from(engine.asked));
        // Of equals the first: the user's order is a preference.
        let best = awake.fold(None::<&Engine>, |best, engine| match best {
            Some(best) if worth(best) >= worth(engine) => Some(best),
            _ => Some(engine),
        });
        best.map(|engine| engine.id.clone())
    }

    /// How long until an engine may be asked again.
    pub(super) fn rest(&self, now: Timestamp) -> Duration {
        let rests = self.engines.iter().filter(|engine| !engine.done);
        rests
            .filter_map(|engine| engine.health.rest(now))
            .min()
            .unwrap_or_default()
    }

    pub(super) fn stand(&self, id: &str) -> Stand {
        let engine = self.engines.iter().find(|engine| engine.id == id);
        engine.map(|engine| engine.stand.clone()).unwrap_or_default()
    }

    /// An engine gave a page, and says where it goes on.
    pub(super) fn answered(&mut self, id: &str, page: &Batch, next: Option<Stand>, now: Timestamp) {
        let Some(engine) = self.engine(id) else { return };
        engine.asked += 1;
        // An empty answer is the end of what it knows: nothing it could be blamed or praised for.
        if !page.listings.is_empty() {
            engine.health.answered(now);
        }
        (engine.done, engine.cut) = (next.is_none(), page.cut);
        engine.stand = next.unwrap_or_default();
    }

    /// An engine failed. What its robots.txt or its adapter cannot do is not tried again.
    pub(super) fn failed(&mut self, id: &str, error: &Error, now: Timestamp) {
        const FOR_GOOD: [ErrorKind; 5] = [
            ErrorKind::RobotsDenied,
            ErrorKind::GuardRefused,
            ErrorKind::InvalidInput,
            ErrorKind::Config,
            ErrorKind::Unsupported,
        ];
        let Some(engine) = self.engine(id) else { return };
        engine.asked += 1;
        engine.done = FOR_GOOD.contains(&error.kind());
        engine.cut = engine.done;
        engine.health.failed(error, now);
    }

    /// Whether a result was not given before.
    pub(super) fn is_new(&mut self, key: &str) -> bool {
        self.seen.insert(key.to_owned())
    }

    fn engine(&mut self, id: &str) -> Option<&mut Engine> {
        self.engines.iter_mut().find(|engine| engine.id == id)
    }
}
