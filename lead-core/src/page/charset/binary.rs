//! What is no text: formats known by their first bytes, and bytes with many zeros or control characters.

/// First bytes of formats that are served as pages by mistake (WHATWG MIME Sniffing standard, section 6, and the
/// formats' own specifications).
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"%!PS-Adobe-", "PostScript"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1F\x8B\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xFD7zXZ\0", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"Rar!\x1A\x07", "RAR"),
    (b"\x89PNG\r\n\x1A\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"\0\0\x01\0", "ICO"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"OggS\0", "Ogg"),
    (b"ID3", "MP3"),
    (b"fLaC", "FLAC"),
    (b"\x1A\x45\xDF\xA3", "Matroska"),
    (b"wOFF", "WOFF"),
    (b"wOF2", "WOFF2"),
    (b"OTTO\0", "OpenType"),
    (b"\0\x01\0\0\0", "TrueType"),
    (b"\x7FELF", "ELF"),
    (b"\xCA\xFE\xBA\xBE", "Java class"),
    (b"\0asm", "WebAssembly"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "OLE document"),
    (b"{\\rtf", "RTF"),
];

/// The format the bytes are of, when that is no text.
pub(super) fn format_of(bytes: &[u8]) -> Option<&'static str> {
    let known = SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature));
    known.map(|(_, name)| *name).or_else(|| container(bytes))
}

/// Formats whose first bytes are a length or too common a word, so that more has to fit.
fn container(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("WebP"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("WAV"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => Some("AVI"),
        [0, 0, _, _, b'f', b't', b'y', b'p', ..] => Some("MP4"),
        [b'M', b'Z', rest @ ..] if rest.iter().take(510).filter(|byte| **byte == 0).count() > 16 => {
            Some("EXE")
        }
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some("BMP"),
        _ => None,
    }
}

/// Bytes looked at to judge by zeros.
const WINDOW: usize = 4096;

/// Whether the bytes are UTF-16 without a mark, little end first or not.
///
/// Markup and most European text have a zero as every other byte, on one side only: nine in ten there and one in ten on
/// the other side at most. Text of other scripts still has it in its markup, so half the pairs are enough when they are
/// on one side only.
pub(super) fn wide(bytes: &[u8]) -> Option<bool> {
    let window = bytes.get(..WINDOW).unwrap_or(bytes);
    memchr::memchr(0, window)?;
    let pairs = window.len() / 2;
    let zeros = |side: usize| {
        window
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 2 {
        return None;
    }
    if odd * 2 >= pairs && even * 10 <= odd {
        return Some(true);
    }
    (even * 2 >= pairs && odd * 10 <= even).then_some(false)
}

/// Whether there are too many zeros for a text in which some strayed: more than one in a hundred, and more than a few.
pub(super) fn is_full_of_zeros(bytes: &[u8]) -> bool {
    let window = bytes.get(..WINDOW).unwrap_or(bytes);
    let zeros = memchr::memchr_iter(0, window).count();
    zeros > 8 && zeros * 100 > window.len()
}

/// Whether there are too many control characters for a text: more than one in fifty, and more than a few. Random bytes,
/// as in what is compressed or encrypted, have one in ten; text in any encoding of the web has none but white space, the
/// escape and the two shifts of ISO 2022.
pub(super) fn is_full_of_controls(bytes: &[u8]) -> bool {
    let window = bytes.get(..WINDOW).unwrap_or(bytes);
    let control = |byte: &u8| u8::from(matches!(byte, 0..=8 | 0x10..=0x1A | 0x1C..=0x1F | 0x7F));
    // Counted in bytes, as many as one can count, so that the compiler looks at many bytes together.
    let few = window.chunks(usize::from(u8::MAX));
    let controls: usize = few
        .map(|few| usize::from(few.iter().map(control).sum::<u8>()))
        .sum();
    controls > 16 && controls * 50 > window.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_first_bytes() {
        assert_eq!(format_of(b"%PDF-1.7\n"), Some("PDF"));
        assert_eq!(format_of(b"RIFF\x10\0\0\0WEBPVP8 "), Some("WebP"));
        assert_eq!(format_of(b"\0\0\0\x18ftypmp42"), Some("MP4"));
        assert_eq!(
            format_of(b"MZ is a postal code area"),
            None,
            "text may begin like an EXE"
        );
        assert_eq!(format_of(b"<!doctype html>"), None);
        assert_eq!(format_of(b""), None);
    }

    #[test]
    fn utf_16_shows_by_its_zeros() {
        let wide_of = |text: &str, little: bool| {
            let pair = |unit: u16| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            };
            wide(&text.encode_utf16().flat_map(pair).collect::<Vec<u8>>())
        };
        assert_eq!(wide_of("<p>Zürich", true), Some(true));
        assert_eq!(wide_of("<p>Zürich", false), Some(false));
        assert_eq!(
            wide_of("<html><body><p>東京都千代田区</p></body></html>", true),
            Some(true)
        );
        assert_eq!(wide(b"plain text"), None);
        assert_eq!(wide(&[0; 64]), None);
    }

    #[test]
    fn random_bytes_are_no_text_and_shifts_are() {
        let mut state = 1_u64;
        let random: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0]
        })
        .take(4096)
        .collect();
        assert!(is_full_of_controls(&random));
        assert!(!is_full_of_controls(
            &b"\x1b$B%F\x1b(B \x0e\x0f\t\r\n\x0c".repeat(100)
        ));
        assert!(!is_full_of_controls(&[0x7F; 16]));
    }

    #[test]
    fn stray_zeros_are_no_binary() {
        assert!(!is_full_of_zeros(b"a\0b\0c"));
        assert!(is_full_of_zeros(&[0, 1, 2, 0].repeat(50)));
    }
}
