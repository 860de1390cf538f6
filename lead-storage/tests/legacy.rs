//! The predecessor's files in all layouts and encodings, made here: exact counts, memory that does not grow, damage that stops nothing.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "test code fails by panicking, and tells its figures"
)]

#[path = "import/files.rs"]
mod files;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use files::{HEADER_B, cells_b, portions};
use lead_core::record::filter::Filter;
use lead_core::seam::{LeadQuery, Sort, SortField, Store};
use lead_storage::import::{Import, Imported};
use proptest::prelude::*;

const HEADER_A: &str = "Search Query,Business Name,Category,Address,Phone,Website,Plus Code";
const HEADER_C: &str = "Display Name,Phone,Email,Website,Location,Platform,Profile URL,Handle,Bio/About,Field of Study,Institution,\
Business Type,Industry,City,Region,Country,Job Title,Seniority Level,Education Level,Lead Type,Degree Program,Graduation Year,Extracted At";

/// A file of the predecessor's.
#[derive(Clone, Copy, Debug)]
enum Kind {
    A,
    B,
    /// The first 31 columns of B, as older versions wrote them, and rows as wide as newer ones.
    Ragged,
    C,
    /// B with columns of an enrichment.
    D,
    /// A month of the archive: JSON with names in small letters.
    E,
    /// JSON, an object a line.
    F,
}

static KINDS: [Kind; 7] = [Kind::A, Kind::B, Kind::Ragged, Kind::C, Kind::D, Kind::E, Kind::F];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Coding {
    Utf8,
    Marked,
    Utf16Little,
    Utf16Big,
    Windows1252,
}

static CODINGS: [Coding; 5] = [
    Coding::Utf8,
    Coding::Marked,
    Coding::Utf16Little,
    Coding::Utf16Big,
    Coding::Windows1252,
];

/// What a file was made to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Made {
    businesses: u64,
    again: u64,
    nobody: u64,
}

impl Kind {
    fn is_json(self) -> bool {
        matches!(self, Self::E | Self::F)
    }

    fn file(self) -> &'static str {
        match self {
            Self::E => "leads_2025-06.json",
            Self::F => "export.json",
            Self::D => "instagram_enriched.csv",
            _ => "all_platforms.csv",
        }
    }

    fn head(self) -> String {
        let older: Vec<_> = HEADER_B.split(',').take(31).collect();
        match self {
            Self::A => format!("{HEADER_A}\r\n"),
            Self::B => format!("{HEADER_B}\r\n"),
            Self::Ragged => format!("{}\r\n", older.join(",")),
            Self::C => format!("{HEADER_C}\r\n"),
            Self::D => format!("{HEADER_B},Rating,Team Size\r\n"),
            Self::E => "[\n".to_owned(),
            Self::F => String::new(),
        }
    }

    fn foot(self) -> &'static str {
        // Every object of the list ends with a comma but the last, which is nobody.
        if matches!(self, Self::E) {
            "{\"search_query\":\"cafes\"}\n]\n"
        } else {
            ""
        }
    }

    fn row(self, number: usize) -> String {
        let b = cells_b(number);
        match self {
            Self::A => format!(
                "cafes,\"Café, {number}\",Café,\"{number} rue\r\nLyon\",{},{},\r\n",
                b[8], b[6]
            ),
            Self::Ragged if number.is_multiple_of(2) => b[..31].join(",") + "\r\n",
            Self::B | Self::Ragged => b.join(",") + "\r\n",
            Self::C => format!(
                "{},{},{},{},{},linkedin,https://www.linkedin.com/company/{number},{},N/A,N/A,N/A,Café,Food,Lyon,N/A,FR,N/A,N/A,N/A,\
                 business,N/A,N/A,2025-06-01 12:30:00\r\n",
                b[4], b[8], b[7], b[6], b[10], b[3]
            ),
            Self::D => format!("{},4.5,12\r\n", b.join(",")),
            Self::E => object(&b) + ",\n",
            Self::F => object(&b) + "\n",
        }
    }

    /// A row that names nobody.
    fn nobody(self) -> &'static str {
        match self {
            Self::A => "cafes,N/A,Café,,n/a,,\r\n",
            Self::B | Self::Ragged | Self::D => "cafes,instagram,N/A,N/A,,n/a\r\n",
            Self::C => ",N/A,,,,linkedin\r\n",
            Self::E => "{\"search_query\":\"cafes\"},\n",
            Self::F => "{\"search_query\":\"cafes\"}\n",
        }
    }
}

fn object(cells: &[String]) -> String {
    let names = HEADER_B
        .split(',')
        .map(|name| name.to_lowercase().replace([' ', '/'], "_"));
    let cells = cells.iter().map(|cell| serde_json::Value::from(cell.as_str()));
    serde_json::Value::Object(names.zip(cells).collect()).to_string()
}

/// Writes businesses, every 31st twice, and after every 97th a row that names nobody.
fn make(kind: Kind, coding: Coding, businesses: u64, out: &mut impl Write) -> Made {
    let made = Made {
        businesses,
        again: businesses / 31,
        nobody: businesses / 97 + u64::from(matches!(kind, Kind::E)),
    };
    if coding == Coding::Marked {
        out.write_all(b"\xef\xbb\xbf").unwrap();
    }
    put(coding, &kind.head(), out);
    for number in 1..=usize::try_from(businesses).unwrap() {
        let row = kind.row(number);
        put(coding, &row, out);
        if number.is_multiple_of(31) {
            put(coding, &row, out);
        }
        if number.is_multiple_of(97) {
            put(coding, kind.nobody(), out);
        }
    }
    put(coding, kind.foot(), out);
    made
}

fn put(coding: Coding, text: &str, out: &mut impl Write) {
    let units = || text.encode_utf16();
    let bytes: Vec<u8> = match coding {
        Coding::Utf8 | Coding::Marked => text.as_bytes().to_vec(),
        Coding::Utf16Little => units().flat_map(u16::to_le_bytes).collect(),
        Coding::Utf16Big => units().flat_map(u16::to_be_bytes).collect(),
        // Of the letters in question it is Latin-1.
        Coding::Windows1252 => text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect(),
    };
    out.write_all(&bytes).unwrap();
}

fn made(kind: Kind, coding: Coding, businesses: u64, path: &Path) -> Made {
    let mut out = BufWriter::new(File::create(path).unwrap());
    let made = make(kind, coding, businesses, &mut out);
    out.flush().unwrap();
    made
}

fn counts(done: &Imported) -> Made {
    assert_eq!(
        done.read,
        done.stored + done.duplicates + done.suppressed + done.rejected
    );
    Made {
        businesses: done.stored,
        again: done.duplicates,
        nobody: done.rejected,
    }
}

fn codings(kind: Kind) -> &'static [Coding] {
    if kind.is_json() { &CODINGS[..2] } else { &CODINGS }
}

#[tokio::test]
async fn every_layout_in_every_encoding_comes_in_with_exact_counts() {
    let folder = tempfile::tempdir().unwrap();
    for kind in KINDS {
        for coding in codings(kind) {
            let store = lead_storage::open("sqlite://:memory:").await.unwrap();
            let path = folder.path().join(kind.file());
            let wanted = made(kind, *coding, 300, &path);
            let done = Import::new().to_store(&store, &path, |_| ()).await.unwrap();
            assert_eq!(counts(&done), wanted, "{kind:?} {coding:?}");
            assert_eq!(
                store.count(Filter::All).await.unwrap(),
                300,
                "{kind:?} {coding:?}"
            );
        }
    }
}

/// Times of B are local where they say no zone, those of C are UTC.
#[tokio::test]
async fn both_conventions_of_dates_are_kept_apart() {
    let seen = async |kind: Kind, zone: &str| {
        let mut bytes = Vec::new();
        make(kind, Coding::Utf8, 1, &mut bytes);
        let text = String::from_utf8(bytes).unwrap().replace("12:30:00Z", "12:30:00");
        let import = Import::new().zone(zone).unwrap();
        let read = portions("a.csv", text.as_bytes(), &import).unwrap();
        read[0].observations[0].seen_at.to_string()
    };
    assert_eq!(seen(Kind::B, "UTC").await, "2025-06-02T12:30:00Z");
    assert_eq!(seen(Kind::B, "+02:00").await, "2025-06-02T10:30:00Z");
    for zone in ["UTC", "+02:00"] {
        assert_eq!(seen(Kind::C, zone).await, "2025-06-01T12:30:00Z");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..Default::default() })]

    /// Bytes that went bad anywhere behind the header stop no file, and every row that is read is told of.
    #[test]
    fn damage_stops_no_file_and_the_counts_add_up(
        kind in prop::sample::select(KINDS.to_vec()),
        coding in prop::sample::select(CODINGS.to_vec()),
        hits in prop::collection::vec((0_usize..1_000_000, any::<u8>()), 0..40),
    ) {
        let coding = if kind.is_json() { Coding::Utf8 } else { coding };
        let mut bytes = Vec::new();
        make(kind, coding, 120, &mut bytes);
        let width = if matches!(coding, Coding::Utf16Little | Coding::Utf16Big) { 2 } else { 1 };
        // Behind the header, and behind the first object, by which a file without one is known.
        let first = kind.head().chars().count() + if kind.is_json() { kind.row(1).len() } else { 0 };
        let head = first * width + 4;
        for (at, byte) in hits {
            let at = head + at % (bytes.len() - head);
            bytes[at] = byte;
        }
        let read = portions(kind.file(), &bytes, &Import::new());
        prop_assert!(read.is_ok(), "{:?}", read.err());
        for portion in read.unwrap() {
            let told = portion.observations.len() + portion.rejects.len();
            prop_assert_eq!(portion.rows, told as u64);
        }
    }
}

/// The most memory this process ever had, in MiB.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[cfg(target_os = "linux")]
#[tokio::test]
#[ignore = "long: started by scripts/test --soak"]
async fn soak_import_of_all_layouts() {
    let folder = tempfile::tempdir().unwrap();
    let (mut bytes, mut rows) = (0, 0);
    // A small one first: what the import needs at all is there then.
    for businesses in [2_000, 80_000] {
        let before = peak();
        for (number, kind) in KINDS.into_iter().enumerate() {
            let coding = codings(kind)[number % codings(kind).len()];
            let uri = format!(
                "sqlite://{}",
                folder.path().join(format!("{number}-{businesses}.db")).display()
            );
            let store: Store = lead_storage::open(&uri).await.unwrap();
            let path = folder.path().join(kind.file());
            let wanted = made(kind, coding, businesses, &path);
            bytes += std::fs::metadata(&path).unwrap().len();
            let done = Import::new().to_store(&store, &path, |_| ()).await.unwrap();
            rows += done.read;
            assert_eq!(counts(&done), wanted, "{kind:?} {coding:?}");
            assert_eq!(store.count(Filter::All).await.unwrap(), businesses);
            let page = LeadQuery::default()
                .sort(Sort::descending(SortField::Name))
                .limit(1);
            assert_eq!(store.page(page).await.unwrap().leads.len(), 1);
            store.close().await;
        }
        if businesses > 2_000 {
            let grown = peak() - before;
            println!(
                "{} MB, {rows} rows, exact counts; {grown} MiB more memory at most",
                bytes / 1_000_000
            );
            assert!(bytes >= 300_000_000 && grown < 100, "{bytes} bytes, {grown} MiB");
        }
    }
}
