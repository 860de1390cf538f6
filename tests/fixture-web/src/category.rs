//! What businesses do: one line a category. Words for them stand with each language (`lang/`), in this order.

/// A kind of business.
#[derive(Debug, PartialEq, Eq)]
pub struct Category {
    pub(crate) key: &'static str,
    pub(crate) osm: (&'static str, &'static str),
    pub(crate) schema: &'static str,
    pub(crate) weight: u32,
}

impl Category {
    /// Stable key: `dentist`, `bakery`.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Its OpenStreetMap tag, as `(key, value)`: `("amenity", "dentist")`.
    pub fn osm_tag(&self) -> (&'static str, &'static str) {
        self.osm
    }

    /// Its schema.org type: `Dentist`.
    pub fn schema_type(&self) -> &'static str {
        self.schema
    }

    pub(crate) fn index(&self) -> usize {
        ALL.iter()
            .position(|other| other.key == self.key)
            .unwrap_or_default()
    }
}

/// How many categories there are; each language has a word for each.
pub(crate) const COUNT: usize = 22;

const fn category(
    key: &'static str,
    osm: (&'static str, &'static str),
    schema: &'static str,
    weight: u32,
) -> Category {
    Category {
        key,
        osm,
        schema,
        weight,
    }
}

/// Every category.
pub static ALL: [Category; COUNT] = [
    category("dentist", ("amenity", "dentist"), "Dentist", 9),
    category("bakery", ("shop", "bakery"), "Bakery", 9),
    category("plumber", ("craft", "plumber"), "Plumber", 7),
    category("lawyer", ("office", "lawyer"), "Attorney", 7),
    category("restaurant", ("amenity", "restaurant"), "Restaurant", 10),
    category("cafe", ("amenity", "cafe"), "CafeOrCoffeeShop", 6),
    category("pharmacy", ("amenity", "pharmacy"), "Pharmacy", 5),
    category("doctor", ("amenity", "doctors"), "MedicalClinic", 5),
    category("hairdresser", ("shop", "hairdresser"), "HairSalon", 7),
    category("florist", ("shop", "florist"), "Florist", 3),
    category("hotel", ("tourism", "hotel"), "Hotel", 5),
    category("car_repair", ("shop", "car_repair"), "AutoRepair", 5),
    category("electrician", ("craft", "electrician"), "Electrician", 5),
    category(
        "carpenter",
        ("craft", "carpenter"),
        "HomeAndConstructionBusiness",
        4,
    ),
    category("accountant", ("office", "accountant"), "AccountingService", 4),
    category("estate_agent", ("office", "estate_agent"), "RealEstateAgent", 4),
    category("veterinary", ("amenity", "veterinary"), "VeterinaryCare", 3),
    category("optician", ("shop", "optician"), "Optician", 3),
    category("bookshop", ("shop", "books"), "BookStore", 3),
    category("gym", ("leisure", "fitness_centre"), "ExerciseGym", 3),
    category("butcher", ("shop", "butcher"), "LocalBusiness", 3),
    category("bicycle", ("shop", "bicycle"), "BikeStore", 2),
];
