//! RDFa Lite 1.1 (<https://www.w3.org/TR/rdfa-lite/>): `vocab`, `typeof`, `property`, `resource`, `prefix`.
//!
//! As far as pages use it, without expansion into triples: an element with `typeof` is a node, one with `resource` alone
//! goes on with the node of that name. Departures, since writers forget `vocab`: a term without one is taken for
//! schema.org's; and terms of other vocabularies keep their prefix, unless the page says what it stands for.

use std::collections::HashMap;

use super::Structured;
use super::microdata::value_of;
use super::node::{Node, NodeId, Origin, Value, bare};
use crate::page::attribute::AttrName;
use crate::page::document::Document;
use crate::page::element::Element;
use crate::page::span::small;

/// Reads every node of the document.
pub(super) fn read(document: &Document, into: &mut Structured) {
    let mut typed = document.attributes_where(|kind| kind == AttrName::Typeof);
    if typed.next().is_none() {
        return;
    }
    let wanted = |kind| matches!(kind, AttrName::Typeof | AttrName::Property | AttrName::Resource);
    let mut elements: Vec<Element<'_>> = document
        .attributes_where(wanted)
        .map(|one| one.element())
        .collect();
    elements.sort_by_key(|element| element.index);
    elements.dedup_by_key(|element| element.index);
    let mut reader = Reader::default();
    for element in &elements {
        reader.scope(*element, into);
    }
    for element in elements {
        reader.property(element, into);
    }
}

#[derive(Default)]
struct Reader {
    /// The node that the properties inside an element belong to.
    scopes: HashMap<u32, NodeId>,
    /// Nodes by their names.
    named: HashMap<String, NodeId>,
}

impl Reader {
    /// Makes a node of an element with `typeof`; leads back to one by `resource`.
    fn scope(&mut self, element: Element<'_>, into: &mut Structured) {
        let name = [AttrName::Resource, AttrName::About]
            .into_iter()
            .find_map(|attribute| element.attr(attribute))
            .map(|name| name.trim().to_owned());
        let types = element.attr(AttrName::Typeof);
        if types.is_none() && (name.is_none() || element.attr(AttrName::Property).is_some()) {
            return;
        }
        let known = name.as_ref().and_then(|name| self.named.get(name)).copied();
        let id = known.unwrap_or_else(|| {
            let mut node = Node::new(Origin::Rdfa, element.id());
            node.id.clone_from(&name);
            into.nodes.push(node);
            NodeId(small(into.nodes.len() - 1))
        });
        if let Some(name) = name {
            self.named.insert(name, id);
        }
        if let Some(node) = into.nodes.get_mut(id.index()) {
            let types = types.unwrap_or_default();
            let terms = types.split_ascii_whitespace();
            node.types.extend(terms.map(|term| full_name(element, term)));
        }
        self.scopes.insert(element.index, id);
    }

    /// Gives a property to the node around it.
    fn property(&self, element: Element<'_>, into: &mut Structured) {
        let Some(names) = element.attr(AttrName::Property) else {
            return;
        };
        let owner = element
            .ancestors()
            .find_map(|around| self.scopes.get(&around.index));
        let Some(owner) = owner.copied() else { return };
        let value = match (self.scopes.get(&element.index), element.attr(AttrName::Resource)) {
            (Some(node), _) => Value::Node(*node),
            (None, Some(name)) => match self.named.get(name.trim()) {
                Some(node) => Value::Node(*node),
                None => Value::Text(name.trim().to_owned()),
            },
            (None, None) => Value::Text(value_of(element)),
        };
        if let Value::Node(child) = value
            && child != owner
            && let Some(node) = into.nodes.get_mut(child.index())
        {
            node.parent.get_or_insert(owner);
        }
        if let Some(node) = into.nodes.get_mut(owner.index()) {
            let names = names.split_ascii_whitespace();
            node.properties
                .extend(names.map(|name| (full_name(element, name), value.clone())));
        }
    }
}

/// A term with its vocabulary; bare when it is schema.org's.
fn full_name(element: Element<'_>, term: &str) -> String {
    let around = || std::iter::once(element).chain(element.ancestors());
    if let Some((prefix, name)) = term.split_once(':') {
        let address = around()
            .filter_map(|one| one.attr(AttrName::Prefix))
            .find_map(|prefixes| declared(&prefixes, prefix));
        return match address {
            Some(address) => bare(&format!("{address}{name}")).to_owned(),
            None => bare(term).to_owned(),
        };
    }
    let vocabulary = around().find_map(|one| one.attr(AttrName::Vocab));
    match vocabulary.as_deref().map(str::trim) {
        None | Some("") => term.to_owned(),
        Some(address) => {
            let slash = if address.ends_with(['/', '#']) { "" } else { "/" };
            bare(&format!("{address}{slash}{term}")).to_owned()
        }
    }
}

/// What `prefix` stands for in `s: http://schema.org/ og: http://ogp.me/ns#`.
fn declared(prefixes: &str, prefix: &str) -> Option<String> {
    let mut words = prefixes.split_ascii_whitespace();
    while let Some(word) = words.next() {
        let address = words.next()?;
        if word.strip_suffix(':') == Some(prefix) {
            return Some(address.to_owned());
        }
    }
    None
}
