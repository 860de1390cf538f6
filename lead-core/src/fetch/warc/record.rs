//! A record: named fields and a block of bytes.

use bytes::Bytes;

use crate::clock::Timestamp;

/// What a record is (ISO 28500:2017 §5.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordKind {
    /// Describes the records that follow.
    Warcinfo,
    /// What a server answered, as it came over the wire.
    Response,
    /// Something fetched in another way, without protocol.
    Resource,
    /// What a server was asked.
    Request,
    /// Notes on another record.
    Metadata,
    /// An answer that was the same as an earlier one, which it names.
    Revisit,
    /// Another form of a record: the text of a page in WET.
    Conversion,
    /// A further piece of a record.
    Continuation,
    /// A kind that the standard does not know.
    Other,
}

impl RecordKind {
    const NAMES: [(Self, &'static str); 8] = [
        (Self::Warcinfo, "warcinfo"),
        (Self::Response, "response"),
        (Self::Resource, "resource"),
        (Self::Request, "request"),
        (Self::Metadata, "metadata"),
        (Self::Revisit, "revisit"),
        (Self::Conversion, "conversion"),
        (Self::Continuation, "continuation"),
    ];

    fn of_name(name: &str) -> Self {
        let known = Self::NAMES
            .iter()
            .find(|(_, known)| known.eq_ignore_ascii_case(name.trim()));
        known.map_or(Self::Other, |(kind, _)| *kind)
    }

    /// The value of `WARC-Type`; `other` for a kind that the standard does not know.
    pub fn as_str(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(kind, _)| *kind == self);
        known.map_or("other", |(_, name)| name)
    }
}

/// A record of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// Its fields in their order, names as they are written.
    pub fields: Vec<(String, String)>,
    /// Its content.
    pub block: Bytes,
    /// Where it begins in the file, in bytes; of a compressed file the offset of the gzip member it begins in.
    pub offset: u64,
}

impl Record {
    pub(super) fn new(fields: Vec<(String, String)>, block: Bytes, offset: u64) -> Self {
        let kind = find(&fields, "WARC-Type").map_or(RecordKind::Other, RecordKind::of_name);
        Self {
            kind,
            fields,
            block,
            offset,
        }
    }

    /// The first field of a name, in any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        find(&self.fields, name)
    }

    /// What it is about (`WARC-Target-URI`), without the brackets that some writers put around it.
    pub fn target(&self) -> Option<&str> {
        self.field("WARC-Target-URI").map(bare)
    }

    /// The target and the date of the record that a revisit is the same as.
    pub fn refers_to(&self) -> (Option<&str>, Option<&str>) {
        (
            self.field("WARC-Refers-To-Target-URI").map(bare),
            self.field("WARC-Refers-To-Date"),
        )
    }

    /// When it was made; `None` when it does not say so.
    pub fn date(&self) -> Option<Timestamp> {
        self.field("WARC-Date")?.parse().ok()
    }
}

fn bare(address: &str) -> &str {
    let inner = address
        .strip_prefix('<')
        .and_then(|inner| inner.strip_suffix('>'));
    inner.unwrap_or(address)
}

pub(super) fn find<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let named = fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    named.map(|(_, value)| value.as_str())
}
