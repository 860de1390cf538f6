//! The place of a lead in an order: what cursors are made of, the same for every store.

use std::cmp::Ordering;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Cursor, Seal, Sort, SortField, seal};
use crate::clock::Timestamp;
use crate::record::filter::folded;
use crate::record::{Lead, LeadId};
use crate::{Error, Result};

/// What leads are compared by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortValue {
    /// Only the id counts.
    Id,
    /// A folded text; empty when the lead has none.
    Text(String),
    /// A number; −1 when the lead has none.
    Number(f64),
    /// An instant, in microseconds since 1970.
    Micros(i64),
}

/// The place of a lead in an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageKey {
    /// What it is compared by.
    pub value: SortValue,
    /// Breaks ties.
    pub id: LeadId,
}

impl PageKey {
    /// The place of `lead` when ordered by `field`.
    pub fn of(lead: &Lead, field: SortField) -> Self {
        let micros = |at: Timestamp| SortValue::Micros(at.as_microsecond());
        let value = match field {
            SortField::Id => SortValue::Id,
            SortField::Name => SortValue::Text(folded(lead.name.as_deref().unwrap_or_default())),
            SortField::FirstSeen => micros(lead.first_seen),
            SortField::LastSeen => micros(lead.last_seen),
            SortField::Confidence => {
                let phones = lead.findings.phones.iter().map(|found| found.confidence);
                let best = phones
                    .chain(lead.findings.emails.iter().map(|found| found.confidence))
                    .max();
                SortValue::Number(best.map_or(-1.0, |best| f64::from(best.get())))
            }
        };
        Self { value, id: lead.id }
    }

    /// The cursor of the page that follows this place: a signature, then the order and the key as JSON, in hexadecimal.
    pub fn cursor(&self, sort: Sort, seal: &Seal) -> Cursor {
        let json = serde_json::to_vec(&(sort_tag(sort), self)).unwrap_or_default();
        let mut text = String::with_capacity(json.len() * 2);
        for byte in json {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        seal.cursor(&text)
    }

    /// The place a cursor stands for. Whether the store gave it, [`Seal::check`] tells.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is no cursor, or one of another order.
    pub fn parse(cursor: &Cursor, sort: Sort) -> Result<Self> {
        let refuse = |why: &str| Error::invalid("cursor", why);
        let (_, content) = seal::parts(cursor).ok_or_else(|| refuse("not a cursor of this library"))?;
        let pairs = content.as_bytes().as_chunks::<2>();
        let byte = |pair: &[u8; 2]| {
            std::str::from_utf8(pair)
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok())
        };
        let json: Option<Vec<u8>> = pairs.0.iter().map(byte).collect();
        let json = json
            .filter(|_| pairs.1.is_empty())
            .ok_or_else(|| refuse("not a cursor of this library"))?;
        let (tag, key): (String, Self) =
            serde_json::from_slice(&json).map_err(|_| refuse("not a cursor of this library"))?;
        if tag == sort_tag(sort) {
            Ok(key)
        } else {
            Err(refuse("it belongs to another order of leads"))
        }
    }
}

fn sort_tag(sort: Sort) -> String {
    format!("{:?}{}", sort.field, if sort.descending { "-" } else { "" })
}

impl Eq for PageKey {}

impl Ord for PageKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let values = match (&self.value, &other.value) {
            (SortValue::Text(a), SortValue::Text(b)) => a.cmp(b),
            (SortValue::Number(a), SortValue::Number(b)) => a.total_cmp(b),
            (SortValue::Micros(a), SortValue::Micros(b)) => a.cmp(b),
            _ => Ordering::Equal,
        };
        values.then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for PageKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
