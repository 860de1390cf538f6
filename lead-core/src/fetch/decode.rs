//! Undoing `Content-Encoding`, within bounds.

use std::io::Read;

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

use crate::{Error, ErrorKind, Result};

/// Below this size no ratio is suspicious: a page of 1 MiB may well be one repeated line.
const RATIO_FROM: usize = 1024 * 1024;

/// How many times its size a packed file of more than 1 MiB may have: lists of addresses, which are alike, reach 50.
const MAX_FILE_RATIO: usize = 200;

/// RFC 9659: no frame of the `zstd` content coding needs a window of more than 8 MiB.
const ZSTD_WINDOW: u64 = 8 * 1024 * 1024;

/// Codings in a row that are undone; nobody honest uses two.
const MAX_CODINGS: usize = 3;

/// How much may come out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caps {
    /// Bytes.
    pub(super) bytes: usize,
    /// Times the compressed size, above 1 MiB.
    pub(super) ratio: usize,
    /// What comes past the cap is left out instead of being an error.
    pub(super) truncate: bool,
}

impl Caps {
    pub(super) fn too_large(&self) -> Error {
        Error::new(ErrorKind::TooLarge, "fetch", "the body is larger than allowed")
            .with("max_bytes", self.bytes)
    }
}

/// The codings a transport may announce.
pub(super) const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// The codings of a response, outermost last, `identity` left out (RFC 9110 §8.4).
pub(super) fn codings(headers: &HeaderMap) -> Vec<String> {
    let values = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect()
}

/// Undoes `codings`, the last first.
///
/// # Errors
/// [`ErrorKind::Decode`] when the bytes are not what they claim to be, or the coding is unknown; [`ErrorKind::TooLarge`].
pub(super) fn decode(codings: &[String], body: Bytes, caps: Caps) -> Result<Bytes> {
    if codings.len() > MAX_CODINGS {
        return Err(
            Error::new(ErrorKind::Decode, "fetch", "too many content codings").with("codings", codings.len())
        );
    }
    codings
        .iter()
        .rev()
        .try_fold(body, |body, coding| undo(coding, &body, caps).map(Bytes::from))
}

/// The bytes of a gzip file, at most so many.
///
/// # Errors
/// As [`decode`].
pub(crate) fn gunzip(file: &[u8], max_bytes: usize) -> Result<Vec<u8>> {
    let caps = Caps {
        bytes: max_bytes,
        ratio: MAX_FILE_RATIO,
        truncate: false,
    };
    drain(Members::new(file), file.len(), caps)
}

fn undo(coding: &str, body: &[u8], caps: Caps) -> Result<Vec<u8>> {
    let drained = match coding {
        "gzip" | "x-gzip" => drain(Members::new(body), body.len(), caps),
        "deflate" if has_zlib_header(body) => {
            drain(flate2::bufread::ZlibDecoder::new(body), body.len(), caps)
        }
        // RFC 9110 §8.4.1.2: "some non-conformant implementations send the deflate data without the zlib wrapper".
        "deflate" => drain(flate2::bufread::DeflateDecoder::new(body), body.len(), caps),
        "br" => drain(
            brotli_decompressor::Decompressor::new(body, 4096),
            body.len(),
            caps,
        ),
        "zstd" => drain(Frames::new(body), body.len(), caps),
        // Not echoed: it is the server's text.
        _ => {
            return Err(Error::new(
                ErrorKind::Decode,
                "fetch",
                "an unknown content coding",
            ));
        }
    };
    drained.map_err(|error| {
        if error.kind() == ErrorKind::Decode {
            error.with("coding", coding)
        } else {
            error
        }
    })
}

/// Reads to the end or to a cap.
fn drain(mut reader: impl Read, compressed: usize, caps: Caps) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(compressed.saturating_mul(4).min(caps.bytes).min(RATIO_FROM));
    let mut chunk = [0; 16 * 1024];
    loop {
        let read = match reader.read(&mut chunk) {
            Ok(0) => return Ok(out),
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            // The compressed bytes were cut by us: what came out so far is what was asked for.
            Err(_) if caps.truncate && !out.is_empty() => return Ok(out),
            Err(error) => {
                return Err(
                    Error::new(ErrorKind::Decode, "fetch", "the compressed body is damaged").because(error),
                );
            }
        };
        out.extend_from_slice(chunk.get(..read).unwrap_or_default());
        if out.len() > caps.bytes {
            if caps.truncate {
                out.truncate(caps.bytes);
                return Ok(out);
            }
            return Err(caps.too_large());
        }
        if out.len() > RATIO_FROM && out.len() / caps.ratio.max(1) > compressed {
            let error = Error::new(
                ErrorKind::TooLarge,
                "fetch",
                "the body is compressed beyond belief",
            );
            return Err(error.with("max_ratio", caps.ratio));
        }
    }
}

/// RFC 1950 §2.2: the method is 8 and the first two bytes, as a number, are a multiple of 31.
fn has_zlib_header(body: &[u8]) -> bool {
    match body {
        [method, flags, ..] => method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0,
        _ => false,
    }
}

/// The members of a gzip file one after another (RFC 1952 §2.2). What follows the last is left out, as browsers do.
struct Members<'a>(Option<flate2::bufread::GzDecoder<&'a [u8]>>);

impl<'a> Members<'a> {
    fn new(body: &'a [u8]) -> Self {
        Self(Some(flate2::bufread::GzDecoder::new(body)))
    }
}

impl Read for Members<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let rest = self
                .0
                .take()
                .map(flate2::bufread::GzDecoder::into_inner)
                .unwrap_or_default();
            self.0 = rest
                .starts_with(&[0x1f, 0x8b])
                .then(|| flate2::bufread::GzDecoder::new(rest));
        }
        Ok(0)
    }
}

/// The frames of a zstd body one after another (RFC 8878 §3).
struct Frames<'a> {
    rest: &'a [u8],
    decoder: ruzstd::decoding::FrameDecoder,
    open: bool,
}

impl<'a> Frames<'a> {
    fn new(body: &'a [u8]) -> Self {
        let mut decoder = ruzstd::decoding::FrameDecoder::new();
        decoder.set_max_window_size(ZSTD_WINDOW);
        Self {
            rest: body,
            decoder,
            open: false,
        }
    }

    /// Skips skippable frames (RFC 8878 §3.1.2) and opens the next real one; `false` at the end.
    fn open_next(&mut self) -> std::io::Result<bool> {
        while let [low, 0x2a, 0x4d, 0x18, a, b, c, d, rest @ ..] = self.rest
            && low & 0xf0 == 0x50
        {
            let length = usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).unwrap_or(usize::MAX);
            self.rest = rest.get(length..).ok_or(std::io::ErrorKind::UnexpectedEof)?;
        }
        if self.rest.is_empty() {
            return Ok(false);
        }
        self.decoder
            .reset(&mut self.rest)
            .map_err(std::io::Error::other)?;
        self.open = true;
        Ok(true)
    }
}

impl Read for Frames<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if !self.open && !self.open_next()? {
                return Ok(0);
            }
            // Only as much as is asked for, so that a bomb is not decoded ahead of the caps.
            while self.decoder.can_collect() < buffer.len() && !self.decoder.is_finished() {
                let missing = buffer.len() - self.decoder.can_collect();
                let strategy = ruzstd::decoding::BlockDecodingStrategy::UptoBytes(missing);
                self.decoder
                    .decode_blocks(&mut self.rest, strategy)
                    .map_err(std::io::Error::other)?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.open = !self.decoder.is_finished();
        }
    }
}

/// Undoes one coding within small caps, for fuzzers: the number of bytes that come out.
///
/// # Errors
/// As the transport's.
#[doc(hidden)]
pub fn fuzz_decode(coding: &str, body: &[u8]) -> Result<usize> {
    let caps = Caps {
        bytes: 1024 * 1024,
        ratio: 200,
        truncate: false,
    };
    undo(coding, body, caps).map(|out| out.len())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    const CODINGS: [&str; 4] = ["gzip", "deflate", "br", "zstd"];

    fn compressed(coding: &str, body: &[u8]) -> Vec<u8> {
        let level = flate2::Compression::fast();
        match coding {
            "gzip" => {
                let mut out = flate2::write::GzEncoder::new(Vec::new(), level);
                out.write_all(body).unwrap();
                out.finish().unwrap()
            }
            "deflate" => {
                let mut out = flate2::write::ZlibEncoder::new(Vec::new(), level);
                out.write_all(body).unwrap();
                out.finish().unwrap()
            }
            _ => ruzstd::encoding::compress_to_vec(body, ruzstd::encoding::CompressionLevel::Fastest),
        }
    }

    /// A frame that is skipped before, and another frame after (RFC 8878 §3.1).
    #[test]
    fn zstd_may_come_in_frames() {
        let mut body = vec![0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 9, 9, 9];
        body.extend(compressed("zstd", b"one "));
        body.extend(compressed("zstd", b"two"));
        let caps = Caps {
            bytes: 100,
            ratio: 2,
            truncate: false,
        };
        assert_eq!(undo("zstd", &body, caps).unwrap(), b"one two");
        assert!(undo("zstd", &body[..9], caps).is_err());
    }

    /// A window of more than 8 MiB would have us allocate that much for a few bytes.
    #[test]
    fn zstd_windows_are_bounded() {
        // Magic number, no single segment, window descriptor 2^(10+21) bytes, an empty last block.
        let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 1, 0, 0];
        assert!(
            undo(
                "zstd",
                &frame,
                Caps {
                    bytes: 100,
                    ratio: 2,
                    truncate: false
                }
            )
            .is_err()
        );
    }

    #[test]
    fn caps_cut_or_refuse() {
        let body = compressed("gzip", &[b'x'; 1000]);
        let caps = Caps {
            bytes: 100,
            ratio: 2,
            truncate: true,
        };
        assert_eq!(undo("gzip", &body, caps).unwrap().len(), 100);
        let error = undo(
            "gzip",
            &body,
            Caps {
                truncate: false,
                ..caps
            },
        )
        .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert_eq!(
            undo(
                "gzip",
                &body,
                Caps {
                    bytes: 1000,
                    truncate: false,
                    ..caps
                }
            )
            .unwrap()
            .len(),
            1000
        );
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_an_error_or_decode(index in 0..4_usize, body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = fuzz_decode(CODINGS[index], &body);
        }

        #[test]
        fn nearly_right_bytes_are_an_error_or_decode(
            coding in prop::sample::select(vec!["gzip", "deflate", "zstd"]),
            text in "[a-d]{0,600}",
            at: prop::sample::Index,
            flip: u8,
            end: prop::sample::Index,
        ) {
            let whole = compressed(coding, text.as_bytes());
            prop_assert_eq!(fuzz_decode(coding, &whole).unwrap(), text.len());
            let mut damaged = whole.clone();
            *at.get_mut(&mut damaged) ^= flip;
            damaged.truncate(end.index(damaged.len()) + 1);
            let _ = fuzz_decode(coding, &damaged);
        }
    }
}
