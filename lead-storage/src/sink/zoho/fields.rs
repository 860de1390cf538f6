//! Names of fields in the API, and the columns of `zoho` exports they hold (*Modules API*, `Leads`).

use std::collections::BTreeMap;

use lead_core::Result;

use crate::export::Layout;
use crate::sink::fields::{Fields, Preset};

const LEADS: &[Preset] = &[
    ("Company", "Company"),
    ("First_Name", "First Name"),
    ("Last_Name", "Last Name"),
    ("Designation", "Designation"),
    ("Email", "Email"),
    ("Phone", "Phone"),
    ("Mobile", "Mobile"),
    ("Fax", "Fax"),
    ("Website", "Website"),
    ("Lead_Source", "Lead Source"),
    ("Industry", "Industry"),
    ("Street", "Street"),
    ("City", "City"),
    ("State", "State"),
    ("Zip_Code", "Zip Code"),
    ("Country", "Country"),
    ("Description", "Description"),
];

pub(super) fn of(own: &BTreeMap<String, String>) -> Result<Fields> {
    Fields::new(Layout::Zoho, LEADS, own)
}
