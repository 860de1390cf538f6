//! Numbers in fields of structured data.

use super::engine::{self, Number};
use super::region::Region;
use super::role;
use crate::record::{Method, Phone, PhoneRole};
use crate::sighting::{Sighting, Spot};

/// A field that holds a valid number; below a link, which shows that people dial it.
const STATED: f32 = 0.97;

/// The numbers that a field states; some hold several.
pub(crate) fn read(text: &str, role: PhoneRole, region: Option<Region>, spot: &Spot) -> Vec<Sighting<Phone>> {
    let text = text.trim();
    let bare = text.strip_prefix("tel:").unwrap_or(text);
    let whole = engine::parse(bare, region)
        .filter(Number::is_valid)
        .map(|number| (bare, number));
    let numbers = match whole {
        Some(one) => vec![one],
        None => bare
            .split([',', ';', '/', '|'])
            .filter_map(|part| {
                Some((
                    part.trim(),
                    engine::parse(part.trim(), region).filter(Number::is_valid)?,
                ))
            })
            .collect(),
    };
    numbers
        .into_iter()
        .map(|(raw, number)| {
            let mut phone = number.to_phone(raw);
            phone.role = role::by_kind(role, phone.kind);
            Sighting::new(phone, STATED, Method::StructuredData, spot.clone())
        })
        .collect()
}
