//! Bytes as text: UTF-8 with and without a mark, UTF-16 of either order, Windows-1252.

use std::borrow::Cow;
use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes of a file tell its encoding.
pub(super) const HEAD: usize = 64 * 1024;
/// Bytes that are decoded at a time.
const PIECE: usize = 64 * 1024;

/// How the bytes that are not UTF-8 are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bytes {
    /// The file is UTF-8: they are damage.
    Utf8,
    /// Nothing speaks for UTF-8: they are Windows-1252, as spreadsheets save it.
    Windows1252,
}

/// What a file's first bytes say of its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Bytes(Bytes),
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// By the mark (Unicode, *Byte order mark*), else by what stands there.
    pub(super) fn of(head: &[u8]) -> Self {
        match head {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            [0xef, 0xbb, 0xbf, ..] => Self::Bytes(Bytes::Utf8),
            _ => Self::unmarked(head),
        }
    }

    /// Headers are ASCII: in UTF-16 every second byte of them is zero.
    fn unmarked(head: &[u8]) -> Self {
        let start = head.get(..head.len().min(64)).unwrap_or_default();
        let pairs = start.as_chunks::<2>().0;
        let count = |test: fn(&[u8; 2]) -> bool| pairs.iter().filter(|pair| test(pair)).count();
        let little = count(|pair| pair[0] != 0 && pair[1] == 0);
        let big = count(|pair| pair[0] == 0 && pair[1] != 0);
        match pairs.len() {
            all if all >= 4 && little * 10 >= all * 9 => Self::Utf16Le,
            all if all >= 4 && big * 10 >= all * 9 => Self::Utf16Be,
            _ => Self::Bytes(bytes_of(head)),
        }
    }

    /// The file as bytes of ASCII and what is beyond it.
    pub(super) fn open<'a, R: Read + 'a>(self, inner: R) -> Box<dyn Read + 'a> {
        match self {
            Self::Bytes(_) => Box::new(inner),
            Self::Utf16Le => Box::new(Utf16::new(inner, UTF_16LE.new_decoder_with_bom_removal())),
            Self::Utf16Be => Box::new(Utf16::new(inner, UTF_16BE.new_decoder_with_bom_removal())),
        }
    }

    /// How its bytes are read.
    pub(super) fn bytes(self) -> Bytes {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Utf16Le | Self::Utf16Be => Bytes::Utf8,
        }
    }
}

/// Whether more characters beyond ASCII are right in UTF-8 than wrong. With none of either, each cell is looked at by itself.
fn bytes_of(head: &[u8]) -> Bytes {
    let (mut right, mut wrong) = (0, 0);
    for chunk in head.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    if right > wrong {
        Bytes::Utf8
    } else {
        Bytes::Windows1252
    }
}

impl Bytes {
    pub(super) fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        match (std::str::from_utf8(bytes), self) {
            (Ok(text), _) => Cow::Borrowed(text),
            (Err(_), Self::Utf8) => String::from_utf8_lossy(bytes),
            (Err(_), Self::Windows1252) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        }
    }
}

/// UTF-16 as UTF-8.
struct Utf16<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    over: bool,
}

impl<R: Read> Utf16<R> {
    fn new(inner: R, decoder: Decoder) -> Self {
        Self {
            inner,
            decoder,
            raw: vec![0; PIECE],
            text: Vec::new(),
            at: 0,
            over: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let read = self.inner.read(&mut self.raw)?;
        let raw = self.raw.get(..read).unwrap_or_default();
        self.over = read == 0;
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(4 * PIECE);
        self.text.resize(room, 0);
        // There is room for everything, so nothing stays behind.
        let (_, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.over);
        self.text.truncate(written);
        self.at = 0;
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.over {
            self.refill()?;
        }
        let mut rest = self.text.get(self.at..).unwrap_or_default();
        let read = rest.read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, turn: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(turn).collect()
    }

    #[test]
    fn encodings_show_with_and_without_a_mark() {
        let header = "Search Query,Platform,Café 🥐\n";
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}{header}");
            let (little, big) = (utf16(&text, u16::to_le_bytes), utf16(&text, u16::to_be_bytes));
            for (file, encoding) in [
                (little, Encoding::Utf16Le),
                (big, Encoding::Utf16Be),
                (text.clone().into_bytes(), Encoding::Bytes(Bytes::Utf8)),
            ] {
                assert_eq!(Encoding::of(&file), encoding);
                let mut read = String::new();
                encoding.open(&*file).read_to_string(&mut read).unwrap();
                assert_eq!(read.trim_start_matches('\u{feff}'), header);
            }
        }
        let western = b"Search Query,Platform\nbakery,Caf\xe9 \x80";
        let Encoding::Bytes(bytes) = Encoding::of(western) else {
            panic!()
        };
        assert_eq!(bytes.text(b"Caf\xe9 \x80"), "Café €");
        assert_eq!(Bytes::Utf8.text(b"Caf\xe9"), "Caf\u{fffd}");
    }
}
