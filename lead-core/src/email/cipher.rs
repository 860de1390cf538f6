//! The small ciphers that hide addresses from harvesters.

/// Cloudflare's e-mail protection: the first byte is the key of all others (documented by its own decoder,
/// `/cdn-cgi/scripts/…/email-decode.min.js`).
pub(super) fn cloudflare(hex: &str) -> Option<String> {
    if hex.len() < 4 || !hex.len().is_multiple_of(2) {
        return None;
    }
    let bytes: Option<Vec<u8>> = hex
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    let bytes = bytes?;
    let (key, rest) = bytes.split_first()?;
    String::from_utf8(rest.iter().map(|byte| byte ^ key).collect()).ok()
}

/// TYPO3's `linkTo_UnCryptMailto`: three ranges of ASCII, each turned on itself by `offset`
/// (`typo3/sysext/frontend/…/ContentObjectRenderer::encryptEmail`).
pub(super) fn typo3(text: &str, offset: i32) -> String {
    let turn = |c: char, from: u32, to: u32| {
        let width = i64::from(to - from + 1);
        let place = (i64::from(u32::from(c) - from) + i64::from(offset)).rem_euclid(width);
        u32::try_from(place)
            .ok()
            .and_then(|place| char::from_u32(from + place))
            .unwrap_or(c)
    };
    text.chars()
        .map(|c| match u32::from(c) {
            0x2B..=0x3A => turn(c, 0x2B, 0x3A),
            0x40..=0x5A => turn(c, 0x40, 0x5A),
            0x61..=0x7A => turn(c, 0x61, 0x7A),
            _ => c,
        })
        .collect()
}

/// The offset at which [`typo3`] gives a `mailto:`.
pub(super) fn typo3_any(text: &str) -> Option<String> {
    (-25..=25)
        .map(|offset| typo3(text, offset))
        .find(|plain| plain.starts_with("mailto:"))
}

/// CryptX for WordPress: pairs of a digit and a character, which is that many places too far (`DeCryptString` of its
/// own script).
pub(super) fn cryptx(text: &str) -> Option<String> {
    let mut chars = text.chars();
    let mut plain = String::new();
    while let Some(digit) = chars.next() {
        let far = u32::from(chars.next()?);
        plain.extend(char::from_u32(far.checked_sub(digit.to_digit(10)?)?));
    }
    Some(plain)
}

/// Letters turned by thirteen.
pub(super) fn rot13(text: &str) -> String {
    let turn = |c: char, first: u8| {
        let place = (c as u8 - first + 13) % 26;
        char::from(first + place)
    };
    text.chars()
        .map(|c| match c {
            'a'..='z' => turn(c, b'a'),
            'A'..='Z' => turn(c, b'A'),
            _ => c,
        })
        .collect()
}

/// Base64 (RFC 4648 §4 and §5), padding optional.
pub(super) fn base64(text: &str) -> Option<String> {
    let mut bits = 0u32;
    let mut held = 0u8;
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for c in text.trim_end_matches('=').bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xFF).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cipher_reads_its_own() {
        assert_eq!(
            cloudflare("5a293b363f291a3f223b372a363f772932352a743935742f31").as_deref(),
            Some("sales@example-shop.co.uk")
        );
        assert_eq!(
            cloudflare("7f15bcc917113f1a071e120f131a511c1012").as_deref(),
            Some("jöhn@example.com")
        );
        assert_eq!(
            typo3_any("nbjmup+tbmftAfybnqmf.tipq/dp/vl").as_deref(),
            Some("mailto:sales@example-shop.co.uk")
        );
        assert_eq!(
            typo3("ocknvq,ucnguBgzcorng/ujqr0eq0wm", -2),
            "mailto:sales@example-shop.co.uk"
        );
        assert_eq!(cryptx("1t0a3o1f3v").as_deref(), Some("sales"));
        assert_eq!(rot13("znvygb:fnyrf"), "mailto:sales");
        assert_eq!(base64("c2FsZXM=").as_deref(), Some("sales"));
        assert_eq!(
            (cloudflare("5"), cloudflare("zz"), base64("ä"), cryptx("9\u{1}")),
            (None, None, None, None)
        );
    }
}
