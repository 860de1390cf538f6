//! The numbers of a row: up to eight columns speak of one.

use lead_core::phone;
use lead_core::record::{Confidence, CountryCode, Found, Method, Phone, Trace};

use super::cells::Cells;
use super::draft::{Draft, FURTHER};
use super::values;

/// How sure a number is that v3.9 gives no score: of its numbers 62 in a hundred were right on labelled pages.
const PHONE: f32 = 0.6;

impl Draft {
    pub(super) fn phones(&mut self, cells: &mut Cells) {
        let columns = ["phone_normalized", "phone", "phone_raw"];
        let region = self.region;
        let main = columns.iter().find_map(|name| {
            let text = cells.get(name)?;
            Some((*name, read(text, region)?))
        });
        match main {
            Some((column, number)) => self.phone(cells, column, number),
            None => self.list(cells),
        }
    }

    /// A number, with what stands beside it.
    fn phone(&mut self, cells: &mut Cells, column: &'static str, mut number: Phone) {
        let written = cells.take(column).unwrap_or_default();
        let raw = cells.take("phone_raw");
        // As it stood on the page it may have an extension, which its international form has not.
        if let Some(whole) = raw.as_deref().and_then(|raw| read(raw, self.region))
            && whole.e164 == number.e164
        {
            number = whole;
        }
        for other in ["phone", "phone_normalized"] {
            let differs = |text: &String| read(text, self.region).is_none_or(|same| same.e164 != number.e164);
            if let Some(text) = cells.take(other).filter(differs) {
                cells.put(other, text);
            }
        }
        number.raw = raw.unwrap_or_else(|| written.clone());
        let sure = Self::score(cells);
        let found = self.evidenced(cells, number, sure, column, &written);
        self.findings.phones.push(found);
        let status = cells.take("phone_validation_status");
        // Only what is valid gets here, so that goes without saying.
        if let Some(status) = status.filter(|status| !status.eq_ignore_ascii_case("valid")) {
            cells.put("phone_validation_status", status);
        }
    }

    /// v3.9's own score, 0 to 100.
    fn score(cells: &mut Cells) -> f32 {
        let Some(text) = cells.take("phone_confidence_score") else {
            return PHONE;
        };
        let share = |number: f64| {
            if text.contains('.') && number <= 1.0 {
                number
            } else {
                number / 100.0
            }
        };
        let score = values::number(&text).map(share);
        #[expect(clippy::cast_possible_truncation, reason = "a share of two digits")]
        let score = score.map(|score| score as f32);
        score.unwrap_or_else(|| {
            cells.put("phone_confidence_score", text);
            PHONE
        })
    }

    /// The number with where the predecessor saw it, and where it stands now.
    fn evidenced(
        &self,
        cells: &mut Cells,
        number: Phone,
        sure: f32,
        column: &str,
        written: &str,
    ) -> Found<Phone, Trace> {
        let here = self.trace(column, written);
        let source = cells.take("phone_source");
        let method = source.as_deref().and_then(method);
        if let (None, Some(source)) = (&method, source) {
            cells.put("phone_source", source);
        }
        let selector = cells.take("phone_element_selector");
        let sure = Confidence::clamped(sure);
        if method.is_none() && selector.is_none() {
            return Found::new(number, sure, here);
        }
        let mut there = Trace::new(method.unwrap_or(Method::Import));
        there.locator = selector;
        let mut found = Found::new(number, sure, there);
        found.add_evidence(here);
        found
    }

    /// Several numbers in one cell, or what no number is.
    fn list(&mut self, cells: &mut Cells) {
        let Some(text) = cells
            .get("phone")
            .or_else(|| cells.get("phone_raw"))
            .map(str::to_owned)
        else {
            return;
        };
        let parts = text.split([';', ',', '|', '/', '\n']);
        let numbers: Vec<Phone> = parts.filter_map(|part| read(part.trim(), self.region)).collect();
        if numbers.is_empty() {
            return; // kept as it is, with the other cells that nobody takes
        }
        cells.take("phone");
        let mut sure = PHONE;
        for number in numbers {
            let known = |found: &Found<Phone, Trace>| found.e164 == number.e164;
            if self.findings.phones.iter().any(known) {
                continue;
            }
            let found = self.found(number, sure, "phone", &text);
            self.findings.phones.push(found);
            sure *= FURTHER;
        }
    }
}

fn read(text: &str, region: Option<CountryCode>) -> Option<Phone> {
    let region = region.as_ref().map(CountryCode::as_str);
    let number = phone::parse(text, region).ok().flatten()?;
    phone::is_valid(number.e164).then_some(number)
}

/// By which layer: our names for it, and v3.9's.
fn method(source: &str) -> Option<Method> {
    let name = source.trim().to_lowercase().replace(['_', ' '], "-");
    Some(match name.as_str() {
        "text" | "visible-text" | "regex" | "page-text" => Method::VisibleText,
        "tel" | "tel-link" | "href" => Method::TelLink,
        "json-ld" | "schema" | "structured" | "meta" | "structured-data" => Method::StructuredData,
        "website" | "linked-page" => Method::LinkedPage,
        "ocr" | "image" => Method::Image,
        name => return name.parse().ok(),
    })
}
