//! What JSON-LD, microdata and RDFa say: businesses, persons, and what is theirs.

use super::card_numbers;
use super::open_graph;
use super::tree::Tree;
use crate::page::structured::{NodeId, Origin};
use crate::page::{Document, Node, Structured, Value};
use crate::record::SafeUrl;
use crate::record::{
    Address, Category, Email, GeoPoint, Method, OpeningHours, Organization, PhoneRole, Registration, Social,
    Website,
};
use crate::sighting::{Sighting, Spot};
use crate::{address, email, hours, organization, social};

/// A value and the node that owns it.
pub(super) type Owned<T> = (usize, T);

/// A number as a field states it; read when the country is known.
pub(super) struct Number {
    pub(super) text: String,
    pub(super) role: PhoneRole,
    pub(super) spot: Spot,
}

/// Who owns values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Business,
    Person,
}

/// A business, one of its places, or a person.
pub(super) struct Entity {
    pub(super) node: usize,
    pub(super) kind: Kind,
    pub(super) name: Option<String>,
    pub(super) function: Option<String>,
    pub(super) hours: Option<String>,
    pub(super) geo: Option<GeoPoint>,
    pub(super) spot: Spot,
}

/// Everything that structured data says of contacts.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) entities: Vec<Entity>,
    pub(super) numbers: Vec<Owned<Number>>,
    pub(super) emails: Vec<Owned<Sighting<Email>>>,
    pub(super) addresses: Vec<Owned<Sighting<Address>>>,
    pub(super) organizations: Vec<Sighting<Organization>>,
    pub(super) socials: Vec<Sighting<Social>>,
    pub(super) websites: Vec<Sighting<Website>>,
    pub(super) categories: Vec<Sighting<Category>>,
    pub(super) hours: Vec<Sighting<OpeningHours>>,
    pub(super) geo: Vec<Sighting<GeoPoint>>,
    pub(super) registrations: Vec<Sighting<Registration>>,
}

/// A field of a business on its own site.
const STATED: f32 = 0.95;
/// A name that may be that of somebody else: a publisher, a client, a partner.
const NAMED: f32 = 0.9;

/// Reads every node.
pub(super) fn read(document: &Document, tree: &Tree<'_>) -> Facts {
    let structured = document.structured();
    let mut reader = Reader {
        structured,
        tree,
        relations: relations(structured),
        facts: Facts::default(),
    };
    for (index, node) in structured.nodes().iter().enumerate() {
        reader.contacts(index, node);
        let kind = kind_of(node).or_else(|| reader.kind_by_relation(index, node));
        if let Some(kind) = kind {
            reader.entity(index, node, kind);
        }
    }
    let mut facts = reader.facts;
    // A card is no node: nobody owns its numbers.
    let carded = card_numbers::read(document).into_iter();
    facts.numbers.extend(carded.map(|number| (usize::MAX, number)));
    open_graph::read(document, tree, structured.nodes().len(), &mut facts);
    facts
}

/// For each node, the property of which it is first a value.
fn relations(structured: &Structured) -> Vec<Option<&str>> {
    let mut relations = vec![None; structured.nodes().len()];
    for node in structured.nodes() {
        for (name, value) in node.properties() {
            let slot = value.node().and_then(|id| relations.get_mut(id.index()));
            if let Some(slot) = slot {
                slot.get_or_insert(name.as_str());
            }
        }
    }
    relations
}

/// Types of persons' employers, and properties that only somebody who can be reached has.
fn kind_of(node: &Node) -> Option<Kind> {
    const BUSINESS: &[&str] = &[
        "Organization",
        "LocalBusiness",
        "Corporation",
        "NGO",
        "Store",
        "Restaurant",
        "Place",
        "ProfessionalService",
    ];
    const NOBODY: &[&str] = &[
        "PostalAddress",
        "ContactPoint",
        "Event",
        "Product",
        "Offer",
        "JobPosting",
        "Review",
        "WebPage",
        "WebSite",
        "Article",
        "BreadcrumbList",
    ];
    if node.has_type("Person") {
        return Some(Kind::Person);
    }
    if node.types().iter().any(|name| NOBODY.contains(&name.as_str())) || node.types().is_empty() {
        return None;
    }
    let typed = node.types().iter().any(|name| BUSINESS.contains(&name.as_str()));
    let reachable = [
        "telephone",
        "address",
        "openingHours",
        "openingHoursSpecification",
    ]
    .iter()
    .any(|name| node.get(name).is_some());
    (typed || reachable).then_some(Kind::Business)
}

struct Reader<'a> {
    structured: &'a Structured,
    tree: &'a Tree<'a>,
    relations: Vec<Option<&'a str>>,
    facts: Facts,
}

/// Properties whose values are places of a business, and those whose values are its persons, also without a type.
const BRANCHES: &[&str] = &["department", "subOrganization", "location", "hasPOS"];
const PERSONS: &[&str] = &["employee", "employees", "founder", "founders"];

/// Types that say nothing of what a business does.
const GENERAL: &[&str] = &["Organization", "LocalBusiness", "Place", "Corporation"];

/// Properties that hold a number (schema.org `telephone`, `faxNumber`; the others are common mistakes).
const NUMBERS: &[(&str, PhoneRole)] = &[
    ("telephone", PhoneRole::Tel),
    ("phone", PhoneRole::Tel),
    ("phoneNumber", PhoneRole::Tel),
    ("faxNumber", PhoneRole::Fax),
    ("fax", PhoneRole::Fax),
    ("mobile", PhoneRole::Mobile),
];

/// Properties that hold a register's number.
const REGISTRATIONS: &[(&str, &str)] = &[
    ("vatID", "VAT"),
    ("taxID", "TAX"),
    ("leiCode", "LEI"),
    ("duns", "DUNS"),
];

impl Reader<'_> {
    fn spot(&self, index: usize, node: &Node, property: &str) -> Spot {
        // A script says nothing of where on the page its values stand.
        let element = (node.origin() != Origin::JsonLd).then(|| node.element());
        Spot::Pointer(self.tree.pointer(index, property), element)
    }

    fn contacts(&mut self, index: usize, node: &Node) {
        let owner = self.owner_of(index, node);
        for (name, value) in node.properties() {
            let spot = || self.spot(index, node, name);
            let Some(text) = value.to_text() else { continue };
            if let Some((_, role)) = NUMBERS.iter().find(|(known, _)| known == name) {
                let number = Number {
                    text: text.into_owned(),
                    role: role_of(node, *role),
                    spot: spot(),
                };
                self.facts.numbers.push((owner, number));
            } else if name == "email" {
                let found = email::of_field(&text)
                    .into_iter()
                    .map(|address| email::structured(address, spot()));
                let found: Vec<_> = found.map(|sighting| (owner, sighting)).collect();
                self.facts.emails.extend(found);
            } else if name == "sameAs" {
                let found = social::profile_of(&text)
                    .map(|profile| Sighting::new(profile, STATED, Method::StructuredData, spot()));
                self.facts.socials.extend(found);
            } else if name == "address" {
                let found = address::of_text(&text)
                    .map(|address| Sighting::new(address, NAMED, Method::StructuredData, spot()));
                self.facts
                    .addresses
                    .extend(found.map(|sighting| (owner, sighting)));
            } else if let Some((_, kind)) = REGISTRATIONS.iter().find(|(known, _)| known == name)
                && !text.trim().is_empty()
            {
                let found = Sighting::new(
                    Registration::new(*kind, &text),
                    STATED,
                    Method::StructuredData,
                    spot(),
                );
                self.facts.registrations.push(found);
            }
        }
        let is_address = node.has_type("PostalAddress")
            || node.types().is_empty() && node.get("addressLocality").is_some();
        if is_address && let Some(found) = address::of_node(node, self.structured) {
            let spot = self.spot(index, node, "");
            self.facts
                .addresses
                .push((owner, Sighting::new(found, STATED, Method::StructuredData, spot)));
        }
    }

    /// Whose the values of a node are: a contact point's and an address's are those of the node around it.
    fn owner_of(&self, index: usize, node: &Node) -> usize {
        let part = ["ContactPoint", "PostalAddress", "GeoCoordinates"]
            .iter()
            .any(|name| node.has_type(name));
        let part = part || node.types().is_empty() && self.kind_by_relation(index, node).is_none();
        node.parent().filter(|_| part).map_or(index, NodeId::index)
    }

    /// What a node without a type is, as a property says whose value it is.
    fn kind_by_relation(&self, index: usize, node: &Node) -> Option<Kind> {
        let relation = self.relations.get(index).copied().flatten()?;
        let address = ["streetAddress", "addressLocality"]
            .iter()
            .any(|name| node.get(name).is_some());
        let plain = node.types().is_empty() && !node.properties().is_empty() && !address;
        match relation {
            _ if !plain => None,
            name if BRANCHES.contains(&name) => Some(Kind::Business),
            name if PERSONS.contains(&name) => Some(Kind::Person),
            _ => None,
        }
    }

    fn entity(&mut self, index: usize, node: &Node, kind: Kind) {
        let name = node.text("name").or_else(|| node.text("legalName"));
        let name = name.as_deref().and_then(organization::tidy);
        let mut entity = Entity {
            node: index,
            kind,
            name: name.clone(),
            function: node.text("jobTitle").map(|title| title.trim().to_owned()),
            hours: None,
            geo: None,
            spot: self.spot(index, node, "name"),
        };
        if kind == Kind::Business {
            if let Some(name) = name {
                // The business itself stands at the top; deeper ones are mostly somebody else.
                let confidence = if node.parent().is_none() {
                    STATED
                } else {
                    NAMED - 0.2
                };
                let spot = self.spot(index, node, "name");
                self.facts.organizations.push(Sighting::new(
                    Organization::new(name),
                    confidence,
                    Method::StructuredData,
                    spot,
                ));
            }
            entity.hours = self.hours(index, node);
            entity.geo = self.geo(index, node);
            self.about(index, node);
        }
        self.facts.entities.push(entity);
    }

    /// Web site and categories.
    fn about(&mut self, index: usize, node: &Node) {
        let url = node.text("url").and_then(|url| SafeUrl::parse(&url).ok());
        if let Some(url) = url.filter(|url| social::profile_of(url.as_str()).is_none()) {
            let spot = self.spot(index, node, "url");
            self.facts.websites.push(Sighting::new(
                Website::new(url),
                NAMED,
                Method::StructuredData,
                spot,
            ));
        }
        for name in node
            .types()
            .iter()
            .filter(|name| !GENERAL.contains(&name.as_str()) && !name.contains(':'))
        {
            let spot = self.spot(index, node, "@type");
            let category = Category::new("schema.org", name.clone());
            self.facts
                .categories
                .push(Sighting::new(category, NAMED, Method::StructuredData, spot));
        }
    }

    fn hours(&mut self, index: usize, node: &Node) -> Option<String> {
        let mut spans = Vec::new();
        for value in node.all("openingHours").filter_map(Value::to_text) {
            spans.extend(hours::of_text(&value)?);
        }
        let mut property = "openingHours";
        for specification in node.nodes("openingHoursSpecification", self.structured) {
            if spans.is_empty() {
                property = "openingHoursSpecification";
            }
            // Holidays and seasons stand beside the regular week.
            if specification.get("validFrom").is_some() {
                continue;
            }
            let days: Vec<String> = self.days(specification);
            let days = days.iter().map(String::as_str);
            let (opens, closes) = (specification.text("opens"), specification.text("closes"));
            spans.extend(hours::Span::new(days, opens.as_deref(), closes.as_deref()));
        }
        let text = hours::render(&spans)?;
        let spot = self.spot(index, node, property);
        let found = Sighting::new(
            OpeningHours::new(text.clone()),
            STATED,
            Method::StructuredData,
            spot,
        );
        self.facts.hours.push(found);
        Some(text)
    }

    /// `dayOfWeek` as text, address or node.
    fn days(&self, specification: &Node) -> Vec<String> {
        let of = |value: &Value| match value {
            Value::Node(id) => {
                let node = self.structured.node(*id)?;
                node.text("name")
                    .map(std::borrow::Cow::into_owned)
                    .or_else(|| node.id().map(ToOwned::to_owned))
            }
            other => other.to_text().map(std::borrow::Cow::into_owned),
        };
        specification.all("dayOfWeek").filter_map(of).collect()
    }

    fn geo(&mut self, index: usize, node: &Node) -> Option<GeoPoint> {
        let of = |node: &Node| {
            let number = |name: &str| node.get(name).and_then(Value::to_number);
            GeoPoint::new(number("latitude")?, number("longitude")?).ok()
        };
        let point = node
            .nodes("geo", self.structured)
            .find_map(of)
            .or_else(|| of(node));
        let point = point.filter(|point| (point.latitude(), point.longitude()) != (0.0, 0.0))?;
        let spot = self.spot(index, node, "geo");
        self.facts
            .geo
            .push(Sighting::new(point, STATED, Method::StructuredData, spot));
        Some(point)
    }
}

/// A contact point may say what it is for.
fn role_of(node: &Node, role: PhoneRole) -> PhoneRole {
    let said = |name: &str, word: &str| {
        node.text(name)
            .is_some_and(|text| text.to_lowercase().contains(word))
    };
    if said("contactType", "fax") {
        PhoneRole::Fax
    } else if said("contactOption", "tollfree") {
        PhoneRole::TollFree
    } else {
        role
    }
}
