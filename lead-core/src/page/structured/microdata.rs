//! Microdata: the WHATWG HTML standard, section 5.
//!
//! One departure, since schema.org and the search engines read it so: a `content` attribute gives the value on any
//! element, not on `<meta>` alone.

use std::collections::HashMap;

use super::Structured;
use super::node::{Node, NodeId, Origin, Value, bare};
use crate::page::attribute::AttrName;
use crate::page::document::Document;
use crate::page::element::Element;
use crate::page::link;
use crate::page::span::small;
use crate::page::tag::Tag;
use crate::page::warning::{Warning, WarningKind};

/// Reads every item of the document.
pub(super) fn read(document: &Document, into: &mut Structured) {
    let mut reader = Reader {
        document,
        scopes: HashMap::new(),
        referred: HashMap::new(),
    };
    reader.items(into);
    if reader.scopes.is_empty() {
        return;
    }
    reader.references(into);
    for element in document.items() {
        if let Some(names) = element.attr(AttrName::Itemprop) {
            reader.property(element, &names, into);
        }
    }
}

struct Reader<'a> {
    document: &'a Document,
    /// The item of each element that has `itemscope`.
    scopes: HashMap<u32, NodeId>,
    /// The items that refer to an element by `itemref`.
    referred: HashMap<u32, Vec<NodeId>>,
}

impl Reader<'_> {
    fn items(&mut self, into: &mut Structured) {
        for element in self.document.items() {
            if element.attr(AttrName::Itemscope).is_none() {
                continue;
            }
            let mut node = Node::new(Origin::Microdata, element.id());
            let types = element.attr(AttrName::Itemtype).unwrap_or_default();
            node.types = types
                .split_ascii_whitespace()
                .map(|one| bare(one).to_owned())
                .collect();
            node.id = element.attr(AttrName::Itemid).map(|id| id.trim().to_owned());
            self.scopes.insert(element.index, NodeId(small(into.nodes.len())));
            into.nodes.push(node);
        }
    }

    /// Finds the elements that `itemref` names. The ids of the document are listed only when one is asked for.
    fn references(&mut self, into: &mut Structured) {
        let mut ids: Option<HashMap<String, u32>> = None;
        let document = self.document;
        for element in document.items() {
            let (Some(names), Some(node)) =
                (element.attr(AttrName::Itemref), self.scopes.get(&element.index))
            else {
                continue;
            };
            let ids = ids.get_or_insert_with(|| ids_of(document));
            for name in names.split_ascii_whitespace() {
                match ids.get(name) {
                    Some(index) => self.referred.entry(*index).or_default().push(*node),
                    None => into.warnings.push(
                        Warning::new(WarningKind::MalformedMicrodata, "an itemref names no element")
                            .at(element.source_offset()),
                    ),
                }
            }
        }
    }

    /// Gives a property to the item around it and to the items that refer to something around it.
    fn property(&self, element: Element<'_>, names: &str, into: &mut Structured) {
        let value = match self.scopes.get(&element.index) {
            Some(node) => Value::Node(*node),
            None => Value::Text(value_of(element)),
        };
        for owner in self.owners(element) {
            if let Value::Node(child) = value
                && let Some(node) = into.nodes.get_mut(child.index())
            {
                node.parent.get_or_insert(owner);
            }
            let Some(node) = into.nodes.get_mut(owner.index()) else {
                continue;
            };
            let properties = names
                .split_ascii_whitespace()
                .map(|name| (bare(name).to_owned(), value.clone()));
            node.properties.extend(properties);
        }
    }

    fn owners(&self, element: Element<'_>) -> Vec<NodeId> {
        let mut owners: Vec<NodeId> = self.referred.get(&element.index).cloned().unwrap_or_default();
        for around in element.ancestors() {
            if let Some(scope) = self.scopes.get(&around.index) {
                owners.push(*scope);
                break;
            }
            owners.extend(self.referred.get(&around.index).into_iter().flatten());
        }
        owners
    }
}

/// The first element of each id.
fn ids_of(document: &Document) -> HashMap<String, u32> {
    let mut ids = HashMap::new();
    for attribute in document
        .attributes()
        .filter(|attribute| attribute.kind() == AttrName::Id)
    {
        ids.entry(attribute.value().into_owned())
            .or_insert(attribute.element);
    }
    ids
}

/// The value by the kind of element (section 5.2.4).
pub(super) fn value_of(element: Element<'_>) -> String {
    if let Some(content) = element.attr(AttrName::Content) {
        return content.trim().to_owned();
    }
    let by_attribute = match element.tag() {
        Tag::Meta => return String::new(),
        Tag::Audio | Tag::Embed | Tag::Iframe | Tag::Img | Tag::Source | Tag::Track | Tag::Video => {
            address(element, AttrName::Src)
        }
        Tag::A | Tag::Area | Tag::Link => address(element, AttrName::Href),
        Tag::Data | Tag::Meter => element.attr(AttrName::Value).map(|value| value.trim().to_owned()),
        Tag::Time => element
            .attr(AttrName::Datetime)
            .map(|value| value.trim().to_owned()),
        _ => None,
    };
    by_attribute.unwrap_or_else(|| element.text().to_owned())
}

/// An address, resolved where that can be done, else as written.
fn address(element: Element<'_>, name: AttrName) -> Option<String> {
    let raw = element.attr(name)?;
    let raw = raw.trim();
    Some(link::resolve(element.document, raw).map_or_else(|| raw.to_owned(), String::from))
}
