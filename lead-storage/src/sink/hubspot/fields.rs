//! Names of properties in the API, and the columns of `hubspot` exports they hold (Knowledge Base, *HubSpot's default company properties*,
//! *default contact properties*).

use std::collections::BTreeMap;

use lead_core::Result;

use super::settings::Object;
use crate::export::Layout;
use crate::sink::fields::{Fields, Preset};

const COMPANIES: &[Preset] = &[
    ("name", "Company name"),
    ("domain", "Company domain name"),
    ("website", "Website URL"),
    ("phone", "Phone number"),
    ("address", "Street address"),
    ("city", "City"),
    ("state", "State/Region"),
    ("zip", "Postal code"),
    ("country", "Country/Region"),
    ("description", "Description"),
    ("linkedin_company_page", "LinkedIn company page"),
    ("facebook_company_page", "Facebook company page"),
    ("twitterhandle", "Twitter handle"),
];

const CONTACTS: &[Preset] = &[
    ("company", "Company name"),
    ("website", "Website URL"),
    ("phone", "Phone number"),
    ("address", "Street address"),
    ("city", "City"),
    ("state", "State/Region"),
    ("zip", "Postal code"),
    ("country", "Country/Region"),
    ("firstname", "First name"),
    ("lastname", "Last name"),
    ("email", "Email"),
    ("mobilephone", "Mobile phone number"),
    ("jobtitle", "Job title"),
];

pub(super) fn of(object: Object, own: &BTreeMap<String, String>) -> Result<Fields> {
    let defaults = match object {
        Object::Companies => COMPANIES,
        Object::Contacts => CONTACTS,
    };
    Fields::new(Layout::HubSpot, defaults, own)
}
