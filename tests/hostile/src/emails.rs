//! E-mail addresses and profiles.

use lead_core::email::find_emails;
use lead_core::page::{Document, ParseOptions};
use lead_core::record::EmailAddress;
use lead_core::social::{find_profiles, profile_of};

/// Any text as a page, and as a script, a style sheet and attributes of one: what is found reads back as itself.
pub fn emails(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let quoted = text.replace(['"', '<', '>'], "");
    let pages = [
        text.clone().into_owned(),
        format!("<script>{text}</script>"),
        format!("<style>{text}</style><p class='a b c'>{text}"),
        format!(
            "<a href=\"mailto:{quoted}\">x</a><a href=\"javascript:{quoted}\" onclick=\"{quoted}\" data-cfemail=\"{quoted}\" \
             data-mailto-token=\"{quoted}\" data-name=\"{quoted}\" data-domain=\"{quoted}\" title=\"{quoted}\">{quoted}</a>"
        ),
    ];
    for page in pages {
        let Ok(document) = Document::from_html(page, &ParseOptions::new().max_bytes(1 << 22)) else {
            continue;
        };
        for email in find_emails(&document) {
            let again = EmailAddress::new(email.address.as_str());
            assert!(
                again.is_ok_and(|again| again.as_str() == email.address.as_str()),
                "{} does not read back",
                email.address
            );
            let canonical = EmailAddress::new(email.address.canonical());
            assert!(
                canonical.is_ok_and(|canonical| canonical == email.address),
                "{} is another mailbox in its canonical form",
                email.address
            );
        }
    }
}

/// Any text as an address, and as the links of a page: what is a profile reads back as itself.
pub fn socials(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let direct = text.lines().filter_map(profile_of);
    let links: Vec<String> = text
        .lines()
        .map(|line| format!("<a href=\"{}\">x</a>", line.replace('"', "")))
        .collect();
    let links = links.concat();
    let document = Document::from_html(links, &ParseOptions::new().max_bytes(1 << 22)).ok();
    let found = document.as_ref().map(find_profiles).unwrap_or_default();
    for profile in direct.chain(found) {
        let again = profile_of(profile.url.as_str());
        assert!(
            again.is_some_and(|again| again == profile),
            "{profile:?} does not read back"
        );
    }
}
