//! Files of lines and of blocks.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::pbf_writer::{Block, header};

fn file(path: &Path) -> BufWriter<File> {
    BufWriter::with_capacity(1 << 20, File::create(path).expect("a file to write"))
}

fn each(path: &Path, head: &str, rows: usize, line: impl Fn(usize) -> String) {
    let mut out = file(path);
    writeln!(out, "{head}").expect("room");
    for number in 0..rows {
        writeln!(out, "{}", line(number)).expect("room");
    }
    out.flush().expect("room");
}

pub(super) fn all_the_places(path: &Path, rows: usize) {
    each(
        path,
        "{\"type\":\"FeatureCollection\",\"features\":[",
        rows,
        |number| {
            let (longitude, latitude) = (number % 350, number % 170);
            format!(
                r#"{{"type":"Feature","id":"id{number}=","dataset_attributes":{{"@spider":"example_fr","spider:collection_time":"2026-01-01T00:00:00"}},"properties":{{"ref":"{number}","@source_uri":"https://exemple.test/stores.json","@spider":"example_fr","shop":"supermarket","name":"Exemple {number}","brand":"Exemple","brand:wikidata":"Q1","addr:street_address":"{number} Rue des Essais","addr:city":"Lyon","addr:postcode":"69001","addr:country":"FR","phone":"+33 4 78 {:02} {:02} {:02}","website":"https://exemple.test/{number}","opening_hours":"Mo-Su 09:00-22:00","nsi_id":"exemple-1"}},"geometry":{{"type":"Point","coordinates":[{}.25,{}.5]}}}},"#,
                number / 10_000 % 100,
                number / 100 % 100,
                number % 100,
                longitude as i64 - 175,
                latitude as i64 - 85,
            )
        },
    );
}

pub(super) fn overture(path: &Path, rows: usize) {
    each(path, "", rows, |number| {
        format!(
            r#"{{"type":"Feature","id":"08f{number:029}","geometry":{{"type":"Point","coordinates":[4.85,45.75]}},"properties":{{"theme":"places","type":"place","version":1,"sources":[{{"property":"","dataset":"meta","record_id":"{number}"}}],"names":{{"primary":"Exemple {number}","common":{{"en":"Example"}}}},"categories":{{"primary":"bakery","alternate":["cafe"]}},"confidence":0.9,"websites":["https://exemple{number}.test/"],"socials":["https://www.facebook.com/exemple{number}"],"phones":["+33478{:06}"],"addresses":[{{"freeform":"{number} Rue des Essais","locality":"Lyon","postcode":"69001","country":"FR"}}],"operating_status":"open"}}}}"#,
            number % 1_000_000
        )
    });
}

pub(super) fn gleif(path: &Path, rows: usize) {
    let head = "\"LEI\",\"Entity.LegalName\",\"Entity.LegalAddress.FirstAddressLine\",\"Entity.LegalAddress.City\",\"Entity.LegalAddress.Country\",\"Entity.LegalAddress.PostalCode\",\"Entity.HeadquartersAddress.FirstAddressLine\",\"Entity.HeadquartersAddress.City\",\"Entity.HeadquartersAddress.Country\",\"Entity.HeadquartersAddress.PostalCode\",\"Entity.RegistrationAuthority.RegistrationAuthorityID\",\"Entity.RegistrationAuthority.RegistrationAuthorityEntityID\",\"Entity.EntityCategory\",\"Entity.LegalForm.EntityLegalFormCode\",\"Entity.EntityStatus\"";
    each(path, head, rows, |number| {
        let base = format!("5067{number:014}");
        let rest = format!("{base}00")
            .bytes()
            .fold(0, |sum, digit| (sum * 10 + u32::from(digit - b'0')) % 97);
        format!(
            "\"{base}{:02}\",\"Example {number} GmbH\",\"Teststraße {number}\",\"Berlin\",\"DE\",\"10115\",\"Teststraße {number}\",\"Berlin\",\"DE\",\"10115\",\"RA000242\",\"HRB {number}\",\"GENERAL\",\"2HBR\",\"ACTIVE\"",
            98 - rest
        )
    });
}

pub(super) fn sirene(path: &Path, rows: usize) {
    let head = "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,etablissementSiege,numeroVoieEtablissement,indiceRepetitionEtablissement,typeVoieEtablissement,libelleVoieEtablissement,codePostalEtablissement,libelleCommuneEtablissement,libelleCommuneEtrangerEtablissement,etatAdministratifEtablissement,enseigne1Etablissement,denominationUsuelleEtablissement,activitePrincipaleEtablissement";
    each(path, head, rows, |number| {
        format!(
            "{number:09},00011,{number:09}00011,O,2020-01-01,11,true,{number},,RUE,DES ESSAIS,69001,LYON,,A,EXEMPLE {number},,10.71C"
        )
    });
}

pub(super) fn companies_house(path: &Path, rows: usize) {
    let head = "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, RegAddress.AddressLine2,RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,IncorporationDate,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4,URI";
    each(path, head, rows, |number| {
        format!(
            "\"EXAMPLE {number} LTD\",\"{number:08}\",\"\",\"\",\"{number} TEST STREET\",\"\",\"LEEDS\",\"WEST YORKSHIRE\",\"ENGLAND\",\"LS1 1AA\",\"Private Limited Company\",\"Active\",\"United Kingdom\",\"\",\"01/01/2020\",\"56101 - Licensed restaurants\",\"\",\"\",\"\",\"http://business.data.gov.uk/id/company/{number:08}\""
        )
    });
}

/// As in an extract of a town: one node in twenty and one way in ten is a business; a way for seven nodes.
pub(super) fn osm(path: &Path, rows: usize) {
    let mut out = file(path);
    out.write_all(&header()).expect("room");
    let nodes = rows * 7 / 8;
    for first in (0..nodes).step_by(8000) {
        let mut block = Block::new();
        for number in first..(first + 8000).min(nodes) {
            let (name, phone) = (
                format!("Exemple {number}"),
                format!("+33478{:06}", number % 1_000_000),
            );
            let tags = [
                ("shop", "bakery"),
                ("name", &*name),
                ("phone", &*phone),
                ("addr:city", "Lyon"),
            ];
            let tags = if number % 20 == 0 { &tags[..] } else { &[] };
            let at = number as i64;
            block.node(at, 457_500_000 + at % 1000, 48_500_000 + at % 777, tags);
        }
        out.write_all(&block.written()).expect("room");
    }
    for first in (nodes..rows).step_by(8000) {
        let mut block = Block::new();
        for number in first..(first + 8000).min(rows) {
            let name = format!("Exemple {number}");
            let business = [("amenity", "restaurant"), ("name", &*name), ("building", "yes")];
            let tags = if number % 10 == 0 {
                &business[..]
            } else {
                &[("building", "yes")]
            };
            let at = (number - nodes) as i64 * 7;
            block.way(number as u64, &[at, at + 1, at + 2, at + 3, at], tags);
        }
        out.write_all(&block.written()).expect("room");
    }
    out.flush().expect("room");
}
