//! SIRENE: France's register of establishments. Format: `StockEtablissement`, CSV
//! (<https://www.sirene.fr/static-resources/documentation/>).

use super::open_data::{Draft, Header, Layout, Row, RowReader, Sieve};
use crate::record::{Address, CountryCode, Listing, OperatingStatus, SafeUrl};
use crate::{Error, Result};

/// A register; what stands in it is declared and at times late.
const SURE: f32 = 0.9;
/// What stands where a person has asked that it be not shown.
const WITHHELD: &str = "[ND]";

struct Columns {
    siret: usize,
    siren: usize,
    signs: [(Option<usize>, &'static str); 4],
    street: [Option<usize>; 4],
    code: Option<usize>,
    town: Option<usize>,
    foreign_town: Option<usize>,
    activity: Option<usize>,
    state: Option<usize>,
    head: Option<usize>,
    staff: Option<usize>,
}

/// How rows of a file with this header are read.
pub(super) fn reader(header: &Header, sieve: Sieve) -> Result<RowReader> {
    let sign = |name| (header.find(name), name);
    let columns = Columns {
        siret: header.need("siret")?,
        siren: header.need("siren")?,
        signs: [
            sign("enseigne1Etablissement"),
            sign("denominationUsuelleEtablissement"),
            sign("enseigne2Etablissement"),
            sign("enseigne3Etablissement"),
        ],
        street: [
            header.find("numeroVoieEtablissement"),
            header.find("indiceRepetitionEtablissement"),
            header.find("typeVoieEtablissement"),
            header.find("libelleVoieEtablissement"),
        ],
        code: header.find("codePostalEtablissement"),
        town: header.find("libelleCommuneEtablissement"),
        foreign_town: header.find("libelleCommuneEtrangerEtablissement"),
        activity: header.find("activitePrincipaleEtablissement"),
        state: header.find("etatAdministratifEtablissement"),
        head: header.find("etablissementSiege"),
        staff: header.find("trancheEffectifsEtablissement"),
    };
    Ok(Box::new(move |row| read(&columns, row, &sieve)))
}

fn read(columns: &Columns, row: Row<'_>, sieve: &Sieve) -> Result<Option<Listing>> {
    let siret = number(row, columns.siret, "siret", 14)?;
    let siren = number(row, columns.siren, "siren", 9)?;
    if !siret.starts_with(siren) {
        return Err(Error::invalid(
            "open data",
            "the SIRET does not begin with the SIREN",
        ));
    }
    let cell = |column| row.find(column).filter(|cell| *cell != WITHHELD);
    let activity = cell(columns.activity);
    if !sieve.wants(activity) {
        return Ok(None);
    }
    let mut draft = Draft::new(Layout::Sirene, SURE);
    let mut main = true;
    for (column, locator) in columns.signs {
        if let Some(name) = cell(column) {
            draft.name(locator, name, main);
            main = false;
        }
    }
    draft.registration("SIRET", "siret", siret);
    draft.registration("SIREN", "siren", siren);
    draft.address("adresseEtablissement", address(columns, cell));
    if let Some(code) = activity {
        draft.category("naf", "activitePrincipaleEtablissement", code, 0.9);
    }
    match cell(columns.state) {
        Some(raw @ "A") => draft.status("etatAdministratifEtablissement", raw, OperatingStatus::Open),
        Some(raw @ "F") => {
            draft.status(
                "etatAdministratifEtablissement",
                raw,
                OperatingStatus::PermanentlyClosed,
            );
        }
        _ => {}
    }
    if let Some(head) = cell(columns.head) {
        draft.text("x:head_office", "etablissementSiege", head);
    }
    if let Some(staff) = cell(columns.staff) {
        draft.text("x:staff_band", "trancheEffectifsEtablissement", staff);
    }
    let url = SafeUrl::parse(&format!(
        "https://annuaire-entreprises.data.gouv.fr/etablissement/{siret}"
    ))
    .ok();
    draft.finish(siret, url).map(Some)
}

fn address<'a>(columns: &Columns, cell: impl Fn(Option<usize>) -> Option<&'a str>) -> Address {
    let mut address = Address::default();
    let street: Vec<&str> = columns.street.iter().filter_map(|part| cell(*part)).collect();
    address.street = (!street.is_empty()).then(|| street.join(" "));
    address.postal_code = cell(columns.code).map(str::to_owned);
    let town = cell(columns.town);
    address.city = town.or_else(|| cell(columns.foreign_town)).map(str::to_owned);
    // A town abroad stands in a column of its own, with a country code of Insee's.
    address.country = town.and_then(|_| CountryCode::new("FR").ok());
    address
}

fn number<'a>(row: Row<'a>, column: usize, name: &'static str, digits: usize) -> Result<&'a str> {
    let number = row.need(column, name)?;
    if number.len() == digits && number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(number);
    }
    Err(Error::invalid("open data", format!("{digits} digits are wanted")).with("column", name))
}
