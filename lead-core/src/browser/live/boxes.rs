//! Where the numbers of a page stand in its window.

use std::sync::Arc;

use serde::Serialize;

use super::{LiveConfig, NumberBox, Rect};
use crate::Result;
use crate::contacts::ExtractOptions;
use crate::record::{Found, Phone, Trace};

/// A number as it is looked for.
#[derive(Serialize)]
struct Wanted<'a> {
    digits: [String; 2],
    raw: &'a str,
}

/// The boxes of every number that is found in `html`, which is what a page came to. `places` tells where on it each of what it is
/// given, as JSON, stands.
pub(in crate::browser) async fn of(
    html: &str,
    url: &str,
    config: &LiveConfig,
    places: impl AsyncFnOnce(String) -> Result<Vec<Vec<Rect>>>,
) -> Result<Arc<[NumberBox]>> {
    let mut options = ExtractOptions::new().base_url(url);
    if let Some(region) = &config.region {
        options = options.region(region);
    }
    let phones = crate::extract(html, &options)?.findings.phones;
    if phones.is_empty() {
        return Ok(Arc::default());
    }
    let wanted: Vec<_> = phones.iter().map(wanted).collect();
    let arguments = serde_json::to_string(&wanted).unwrap_or_default();
    let places = places(arguments).await?;
    let boxes = phones.iter().zip(places).flat_map(|(phone, places)| {
        places.into_iter().map(move |rect| {
            let (number, method) = (phone.e164.to_string(), phone.method().to_string());
            NumberBox::new(number, method, phone.confidence.get(), rect)
        })
    });
    Ok(boxes.collect())
}

fn wanted(phone: &Found<Phone, Trace>) -> Wanted<'_> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect();
    Wanted {
        digits: [digits(&phone.e164.to_string()), digits(&phone.national)],
        raw: &phone.raw,
    }
}
