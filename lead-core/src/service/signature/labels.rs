//! The two fields of a signature, by label.

use std::collections::HashSet;
use std::convert::Infallible;

use http::{HeaderMap, HeaderName};
use sfv::visitor::{DictionaryVisitor, EntryVisitor, Ignored};
use sfv::{BareItem, Dictionary, InnerList, KeyRef, ListEntry, Parser, Version};

use super::Refusal;

pub(super) const INPUT: HeaderName = HeaderName::from_static("signature-input");
pub(super) const SIGNATURE: HeaderName = HeaderName::from_static("signature");

/// Bytes of a field that are read: room for some twenty signatures of ours.
const MOST_BYTES: usize = 8 * 1024;

/// A signature and what it says it is of.
#[derive(Debug)]
pub(super) struct Labelled {
    pub(super) input: InnerList,
    pub(super) signature: Vec<u8>,
}

/// The signature of `label`, or the only one there is.
pub(super) fn read(headers: &HeaderMap, label: Option<&str>) -> Result<Labelled, Refusal> {
    let (inputs, signatures) = match (dictionary(headers, &INPUT)?, dictionary(headers, &SIGNATURE)?) {
        (None, None) => return Err(Refusal::Absent),
        (Some(inputs), Some(signatures)) => (inputs, signatures),
        _ => return Err(Refusal::Malformed),
    };
    let label = match (label, inputs.len(), inputs.keys().next()) {
        (Some(label), ..) => label,
        (None, 1, Some(only)) => only.as_str(),
        (None, 0, _) => return Err(Refusal::Absent),
        (None, ..) => return Err(Refusal::Ambiguous),
    };
    match (inputs.get(label), signatures.get(label)) {
        (Some(ListEntry::InnerList(input)), Some(ListEntry::Item(item))) => match &item.bare_item {
            BareItem::ByteSequence(signature) => Ok(Labelled {
                input: input.clone(),
                signature: signature.clone(),
            }),
            _ => Err(Refusal::Malformed),
        },
        (None, None) => Err(Refusal::Absent),
        _ => Err(Refusal::Malformed),
    }
}

/// A field of all its lines as a dictionary in which no key stands twice; `None` when there is no such field.
pub(super) fn dictionary(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Dictionary>, Refusal> {
    let mut lines = Vec::new();
    for line in headers.get_all(name) {
        lines.push(line.to_str().map_err(|_| Refusal::Malformed)?);
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let text = lines.join(", ");
    if text.len() > MOST_BYTES {
        return Err(Refusal::Malformed);
    }
    // A later member hides an earlier one of the same key (RFC 8941 §3.2), and who reads the first sees another signature.
    let parser = || Parser::new(&text).with_version(Version::Rfc8941);
    let keys = parser().parse_dictionary_with_visitor(Keys::default());
    if keys.map_err(|_| Refusal::Malformed)?.twice {
        return Err(Refusal::Ambiguous);
    }
    let dictionary = parser().parse().map_err(|_| Refusal::Malformed)?;
    Ok(Some(dictionary))
}

/// Looks whether a key stands twice.
#[derive(Default)]
struct Keys<'de> {
    seen: HashSet<&'de str>,
    twice: bool,
}

impl<'de> DictionaryVisitor<'de> for Keys<'de> {
    type Out = Self;
    type Error = Infallible;

    fn entry(&mut self, key: &'de KeyRef) -> Result<impl EntryVisitor<'de>, Infallible> {
        self.twice |= !self.seen.insert(key.as_str());
        Ok(Ignored)
    }

    fn finish(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}
