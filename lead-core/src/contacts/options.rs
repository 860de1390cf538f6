//! How to read a document for contacts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::part::{Part, Parts};
use crate::phone::Mode;

/// How to read a document for contacts. The defaults read any page; what is known beside it makes them surer.
///
/// ```
/// use lead_core::contacts::ExtractOptions;
/// let options = ExtractOptions::new().region("FR").base_url("https://boulangerie.example/contact");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[non_exhaustive]
pub struct ExtractOptions {
    /// The country whose national numbers are read (ISO 3166-1). Without it the page itself tells, as far as it does.
    /// Checked when it is used.
    pub region: Option<String>,
    /// The address the document came from: `http` or `https`. Checked when it is used.
    pub base_url: Option<String>,
    /// The `Content-Type` of the response, whole.
    pub content_type: Option<String>,
    /// For telephone numbers in text: the reference's answer, or a better one.
    pub mode: Mode,
    /// Whether e-mail addresses are kept that are more likely somebody's or something's own than the business's: hidden
    /// in the links of a list of staff, or of a note to whoever keeps the site. They come with a confidence below 0.5.
    pub doubtful: bool,
    /// What to look for: everything, unless said otherwise. What is not looked for takes no time.
    pub parts: Parts,
}

impl ExtractOptions {
    /// Nothing known beside the document, smart mode.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the country whose national numbers are read.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the address the document came from.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the response's `Content-Type`.
    pub fn content_type(mut self, value: impl Into<String>) -> Self {
        self.content_type = Some(value.into());
        self
    }

    /// Says that the document is text which was decoded already: it is read as UTF-8, whatever its `<meta>` claims.
    /// For strings of languages whose strings are no bytes. Call it after [`ExtractOptions::content_type`].
    ///
    /// ```
    /// use lead_core::contacts::ExtractOptions;
    /// let html = "<meta charset=iso-8859-1><a href='mailto:info@müller.example'>write</a>";
    /// let contacts = lead_core::extract(html, &ExtractOptions::new().decoded())?;
    /// assert_eq!(contacts.findings.emails[0].address.as_str(), "info@müller.example");
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    pub fn decoded(mut self) -> Self {
        let essence = self
            .content_type
            .as_deref()
            .and_then(|value| value.split(';').next());
        self.content_type = Some(format!("{}; charset=utf-8", essence.unwrap_or("text/html")));
        self
    }

    /// Keeps doubtful e-mail addresses.
    ///
    /// ```
    /// use lead_core::contacts::ExtractOptions;
    /// let html = "<p>info@bakery.example</p><a href='mailto:web@maker.example'>Webmaster</a>";
    /// let sure = lead_core::extract(html, &ExtractOptions::new())?;
    /// let all = lead_core::extract(html, &ExtractOptions::new().doubtful())?;
    /// assert_eq!((sure.findings.emails.len(), all.findings.emails.len()), (1, 2));
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    pub fn doubtful(mut self) -> Self {
        self.doubtful = true;
        self
    }

    /// Looks for these parts alone. Structured data is read in any case: it may hold them.
    ///
    /// ```
    /// use lead_core::contacts::{ExtractOptions, Part};
    /// let html = "<p>Call (415) 555-2671 or write to info@bakery.example</p>";
    /// let options = ExtractOptions::new().region("US").only([Part::Emails]);
    /// let found = lead_core::extract(html, &options)?.findings;
    /// assert_eq!((found.emails.len(), found.phones.len()), (1, 0));
    /// # Ok::<(), lead_core::Error>(())
    /// ```
    pub fn only(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts = Parts::of(parts);
        self
    }

    /// Sets the mode.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }
}
