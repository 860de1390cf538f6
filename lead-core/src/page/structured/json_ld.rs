//! JSON-LD (W3C JSON-LD 1.1), as far as pages use it: without fetching contexts and without expansion.
//!
//! Objects become nodes, `@graph`, lists, `@list` and `@set` are opened, `@value` objects become their value, and an
//! object that is only an `@id` becomes a reference to the node of that id (in any block of the page), or text when there
//! is none. Prefixes of schema.org are removed; other vocabularies keep their names.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Structured;
use super::json::{self, Json, Room};
use super::mend;
use super::node::{Node, NodeId, Origin, Value, bare};
use crate::page::attribute::AttrName;
use crate::page::document::Document;
use crate::page::element::{Element, ElementId};
use crate::page::span::small;
use crate::page::warning::{Warning, WarningKind};

/// The most values of a document that are read: those of some thousand businesses. Pages have some hundred.
const MAX_VALUES: usize = 50_000;

/// Reads every JSON-LD block of the document.
pub(super) fn read(document: &Document, into: &mut Structured) {
    let room = Room::new(MAX_VALUES);
    for (script, content) in document.scripts() {
        if is_json_ld(&script) && !content.trim().is_empty() {
            if room.left() > 0 {
                read_block(script, content, &room, into);
            }
            if room.left() == 0 {
                let message = format!("JSON-LD beyond {MAX_VALUES} values is not read");
                let warning = Warning::new(WarningKind::TooMuchJsonLd, message);
                into.warnings.push(warning.at(script.source_offset()));
                break;
            }
        }
    }
    link_references(into);
}

fn is_json_ld(script: &Element<'_>) -> bool {
    let kind = script.attr(AttrName::Type).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/ld+json")
}

fn read_block(script: Element<'_>, content: &str, room: &Room, into: &mut Structured) {
    let text = mend::unwrapped(content);
    let left = room.left();
    let (mut values, mut fault) = json::read_all(text, room);
    let mended;
    if let Some(strict) = fault.take() {
        mended = mend::mended(text);
        room.back_to(left);
        let (again, still) = json::read_all(&mended, room);
        let (kind, message) = match &still {
            None => (
                WarningKind::MendedJsonLd,
                format!("a JSON-LD block was mended: {strict}"),
            ),
            Some(error) => (
                WarningKind::MalformedJsonLd,
                format!("a JSON-LD block is malformed: {error}"),
            ),
        };
        into.warnings
            .push(Warning::new(kind, message).at(script.source_offset()));
        values = again;
    }
    let mut reader = Reader {
        nodes: &mut into.nodes,
        element: script.id(),
    };
    for value in values {
        reader.top(value);
    }
}

/// Turns JSON into nodes. Its recursion is as deep as the JSON, which is at most 128.
struct Reader<'a> {
    nodes: &'a mut Vec<Node>,
    element: ElementId,
}

impl Reader<'_> {
    fn top(&mut self, value: Json<'_>) {
        match value {
            Json::List(items) => items.into_iter().for_each(|item| self.top(item)),
            Json::Object(members) => {
                self.object(members, None);
            }
            _ => {}
        }
    }

    /// Makes a node of an object; `None` when it says nothing of its own (only `@context` and `@graph`).
    fn object(&mut self, members: Vec<(Cow<'_, str>, Json<'_>)>, parent: Option<NodeId>) -> Option<NodeId> {
        let says_something = members
            .iter()
            .any(|(name, _)| name != "@context" && name != "@graph");
        let own = says_something.then(|| {
            let id = NodeId(small(self.nodes.len()));
            let mut node = Node::new(Origin::JsonLd, self.element);
            node.parent = parent;
            self.nodes.push(node);
            id
        });
        for (name, value) in members {
            self.member(own, &name, value);
        }
        own
    }

    fn member(&mut self, own: Option<NodeId>, name: &str, value: Json<'_>) {
        match (name, own) {
            ("@graph" | "@included" | "@reverse", _) => self.top(value),
            ("@context" | "@language" | "@index" | "@version" | "@vocab", _) | (_, None) => {}
            ("@id" | "id", Some(own)) => self.set_id(own, value, name),
            ("@type" | "type", Some(own)) => self.set_types(own, value, name),
            (name, Some(own)) => self.values(own, name, value),
        }
    }

    fn set_id(&mut self, own: NodeId, value: Json, name: &str) {
        match value {
            Json::Text(id) if name == "@id" => {
                if let Some(node) = self.nodes.get_mut(own.index()) {
                    node.id = Some(id.into_owned());
                }
            }
            other => self.values(own, name, other),
        }
    }

    fn set_types(&mut self, own: NodeId, value: Json, name: &str) {
        let names = match value {
            Json::Text(one) => vec![Json::Text(one)],
            Json::List(several) => several,
            other => return self.values(own, name, other),
        };
        let Some(node) = self.nodes.get_mut(own.index()) else {
            return;
        };
        for name in names {
            if let Json::Text(name) = name {
                node.types.push(bare(&name).to_owned());
            }
        }
    }

    /// The values of a property: lists are opened, `null` is none.
    fn values(&mut self, own: NodeId, name: &str, value: Json<'_>) {
        let value = match value {
            Json::List(items) => return items.into_iter().for_each(|item| self.values(own, name, item)),
            Json::Object(members) => return self.object_value(own, name, members),
            Json::Null => return,
            Json::Bool(value) => Value::Bool(value),
            Json::Number(number) => Value::Number(number),
            Json::Text(text) => Value::Text(text.into_owned()),
        };
        self.push(own, name, value);
    }

    fn object_value(&mut self, own: NodeId, name: &str, mut members: Vec<(Cow<'_, str>, Json<'_>)>) {
        let wrapped = members
            .iter()
            .position(|(key, _)| matches!(&**key, "@value" | "@list" | "@set"));
        if let Some(wrapped) = wrapped {
            let (_, inner) = members.swap_remove(wrapped);
            return self.values(own, name, inner);
        }
        if let Some(id) = self.object(members, Some(own)) {
            self.push(own, name, Value::Node(id));
        }
    }

    fn push(&mut self, own: NodeId, name: &str, value: Value) {
        if let Some(node) = self.nodes.get_mut(own.index()) {
            node.properties.push((bare(name).to_owned(), value));
        }
    }
}

/// Points references at what they refer to, and takes the nodes that were nothing but a reference out of the tree.
fn link_references(structured: &mut Structured) {
    let mut by_id: HashMap<String, NodeId> = HashMap::new();
    for (index, node) in structured.nodes.iter().enumerate() {
        if let Some(id) = node.id.as_ref().filter(|_| !is_reference(node)) {
            by_id.entry(id.clone()).or_insert(NodeId(small(index)));
        }
    }
    let replaced: Vec<Option<Value>> = structured
        .nodes
        .iter()
        .map(|node| stands_for(node, &by_id))
        .collect();
    let mut parents: Vec<(NodeId, NodeId)> = Vec::new();
    for (index, node) in structured.nodes.iter_mut().enumerate() {
        for (_, value) in &mut node.properties {
            let target = value.node().and_then(|id| replaced.get(id.index())?.clone());
            if let Some(target) = target {
                parents.extend(target.node().map(|child| (child, NodeId(small(index)))));
                *value = target;
            }
        }
    }
    for (child, parent) in parents {
        if let Some(node) = structured.nodes.get_mut(child.index()) {
            node.parent.get_or_insert(parent);
        }
    }
    drop_references(structured, &replaced);
}

/// Nothing but an `@id`: it only points.
fn is_reference(node: &Node) -> bool {
    node.properties.is_empty() && node.types.is_empty() && node.id.is_some()
}

fn stands_for(node: &Node, by_id: &HashMap<String, NodeId>) -> Option<Value> {
    let id = node.id.as_ref().filter(|_| is_reference(node))?;
    Some(
        by_id
            .get(id)
            .map_or_else(|| Value::Text(id.clone()), |target| Value::Node(*target)),
    )
}

/// Removes the nodes that were replaced, and renumbers the others.
fn drop_references(structured: &mut Structured, replaced: &[Option<Value>]) {
    if replaced.iter().all(Option::is_none) {
        return;
    }
    let mut places: Vec<Option<NodeId>> = Vec::with_capacity(replaced.len());
    let mut next = 0;
    for gone in replaced {
        places.push(gone.is_none().then_some(NodeId(next)));
        next += u32::from(gone.is_none());
    }
    let place = |id: NodeId| places.get(id.index()).copied().flatten();
    let mut index = 0;
    structured.nodes.retain(|_| {
        index += 1;
        places.get(index - 1).is_some_and(Option::is_some)
    });
    for node in &mut structured.nodes {
        node.parent = node.parent.and_then(place);
        for (_, value) in &mut node.properties {
            if let Some(moved) = value.node().and_then(place) {
                *value = Value::Node(moved);
            }
        }
    }
}
