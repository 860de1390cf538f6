//! Where a page is written: the HTML, and beside it a note of every contact and every decoy that went in.
//!
//! Truth is read from these notes, so it cannot say that something stands where it does not.

use super::Site;
use super::card::Card;
use super::pages::PageKind;
use crate::business::Phone;
use crate::lang::Words;
use crate::links::Links;
use crate::rng::Rng;
use crate::text::escape_into;
use crate::world::World;

/// A contact that stands on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Index of the business it belongs to; none: the chain as a whole.
    pub owner: Option<usize>,
    /// `phone`, `email`, `social`, `address`, `hours`, `name`, `person`, `registration`.
    pub kind: &'static str,
    /// The value itself: E.164, `user@host`, URL, …
    pub value: String,
    /// How it is carried: `text`, `tel-link`, `json-ld`, `cloudflare`, …
    pub form: &'static str,
    /// The very text of the page (for links: the target; for hidden forms: what the attribute holds).
    pub raw: String,
}

/// A number on a page that is no contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoy {
    /// `date`, `price`, `order`, `iban`, `isbn`, `coordinates`, `vat`, `version`, `ean`, `ip`, `private`, `parked`.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
}

/// A page in the making.
pub(crate) struct Writer<'a> {
    pub(crate) out: String,
    pub(crate) world: &'a World,
    pub(crate) site: &'a Site,
    pub(crate) links: Links,
    pub(crate) kind: PageKind,
    pub(crate) rng: Rng,
    pub(crate) statements: Vec<Statement>,
    pub(crate) decoys: Vec<Decoy>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(world: &'a World, site: &'a Site, kind: PageKind, links: Links, path: &str) -> Self {
        Self {
            out: String::with_capacity(4_096),
            world,
            site,
            links,
            kind,
            rng: Rng::of(&[site.seed, 5, crate::rng::hash_text(path)]),
            statements: Vec::new(),
            decoys: Vec::new(),
        }
    }

    pub(crate) fn words(&self) -> &'static Words {
        &self.site.country.lang.words
    }

    /// Markup, as it is.
    pub(crate) fn raw(&mut self, html: &str) {
        self.out.push_str(html);
    }

    /// Text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        escape_into(&mut self.out, text);
    }

    /// Text inside an element: `<p>…</p>`.
    pub(crate) fn element(&mut self, tag: &str, text: &str) {
        self.raw(&format!("<{tag}>"));
        self.text(text);
        let name = tag.split(' ').next().unwrap_or(tag);
        self.raw(&format!("</{name}>\n"));
    }

    pub(crate) fn state(
        &mut self,
        owner: Option<usize>,
        kind: &'static str,
        value: &str,
        form: &'static str,
        raw: &str,
    ) {
        let (value, raw) = (value.to_owned(), raw.to_owned());
        self.statements.push(Statement {
            owner,
            kind,
            value,
            form,
            raw,
        });
    }

    pub(crate) fn state_phone(&mut self, owner: Option<usize>, phone: &Phone, form: &'static str, raw: &str) {
        self.state(owner, "phone", &phone.e164, form, raw);
    }

    pub(crate) fn state_email(&mut self, owner: Option<usize>, address: &str, form: &'static str, raw: &str) {
        self.state(owner, "email", address, form, raw);
    }

    /// The name of a card as text.
    pub(crate) fn card_name(&mut self, card: &Card<'_>) {
        self.state(card.owner, "name", card.name, "text", card.name);
        self.text(card.name);
    }

    /// The address as text, its lines parted by `separator` (markup).
    pub(crate) fn card_address(&mut self, card: &Card<'_>, separator: &str) {
        let Some(address) = card.address else { return };
        self.state(
            card.owner,
            "address",
            &address.one_line(),
            "text",
            &address.lines().join(" | "),
        );
        for (index, line) in address.lines().iter().enumerate() {
            if index > 0 {
                self.raw(separator);
            }
            self.text(line);
        }
    }

    /// The hours as text in the page's language, runs of days parted by `separator` (markup).
    pub(crate) fn card_hours(&mut self, card: &Card<'_>, separator: &str) {
        let Some(hours) = card.hours else { return };
        let days = self.site.country.lang.weekdays;
        let day = |index: usize| days.get(index).copied().unwrap_or_default();
        let mut runs: Vec<String> = hours
            .groups()
            .map(|(from, to, spans)| {
                let spans = spans
                    .iter()
                    .map(|span| crate::business::write_span(*span))
                    .collect::<Vec<_>>();
                let name = if from == to {
                    day(from).to_owned()
                } else {
                    format!("{}-{}", day(from), day(to))
                };
                format!("{name} {}", spans.join(", "))
            })
            .collect();
        if self.site.seed.is_multiple_of(3)
            && let Some(last) = hours.days.iter().rposition(Vec::is_empty)
        {
            runs.push(format!("{} {}", day(last), self.words().closed));
        }
        self.state(card.owner, "hours", &hours.osm(), "text", &runs.join(" | "));
        for (index, run) in runs.iter().enumerate() {
            if index > 0 {
                self.raw(separator);
            }
            self.text(run);
        }
    }

    /// Links to the profiles, parted by `separator` (markup).
    pub(crate) fn card_socials(&mut self, card: &Card<'_>, separator: &str) {
        for (index, social) in card.socials.iter().enumerate() {
            if index > 0 {
                self.raw(separator);
            }
            self.state(card.owner, "social", &social.url, "link", &social.url);
            self.raw(&format!(
                "<a href=\"{}\" rel=\"me\">{}</a>",
                social.url, social.network
            ));
        }
    }

    /// `href` and title of every menu entry.
    pub(crate) fn menu(&self) -> Vec<(String, &'static str)> {
        self.site
            .menu()
            .map(|kind| (self.site.path(self.world, kind), self.site.menu_title(kind)))
            .collect()
    }

    /// The menu as links parted by `separator` (markup).
    pub(crate) fn menu_links(&mut self, separator: &str) {
        for (index, (href, title)) in self.menu().into_iter().enumerate() {
            if index > 0 {
                self.raw(separator);
            }
            self.raw(&format!("<a href=\"{href}\">{title}</a>"));
        }
    }

    /// `<head>` of the plain kind; `extra` is markup.
    pub(crate) fn head(&mut self, title: &str, extra: &str) {
        self.raw("<head>");
        let meta = self.site.charset.meta();
        self.raw(&meta);
        self.element("title", title);
        self.raw(extra);
        self.raw("</head>\n");
    }

    /// `<html>` with language and direction.
    pub(crate) fn html(&mut self) {
        let dir = if self.site.country.lang.rtl {
            " dir=\"rtl\""
        } else {
            ""
        };
        let lang = self.site.country.locale;
        self.raw(&format!("<html lang=\"{lang}\"{dir}>\n"));
    }

    /// Notes a decoy and writes it as text.
    pub(crate) fn decoy(&mut self, kind: &'static str, text: &str) {
        self.decoys.push(Decoy {
            kind,
            text: text.to_owned(),
        });
        self.text(text);
    }
}
