//! What the addresses of a page call its site, and whether a name agrees with that.

use std::collections::BTreeSet;

use crate::page::Document;

/// The labels of the site: `rossi-bakery` of `www.rossi-bakery.example`, of the page's own address, and of its mailboxes.
pub(super) struct Site {
    labels: BTreeSet<String>,
}

impl Site {
    /// The labels of a page and of the domains of its mailboxes, those of free providers left out by the caller.
    pub(super) fn of(document: &Document, mail_domains: &[&str]) -> Self {
        let own = [document.base(), document.meta().canonical()];
        let hosts = own.into_iter().flatten().filter_map(url::Url::host_str);
        Self {
            labels: hosts
                .chain(mail_domains.iter().copied())
                .filter_map(label_of)
                .collect(),
        }
    }

    /// Whether the site is called after this name: `rossibakery` after `Rossi Bakery, Inc.`, `apt` after `Applied Paint
    /// Tools`.
    pub(super) fn agrees(&self, name: &str) -> bool {
        let words: Vec<String> = words(name).collect();
        let whole = words.concat();
        let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
        self.labels.iter().any(|label| {
            let plain: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
            let pieces = label.split('-');
            let abbreviated =
                (3..=6).contains(&initials.len()) && pieces.into_iter().any(|piece| piece == initials);
            abbreviated || begins(&words, &plain) || plain.len() > 4 && whole.contains(&plain)
        })
    }
}

/// Whether the first words of a name make up most of a label: one word only where the label begins with it, as the trade may
/// stand at its end.
fn begins(words: &[String], label: &str) -> bool {
    let mut head = String::new();
    words.iter().enumerate().any(|(index, word)| {
        head.push_str(word);
        let most = head.len() >= 4 && head.len() * 5 >= label.len() * 3;
        most && (label.starts_with(&head) || index > 0 && label.contains(&head))
    })
}

/// The words of a name in lower case, `&` as a word.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '&' | '\'' | '’'))
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "&" => "and".to_owned(),
            word => word.to_lowercase().replace(['\'', '’'], ""),
        })
}

/// The label of a host that somebody registered.
fn label_of(host: &str) -> Option<String> {
    let domain = psl::domain_str(host)?;
    let label = domain.split('.').next()?;
    (label.len() > 2).then(|| label.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ParseOptions;

    #[test]
    fn names_agree_with_hosts_and_mailboxes() {
        let html = "<base href='http://www.rossi-bakery.com/x'>";
        let document = Document::from_html(html, &ParseOptions::new()).unwrap();
        let site = Site::of(&document, &["handssolicitors.co.uk"]);
        for name in ["Rossi Bakery, Inc.", "H & S Solicitors", "Hands' Solicitors"] {
            assert!(site.agrees(name), "{name}");
        }
        for name in ["Rose Baker", "Contact", "", "Solicitors in Town"] {
            assert!(!site.agrees(name), "{name}");
        }
    }
}
