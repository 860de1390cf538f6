//! Leads as a table for people.

use std::collections::BTreeSet;

use comfy_table::{ContentArrangement, Table, presets};
use lead_core::record::{Evidence, Found, Lead};

use crate::app::App;
use crate::screen::one_line;

/// The columns of a table of leads.
const COLUMNS: [&str; 6] = ["Name", "Phone", "E-mail", "Place", "Seen by", "Sure"];

/// An empty table with these columns, kept within `width` where one is given.
pub(crate) fn table(columns: &[&str], width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_header(columns);
    match width {
        Some(width) => table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table
}

/// A part of a whole: `12.5 %`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A table of leads, a row each.
pub(crate) fn leads(leads: &[Lead], width: Option<u16>) -> Table {
    let mut table = table(&COLUMNS, width);
    table.add_rows(leads.iter().map(row));
    table
}

/// Says how to see the rest, when a table shows only some.
pub(crate) fn tell_more(app: &App, shown: usize, of: usize) {
    if shown < of {
        app.screen
            .remark(&format!("{shown} of {of} leads shown; --limit shows more"));
    }
}

/// What the columns say of a lead: the surest value of each, how many others there are, by whom and how often the
/// values were seen, and how sure the surest way to reach it is.
fn row(lead: &Lead) -> [String; 6] {
    let all = &lead.findings;
    let name = lead.name.as_deref().unwrap_or("–");
    let phone = surest(&all.phones, |phone| match phone.national.as_str() {
        "" => phone.e164.to_string(),
        national => format!("{} · {national}", phone.e164),
    });
    let email = surest(&all.emails, |email| email.address.as_str().to_owned());
    let sure = all
        .phones
        .iter()
        .map(|found| found.confidence)
        .chain(all.emails.iter().map(|found| found.confidence))
        .max();
    let sure = sure.map_or_else(|| "–".to_owned(), |sure| sure.to_string());
    [one_line(name), phone, email, place(lead), seen_by(lead), sure]
}

fn surest<T>(values: &[Found<T, Evidence>], show: impl Fn(&T) -> String) -> String {
    match values {
        [] => "–".to_owned(),
        [only] => one_line(&show(only)),
        [first, others @ ..] => format!("{} (+{})", one_line(&show(first)), others.len()),
    }
}

fn place(lead: &Lead) -> String {
    let address = lead.findings.addresses.first();
    let city = address.and_then(|address| address.city.clone());
    let country = address
        .and_then(|address| address.country)
        .map(|country| country.as_str().to_owned());
    let parts: Vec<String> = [city, country].into_iter().flatten().collect();
    if parts.is_empty() {
        "–".to_owned()
    } else {
        one_line(&parts.join(", "))
    }
}

/// The sources that know the lead, and the pieces of evidence for its phones and e-mails.
fn seen_by(lead: &Lead) -> String {
    let sources: BTreeSet<&str> = lead.sources.iter().map(|source| source.source.as_str()).collect();
    let sources: Vec<&str> = sources.into_iter().collect();
    let pieces: usize = lead
        .findings
        .phones
        .iter()
        .map(|found| found.evidence().len())
        .sum::<usize>()
        + lead
            .findings
            .emails
            .iter()
            .map(|found| found.evidence().len())
            .sum::<usize>();
    format!("{} · {pieces}×", sources.join(", "))
}

#[cfg(test)]
mod tests {
    use lead_core::clock::Timestamp;
    use lead_core::record::{
        Confidence, E164, Findings, Method, NaturalKey, Observation, Organization, Phone, SourceId, Trace,
    };

    use super::*;

    fn lead(name: &str) -> Lead {
        let trace = || Trace::new(Method::Platform);
        let number = Phone::new(E164::new("+81312345678").unwrap(), "");
        let mut findings = Findings::default();
        findings.organizations.push(Found::new(
            Organization::new(name),
            Confidence::clamped(0.9),
            trace(),
        ));
        findings
            .phones
            .push(Found::new(number, Confidence::clamped(0.93), trace()));
        let (source, key) = (SourceId::new("osm").unwrap(), NaturalKey::new("node/1").unwrap());
        let seen = Observation::new(source, key, None, Timestamp::UNIX_EPOCH, findings);
        Lead::derive(&[seen]).unwrap()
    }

    #[test]
    fn wide_characters_keep_the_columns_straight() {
        let shown = leads(&[lead("歯科医院"), lead("Bakery")], None).to_string();
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn a_name_cannot_drive_the_terminal() {
        let shown = leads(&[lead("\u{1b}[2Jgone")], None).to_string();
        assert!(!shown.contains('\u{1b}'), "{shown}");
    }
}
