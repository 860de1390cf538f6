//! Which sites may be the company's.

use super::answer::Origin;
use super::company::Company;
use super::facts::title_parts;
use super::name::Name;
use super::platform;
use super::town::Town;
use crate::email::kind_of;
use crate::phone;
use crate::record::{EmailAddress, EmailKind, Listing, Observation, SafeUrl, SourceId};

/// What a listing is to a company.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fit {
    /// It names no business: a result of a search engine.
    Page,
    /// It speaks of the company; how alike the names are, and whether its place or number agrees.
    Same { likeness: f32, placed: bool },
    /// It speaks of another.
    Other,
}

/// A site that may be the company's.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Where a visit begins.
    pub(super) start: SafeUrl,
    pub(super) site: String,
    pub(super) origins: Vec<Origin>,
    /// The best fit of the listings that name it.
    pub(super) stated: Option<(f32, bool)>,
    /// How alike the name and the title of a search's result are.
    pub(super) titled: f32,
}

/// Candidates, each site once, in the order to look at them.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) list: Vec<Candidate>,
    /// Listings that speak of the company.
    pub(super) listings: Vec<Observation>,
    /// Whether something was found on a site that many share, and nowhere else.
    pub(super) shared: bool,
}

impl Candidates {
    /// What the company's own fields say.
    pub(super) fn given(&mut self, company: &Company) {
        if let Some(url) = &company.website {
            self.add(url.clone(), Origin::Given, None);
        }
        let mailbox = company
            .email
            .as_deref()
            .and_then(|email| EmailAddress::new(email).ok());
        let own = mailbox.filter(|address| matches!(kind_of(address), EmailKind::Role | EmailKind::Personal));
        if let Some(address) = own
            && let Ok(url) = SafeUrl::parse(&format!("https://{}/", address.domain()))
        {
            self.add(url, Origin::Mailbox, None);
        }
    }

    /// What a source lists.
    pub(super) fn listed(
        &mut self,
        source: &SourceId,
        place: usize,
        listing: &Listing,
        fit: Fit,
        titled: f32,
    ) {
        for website in &listing.findings.websites {
            match fit {
                // Whose site it is must be told by its front page: the page found may be a directory's.
                Fit::Page => {
                    if let Ok(home) = website.url.join("/") {
                        let origin = Origin::Search {
                            source: source.clone(),
                            rank: place + 1,
                        };
                        self.add(home, origin, None);
                        self.title(&website.url, titled);
                    }
                }
                Fit::Same { likeness, placed } => {
                    let origin = Origin::Listing {
                        source: source.clone(),
                    };
                    self.add(website.url.clone(), origin, Some((likeness, placed)));
                }
                Fit::Other => {}
            }
        }
    }

    /// Notes how alike the title of a result is.
    fn title(&mut self, url: &SafeUrl, titled: f32) {
        if let Some(site) = platform::own(url)
            && let Some(known) = self.list.iter_mut().find(|known| known.site == site)
        {
            known.titled = known.titled.max(titled);
        }
    }

    /// Takes in an address that was guessed.
    pub(super) fn guessed(&mut self, url: SafeUrl) {
        self.add(url, Origin::Guess, None);
    }

    fn add(&mut self, start: SafeUrl, origin: Origin, stated: Option<(f32, bool)>) {
        let Some(site) = platform::own(&start) else {
            self.shared = true;
            return;
        };
        match self.list.iter_mut().find(|known| known.site == site) {
            Some(known) => {
                if !known.origins.contains(&origin) {
                    known.origins.push(origin);
                }
                known.stated = known.stated.max_by_likeness(stated);
            }
            None => self.list.push(Candidate {
                start: start.without_fragment(),
                site,
                origins: vec![origin],
                stated,
                titled: 0.0,
            }),
        }
    }

    /// Orders them: what the company's row or a listing says, then results of searches by how alike their titles are, then by
    /// rank, then guesses.
    pub(super) fn order(&mut self) {
        let first = |candidate: &Candidate| {
            candidate
                .origins
                .iter()
                .map(Origin::order)
                .min()
                .unwrap_or(usize::MAX)
        };
        let is_search = |candidate: &Candidate| {
            candidate
                .origins
                .iter()
                .all(|origin| matches!(origin, Origin::Search { .. }))
        };
        self.list.sort_by(|one, two| {
            let both = is_search(one) && is_search(two);
            let by_title = if both {
                two.titled.total_cmp(&one.titled)
            } else {
                std::cmp::Ordering::Equal
            };
            by_title.then(first(one).cmp(&first(two)))
        });
    }
}

/// How alike a company's name and what a result's title says are; the parts of a title are names of their own.
pub(super) fn titled(name: &Name, town: &Town, listing: &Listing) -> f32 {
    let titles = listing
        .findings
        .attributes
        .iter()
        .filter(|found| found.name.as_str() == "x:title");
    let words = town.words();
    let parts = titles.flat_map(|found| title_parts(&found.value.value.to_string()));
    parts
        .map(|part| name.likeness(&Name::new(&part, &words)))
        .fold(0.0, f32::max)
}

trait Better {
    fn max_by_likeness(self, other: Self) -> Self;
}

impl Better for Option<(f32, bool)> {
    fn max_by_likeness(self, other: Self) -> Self {
        match (self, other) {
            (Some(one), Some(two)) => {
                let weigh = |(likeness, placed): (f32, bool)| likeness + f32::from(u8::from(placed));
                Some(if weigh(two) > weigh(one) { two } else { one })
            }
            (one, two) => one.or(two),
        }
    }
}

/// What a listing is to the company. `bound` tells that the source looked within the town.
pub(super) fn fit(company: &Company, name: &Name, town: &Town, listing: &Listing, bound: bool) -> Fit {
    let all = &listing.findings;
    if company.place_id.as_deref() == Some(listing.natural_key.as_str()) {
        return Fit::Same {
            likeness: 1.0,
            placed: true,
        };
    }
    if all.organizations.is_empty() {
        return Fit::Page;
    }
    let words = town.words();
    let likeness = all
        .organizations
        .iter()
        .map(|found| name.likeness(&Name::new(&found.name, &words)));
    let likeness = likeness.fold(0.0, f32::max);
    let number = all.phones.iter().any(|found| has_number(company, found.e164));
    if number && likeness >= 0.5 {
        return Fit::Same {
            likeness,
            placed: true,
        };
    }
    let in_town = all.addresses.iter().any(|found| town.holds(found))
        || all.geo.iter().any(|found| town.spans(found.value));
    let elsewhere = !in_town && !town.is_unknown() && all.addresses.iter().any(|found| found.city.is_some());
    if likeness < 0.8 || elsewhere && !bound {
        return Fit::Other;
    }
    Fit::Same {
        likeness,
        placed: in_town || bound,
    }
}

/// Whether the company's number is this one, however it is written.
pub(super) fn has_number(company: &Company, number: crate::record::E164) -> bool {
    let Some(text) = company.phone.as_deref() else {
        return false;
    };
    let region = company.country.as_ref().map(crate::record::CountryCode::as_str);
    if let Ok(Some(phone)) = phone::parse(text, region) {
        return phone.e164 == number;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    digits.len() >= 7 && number.to_string().ends_with(digits)
}
