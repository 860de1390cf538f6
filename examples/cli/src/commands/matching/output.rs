//! What is printed of a row.

use clap::ValueEnum;
use comfy_table::Table as Shown;
use lead_core::matching::{Field, Matched, TableReader};
use lead_core::record::{Evidence, Found};
use lead_storage::export::{safe_cell, safe_cells};

use crate::app::App;
use crate::halt::{Halt, Outcome, io_error};
use crate::screen::one_line;
use crate::table::table;

/// What is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A table of rows, at the end.
    #[default]
    Table,
    /// Rows as JSON objects, one a line, as they are found: site, contacts, evidence, and the row's own columns.
    Jsonl,
    /// The same as one JSON array.
    Json,
    /// The list itself: its columns, blank ones filled, and behind them what was found.
    Csv,
}

/// The columns that CSV gets.
const ADDED: [&str; 10] = [
    "lead_site",
    "lead_confidence",
    "lead_reason",
    "lead_why",
    "lead_name",
    "lead_phones",
    "lead_emails",
    "lead_socials",
    "lead_address",
    "lead_filled",
];

/// Where rows go.
pub(super) struct Output {
    format: Format,
    limit: usize,
    /// The list's own columns that CSV hands back.
    columns: Vec<Column>,
    shown: Shown,
    rows: usize,
}

/// A column of the list.
struct Column {
    heading: String,
    /// What it goes by in a company's columns: headings may stand twice.
    key: String,
    /// The field that it holds.
    field: Option<Field>,
}

/// The columns of the list, without those that an earlier answer put there: this one's take their place.
fn own_columns(list: &TableReader) -> Vec<Column> {
    let columns = list.headings().iter().zip(list.keys()).enumerate();
    let own = columns.filter(|(_, (heading, _))| !ADDED.contains(&heading.as_str()));
    own.map(|(place, (heading, key))| Column {
        heading: heading.clone(),
        key: key.clone(),
        field: Field::ALL
            .into_iter()
            .find(|field| list.place_of(*field) == Some(place)),
    })
    .collect()
}

impl Output {
    pub(super) fn new(format: Format, limit: usize, list: &TableReader, width: Option<u16>) -> Self {
        Self {
            format,
            limit,
            columns: own_columns(list),
            shown: table(&["Company", "City", "Site", "Sure", "Phone", "E-mail"], width),
            rows: 0,
        }
    }

    /// Prints a row, or keeps it for the table.
    pub(super) fn row(&mut self, app: &mut App, matched: &Matched) -> Outcome<()> {
        self.rows += 1;
        match self.format {
            Format::Table if self.rows <= self.limit => {
                self.shown.add_row(shown(matched));
            }
            Format::Table => {}
            Format::Jsonl => {
                app.json(matched, false)?;
                app.flush()?;
            }
            Format::Json => {
                app.line(if self.rows == 1 { "[" } else { "," })?;
                app.json(matched, true)?;
            }
            Format::Csv => {
                if self.rows == 1 {
                    let added = ADDED.iter().map(|heading| (*heading).to_owned());
                    let own = self.columns.iter().map(|column| column.heading.clone());
                    let headings: Vec<String> = own.chain(added).collect();
                    write(app, &headings)?;
                }
                let cells = self.cells(matched);
                write(app, &cells)?;
                app.flush()?;
            }
        }
        Ok(())
    }

    /// Prints what was kept.
    pub(super) fn end(&mut self, app: &mut App) -> Outcome<()> {
        match self.format {
            Format::Json => app.line(if self.rows == 0 { "[]" } else { "]" })?,
            Format::Table if self.rows > 0 => {
                app.line(&self.shown.to_string())?;
                if self.rows > self.limit {
                    app.screen.remark(&format!(
                        "{} of {} rows shown; --limit shows more",
                        self.limit, self.rows
                    ));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The row's own columns, blank ones filled, and what was found.
    fn cells(&self, matched: &Matched) -> Vec<String> {
        let own = self.columns.iter().map(|column| {
            let given = matched
                .company
                .columns
                .get(&column.key)
                .and_then(|value| value.as_str())
                .unwrap_or_default();
            let found = column
                .field
                .filter(|field| matched.company.get(*field).is_none())
                .and_then(|field| matched.filled.get(&field));
            match found {
                Some(found) => safe_cell(&found.value.value).into_owned(),
                // What the list had is handed back as it came.
                None => given.to_owned(),
            }
        });
        own.chain(added(matched)).collect()
    }
}

fn write(app: &mut App, cells: &[String]) -> Outcome<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(app.out());
    let failed = |cause: csv::Error| match cause.into_kind() {
        csv::ErrorKind::Io(cause) => Halt::of_output(cause),
        _ => Halt::Error(io_error(
            "write",
            "standard output",
            std::io::ErrorKind::InvalidData.into(),
        )),
    };
    writer.write_record(cells).map_err(failed)?;
    writer.flush().map_err(Halt::of_output)
}

fn added(matched: &Matched) -> [String; 10] {
    let site = matched.site.as_ref();
    let lead = matched.contacts.as_ref();
    let all = lead.map(|lead| &lead.findings);
    let joined = |values: Vec<String>| safe_cells(values).into_owned();
    let reason = matched.failure.as_ref().map_or_else(
        || {
            matched
                .reason
                .map_or(String::new(), |reason| reason.code().to_owned())
        },
        |failure| format!("failed: {}", failure.reason),
    );
    let filled = matched.filled.iter().map(|(field, found)| {
        let place = found.evidence().first().and_then(|proof| proof.url.as_ref());
        format!(
            "{field}={} ({})",
            found.value.value,
            place.map_or("", |url| url.as_str())
        )
    });
    [
        site.map_or(String::new(), |site| site.url.to_string()),
        site.map_or(String::new(), |site| format!("{:.2}", site.confidence.get())),
        reason,
        site.map_or(String::new(), |site| joined(site.why.clone())),
        safe_cell(lead.and_then(|lead| lead.name.clone()).unwrap_or_default()).into_owned(),
        joined(all.map_or(Vec::new(), |all| {
            all.phones.iter().map(|found| found.e164.to_string()).collect()
        })),
        joined(all.map_or(Vec::new(), |all| {
            all.emails
                .iter()
                .map(|found| found.address.as_str().to_owned())
                .collect()
        })),
        joined(all.map_or(Vec::new(), |all| {
            all.socials.iter().map(|found| found.url.to_string()).collect()
        })),
        safe_cell(
            all.and_then(|all| all.addresses.first())
                .map_or(String::new(), |found| found.text.clone()),
        )
        .into_owned(),
        joined(filled.collect()),
    ]
}

fn shown(matched: &Matched) -> [String; 6] {
    let field = |field: Field| one_line(matched.value(field).unwrap_or("–"));
    let none = matched.reason.map_or("–", |reason| reason.code());
    let site = matched.site.as_ref();
    let others = |count: usize| {
        if count > 1 {
            format!(" (+{})", count - 1)
        } else {
            String::new()
        }
    };
    let all = matched.contacts.as_ref().map(|lead| &lead.findings);
    let count = |list: Option<&Vec<Found<lead_core::record::Phone, Evidence>>>| list.map_or(0, Vec::len);
    [
        field(Field::Name),
        field(Field::City),
        one_line(site.map_or(none, |site| site.url.as_str())),
        site.map_or("–".to_owned(), |site| site.confidence.to_string()),
        format!(
            "{}{}",
            field(Field::Phone),
            others(count(all.map(|all| &all.phones)))
        ),
        format!(
            "{}{}",
            field(Field::Email),
            others(all.map_or(0, |all| all.emails.len()))
        ),
    ]
}
