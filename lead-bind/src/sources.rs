//! Which sources are asked: built-in ones by name, and those of the application.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use lead_core::record::{Query, SafeUrl, SourceId};
use lead_core::seam::{Batch, Context, Cursor, Search, Source, SourceInfo, Terms};
use lead_core::source::adapter::Quarantine;
use lead_core::source::osm::{Osm, OsmConfig};
use lead_core::source::own;
use lead_core::source::platforms::Platforms;
use lead_core::source::web_search::WebSearchOptions;
use lead_core::{Error, ErrorKind, Result, source};
use serde::Deserialize;
use tokio::sync::{mpsc, oneshot};

/// Where the built-in sources are.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Given {
    pub(crate) overpass_url: Option<String>,
    pub(crate) nominatim_url: Option<String>,
    pub(crate) searxng: Option<String>,
}

/// How platforms are asked, each by its id.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct GivenPlatforms {
    accept_terms: BTreeMap<String, String>,
    source_url: BTreeMap<String, String>,
    key: BTreeMap<String, String>,
    list_only: bool,
    quarantine: Option<PathBuf>,
    engine: Vec<String>,
    search_budget: Option<u32>,
}

impl fmt::Debug for GivenPlatforms {
    /// Without the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GivenPlatforms").finish_non_exhaustive()
    }
}

impl GivenPlatforms {
    /// How platforms are asked. `searxng` is where that of the user's is.
    pub(crate) fn read(&self, searxng: Option<&String>) -> Result<Platforms> {
        let mut platforms = Platforms::default();
        let urls = self.source_url.iter().map(|(id, url)| (id.clone(), url));
        let urls = urls.chain(searxng.map(|url| ("searxng".to_owned(), url)));
        platforms.base_urls = urls
            .map(|(id, url)| Ok((id, SafeUrl::parse(url)?)))
            .collect::<Result<_>>()?;
        platforms.accepted.clone_from(&self.accept_terms);
        platforms.keys.clone_from(&self.key);
        platforms.list_only = self.list_only;
        platforms.quarantine = self.quarantine.clone().map(Quarantine::new);
        platforms.engines.clone_from(&self.engine);
        if let Some(requests) = self.search_budget {
            platforms.search = WebSearchOptions::new().budget(requests);
        }
        Ok(platforms)
    }
}

impl Given {
    pub(crate) fn osm(&self) -> Result<Osm> {
        let mut config = OsmConfig::default();
        if let Some(url) = &self.overpass_url {
            config = config.overpass_url(url);
        }
        if let Some(url) = &self.nominatim_url {
            config = config.nominatim_url(url);
        }
        Osm::new(config)
    }

    /// The built-in source of a name.
    pub(crate) fn named(&self, name: &str, sites: Vec<SafeUrl>, platforms: &Platforms) -> Result<Source> {
        match name {
            "osm" => Ok(Source::new(self.osm()?)),
            "sites" => Ok(source::sites(sites)),
            "searxng" if !platforms.base_urls.contains_key(name) => Err(Error::invalid(
                "source",
                "`searxng` wants the address of an instance",
            )),
            _ => platforms.source(name).map_err(|error| match error.kind() {
                ErrorKind::NotFound => Error::invalid("source", "there is no such source")
                    .with("source", name.escape_debug())
                    .with("known", names().join(", ")),
                _ => error,
            }),
        }
    }
}

/// The names of sources that can be asked.
pub(crate) fn names() -> Vec<&'static str> {
    let mut names = source::ALL.to_vec();
    names.extend(Platforms::known());
    names.sort_unstable();
    names.dedup();
    names
}

/// A step of a source of the application's: the query and the cursor in, a batch out, all in JSON. What comes back is read by
/// [`own::batch`].
pub trait Ask: Send + Sync + 'static {
    /// Takes a step.
    fn step(&self, query: String, cursor: Option<String>) -> BoxFuture<'static, Result<String>>;
}

/// A source of the application's.
pub struct OwnSource {
    id: SourceId,
    info: SourceInfo,
    ask: Box<dyn Ask>,
}

/// What a source of the application's says of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    id: String,
    name: Option<String>,
    licence: Option<String>,
    attribution: Option<String>,
}

impl fmt::Debug for OwnSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnSource")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl OwnSource {
    /// A source of this card (`{"id": …, "name": …, "licence": …, "attribution": …}`) that is asked through `ask`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when the card cannot be read, or the id is none or that of a built-in source.
    pub fn new(card: &str, ask: impl Ask) -> Result<Self> {
        let card: Card = serde_json::from_str(card).map_err(|cause| {
            let told = cause.to_string();
            Error::invalid(
                "source",
                "a source has an id, and may have a name, a licence and an attribution",
            )
            .with("because", told.split(" at line ").next().unwrap_or_default())
        })?;
        let id = SourceId::new(&card.id)?;
        let is_platform = || source::adapters().any(|platform| platform == id.as_str());
        if id.as_str() == "web" || names().contains(&id.as_str()) || is_platform() {
            return Err(Error::invalid("source", "a built-in source has this id").with("id", id));
        }
        let mut info = SourceInfo::new(card.name.unwrap_or(card.id), Terms::Own);
        (info.licence, info.attribution) = (card.licence, card.attribution);
        Ok(Self {
            id,
            info,
            ask: Box::new(ask),
        })
    }
}

impl Search for OwnSource {
    fn id(&self) -> SourceId {
        self.id.clone()
    }

    fn info(&self) -> SourceInfo {
        self.info.clone()
    }

    async fn step(&self, _cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        let query = serde_json::to_string(query).map_err(|cause| {
            Error::new(ErrorKind::Internal, "source", "the query is no JSON").because(cause)
        })?;
        let answer = self.ask.step(query, at.map(|cursor| cursor.0.clone())).await?;
        let batch = own::batch(answer.as_bytes()).map_err(|error| error.with("source", &self.id))?;
        if batch.next.is_some() && batch.next.as_ref() == at {
            // Such a source would never come to its end.
            return Err(
                Error::invalid("source", "the next cursor is the one it was asked with")
                    .with("source", &self.id),
            );
        }
        Ok(batch)
    }
}

/// The error of a source's own code: its message, on one line.
pub fn application_error(source: &str, told: &str) -> Error {
    let line: String = told
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(300)
        .collect();
    Error::new(ErrorKind::Application, "source", line).with("source", source)
}

/// Steps that wait for a language that is asked and answers, instead of being called: Node.
#[derive(Clone, Debug)]
pub struct Questions {
    waiting: Arc<Mutex<BTreeMap<u64, oneshot::Sender<Result<String>>>>>,
    asked: Arc<tokio::sync::Mutex<mpsc::UnboundedReceiver<Question>>>,
    ask: Arc<Mutex<Option<mpsc::UnboundedSender<Question>>>>,
}

/// A step to take.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Question {
    /// To answer it by.
    id: u64,
    /// Which of the sources is asked, from 0.
    source: usize,
    query: String,
    cursor: Option<String>,
}

impl Default for Questions {
    fn default() -> Self {
        let (ask, asked) = mpsc::unbounded_channel();
        Self {
            waiting: Arc::default(),
            asked: Arc::new(tokio::sync::Mutex::new(asked)),
            ask: Arc::new(Mutex::new(Some(ask))),
        }
    }
}

impl Questions {
    /// The steps of one source.
    pub fn of(&self, source: usize) -> impl Ask {
        Asking {
            questions: self.clone(),
            source,
        }
    }

    /// The next step to take; `None` when nothing more is asked.
    pub async fn next(&self) -> Option<Question> {
        self.asked.lock().await.recv().await
    }

    /// Answers a step: a batch in JSON, or what the source's code failed with.
    pub fn answer(&self, id: u64, answer: Result<String>) {
        let waiting = self
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&id);
        // Whoever asked may have been stopped.
        let _ = waiting.map(|waiting| waiting.send(answer));
    }

    /// Nothing more is asked.
    pub fn end(&self) {
        self.ask.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

struct Asking {
    questions: Questions,
    source: usize,
}

impl Ask for Asking {
    fn step(&self, query: String, cursor: Option<String>) -> BoxFuture<'static, Result<String>> {
        let (tell, told) = oneshot::channel();
        let stopped = || Error::new(ErrorKind::Cancelled, "source", "the run was stopped");
        let sent = {
            let mut waiting = self
                .questions
                .waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let id = waiting.last_key_value().map_or(0, |(last, _)| last + 1);
            waiting.insert(id, tell);
            let question = Question {
                id,
                source: self.source,
                query,
                cursor,
            };
            let ask = self.questions.ask.lock().unwrap_or_else(PoisonError::into_inner);
            ask.as_ref().is_some_and(|ask| ask.send(question).is_ok())
        };
        Box::pin(async move {
            if !sent {
                return Err(stopped());
            }
            told.await.unwrap_or_else(|_| Err(stopped()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lead_core::seam::Fetcher;

    fn cx() -> Context {
        Context::new(Fetcher::http(&lead_core::fetch::FetchConfig::default()).unwrap())
    }

    #[tokio::test]
    async fn a_source_of_the_applications_is_asked_and_answers() {
        let questions = Questions::default();
        let source = OwnSource::new(r#"{"id": "guide"}"#, questions.of(0)).unwrap();
        let answering = questions.clone();
        let answers = tokio::spawn(async move {
            let mut answers = vec![
                Ok(r#"{"listings": [{"key": "1", "name": "Rossi"}], "next": "2"}"#.to_owned()),
                Ok(r#"{"next": "2"}"#.to_owned()),
                Err(application_error("guide", "ValueError:\nno")),
            ]
            .into_iter();
            while let Some(question) = answering.next().await {
                answering.answer(question.id, answers.next().unwrap());
            }
        });
        let query = Query::new("bakery").unwrap();
        let first = source.step(&cx(), &query, None).await.unwrap();
        assert_eq!(first.listings.len(), 1);
        let stuck = source.step(&cx(), &query, first.next.as_ref()).await.unwrap_err();
        assert_eq!(stuck.kind(), ErrorKind::InvalidInput, "{stuck}");
        let failed = source.step(&cx(), &query, None).await.unwrap_err();
        assert_eq!(failed.kind(), ErrorKind::Application);
        assert!(failed.to_string().contains("ValueError: no"), "{failed}");
        questions.end();
        let over = source.step(&cx(), &query, None).await.unwrap_err();
        assert_eq!(over.kind(), ErrorKind::Cancelled);
        answers.await.unwrap();
    }

    #[test]
    fn cards_that_mean_nothing_are_told() {
        for card in [
            r#"{"name": "x"}"#,
            r#"{"id": "osm"}"#,
            r#"{"id": "a b"}"#,
            r#"{"id": "a", "colour": 1}"#,
        ] {
            let refused = OwnSource::new(card, Questions::default().of(0)).unwrap_err();
            assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{card}");
        }
    }
}
