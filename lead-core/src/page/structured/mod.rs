//! What a page says in a form made for machines.
//!
//! [`Structured`] holds JSON-LD, microdata and RDFa as one list of [`Node`]s with one kind of [`Value`], so a reader of the one
//! reads the other. [`Meta`] holds OpenGraph, Twitter cards and `<meta>`, a [`HeadLink`] one `<link>`.

mod head_link;
mod json;
mod json_ld;
mod mend;
mod meta;
mod microdata;
mod node;
mod rdfa;

pub use head_link::HeadLink;
pub use meta::{Meta, MetaEntry};
pub use node::{Node, NodeId, Origin, Value};

pub(super) use head_link::all as head_links;

use super::document::Document;
use super::warning::Warning;

/// The structured data of a document: its nodes, JSON-LD, microdata, RDFa, each in document order.
///
/// ```
/// use lead_core::page::{Document, ParseOptions};
/// let html = r#"<script type="application/ld+json">
///   {"@context": "https://schema.org", "@type": "Bakery", "name": "Rossi", "address": {"addressLocality": "Roma"}}
/// </script>"#;
/// let document = Document::from_html(html, &ParseOptions::new())?;
/// let structured = document.structured();
/// let bakery = structured.of_type("Bakery").next().unwrap();
/// assert_eq!(bakery.text("name").as_deref(), Some("Rossi"));
/// let address = bakery.nodes("address", structured).next().unwrap();
/// assert_eq!(address.text("addressLocality").as_deref(), Some("Roma"));
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Structured {
    nodes: Vec<Node>,
    warnings: Vec<Warning>,
}

impl Structured {
    pub(super) fn of(document: &Document) -> Self {
        let mut structured = Self::default();
        json_ld::read(document, &mut structured);
        microdata::read(document, &mut structured);
        rdfa::read(document, &mut structured);
        structured
    }

    /// Every node.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A node by its place.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    /// The nodes of a type, by its bare schema.org name or its full address.
    pub fn of_type<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.nodes.iter().filter(move |node| node.has_type(name))
    }

    /// The nodes that are nobody's value: where to begin.
    pub fn roots(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter().filter(|node| node.parent().is_none())
    }

    /// What could not be read.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
