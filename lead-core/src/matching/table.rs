//! Companies out of a table: CSV, with the columns named or found by their headings.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::company::{Company, Field};
use super::fold::joined;
use super::run::Row;
use crate::seam::Failure;
use crate::{Error, ErrorKind, Result};

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
    fn places(&self, headings: &[String]) -> Result<BTreeMap<Field, usize>> {
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

/// A table of companies, read as it is asked for.
#[derive(Debug)]
pub struct Table;

impl Table {
    /// Opens a table in CSV: a heading row, then a company a row. Separators are commas, semicolons or tabs, as the heading row
    /// shows. UTF-8; what is not is read as Windows-1252.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] when there is no heading row, or a column that was named or is needed is not there.
    pub fn csv(bytes: &[u8], columns: &Columns) -> Result<TableReader> {
        let (text, _) = encoding_rs::UTF_8.decode_with_bom_removal(bytes);
        let text = if text.contains('\u{fffd}') {
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0
        } else {
            text
        };
        let separator = separator_of(text.lines().next().unwrap_or_default());
        let text: Arc<[u8]> = text.into_owned().into_bytes().into();
        let source: Box<dyn Read + Send> = Box::new(std::io::Cursor::new(Arc::clone(&text)));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .from_reader(source);
        let headings = reader.headers().map_err(|cause| unreadable(&cause))?;
        let headings: Vec<String> = headings.iter().map(|heading| heading.trim().to_owned()).collect();
        if headings.iter().all(String::is_empty) {
            return Err(Error::invalid("match", "the table has no heading row"));
        }
        Ok(TableReader {
            fields: columns.places(&headings)?,
            headings,
            rows: reader.into_records(),
            text,
        })
    }
}

/// The separator that stands most often in the heading row.
fn separator_of(heading: &str) -> u8 {
    let count = |separator: u8| heading.bytes().filter(|byte| *byte == separator).count();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| (count(*separator), *separator == b','))
        .unwrap_or(b',')
}

fn unreadable(cause: &csv::Error) -> Error {
    let error = Error::new(ErrorKind::Decode, "match", "the row cannot be read");
    error.with("cause", cause)
}

/// The rows of a table. A row that cannot be read comes with why.
pub struct TableReader {
    headings: Vec<String>,
    fields: BTreeMap<Field, usize>,
    rows: csv::StringRecordsIntoIter<Box<dyn Read + Send>>,
    /// The whole table: where a row begins is looked up there.
    text: Arc<[u8]>,
}

impl std::fmt::Debug for TableReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TableReader")
            .field("fields", &self.fields)
            .finish_non_exhaustive()
    }
}

impl TableReader {
    /// The headings, in the table's order.
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The heading of a field's column.
    pub fn heading_of(&self, field: Field) -> Option<&str> {
        self.headings.get(*self.fields.get(&field)?).map(String::as_str)
    }

    /// The line a row begins in, from 1; its position is where the row before it ended, empty lines not yet passed.
    fn line(&self, position: Option<&csv::Position>) -> u64 {
        let Some(position) = position else { return 0 };
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let rest = self.text.get(start..).unwrap_or_default();
        let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        position.line() + empty.filter(|byte| **byte == b'\n').count() as u64
    }

    fn row(&self, record: &csv::StringRecord) -> Row {
        let mut company = Company {
            columns: self.columns(record),
            ..Company::default()
        };
        let line = self.line(record.position());
        let entry = format!("line {line}");
        let mut notes = Vec::new();
        for (field, place) in &self.fields {
            let text = record.get(*place).unwrap_or_default();
            if let Err(cause) = company.set(*field, text) {
                let heading = self.headings.get(*place).map(String::as_str).unwrap_or_default();
                notes.push(Failure::new(entry.clone(), &cause.with("column", heading)));
            }
        }
        let failure = if record.len() > self.headings.len() {
            let error = Error::new(
                ErrorKind::Decode,
                "match",
                "the row has more fields than the heading row",
            );
            Some(Failure::new(entry, &error))
        } else if company.check().is_err() {
            // What cannot be read may be all there was.
            notes
                .pop()
                .or_else(|| company.check().err().map(|error| Failure::new(entry, &error)))
        } else {
            None
        };
        Row {
            company,
            failure,
            notes,
        }
    }

    fn columns(&self, record: &csv::StringRecord) -> Map<String, Value> {
        let values = self.headings.iter().enumerate().map(|(place, heading)| {
            let value = record.get(place).unwrap_or_default();
            (heading.clone(), Value::String(value.to_owned()))
        });
        values.collect()
    }
}

impl Iterator for TableReader {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let record = match self.rows.next()? {
                Ok(record) => record,
                Err(cause) => {
                    let line = self.line(cause.position());
                    let failure = Failure::new(format!("line {line}"), &unreadable(&cause));
                    return Some(Row {
                        failure: Some(failure),
                        ..Row::default()
                    });
                }
            };
            if !record.iter().all(|field| field.trim().is_empty()) {
                return Some(self.row(&record));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        Table::csv(text.as_bytes(), &Columns::default())
            .unwrap()
            .collect()
    }

    #[test]
    fn headings_are_known_in_several_languages() {
        for (text, name, city) in [
            ("Company Name,City\nMuster,Köln\n", "Muster", "Köln"),
            ("\u{feff}Firma;Ort;PLZ\nMuster;Köln;50667\n", "Muster", "Köln"),
            ("raison sociale\tVille\nExemple\tLyon\n", "Exemple", "Lyon"),
        ] {
            let row = rows(text).remove(0);
            assert_eq!(row.company.name.as_deref(), Some(name), "{text}");
            assert_eq!(row.company.city.as_deref(), Some(city), "{text}");
            assert!(row.failure.is_none());
        }
    }

    #[test]
    fn old_encodings_are_read() {
        let read = Table::csv(b"Firma;Ort\nB\xe4ckerei;K\xf6ln\n", &Columns::default()).unwrap();
        assert_eq!(
            read.map(|row| row.company.name.unwrap()).collect::<Vec<_>>(),
            ["Bäckerei"]
        );
    }

    #[test]
    fn bad_rows_are_kept_aside_with_their_line_and_the_rest_is_read() {
        let rows =
            rows("name,website\nA,a.example\n\n,file:///etc/passwd\nC,c.example,extra\nD\nE,two words\n");
        let told: Vec<_> = rows
            .iter()
            .map(|row| row.failure.as_ref().map(|failure| failure.what.as_str()))
            .collect();
        assert_eq!(told, [None, Some("line 4"), Some("line 5"), None, None]);
        assert_eq!(
            rows[4].notes.len(),
            1,
            "the name is enough, and the address is told"
        );
        assert_eq!(rows[3].company.columns["website"], "");
    }

    #[test]
    fn columns_that_are_not_there_are_told() {
        let columns = Columns::default().column(Field::Name, "Firmma");
        let error = Table::csv(b"Firma,Ort\n", &columns).unwrap_err().to_string();
        assert!(
            error.contains("Firmma") && error.contains("Firma, Ort"),
            "{error}"
        );
        assert!(Table::csv(b"a,b\n", &Columns::default()).is_err());
        assert!(Table::csv(b"", &Columns::default()).is_err());
    }
}
