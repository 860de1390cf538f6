//! Addresses, queries and filters that people type.

use lead_core::record::filter::Filter;
use lead_core::record::{EmailAddress, QueryText, SafeUrl};

/// Any text as an address: what is taken is http or https, carries no password, and reads back as itself; so does what a
/// reference on its page resolves to.
pub fn url(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (base, reference) = text
        .split_once('\n')
        .unwrap_or(("https://firm.example/a/b?c#d", &text));
    let parsed = SafeUrl::parse(base);
    let joined = parsed.as_ref().ok().and_then(|base| base.join(reference).ok());
    for url in parsed.iter().chain(&joined) {
        assert!(matches!(url.as_url().scheme(), "http" | "https"), "{url}");
        assert!(
            url.as_url().username().is_empty() && url.as_url().password().is_none(),
            "{url}"
        );
        let host = url.host().strip_suffix('.').unwrap_or(url.host());
        assert!(
            !url.site().is_empty() && host.ends_with(url.site()),
            "{url}: site {}",
            url.site()
        );
        if url.as_str().len() <= 8192 {
            let again = SafeUrl::parse(url.as_str());
            assert!(again.is_ok_and(|again| again == *url), "{url} does not read back");
        }
    }
    if let Ok(address) = EmailAddress::new(&text) {
        let again = EmailAddress::new(address.as_str());
        assert!(
            again.is_ok_and(|again| again == address),
            "{address} does not read back"
        );
    }
}

/// Any text as a query or a filter: what is taken reads back as itself.
pub fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(query) = QueryText::new(&text) {
        assert!(
            !query.as_str().trim().is_empty() && !query.as_str().contains(char::is_control),
            "{query:?}"
        );
        let again = QueryText::new(query.as_str());
        assert!(
            again.is_ok_and(|again| again == query),
            "{query:?} does not read back"
        );
    }
    if let Ok(filter) = text.parse::<Filter>() {
        let written = filter.to_string();
        let again: Result<Filter, _> = written.parse();
        assert!(
            again.as_ref().is_ok_and(|again| *again == filter),
            "{filter:?} is written {written:?}: {again:?}"
        );
    }
}
