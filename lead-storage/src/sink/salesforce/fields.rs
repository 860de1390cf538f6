//! Names of fields in the API, and the columns of `salesforce` exports they hold (*Object Reference*, `Lead`).

use std::collections::BTreeMap;

use lead_core::Result;

use crate::export::Layout;
use crate::sink::fields::{Fields, Preset};

const LEAD: &[Preset] = &[
    ("Company", "Company"),
    ("FirstName", "First Name"),
    ("LastName", "Last Name"),
    ("Title", "Title"),
    ("Email", "Email"),
    ("Phone", "Phone"),
    ("MobilePhone", "Mobile"),
    ("Fax", "Fax"),
    ("Website", "Website"),
    ("Street", "Street"),
    ("City", "City"),
    ("State", "State/Province"),
    ("PostalCode", "Zip/Postal Code"),
    ("Country", "Country"),
    ("Industry", "Industry"),
    ("LeadSource", "Lead Source"),
    ("Description", "Description"),
];

pub(super) fn of(own: &BTreeMap<String, String>) -> Result<Fields> {
    Fields::new(Layout::Salesforce, LEAD, own)
}
