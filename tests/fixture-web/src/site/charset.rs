//! Encodings of pages and where they are declared.

use encoding_rs::{Encoding, UTF_8};

use crate::country::Country;
use crate::rng::Rng;

/// Where a page says what its encoding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// `Content-Type: text/html; charset=…`
    Header,
    /// `<meta charset=…>`
    Meta,
    /// `<meta http-equiv="Content-Type" content="text/html; charset=…">`
    MetaHttpEquiv,
    /// In the header and in a meta element.
    Both,
}

/// Encoding and its declaration.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Charset {
    pub(crate) encoding: &'static Encoding,
    /// The name used in the declaration: real pages use many labels of an encoding.
    pub(crate) label: &'static str,
    pub(crate) declared: Declared,
}

impl Charset {
    pub(super) fn generate(rng: &mut Rng, country: &Country) -> Self {
        let legacy = rng.chance(0.09);
        let label = if legacy {
            rng.word(country.legacy_encodings)
        } else {
            rng.word(&["utf-8", "UTF-8"])
        };
        let encoding = Encoding::for_label(label.as_bytes()).unwrap_or(UTF_8);
        let declared = match rng.below(10) {
            0..=2 => Declared::Header,
            3..=5 => Declared::Both,
            6 | 7 => Declared::MetaHttpEquiv,
            _ => Declared::Meta,
        };
        Self {
            encoding,
            label,
            declared,
        }
    }

    /// The element that declares it, if one does.
    pub(crate) fn meta(self) -> String {
        match self.declared {
            Declared::Header => String::new(),
            Declared::Meta | Declared::Both => format!("<meta charset=\"{}\">", self.label),
            Declared::MetaHttpEquiv => {
                format!(
                    "<meta http-equiv=\"Content-Type\" content=\"text/html; charset={}\">",
                    self.label
                )
            }
        }
    }

    /// The value of `Content-Type`.
    pub(crate) fn content_type(self) -> String {
        match self.declared {
            Declared::Header | Declared::Both => format!("text/html; charset={}", self.label),
            Declared::Meta | Declared::MetaHttpEquiv => "text/html".to_owned(),
        }
    }

    /// The bytes of a page; what the encoding lacks becomes a numeric character reference, as browsers do in forms.
    pub(crate) fn encode(self, html: &str) -> Vec<u8> {
        if self.encoding == UTF_8 {
            return html.as_bytes().to_vec();
        }
        self.encoding.encode(html).0.into_owned()
    }
}
