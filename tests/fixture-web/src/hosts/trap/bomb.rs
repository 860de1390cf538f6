//! Small compressed bodies that grow a thousandfold and more.

use std::io::Write;

use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};

use super::super::{Answer, Body, HostGuide, Request, Scene};

pub(in super::super) const GUIDE: HostGuide = HostGuide {
    host: "bomb.trap.test",
    what: "Decompression bombs: `/gzip` sends 1 MB that grows to `mb` (1,024 if not said); `/double` is one inside another",
    paths: &["/gzip?mb=1024", "/double?mb=1024", "/gzip?mb=1"],
};

/// Bytes one repeated block grows to.
const BLOCK: usize = 1 << 20;

pub(in super::super) fn answer(_: &Scene<'_>, request: &Request) -> Answer {
    let megabytes = request.number("mb", 1_024, 102_400) as u64;
    match request.path.as_str() {
        "/gzip" => bomb(megabytes).map_or_else(failed, |parts| {
            let body = Body::Repeated {
                first: parts.first,
                chunk: parts.block,
                times: megabytes,
                last: parts.last,
            };
            Answer::html(200, "")
                .with("content-encoding", "gzip")
                .with_body(body)
        }),
        "/double" => double(megabytes.min(1_024)).map_or_else(failed, |bytes| {
            Answer::html(200, bytes)
                .with("content-encoding", "gzip, gzip")
                .untouched()
        }),
        "/robots.txt" => Answer::text(404, "none\n"),
        _ => super::guide(&GUIDE),
    }
}

fn failed() -> Answer {
    Answer::text(500, "the bomb could not be built\n")
}

/// A gzip member (RFC 1952) whose deflate data is one block repeated.
struct Parts {
    first: Bytes,
    /// A mebibyte of spaces after a full flush: it refers to nothing before it, so it can stand any number of times.
    block: Bytes,
    last: Bytes,
}

fn bomb(megabytes: u64) -> Option<Parts> {
    let plain = vec![b' '; BLOCK];
    let mut deflate = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(16 * 1024);
    deflate
        .compress_vec(&plain, &mut block, FlushCompress::Full)
        .ok()?;
    let mut once = Crc::new();
    once.update(&plain);
    let mut crc = Crc::new();
    // The checksum of n blocks by doubling: log n steps instead of n.
    let mut power = once;
    let mut left = megabytes;
    while left > 0 {
        if left & 1 == 1 {
            crc.combine(&power);
        }
        let same = crc_copy(&power);
        power.combine(&same);
        left >>= 1;
    }
    // An empty last block with fixed codes (RFC 1951 section 3.2.6), then checksum and length.
    let mut last = vec![0x03, 0x00];
    last.extend(crc.sum().to_le_bytes());
    last.extend(((megabytes * BLOCK as u64) as u32).to_le_bytes());
    let first = Bytes::from_static(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
    Some(Parts {
        first,
        block: block.into(),
        last: last.into(),
    })
}

/// `Crc` is not `Clone`: combining an empty one with it copies it.
fn crc_copy(crc: &Crc) -> Crc {
    let mut copy = Crc::new();
    copy.combine(crc);
    copy
}

/// The bomb itself compressed once more: a few kilobytes.
fn double(megabytes: u64) -> Option<Vec<u8>> {
    let parts = bomb(megabytes)?;
    let mut outer = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
    outer.write_all(&parts.first).ok()?;
    for _ in 0..megabytes {
        outer.write_all(&parts.block).ok()?;
    }
    outer.write_all(&parts.last).ok()?;
    outer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_bomb_is_a_correct_gzip_file_and_small() {
        let parts = bomb(5).unwrap();
        let mut file = parts.first.to_vec();
        for _ in 0..5 {
            file.extend(&parts.block);
        }
        file.extend(&parts.last);
        assert!(file.len() < 12_000, "{}", file.len());
        let mut plain = Vec::new();
        // The reader checks length and checksum of the trailer.
        flate2::read::GzDecoder::new(file.as_slice())
            .read_to_end(&mut plain)
            .unwrap();
        assert_eq!(plain.len(), 5 * BLOCK);
    }

    #[test]
    fn the_double_bomb_is_tiny_and_opens_twice() {
        let bytes = double(64).unwrap();
        assert!(bytes.len() < 8_000, "{}", bytes.len());
        let inner = flate2::read::GzDecoder::new(bytes.as_slice());
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(inner)
            .read_to_end(&mut plain)
            .unwrap();
        assert_eq!(plain.len(), 64 * BLOCK);
    }
}
