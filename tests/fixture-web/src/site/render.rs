//! From a kind of page to its HTML.

use super::card::Card;
use super::pages::PageKind;
use super::plan::Parts;
use super::templates::{self, Template};
use super::writer::{Decoy, Statement, Writer};
use super::{Site, charset::Charset};
use crate::business::Business;
use crate::links::Links;
use crate::text::fill;
use crate::world::World;

/// A rendered page.
#[derive(Debug)]
pub struct Page {
    /// `home`, `contact`, `imprint`, …
    pub kind: &'static str,
    /// Path on its host.
    pub path: String,
    /// The HTML before it is encoded.
    pub html: String,
    /// Every contact on it.
    pub statements: Vec<Statement>,
    /// Every number on it that is no contact.
    pub decoys: Vec<Decoy>,
    pub(crate) charset: Charset,
}

impl Page {
    /// The bytes as they are served.
    pub fn bytes(&self) -> Vec<u8> {
        self.charset.encode(&self.html)
    }

    /// The value of its `Content-Type`.
    pub fn content_type(&self) -> String {
        self.charset.content_type()
    }
}

impl Site {
    /// The page of a kind, with what stands on it.
    pub(crate) fn render(&self, world: &World, kind: PageKind, links: Links) -> Page {
        let path = self.path(world, kind);
        let mut writer = Writer::new(world, self, kind, links, &path);
        if let Some(business) = self.members.first().and_then(|index| world.business(*index)) {
            let template = templates::by_index(self.template);
            page(&mut writer, template, business);
        }
        let Writer {
            out,
            statements,
            decoys,
            ..
        } = writer;
        Page {
            kind: kind.word(),
            path,
            html: out,
            statements,
            decoys,
            charset: self.charset,
        }
    }
}

/// The name shown on top: the business or the chain.
fn shown_name<'a>(world: &'a World, business: &'a Business) -> &'a str {
    world
        .chain_of(business)
        .map_or(business.names.site.as_str(), |chain| chain.name.as_str())
}

fn page(w: &mut Writer<'_>, t: &dyn Template, business: &Business) {
    let site = w.site;
    let name = shown_name(w.world, business).to_owned();
    let title = match (w.kind, site.menu_title(w.kind)) {
        (PageKind::Home, _) => format!("{name} – {}", business.city.name()),
        (_, "") => name.clone(),
        (_, title) => format!("{title} | {name}"),
    };
    t.begin(w, &title, &name);
    body(w, t, business, &name);
    let hidden = matches!(w.kind, PageKind::Old | PageKind::Private);
    if !hidden && !site.is_chain {
        let card = Card::of(business, site.plan.footer);
        t.end(w, (!card.is_empty()).then_some(&card));
    } else {
        t.end(w, None);
    }
}

fn body(w: &mut Writer<'_>, t: &dyn Template, business: &Business, name: &str) {
    let site = w.site;
    match w.kind {
        PageKind::Home => home(w, t, business, name),
        PageKind::Contact => {
            t.heading(w, site.menu_title(PageKind::Contact));
            own_card(w, t, business, site.plan.contact);
        }
        PageKind::About => {
            t.heading(w, site.menu_title(PageKind::About));
            for sentence in site.country.lang.prose.about {
                t.paragraph(w, sentence);
            }
        }
        PageKind::Imprint => imprint(w, t, business),
        PageKind::Team => {
            t.heading(w, site.menu_title(PageKind::Team));
            t.people(w, business);
        }
        PageKind::Blog | PageKind::Products => list(w, t),
        PageKind::Post(number) => post(w, t, number),
        PageKind::Product(_) => {
            let prose = &site.country.lang.prose;
            t.heading(w, name);
            t.paragraph(w, prose.product);
            decoys(w, t);
        }
        PageKind::Branches => branches(w, t, name),
        PageKind::Branch(position) => branch(w, t, position),
        PageKind::Old => {
            t.paragraph(w, site.country.lang.prose.moved);
            if let Some(card) = Card::former(business) {
                t.card(w, &card);
            }
        }
        PageKind::Private => private(w),
    }
}

fn home(w: &mut Writer<'_>, t: &dyn Template, business: &Business, name: &str) {
    let site = w.site;
    let lang = site.country.lang;
    let label = lang
        .categories
        .get(business.category.index())
        .map_or("", |(label, _)| crate::text::native(label));
    let pairs = [("name", name), ("city", business.city.name()), ("label", label)];
    t.heading(w, name);
    for sentence in lang.prose.welcome.iter().take(1 + (site.seed % 2) as usize) {
        t.paragraph(w, &fill(sentence, &pairs));
    }
    own_card(w, t, business, site.plan.home);
    if site.plan.one_page {
        t.people(w, business);
    }
    // Links a polite visitor does not follow.
    let private = site.path(w.world, PageKind::Private);
    w.raw(&format!("<a href=\"{private}\" rel=\"nofollow\">intranet</a>\n"));
}

/// The card of the business, or of the chain's head office.
fn own_card(w: &mut Writer<'_>, t: &dyn Template, business: &Business, parts: Parts) {
    if let Some(chain) = w.world.chain_of(business) {
        let card = Card::head_office(chain, business.category.schema, parts);
        if !card.is_empty() {
            t.card(w, &card);
        }
        return;
    }
    let card = Card::of(business, parts);
    if !card.is_empty() {
        t.card(w, &card);
    }
}

fn imprint(w: &mut Writer<'_>, t: &dyn Template, business: &Business) {
    let words = w.words();
    let world = w.world;
    t.heading(w, w.site.menu_title(PageKind::Imprint));
    let chain = world.chain_of(business);
    let owner = chain.is_none().then_some(business.index);
    let legal = chain.map_or(business.names.legal.as_str(), |chain| chain.legal.as_str());
    w.raw("<p>");
    w.state(owner, "legal_name", legal, "text", legal);
    w.text(legal);
    w.raw("</p>\n<p>");
    for (index, (label, value)) in [(words.vat, &business.vat), (words.register, &business.register)]
        .iter()
        .enumerate()
    {
        if index > 0 {
            w.raw("<br>");
        }
        w.state(owner, "registration", value, "text", value);
        w.text(&format!("{label}: {value}"));
    }
    w.raw("</p>\n<p>");
    w.bank_line();
    w.raw("</p>\n");
    if let Some(person) = business.persons.first().filter(|_| chain.is_none()) {
        w.raw("<p>");
        w.state(owner, "person", &person.name, "text", &person.name);
        w.text(&format!("{}: {}", person.function, person.name));
        w.raw("</p>\n");
    }
    own_card(w, t, business, w.site.plan.imprint);
}

fn list(w: &mut Writer<'_>, t: &dyn Template) {
    let (count, posts) = match w.kind {
        PageKind::Blog => (w.site.plan.posts, true),
        _ => (w.site.plan.products, false),
    };
    t.heading(w, w.site.menu_title(w.kind));
    w.raw("<ul>\n");
    for number in 0..count {
        let kind = if posts {
            PageKind::Post(number)
        } else {
            PageKind::Product(number)
        };
        let path = w.site.path(w.world, kind);
        let title = if posts {
            post_title(w, number)
        } else {
            w.words().order
        };
        w.raw(&format!("<li><a href=\"{path}\">"));
        w.text(&format!("{title} {}", number + 1));
        w.raw("</a></li>\n");
    }
    w.raw("</ul>\n");
}

fn post_title(w: &Writer<'_>, number: usize) -> &'static str {
    w.site
        .country
        .lang
        .prose
        .posts
        .get(number)
        .copied()
        .unwrap_or_default()
}

fn post(w: &mut Writer<'_>, t: &dyn Template, number: usize) {
    let title = post_title(w, number);
    t.heading(w, title);
    for sentence in w.site.country.lang.prose.body {
        t.paragraph(w, sentence);
    }
    decoys(w, t);
    if w.site.plan.old {
        let path = w.site.path(w.world, PageKind::Old);
        w.raw(&format!("<p><a href=\"{path}\">archive</a></p>\n"));
    }
}

fn decoys(w: &mut Writer<'_>, t: &dyn Template) {
    for _ in 0..2 {
        w.raw(t.paragraph_tags().0);
        w.decoy_line();
        w.raw(t.paragraph_tags().1);
    }
    w.raw(t.paragraph_tags().0);
    w.bank_line();
    w.raw(t.paragraph_tags().1);
}

fn branches(w: &mut Writer<'_>, t: &dyn Template, name: &str) {
    t.heading(w, w.site.menu_title(PageKind::Branches));
    w.raw("<ul class=\"branches\">\n");
    for (position, index) in w.site.members.iter().enumerate() {
        let Some(business) = w.world.business(*index) else {
            continue;
        };
        let path = w.site.path(w.world, PageKind::Branch(position));
        w.raw(&format!("<li><a href=\"{path}\">"));
        w.text(&format!("{name} {}", business.city.name()));
        w.raw("</a><br>");
        w.card_address(&Card::of(business, Parts::ADDRESS), "<br>");
        w.raw("</li>\n");
    }
    w.raw("</ul>\n");
}

fn branch(w: &mut Writer<'_>, t: &dyn Template, position: usize) {
    let Some(business) = w
        .site
        .members
        .get(position)
        .and_then(|index| w.world.business(*index))
    else {
        return;
    };
    t.heading(w, business.city.name());
    t.card(w, &Card::of(business, Parts::ALL));
}

/// Numbers that belong to nobody: whoever reports one has fetched what robots.txt forbids.
fn private(w: &mut Writer<'_>) {
    let pattern = w.rng.word(w.site.country.mobile);
    let number = w.rng.pattern(pattern);
    w.raw("<p>Staff line: ");
    w.decoy("private", &number);
    w.raw("</p>\n");
}
