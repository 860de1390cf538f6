//! Registers.

use lead_core::record::OperatingStatus;
use lead_core::source::open_data::{Layout, ReadOptions, read};

use crate::support::{attribute, keys, made, places, whole};

const COMPANIES: &str = "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, RegAddress.AddressLine2,RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,IncorporationDate,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4,URI
\"EXAMPLE BAKERY LTD\",\"00000001\",\"\",\"\",\"1 TEST STREET\",\"\",\"LEEDS\",\"WEST YORKSHIRE\",\"ENGLAND\",\"LS1 1AA\",\"Private Limited Company\",\"Active\",\"United Kingdom\",\"\",\"01/01/2020\",\"10710 - Manufacture of bread\",\"\",\"\",\"\",\"http://business.data.gov.uk/id/company/00000001\"
\"BROKEN ROW LTD\",\"00000002\"
\"EXAMPLE, CAFE \"\"TWO\"\" LTD\",\"SC000003\",\"\",\"\",\"2 TEST STREET\",\"FLOOR 3\",\"GLASGOW\",\"\",\"SCOTLAND\",\"G1 1AA\",\"Private Limited Company\",\"Liquidation\",\"United Kingdom\",\"\",\"\",\"56101 - Licensed restaurants\",\"None Supplied\",\"\",\"\",\"http://business.data.gov.uk/id/company/SC000003\"
\"NO NUMBER LTD\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"
";

#[test]
fn companies_house() {
    let file = made(COMPANIES);
    let all = whole(&file, Layout::CompaniesHouse, &ReadOptions::new());
    assert_eq!(keys(&all.listings), ["00000001", "SC000003"]);
    assert_eq!(places(&all.rejects), ["line 3", "line 5"]);
    let (first, second) = (&all.listings[0], &all.listings[1]);
    let found = &first.findings;
    assert_eq!(found.organizations[0].name, "EXAMPLE BAKERY LTD");
    assert_eq!(
        found.addresses[0].text,
        "1 TEST STREET, LS1 1AA LEEDS, WEST YORKSHIRE, GB"
    );
    assert_eq!(found.status[0].status, OperatingStatus::Open);
    assert_eq!(found.registrations[0].value.value, "00000001");
    assert_eq!(found.categories[0].category, "10710 - Manufacture of bread");
    assert_eq!(
        first.url.as_ref().unwrap().as_str(),
        "https://business.data.gov.uk/id/company/00000001"
    );
    assert_eq!(attribute(first, "x:licence").unwrap(), "OGL-UK-3.0");
    assert_eq!(second.findings.organizations[0].name, "EXAMPLE, CAFE \"TWO\" LTD");
    assert!(second.findings.status.is_empty() && second.findings.categories.len() == 1);
    let some = whole(
        &file,
        Layout::CompaniesHouse,
        &ReadOptions::new().category("56101"),
    );
    assert_eq!((keys(&some.listings), some.passed), (vec!["SC000003"], 1));
    let one = whole(&file, Layout::CompaniesHouse, &ReadOptions::new().max(2));
    assert_eq!(one.listings.len(), 2);
}

#[test]
fn sirene() {
    let file = made(
        "siren,nic,siret,statutDiffusionEtablissement,trancheEffectifsEtablissement,etablissementSiege,numeroVoieEtablissement,indiceRepetitionEtablissement,typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,libelleCommuneEtrangerEtablissement,etatAdministratifEtablissement,enseigne1Etablissement,denominationUsuelleEtablissement,activitePrincipaleEtablissement\n\
         000000001,00011,00000000100011,O,11,true,3,B,RUE,DES ESSAIS,69001,LYON,,A,BOULANGERIE EXEMPLE,,10.71C\n\
         000000002,00012,00000000200012,P,,false,[ND],[ND],[ND],[ND],[ND],VILLEURBANNE,,F,[ND],[ND],56.10A\n\
         000000003,00012,00000000400012,O,,false,,,,,,,,A,,,\n\
         3,x,y,O,,false,,,,,,,,A,,,\n",
    );
    let all = whole(&file, Layout::Sirene, &ReadOptions::new());
    assert_eq!(keys(&all.listings), ["00000000100011", "00000000200012"]);
    assert_eq!(places(&all.rejects), ["line 4", "line 5"]);
    let found = &all.listings[0].findings;
    assert_eq!(found.addresses[0].text, "3 B RUE DES ESSAIS, 69001 LYON, FR");
    assert_eq!(found.organizations[0].name, "BOULANGERIE EXEMPLE");
    let kinds: Vec<_> = found
        .registrations
        .iter()
        .map(|found| &*found.value.kind)
        .collect();
    assert_eq!(kinds, ["SIRET", "SIREN"]);
    // What a person has asked to withhold is not shown as a name or a street.
    let withheld = &all.listings[1].findings;
    assert!(withheld.organizations.is_empty() && withheld.addresses[0].street.is_none());
    assert_eq!(withheld.status[0].status, OperatingStatus::PermanentlyClosed);
    let area = "4,45,5,46".parse().unwrap();
    assert!(read(&file.path, Layout::Sirene, &ReadOptions::new().area(area)).is_err());
}

#[test]
fn gleif() {
    let file = made(
        "\"LEI\",\"Entity.LegalName\",\"Entity.LegalAddress.FirstAddressLine\",\"Entity.LegalAddress.City\",\"Entity.LegalAddress.Country\",\"Entity.LegalAddress.PostalCode\",\"Entity.HeadquartersAddress.FirstAddressLine\",\"Entity.HeadquartersAddress.City\",\"Entity.HeadquartersAddress.Country\",\"Entity.RegistrationAuthority.RegistrationAuthorityID\",\"Entity.RegistrationAuthority.RegistrationAuthorityEntityID\",\"Entity.EntityCategory\",\"Entity.EntityStatus\"\n\
         \"506700GE1G29325QX363\",\"Example Foundation\",\"1 Test Place\",\"Basel\",\"CH\",\"4051\",\"2 Test Place\",\"Frankfurt\",\"DE\",\"RA000412\",\"CHE-000\",\"GENERAL\",\"ACTIVE\"\n\
         \"506700GE1G29325QX364\",\"Wrong Sum\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\n",
    );
    let all = whole(&file, Layout::Gleif, &ReadOptions::new());
    assert_eq!(keys(&all.listings), ["506700GE1G29325QX363"]);
    assert_eq!(places(&all.rejects), ["line 3"]);
    let found = &all.listings[0].findings;
    assert_eq!(found.addresses.len(), 2);
    assert_eq!(found.registrations[1].value.kind, "RA000412");
    assert_eq!(
        found.organizations[0].evidence()[0].locator.as_deref(),
        Some("Entity.LegalName")
    );
}

/// A quote that is never closed must neither fill the memory nor pass for the end of the file.
#[test]
fn a_row_without_end_is_an_error_with_its_line() {
    let mut text = COMPANIES.to_owned();
    text.push_str("\"never closed,");
    text.push_str(&"x,y,z\n".repeat(600_000));
    let file = made(text);
    let read: Vec<_> = read(&file.path, Layout::CompaniesHouse, &ReadOptions::new())
        .unwrap()
        .collect();
    let listings: usize = read.iter().flatten().map(|portion| portion.listings.len()).sum();
    assert_eq!(listings, 2);
    let error = read.last().unwrap().as_ref().unwrap_err();
    assert!(error.to_string().contains("line: 6"), "{error}");
}

#[test]
fn packed_files_are_read_as_they_are_and_damage_is_told() {
    use std::io::Write;
    let pack = |text: &str| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text.as_bytes()).unwrap();
        packer.finish().unwrap()
    };
    let plain = whole(&made(COMPANIES), Layout::CompaniesHouse, &ReadOptions::new());
    // Two members, as `cat a.gz b.gz` makes them.
    let (head, rest) = COMPANIES.split_at(COMPANIES.find('\n').unwrap() + 1);
    let packed = [pack(head), pack(rest)].concat();
    let read_packed = whole(&made(&packed), Layout::CompaniesHouse, &ReadOptions::new());
    assert_eq!(keys(&read_packed.listings), keys(&plain.listings));
    assert_eq!(read_packed.rejects, plain.rejects);
    assert!(read_packed.position <= packed.len() as u64);
    let feature = concat!(
        "{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{\"@spider\":\"s\",\"ref\":\"1\",\"name\":\"A\"},",
        "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}\n"
    );
    let line = feature.repeat(50_000);
    let lines = whole(&made(pack(&line)), Layout::AllThePlaces, &ReadOptions::new());
    assert_eq!(lines.rows, 50_000);
    let mut damaged = pack(&line);
    let middle = damaged.len() / 2;
    damaged.truncate(middle);
    let file = made(&damaged);
    let mut told: Vec<_> = read(&file.path, Layout::AllThePlaces, &ReadOptions::new())
        .unwrap()
        .collect();
    let error = told.pop().unwrap().unwrap_err();
    assert_eq!(error.kind(), lead_core::ErrorKind::Io, "{error}");
    let rows: u64 = told.iter().flatten().map(|portion| portion.rows).sum();
    assert!(
        rows > 20_000 && error.message().contains("breaks off"),
        "{rows}: {error}"
    );
    assert!(
        error.to_string().contains(&format!("rows_read: {rows}")),
        "{error}"
    );
}

/// A short file, and one with something else behind its archive: every whole row before the damage is kept.
#[test]
fn rows_before_the_damage_are_kept() {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    let feature = "{\"type\":\"Feature\",\"properties\":{\"@spider\":\"s\",\"ref\":\"1\",\"name\":\"A\"},\"geometry\":null}\n";
    packer.write_all(feature.repeat(4).as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let broken = packed[..packed.len() - feature.len()].to_vec();
    for (bytes, rows) in [(broken, 3), ([packed, b"garbage".repeat(9)].concat(), 4)] {
        let file = made(bytes);
        assert_eq!(Layout::detect(&file.path).unwrap(), Layout::AllThePlaces);
        let told: Vec<_> = read(&file.path, Layout::AllThePlaces, &ReadOptions::new())
            .unwrap()
            .collect();
        let kept: usize = told.iter().flatten().map(|portion| portion.listings.len()).sum();
        let error = told.last().unwrap().as_ref().unwrap_err().to_string();
        assert!(
            kept == rows && error.contains(&format!("rows_read: {rows}")),
            "{kept}: {error}"
        );
    }
}
