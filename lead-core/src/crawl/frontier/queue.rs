//! Queues of addresses whose bytes lie together.
//!
//! A crawl of a million pages holds mostly addresses that wait. As strings in queues they would cost two allocations and
//! some 100 bytes each beside their text; here an address costs its path and ten bytes. All queues share one store: a list
//! of chunks, each with records one after the other. A queue is the place of its first and last record.

/// Bytes of a chunk; a record never crosses the end of one.
const CHUNK: usize = 64 * 1024;
/// Bytes of a record before its text: next (4), length (2), depth (2), hops (1), kind (1).
const HEAD: usize = 10;
/// Below so many bytes nothing is gained by writing the records anew.
const SPARSE_FROM: usize = 64 * CHUNK;
/// The longest text a record takes.
pub(super) const MAX_TEXT: usize = 8 * 1024;

/// The place of a record plus one; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Place(u32);

/// A queue: first and last record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Queue {
    first: Place,
    last: Place,
}

impl Queue {
    pub(super) fn is_empty(self) -> bool {
        self.first == Place(0)
    }
}

/// What is kept of an address beside its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) depth: u16,
    pub(super) hops: u8,
    pub(super) kind: u8,
}

/// What is kept of an address that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) text: String,
    pub(super) note: Note,
}

#[derive(Debug, Default)]
struct Chunk {
    bytes: Vec<u8>,
    /// Records in it that are in a queue.
    live: u32,
}

/// The store of all queues. A chunk whose records are all taken is used again.
#[derive(Debug, Default)]
pub(super) struct Records {
    chunks: Vec<Chunk>,
    /// Where records are written.
    open: usize,
    free: Vec<usize>,
    /// Bytes of records that are in a queue.
    live: usize,
}

impl Records {
    /// Appends to `queue`. Whether there was room: a store holds 4 GiB, and texts up to [`MAX_TEXT`].
    pub(super) fn push(&mut self, queue: &mut Queue, text: &str, note: Note) -> bool {
        let Ok(length) = u16::try_from(text.len()) else {
            return false;
        };
        if text.len() > MAX_TEXT {
            return false;
        }
        let Some((chunk, at)) = self.room(HEAD + text.len()) else {
            return false;
        };
        let Ok(place) = u32::try_from(chunk * CHUNK + at + 1) else {
            return false;
        };
        let Some(open) = self.chunks.get_mut(chunk) else {
            return false;
        };
        open.bytes.extend_from_slice(&0_u32.to_le_bytes());
        open.bytes.extend_from_slice(&length.to_le_bytes());
        open.bytes.extend_from_slice(&note.depth.to_le_bytes());
        open.bytes.extend_from_slice(&[note.hops, note.kind]);
        open.bytes.extend_from_slice(text.as_bytes());
        open.live += 1;
        self.live += HEAD + text.len();
        if queue.is_empty() {
            queue.first = Place(place);
        } else if let Some(next) = self.bytes_mut(queue.last, 0, 4) {
            next.copy_from_slice(&place.to_le_bytes());
        }
        queue.last = Place(place);
        true
    }

    /// Takes the first of `queue`.
    pub(super) fn pop(&mut self, queue: &mut Queue) -> Option<Record> {
        let first = queue.first;
        let chunk = first.chunk()?;
        let head: [u8; HEAD] = self.bytes(first, 0, HEAD)?.try_into().ok()?;
        let [n0, n1, n2, n3, l0, l1, d0, d1, hops, kind] = head;
        let next = Place(u32::from_le_bytes([n0, n1, n2, n3]));
        let length = usize::from(u16::from_le_bytes([l0, l1]));
        let text = std::str::from_utf8(self.bytes(first, HEAD, length)?)
            .ok()?
            .to_owned();
        queue.first = next;
        if queue.is_empty() {
            queue.last = next;
        }
        self.live -= HEAD + length;
        self.release(chunk);
        let depth = u16::from_le_bytes([d0, d1]);
        Some(Record {
            text,
            note: Note { depth, hops, kind },
        })
    }

    /// Bytes held.
    pub(super) fn bytes_held(&self) -> usize {
        (self.chunks.len() - self.free.len()) * CHUNK
    }

    /// Whether more than half of what is held is room that cannot be used: chunks in which few records are left.
    pub(super) fn is_sparse(&self) -> bool {
        self.bytes_held() > SPARSE_FROM && self.live * 2 < self.bytes_held()
    }

    /// Writes the records of all queues anew, close together. `queues` are all there are.
    pub(super) fn compact<'a>(&mut self, queues: impl Iterator<Item = &'a mut Queue>) {
        let mut fresh = Self::default();
        for queue in queues {
            let mut moved = Queue::default();
            while let Some(record) = self.pop(queue) {
                fresh.push(&mut moved, &record.text, record.note);
            }
            *queue = moved;
        }
        *self = fresh;
    }

    /// A chunk with room for so many bytes, and where in it.
    fn room(&mut self, wanted: usize) -> Option<(usize, usize)> {
        if let Some(open) = self.chunks.get(self.open)
            && open.bytes.len() + wanted <= CHUNK
        {
            return Some((self.open, open.bytes.len()));
        }
        let next = self.free.pop().unwrap_or_else(|| {
            self.chunks.push(Chunk::default());
            self.chunks.len() - 1
        });
        let full = std::mem::replace(&mut self.open, next);
        // What was open and is empty by now was not given back while it was written to.
        if full != next && self.chunks.get(full).is_some_and(|chunk| chunk.live == 0) {
            self.give_back(full);
        }
        self.chunks.get_mut(next)?.bytes.reserve_exact(CHUNK);
        Some((next, 0))
    }

    fn release(&mut self, chunk: usize) {
        let Some(held) = self.chunks.get_mut(chunk) else {
            return;
        };
        held.live = held.live.saturating_sub(1);
        if held.live == 0 && chunk != self.open {
            self.give_back(chunk);
        }
    }

    fn give_back(&mut self, chunk: usize) {
        if let Some(held) = self.chunks.get_mut(chunk) {
            held.bytes = Vec::new();
            self.free.push(chunk);
        }
    }

    fn bytes(&self, place: Place, from: usize, length: usize) -> Option<&[u8]> {
        let at = place.offset()? + from;
        self.chunks.get(place.chunk()?)?.bytes.get(at..at + length)
    }

    fn bytes_mut(&mut self, place: Place, from: usize, length: usize) -> Option<&mut [u8]> {
        let at = place.offset()? + from;
        self.chunks
            .get_mut(place.chunk()?)?
            .bytes
            .get_mut(at..at + length)
    }
}

impl Place {
    fn chunk(self) -> Option<usize> {
        Some(self.0.checked_sub(1)? as usize / CHUNK)
    }
    fn offset(self) -> Option<usize> {
        Some(self.0.checked_sub(1)? as usize % CHUNK)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Against queues as the standard library has them, in any order of pushes and pops.
        #[test]
        fn it_behaves_like_queues_of_strings(
            steps in proptest::collection::vec((0_usize..4, any::<bool>(), "[a-z/]{0,300}", any::<u16>()), 0..2000),
        ) {
            let mut records = Records::default();
            let mut queues = [Queue::default(); 4];
            let mut wanted: [VecDeque<Record>; 4] = Default::default();
            for (at, push, text, depth) in steps {
                if push {
                    let note = Note { depth, hops: 3, kind: 1 };
                    prop_assert!(records.push(&mut queues[at], &text, note));
                    wanted[at].push_back(Record { text, note: Note { depth, hops: 3, kind: 1 } });
                } else {
                    prop_assert_eq!(records.pop(&mut queues[at]), wanted[at].pop_front());
                }
            }
            for (queue, mut wanted) in queues.iter_mut().zip(wanted) {
                while let Some(record) = records.pop(queue) {
                    prop_assert_eq!(Some(record), wanted.pop_front());
                }
                prop_assert!(wanted.is_empty() && queue.is_empty());
            }
        }
    }

    #[test]
    fn room_is_used_again() {
        let (mut records, mut queue) = (Records::default(), Queue::default());
        for round in 0..200 {
            for _ in 0..1_000 {
                assert!(records.push(&mut queue, "/a/path/of/some/length", Note::default()));
            }
            while records.pop(&mut queue).is_some() {}
            assert!(
                records.bytes_held() <= 3 * CHUNK,
                "round {round}: {}",
                records.bytes_held()
            );
        }
    }

    /// Guards against a slow host whose few records keep every chunk from being used again.
    #[test]
    fn a_few_old_records_do_not_hold_the_memory_of_all() {
        let mut records = Records::default();
        let (mut slow, mut fast) = (Queue::default(), Queue::default());
        for number in 0..400_000 {
            let queue = if number % 500 == 0 { &mut slow } else { &mut fast };
            assert!(records.push(queue, &format!("/a/path/of/number/{number}"), Note::default()));
        }
        while records.pop(&mut fast).is_some() {}
        assert!(records.is_sparse());
        records.compact([&mut slow, &mut fast].into_iter());
        assert!(!records.is_sparse() && records.bytes_held() < SPARSE_FROM);
        let left = std::iter::from_fn(|| records.pop(&mut slow)).map(|record| record.text);
        assert!(
            left.eq((0..400_000)
                .step_by(500)
                .map(|number| format!("/a/path/of/number/{number}")))
        );
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let (mut records, mut queue) = (Records::default(), Queue::default());
        assert!(!records.push(&mut queue, &"x".repeat(MAX_TEXT + 1), Note::default()));
        assert!(records.push(&mut queue, &"x".repeat(MAX_TEXT), Note::default()));
        assert_eq!(records.pop(&mut queue).unwrap().text.len(), MAX_TEXT);
    }
}
