//! Which column of a table holds what: named, or found by its heading.

use std::collections::BTreeMap;

use super::company::Field;
use super::fold::joined;
use crate::{Error, Result};

/// Which column holds which field. Columns that are not named are found by their headings.
///
/// ```
/// use lead_core::matching::{Columns, Field};
/// let columns = Columns::default().column(Field::Name, "Firma");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    named: BTreeMap<Field, String>,
}

/// Headings that people give to a field's column, folded and in one word. The first that is there is taken.
const HEADINGS: &[(Field, &[&str])] = &[
    (
        Field::Name,
        &[
            "name",
            "company",
            "companyname",
            "businessname",
            "displayname",
            "organization",
            "organisation",
            "firma",
            "firmenname",
            "unternehmen",
            "entreprise",
            "societe",
            "raisonsociale",
            "nom",
            "empresa",
            "nombre",
            "azienda",
            "ragionesociale",
            "nazwa",
            "account",
            "accountname",
            "legalname",
        ],
    ),
    (
        Field::Street,
        &[
            "street",
            "address",
            "addressline1",
            "strasse",
            "adresse",
            "rue",
            "direccion",
            "indirizzo",
            "adres",
        ],
    ),
    (
        Field::PostalCode,
        &[
            "postalcode",
            "postcode",
            "zip",
            "zipcode",
            "plz",
            "codepostal",
            "codigopostal",
            "cap",
            "kodpocztowy",
        ],
    ),
    (
        Field::City,
        &[
            "city", "town", "ort", "stadt", "ville", "ciudad", "citta", "comune", "miasto", "locality",
            "location",
        ],
    ),
    (
        Field::Region,
        &["region", "state", "province", "bundesland", "provincia", "county"],
    ),
    (
        Field::Country,
        &["country", "countrycode", "land", "pays", "pais", "paese", "kraj"],
    ),
    (
        Field::Website,
        &[
            "website",
            "domain",
            "url",
            "web",
            "site",
            "homepage",
            "webseite",
            "siteweb",
            "companydomain",
            "sitoweb",
        ],
    ),
    (Field::PlaceId, &["placeid", "osmid", "googleplaceid"]),
    (
        Field::Phone,
        &[
            "phone",
            "telephone",
            "phonenumber",
            "tel",
            "telefon",
            "telefono",
            "telefone",
        ],
    ),
    (
        Field::Email,
        &["email", "mail", "emailaddress", "courriel", "correo"],
    ),
];

impl Columns {
    /// Takes a field from the column with this heading.
    pub fn column(mut self, field: Field, heading: impl Into<String>) -> Self {
        self.named.insert(field, heading.into());
        self
    }

    /// The place of each field's column.
    pub(super) fn places(&self, headings: &[String]) -> Result<BTreeMap<Field, usize>> {
        let mut places = BTreeMap::new();
        for (field, heading) in &self.named {
            let exact = headings.iter().position(|known| known == heading);
            let place = exact.or_else(|| headings.iter().position(|known| joined(known) == joined(heading)));
            let missing = || {
                Error::invalid("match", "there is no such column")
                    .with("column", heading.escape_debug())
                    .with("for", field)
                    .with("columns", headings.join(", "))
            };
            places.insert(*field, place.ok_or_else(missing)?);
        }
        for (field, names) in HEADINGS {
            let free = |place: &usize| !places.values().any(|taken| taken == place);
            let found = names
                .iter()
                .filter_map(|name| headings.iter().position(|heading| joined(heading) == *name))
                .find(free);
            if let Some(place) = found.filter(|_| !places.contains_key(field)) {
                places.insert(*field, place);
            }
        }
        let wanted = [Field::Name, Field::Website, Field::PlaceId];
        if wanted.iter().any(|field| places.contains_key(field)) {
            return Ok(places);
        }
        let message = "no column holds the companies' names: say which with --name";
        Err(Error::invalid("match", message).with("columns", headings.join(", ")))
    }
}
