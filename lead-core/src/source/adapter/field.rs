//! Which fields there are, and where they go in the record.

use crate::record::AttributeName;

/// A part of a postal address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Street,
    HouseNumber,
    City,
    Region,
    PostalCode,
    Country,
    Borough,
    Neighbourhood,
}

/// Where a field goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    Key,
    Page,
    Name,
    Phone,
    Email,
    Website,
    /// A profile of this network, by handle or address; without one, whichever the address belongs to.
    Social(Option<String>),
    Address(Part),
    Latitude,
    Longitude,
    Category,
    Hours,
    Status,
    Attribute(AttributeName),
}

/// Fields that are no attributes.
const OWN: &[(&str, Target)] = &[
    ("key", Target::Key),
    ("url", Target::Page),
    ("name", Target::Name),
    ("phone", Target::Phone),
    ("email", Target::Email),
    ("website", Target::Website),
    ("social", Target::Social(None)),
    ("address", Target::Address(Part::Whole)),
    ("street", Target::Address(Part::Street)),
    ("house_number", Target::Address(Part::HouseNumber)),
    ("city", Target::Address(Part::City)),
    ("region", Target::Address(Part::Region)),
    ("postal_code", Target::Address(Part::PostalCode)),
    ("country", Target::Address(Part::Country)),
    ("borough", Target::Address(Part::Borough)),
    ("neighbourhood", Target::Address(Part::Neighbourhood)),
    ("latitude", Target::Latitude),
    ("longitude", Target::Longitude),
    ("category", Target::Category),
    ("hours", Target::Hours),
    ("status", Target::Status),
];

/// A field of an adapter: the name it goes by, and its home.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Home {
    name: String,
    pub(super) target: Target,
}

impl Home {
    /// The home of a field; the error says what is wanted. Reviews are persons' data and have none here.
    pub(super) fn new(name: &str) -> Result<Self, String> {
        let own = OWN
            .iter()
            .find(|(own, _)| *own == name)
            .map(|(_, target)| target.clone());
        let social = || {
            name.strip_prefix("social:")
                .map(|network| Target::Social(Some(network.to_owned())))
        };
        let known = || {
            AttributeName::new(name)
                .ok()
                .filter(|_| name != "reviews")
                .map(Target::Attribute)
        };
        let target = own.or_else(social).or_else(known).ok_or_else(|| {
            let names: Vec<&str> = OWN.iter().map(|(own, _)| *own).collect();
            format!(
                "a field ({}, social:…, an attribute or x:…), not `{name}`",
                names.join(", ")
            )
        })?;
        Ok(Self {
            name: name.to_owned(),
            target,
        })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}
