use proptest::prelude::*;

use super::*;
use crate::ErrorKind;
use crate::record::GeoPoint;

fn canonical(text: &str) -> String {
    Filter::parse(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
        .to_string()
}

fn refused(text: &str) -> String {
    let error = Filter::parse(text).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    error.to_string()
}

#[test]
fn reads_the_language() {
    assert_eq!(
        canonical(
            "source:osm has:email city:\"New  York\" rating>=4 seen>2026-01-01 phone:+33* text:\"Vegan bakery\""
        ),
        "source:\"osm\" has:email city:\"new york\" rating>=4 seen>2026-01-01T00:00:00Z phone:\"+33*\" text:\"vegan bakery\""
    );
    assert_eq!(canonical("a OR b c"), "text:\"a\" OR (text:\"b\" text:\"c\")");
    assert_eq!(
        canonical("(a OR b) AND -c"),
        "(text:\"a\" OR text:\"b\") NOT text:\"c\""
    );
    assert_eq!(canonical("city!=lyon"), "NOT city:\"lyon\"");
    assert_eq!(canonical("NOT NOT has:phone"), "NOT NOT has:phone");
    assert_eq!(canonical("   "), "*");
    assert_eq!(canonical("NOT *"), "NOT *");
    assert_eq!(canonical("phone:\"+33 (4) 78.00-00\""), "phone:\"+334780000\"");
    assert_eq!(
        canonical("seen:2026-01-31"),
        "seen>=2026-01-31T00:00:00Z seen<2026-02-01T00:00:00Z"
    );
    assert_eq!(
        canonical("seen!=2026-01-31"),
        "NOT (seen>=2026-01-31T00:00:00Z seen<2026-02-01T00:00:00Z)"
    );
    assert_eq!(canonical(r#"name:"a \"b\" \\ c""#), r#"name:"a \"b\" \\ c""#);
    assert_eq!(canonical("O'Neill"), "text:\"o neill\"");
    assert_eq!(
        canonical("text~\"Boulangrie Morvalet\""),
        "text~\"boulangrie morvalet\""
    );
    assert_eq!(canonical("near:48.85,2.35,5km"), "near:48.85,2.35,5000m");
    assert_eq!(
        canonical("-near:\"48.85, 2.35, 1mi\""),
        "NOT near:48.85,2.35,1609.344m"
    );
    assert_eq!(
        canonical("is:Hidden -is:shown is=any"),
        "is:hidden NOT is:shown is:any"
    );
    assert_eq!(canonical("bbox:2.2,48.8,2.5,48.9"), "bbox:2.2,48.8,2.5,48.9");
}

#[test]
fn says_what_is_wrong_and_where() {
    assert!(
        refused("has:phone citty:lyon").contains("did you mean city?")
            && refused("has:phone citty:lyon").contains("position: 10")
    );
    assert!(refused("rating>good").contains("compared with a number"));
    assert!(refused("seen>yesterday").contains("2026-01-31"));
    assert!(refused("(has:phone").contains("never closed"));
    assert!(refused("has:phone)").contains("position: 9"));
    assert!(refused("name:\"open").contains("never closed"));
    assert!(refused("city:").contains("a value is wanted"));
    assert!(refused("has:phone near:Paris").contains("position: 10"));
    assert!(refused("has:phone is:gone").contains("position: 10"));
    assert!(refused("is:gone").contains("hidden, shown or any"));
    assert!(refused("city~lyon").contains("only text"));
    for broken in [
        "near:91,0,5km",
        "near:48.85,2.35,5",
        "near:48.85,2.35,-5km",
        "near<48.85,2.35,5km",
        "bbox:1,2,3",
        "OR",
        "a OR",
        "a AND",
        "NOT",
        "-",
        "()",
        "has>phone",
        "is>hidden",
        "is!=hidden",
        "is:",
        "has:is",
        "--",
        "rating:nan",
        "has:",
    ] {
        refused(broken);
    }
}

/// Each level of nesting costs stack; without an end to them a filter of parentheses ends the process.
#[test]
fn depth_and_length_have_an_end() {
    for opener in ["(", "-", "NOT "] {
        assert!(refused(&opener.repeat(2000)).contains("at most 100 levels"));
    }
    assert!(refused(&"x".repeat(100_000)).contains("at most 10000 characters"));
}

fn filters() -> impl Strategy<Value = Filter> {
    let texts = "[a-zäé0-9*\"\\\\()' :-]{1,12}".prop_map(|text| Scalar::Text(folded(&text)));
    let comparison = prop_oneof![
        Just(Comparison::Equal),
        Just(Comparison::Less),
        Just(Comparison::LessOrEqual),
        Just(Comparison::Greater),
        Just(Comparison::GreaterOrEqual)
    ];
    let times = (0i64..2_000_000_000)
        .prop_map(|second| Scalar::Time(crate::clock::Timestamp::from_second(second).unwrap()));
    let leaf = prop_oneof![
        prop::sample::select(Field::ALL).prop_map(Filter::Has),
        (comparison.clone(), texts).prop_map(|(how, value)| Filter::Compare(Field::City, how, value)),
        (comparison.clone(), any::<i32>()).prop_map(|(how, n)| Filter::Compare(
            Field::Rating,
            how,
            Scalar::Number(f64::from(n) / 8.0)
        )),
        (comparison, times).prop_map(|(how, value)| Filter::Compare(Field::Seen, how, value)),
        prop::collection::vec("[a-zäé0-9]{1,6}", 1..3).prop_map(Filter::Text),
        prop::collection::vec("[a-zäé0-9]{1,6}", 1..3).prop_map(Filter::Alike),
        prop::sample::select(&Visibility::ALL[..]).prop_map(Filter::Is),
        (-90.0..=90.0, -180.0..=180.0, 0.0..1e8).prop_map(|(latitude, longitude, metres)| {
            Filter::Near(Circle::new(GeoPoint::new(latitude, longitude).unwrap(), metres).unwrap())
        }),
        (-180.0..=180.0, -90.0..=0.0, -180.0..=180.0, 0.0..=90.0).prop_map(|(west, south, east, north)| {
            Filter::Within(BoundingBox::new(west, south, east, north).unwrap())
        }),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::And),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Filter::Or),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

#[test]
fn who_says_nothing_of_hidden_leads_means_the_others() {
    let speaks = |text: &str| Filter::parse(text).unwrap().speaks_of_hidden();
    assert!(!speaks("*") && !speaks("-has:phone (city:lyon OR rating>3)"));
    assert!(speaks("is:any") && speaks("has:phone OR NOT (city:lyon is:hidden)"));
    let both = Filter::parse("city:lyon").unwrap().with_hidden();
    assert_eq!(both.to_string(), "is:any city:\"lyon\"");
    assert_eq!(both.clone().with_hidden(), both);
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(filter in filters()) {
        let text = filter.to_string();
        prop_assert_eq!(Filter::parse(&text).unwrap(), filter, "{}", text);
    }

    #[test]
    fn no_text_is_a_panic(text in ".*") {
        if let Ok(filter) = Filter::parse(&text) {
            prop_assert_eq!(Filter::parse(&filter.to_string()).unwrap(), filter);
        }
    }
}
