//! A file being read.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use super::layout::Layout;
use super::options::ReadOptions;
use super::packed::{Content, Damaged, position};
use super::pipeline::{Answers, spread};
use super::portion::Portion;
use super::rows::{Header, RowReader, Table};
use super::{Sieve, lines, parquet, pbf, rows};
use crate::source::{alltheplaces, companies_house, foursquare, gleif, overture, sirene};
use crate::{Error, ErrorKind, Result};

/// Bytes of a file that are read at a time.
const BUFFER: usize = 256 * 1024;

/// Begins to read a file of this layout, on threads of its own. Lines and CSV may be packed with gzip.
///
/// # Errors
/// [`ErrorKind::NotFound`] and [`ErrorKind::Io`] when it cannot be opened; [`ErrorKind::Decode`] when it has not this layout;
/// [`ErrorKind::Unsupported`] for an area where the layout does not say where its entries lie.
pub fn read(path: &Path, layout: Layout, options: &ReadOptions) -> Result<Reader> {
    if options.area.is_some() && !layout.has_points() {
        let says = "this layout does not say where its entries lie: a box cannot be asked for";
        return Err(Error::new(ErrorKind::Unsupported, "open data", says).with("layout", layout));
    }
    let sieve = options.sieve();
    let portions = match layout {
        Layout::Overture if is_parquet(path)? => parquet::open(path, overture::PARQUET, sieve)?,
        Layout::Foursquare => parquet::open(path, foursquare::PARQUET, sieve)?,
        Layout::Overture => of_lines(path, move |line| overture::feature(line, &sieve))?,
        Layout::AllThePlaces => of_lines(path, move |line| alltheplaces::feature(line, &sieve))?,
        Layout::Osm => pbf::open(path, sieve)?,
        Layout::Gleif => of_rows(path, sieve, gleif::reader)?,
        Layout::Sirene => of_rows(path, sieve, sirene::reader)?,
        Layout::CompaniesHouse => of_rows(path, sieve, companies_house::reader)?,
    };
    Ok(Reader {
        portions: Some(portions),
        left: options.max.unwrap_or(usize::MAX),
        position: 0,
        rows: 0,
    })
}

/// A file being read: its portions in order. An error is the last thing it gives, with how many rows were read by then: what
/// they gave stands.
///
/// Dropping it ends its threads.
pub struct Reader {
    portions: Option<Answers<Portion>>,
    /// How many listings may still come.
    left: usize,
    /// How far the portions came.
    position: u64,
    /// Rows of the portions.
    rows: u64,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

impl Iterator for Reader {
    type Item = Result<Portion>;

    fn next(&mut self) -> Option<Result<Portion>> {
        let mut next = self.portions.as_mut()?.next()?;
        match &mut next {
            Ok(portion) => {
                // Where a packed file stands is asked on several threads.
                self.position = self.position.max(portion.position);
                self.rows += portion.rows;
                portion.position = self.position;
                portion.listings.truncate(self.left);
                self.left -= portion.listings.len();
            }
            Err(_) => self.portions = None,
        }
        let next = next.map_err(|error| error.with("rows_read", self.rows));
        if self.left == 0 {
            self.portions = None;
        }
        Some(next)
    }
}

fn of_lines(
    path: &Path,
    row: impl Fn(&[u8]) -> Result<Option<crate::record::Listing>> + Send + Sync + 'static,
) -> Result<Answers<Portion>> {
    let content = Content::open(path)?;
    let packed = content.packed.clone();
    let file = BufReader::with_capacity(BUFFER, content);
    spread(
        move |feed| lines::cut(file, feed),
        move |chunk: lines::Lines| {
            let mut portion = lines::portion(&chunk, &row);
            portion.position = position(packed.as_ref(), portion.position);
            Ok(portion)
        },
    )
}

fn of_rows(
    path: &Path,
    sieve: Sieve,
    reader: fn(&Header, Sieve) -> Result<RowReader>,
) -> Result<Answers<Portion>> {
    let content = Content::open(path)?;
    let packed = content.packed.clone();
    let (table, header) = Table::open(content)?;
    let read = reader(&header, sieve)?;
    spread(
        move |feed| table.cut(feed),
        move |chunk: rows::Rows| {
            let mut portion = rows::portion(&chunk, &read);
            portion.position = position(packed.as_ref(), portion.position);
            Ok(portion)
        },
    )
}

fn is_parquet(path: &Path) -> Result<bool> {
    let mut magic = [0; 4];
    let read = open(path)?.read(&mut magic).map_err(io_error)?;
    Ok(read == magic.len() && magic == *b"PAR1")
}

fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(io_error)
}

/// The typed error behind a failed read.
pub(super) fn io_error(cause: std::io::Error) -> Error {
    let (kind, says) = match cause.kind() {
        _ if Damaged::is(&cause) => (ErrorKind::Io, "the packed file breaks off here, or is damaged"),
        std::io::ErrorKind::NotFound => (ErrorKind::NotFound, "there is no such file"),
        std::io::ErrorKind::IsADirectory => (ErrorKind::Io, "it is a folder"),
        std::io::ErrorKind::PermissionDenied => (ErrorKind::Io, "permission denied"),
        _ => (ErrorKind::Io, "the file cannot be read"),
    };
    Error::new(kind, "open data", says).because(cause)
}
