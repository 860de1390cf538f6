//! CsvRows by lead: appended, the last one wins.

use std::collections::BTreeMap;
use std::path::Path;

use lead_core::Result;
use lead_core::record::LeadId;

use super::file::{RowFile, Span};
use crate::export::CsvRows;

/// From so many rows that count no more on, when they are as many as those that do, the file is written anew.
const STALE: usize = 1_000;

/// A CSV file with a row a lead. In memory is where each lies: some fifty bytes a lead.
#[derive(Debug)]
pub(crate) struct Table {
    file: RowFile,
    rows: CsvRows,
    spans: BTreeMap<LeadId, Span>,
    /// CsvRows that count no more.
    stale: usize,
}

impl Table {
    pub(super) fn open(path: &Path, rows: CsvRows) -> Result<Self> {
        let (mut spans, mut stale) = (BTreeMap::new(), 0);
        let head = rows.head()?;
        let file = RowFile::open(path, &head, |span, cells| {
            let id = cells
                .get(rows.id())
                .and_then(|cell| std::str::from_utf8(cell).ok());
            let Some(id) = id.and_then(|id| id.parse::<LeadId>().ok()) else {
                // A row that was written by hand: it goes when the file is written anew.
                stale += 1;
                return Ok(());
            };
            let bare = cells.iter().filter(|cell| !cell.is_empty()).count() == 1;
            let before = if bare {
                spans.remove(&id)
            } else {
                spans.insert(id, span)
            };
            stale += usize::from(bare) + usize::from(before.is_some());
            Ok(())
        })?;
        Ok(Self {
            file,
            rows,
            spans,
            stale,
        })
    }

    /// The leads there are, in order.
    pub(in super::super) fn ids(&self) -> Vec<LeadId> {
        self.spans.keys().copied().collect()
    }

    /// The row of a lead.
    pub(in super::super) fn get(&mut self, id: LeadId) -> Result<Option<Vec<u8>>> {
        let span = self.spans.get(&id).copied();
        span.map(|span| self.file.read(span)).transpose()
    }

    /// Sets the row of a lead; nothing is written when it is that already.
    pub(super) fn put(&mut self, id: LeadId, row: &[u8]) -> Result<()> {
        if self.get(id)?.as_deref() != Some(row) {
            let span = self.file.append(row)?;
            self.stale += usize::from(self.spans.insert(id, span).is_some());
        }
        Ok(())
    }

    /// Takes a lead out: an empty row with its id, until the file is written anew. Whether it was there.
    pub(super) fn remove(&mut self, id: LeadId) -> Result<bool> {
        if !self.spans.contains_key(&id) {
            return Ok(false);
        }
        let bare = self.rows.bare(&id.to_string())?;
        self.file.append(&bare)?;
        self.spans.remove(&id);
        self.stale += 2;
        Ok(true)
    }

    /// Makes what was written outlive a power cut, and writes the file anew when half of it counts no more.
    pub(super) fn sync(&mut self) -> Result<()> {
        if self.stale > STALE.max(self.spans.len()) {
            return self.compact();
        }
        self.file.sync()
    }

    /// Writes the file anew, in order of id, without what counts no more.
    pub(super) fn compact(&mut self) -> Result<()> {
        if self.stale == 0 {
            return Ok(());
        }
        let head = self.rows.head()?;
        let moved = self.file.rewrite(&head, self.spans.values().copied())?;
        for (span, moved) in self.spans.values_mut().zip(moved) {
            *span = moved;
        }
        self.stale = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use lead_core::record::Lead;
    use lead_core::seam::conformance::sample::town;

    use super::*;
    use crate::export::Layout;

    fn leads(count: u32) -> Vec<Lead> {
        let mut leads: Vec<Lead> = town(count)
            .into_iter()
            .filter_map(|seen| Lead::derive(&[seen]))
            .collect();
        leads.sort_by_key(|lead| lead.id);
        leads
    }

    fn open(path: &Path, layout: Layout) -> Table {
        Table::open(path, CsvRows::new(layout)).unwrap()
    }

    #[test]
    fn the_last_row_wins_and_a_removed_one_stays_away() {
        for layout in [Layout::Full, Layout::Legacy] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("leads.csv");
            let (rows, leads) = (CsvRows::new(layout), leads(3));
            let mut table = open(&path, layout);
            for lead in &leads {
                table.put(lead.id, &rows.row(lead).unwrap()).unwrap();
            }
            let mut changed = leads[0].clone();
            changed.findings.phones.clear();
            changed.findings.emails.clear();
            changed.findings.addresses.clear();
            let row = rows.row(&changed).unwrap();
            table.put(changed.id, &row).unwrap();
            assert!(table.remove(leads[1].id).unwrap());
            assert!(!table.remove(leads[1].id).unwrap());
            table.sync().unwrap();
            let long = std::fs::read(&path).unwrap();
            drop(table);

            let mut table = open(&path, layout);
            assert_eq!(table.ids(), [leads[0].id, leads[2].id]);
            assert_eq!(table.get(changed.id).unwrap().unwrap(), row);
            assert_eq!(table.get(leads[1].id).unwrap(), None);
            table.compact().unwrap();
            let short = std::fs::read(&path).unwrap();
            assert!(short.len() < long.len());
            let gone = leads[1].id.to_string();
            assert!(!String::from_utf8(short).unwrap().contains(&gone));
            assert_eq!(table.get(changed.id).unwrap().unwrap(), row);
            table.put(leads[1].id, &rows.row(&leads[1]).unwrap()).unwrap();
            drop(table);
            assert_eq!(open(&path, layout).ids().len(), 3);
        }
    }

    /// Guards every place at which a process may be killed while it writes a row.
    #[test]
    fn half_a_row_is_cut_off_wherever_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("leads.csv");
        let mut leads = leads(2);
        leads[1].name = Some("A \"name\"\nof two lines, and more".to_owned());
        let rows = CsvRows::new(Layout::Full);
        let (head, first, second) = (
            rows.head().unwrap(),
            rows.row(&leads[0]).unwrap(),
            rows.row(&leads[1]).unwrap(),
        );
        for cut in 0..=second.len() {
            let whole = [&head[..], &first, &second[..cut]].concat();
            std::fs::write(&path, whole).unwrap();
            let mut table = open(&path, Layout::Full);
            let known = if cut == second.len() { 2 } else { 1 };
            assert_eq!(table.ids().len(), known, "cut after {cut}");
            table.put(leads[1].id, &second).unwrap();
            drop(table);
            let whole = [&head[..], &first, &second].concat();
            assert_eq!(std::fs::read(&path).unwrap(), whole, "cut after {cut}");
        }
        for cut in 0..head.len() {
            std::fs::write(&path, &head[..cut]).unwrap();
            assert!(open(&path, Layout::Full).ids().is_empty());
            assert_eq!(std::fs::read(&path).unwrap(), head);
        }
    }

    #[test]
    fn files_of_others_and_files_in_use_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("songs.csv");
        let mut other = std::fs::File::create(&path).unwrap();
        for content in ["title,artist\n", "title,artist\nOne,Somebody\n"] {
            write!(other, "{content}").unwrap();
            let before = std::fs::read(&path).unwrap();
            let error = Table::open(&path, CsvRows::new(Layout::Full)).unwrap_err();
            assert_eq!(error.kind(), lead_core::ErrorKind::Conflict);
            assert_eq!(std::fs::read(&path).unwrap(), before);
        }
        let path = folder.path().join("leads.csv");
        let held = open(&path, Layout::Full);
        let error = Table::open(&path, CsvRows::new(Layout::Full)).unwrap_err();
        assert_eq!(error.kind(), lead_core::ErrorKind::Locked);
        assert!(error.is_retryable());
        drop(held);
        open(&path, Layout::Full);
    }

    #[test]
    fn a_file_of_which_half_counts_no_more_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("leads.csv");
        let (rows, mut leads) = (CsvRows::new(Layout::Full), leads(1));
        let mut table = open(&path, Layout::Full);
        for round in 0..=STALE + 1 {
            leads[0].name = Some(format!("Bakery {round}"));
            table.put(leads[0].id, &rows.row(&leads[0]).unwrap()).unwrap();
        }
        let before = std::fs::metadata(&path).unwrap().len();
        table.sync().unwrap();
        let after = std::fs::metadata(&path).unwrap().len();
        assert!(after * 100 < before, "{before} became {after}");
        assert_eq!(
            table.get(leads[0].id).unwrap().unwrap(),
            rows.row(&leads[0]).unwrap()
        );
    }
}
