//! Running a program over the world.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::ast::{AreaOf, Bbox, Filter, Out, Program, Query, Statement};
use super::element::{self, Area, Element};
use crate::business::Business;
use crate::links::Links;
use crate::world::World;

/// A set of elements: indexes of businesses and ids of areas.
#[derive(Clone, Debug, Default)]
struct Set {
    businesses: BTreeSet<usize>,
    areas: BTreeSet<u64>,
}

struct Run<'a> {
    world: &'a World,
    links: Links,
    bbox: Option<Bbox>,
    sets: HashMap<String, Set>,
    elements: Vec<Value>,
}

/// The whole answer.
pub(super) fn run(world: &World, program: &Program, links: Links) -> Value {
    let mut run = Run {
        world,
        links,
        bbox: program.bbox,
        sets: HashMap::new(),
        elements: Vec::new(),
    };
    for statement in &program.statements {
        run.statement(statement);
    }
    json!({
        "version": 0.6,
        "generator": "Overpass API (generated web)",
        "osm3s": {
            "timestamp_osm_base": "2026-11-01T00:00:00Z",
            "copyright": "All elements of this answer are invented."
        },
        "elements": run.elements,
    })
}

impl Run<'_> {
    /// Runs a statement; gives what it put into its set, for unions.
    fn statement(&mut self, statement: &Statement) -> Set {
        match statement {
            Statement::Query(query) => {
                let found = self.query(query);
                self.sets.insert(query.into.clone(), found.clone());
                found
            }
            Statement::Union { items, into } => {
                let mut all = Set::default();
                for item in items {
                    let found = self.statement(item);
                    all.businesses.extend(found.businesses);
                    all.areas.extend(found.areas);
                }
                self.sets.insert(into.clone(), all.clone());
                all
            }
            Statement::Out(out) => {
                self.out(out);
                Set::default()
            }
            Statement::Recurse { into } => {
                self.sets.insert(into.clone(), Set::default());
                Set::default()
            }
            Statement::Set { from, into } => {
                let found = self.sets.get(from).cloned().unwrap_or_default();
                self.sets.insert(into.clone(), found.clone());
                found
            }
        }
    }

    fn query(&self, query: &Query) -> Set {
        if query.kind.area {
            let areas =
                element::areas().filter(|area| query.filters.iter().all(|filter| area_passes(*area, filter)));
            return Set {
                areas: areas.map(Area::id).collect(),
                ..Set::default()
            };
        }
        let own_box = query
            .filters
            .iter()
            .any(|filter| matches!(filter, Filter::Bbox(_)));
        let outer = self.bbox.filter(|_| !own_box);
        let wanted = |business: &&Business| {
            let Some(record) = &business.osm else { return false };
            let of_kind = if record.element == "node" {
                query.kind.node
            } else {
                query.kind.way
            };
            of_kind
                && outer.is_none_or(|bbox| bbox.holds(business))
                && query
                    .filters
                    .iter()
                    .all(|filter| self.place_passes(business, filter))
        };
        let businesses = self.world.businesses().iter().filter(wanted);
        // Tags last: they are made for each business anew.
        let tagged = businesses.filter(|business| {
            let quick = category_passes(business, &query.filters);
            quick
                && element::of(self.world, business, self.links).is_some_and(|element| {
                    query
                        .filters
                        .iter()
                        .all(|filter| tags_pass(&element.tags, filter))
                })
        });
        Set {
            businesses: tagged.map(|business| business.index).collect(),
            ..Set::default()
        }
    }

    /// Whether a business is where a filter wants it; filters of tags let all pass.
    fn place_passes(&self, business: &Business, filter: &Filter) -> bool {
        match filter {
            Filter::Bbox(bbox) => bbox.holds(business),
            Filter::Around { metres, lat, lon } => {
                distance(business.lat, business.lon, *lat, *lon) <= *metres
            }
            Filter::Poly(points) => inside(points, business.lat, business.lon),
            Filter::Ids(ids) => business
                .osm
                .as_ref()
                .is_some_and(|record| ids.contains(&record.id)),
            Filter::From(set) => self
                .sets
                .get(set)
                .is_some_and(|set| set.businesses.contains(&business.index)),
            Filter::Area(AreaOf::Id(id)) => {
                element::areas().any(|area| area.id() == *id && area.holds(business))
            }
            Filter::Area(AreaOf::Set(name)) => self.sets.get(name).is_some_and(|set| {
                element::areas().any(|area| set.areas.contains(&area.id()) && area.holds(business))
            }),
            _ => true,
        }
    }

    fn out(&mut self, out: &Out) {
        let name = if out.from.is_empty() {
            super::ast::DEFAULT_SET
        } else {
            &out.from
        };
        let set = self.sets.get(name).cloned().unwrap_or_default();
        let world = self.world;
        let mut found: Vec<Element> = set
            .businesses
            .iter()
            .filter_map(|index| world.business(*index))
            .filter_map(|business| element::of(world, business, self.links))
            .collect();
        found.sort_by_key(|element| (!element.is_node, element.id));
        if out.count {
            self.elements.push(count(&found, set.areas.len()));
            return;
        }
        let areas = element::areas().filter(|area| set.areas.contains(&area.id()));
        let areas = areas.map(|area| json!({"type": "area", "id": area.id(), "tags": tag_map(area.tags())}));
        let limit = out.limit.unwrap_or(usize::MAX);
        let written: Vec<Value> = found
            .into_iter()
            .map(|element| write(element, out))
            .chain(areas)
            .take(limit)
            .collect();
        self.elements.extend(written);
    }
}

fn count(found: &[Element], areas: usize) -> Value {
    let nodes = found.iter().filter(|element| element.is_node).count();
    let ways = found.len() - nodes;
    // The real service writes these figures as texts.
    let text = |number: usize| number.to_string();
    json!({"type": "count", "id": 0, "tags": {
        "nodes": text(nodes), "ways": text(ways), "relations": "0", "areas": text(areas), "total": text(found.len() + areas)}})
}

fn tag_map(tags: Vec<(&'static str, String)>) -> Map<String, Value> {
    tags.into_iter()
        .map(|(key, value)| (key.to_owned(), Value::String(value)))
        .collect()
}

fn write(element: Element, out: &Out) -> Value {
    let mut value = Map::new();
    value.insert(
        "type".to_owned(),
        json!(if element.is_node { "node" } else { "way" }),
    );
    value.insert("id".to_owned(), json!(element.id));
    if out.ids_only {
        return Value::Object(value);
    }
    // `tags` leaves the geometry out, unless `center` asks for it.
    if element.is_node && (!out.without_geometry || out.center) {
        value.insert("lat".to_owned(), json!(element.lat));
        value.insert("lon".to_owned(), json!(element.lon));
    } else if out.center {
        value.insert(
            "center".to_owned(),
            json!({"lat": element.lat, "lon": element.lon}),
        );
    }
    if out.meta {
        value.insert("timestamp".to_owned(), json!("2026-03-01T12:00:00Z"));
        value.insert("version".to_owned(), json!(1));
    }
    if !element.is_node && !out.without_geometry {
        let first = element.id * 4;
        value.insert("nodes".to_owned(), json!([first, first + 1, first + 2, first]));
    }
    if !out.without_tags {
        value.insert("tags".to_owned(), Value::Object(tag_map(element.tags)));
    }
    Value::Object(value)
}

impl Bbox {
    fn holds(self, business: &Business) -> bool {
        if self.west <= self.east {
            return business.is_within(self.south, self.west, self.north, self.east);
        }
        // Across the antimeridian.
        business.is_within(self.south, self.west, self.north, 180.0)
            || business.is_within(self.south, -180.0, self.north, self.east)
    }
}

/// A cheap look at the category before tags are made.
fn category_passes(business: &Business, filters: &[Filter]) -> bool {
    let (key, value) = business.category.osm;
    filters.iter().all(|filter| match filter {
        Filter::Is(wanted, is)
            if matches!(
                wanted.as_str(),
                "amenity" | "shop" | "craft" | "office" | "tourism" | "leisure"
            ) =>
        {
            wanted == key && is == value
        }
        _ => true,
    })
}

fn area_passes(area: Area, filter: &Filter) -> bool {
    match filter {
        Filter::Ids(ids) => ids.contains(&area.id()),
        other => tags_pass(&area.tags(), other),
    }
}

/// Whether tags satisfy a filter; filters of places let all pass.
fn tags_pass(tags: &[(&'static str, String)], filter: &Filter) -> bool {
    let get = |key: &str| {
        tags.iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value.as_str())
    };
    match filter {
        Filter::Has(key) => get(key).is_some(),
        Filter::HasNot(key) => get(key).is_none(),
        Filter::Is(key, wanted) => get(key) == Some(wanted),
        Filter::IsNot(key, wanted) => get(key) != Some(wanted),
        Filter::Like { key, value, not } => get(key).is_some_and(|text| value.is_match(text)) != *not,
        Filter::KeyLike { key, value } => tags
            .iter()
            .any(|(name, text)| key.is_match(name) && value.is_match(text)),
        _ => true,
    }
}

/// Metres between two places on a sphere of the Earth's mean radius (haversine).
pub(crate) fn distance(lat1: f64, lon1: f64, lat2: f64, lon2: f64) -> f64 {
    let (dlat, dlon) = ((lat2 - lat1).to_radians(), (lon2 - lon1).to_radians());
    let a = (dlat / 2.0).sin().powi(2)
        + lat1.to_radians().cos() * lat2.to_radians().cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * a.sqrt().min(1.0).asin()
}

/// Even-odd rule in the plane: good enough for polygons that cross no pole.
fn inside(points: &[(f64, f64)], lat: f64, lon: f64) -> bool {
    let mut within = false;
    let previous = points.iter().cycle().skip(points.len().saturating_sub(1));
    for ((lat1, lon1), (lat2, lon2)) in points.iter().zip(previous) {
        if (lat1 > &lat) != (lat2 > &lat) && lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1 {
            within = !within;
        }
    }
    within
}
