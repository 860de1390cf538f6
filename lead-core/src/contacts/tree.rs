//! The structured data of a page as one JSON value, and where in it each node stands.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use crate::page::{Document, Structured, Value};

/// Nodes nested deeper than this stand at the top instead: nobody reads further, and writing recurses.
const MAX_DEPTH: usize = 32;

/// Structured data as JSON: `{"nodes": […], "meta": {…}}`, both left out when empty.
pub(super) struct Tree<'a> {
    pub(super) json: Json,
    structured: &'a Structured,
    places: Vec<Option<Place>>,
}

/// Where in the JSON a node stands.
#[derive(Clone, Copy)]
enum Place {
    /// Among the nodes at the top.
    Top(usize),
    /// As the value of a property of another node: the node, and which of its properties.
    Value(usize, usize),
}

impl<'a> Tree<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let structured = document.structured();
        let mut writer = Writer {
            structured,
            places: vec![None; structured.nodes().len()],
        };
        let mut nodes = Vec::new();
        for (index, node) in structured.nodes().iter().enumerate() {
            if node.parent().is_none() {
                nodes.push(writer.node(index, Place::Top(nodes.len()), 0));
            }
        }
        // Nodes that only refer to each other in a circle, or hang too deep.
        for index in 0..structured.nodes().len() {
            if !writer.is_written(index) {
                nodes.push(writer.node(index, Place::Top(nodes.len()), 0));
            }
        }
        let mut json = Map::new();
        if !nodes.is_empty() {
            json.insert("nodes".to_owned(), Json::Array(nodes));
        }
        let meta = meta(document);
        if !meta.is_empty() {
            json.insert("meta".to_owned(), Json::Object(meta));
        }
        Self {
            json: Json::Object(json),
            structured,
            places: writer.places,
        }
    }

    /// The JSON pointer (RFC 6901) of a property of a node; of the node itself when the property is empty.
    pub(super) fn pointer(&self, node: usize, property: &str) -> String {
        let mut pointer = String::new();
        self.write_pointer(node, &mut pointer);
        if !property.is_empty() {
            write_step(property, &mut pointer);
        }
        pointer
    }

    /// Its recursion is as deep as the node, which is at most [`MAX_DEPTH`].
    fn write_pointer(&self, node: usize, pointer: &mut String) {
        match self.places.get(node).copied().flatten() {
            Some(Place::Top(place)) => {
                // Writing into a text cannot fail.
                let _ = write!(pointer, "/structured/nodes/{place}");
            }
            Some(Place::Value(owner, property)) => {
                self.write_pointer(owner, pointer);
                let owner = self.structured.nodes().get(owner);
                if let Some((name, _)) = owner.and_then(|owner| owner.properties().get(property)) {
                    write_step(name, pointer);
                }
            }
            None => {}
        }
    }

    /// The pointer of an entry of the head.
    #[expect(clippy::unused_self, reason = "pointers are the tree's to make")]
    pub(super) fn meta_pointer(&self, name: &str) -> String {
        let mut pointer = "/structured/meta".to_owned();
        write_step(name, &mut pointer);
        pointer
    }
}

/// One more step of a pointer (RFC 6901 §3).
fn write_step(name: &str, pointer: &mut String) {
    pointer.push('/');
    for c in name.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// OpenGraph with its businesses and places, Twitter cards and the description.
fn meta(document: &Document) -> Map<String, Json> {
    const KEPT: [&str; 4] = ["og:", "twitter:", "business:", "place:"];
    let kept = |name: &str| name == "description" || KEPT.iter().any(|prefix| name.starts_with(prefix));
    let mut map = Map::new();
    for entry in document.meta().entries().iter().filter(|entry| kept(&entry.name)) {
        map.entry(entry.name.clone())
            .or_insert_with(|| Json::String(entry.content.clone()));
    }
    map
}

struct Writer<'a> {
    structured: &'a Structured,
    places: Vec<Option<Place>>,
}

impl Writer<'_> {
    /// Whether a node has its place; one that is not there needs none.
    fn is_written(&self, index: usize) -> bool {
        self.places.get(index).is_none_or(Option::is_some)
    }

    fn node(&mut self, index: usize, place: Place, depth: usize) -> Json {
        if let Some(slot) = self.places.get_mut(index) {
            *slot = Some(place);
        }
        let Some(node) = self.structured.nodes().get(index) else {
            return Json::Null;
        };
        let mut map = Map::new();
        match node.types() {
            [] => {}
            [one] => {
                map.insert("@type".to_owned(), Json::String(one.clone()));
            }
            several => {
                map.insert(
                    "@type".to_owned(),
                    several.iter().cloned().map(Json::String).collect(),
                );
            }
        }
        if let Some(id) = node.id() {
            map.insert("@id".to_owned(), Json::String(id.to_owned()));
        }
        for (property, (name, value)) in node.properties().iter().enumerate() {
            let json = self.value(value, Place::Value(index, property), depth);
            match map.get_mut(name) {
                None => {
                    map.insert(name.clone(), json);
                }
                Some(Json::Array(list)) => list.push(json),
                Some(one) => {
                    let first = one.take();
                    *one = Json::Array(vec![first, json]);
                }
            }
        }
        Json::Object(map)
    }

    fn value(&mut self, value: &Value, place: Place, depth: usize) -> Json {
        match value {
            Value::Text(text) => Json::String(text.clone()),
            Value::Number(number) => Json::Number(number.clone()),
            Value::Bool(value) => Json::Bool(*value),
            Value::Node(id) => {
                let index = id.index();
                if self.is_written(index) || depth >= MAX_DEPTH {
                    let id = self.structured.node(*id).and_then(|node| node.id());
                    return Json::Object(
                        id.map(|id| ("@id".to_owned(), Json::String(id.to_owned())))
                            .into_iter()
                            .collect(),
                    );
                }
                self.node(index, place, depth + 1)
            }
        }
    }
}
