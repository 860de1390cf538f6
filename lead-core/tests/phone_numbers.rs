//! Third-party truth for `phone::Number`: libphonenumber's own test suite, asked with the real numbering plans.
//!
//! What differs: numbers that do not keep the text they were read from (two calls), a negative count of leading zeros, and
//! `001` as a region.
//!
//! Read in place from `LEAD_SHARED` (default: `../shared` beside the workspace). The counts may only rise.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test harness"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use lead_core::phone::{self, CountryCodeSource, Format, Likeness, Number, ParseError, Possibility, Region};
use lead_core::record::PhoneType;
use serde_json::{Value, json};

/// A call of the suite, as far as we have the function; `None` where we have not.
fn answer(function: &str, args: &[Value]) -> Option<Value> {
    let text = |at: usize| args[at].as_str().unwrap_or_default().to_owned();
    let region = |at: usize| Region::new(args.get(at)?.as_str()?).ok();
    let number = || read_number(&args[0]);
    Some(match function {
        "parse" | "parseAndKeepRawInput" => {
            let keep = function != "parse";
            match Number::parse_with_carrier(args[0].as_str()?, region(1)) {
                Ok((number, carrier)) => {
                    write_number(&number, carrier.as_str(), keep.then_some(args[0].as_str()?))
                }
                Err(error) => json!({ "error": error_name(error) }),
            }
        }
        "isPossibleNumber" if args[0].is_string() => {
            json!(Number::parse(&text(0), region(1)).is_ok_and(|number| number.is_possible()))
        }
        "isPossibleNumber" => json!(number()?.is_possible()),
        "isPossibleNumberWithReason" => json!(possibility_name(number()?.possibility())),
        "isPossibleNumberForType" => json!(number()?.possibility_as(kind(&text(1))).is_possible()),
        "isPossibleNumberForTypeWithReason" => {
            json!(possibility_name(number()?.possibility_as(kind(&text(1)))))
        }
        "isValidNumber" => json!(number()?.is_valid()),
        "isValidNumberForRegion" => {
            json!(region(1).is_some_and(|region| number().unwrap().is_valid_for(region)))
        }
        "getNationalSignificantNumber" => json!(number()?.national_significant().as_str()),
        "truncateTooLongNumber" => json!(number()?.truncated().is_some()),
        "isNumberMatch" => json!(likeness(&args[0], &args[1])),
        "getNumberType" => json!(kind_name(number()?.kind())),
        "getRegionCodeForNumber" => match number()?.region() {
            Some(region) => json!(region.as_str()),
            None if phone::region_of_calling_code(number()?.calling_code()).is_none()
                && number()?.is_valid() =>
            {
                json!("001")
            }
            None => Value::Null,
        },
        "getRegionCodeForCountryCode" => {
            let code = u16::try_from(args[0].as_u64()?).ok()?;
            let serves = phone::example_of_service(code).is_some();
            json!(phone::region_of_calling_code(code).map_or(
                if serves { "001".to_owned() } else { "ZZ".to_owned() },
                |region| region.to_string()
            ))
        }
        "getCountryCodeForRegion" => json!(region(0).and_then(phone::calling_code_of).unwrap_or(0)),
        "getNddPrefixForRegion" => {
            let prefix = region(0).map(phone::national_prefix_of).unwrap_or_default();
            if prefix.is_empty() {
                Value::Null
            } else {
                json!(prefix)
            }
        }
        "isNumberGeographical" => json!(number()?.is_geographical()),
        "getLengthOfGeographicalAreaCode" => json!(number()?.area_code_length()),
        "getLengthOfNationalDestinationCode" => json!(number()?.destination_code_length()),
        "canBeInternationallyDialled" => json!(number()?.can_be_internationally_dialled()),
        "isAlphaNumber" => json!(phone::is_vanity(&text(0))),
        _ => return written(function, args),
    })
}

/// The calls that write a number.
fn written(function: &str, args: &[Value]) -> Option<Value> {
    let text = |at: usize| args[at].as_str().unwrap_or_default().to_owned();
    let region = |at: usize| Region::new(args.get(at)?.as_str()?).ok();
    let number = || read_number(&args[0]);
    let raw = || args[0]["raw"].as_str().unwrap_or_default().to_owned();
    Some(match function {
        "format" => json!(number()?.format(match text(1).as_str() {
            "E164" => Format::E164,
            "INTERNATIONAL" => Format::International,
            "NATIONAL" => Format::National,
            "RFC3966" => Format::Rfc3966,
            _ => return None,
        })),
        "formatOutOfCountryCallingNumber" => json!(match region(1) {
            Some(region) => number()?.format_from(region),
            None => number()?.format(Format::International),
        }),
        "formatInOriginalFormat" => json!(match args[0]["raw"].as_str() {
            Some(raw) => number()?.format_as_written(raw, region(1)?),
            None => number()?.format(Format::National),
        }),
        "formatOutOfCountryKeepingAlphaChars" => json!(number()?.format_keeping_letters(&raw(), region(1)?)),
        "formatNationalNumberWithCarrierCode" => json!(number()?.format_with_carrier(&text(1))),
        "formatNationalNumberWithPreferredCarrierCode" => {
            let own = args[0]["carrier"].as_str().filter(|code| !code.is_empty());
            json!(number()?.format_with_carrier(own.unwrap_or(&text(1))))
        }
        "formatNumberForMobileDialing" => {
            let written =
                number()?.format_for_mobile(region(1)?, args[0]["carrier"].as_str().unwrap_or_default());
            let written = written.unwrap_or_default();
            let plain = || {
                written
                    .chars()
                    .filter(|c| c.is_ascii_digit() || "+*#".contains(*c))
                    .collect()
            };
            json!(if args[2] == json!(true) { written } else { plain() })
        }
        _ => return None,
    })
}

fn read_number(value: &Value) -> Option<Number> {
    let zeros = match value["ilz"].as_bool() {
        Some(true) => usize::try_from(value["nlz"].as_u64().unwrap_or(1)).ok()?,
        _ => 0,
    };
    let national = "0".repeat(zeros) + value["nn"].as_str()?;
    let code = u16::try_from(value["cc"].as_u64().unwrap_or(0)).ok()?;
    let number = Number::new(code, &national)?.with_extension(value["ext"].as_str().unwrap_or_default());
    let source = SOURCES
        .iter()
        .find(|(_, name)| Some(*name) == value["src"].as_str());
    Some(
        number.with_country_code_source(source.map_or(CountryCodeSource::Unspecified, |(source, _)| *source)),
    )
}

fn write_number(number: &Number, carrier: &str, raw: Option<&str>) -> Value {
    let national = number.national_significant();
    let digits = national.as_str().trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let zeros = national.len() - digits.len();
    let mut value = json!({ "cc": number.calling_code(), "nn": digits });
    if zeros > 0 {
        value["ilz"] = json!(true);
    }
    if zeros > 1 {
        value["nlz"] = json!(zeros);
    }
    if !number.extension().is_empty() {
        value["ext"] = json!(number.extension().as_str());
    }
    if let Some(raw) = raw {
        value["raw"] = json!(raw);
        value["src"] = json!(source_name(*number));
        if !carrier.is_empty() {
            value["carrier"] = json!(carrier);
        }
    }
    value
}

fn likeness(one: &Value, other: &Value) -> &'static str {
    let like = match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => phone::compare_texts(one, other),
        (None, Some(text)) => read_number(one).unwrap().compare_text(text),
        (Some(text), None) => read_number(other).unwrap().compare_text(text),
        (None, None) => Some(read_number(one).unwrap().compare(&read_number(other).unwrap())),
    };
    match like {
        None => "NOT_A_NUMBER",
        Some(Likeness::None) => "NO_MATCH",
        Some(Likeness::ShortNsn) => "SHORT_NSN_MATCH",
        Some(Likeness::Nsn) => "NSN_MATCH",
        Some(Likeness::Exact) => "EXACT_MATCH",
        Some(_) => "?",
    }
}

const SOURCES: [(CountryCodeSource, &str); 4] = [
    (
        CountryCodeSource::NumberWithPlusSign,
        "FROM_NUMBER_WITH_PLUS_SIGN",
    ),
    (CountryCodeSource::NumberWithIdd, "FROM_NUMBER_WITH_IDD"),
    (
        CountryCodeSource::NumberWithoutPlusSign,
        "FROM_NUMBER_WITHOUT_PLUS_SIGN",
    ),
    (CountryCodeSource::DefaultCountry, "FROM_DEFAULT_COUNTRY"),
];

fn source_name(number: Number) -> &'static str {
    let source = number.country_code_source();
    SOURCES
        .iter()
        .find(|(known, _)| *known == source)
        .map_or("UNSPECIFIED", |(_, name)| name)
}

fn error_name(error: ParseError) -> &'static str {
    match error {
        ParseError::InvalidCountryCode => "INVALID_COUNTRY_CODE",
        ParseError::NotANumber => "NOT_A_NUMBER",
        ParseError::TooShortAfterIdd => "TOO_SHORT_AFTER_IDD",
        ParseError::TooShortNsn => "TOO_SHORT_NSN",
        ParseError::TooLong => "TOO_LONG",
        _ => "?",
    }
}

fn possibility_name(possibility: Possibility) -> &'static str {
    match possibility {
        Possibility::Possible => "IS_POSSIBLE",
        Possibility::LocalOnly => "IS_POSSIBLE_LOCAL_ONLY",
        Possibility::InvalidCountryCode => "INVALID_COUNTRY_CODE",
        Possibility::TooShort => "TOO_SHORT",
        Possibility::TooLong => "TOO_LONG",
        Possibility::InvalidLength => "INVALID_LENGTH",
        _ => "?",
    }
}

const KINDS: [(PhoneType, &str); 12] = [
    (PhoneType::Fixed, "FIXED_LINE"),
    (PhoneType::Mobile, "MOBILE"),
    (PhoneType::FixedOrMobile, "FIXED_LINE_OR_MOBILE"),
    (PhoneType::TollFree, "TOLL_FREE"),
    (PhoneType::PremiumRate, "PREMIUM_RATE"),
    (PhoneType::SharedCost, "SHARED_COST"),
    (PhoneType::Voip, "VOIP"),
    (PhoneType::PersonalNumber, "PERSONAL_NUMBER"),
    (PhoneType::Pager, "PAGER"),
    (PhoneType::Uan, "UAN"),
    (PhoneType::Voicemail, "VOICEMAIL"),
    (PhoneType::Unknown, "UNKNOWN"),
];

fn kind(name: &str) -> PhoneType {
    KINDS.iter().find(|(_, known)| *known == name).unwrap().0
}

fn kind_name(kind: PhoneType) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).unwrap().1
}

#[test]
fn answers_as_the_reference_suite() {
    let root = std::env::var_os("LEAD_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let file = root.join("data/phone/vectors_util.jsonl");
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("SKIPPED: {} is not there (set LEAD_SHARED)", file.display());
        return;
    };
    let (mut same, mut asked) = (0, 0);
    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    for line in text.lines() {
        let call: Value = serde_json::from_str(line).unwrap();
        let (function, args) = (call["fn"].as_str().unwrap(), call["args"].as_array().unwrap());
        let Some(ours) = answer(function, args) else {
            *missing.entry(function.to_owned()).or_default() += 1;
            continue;
        };
        asked += 1;
        if ours == call["real_metadata"] {
            same += 1;
        } else {
            println!(
                "{function}({}): {ours}, not {}",
                json!(args),
                call["real_metadata"]
            );
        }
    }
    println!("reference suite: {same} of {asked}; not asked: {missing:?}");
    assert!(same >= 4199, "{same} of {asked}");
}

/// The numbers the plans themselves give as examples, of every region and type.
#[test]
fn examples_are_what_they_are_examples_of() {
    let letters = || (b'A'..=b'Z').map(char::from);
    let regions = letters().flat_map(|a| letters().filter_map(move |b| Region::new(&format!("{a}{b}")).ok()));
    let mut seen = 0;
    for region in regions {
        for (kind, _) in KINDS {
            let Some(number) = phone::example_number(region, kind) else {
                continue;
            };
            seen += 1;
            assert!(number.is_valid_for(region), "{region} {kind:?} {number:?}");
            let known = match kind {
                PhoneType::FixedOrMobile => [PhoneType::Fixed, kind],
                PhoneType::Fixed | PhoneType::Mobile => [kind, PhoneType::FixedOrMobile],
                kind => [kind, kind],
            };
            assert!(known.contains(&number.kind()), "{region} {kind:?} {number:?}");
            for format in [Format::E164, Format::International, Format::Rfc3966] {
                let read = Number::parse(&number.format(format), None).unwrap();
                assert_eq!(
                    read.compare(&number),
                    Likeness::Exact,
                    "{region} {kind:?} {format:?}"
                );
            }
            let national = Number::parse(&number.format(Format::National), Some(region)).unwrap();
            assert_eq!(
                national.compare(&number),
                Likeness::Exact,
                "{region} {kind:?} {number:?}"
            );
        }
    }
    assert!(seen >= 1300, "{seen}");
}
