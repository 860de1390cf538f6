//! Elements by tag. Language: <https://wiki.openstreetmap.org/wiki/Overpass_API/Overpass_QL>.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use super::OsmConfig;
use crate::plan::categories;
use crate::record::{BoundingBox, GeoPoint, Query};
use crate::seam::{Context, Purpose, Reject, Request};
use crate::{Error, ErrorKind, Result};

/// One element of an answer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Element {
    /// `node/1`, `way/2`, `relation/3`.
    pub id: String,
    /// Where it lies: its own point or its centre.
    pub point: Option<GeoPoint>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

#[cfg(feature = "open-data")]
impl Element {
    /// An element that was read elsewhere.
    pub(in crate::source) fn new(
        id: String,
        point: Option<GeoPoint>,
        tags: BTreeMap<String, String>,
    ) -> Self {
        Self { id, point, tags }
    }
}

/// An answer: what could be read, and what could not.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Answer {
    /// The elements with tags.
    pub elements: Vec<Element>,
    /// Elements that could not be read.
    pub rejects: Vec<Reject>,
}

#[derive(Deserialize)]
struct RawAnswer {
    elements: Answer,
    remark: Option<String>,
}

/// Elements are taken apart one by one: as trees of JSON all together they would be many times as large as the answer.
impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ElementsVisitor)
    }
}

struct ElementsVisitor;

impl<'de> Visitor<'de> for ElementsVisitor {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of elements")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Answer, A::Error> {
        let mut answer = Answer::default();
        let mut index = 0_usize;
        while let Some(value) = list.next_element::<Value>()? {
            match element(value) {
                Ok(element) if element.tags.is_empty() => {}
                Ok(element) => answer.elements.push(element),
                Err(cause) => answer.rejects.push(Reject {
                    entry: format!("/elements/{index}"),
                    reason: cause.to_string(),
                }),
            }
            index += 1;
        }
        Ok(answer)
    }
}

#[derive(Deserialize)]
struct RawElement {
    #[serde(rename = "type")]
    kind: String,
    id: i64,
    lat: Option<f64>,
    lon: Option<f64>,
    center: Option<RawPoint>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Deserialize)]
struct RawPoint {
    lat: Option<f64>,
    lon: Option<f64>,
}

/// Reads a JSON answer. Elements without tags (the nodes of a way) are passed over.
///
/// # Errors
/// [`ErrorKind::Decode`] when it is not such an answer; [`ErrorKind::Timeout`] (temporary) when Overpass says in its remark
/// that it ran out of time or memory: the status is 200 then, and what it gave is only a part.
pub fn parse_answer(json: &[u8]) -> Result<Answer> {
    let decode =
        |cause| Error::new(ErrorKind::Decode, "overpass", "not an answer of Overpass").because(cause);
    let raw: RawAnswer = serde_json::from_slice(json).map_err(decode)?;
    if let Some(remark) = raw.remark.filter(|remark| remark.contains("runtime error")) {
        let remark: String = remark.chars().take(200).collect();
        return Err(Error::new(ErrorKind::Timeout, "overpass", "Overpass gave up")
            .temporary()
            .with("remark", remark));
    }
    Ok(raw.elements)
}

fn element(value: Value) -> Result<Element> {
    let raw: RawElement = serde_json::from_value(value)
        .map_err(|cause| Error::new(ErrorKind::Decode, "overpass", format!("not an element: {cause}")))?;
    if !matches!(raw.kind.as_str(), "node" | "way" | "relation") {
        // Areas and the like are no places of business.
        return Ok(Element {
            id: String::new(),
            point: None,
            tags: BTreeMap::new(),
        });
    }
    // A centre may be empty: an element whose nodes were not asked for.
    let centre = raw.center.and_then(|centre| centre.lat.zip(centre.lon));
    let point = raw
        .lat
        .zip(raw.lon)
        .or(centre)
        .and_then(|(lat, lon)| GeoPoint::new(lat, lon).ok());
    Ok(Element {
        id: format!("{}/{}", raw.kind, raw.id),
        point,
        tags: raw.tags,
    })
}

/// The question, in Overpass QL.
pub(super) fn question(config: &OsmConfig, query: &Query, area: BoundingBox) -> String {
    let (south_west, north_east) = (area.south_west, area.north_east);
    let mut text = format!(
        "[out:json][timeout:{}][bbox:{},{},{},{}];(",
        config.timeout_seconds,
        south_west.latitude(),
        south_west.longitude(),
        north_east.latitude(),
        north_east.longitude(),
    );
    let named = categories(&query.text);
    for category in &named {
        let _ = write!(text, "nwr[\"{}\"=\"{}\"];", category.key, category.value);
    }
    if named.is_empty() {
        let _ = write!(
            text,
            "nwr[\"name\"~\"{}\",i];",
            quoted(&pattern(query.text.as_str()))
        );
    }
    let _ = write!(text, ");out center tags {};", limit(config, query));
    text
}

/// How many elements to ask for.
pub(super) fn limit(config: &OsmConfig, query: &Query) -> usize {
    query.max.map_or(config.most, |max| max.min(config.most))
}

/// The words as a regular expression that finds them to the letter.
pub(super) fn pattern(words: &str) -> String {
    words.chars().fold(String::new(), |mut pattern, c| {
        if !c.is_alphanumeric() && c != ' ' && c.is_ascii() {
            pattern.push('\\');
        }
        pattern.push(c);
        pattern
    })
}

/// Within the quotes of Overpass QL.
pub(super) fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Asks Overpass.
pub(super) async fn ask(
    cx: &Context,
    config: &OsmConfig,
    query: &Query,
    area: BoundingBox,
) -> Result<Answer> {
    answer(cx, config, &question(config, query, area)).await
}

/// What Overpass answers to a question.
pub(super) async fn answer(cx: &Context, config: &OsmConfig, question: &str) -> Result<Answer> {
    let request = Request::post_form(config.overpass()?, [("data", question)]).purpose(Purpose::Api);
    let response = cx.fetcher().fetch(request).await?.error_for_status()?;
    parse_answer(&response.body)
}
