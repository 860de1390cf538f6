//! A thing that structured data speaks of, and what it says.

use std::borrow::Cow;

use super::Structured;
use crate::page::element::ElementId;

/// A node's place among [`Structured::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The index among [`Structured::nodes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The notation a node was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// `<script type="application/ld+json">`.
    JsonLd,
    /// `itemscope`, `itemprop`.
    Microdata,
    /// `typeof`, `property`.
    Rdfa,
}

/// A value of a property.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, an address or a date: the notations do not tell them apart.
    Text(String),
    /// A number, in JSON-LD only.
    Number(serde_json::Number),
    /// A truth value, in JSON-LD only.
    Bool(bool),
    /// Another node. Nodes may refer to each other in a circle: whoever follows them counts his steps.
    Node(NodeId),
}

impl Value {
    /// The value as text; `None` for a node.
    pub fn to_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::Bool(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Self::Node(_) => None,
        }
    }

    /// The value as a number, also when it is written as text (`"4.5"`).
    pub fn to_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            Self::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Bool(_) | Self::Node(_) => None,
        }
    }

    /// The node it refers to.
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Self::Node(id) => Some(*id),
            _ => None,
        }
    }
}

/// A thing with types and properties. Names of schema.org are bare (`LocalBusiness`, `telephone`), others whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub(super) types: Vec<String>,
    pub(super) id: Option<String>,
    pub(super) properties: Vec<(String, Value)>,
    pub(super) origin: Origin,
    pub(super) element: ElementId,
    pub(super) parent: Option<NodeId>,
}

impl Node {
    pub(super) fn new(origin: Origin, element: ElementId) -> Self {
        Self {
            types: Vec::new(),
            id: None,
            properties: Vec::new(),
            origin,
            element,
            parent: None,
        }
    }

    /// Its types, in the order of the source.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// Whether it has a type.
    pub fn has_type(&self, name: &str) -> bool {
        self.types.iter().any(|own| own == name)
    }

    /// Its `@id` or `itemid`, as written.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its properties, in the order of the source; a name may stand several times.
    pub fn properties(&self) -> &[(String, Value)] {
        &self.properties
    }

    /// The values of a property.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Value> {
        self.properties
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, value)| value)
    }

    /// The first value of a property.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.properties
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value)
    }

    /// The first value of a property that is text or can be written as text, white space around it removed; not empty.
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut values = self.properties.iter().filter(|(own, _)| own == name);
        values.find_map(|(_, value)| match value.to_text()? {
            Cow::Borrowed(text) => Some(Cow::Borrowed(text.trim())).filter(|text| !text.is_empty()),
            owned @ Cow::Owned(_) => Some(owned),
        })
    }

    /// The nodes that are values of a property.
    pub fn nodes<'a>(&'a self, name: &'a str, of: &'a Structured) -> impl Iterator<Item = &'a Node> {
        self.all(name)
            .filter_map(Value::node)
            .filter_map(|id| of.node(id))
    }

    /// The notation it was written in.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The element it was written in: the script, or the element with `itemscope` or `typeof`. Leads to block and locator.
    pub fn element(&self) -> ElementId {
        self.element
    }

    /// The first node it is a value of.
    pub fn parent(&self) -> Option<NodeId> {
        self.parent
    }
}

/// The bare name of a schema.org term; other names stay as they are.
pub(super) fn bare(term: &str) -> &str {
    const PREFIXES: [&str; 5] = [
        "https://schema.org/",
        "http://schema.org/",
        "https://www.schema.org/",
        "http://www.schema.org/",
        "schema:",
    ];
    let term = term.trim();
    PREFIXES
        .iter()
        .find_map(|prefix| term.strip_prefix(prefix))
        .unwrap_or(term)
}
