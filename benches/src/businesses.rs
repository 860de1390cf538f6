//! Invented businesses in any number: what stores are filled with. Categories and cities are few and unevenly spread, names are
//! made of syllables, so that a million of them hold common words and rare ones.

use lead_core::record::{
    Address, Attribute, Category, Confidence, CountryCode, E164, Email, EmailAddress, EmailKind, EmailScheme,
    Findings, Found, GeoPoint, Method, NaturalKey, Observation, Organization, Phone, SafeUrl, SourceId,
    Trace, Website,
};

/// What a business does, in words and as a category.
const TRADES: [(&str, &str); 12] = [
    ("Boulangerie", "shop=bakery"),
    ("Cabinet dentaire", "amenity=dentist"),
    ("Garage", "shop=car_repair"),
    ("Pharmacie", "amenity=pharmacy"),
    ("Restaurant", "amenity=restaurant"),
    ("Plomberie", "craft=plumber"),
    ("Fleuriste", "shop=florist"),
    ("Coiffure", "shop=hairdresser"),
    ("Menuiserie", "craft=carpenter"),
    ("Librairie", "shop=books"),
    ("Notaire", "office=notary"),
    ("Brasserie artisanale", "craft=brewery"),
];

/// Towns of no country, with a place on the map.
const TOWNS: [(&str, &str, f64, f64); 8] = [
    ("Valmeur", "69000", 45.76, 4.84),
    ("Orvaine", "75000", 48.85, 2.35),
    ("Pontclair", "13000", 43.30, 5.37),
    ("Sauvelle", "31000", 43.60, 1.44),
    ("Mirebourg", "67000", 48.58, 7.75),
    ("Castelnoir", "33000", 44.84, -0.58),
    ("Brémont", "35000", 48.11, -1.68),
    ("Lurcey", "59000", 50.63, 3.06),
];

const SYLLABLES: [&str; 24] = [
    "mor", "val", "ber", "lan", "dec", "tri", "sou", "par", "gel", "fon", "ric", "mau", "ley", "cour", "bel",
    "nar", "vi", "do", "ze", "quin", "ta", "rou", "chel", "pin",
];

/// The next of a row of numbers that look thrown (splitmix64, <https://prng.di.unimi.it/splitmix64.c>).
fn thrown(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One of `all`, the first ones far more often than the last.
fn uneven<T>(all: &[T], number: u64) -> &T {
    let share = (number % 10_000) as f64 / 10_000.0;
    &all[((share * share) * all.len() as f64) as usize]
}

/// A made-up family name: some 300,000 of them, each about as frequent.
pub(crate) fn surname(number: u64) -> String {
    let of = thrown(number);
    let count = SYLLABLES.len() as u64;
    let syllable = |place: u32| SYLLABLES[((of / count.pow(place)) % count) as usize];
    let name = format!("{}{}{}{}", syllable(0), syllable(1), syllable(2), syllable(3));
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn found<T>(value: T, confidence: f32) -> Found<T, Trace> {
    Found::new(
        value,
        Confidence::clamped(confidence),
        Trace::new(Method::Platform),
    )
}

/// The sighting of business `number`: every value that filters ask for, each with its evidence.
pub(crate) fn sighting(number: u64) -> Observation {
    let (one, two, three) = (thrown(number * 3), thrown(number * 3 + 1), thrown(number * 3 + 2));
    let (trade, category) = uneven(&TRADES, one);
    let (town, code, latitude, longitude) = *uneven(&TOWNS, two);
    let name = format!("{trade} {}", surname(three % 300_000));
    let mut all = Findings::default();
    all.organizations.push(found(Organization::new(name), 0.9));
    let (scheme, category) = ("osm", *category);
    all.categories.push(found(Category::new(scheme, category), 0.9));
    if one % 10 < 8 {
        let digits = format!("+334{:08}", number % 100_000_000);
        let phone = Phone::new(E164::new(&digits).expect("a number"), digits);
        all.phones.push(found(phone, 0.5 + (two % 50) as f32 / 100.0));
    }
    if two % 10 < 4 {
        let address = EmailAddress::new(&format!("contact@b{number}.test")).expect("an address");
        all.emails.push(found(
            Email::new(address, EmailKind::Role, EmailScheme::Plain),
            0.8,
        ));
    }
    if three % 10 < 6 {
        let url = SafeUrl::parse(&format!("https://www.b{number}.test/")).expect("an address");
        all.websites.push(found(Website::new(url), 0.9));
    }
    let street = format!("{} rue {}", 1 + one % 120, surname(two % 4000));
    let mut address = Address::from_text(format!("{street}, {code} {town}"));
    address.street = Some(street);
    address.city = Some(town.to_owned());
    address.postal_code = Some(code.to_owned());
    address.country = Some(CountryCode::new("FR").expect("a country"));
    all.addresses.push(found(address, 0.9));
    let near = |at: f64, number: u64| at + (number % 2000) as f64 / 10_000.0 - 0.1;
    let point = GeoPoint::new(near(latitude, one), near(longitude, three)).expect("a place");
    all.geo.push(found(point, 0.9));
    let rating = Attribute::number("rating", 1.0 + (three % 41) as f64 / 10.0).expect("a rating");
    all.attributes.push(found(rating, 0.8));
    let source = SourceId::new(["osm", "directory", "guide"][(one % 3) as usize]).expect("an id");
    let key = NaturalKey::new(&format!("business/{number}")).expect("a key");
    let at = lead_core::clock::Timestamp::from_second(1_735_689_600 + (two % 31_536_000) as i64);
    Observation::new(source, key, None, at.expect("a time"), all)
}
