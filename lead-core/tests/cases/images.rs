//! Numbers shown as pictures: which pictures, and what the characters read from the first of them come to.

use lead_core::page::{Document, ParseOptions};
use lead_core::phone::{ImageCandidate, images, numbers_of_image};
use serde_json::{Value, json};
use url::Url;

use super::{plain, suite};

fn told(document: &Document, candidate: &ImageCandidate) -> Value {
    plain(&json!({
        "source": candidate.source,
        "url": candidate.url,
        "role": candidate.role,
        "score": plain(&candidate.score),
        "locator": document.element(candidate.element).unwrap().locator(),
    }))
}

#[test]
fn pictures() {
    suite("images", |case| {
        let base = case["base_url"].as_str().map(|url| Url::parse(url).unwrap());
        let options = ParseOptions::new().base_url(base.as_ref());
        let document = Document::from_html(case["html"].as_str().unwrap(), &options).unwrap();
        let found = images(&document);
        let (read, region) = (case["read"].as_str().unwrap(), case["region"].as_str());
        let numbers = found
            .first()
            .map(|first| numbers_of_image(&document, first, read, region));
        let found: Vec<Value> = found.iter().map(|one| told(&document, one)).collect();
        vec![("images", found.into()), ("numbers", plain(&numbers))]
    });
}
