//! GLEIF: legal entities with their LEI. Format: golden copy, level 1, CSV in the columns of LEI-CDF 3.1
//! (<https://www.gleif.org/en/lei-data/gleif-golden-copy>).

use super::open_data::{Draft, Header, Layout, Row, RowReader, Sieve};
use crate::Result;
use crate::record::{Address, CountryCode, Listing, OperatingStatus, SafeUrl};

/// Entities renew their record each year; an address may lag behind that.
const SURE: f32 = 0.9;

/// The columns of one address.
struct AddressColumns {
    name: &'static str,
    lines: [Option<usize>; 3],
    city: Option<usize>,
    region: Option<usize>,
    country: Option<usize>,
    code: Option<usize>,
}

impl AddressColumns {
    fn of(header: &Header, name: &'static str) -> Self {
        let find = |part: &str| header.find(&format!("Entity.{name}.{part}"));
        Self {
            name,
            lines: [
                find("FirstAddressLine"),
                find("AdditionalAddressLine.1").or_else(|| find("AdditionalAddressLine1")),
                find("AdditionalAddressLine.2").or_else(|| find("AdditionalAddressLine2")),
            ],
            city: find("City"),
            region: find("Region"),
            country: find("Country"),
            code: find("PostalCode"),
        }
    }

    fn read(&self, row: Row<'_>, draft: &mut Draft) {
        let mut address = Address::default();
        let lines: Vec<&str> = self.lines.iter().filter_map(|line| row.find(*line)).collect();
        address.street = (!lines.is_empty()).then(|| lines.join(", "));
        let own = |column| row.find(column).map(str::to_owned);
        address.city = own(self.city);
        address.region = own(self.region);
        address.postal_code = own(self.code);
        address.country = row
            .find(self.country)
            .and_then(|code| CountryCode::new(code).ok());
        draft.address(self.name, address);
    }
}

struct Columns {
    lei: usize,
    name: usize,
    other: Option<usize>,
    legal: AddressColumns,
    head: AddressColumns,
    register: Option<usize>,
    number: Option<usize>,
    category: Option<usize>,
    form: Option<usize>,
    status: Option<usize>,
}

/// How rows of a file with this header are read.
pub(super) fn reader(header: &Header, sieve: Sieve) -> Result<RowReader> {
    let columns = Columns {
        lei: header.need("LEI")?,
        name: header.need("Entity.LegalName")?,
        other: header.find("Entity.OtherEntityNames.OtherEntityName.1"),
        legal: AddressColumns::of(header, "LegalAddress"),
        head: AddressColumns::of(header, "HeadquartersAddress"),
        register: header.find("Entity.RegistrationAuthority.RegistrationAuthorityID"),
        number: header.find("Entity.RegistrationAuthority.RegistrationAuthorityEntityID"),
        category: header.find("Entity.EntityCategory"),
        form: header.find("Entity.LegalForm.EntityLegalFormCode"),
        status: header.find("Entity.EntityStatus"),
    };
    Ok(Box::new(move |row| read(&columns, row, &sieve)))
}

fn read(columns: &Columns, row: Row<'_>, sieve: &Sieve) -> Result<Option<Listing>> {
    let lei = row.need(columns.lei, "LEI")?;
    check(lei)?;
    let name = row.need(columns.name, "Entity.LegalName")?;
    let category = row.find(columns.category);
    if !sieve.wants(category) {
        return Ok(None);
    }
    let mut draft = Draft::new(Layout::Gleif, SURE);
    draft.name("Entity.LegalName", name, true);
    if let Some(other) = row.find(columns.other) {
        draft.name("Entity.OtherEntityNames.OtherEntityName.1", other, false);
    }
    columns.head.read(row, &mut draft);
    columns.legal.read(row, &mut draft);
    draft.registration("LEI", "LEI", lei);
    if let Some(number) = row.find(columns.number) {
        // The register by its code in GLEIF's list of registration authorities: RA000189 is France's.
        let kind = row.find(columns.register).unwrap_or("register");
        draft.registration(kind, "Entity.RegistrationAuthority", number);
    }
    if let Some(category) = category {
        draft.category("gleif", "Entity.EntityCategory", category, 0.95);
    }
    if let Some(form) = row.find(columns.form) {
        draft.text("x:legal_form", "Entity.LegalForm.EntityLegalFormCode", form);
    }
    match row.find(columns.status) {
        Some(raw @ "ACTIVE") => draft.status("Entity.EntityStatus", raw, OperatingStatus::Open),
        Some(raw @ "INACTIVE") => {
            draft.status("Entity.EntityStatus", raw, OperatingStatus::PermanentlyClosed);
        }
        _ => {}
    }
    let url = SafeUrl::parse(&format!("https://search.gleif.org/#/record/{lei}")).ok();
    draft.finish(lei, url).map(Some)
}

/// ISO 17442-1: 18 letters and digits, then two check digits, the whole ≡ 1 modulo 97 (ISO 7064, MOD 97-10).
fn check(lei: &str) -> Result<()> {
    let wrong = || {
        crate::Error::invalid(
            "open data",
            "not an LEI: 20 letters and digits with a right check sum",
        )
    };
    if lei.len() != 20 {
        return Err(wrong());
    }
    let mut sum = 0_u32;
    for c in lei.chars() {
        let value = c
            .to_digit(36)
            .filter(|_| !c.is_ascii_lowercase())
            .ok_or_else(wrong)?;
        sum = (sum * if value > 9 { 100 } else { 10 } + value) % 97;
    }
    if sum == 1 { Ok(()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_lei_has_a_check_sum() {
        // GLEIF's own, from its public record.
        assert!(check("506700GE1G29325QX363").is_ok());
        for wrong in [
            "506700GE1G29325QX364",
            "506700ge1G29325QX363",
            "506700GE1G29325QX3",
            "é06700GE1G29325QX36",
            "",
        ] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
