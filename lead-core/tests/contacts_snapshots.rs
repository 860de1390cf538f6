//! What `extract` answers for small invented pages, whole.
#![allow(clippy::unwrap_used, reason = "a test harness")]

use lead_core::contacts::ExtractOptions;
use lead_core::extract;

/// As text: a JSON value would show every digit of a confidence.
fn json(html: &str, options: &ExtractOptions) -> String {
    serde_json::to_string_pretty(&extract(html, options).unwrap()).unwrap()
}

#[test]
fn a_bakery_with_structured_data() {
    let html = r#"<!doctype html><html lang="it-IT"><head><title>Contatti | Forno Rossi</title>
<meta property="og:site_name" content="Forno Rossi">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"Bakery","name":"Forno Rossi",
 "telephone":"06 1234 5678","faxNumber":"+39 06 1234 5679","email":"mailto:ciao@rossi.example","url":"https://rossi.example/",
 "sameAs":["https://www.facebook.com/FornoRossi"],"vatID":"IT01234567890",
 "address":{"@type":"PostalAddress","streetAddress":"Via Roma 1","postalCode":"00100","addressLocality":"Roma","addressCountry":"IT"},
 "geo":{"@type":"GeoCoordinates","latitude":41.9,"longitude":"12.5"},
 "openingHoursSpecification":[{"@type":"OpeningHoursSpecification","dayOfWeek":["Monday","Tuesday"],"opens":"08:00","closes":"18:00"}],
 "employee":{"@type":"Person","name":"Ada Esempio","jobTitle":"Titolare","email":"ada@rossi.example"}}</script></head>
<body><main><h1>Contatti</h1><p>Tel. <a href="tel:+390612345678">06 1234 5678</a>, fax 06 1234 5679</p>
<p>Ordine n. 0612345670, 12.03.2024, € 1.299,00</p></main>
<footer><a href="https://www.instagram.com/fornorossi/">Instagram</a> <a href="https://www.facebook.com/sharer.php?u=x">Condividi</a>
© 2024 Forno Rossi S.r.l.</footer></body></html>"#;
    insta::assert_snapshot!(json(
        html,
        &ExtractOptions::new().base_url("https://rossi.example/contatti")
    ));
}

#[test]
fn branches_keep_their_own_contacts() {
    let html = r#"<html lang="en"><title>Contact - Example Plumbing</title><body>
<div class="branch"><h3>Springfield</h3><p>12 Main Street<br>Springfield, IL 62701</p><p>Phone: (217) 555-0123<br>Fax: 217-555-0124</p></div>
<div class="branch"><h3>Portland</h3><p>34 Oak Avenue, Suite 5<br>Portland, OR 97201</p><p>Phone: (503) 555-0198<br>
 <a href="mailto:portland@plumbing.example">Mail</a></p></div>
<div class="vcard"><span class="fn">Grace Example</span>, <span class="title">Manager</span>, <span class="org">Example Plumbing</span>
 <a class="email" href="mailto:grace@plumbing.example">mail</a></div></body></html>"#;
    insta::assert_snapshot!(json(html, &ExtractOptions::new().region("US")));
}

#[test]
fn hidden_addresses_and_decoys() {
    let html = r##"<html lang="de"><body><p>info (at) muster-gmbh (punkt) de, logo@2x.png</p>
<a href="/cdn-cgi/l/email-protection#543f3b3a20353f2014392127203126793339363c7a3031">Mail</a>
<a href="#" data-mailto-token="ocknvq,ucnguBgzcorng/ujqr0eq0wm" data-mailto-vector="-2">Vertrieb</a>
<p>Bestellnummer 030 12345678, IBAN DE89 3704 0044 0532 0130 00, ISBN 978-3-16-148410-0, 52.5200, 13.4050</p>
<p>Musterstraße 5<br>10115 Berlin<br>Telefon: 030 901820<br>USt-IdNr.: DE123456788</p></body></html>"##;
    insta::assert_snapshot!(json(html, &ExtractOptions::new()));
}
