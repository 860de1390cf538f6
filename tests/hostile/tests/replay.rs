//! Every target with what fuzzing found, and with input made of the words its format knows.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test harness")]

use std::path::Path;

use hostile::TARGETS;
use proptest::prelude::*;

/// Guards each finding: see regressions/README.md.
#[test]
fn what_fuzzing_found_stays_fixed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions");
    for entry in std::fs::read_dir(folder)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().is_dir())
    {
        let name = entry.file_name().into_string().unwrap();
        let (_, target) = TARGETS
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("no target {name}"));
        for input in std::fs::read_dir(entry.path()).unwrap() {
            target(&std::fs::read(input.unwrap().path()).unwrap());
        }
    }
}

/// Each target of the fuzzer has its binary, and each binary its target.
#[test]
fn every_target_can_be_fuzzed() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("\nname = \"{name}\"\n")), "{name}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
}

/// Words of all formats, so that random input gets past the first byte.
const WORDS: &[&str] = &[
    "<p>",
    "</p>",
    "<a href=\"",
    "\">",
    "</a>",
    "<script type=\"application/ld+json\">",
    "</script>",
    "<!--",
    "-->",
    "<td>",
    "&amp;",
    "&#x",
    "tel:",
    "mailto:",
    "{",
    "}",
    "[",
    "]",
    "\"@graph\":",
    "\"@type\":\"Bakery\"",
    "\"telephone\":",
    ",",
    ":",
    "\"name\":",
    "null",
    "1e999",
    "\\u0000",
    "\\ud800",
    "User-agent: *\n",
    "Disallow: /",
    "Allow: ",
    "Crawl-delay: ",
    "*",
    "$",
    "http://",
    "https://",
    "//",
    "@",
    "[::1]",
    "for=",
    "for=\"[2001:db8::1]:80\"",
    "10.0.0.1",
    ", ",
    ";",
    "name = \"a\"\n",
    "[[rules]]\nby = \"user\"\nquota = 1\nwindow = \"1s\"\n",
    "burst = ",
    "[[overrides]]\nby = \"user\"\nis = \"7\"\n",
    "unlimited = true\n",
    "%00",
    "..",
    "?",
    "#",
    "0 3 ",
    "* * ",
    "*/",
    "MON-FRI",
    "L",
    "@daily",
    "\nEurope/Vienna",
    "has:",
    "phone",
    "name",
    " AND ",
    " OR ",
    " NOT ",
    "(",
    ")",
    ">=",
    "<",
    "\"",
    "'",
    "\\",
    "+1 415-555-2671",
    "0478 00 00 01",
    "030 23125 000",
    "ext. ",
    "+",
    "(0)",
    "-",
    "/",
    "0",
    "00",
    "911",
    "54 9",
    "12345",
    "٤٥٦٧",
    ";ext=",
    " x",
    ";phone-context=",
    "FLOWERS",
    "=",
    "=1+1",
    "\t",
    "\r",
    "\n",
    "\0",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "é",
    "😀",
    "٣",
    "０３",
    "ẞ",
    "İ",
    "info@firm.example",
    " (at) ",
    " [dot] ",
    "xn--",
    "{a,b}@firm.example",
    " at ",
    "＠",
    "&#64;",
    "%40",
    "'a'+'@'+",
    ".replace('#','@')",
    "['a','firm.example'].join(",
    "sendMail('a','firm.example')",
    "unescape(",
    "atob('",
    "DeCryptX('1b",
    "content:'@firm.example'",
    "unicode-bidi:bidi-override;direction:rtl",
    "https://www.facebook.com/",
    "https://x.com/",
    "//rossi.tumblr.com/",
    "pages/Rossi/12345678",
    "@rossi",
    "profile.php?id=123456",
    "12 Main Street\n",
    "Springfield, IL 62701",
    "Suite 4, ",
    "Hauptstraße 5, ",
    "10115 Berlin",
    "SW1A 1AA",
    "1015 CW Amsterdam",
    "Via Roma, 12 - ",
    "00184 Roma (RM)",
    "Germany\n",
    "PO Box 12",
    "Mo-Fr 9-17",
    "Monday\n",
    "Saturday",
    " to ",
    "9am - 5:30pm",
    "12:00",
    "24/7",
    "closed",
    "noon",
    "midnight",
    "VAT ",
    "DE100954185",
    "USt-IdNr.: ",
    "HRB 12345",
    "SIRET ",
    "732 829 320 00074",
    "CHE-297.693.560",
    "Ada Example",
    "Dr. ",
    ", MBA",
    "CEO",
    "Sales Manager\n",
    "Geschäftsführer: ",
    "Vertreten durch",
    " und ",
    "(Vorsitzender)",
    "<p typeof=Store property=name resource=x>",
    "https://maps.google.com/maps?q=48.15,11.55",
    "geo:",
    "!3d48.1!4d11.5",
    "<i data-lat=48.1 data-lng=11.5>",
    "<meta charset=utf-16>",
    "<svg>",
    "<template>",
    "<plaintext>",
    "Search Query,Platform,Profile URL,Handle,Display Name\n",
    "[{\"platform\":\"instagram\",\"display_name\":",
    "N/A",
    "sig1=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\")",
    ";created=1800000000;keyid=\"a\";nonce=\"n\"",
    ";alg=\"hmac-sha256\"",
    "sig1=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:",
    "sha-256=:",
    "lead_",
    "eyJhbGciOiJub25lIn0.",
    "{\"keys\": [",
    "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
    "$argon2id$v=19$m=64,t=1,p=1$",
    "2026-01-02T03:04:05",
];

fn input() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        8 => prop::sample::select(WORDS).prop_map(|word| word.as_bytes().to_vec()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
        1 => any::<char>().prop_map(|c| c.to_string().into_bytes()),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_will_do(data in input()) {
        for (_, target) in TARGETS {
            target(&data);
        }
    }

    #[test]
    fn any_bytes_will_do(data in prop::collection::vec(any::<u8>(), 0..300)) {
        for (_, target) in TARGETS {
            target(&data);
        }
    }
}
