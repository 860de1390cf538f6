//! The tables hold what they claim.

use rlibphonenumber::{PHONE_NUMBER_UTIL, enums::Region};

use crate::business::{Phone, PhoneRole};
use crate::category::COUNT;
use crate::rng::Rng;

#[test]
fn every_pattern_gives_valid_numbers_only() {
    // Rare sub-ranges too: "010 8###" once let 010 8000 through, which is not in use.
    let mut rng = Rng::of(&[71]);
    for country in super::ALL {
        let region = Region::try_from(country.code).unwrap();
        let fixed = country.cities.iter().flat_map(|city| city.fixed);
        for pattern in fixed.chain(country.mobile).chain(country.toll_free) {
            for _ in 0..3_000 {
                let phone = Phone::new(country, rng.pattern(pattern), PhoneRole::Main);
                let number = PHONE_NUMBER_UTIL.parse(&phone.e164, None).unwrap();
                let valid = PHONE_NUMBER_UTIL.is_valid_number_for_region(&number, region);
                assert!(valid, "{} {pattern}: {}", country.code, phone.national);
            }
        }
    }
}

#[test]
fn every_language_has_a_word_for_each_category() {
    for lang in crate::lang::ALL {
        assert_eq!(lang.categories.len(), COUNT);
        assert!(
            lang.categories
                .iter()
                .all(|(label, plural)| !label.is_empty() && !plural.is_empty()),
            "{}",
            lang.code
        );
    }
}

#[test]
fn what_is_not_latin_has_a_latin_form_for_hosts() {
    for country in super::ALL {
        let labels = country.lang.categories.iter().map(|(label, _)| label);
        let words = country.families.iter().chain(country.epithets).chain(labels);
        for word in words {
            let slug = crate::text::slug(crate::text::latin(word));
            assert!(!slug.is_empty(), "{} {word}", country.code);
        }
    }
}
