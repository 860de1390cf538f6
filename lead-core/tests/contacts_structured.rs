//! One bakery in every notation that pages use for machines: the findings are the same.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test harness"
)]

use lead_core::contacts::ExtractOptions;
use lead_core::extract;
use lead_core::record::{Contacts, Method};

/// Name, number, mailbox, street, code, town.
const BAKERY: [&str; 6] = [
    "Forno Rossi",
    "+390612345678",
    "ciao@rossi.example",
    "Via Roma 1",
    "00184",
    "Roma",
];

const NOTATIONS: &[(&str, &str)] = &[
    (
        "JSON-LD",
        r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"Bakery","name":"Forno Rossi",
        "telephone":"06 1234 5678","email":"ciao@rossi.example","address":{"@type":"PostalAddress","streetAddress":"Via Roma 1",
        "postalCode":"00184","addressLocality":"Roma","addressCountry":"IT"}}</script>"#,
    ),
    (
        "JSON-LD, a graph with contact points in a list",
        r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
        {"@type":["Bakery","LocalBusiness"],"name":"Forno Rossi","contactPoint":[{"@type":"ContactPoint","telephone":["06 1234 5678"]},
        {"email":"ciao@rossi.example"}],"location":{"address":[{"streetAddress":"Via Roma 1","postalCode":"00184",
        "addressLocality":"Roma","addressCountry":{"@type":"Country","name":"Italy"}}]}}]}</script>"#,
    ),
    (
        "microdata",
        r#"<div itemscope itemtype="https://schema.org/Bakery"><b itemprop="name">Forno Rossi</b>
        <i itemprop="telephone">06 1234 5678</i><a itemprop="email" href="mailto:ciao@rossi.example">mail</a>
        <p itemprop="address" itemscope itemtype="https://schema.org/PostalAddress"><i itemprop="streetAddress">Via Roma 1</i>
        <i itemprop="postalCode">00184</i> <i itemprop="addressLocality">Roma</i><meta itemprop="addressCountry" content="IT"></p></div>"#,
    ),
    (
        "RDFa",
        r##"<div vocab="https://schema.org/" typeof="Bakery" resource="#us"><b property="name">Forno Rossi</b>
        <i property="telephone" content="06 1234 5678">call</i><a property="email" href="mailto:ciao@rossi.example">mail</a>
        <p property="address" typeof="PostalAddress"><i property="streetAddress">Via Roma 1</i>
        <i property="postalCode">00184</i> <i property="addressLocality">Roma</i><meta property="addressCountry" content="IT"></p></div>"##,
    ),
    (
        "RDFa with prefixes, in two places",
        r##"<body prefix="s: http://schema.org/"><div typeof="s:Bakery" resource="#us"><b property="s:name">Forno Rossi</b></div>
        <footer resource="#us"><i property="s:telephone">06 1234 5678</i> <i property="s:email">ciao@rossi.example</i>
        <p property="s:address" typeof="s:PostalAddress"><i property="s:streetAddress">Via Roma 1</i>
        <i property="s:postalCode">00184</i> <i property="s:addressLocality">Roma</i> <i property="s:addressCountry">IT</i></p></footer>"##,
    ),
    (
        "hCard",
        r#"<html lang="it"><div class="vcard"><b class="fn org">Forno Rossi</b><i class="tel">06 1234 5678</i>
        <a class="email" href="mailto:ciao@rossi.example">mail</a><p class="adr"><i class="street-address">Via Roma 1</i>
        <i class="postal-code">00184</i> <i class="locality">Roma</i> <i class="country-name">Italia</i></p></div>"#,
    ),
    (
        "h-card",
        r#"<html lang="it"><div class="h-card"><b class="p-name p-org">Forno Rossi</b><i class="p-tel">06 1234 5678</i>
        <a class="u-email" href="mailto:ciao@rossi.example">mail</a><p class="p-adr h-adr"><i class="p-street-address">Via Roma 1</i>
        <i class="p-postal-code">00184</i> <i class="p-locality">Roma</i> <i class="p-country-name">Italia</i></p></div>"#,
    ),
    (
        "OpenGraph",
        r#"<meta property="og:site_name" content="Forno Rossi"><meta property="business:contact_data:phone_number" content="06 1234 5678">
        <meta property="business:contact_data:email" content="ciao@rossi.example">
        <meta property="business:contact_data:street_address" content="Via Roma 1">
        <meta property="business:contact_data:postal_code" content="00184">
        <meta property="business:contact_data:locality" content="Roma">
        <meta property="business:contact_data:country_name" content="Italy">"#,
    ),
    (
        "OpenGraph of old",
        r#"<meta property="og:site_name" content="Forno Rossi"><meta property="og:phone_number" content="06 1234 5678">
        <meta property="og:email" content="ciao@rossi.example"><meta property="og:street-address" content="Via Roma 1">
        <meta property="og:postal-code" content="00184"><meta property="og:locality" content="Roma">
        <meta property="og:country-name" content="Italy">"#,
    ),
];

fn read(html: &str) -> Contacts {
    extract(html, &ExtractOptions::new()).unwrap()
}

#[test]
fn every_notation_says_the_same() {
    for (notation, html) in NOTATIONS {
        let found = read(html).findings;
        let address = &found
            .addresses
            .first()
            .unwrap_or_else(|| panic!("{notation}: no address"))
            .value;
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        let parts = [
            found.organizations[0].name.clone(),
            found
                .phones
                .first()
                .map(|phone| phone.e164.to_string())
                .unwrap_or_default(),
            found.emails[0].address.to_string(),
            part(&address.street),
            part(&address.postal_code),
            part(&address.city),
        ];
        assert_eq!(parts, BAKERY, "{notation}");
        assert_eq!(address.country.unwrap().as_str(), "IT", "{notation}");
        assert_eq!(found.addresses.len(), 1, "{notation}");
        let mut traces = found.addresses[0].evidence().iter();
        assert!(
            traces.any(|trace| trace.method == Method::StructuredData),
            "{notation}"
        );
        assert_eq!((found.phones.len(), found.emails.len()), (1, 1), "{notation}");
    }
}

#[test]
fn departments_keep_their_own_contacts() {
    let html = r#"<script type="application/ld+json">{"@type":"Organization","name":"Example Group","telephone":"+1 212-555-0100",
    "department":[{"@type":"AutoRepair","name":"Example Workshop","telephone":"+1 217-555-0123","openingHours":"Mo-Fr 08:00-17:00"},
      {"name":"Example Parts","telephone":"+1 217-555-0124","address":{"streetAddress":"12 Main Street","addressLocality":"Springfield",
       "addressRegion":"IL","postalCode":"62701"},"geo":{"latitude":39.8,"longitude":-89.65}}],
    "subOrganization":{"@type":"Store","name":"Example Shop","email":"shop@example-group.example","address":"34 Oak Avenue, Portland, OR 97201"},
    "founder":{"name":"Ada Example","jobTitle":"Founder","telephone":"+1 217-555-0125"}}</script>"#;
    let found = read(html).findings;
    let number = |index: &usize| found.phones[*index].e164.to_string();
    let place = |name: &str| {
        let place = found
            .locations
            .iter()
            .find(|place| place.name.as_deref() == Some(name));
        place.map(|place| {
            let phones: Vec<String> = place.phones.iter().map(number).collect();
            (
                phones.join(" "),
                place.emails.len(),
                place.hours.clone(),
                place.geo.is_some(),
                place.address.is_some(),
            )
        })
    };
    let expected = Some((
        "+12175550123".to_owned(),
        0,
        Some("Mo-Fr 08:00-17:00".to_owned()),
        false,
        false,
    ));
    assert_eq!(place("Example Workshop"), expected);
    assert_eq!(
        place("Example Parts"),
        Some(("+12175550124".to_owned(), 0, None, true, true))
    );
    assert_eq!(place("Example Shop"), Some((String::new(), 1, None, false, true)));
    let person = &found.persons[0];
    assert_eq!(
        (person.name.as_str(), person.function.as_deref()),
        ("Ada Example", Some("Founder"))
    );
    assert_eq!(
        person.phones.iter().map(number).collect::<Vec<_>>(),
        ["+12175550125"]
    );
}

#[test]
fn hours_of_open_graph_are_read() {
    let day = |day: &str| {
        format!(
            "<meta property='business:hours:day' content='{day}'><meta property='business:hours:start' content='08:00'>
             <meta property='business:hours:end' content='18:00'>"
        )
    };
    let html = ["monday", "tuesday", "wednesday"].map(day).concat();
    assert_eq!(read(&html).findings.hours[0].hours, "Mo-We 08:00-18:00");
}
