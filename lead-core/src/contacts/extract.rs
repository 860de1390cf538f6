//! Everything a document says of how to reach whoever stands behind it.

use super::gather::Gather;
use super::options::ExtractOptions;
use crate::page::{Document, ParseOptions};
use crate::phone::{self, Certainty, Region};
use crate::record::{Contacts, SafeUrl};
use crate::{Error, Result};

/// Reads a document and finds its contacts: telephone numbers, e-mail addresses, profiles, addresses, names.
///
/// ```
/// use lead_core::contacts::ExtractOptions;
/// let html = "<footer>Rossi Bakery, Tel. (415) 555-2671, <a href='mailto:ciao@rossi.example'>write to us</a></footer>";
/// let contacts = lead_core::extract(html, &ExtractOptions::new().region("US"))?;
/// assert_eq!(contacts.findings.phones[0].e164.to_string(), "+14155552671");
/// assert_eq!(contacts.findings.emails[0].address.as_str(), "ciao@rossi.example");
/// # Ok::<(), lead_core::Error>(())
/// ```
///
/// # Errors
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the options name no known region or no usable URL;
/// those of [`Document::parse`] when the bytes are no document.
pub fn extract(html: impl AsRef<[u8]>, options: &ExtractOptions) -> Result<Contacts> {
    let settings = Settings::of(options)?;
    let mut parse = ParseOptions::new().base_url(settings.url.as_ref().map(SafeUrl::as_url));
    parse.content_type.clone_from(&options.content_type);
    let document = Document::parse(html.as_ref(), &parse)?;
    Ok(settings.read(&document))
}

/// Finds the contacts of a document that is read already. Settings that cannot be used are reported as warnings.
pub fn extract_document(document: &Document, options: &ExtractOptions) -> Contacts {
    match Settings::of(options) {
        Ok(settings) => settings.read(document),
        Err(error) => {
            let plain = Settings {
                region: None,
                url: None,
                options,
            };
            let mut contacts = plain.read(document);
            contacts.warnings.push(error.to_string());
            contacts
        }
    }
}

/// Options that were checked.
struct Settings<'a> {
    region: Option<Region>,
    url: Option<SafeUrl>,
    options: &'a ExtractOptions,
}

impl<'a> Settings<'a> {
    fn of(options: &'a ExtractOptions) -> Result<Self> {
        let region = phone::wanted_region(options.region.as_deref())?;
        let url = options.base_url.as_deref().map(SafeUrl::parse).transpose();
        let url =
            url.map_err(|cause| Error::invalid("extract", "the base URL cannot be used").because(cause))?;
        Ok(Self { region, url, options })
    }

    fn read(&self, document: &Document) -> Contacts {
        let mut gather = Gather::new(document);
        let (region, certainty) = match self.region {
            Some(region) => (region, Certainty::Given),
            None => gather.likely_region(),
        };
        gather.read(region, certainty, self.options);
        let mut contacts = Contacts::default();
        contacts.url.clone_from(&self.url);
        contacts.language = document.language();
        contacts.region = (certainty != Certainty::Guessed)
            .then(|| region.country())
            .flatten();
        contacts.warnings = document.warnings().map(ToString::to_string).collect();
        (contacts.findings, contacts.structured) = gather.finish();
        contacts
    }
}
