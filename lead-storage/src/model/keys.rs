//! What records are found by, as text.

use lead_core::record::Subject;

/// A key as it is stored and looked up. No engine takes a NUL everywhere it takes text.
pub(crate) fn key_text(text: &impl ToString) -> String {
    text.to_string().replace('\0', "\u{fffd}")
}

/// A subject as a key of a record: a domain is a site.
pub(crate) fn subject_key(subject: &Subject) -> String {
    match subject {
        Subject::Domain(site) => key_text(&format!("site:{site}")),
        other => key_text(other),
    }
}
