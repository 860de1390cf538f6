//! Companies House: companies of the United Kingdom. Format: `BasicCompanyData`, CSV
//! (<https://download.companieshouse.gov.uk/en_output.html>).

use super::open_data::{Draft, Header, Layout, Row, RowReader, Sieve};
use crate::Result;
use crate::record::{Address, CountryCode, Listing, OperatingStatus, SafeUrl};

/// A register; a registered office is at times an agent's.
const SURE: f32 = 0.9;

struct Columns {
    name: usize,
    number: usize,
    lines: [Option<usize>; 2],
    town: Option<usize>,
    county: Option<usize>,
    country: Option<usize>,
    code: Option<usize>,
    form: Option<usize>,
    status: Option<usize>,
    activities: [Option<usize>; 4],
    page: Option<usize>,
}

/// How rows of a file with this header are read.
pub(super) fn reader(header: &Header, sieve: Sieve) -> Result<RowReader> {
    let columns = Columns {
        name: header.need("CompanyName")?,
        number: header.need("CompanyNumber")?,
        lines: [
            header.find("RegAddress.AddressLine1"),
            header.find("RegAddress.AddressLine2"),
        ],
        town: header.find("RegAddress.PostTown"),
        county: header.find("RegAddress.County"),
        country: header.find("RegAddress.Country"),
        code: header.find("RegAddress.PostCode"),
        form: header.find("CompanyCategory"),
        status: header.find("CompanyStatus"),
        activities: ["1", "2", "3", "4"].map(|at| header.find(&format!("SICCode.SicText_{at}"))),
        page: header.find("URI"),
    };
    Ok(Box::new(move |row| read(&columns, row, &sieve)))
}

fn read(columns: &Columns, row: Row<'_>, sieve: &Sieve) -> Result<Option<Listing>> {
    let name = row.need(columns.name, "CompanyName")?;
    let number = row.need(columns.number, "CompanyNumber")?;
    check(number)?;
    let activities = || columns.activities.iter().filter_map(|column| row.find(*column));
    if !sieve.wants(activities()) {
        return Ok(None);
    }
    let mut draft = Draft::new(Layout::CompaniesHouse, SURE);
    draft.name("CompanyName", name, true);
    draft.registration("GB-COH", "CompanyNumber", number);
    draft.address("RegAddress", address(columns, row));
    for activity in activities().filter(|activity| *activity != "None Supplied") {
        draft.category("uk-sic", "SICCode", activity, 0.9);
    }
    if let Some(form) = row.find(columns.form) {
        draft.text("x:legal_form", "CompanyCategory", form);
    }
    if let Some(raw) = row.find(columns.status) {
        draft.text("x:register_status", "CompanyStatus", raw);
        if let Some(status) = status(raw) {
            draft.status("CompanyStatus", raw, status);
        }
    }
    // The file says http; the page is answered by https.
    let page = row
        .find(columns.page)
        .map(|page| page.replacen("http://", "https://", 1));
    draft
        .finish(number, page.and_then(|page| SafeUrl::parse(&page).ok()))
        .map(Some)
}

/// Liquidation, administration and the like say nothing certain about the shop's door.
fn status(raw: &str) -> Option<OperatingStatus> {
    match raw {
        "Active" => Some(OperatingStatus::Open),
        "Dissolved" => Some(OperatingStatus::PermanentlyClosed),
        _ => None,
    }
}

fn address(columns: &Columns, row: Row<'_>) -> Address {
    let own = |column| row.find(column).map(str::to_owned);
    let mut address = Address::default();
    let lines: Vec<&str> = columns.lines.iter().filter_map(|line| row.find(*line)).collect();
    address.street = (!lines.is_empty()).then(|| lines.join(", "));
    address.city = own(columns.town);
    address.region = own(columns.county);
    address.postal_code = own(columns.code);
    let home = [
        "UNITED KINGDOM",
        "ENGLAND",
        "SCOTLAND",
        "WALES",
        "NORTHERN IRELAND",
        "GREAT BRITAIN",
        "ENGLAND & WALES",
    ];
    let at_home = row
        .find(columns.country)
        .is_some_and(|country| home.contains(&country.to_uppercase().as_str()));
    address.country = at_home.then(|| CountryCode::new("GB").ok()).flatten();
    address
}

/// Eight letters and digits: `01234567`, `SC123456`.
fn check(number: &str) -> Result<()> {
    if number.len() == 8 && number.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(());
    }
    let says = "not a company number: eight letters and digits";
    Err(crate::Error::invalid("open data", says))
}
