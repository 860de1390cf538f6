//! Reads telephone numbers, `REGION<tab>NUMBER` a line, and says all there is to say of each:
//! `printf 'DE\t030 123456\n' | cargo run -p lead-core --no-default-features --example read_numbers`
//!
//! `scripts/numbering/compare` holds these answers against another implementation's.
#![allow(clippy::print_stdout, reason = "a command-line example")]

use std::error::Error;
use std::io::{BufRead, Write};

use lead_core::phone::{CountryCodeSource, Format, Number, Region};

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (region, text) = line.split_once('\t').unwrap_or(("", &line));
        writeln!(out, "{}", describe(text, Region::new(region).ok()))?;
    }
    out.flush()?;
    Ok(())
}

/// The answers, separated by `|`; an error alone when the text is no number.
fn describe(text: &str, region: Option<Region>) -> String {
    let (number, carrier) = match Number::parse_with_carrier(text, region) {
        Ok(read) => read,
        Err(error) => return format!("{error:?}"),
    };
    let source = match number.country_code_source() {
        CountryCodeSource::NumberWithPlusSign => "plus",
        CountryCodeSource::NumberWithIdd => "idd",
        CountryCodeSource::NumberWithoutPlusSign => "bare",
        _ => "home",
    };
    let from =
        |code: &str| Region::new(code).map_or_else(|_| String::new(), |region| number.format_from(region));
    [
        number.format(Format::E164),
        number.extension().to_string(),
        carrier.to_string(),
        source.to_owned(),
        format!("{:?}", number.possibility()),
        number.is_valid().to_string(),
        number
            .region()
            .map_or_else(String::new, |region| region.to_string()),
        format!("{:?}", number.kind()),
        number.format(Format::International),
        number.format(Format::National),
        number.format(Format::Rfc3966),
        from("US"),
        from("DE"),
        from("JP"),
        number.format_as_written(text, region.unwrap_or(Region::US)),
        number.area_code_length().to_string(),
        number.destination_code_length().to_string(),
        number.can_be_internationally_dialled().to_string(),
        number.is_valid_short().to_string(),
        number.is_possible_short().to_string(),
        format!("{:?}", number.short_cost()),
        number.is_carrier_specific().to_string(),
        number.carrier().unwrap_or_default().to_owned(),
        number.certain_carrier().unwrap_or_default().to_owned(),
        number.time_zones().collect::<Vec<_>>().join(","),
        area(&number).to_owned(),
    ]
    .join("|")
}

#[cfg(feature = "areas")]
fn area(number: &Number) -> &'static str {
    number.area().unwrap_or_default()
}

#[cfg(not(feature = "areas"))]
fn area(_: &Number) -> &'static str {
    ""
}
