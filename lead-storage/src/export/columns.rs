//! What stands in which column.

use lead_core::clock::Timestamp;
use lead_core::record::{LEGACY_COLUMNS, Lead, LegacyColumn};
use lead_core::{Error, Result};

use super::cell::{joined, safe};
use super::crm;
use super::full::FULL;

/// Which columns a table has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// Every value a lead has, several of a kind together with the surest first; attributes as one JSON object.
    #[default]
    Full,
    /// v3.9's 43 columns, one value each.
    Legacy,
    /// What HubSpot's import of companies with their contacts calls its properties.
    HubSpot,
    /// What Salesforce's Data Import Wizard calls the fields of leads.
    Salesforce,
    /// What Pipedrive's import of organizations and persons calls its fields.
    Pipedrive,
    /// What Zoho CRM's import calls the fields of leads.
    Zoho,
}

/// A value as a table has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Texts(Vec<String>),
    Number(f64),
    /// Shares of one, told with two digits.
    Shares(Vec<f64>),
    Time(Timestamp),
}

/// What a column holds where cells have types. A value that is not of it is left out there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Texts,
    Number,
    Shares,
    Time,
}

/// A column: its name, what it holds, and how it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) header: &'static str,
    pub(super) kind: Kind,
    pub(super) read: Read,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Read {
    Cell(fn(&Lead) -> Cell),
    Legacy(&'static LegacyColumn),
}

/// A column that is read for others than tables.
#[cfg(feature = "sinks")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader(Column);

#[cfg(feature = "sinks")]
impl Reader {
    /// The value as text that nobody runs; nothing when there is none.
    pub(crate) fn text(self, lead: &Lead) -> String {
        self.0.cell(lead).into_text()
    }

    /// The value as JSON: numbers as such, all else as text, and null when there is none.
    pub(crate) fn json(self, lead: &Lead) -> serde_json::Value {
        match self.0.cell(lead) {
            Cell::Empty => serde_json::Value::Null,
            Cell::Number(number) => number.into(),
            other => other.into_text().into(),
        }
    }
}

impl Layout {
    /// What reads the column of this name.
    #[cfg(feature = "sinks")]
    pub(crate) fn reader(self, header: &str) -> Option<Reader> {
        let mut all = self.columns().into_iter();
        all.find(|column| column.header == header).map(Reader)
    }

    pub(super) fn columns(self) -> Vec<Column> {
        match self {
            Self::Full => FULL.to_vec(),
            Self::Legacy => LEGACY_COLUMNS.iter().map(Column::legacy).collect(),
            Self::HubSpot => crm::HUBSPOT.to_vec(),
            Self::Salesforce => crm::SALESFORCE.to_vec(),
            Self::Pipedrive => crm::PIPEDRIVE.to_vec(),
            Self::Zoho => crm::ZOHO.to_vec(),
        }
    }

    /// The columns named, in that order; all of them when none is named.
    pub(super) fn chosen(self, names: &[String]) -> Result<Vec<Column>> {
        let all = self.columns();
        if names.is_empty() {
            return Ok(all);
        }
        let chosen = names.iter().map(|name| {
            let known = all.iter().find(|column| column.header == name);
            known.copied().ok_or_else(|| {
                let names: Vec<_> = all.iter().map(|column| column.header).collect();
                Error::invalid("export", "there is no such column")
                    .with("column", name.escape_debug())
                    .with("columns", names.join(", "))
            })
        });
        chosen.collect()
    }
}

/// v3.9's columns that hold numbers and times.
const LEGACY_NUMBERS: &[&str] = &[
    "Followers",
    "post_engagement",
    "lead_score",
    "sentiment_score",
    "phone_confidence_score",
    "graduation_year",
];
const LEGACY_TIMES: &[&str] = &["extracted_at", "phone_timestamp"];

impl Column {
    pub(super) const fn new(header: &'static str, kind: Kind, read: fn(&Lead) -> Cell) -> Self {
        Self {
            header,
            kind,
            read: Read::Cell(read),
        }
    }

    fn legacy(column: &'static LegacyColumn) -> Self {
        let kind = match column.header {
            header if LEGACY_NUMBERS.contains(&header) => Kind::Number,
            header if LEGACY_TIMES.contains(&header) => Kind::Time,
            _ => Kind::Text,
        };
        Self {
            header: column.header,
            kind,
            read: Read::Legacy(column),
        }
    }

    /// The value, of its type where it can be.
    pub(super) fn cell(&self, lead: &Lead) -> Cell {
        let column = match self.read {
            Read::Cell(read) => return read(lead),
            Read::Legacy(column) => column,
        };
        let Some(text) = column.read(lead).filter(|text| !text.is_empty()) else {
            return Cell::Empty;
        };
        let typed = match self.kind {
            Kind::Number => text
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .map(Cell::Number),
            Kind::Time => text.parse().ok().map(Cell::Time),
            _ => None,
        };
        typed.unwrap_or(Cell::Text(text))
    }

    /// The value as text that is safe to open in a spreadsheet.
    pub(super) fn text(&self, lead: &Lead) -> String {
        match self.read {
            Read::Legacy(column) => safe(column.read(lead).unwrap_or_default()),
            Read::Cell(read) => read(lead).into_safe_text(),
        }
    }
}

impl Cell {
    /// One text, if there is any.
    pub(super) fn of(text: Option<impl Into<String>>) -> Self {
        match text.map(Into::into) {
            Some(text) if !text.is_empty() => Self::Text(text),
            _ => Self::Empty,
        }
    }

    /// Several.
    pub(super) fn list(texts: impl IntoIterator<Item = String>) -> Self {
        let texts: Vec<_> = texts.into_iter().collect();
        if texts.is_empty() {
            Self::Empty
        } else {
            Self::Texts(texts)
        }
    }

    fn into_safe_text(self) -> String {
        match self {
            Self::Text(text) => safe(text),
            Self::Texts(texts) => joined(texts),
            other => other.into_text(),
        }
    }

    /// As text, where nothing runs it.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text,
            Self::Texts(texts) => texts.join("; "),
            Self::Number(number) => number.to_string(),
            Self::Shares(shares) => {
                let shares: Vec<_> = shares.iter().map(|share| format!("{share:.2}")).collect();
                shares.join("; ")
            }
            Self::Time(time) => time.to_string(),
        }
    }
}
