//! Numbers as values: what each language's `phone` is asked, by the names it has in Python.

use lead_core::Error;
use lead_core::phone::{self, CountryCodeSource, Format, Number, NumberParts, Region};
use lead_core::record::{E164, PhoneType};
use serde::Serialize;
use serde_json::{Value, json};

/// The answer to a case: a number that is read and what is asked of it, or functions alone.
pub(crate) fn answer(case: &Value) -> Value {
    let Some(text) = case["text"].as_str() else {
        return json!({"answers": answers(case, function)});
    };
    match parse(text, case["region"].as_str()) {
        Ok(number) => json!({
            "number": number,
            "text": number.to_string(),
            "facts": facts(&number),
            "answers": answers(case, |call| method(&number, call)),
        }),
        Err(error) => json!({"error": told(&error)}),
    }
}

fn parse(text: &str, region: Option<&str>) -> Result<Number, Error> {
    Ok(Number::parse(text, phone::wanted_region(region)?)?)
}

fn answers(case: &Value, ask: impl Fn(&Call) -> Result<Value, Error>) -> Vec<Value> {
    let calls = case["calls"].as_array().into_iter().flatten();
    calls
        .map(|call| match ask(&Call(call)) {
            Ok(value) => value,
            Err(error) => json!({"error": told(&error)}),
        })
        .collect()
}

fn told(error: &Error) -> Value {
    let context: std::collections::BTreeMap<_, _> = error.context().collect();
    json!({"kind": error.kind().name(), "code": error.kind().code(), "message": error.to_string(), "context": context})
}

/// What a number is: Python's and Node's properties.
fn facts(number: &Number) -> Value {
    let mut facts = json!({
        "e164": number.format(Format::E164),
        "international": number.format(Format::International),
        "national": number.format(Format::National),
        "rfc3966": number.format(Format::Rfc3966),
        "is_valid": number.is_valid(),
        "is_possible": number.is_possible(),
        "possibility": number.possibility(),
        "region": number.region(),
        "type": number.kind(),
        "is_geographical": number.is_geographical(),
        "area_code_length": number.area_code_length(),
        "destination_code_length": number.destination_code_length(),
        "can_be_internationally_dialled": number.can_be_internationally_dialled(),
        "carrier": number.carrier(),
        "certain_carrier": number.certain_carrier(),
        "area": number.area(),
        "country_name": number.country_name(),
        "time_zones": number.time_zones().collect::<Vec<_>>(),
        "is_possible_short": number.is_possible_short(),
        "is_valid_short": number.is_valid_short(),
        "short_cost": number.short_cost(),
        "is_carrier_specific": number.is_carrier_specific(),
    });
    // The parts are properties too.
    let parts = serde_json::to_value(number).unwrap();
    for (name, value) in parts.as_object().unwrap() {
        facts[name] = value.clone();
    }
    facts
}

/// A call of a case: its name, its arguments, its options.
struct Call<'a>(&'a Value);

impl<'a> Call<'a> {
    fn name(&self) -> &'a str {
        self.0["call"].as_str().unwrap()
    }

    fn text(&self, at: usize) -> &'a str {
        self.0["args"][at].as_str().unwrap_or_default()
    }

    fn region(&self, at: usize) -> Result<Region, Error> {
        Region::new(self.text(at))
    }

    fn code(&self) -> u16 {
        self.0["args"][0].as_u64().unwrap().try_into().unwrap()
    }

    fn option(&self, name: &str) -> Option<&'a str> {
        self.0["options"][name].as_str()
    }
}

fn plain(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn method(number: &Number, call: &Call) -> Result<Value, Error> {
    Ok(match call.name() {
        "format" => plain(number.format(call.text(0).parse()?)),
        "format_from" => plain(number.format_from(call.region(0)?)),
        "format_for_mobile" => plain(number.format_for_mobile(call.region(0)?, call.text(1))),
        "format_with_carrier" => plain(number.format_with_carrier(call.text(0))),
        "format_as_written" => plain(number.format_as_written(call.text(0), call.region(1)?)),
        "format_keeping_letters" => plain(number.format_keeping_letters(call.text(0), call.region(1)?)),
        "is_valid_for" => plain(number.is_valid_for(call.region(0)?)),
        "possibility_as" => plain(number.possibility_as(call.text(0).parse::<PhoneType>()?)),
        "truncated" => plain(number.truncated()),
        "with_extension" => {
            let mut parts = NumberParts::from(*number);
            parts.extension = call.0["args"][0].as_str().map(str::to_owned);
            plain(Number::try_from(parts)?)
        }
        "with_country_code_source" => {
            plain(number.with_country_code_source(call.text(0).parse::<CountryCodeSource>()?))
        }
        "compare" => match call.0["args"][0].as_str() {
            Some(text) => plain(number.compare_text(text)),
            None => plain(number.compare(&serde_json::from_value(call.0["args"][0].clone()).unwrap())),
        },
        "is_possible_short_in" => plain(number.is_possible_short_in(call.region(0)?)),
        "is_valid_short_in" => plain(number.is_valid_short_in(call.region(0)?)),
        "short_cost_in" => plain(number.short_cost_in(call.region(0)?)),
        "is_carrier_specific_in" => plain(number.is_carrier_specific_in(call.region(0)?)),
        "is_sms_service_in" => plain(number.is_sms_service_in(call.region(0)?)),
        other => panic!("no method {other}"),
    })
}

fn function(call: &Call) -> Result<Value, Error> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    Ok(match call.name() {
        "parse_with_carrier" => {
            let region = phone::wanted_region(call.option("region"))?;
            let (number, carrier) = Number::parse_with_carrier(call.text(0), region)?;
            json!({"number": number, "carrier": some(carrier.to_string())})
        }
        "is_valid" => plain(phone::is_valid(E164::new(call.text(0))?)),
        "compare_texts" => plain(phone::compare_texts(call.text(0), call.text(1))),
        "find_numbers" => plain(phone::find_numbers(
            call.text(0),
            &crate::find_options(&call.0["options"])?,
        )?),
        "calling_code_of" => plain(phone::calling_code_of(call.region(0)?)),
        "region_of_calling_code" => plain(phone::region_of_calling_code(call.code())),
        "regions_of_calling_code" => plain(phone::regions_of_calling_code(call.code()).collect::<Vec<_>>()),
        "national_prefix_of" => plain(some(phone::national_prefix_of(call.region(0)?))),
        "is_mobile_number_portable" => plain(phone::is_mobile_number_portable(call.region(0)?)),
        "is_vanity" => plain(phone::is_vanity(call.text(0))),
        "example_number" => {
            let kind = call.0["args"][1].as_str().unwrap_or("fixed").parse()?;
            plain(phone::example_number(call.region(0)?, kind))
        }
        "example_of_service" => plain(phone::example_of_service(call.code())),
        "is_emergency_number" => plain(phone::is_emergency_number(call.text(0), call.region(1)?)),
        "connects_to_emergency_number" => {
            plain(phone::connects_to_emergency_number(call.text(0), call.region(1)?))
        }
        "example_short_number" => plain(phone::example_short_number(call.region(0)?)),
        other => panic!("no function {other}"),
    })
}
