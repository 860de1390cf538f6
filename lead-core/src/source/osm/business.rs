//! Which elements are places of business. Tags: OpenStreetMap wiki, "Map features".

use super::tags::CATEGORY_KEYS;

/// Values of `amenity`, `leisure` and `tourism` that bear names and are nobody's business.
const FURNITURE: &[&str] = &[
    "artwork",
    "bench",
    "bicycle_parking",
    "bicycle_rental",
    "charging_station",
    "clock",
    "drinking_water",
    "fountain",
    "garden",
    "grave_yard",
    "information",
    "letter_box",
    "motorcycle_parking",
    "nature_reserve",
    "no",
    "park",
    "parking",
    "parking_entrance",
    "parking_space",
    "picnic_site",
    "picnic_table",
    "pitch",
    "playground",
    "post_box",
    "recycling",
    "shelter",
    "telephone",
    "toilets",
    "track",
    "vacant",
    "vending_machine",
    "viewpoint",
    "waste_basket",
    "waste_disposal",
];

/// Keys of which one must say whose business it is.
const NAMING_KEYS: &[&str] = &[
    "name",
    "brand",
    "operator",
    "phone",
    "contact:phone",
    "website",
    "contact:website",
];

/// Whether tags are those of a place of business: they say what it does, and whose it is.
pub(in crate::source) fn is_business<'a>(tags: impl Iterator<Item = (&'a str, &'a str)>) -> bool {
    let (mut does, mut named) = (false, false);
    for (key, value) in tags {
        does |= CATEGORY_KEYS.contains(&key) && !FURNITURE.contains(&value);
        named |= NAMING_KEYS.contains(&key);
        if does && named {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_and_the_nameless_are_no_business() {
        assert!(is_business([("shop", "bakery"), ("name", "Exemple")].into_iter()));
        for none in [
            [("amenity", "bench"), ("name", "Exemple")],
            [("shop", "bakery"), ("level", "0")],
            [("highway", "x"), ("name", "y")],
        ] {
            assert!(!is_business(none.into_iter()), "{none:?}");
        }
    }
}
