//! What a query means: a country, a city, or a house in a city's street.

use super::place::Place;
use crate::country::{self, City, Country};
use crate::text::fold;
use crate::world::{World, cities};

/// `12 rue du Moulin 69001 Lyon` as `12 rue du Moulin`, `Lyon`: what ends in a city's name, without commas.
pub(super) fn split_free(text: &str) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..words.len()).find_map(|at| {
        let (head, tail) = words.split_at_checked(at)?;
        let city = tail.join(" ");
        cities().any(|(_, known)| known.is_called(&city)).then(|| {
            let digits = |word: &str| word.chars().all(|c| c.is_ascii_digit() || c == '-');
            let street = if head.len() > 1 && head.last().is_some_and(|word| digits(word) && word.len() >= 5)
            {
                head.split_last().map_or(head, |(_, rest)| rest)
            } else {
                head
            };
            vec![street.join(" "), city]
        })
    })
}

/// The places the parts of a query name, cities first.
pub(super) fn find<'a>(world: &'a World, parts: &[String]) -> Vec<Place<'a>> {
    let rest = |taken: usize| parts.iter().enumerate().filter(move |(index, _)| *index != taken);
    let mut found = Vec::new();
    for (index, (country, city)) in cities().enumerate() {
        let Some(taken) = parts.iter().position(|part| names_city(city, part)) else {
            continue;
        };
        let streets: Vec<&String> = rest(taken)
            .map(|(_, part)| part)
            .filter(|part| !is_around(city, country, part))
            .collect();
        if streets.is_empty() {
            found.push(Place::City(index, country, city));
        } else {
            found.extend(houses(world, city, &streets));
        }
    }
    if let [only] = parts {
        for (index, country) in country::ALL.iter().enumerate() {
            if names_country(country, only) {
                found.push(Place::Country(index, country));
            }
        }
    }
    found
}

/// `Lyon`, `69001 Lyon`, `LYON`.
fn names_city(city: &City, part: &str) -> bool {
    let bare: Vec<&str> = part
        .split_whitespace()
        .filter(|word| !word.contains(|c: char| c.is_ascii_digit()))
        .collect();
    city.is_called(part) || city.is_called(&bare.join(" "))
}

fn names_country(country: &Country, part: &str) -> bool {
    let wanted = fold(part);
    [country.name, country.local_name, country.code]
        .iter()
        .any(|name| fold(name) == wanted)
}

/// Region, country or postal code: what may stand beside a city without meaning a street.
fn is_around(city: &City, country: &Country, part: &str) -> bool {
    names_country(country, part)
        || fold(city.region()) == fold(part)
        // A house number is shorter than any postal code here.
        || (part.len() >= 4 && part.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ' '))
}

/// Businesses whose street line is asked for.
fn houses<'a>(world: &'a World, city: &'static City, streets: &[&String]) -> Vec<Place<'a>> {
    // Spanish street lines have a comma of their own.
    let whole = streets
        .iter()
        .map(|street| street.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let wanted: Vec<String> = streets
        .iter()
        .map(|street| fold(street))
        .chain([fold(&whole)])
        .collect();
    world
        .matching(None, Some(city))
        .filter(|business| {
            let line = fold(&business.address.street_line());
            wanted.contains(&line)
        })
        .map(Place::House)
        .collect()
}
