use super::*;
use crate::ErrorKind;
use crate::plan::understand;

fn texts(query: &str) -> Vec<String> {
    let meant = understand(&QueryText::new(query).unwrap());
    variants(&meant)
        .into_iter()
        .map(|variant| variant.text.to_string())
        .collect()
}

#[test]
fn words_of_all_languages_follow_those_of_the_query() {
    let all = texts("Zahnärzte");
    assert_eq!(all[..3], ["Zahnarztpraxis", "dentists", "dentistes"]);
    for wanted in [
        "dentistas",
        "dentisti",
        "tandartsen",
        "dentyści",
        "clínicas dentales",
    ] {
        assert!(all.iter().any(|text| text == wanted), "{wanted}: {all:?}");
    }
    // `dentistas` is said in Spanish and Portuguese.
    let mut once = all.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), all.len());
}

#[test]
fn what_says_the_same_is_one() {
    assert_eq!(
        texts("hotels")[..2],
        ["hoteles", "alberghi"],
        "Hotels and hôtels are hotels"
    );
    assert!(texts("O'Neill & Sons").is_empty());
    assert_eq!(texts("best O'Neill"), ["O'Neill"]);
}

#[test]
fn presets_are_checked_and_filled_in() {
    let meant = understand(&QueryText::new("best dentists in Lyon").unwrap());
    let templates = [
        "{what} {place}",
        "{what} near {place}",
        "{what}",
        "{place} {what}",
    ];
    let preset = Preset::new("mine", Order::Fixed, templates.map(str::to_owned)).unwrap();
    let texts: Vec<String> = preset
        .variants(&meant, None)
        .iter()
        .map(|variant| variant.text.to_string())
        .collect();
    assert_eq!(
        texts,
        ["dentists Lyon", "dentists near Lyon", "dentists"],
        "the last says what the first says"
    );
    let nowhere = understand(&QueryText::new("dentists").unwrap());
    assert_eq!(preset.variants(&nowhere, None).len(), 1);
    for bad in [
        "",
        "name = 'x'\ntemplates = []",
        "name = 'x'\ntemplates = ['{who}']",
        "name = 'x'\ntemplates = ['a']\nmore = 1",
    ] {
        assert_eq!(
            Preset::from_toml(bad).unwrap_err().kind(),
            ErrorKind::Config,
            "{bad}"
        );
    }
}
