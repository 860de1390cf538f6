//! The contacts of a page, each with its proof.
#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use lead_core::prelude::*;

const PAGE: &str = r#"<html lang="fr"><title>Boulangerie Exemple – Lyon</title>
<h1>Boulangerie Exemple</h1>
<p>3 rue des Essais, 69001 Lyon</p>
<p>Tél. : <a href="tel:+33478000001">04 78 00 00 01</a> · Fax : 04 78 00 00 02</p>
<p>Écrivez à bonjour (at) exemple (point) fr. Commande n° 0478000003 du 12.03.2026, total 24,90 €.</p></html>"#;

fn main() -> Result<()> {
    let contacts = lead_core::extract(PAGE, &ExtractOptions::new())?;
    for phone in &contacts.findings.phones {
        println!("{} {:?}, {} sure", phone.e164, phone.role, phone.confidence);
        for proof in phone.evidence() {
            let place = proof.locator.as_deref().unwrap_or("?");
            println!(
                "    {} at {place}: {}",
                proof.method,
                proof.snippet.as_deref().unwrap_or("")
            );
        }
    }
    for email in &contacts.findings.emails {
        println!(
            "{} ({:?}, written as {:?})",
            email.address, email.kind, email.scheme
        );
    }
    // The order number and the date are no telephone numbers.
    assert_eq!(contacts.findings.phones.len(), 2);
    assert!(
        contacts
            .findings
            .emails
            .iter()
            .all(|email| email.address.as_str() == "bonjour@exemple.fr")
    );
    Ok(())
}
