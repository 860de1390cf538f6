//! A record of an archive.

/// What a record is (ISO 28500 §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordKind {
    /// What the archive is.
    Info,
    /// An answer of a server, with its head.
    Response,
    /// What was asked.
    Request,
    /// A thing by itself, without a head of HTTP.
    Resource,
    /// What was made of another record: the text of a page, in WET files.
    Conversion,
    /// What is said of another record.
    Metadata,
    /// An answer that was the same as before.
    Revisit,
    /// Others.
    Other,
}

impl RecordKind {
    /// By the name in `WARC-Type`.
    pub(super) fn named(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "warcinfo" => Self::Info,
            "response" => Self::Response,
            "request" => Self::Request,
            "resource" => Self::Resource,
            "conversion" => Self::Conversion,
            "metadata" => Self::Metadata,
            "revisit" => Self::Revisit,
            _ => Self::Other,
        }
    }
}

/// A record: its named fields and its block.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// Where it begins in the file, in bytes.
    pub offset: u64,
    /// Its block, as it lies in the archive.
    pub block: Vec<u8>,
    fields: Vec<(String, String)>,
}

impl Record {
    pub(super) fn new(offset: u64, fields: Vec<(String, String)>) -> Self {
        let mut record = Self {
            kind: RecordKind::Other,
            offset,
            block: Vec::new(),
            fields,
        };
        record.kind = RecordKind::named(record.field("WARC-Type").unwrap_or_default());
        record
    }

    /// A named field (`WARC-Target-URI`), in any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let found = fields.find(|(own, _)| own.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// What it is of. Some writers put it in `<>`.
    pub fn target(&self) -> Option<&str> {
        let target = self.field("WARC-Target-URI")?;
        Some(target.trim_start_matches('<').trim_end_matches('>'))
    }
}
