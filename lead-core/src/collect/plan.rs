//! What a run would ask, and why.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lane::Lane;
use super::lanes::{believed, lanes};
use super::ledger::Wording;
use crate::plan::{Intent, Order, Taxonomy, Trade, Understanding, Variant, Why, understand};
use crate::record::{Area, BoundingBox, Query, SourceId};
use crate::seam::{Search, Source, Terms};

/// What a run would ask, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Plan {
    /// The query.
    pub query: Query,
    /// What its words mean.
    pub meaning: Meaning,
    /// The boxes that cover where it looks, when it says so itself; a place is looked up when the run begins.
    pub cells: Vec<BoundingBox>,
    /// The other words for it that sources are asked by which go by words.
    pub variants: Vec<Variant>,
    /// Whether the words are asked in the order below, each to its end; else by what they bring.
    pub fixed: bool,
    /// What is asked, in the order it is tried first.
    pub asks: Vec<Ask>,
}

/// What the words of a query mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Meaning {
    /// What is looked for.
    pub what: String,
    /// The place the words name.
    pub place: Option<String>,
    /// To what end.
    pub intent: Intent,
    /// The language of the words (ISO 639-1).
    pub language: Option<String>,
    /// The trades they name.
    pub trades: Vec<TradeClasses>,
}

/// A trade in four taxonomies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct TradeClasses {
    /// Tags of OpenStreetMap.
    pub osm: Vec<String>,
    /// Place types of Google Maps.
    pub google: Vec<String>,
    /// Categories of Overture Maps.
    pub overture: Vec<String>,
    /// Codes of NAICS 2022.
    pub naics: Vec<String>,
}

/// A source asked in one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Ask {
    /// The source.
    pub source: SourceId,
    /// The words.
    pub words: String,
    /// Where they come from; `None` for the query's own.
    pub why: Option<Why>,
    /// How many new businesses a request is believed to bring before it is asked; what it brings decides how long it is.
    pub believed: f64,
}

impl Plan {
    pub(super) fn of(query: Query, wording: &Wording, sources: &[Source]) -> Self {
        let asked = |source: &Source| source.info().terms != Terms::Own;
        let sources: Vec<Source> = sources.iter().filter(|source| asked(source)).cloned().collect();
        let mut asks: Vec<Ask> = lanes(&sources, wording)
            .map(|lane| Ask::of(&lane, &query))
            .collect();
        if wording.order != Order::Fixed {
            asks.sort_by(|a, b| b.believed.total_cmp(&a.believed));
        }
        Self {
            meaning: Meaning::of(&understand(&query.text)),
            cells: query.area.iter().flat_map(Area::cover).collect(),
            variants: wording.variants.clone(),
            fixed: wording.order == Order::Fixed,
            asks,
            query,
        }
    }
}

impl Meaning {
    fn of(meant: &Understanding) -> Self {
        Self {
            what: meant.what.to_string(),
            place: meant.place.as_ref().map(ToString::to_string),
            intent: meant.intent,
            language: meant.language.map(str::to_owned),
            trades: meant.trades.iter().map(|trade| TradeClasses::of(trade)).collect(),
        }
    }
}

impl TradeClasses {
    fn of(trade: &Trade) -> Self {
        Self {
            osm: trade.classes(Taxonomy::Osm),
            google: trade.classes(Taxonomy::Google),
            overture: trade.classes(Taxonomy::Overture),
            naics: trade.classes(Taxonomy::Naics),
        }
    }
}

impl Ask {
    fn of(lane: &Lane, query: &Query) -> Self {
        Self {
            source: lane.id.clone(),
            words: lane.query(query).text.to_string(),
            why: lane.variant.as_ref().map(|variant| variant.why.clone()),
            believed: believed(lane),
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Query    {}", self.query.text)?;
        write!(f, "{}", self.meaning)?;
        self.tell_where(f)?;
        if !self.variants.is_empty() {
            let words: Vec<&str> = self
                .variants
                .iter()
                .map(|variant| variant.text.as_str())
                .collect();
            writeln!(f, "Words    {}", words.join(", "))?;
        }
        let order = if self.fixed {
            "in this order, each to its end"
        } else {
            "what brings most new businesses a request is asked on; what brings nothing is dropped"
        };
        writeln!(f, "Asks     {order}")?;
        for ask in &self.asks {
            let why = ask
                .why
                .as_ref()
                .map_or_else(|| "the query's own words".to_owned(), told);
            writeln!(f, "         {:10} {:28} {why}", ask.source.as_str(), ask.words)?;
        }
        Ok(())
    }
}

impl Plan {
    fn tell_where(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.query.near, self.query.radius, self.cells.as_slice()) {
            (Some(place), Some(metres), _) => writeln!(f, "Where    {metres:.0} m around {place}"),
            (Some(place), None, _) => writeln!(f, "Where    {place}"),
            (None, _, []) => Ok(()),
            (None, _, cells) => {
                let boxes: Vec<String> = cells.iter().map(written).collect();
                writeln!(
                    f,
                    "Where    {}; what is cut off is parted in four",
                    boxes.join(" and ")
                )
            }
        }
    }
}

fn written(area: &BoundingBox) -> String {
    let [west, south, east, north] = (*area).into();
    format!("{west},{south},{east},{north}")
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Meaning  {}", self.what)?;
        if let Some(place) = &self.place {
            write!(f, ", place {place}")?;
        }
        if let Some(language) = &self.language {
            write!(f, ", language {language}")?;
        }
        if self.intent != Intent::Find {
            write!(f, ", intent {}", format!("{:?}", self.intent).to_lowercase())?;
        }
        writeln!(f)?;
        for trade in &self.trades {
            let classes = [
                ("osm", &trade.osm),
                ("google", &trade.google),
                ("overture", &trade.overture),
                ("naics", &trade.naics),
            ];
            let told: Vec<String> = classes
                .iter()
                .filter(|(_, classes)| !classes.is_empty())
                .map(|(name, classes)| format!("{name} {}", classes.join(" ")))
                .collect();
            writeln!(f, "Trade    {}", told.join(" · "))?;
        }
        Ok(())
    }
}

fn told(why: &Why) -> String {
    match why {
        Why::Bare => "what is looked for, alone".to_owned(),
        Why::Synonym => "another word for it".to_owned(),
        Why::Translation(language) => format!("in another language: {language}"),
        Why::Template(template) => format!("template: {template}"),
        Why::Given => "given".to_owned(),
        Why::Model => "a model proposed it".to_owned(),
    }
}
