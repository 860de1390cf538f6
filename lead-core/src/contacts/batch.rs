//! Many documents at once, on every core.

use std::num::NonZero;

use super::extract::extract;
use super::options::ExtractOptions;
use crate::Result;
use crate::parallel::in_order;
use crate::record::Contacts;

/// A document of a batch, and what is known of it alone. Made of bytes or text by `into()`.
///
/// ```
/// use lead_core::contacts::Page;
/// let page = Page::from("<p>Tel. 04 78 00 00 01").base_url("https://boulangerie.example/").region("FR");
/// assert_eq!(page.html, b"<p>Tel. 04 78 00 00 01");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<'a> {
    /// The document, as it came over the wire.
    pub html: &'a [u8],
    /// In place of [`ExtractOptions::base_url`].
    pub base_url: Option<&'a str>,
    /// In place of [`ExtractOptions::content_type`].
    pub content_type: Option<&'a str>,
    /// In place of [`ExtractOptions::region`].
    pub region: Option<&'a str>,
    /// As [`ExtractOptions::decoded`].
    pub decoded: bool,
}

impl<'a> Page<'a> {
    /// Sets the address the document came from.
    pub fn base_url(mut self, url: &'a str) -> Self {
        self.base_url = Some(url);
        self
    }

    /// Sets the response's `Content-Type`.
    pub fn content_type(mut self, value: &'a str) -> Self {
        self.content_type = Some(value);
        self
    }

    /// Sets the country whose national numbers are read.
    pub fn region(mut self, region: &'a str) -> Self {
        self.region = Some(region);
        self
    }

    /// Says that it is text which was decoded already: it is read as UTF-8, whatever its `<meta>` claims.
    pub fn decoded(mut self) -> Self {
        self.decoded = true;
        self
    }

    fn read(&self, options: &ExtractOptions) -> Result<Contacts> {
        let html = self.html;
        if *self == Self::from(html) {
            return extract(html, options);
        }
        let mut own = options.clone();
        let set = |option: &mut Option<String>, value: Option<&str>| {
            if let Some(value) = value {
                *option = Some(value.to_owned());
            }
        };
        set(&mut own.base_url, self.base_url);
        set(&mut own.content_type, self.content_type);
        set(&mut own.region, self.region);
        if self.decoded {
            own = own.decoded();
        }
        extract(html, &own)
    }
}

impl<'a> From<&'a [u8]> for Page<'a> {
    fn from(html: &'a [u8]) -> Self {
        Self {
            html,
            ..Self::default()
        }
    }
}

impl<'a> From<&'a str> for Page<'a> {
    fn from(html: &'a str) -> Self {
        html.as_bytes().into()
    }
}

/// Finds the contacts of many documents, spread over all cores; the answers come in the order of the documents.
///
/// A document that cannot be read has its error in its place, and the others are read. `threads` is how many work at once:
/// all cores when it is `None`. Nothing outlives the call. All answers are held at once: give a stream of documents a few
/// thousand at a time.
///
/// ```
/// use lead_core::contacts::{ExtractOptions, Page, extract_many};
/// let pages = [Page::from("<p>Tel. 030 23125100").region("DE"), Page::from("<p>Tel. 04 78 00 00 01").region("FR")];
/// let contacts = extract_many(&pages, &ExtractOptions::new(), None);
/// let numbers: Vec<String> = contacts
///     .iter()
///     .flatten()
///     .map(|one| one.findings.phones[0].e164.to_string())
///     .collect();
/// assert_eq!(numbers, ["+493023125100", "+33478000001"]);
/// ```
///
/// # Errors
/// For each document those of [`extract`], and [`ErrorKind::Internal`](crate::ErrorKind::Internal) when reading it fails for a fault of this library.
pub fn extract_many(
    pages: &[Page<'_>],
    options: &ExtractOptions,
    threads: Option<NonZero<usize>>,
) -> Vec<Result<Contacts>> {
    in_order(pages, threads, |page| page.read(options))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn a_document_that_fails_fails_alone() {
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01";
        let pages = [
            Page::from("<p>info@a.example"),
            Page::from(&picture[..]),
            Page::from("<p>info@b.example"),
        ];
        let answers = extract_many(&pages, &ExtractOptions::new(), NonZero::new(2));
        let mails: Vec<Option<usize>> = answers
            .iter()
            .map(|answer| {
                answer
                    .as_ref()
                    .ok()
                    .map(|contacts| contacts.findings.emails.len())
            })
            .collect();
        assert_eq!(mails, [Some(1), None, Some(1)]);
        assert_eq!(answers[1].as_ref().unwrap_err().kind(), ErrorKind::Decode);
    }

    #[test]
    fn what_a_page_says_of_itself_comes_first() {
        let options = ExtractOptions::new().region("US");
        let pages = [
            Page::from("<p>Tel. 030 23125100").region("DE"),
            Page::from("<p>Tel. (415) 555-2671"),
        ];
        let answers = extract_many(&pages, &options, None);
        let regions: Vec<_> = answers
            .iter()
            .map(|answer| answer.as_ref().unwrap().region.unwrap().to_string())
            .collect();
        assert_eq!(regions, ["DE", "US"]);
    }
}
