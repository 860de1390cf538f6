//! What stands in which column.

use std::borrow::Cow;

use lead_core::clock::Timestamp;
use lead_core::record::{LEGACY_COLUMNS, Lead, LegacyColumn};
use lead_core::{Error, Result};

use super::body::Body;
use super::cell::{joined, safe};
use super::crm;
use super::full::FULL;
use super::row::{Row, Text};

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
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
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

/// How a column is read.
pub(super) type ReadRow = for<'r, 'a> fn(&'r Row<'a>) -> Cell<'a>;

/// A column: its name, what it holds, and how it is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<R = ReadRow> {
    pub(super) header: &'static str,
    pub(super) kind: Kind,
    read: R,
}

/// The columns of a table: those that need no proofs, and v3.9's, which do.
#[derive(Clone, Debug)]
pub(super) enum Columns {
    Rows(Vec<Column>),
    Legacy(Vec<Column<&'static LegacyColumn>>),
}

/// A lead that is read for others than tables.
#[cfg(feature = "sinks")]
pub(crate) struct Shown<'a> {
    lead: &'a Lead,
    row: Row<'a>,
}

#[cfg(feature = "sinks")]
impl<'a> Shown<'a> {
    pub(crate) fn of(lead: &'a Lead) -> Self {
        let row = Row::of(lead);
        Self { lead, row }
    }
}

/// A column that is read for others than tables.
#[cfg(feature = "sinks")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader(Read);

#[cfg(feature = "sinks")]
#[derive(Clone, Copy, Debug)]
enum Read {
    Row(Column),
    Legacy(Column<&'static LegacyColumn>),
}

#[cfg(feature = "sinks")]
impl Reader {
    /// The value as text that nobody runs; nothing when there is none.
    pub(crate) fn text(self, shown: &Shown<'_>) -> String {
        self.cell(shown).into_text().into_owned()
    }

    /// The value as JSON: numbers as such, all else as text, and null when there is none.
    pub(crate) fn json(self, shown: &Shown<'_>) -> serde_json::Value {
        match self.cell(shown) {
            Cell::Empty => serde_json::Value::Null,
            Cell::Number(number) => number.into(),
            other => other.into_text().into(),
        }
    }

    fn cell<'a>(self, shown: &Shown<'a>) -> Cell<'a> {
        match self.0 {
            Read::Row(column) => column.cell(&shown.row),
            Read::Legacy(column) => column.cell(shown.lead).typed(column.kind),
        }
    }
}

impl Layout {
    /// What reads the column of this name.
    #[cfg(feature = "sinks")]
    pub(crate) fn reader(self, header: &str) -> Option<Reader> {
        let named = &[header.to_owned()];
        let read = match self.chosen(named).ok()? {
            Columns::Rows(columns) => columns.first().copied().map(Read::Row),
            Columns::Legacy(columns) => columns.first().copied().map(Read::Legacy),
        };
        read.map(Reader)
    }

    pub(super) fn columns(self) -> Columns {
        Columns::Rows(match self {
            Self::Legacy => return Columns::Legacy(LEGACY_COLUMNS.iter().map(Column::legacy).collect()),
            Self::Full => FULL.to_vec(),
            Self::HubSpot => crm::HUBSPOT.to_vec(),
            Self::Salesforce => crm::SALESFORCE.to_vec(),
            Self::Pipedrive => crm::PIPEDRIVE.to_vec(),
            Self::Zoho => crm::ZOHO.to_vec(),
        })
    }

    /// The columns named, in that order; all of them when none is named.
    pub(super) fn chosen(self, names: &[String]) -> Result<Columns> {
        Ok(match self.columns() {
            Columns::Rows(columns) => Columns::Rows(chosen(&columns, names)?),
            Columns::Legacy(columns) => Columns::Legacy(chosen(&columns, names)?),
        })
    }
}

/// The columns named of those that there are, in that order; all of them when none is named.
pub(super) fn chosen<R: Copy>(all: &[Column<R>], names: &[String]) -> Result<Vec<Column<R>>> {
    if names.is_empty() {
        return Ok(all.to_vec());
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

impl Columns {
    /// What each is called, and what it holds.
    pub(super) fn heads(&self) -> Vec<(&'static str, Kind)> {
        match self {
            Self::Rows(columns) => columns
                .iter()
                .map(|column| (column.header, column.kind))
                .collect(),
            Self::Legacy(columns) => columns
                .iter()
                .map(|column| (column.header, column.kind))
                .collect(),
        }
    }

    /// What each is called.
    pub(super) fn headers(&self) -> impl Iterator<Item = &'static str> {
        self.heads().into_iter().map(|(header, _)| header)
    }

    /// The cells of a lead on its way out; nothing of one that is suppressed.
    pub(super) fn cells<'a>(&self, body: Body<'a>) -> Result<Option<Vec<Cell<'a>>>> {
        Ok(match self {
            Self::Rows(columns) => body
                .row()?
                .map(|row| columns.iter().map(|column| column.cell(&row)).collect()),
            Self::Legacy(columns) => body
                .lead()?
                .map(|lead| columns.iter().map(|column| column.cell(&lead)).collect()),
        })
    }

    /// The cells of a lead.
    pub(super) fn cells_of<'a>(&self, lead: &'a Lead) -> Vec<Cell<'a>> {
        match self {
            Self::Rows(columns) => {
                let row = Row::of(lead);
                columns.iter().map(|column| column.cell(&row)).collect()
            }
            Self::Legacy(columns) => columns.iter().map(|column| column.cell(lead)).collect(),
        }
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
    pub(super) const fn new(header: &'static str, kind: Kind, read: ReadRow) -> Self {
        Self { header, kind, read }
    }

    pub(super) fn cell<'a>(&self, row: &Row<'a>) -> Cell<'a> {
        (self.read)(row)
    }
}

impl Column<&'static LegacyColumn> {
    fn legacy(column: &'static LegacyColumn) -> Self {
        let kind = match column.header {
            header if LEGACY_NUMBERS.contains(&header) => Kind::Number,
            header if LEGACY_TIMES.contains(&header) => Kind::Time,
            _ => Kind::Text,
        };
        Self {
            header: column.header,
            kind,
            read: column,
        }
    }

    /// The value as v3.9 wrote it.
    fn cell(&self, lead: &Lead) -> Cell<'static> {
        self.read.read(lead).map_or(Cell::Empty, Cell::text)
    }
}

impl<'a> Cell<'a> {
    /// One text, if there is any.
    pub(super) fn of(text: Option<&Text<'a>>) -> Self {
        match text {
            Some(text) if !text.is_empty() => Self::Text(text.0.clone()),
            _ => Self::Empty,
        }
    }

    /// One text that was put together.
    pub(super) fn text(text: String) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.into())
        }
    }

    /// Several.
    pub(super) fn list<'r>(texts: impl Iterator<Item = &'r Text<'a>>) -> Self
    where
        'a: 'r,
    {
        Self::made(texts.map(|text| text.0.clone()))
    }

    /// Several that were put together.
    pub(super) fn made(texts: impl Iterator<Item = Cow<'a, str>>) -> Self {
        let texts: Vec<_> = texts.collect();
        if texts.is_empty() {
            Self::Empty
        } else {
            Self::Texts(texts)
        }
    }

    /// The value of its column's type, where a text can be.
    pub(super) fn typed(self, kind: Kind) -> Self {
        let Self::Text(text) = &self else { return self };
        let typed = match kind {
            Kind::Number => {
                let number = text.parse().ok().filter(|number: &f64| number.is_finite());
                number.map(Self::Number)
            }
            Kind::Time => text.parse().ok().map(Self::Time),
            _ => None,
        };
        typed.unwrap_or(self)
    }

    /// As text that is safe to open in a spreadsheet.
    pub(super) fn into_safe_text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) => safe(text),
            Self::Texts(texts) => joined(texts),
            other => other.into_text(),
        }
    }

    /// As text, where nothing runs it.
    pub(super) fn into_text(self) -> Cow<'a, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => text,
            Self::Texts(texts) => one_or(texts, |texts| texts.join("; ")),
            Self::Number(number) => number.to_string().into(),
            Self::Shares(shares) => {
                let shares: Vec<_> = shares.iter().map(|share| format!("{share:.2}")).collect();
                shares.join("; ").into()
            }
            Self::Time(time) => time.to_string().into(),
        }
    }
}

/// The only text as it is; several joined.
pub(super) fn one_or<'a>(
    mut texts: Vec<Cow<'a, str>>,
    join: impl FnOnce(Vec<Cow<'a, str>>) -> String,
) -> Cow<'a, str> {
    match texts.len() {
        1 => texts.remove(0),
        _ => join(texts).into(),
    }
}
