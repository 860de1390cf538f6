//! The structured data of a page as one JSON value, and where in it each node stands.

use serde_json::{Map, Value as Json};

use crate::page::{Document, Structured, Value};

/// Nodes nested deeper than this stand at the top instead: nobody reads further, and writing recurses.
const MAX_DEPTH: usize = 32;

/// Structured data as JSON: `{"nodes": […], "meta": {…}}`, both left out when empty.
pub(super) struct Tree {
    pub(super) json: Json,
    /// The JSON pointer (RFC 6901) of each node.
    pointers: Vec<Option<String>>,
}

impl Tree {
    pub(super) fn of(document: &Document) -> Self {
        let structured = document.structured();
        let mut writer = Writer {
            structured,
            pointers: vec![None; structured.nodes().len()],
        };
        let mut nodes = Vec::new();
        let roots = structured.nodes().iter().map(|node| node.parent().is_none());
        let roots: Vec<bool> = roots.collect();
        for (index, _) in roots.iter().enumerate().filter(|(_, root)| **root) {
            let pointer = format!("/structured/nodes/{}", nodes.len());
            nodes.push(writer.node(index, &pointer, 0));
        }
        // Nodes that only refer to each other in a circle, or hang too deep.
        while let Some(index) = writer.pointers.iter().position(Option::is_none) {
            let pointer = format!("/structured/nodes/{}", nodes.len());
            nodes.push(writer.node(index, &pointer, 0));
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
            pointers: writer.pointers,
        }
    }

    /// The pointer of a property of a node; of the node itself when the property is empty.
    pub(super) fn pointer(&self, node: usize, property: &str) -> String {
        let node = self
            .pointers
            .get(node)
            .and_then(Option::as_deref)
            .unwrap_or_default();
        if property.is_empty() {
            node.to_owned()
        } else {
            format!("{node}/{}", escape(property))
        }
    }

    /// The pointer of an entry of the head.
    #[expect(clippy::unused_self, reason = "pointers are the tree's to make")]
    pub(super) fn meta_pointer(&self, name: &str) -> String {
        format!("/structured/meta/{}", escape(name))
    }
}

/// RFC 6901 §3.
fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
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
    pointers: Vec<Option<String>>,
}

impl Writer<'_> {
    fn node(&mut self, index: usize, pointer: &str, depth: usize) -> Json {
        if let Some(slot) = self.pointers.get_mut(index) {
            *slot = Some(pointer.to_owned());
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
        for (name, value) in node.properties() {
            let place = format!("{pointer}/{}", escape(name));
            let json = self.value(value, &place, depth);
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

    fn value(&mut self, value: &Value, pointer: &str, depth: usize) -> Json {
        match value {
            Value::Text(text) => Json::String(text.clone()),
            Value::Number(number) => Json::Number(number.clone()),
            Value::Bool(value) => Json::Bool(*value),
            Value::Node(id) => {
                let index = id.index();
                let written = self.pointers.get(index).is_none_or(Option::is_some);
                if written || depth >= MAX_DEPTH {
                    let id = self.structured.node(*id).and_then(|node| node.id());
                    return Json::Object(
                        id.map(|id| ("@id".to_owned(), Json::String(id.to_owned())))
                            .into_iter()
                            .collect(),
                    );
                }
                self.node(index, pointer, depth + 1)
            }
        }
    }
}
