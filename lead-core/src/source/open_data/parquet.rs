//! Parquet: only the columns that are read, only the row groups that can hold something within the area.

use std::fs::File;
use std::path::Path;

use arrow_array::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::statistics::Statistics;

use super::pipeline::{Answers, Feed, spread};
use super::portion::Portion;
use super::reader::io_error;
use super::{Sieve, Table};
use crate::parallel::guarded;
use crate::record::BoundingBox;
use crate::{Error, ErrorKind, Result};

/// Rows handed over at a time.
const CHUNK: usize = 2048;

/// A layout in Parquet.
#[derive(Clone, Copy)]
pub(in crate::source) struct ParquetLayout {
    /// The columns that are read, by their paths; the file may lack some.
    pub(in crate::source) columns: &'static [&'static str],
    /// The columns whose statistics bound the longitudes of a row group: the least, the greatest.
    pub(in crate::source) longitude: [&'static str; 2],
    /// The same for latitudes.
    pub(in crate::source) latitude: [&'static str; 2],
    /// Reads rows, of which the first has this number, counted from 1.
    pub(in crate::source) portion: fn(&Table<'_>, usize, u64, &Sieve) -> Result<Portion>,
}

/// Rows of a file.
struct Rows {
    batch: RecordBatch,
    first: u64,
    position: u64,
}

/// Begins to read a file.
pub(super) fn open(path: &Path, layout: ParquetLayout, sieve: Sieve) -> Result<Answers<Portion>> {
    let file = File::open(path).map_err(io_error)?;
    let length = file.metadata().map_err(io_error)?.len();
    let metadata = metadata(&file)?;
    let area = sieve.area;
    spread(
        move |feed| groups(&file, &metadata, layout, area, length, feed),
        move |rows: Rows| {
            let mut portion = (layout.portion)(
                &Table::new(&rows.batch),
                rows.batch.num_rows(),
                rows.first,
                &sieve,
            )?;
            portion.position = rows.position;
            Ok(portion)
        },
    )
}

/// The names of the columns at the top of the schema.
pub(super) fn columns(path: &Path) -> Result<Vec<String>> {
    let metadata = metadata(&File::open(path).map_err(io_error)?)?;
    let fields = metadata.schema().fields();
    Ok(fields.iter().map(|field| field.name().clone()).collect())
}

/// Types are those of Parquet itself: what a writer remembered of its own (dictionaries, views) is passed over.
fn metadata(file: &File) -> Result<ArrowReaderMetadata> {
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    unharmed(|| ArrowReaderMetadata::load(file, options).map_err(broken))
}

/// Hands over the rows of each row group that can hold something within the area.
fn groups(
    file: &File,
    metadata: &ArrowReaderMetadata,
    layout: ParquetLayout,
    area: Option<BoundingBox>,
    length: u64,
    feed: &Feed<Rows, Portion>,
) -> Result<()> {
    let schema = metadata.metadata().file_metadata().schema_descr();
    let mask = ProjectionMask::columns(schema, layout.columns.iter().copied());
    let rows = u64::try_from(metadata.metadata().file_metadata().num_rows())
        .unwrap_or(0)
        .max(1);
    let mut first = 1_u64;
    for (index, group) in metadata.metadata().row_groups().iter().enumerate() {
        let next = first + u64::try_from(group.num_rows()).unwrap_or(0);
        if area.is_none_or(|area| may_hold(group, layout, area)) {
            let file = file.try_clone().map_err(io_error)?;
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone());
            let builder = builder.with_projection(mask.clone()).with_row_groups(vec![index]);
            let mut reader = unharmed(|| builder.with_batch_size(CHUNK).build().map_err(broken))?;
            while let Some(batch) = unharmed(|| reader.next().transpose().map_err(broken))? {
                let after = first + batch.num_rows() as u64;
                // How far the rows are is how far the file is, near enough for a bar.
                let position = u128::from(length) * u128::from(after - 1) / u128::from(rows);
                let position = u64::try_from(position).unwrap_or(length).min(length);
                if !feed.push(Rows {
                    batch,
                    first,
                    position,
                }) {
                    return Ok(());
                }
                first = after;
            }
        }
        first = next;
    }
    Ok(())
}

/// Whether a row group can hold something within the area, by the statistics of its columns; yes, where it has none.
fn may_hold(group: &RowGroupMetaData, layout: ParquetLayout, area: BoundingBox) -> bool {
    let [west, south, east, north] = area.into();
    let bounds = |[least, greatest]: [&str; 2]| Some((bound(group, least)?.0, bound(group, greatest)?.1));
    let across = match bounds(layout.longitude) {
        Some((least, greatest)) if west <= east => least <= east && greatest >= west,
        // Over the antimeridian.
        Some((least, greatest)) => greatest >= west || least <= east,
        None => true,
    };
    across && bounds(layout.latitude).is_none_or(|(least, greatest)| least <= north && greatest >= south)
}

/// The least and the greatest value of a column.
fn bound(group: &RowGroupMetaData, name: &str) -> Option<(f64, f64)> {
    let column = group
        .columns()
        .iter()
        .find(|column| column.column_path().string() == name)?;
    match column.statistics()? {
        Statistics::Double(all) => Some((*all.min_opt()?, *all.max_opt()?)),
        Statistics::Float(all) => Some((f64::from(*all.min_opt()?), f64::from(*all.max_opt()?))),
        _ => None,
    }
}

/// A damaged file makes some readers of columns panic: that is the file's fault, not ours.
fn unharmed<T>(read: impl FnOnce() -> Result<T>) -> Result<T> {
    guarded(read).map_err(|error| match error.kind() {
        ErrorKind::Internal => damaged().because(error),
        _ => error,
    })
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::Decode,
        "open data",
        "the Parquet file is damaged, or packed in a way that is not read",
    )
}

fn broken(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    damaged().because(cause)
}
