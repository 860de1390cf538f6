//! Any bytes as the file of settings and as the answer of every API.

use lead_storage::sink::{Settings, fuzz};
use proptest::prelude::*;

/// Words that the formats know, so that random text comes far.
const WORDS: &[&str] = &[
    "[[sink]]\n",
    "[[rule]]\n",
    "name = ",
    "kind = ",
    "'webhook'\n",
    "'zoho'\n",
    "url = ",
    "'https://a.example/'\n",
    "secrets = ['env:A']\n",
    "filter = 'has:phone'\n",
    "sink = 'a'\n",
    "'a'\n",
    "on = ['created']\n",
    "max_attempts = 3\n",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"data\"",
    "\"results\"",
    "\"errors\"",
    "\"values\"",
    "\"status\"",
    "\"success\"",
    "\"context\"",
    "true",
    "false",
    "null",
    "1e999",
    "\"a\"",
];

proptest! {
    #[test]
    fn nothing_panics_on_any_bytes(bytes: Vec<u8>) {
        prop_assert_eq!(fuzz(&bytes), ([2; 4], false));
    }

    #[test]
    fn nothing_panics_on_words_it_knows(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        prop_assert_eq!(fuzz(words.concat().as_bytes()), ([2; 4], false));
    }

    #[test]
    fn nothing_panics_on_broken_json(cut in 0_usize..200, put: char) {
        let json = r#"{"data": [{"status": "success"}, {"code": "A", "details": {"api_name": 1}}], "results": [{"properties": {"lead_id": "a"}}],
            "errors": [{"context": {"ids": ["b"]}}], "values": [["id", 1, null]], "success": true}"#;
        let cut = json.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(json.len());
        prop_assert_eq!(fuzz(format!("{}{put}{}", &json[..cut], &json[cut..]).as_bytes()).0, [2; 4]);
    }
}

#[test]
fn a_file_is_read_or_refused_with_a_reason() {
    let settings: Settings = "[[sink]]\nname = 'a'\nkind = 'zoho'\ntoken = 'env:T'\n[[rule]]\nname = 'r'\nsink = 'a'\nfilter = 'has:phone'\non = ['changed']"
        .parse()
        .unwrap();
    assert_eq!(
        (settings.sinks().len(), settings.rules()[0].said()),
        (1, "has:phone")
    );
    assert_eq!(settings.sinks()[0].attempts(), 12);
}
