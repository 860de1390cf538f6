//! The 43 columns of v3.9's CSV files, and where each lives now.

use super::{Lead, Method};

/// A column of v3.9 and how to read it from a lead.
#[derive(Clone, Copy)]
pub struct LegacyColumn {
    /// The header, to the letter.
    pub header: &'static str,
    /// Where the value lives in the record, for the documentation.
    pub home: &'static str,
    read: fn(&Lead) -> Option<String>,
}

impl LegacyColumn {
    /// The value of this column for `lead`; `None` is written as an empty cell.
    pub fn read(&self, lead: &Lead) -> Option<String> {
        (self.read)(lead)
    }
}

impl std::fmt::Debug for LegacyColumn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} <- {}", self.header, self.home)
    }
}

macro_rules! columns {
    ($($header:literal <- $home:literal = $read:expr;)+) => {
        /// v3.9's 43 columns, in its order.
        pub const LEGACY_COLUMNS: &[LegacyColumn] =
            &[$(LegacyColumn { header: $header, home: $home, read: $read },)+];
    };
}

/// The first attribute of this name, as text.
fn attribute(lead: &Lead, name: &str) -> Option<String> {
    let found = lead
        .findings
        .attributes
        .iter()
        .find(|found| found.name.as_str() == name)?;
    Some(found.value.value.to_string())
}

macro_rules! attribute {
    ($name:literal) => {
        |lead| attribute(lead, $name)
    };
}

columns! {
    "Search Query" <- "attributes: search_query" = attribute!("search_query");
    "Platform" <- "sources[].source" = |lead| Some(lead.sources.first()?.source.to_string());
    "Profile URL" <- "socials[0].url, else sources[].url" = |lead| {
        let social = lead.findings.socials.first().map(|social| social.url.to_string());
        social.or_else(|| lead.sources.iter().find_map(|source| source.url.as_ref()).map(ToString::to_string))
    };
    "Handle" <- "socials[0].handle, else attributes: handle" = |lead| {
        let social = lead.findings.socials.first().map(|social| social.handle.clone());
        social.or_else(|| attribute(lead, "handle"))
    };
    "Display Name" <- "organizations, else attributes: display_name" =
        |lead| lead.name.clone().or_else(|| attribute(lead, "display_name"));
    "Bio/About" <- "attributes: bio, else description" =
        |lead| attribute(lead, "bio").or_else(|| attribute(lead, "description"));
    "Website" <- "websites[0]" = |lead| Some(lead.findings.websites.first()?.url.to_string());
    "Email" <- "emails[0]" = |lead| Some(lead.findings.emails.first()?.address.to_string());
    "Phone" <- "phones[0].e164" = |lead| Some(lead.findings.phones.first()?.e164.to_string());
    "Followers" <- "attributes: followers" = attribute!("followers");
    "Location" <- "addresses[0].text" = |lead| Some(lead.findings.addresses.first()?.text.clone());
    "business_type" <- "attributes: business_type, else categories[0]" = |lead| {
        let category = || Some(lead.findings.categories.first()?.category.clone());
        attribute(lead, "business_type").or_else(category)
    };
    "industry" <- "attributes: industry" = attribute!("industry");
    "sub_category" <- "attributes: sub_category" = attribute!("sub_category");
    "city" <- "addresses[0].city" = |lead| lead.findings.addresses.first()?.city.clone();
    "region" <- "addresses[0].region" = |lead| lead.findings.addresses.first()?.region.clone();
    "country" <- "addresses[0].country" = |lead| Some(lead.findings.addresses.first()?.country?.to_string());
    "postal_code" <- "addresses[0].postal_code" = |lead| lead.findings.addresses.first()?.postal_code.clone();
    "job_title" <- "persons[0].function, else attributes: job_title" = |lead| {
        let person = lead.findings.persons.first().and_then(|person| person.function.clone());
        person.or_else(|| attribute(lead, "job_title"))
    };
    "seniority_level" <- "attributes: seniority_level" = attribute!("seniority_level");
    "education_level" <- "attributes: education_level" = attribute!("education_level");
    "institution_name" <- "attributes: institution_name" = attribute!("institution_name");
    "last_post_date" <- "attributes: last_post_date" = attribute!("last_post_date");
    "is_boosted" <- "attributes: is_boosted" = attribute!("is_boosted");
    "post_engagement" <- "attributes: post_engagement" = attribute!("post_engagement");
    "lead_score" <- "attributes: lead_score" = attribute!("lead_score");
    "intent_category" <- "attributes: intent_category" = attribute!("intent_category");
    "sentiment_score" <- "attributes: sentiment_score" = attribute!("sentiment_score");
    "sentiment_trend" <- "attributes: sentiment_trend" = attribute!("sentiment_trend");
    "lead_summary" <- "attributes: lead_summary" = attribute!("lead_summary");
    "extracted_at" <- "last_seen" = |lead| Some(lead.last_seen.to_string());
    "phone_raw" <- "phones[0].raw" = |lead| Some(lead.findings.phones.first()?.raw.clone());
    "phone_normalized" <- "phones[0].e164" = |lead| Some(lead.findings.phones.first()?.e164.to_string());
    "phone_validation_status" <- "phones[0]: only valid numbers are kept" =
        |lead| lead.findings.phones.first().map(|_| "valid".to_owned());
    "phone_confidence_score" <- "phones[0].confidence, 0 to 100" =
        |lead| Some(format!("{:.0}", lead.findings.phones.first()?.confidence.get() * 100.0));
    "phone_source" <- "phones[0].method" =
        |lead| lead.findings.phones.first().map(|phone| Method::to_string(phone.method()));
    "phone_element_selector" <- "phones[0].evidence[0].locator" =
        |lead| lead.findings.phones.first()?.evidence().first()?.trace.locator.clone();
    "phone_screenshot_path" <- "attributes: phone_screenshot_path" = attribute!("phone_screenshot_path");
    "phone_timestamp" <- "phones[0].evidence[0].last_seen" =
        |lead| Some(lead.findings.phones.first()?.evidence().first()?.last_seen.to_string());
    "lead_type" <- "attributes: lead_type" = attribute!("lead_type");
    "field_of_study" <- "attributes: field_of_study" = attribute!("field_of_study");
    "degree_program" <- "attributes: degree_program" = attribute!("degree_program");
    "graduation_year" <- "attributes: graduation_year" = attribute!("graduation_year");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_columns_have_a_home() {
        assert_eq!(LEGACY_COLUMNS.len(), 43);
        for column in LEGACY_COLUMNS {
            for name in column
                .home
                .split("attributes: ")
                .skip(1)
                .filter_map(|rest| rest.split(',').next())
            {
                assert!(super::super::AttributeName::new(name).is_ok(), "{column:?}");
            }
        }
    }
}
