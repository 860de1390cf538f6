//! What JSON-LD and microdata say of contacts.

use super::tree::Tree;
use crate::email;
use crate::page::structured::Origin;
use crate::page::{Document, Node};
use crate::record::{Email, PhoneRole};
use crate::sighting::{Sighting, Spot};

/// A number as a field states it.
pub(super) struct Number {
    pub(super) text: String,
    pub(super) role: PhoneRole,
    pub(super) spot: Spot,
}

/// Properties that hold a number (schema.org `telephone`, `faxNumber`; `phone` and `mobile` are common mistakes).
const NUMBERS: &[(&str, PhoneRole)] = &[
    ("telephone", PhoneRole::Tel),
    ("phone", PhoneRole::Tel),
    ("phoneNumber", PhoneRole::Tel),
    ("faxNumber", PhoneRole::Fax),
    ("fax", PhoneRole::Fax),
    ("mobile", PhoneRole::Mobile),
];

/// Reads every node.
pub(super) fn read(
    document: &Document,
    tree: &Tree,
    numbers: &mut Vec<Number>,
    emails: &mut Vec<Sighting<Email>>,
) {
    for (index, node) in document.structured().nodes().iter().enumerate() {
        for (name, value) in node.properties() {
            let Some(text) = value.to_text() else { continue };
            if let Some((_, role)) = NUMBERS.iter().find(|(known, _)| known == name) {
                numbers.push(Number {
                    text: text.into_owned(),
                    role: role_of(node, *role),
                    spot: spot(tree, index, node, name),
                });
            } else if name == "email" {
                for address in email::of_field(&text) {
                    email::add_structured(address, spot(tree, index, node, name), emails);
                }
            }
        }
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

fn spot(tree: &Tree, index: usize, node: &Node, property: &str) -> Spot {
    // A script says nothing of where on the page its values stand.
    let element = (node.origin() == Origin::Microdata).then(|| node.element());
    Spot::Pointer(tree.pointer(index, property), element)
}
