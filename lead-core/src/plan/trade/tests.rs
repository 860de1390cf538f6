use std::collections::BTreeSet;

use super::*;

fn tags(query: &str) -> Vec<String> {
    let found = categories(&QueryText::new(query).unwrap());
    found
        .iter()
        .map(|category| format!("{}={}", category.key, category.value))
        .collect()
}

#[test]
fn knows_plurals_and_languages() {
    for query in [
        "dentists",
        "Dentist",
        "Zahnärzte",
        "Zahnärzten",
        "zahnarzt",
        "zahnarzte",
        "dentistes Lyon",
        "dentisti",
        "dentyści",
        "cabinets dentaires",
        "歯医者",
    ] {
        assert_eq!(tags(query), ["amenity=dentist"], "{query}");
    }
    assert_eq!(tags("bakeries and cafés"), ["amenity=cafe", "shop=bakery"]);
    assert_eq!(tags("salles de sport"), ["leisure=fitness_centre"]);
    assert_eq!(tags("estate agents"), ["office=estate_agent"]);
    assert_eq!(tags("C# developers in Berlin"), ["office=it"]);
    assert!(tags("O'Neill & Sons").is_empty());
}

/// Every word that is looked for names the trade it stands for, whatever else it names.
#[test]
fn each_word_names_its_trade() {
    for trade in table::all() {
        for language in LANGUAGES {
            assert!(!trade.words(language).is_empty(), "{language} {trade:?}");
            for word in trade.words(language) {
                let query = QueryText::new(word).unwrap();
                assert!(trades(&query).contains(&trade), "{word}");
                assert!(
                    trade.languages_of(&plain_words(word)).contains(&language),
                    "{word}"
                );
            }
        }
    }
}

#[test]
fn the_table_has_no_stem_twice() {
    let mut all: Vec<_> = table::all().flat_map(|trade| trade.stems.split(' ')).collect();
    all.sort_unstable();
    let twice: Vec<_> = all
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn classes_are_written_as_their_taxonomies_write_them() {
    let mut tags = BTreeSet::new();
    for trade in table::all() {
        assert!(tags.insert(trade.classes(Taxonomy::Osm)), "{trade:?}");
        for code in trade.classes(Taxonomy::Naics) {
            assert!(
                code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()),
                "{code}"
            );
        }
        for taxonomy in [Taxonomy::Google, Taxonomy::Overture] {
            for class in trade.classes(taxonomy) {
                assert!(
                    class.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'),
                    "{class}"
                );
                assert!(trades_of(taxonomy, &class).any(|own| own == trade));
            }
        }
        assert!(!trade.classes(Taxonomy::Overture).is_empty(), "{trade:?}");
    }
    assert_eq!(tags.len(), 50);
    let lawyers: Vec<_> = trades_of(Taxonomy::Naics, "541110")
        .map(Trade::category)
        .collect();
    assert_eq!(
        lawyers,
        [Category {
            key: "office",
            value: "lawyer"
        }]
    );
}
