//! Where the numbers of a page stand in its window.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::{LiveConfig, NumberBox, Rect};
use crate::Result;
use crate::browser::tab::World;
use crate::contacts::ExtractOptions;
use crate::record::{Found, Phone, Trace};

const BOXES: &str = include_str!("../scripts/boxes.js");

/// Measuring takes no time to speak of.
const TIME: Duration = Duration::from_secs(5);

/// A number as it is looked for.
#[derive(Serialize)]
struct Wanted<'a> {
    digits: [String; 2],
    raw: &'a str,
}

/// The boxes of every number that is found in `html`, which is what the page of `world` came to.
pub(in crate::browser) async fn of(
    world: &World,
    html: &str,
    url: &str,
    config: &LiveConfig,
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
    let places: Vec<Vec<Rect>> = world.call(BOXES, &arguments, TIME).await?;
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
