//! Words that a language model proposes: any server that speaks OpenAI's chat completions, hosted or on one's own machine.
//! API: <https://platform.openai.com/docs/api-reference/chat>.

use std::fmt;

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Distinct, Variant, Why};
use crate::plan::Understanding;
use crate::record::SafeUrl;
use crate::seam::{Fetcher, Purpose, Request};
use crate::{Error, ErrorKind, Result};

/// More words than these are not taken from one answer, and none longer.
const MOST: usize = 24;
const LONGEST: usize = 60;

/// What the model is told.
const TASK: &str = "You name words under which businesses list themselves. Answer with one JSON object and nothing else: \
    {\"words\": [\"…\"]}. At most 24 entries, each a short search phrase for exactly the kind of business asked for: synonyms, \
    special trades that belong to it, and what it is called in the languages spoken at the place. No places, no names of \
    businesses.";

/// A chat model that may propose words for a query.
#[derive(Clone)]
pub struct Model {
    address: SafeUrl,
    name: String,
    key: Option<String>,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model")
            .field("address", &self.address)
            .field("name", &self.name)
            .field("key", &self.key.as_ref().map(|_| "…"))
            .finish()
    }
}

#[derive(Deserialize)]
struct Answer {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

#[derive(Deserialize)]
struct Proposed {
    words: Vec<Value>,
}

impl Model {
    /// The model `name` of the server at `base_url` (`https://api.openai.com/v1`).
    ///
    /// # Errors
    /// [`ErrorKind::Config`] when that is no address.
    pub fn new(base_url: &str, name: impl Into<String>) -> Result<Self> {
        let address = format!("{}/chat/completions", base_url.trim_end_matches('/'));
        let address = SafeUrl::parse(&address).map_err(|cause| {
            Error::new(ErrorKind::Config, "model", "the base URL cannot be used").because(cause)
        })?;
        Ok(Self {
            address,
            name: name.into(),
            key: None,
        })
    }

    /// The key it is asked with. A server of one's own that wants none takes any.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Words it proposes for what a query means, each once; none of them is made up here. One request.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] without a key: nothing is asked; those of fetching; [`ErrorKind::Decode`] when the answer is none.
    pub async fn propose(&self, fetcher: &Fetcher, meant: &Understanding) -> Result<Vec<Variant>> {
        let response = fetcher.fetch(self.request(meant)?).await?.error_for_status()?;
        let mut all = Distinct::beside(&meant.text);
        for word in words(&response.body)? {
            all.add(&word, Why::Model);
        }
        Ok(all.variants)
    }

    fn request(&self, meant: &Understanding) -> Result<Request> {
        let wrong = |message: &str| Error::new(ErrorKind::Config, "model", message);
        let key = self.key.as_ref().filter(|key| !key.is_empty());
        let key = key.ok_or_else(|| wrong("not configured: there is no key"))?;
        let mut bearer = HeaderValue::from_str(&format!("Bearer {key}"))
            .map_err(|_| wrong("the key holds characters that no key has"))?;
        bearer.set_sensitive(true);
        let place = meant.place.as_ref().map_or("anywhere", |place| place.as_str());
        let asked = format!("Kind of business: {}\nPlace: {place}", meant.what);
        let body = json!({
            "model": self.name,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": TASK}, {"role": "user", "content": asked}],
        });
        let mut request = Request::get(self.address.clone())
            .purpose(Purpose::Api)
            .header(AUTHORIZATION, bearer)
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        request.method = Method::POST;
        request.body = body.to_string().into();
        Ok(request)
    }
}

/// The words of an answer. Models wrap what they are asked for in fences and sentences: the outermost object counts.
fn words(body: &[u8]) -> Result<Vec<String>> {
    let decode = |message: &str| Error::new(ErrorKind::Decode, "model", message);
    let answer: Answer =
        serde_json::from_slice(body).map_err(|cause| decode("this is no chat completion").because(cause))?;
    let content = answer
        .choices
        .into_iter()
        .find_map(|choice| choice.message.content);
    let content = content.ok_or_else(|| decode("the model said nothing"))?;
    let object = content
        .find('{')
        .zip(content.rfind('}'))
        .and_then(|(from, to)| content.get(from..=to))
        .ok_or_else(|| decode("the model did not answer with JSON"))?;
    let proposed: Proposed = serde_json::from_str(object)
        .map_err(|cause| decode("the model's JSON has no list of words").because(cause))?;
    let good = |word: &String| word.chars().count() <= LONGEST;
    let texts = proposed.words.iter().filter_map(Value::as_str).map(str::to_owned);
    Ok(texts.filter(good).take(MOST).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::plan::understand;
    use crate::seam::{Fetch, Response};

    /// A server that answers one thing, and remembers what it was asked.
    #[derive(Clone, Debug)]
    struct Server {
        status: u16,
        body: String,
        asked: Arc<Mutex<Vec<Request>>>,
    }

    impl Server {
        fn new(status: u16, body: impl Into<String>) -> Self {
            Self {
                status,
                body: body.into(),
                asked: Arc::default(),
            }
        }

        fn says(content: &str) -> Self {
            Self::new(
                200,
                json!({"choices": [{"message": {"content": content}}]}).to_string(),
            )
        }

        async fn propose(&self, model: &Model) -> Result<Vec<String>> {
            let meant = understand(&"best dentists in Lyon".parse().unwrap());
            let variants = model.propose(&Fetcher::new(self.clone()), &meant).await?;
            assert!(variants.iter().all(|variant| variant.why == Why::Model));
            Ok(variants
                .into_iter()
                .map(|variant| variant.text.to_string())
                .collect())
        }
    }

    impl Fetch for Server {
        async fn fetch(&self, request: Request) -> Result<Response> {
            self.asked.lock().unwrap().push(request.clone());
            let status = StatusCode::from_u16(self.status).unwrap();
            let at = "2026-01-01T00:00:00Z".parse().unwrap();
            Ok(Response::new(
                request.url,
                status,
                HeaderMap::new(),
                self.body.clone().into(),
                at,
            ))
        }
    }

    fn model() -> Model {
        Model::new("http://127.0.0.1:9/v1/", "tiny").unwrap().key("k")
    }

    #[tokio::test]
    async fn proposals_are_taken_once_each_and_only_good_ones() {
        let long = "x".repeat(61);
        let said = json!({"words": ["dentistes", "Orthodontists", "dentiste", 7, "", "best dentists in Lyon", long, "endodontists"]});
        for content in [said.to_string(), format!("Sure!\n```json\n{said}\n```\nMore?")] {
            let server = Server::says(&content);
            let words = server.propose(&model()).await.unwrap();
            assert_eq!(words, ["dentistes", "Orthodontists", "endodontists"]);
            let asked = server.asked.lock().unwrap();
            let body: Value = serde_json::from_slice(&asked[0].body).unwrap();
            assert_eq!(
                (asked[0].method.as_str(), asked[0].url.as_str()),
                ("POST", "http://127.0.0.1:9/v1/chat/completions")
            );
            assert!(
                body["messages"][1]["content"]
                    .as_str()
                    .unwrap()
                    .contains("dentists\nPlace: Lyon")
            );
        }
    }

    #[tokio::test]
    async fn errors_and_malformed_answers_are_told() {
        for (status, body, kind) in [
            (401, "{}", ErrorKind::Blocked),
            (429, "{}", ErrorKind::RateLimited),
            (500, "oops", ErrorKind::HttpStatus),
            (200, "<html>", ErrorKind::Decode),
            (200, r#"{"choices": []}"#, ErrorKind::Decode),
            (
                200,
                r#"{"choices": [{"message": {"content": null}}]}"#,
                ErrorKind::Decode,
            ),
        ] {
            let error = Server::new(status, body).propose(&model()).await.unwrap_err();
            assert_eq!(error.kind(), kind, "{body}");
        }
        for content in [
            "I cannot help with that.",
            "}{",
            r#"{"word": "x"}"#,
            r#"{"words": "x"}"#,
        ] {
            let error = Server::says(content).propose(&model()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode, "{content}");
        }
    }

    #[tokio::test]
    async fn without_a_key_nothing_is_asked_and_no_key_is_told() {
        let server = Server::says("{}");
        for model in [
            Model::new("http://a.test", "tiny").unwrap(),
            model().key(""),
            model().key("a\nb"),
        ] {
            assert_eq!(
                server.propose(&model).await.unwrap_err().kind(),
                ErrorKind::Config
            );
        }
        assert!(server.asked.lock().unwrap().is_empty());
        assert!(!format!("{:?}", model().key("hunter2")).contains("hunter2"));
        assert_eq!(
            Model::new("file:///x", "m").unwrap_err().kind(),
            ErrorKind::Config
        );
    }
}
