//! Bytes to text, as browsers do it: the WHATWG HTML standard's encoding sniffing algorithm (section 13.2.3.2).
//!
//! The first rule that applies decides: byte order mark, the response's `Content-Type`, `<meta>` in the first 1,024
//! bytes, the shape of UTF-16 without a mark, UTF-8 when all bytes are valid UTF-8, else a guess by `chardetng`, the
//! detector of Firefox. Labels mean what the WHATWG Encoding standard says (`iso-8859-1` is windows-1252, `gb2312` is GBK).
//! Unlike a browser this refuses what is no text at all.

mod binary;
mod prescan;

use std::borrow::Cow;

use encoding_rs::{CoderResult, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, ErrorKind, Result};

/// Where the detector looks for something telling, and how much of that it reads: more does not change its mind, and it
/// reads some 20 MB a second.
const DETECTED_BYTES: usize = 1 << 20;
const TELLING_BYTES: usize = 16 << 10;

/// Begins the shifts of ISO-2022-JP, which is in ASCII bytes otherwise.
const ESCAPE: u8 = 0x1B;

/// Which rule found the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EncodingRule {
    /// The text came decoded.
    Given,
    /// A byte order mark.
    ByteOrderMark,
    /// The charset of the response's `Content-Type`.
    ContentType,
    /// `<meta charset>` or `<meta http-equiv=content-type>`.
    Meta,
    /// Every other byte is zero: UTF-16 without a mark.
    ZeroBytes,
    /// All bytes are valid UTF-8.
    Valid,
    /// Guessed from the content.
    Guessed,
}

/// Which encoding a document was decoded from, and how that was found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The name of the WHATWG Encoding standard (`UTF-8`, `windows-1252`, `Shift_JIS`).
    pub name: &'static str,
    /// The rule that decided.
    pub rule: EncodingRule,
    /// Whether bytes that are not of the encoding became U+FFFD.
    pub replaced: bool,
}

impl Encoding {
    /// Of text that came decoded.
    pub(super) fn given() -> Self {
        Self {
            name: UTF_8.name(),
            rule: EncodingRule::Given,
            replaced: false,
        }
    }
}

/// Decodes a document. `content_type` is the response's header, whole; `host` is where the document came from, whose
/// top-level domain helps a guess as in Firefox (`.jp` rather Japanese).
///
/// ```
/// use lead_core::page::charset::{EncodingRule, decode};
/// let (text, encoding) = decode(b"<meta charset=latin1>Z\xfcrich", None, None)?;
/// assert_eq!(text, "<meta charset=latin1>Zürich");
/// assert_eq!((encoding.name, encoding.rule), ("windows-1252", EncodingRule::Meta));
/// # Ok::<(), lead_core::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::Decode`] when the bytes are no text: a format known by its first bytes, or too many zero bytes.
pub fn decode<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
    host: Option<&str>,
) -> Result<(Cow<'a, str>, Encoding)> {
    if let Some(format) = binary::format_of(bytes) {
        return Err(not_text(format));
    }
    let (encoding, rule) = sniff(bytes, content_type, host);
    let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
    if !is_wide && binary::is_full_of_zeros(bytes) {
        return Err(not_text("bytes with many zeros"));
    }
    if !is_wide && binary::is_full_of_controls(bytes) {
        return Err(not_text("bytes with many control characters"));
    }
    // UTF-8 and ASCII are borrowed.
    let (text, encoding, replaced) = if encoding == UTF_8 || bytes.is_ascii() {
        encoding.decode(bytes)
    } else {
        decode_growing(encoding, bytes)
    };
    Ok((
        text,
        Encoding {
            name: encoding.name(),
            rule,
            replaced,
        },
    ))
}

/// As [`encoding_rs::Encoding::decode`], which reserves three bytes for each: markup is mostly ASCII in any encoding.
fn decode_growing<'a>(
    encoding: &'static encoding_rs::Encoding,
    bytes: &[u8],
) -> (Cow<'a, str>, &'static encoding_rs::Encoding, bool) {
    const LEAST_ROOM: usize = 64;
    let mut decoder = encoding.new_decoder();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8 + LEAST_ROOM);
    let (mut rest, mut replaced) = (bytes, false);
    loop {
        let (result, read, bad) = decoder.decode_to_string(rest, &mut text, true);
        replaced |= bad;
        if result == CoderResult::InputEmpty {
            return (Cow::Owned(text), decoder.encoding(), replaced);
        }
        rest = rest.get(read..).unwrap_or_default();
        text.reserve_exact(rest.len() + rest.len() / 2 + LEAST_ROOM);
    }
}

type Sniffed = (&'static encoding_rs::Encoding, EncodingRule);

fn not_text(format: &'static str) -> Error {
    Error::new(ErrorKind::Decode, "page.decode", "the document is no text").with("found", format)
}

fn sniff(bytes: &[u8], content_type: Option<&str>, host: Option<&str>) -> Sniffed {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return (encoding, EncodingRule::ByteOrderMark);
    }
    if let Some(encoding) = content_type.and_then(of_content_type) {
        return (encoding, EncodingRule::ContentType);
    }
    if let Some(encoding) = prescan::meta(bytes) {
        return (encoding, EncodingRule::Meta);
    }
    if let Some(little) = binary::wide(bytes) {
        return (if little { UTF_16LE } else { UTF_16BE }, EncodingRule::ZeroBytes);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, EncodingRule::Valid);
    }
    let guessed = if is_broken_utf_8(bytes) {
        UTF_8
    } else {
        guess(bytes, host)
    };
    (guessed, EncodingRule::Guessed)
}

/// Whether the bytes are UTF-8 with a few faults, cut off inside a character say. Bytes of a legacy encoding hardly ever
/// make a valid sequence, so ten characters beyond ASCII for each fault leave no doubt; and so does a single fault at
/// the very end.
fn is_broken_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut faults) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|read| !read.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    let cut_off = std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none());
    valid >= faults * 10 || (cut_off && valid > 0)
}

/// Asks the detector. Of markup only the pieces between tags that have something to tell are fed to it.
fn guess(bytes: &[u8], host: Option<&str>) -> &'static encoding_rs::Encoding {
    use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    let window = bytes.get(..DETECTED_BYTES).unwrap_or(bytes);
    let telling = |piece: &&[u8]| !piece.is_ascii() || memchr::memchr(ESCAPE, piece).is_some();
    let mut room = TELLING_BYTES;
    for piece in window.split_inclusive(|byte| *byte == b'<').filter(telling) {
        detector.feed(piece.get(..room).unwrap_or(piece), false);
        room = room.saturating_sub(piece.len());
        if room == 0 {
            break;
        }
    }
    detector.feed(b"", room > 0 && window.len() == bytes.len());
    detector.guess(
        host.and_then(top_level).as_deref().map(str::as_bytes),
        Utf8Detection::Allow,
    )
}

/// The last label of a host name, in the form the detector insists on: ASCII letters, digits and hyphens in lower case.
fn top_level(host: &str) -> Option<String> {
    let label = host.trim_end_matches('.').rsplit('.').next()?;
    let named = !label.is_empty()
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    named.then(|| label.to_ascii_lowercase())
}

/// The charset parameter of a `Content-Type`, quoted or not (RFC 9110, section 8.3).
fn of_content_type(value: &str) -> Option<&'static encoding_rs::Encoding> {
    let parameters = value.split(';').skip(1);
    let mut charsets = parameters.filter_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches(['"', '\'']))
    });
    encoding_rs::Encoding::for_label(charsets.next()?.as_bytes())
}
