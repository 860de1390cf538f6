//! What a signature says of itself (RFC 9421 §2.3).

use std::collections::HashSet;

use sfv::{BareItem, FieldType, InnerList, Item, Key, List, ListEntry, Parameters};

use super::{Component, Refusal};

/// Components that are read of one signature.
const MOST_COMPONENTS: usize = 32;
/// The longest nonce that is remembered, in bytes.
const LONGEST_NONCE: usize = 256;

/// What is covered, and the parameters. Times are seconds of Unix time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Params {
    pub(super) components: Vec<Component>,
    pub(super) created: Option<i64>,
    pub(super) expires: Option<i64>,
    pub(super) nonce: Option<String>,
    pub(super) keyid: Option<String>,
    pub(super) alg: Option<String>,
}

impl Params {
    /// Reads the member of `Signature-Input`. Parameters that are not known are signed like all others and mean nothing here.
    pub(super) fn of_list(list: &InnerList) -> Result<Self, Refusal> {
        if list.items.len() > MOST_COMPONENTS {
            return Err(Refusal::Malformed);
        }
        let components: Vec<_> = list
            .items
            .iter()
            .map(Component::of_item)
            .collect::<Result<_, _>>()?;
        // §2.5: each stands once.
        if components.iter().collect::<HashSet<_>>().len() < components.len() {
            return Err(Refusal::Malformed);
        }
        let params = &list.params;
        let nonce = text(params, "nonce")?;
        if nonce
            .as_ref()
            .is_some_and(|nonce| nonce.is_empty() || nonce.len() > LONGEST_NONCE)
        {
            return Err(Refusal::Malformed);
        }
        Ok(Self {
            components,
            created: time(params, "created")?,
            expires: time(params, "expires")?,
            nonce,
            keyid: text(params, "keyid")?,
            alg: text(params, "alg")?,
        })
    }

    /// The member of `Signature-Input`.
    pub(super) fn to_list(&self) -> Result<InnerList, Refusal> {
        let quoted = |text: &str| {
            let text = sfv::String::from_string(text.to_owned());
            text.map(BareItem::String).map_err(|_| Refusal::Malformed)
        };
        let number = |number: i64| BareItem::try_from(number).map_err(|_| Refusal::Malformed);
        let mut items = Vec::new();
        for component in &self.components {
            items.push(Item::new(quoted(component.name())?));
        }
        let mut params = Parameters::new();
        let texts = [("nonce", &self.nonce), ("alg", &self.alg), ("keyid", &self.keyid)];
        for (name, value) in [("created", self.created), ("expires", self.expires)] {
            if let Some(value) = value {
                params.insert(key(name)?, number(value)?);
            }
        }
        for (name, value) in texts {
            if let Some(value) = value {
                params.insert(key(name)?, quoted(value)?);
            }
        }
        Ok(InnerList::with_params(items, params))
    }
}

/// The list as it stands in the field, which is what was signed (§2.3: in the order that the field has).
pub(super) fn written(list: &InnerList) -> String {
    let list: List = vec![ListEntry::InnerList(list.clone())];
    list.serialize().unwrap_or_default()
}

pub(super) fn key(name: &str) -> Result<Key, Refusal> {
    Key::from_string(name.to_owned()).map_err(|_| Refusal::Malformed)
}

fn text(params: &Parameters, name: &str) -> Result<Option<String>, Refusal> {
    match params.get(name) {
        None => Ok(None),
        Some(BareItem::String(text)) => Ok(Some(text.as_str().to_owned())),
        Some(_) => Err(Refusal::Malformed),
    }
}

fn time(params: &Parameters, name: &str) -> Result<Option<i64>, Refusal> {
    match params.get(name) {
        None => Ok(None),
        Some(BareItem::Integer(seconds)) => Ok(Some(i64::from(*seconds))),
        Some(_) => Err(Refusal::Malformed),
    }
}
