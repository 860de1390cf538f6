//! What comes in from files of the predecessor's.

use std::io::Cursor;

use futures::executor::block_on;
use lead_core::clock::Timestamp;
use lead_core::record::{LEGACY_COLUMNS, ObservationId};
use lead_core::seam::{Store, WriteBatch};
use lead_storage::import::{Import, Layout, Portion, read_from};

/// Any bytes as a file, under a header and without: every row is a sighting or kept aside, the same each time, and a store takes them.
pub fn import(data: &[u8]) {
    let headers: Vec<_> = LEGACY_COLUMNS.iter().map(|column| column.header).collect();
    let header = headers.join(",") + "\n";
    let with_header = [header.as_bytes(), data].concat();
    let told = Import::new().layout(Layout::V39B);
    for (bytes, import) in [(data, Import::new()), (data, told), (&with_header, Import::new())] {
        let first = portions(bytes, &import);
        let ids = |portions: &[Portion]| -> Vec<ObservationId> {
            let all = portions.iter().flat_map(|portion| &portion.observations);
            all.map(|observation| observation.id).collect()
        };
        assert_eq!(ids(&first), ids(&portions(bytes, &import)));
        let mut rows = 0;
        for portion in first {
            rows += portion.rows;
            let told = portion.observations.len() + portion.rejects.len();
            assert_eq!((portion.rows, portion.end), (told as u64, rows));
            let batch = WriteBatch::of(portion.observations);
            let stored = block_on(Store::memory().commit(batch));
            assert!(stored.is_ok(), "{stored:?}");
        }
    }
}

fn portions(bytes: &[u8], import: &Import) -> Vec<Portion> {
    let mut portions = Vec::new();
    let file = Cursor::new(bytes.to_vec());
    let read = read_from(file, "leads.csv", Timestamp::UNIX_EPOCH, import, 0, |portion| {
        portions.push(portion);
        true
    });
    // What shows no layout is no file of the predecessor's; nothing else may stop one.
    if let Err(error) = read {
        let workbook = bytes.starts_with(b"PK");
        assert!(workbook || portions.is_empty(), "{error}");
    }
    portions
}
