//! A dozen queries over a store of many leads, as an application asks them: the first page, a later one, filters, words, counts.

use std::time::Instant;

use lead_core::record::filter::Filter;
use lead_core::record::{E164, LeadId, MatchKey};
use lead_core::seam::{Cursor, LeadQuery, Sort, SortField, Store};
use lead_storage::Writer;

use crate::businesses::{sighting, surname};
use crate::quantile::quantile;

/// How often each is asked, with other values each time.
const TURNS: u64 = 200;

/// Fills the store up to `count` leads when it holds fewer, and asks.
pub(crate) fn run(store: &str, count: u64) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let store = lead_storage::open(store).await.expect("a store");
        fill(&store, count).await;
        println!("| query | p50, ms | p99, ms | leads, median |");
        println!("|---|---|---|---|");
        for (name, ask) in QUERIES {
            let (mut times, mut found) = (Vec::new(), Vec::new());
            let mut place = None;
            for turn in 0..TURNS {
                let ask = ask(turn, count);
                let start = Instant::now();
                found.push(ask.run(&store, &mut place).await as f64);
                times.push(start.elapsed().as_secs_f64() * 1000.0);
            }
            println!(
                "| {name} | {:.1} | {:.1} | {} |",
                quantile(&times, 0.5),
                quantile(&times, 0.99),
                quantile(&found, 0.5)
            );
        }
    });
}

async fn fill(store: &Store, count: u64) {
    let there = store.count(Filter::All).await.expect("a count");
    let mut writer = Writer::new(store.clone());
    for number in there..count {
        writer.write(sighting(number)).await.expect("a place");
    }
    writer.finish().await.expect("all is written");
}

enum Ask {
    Page(LeadQuery),
    Count(Filter),
    Estimate(Filter),
    Get(LeadId),
    Keys(Vec<MatchKey>),
}

impl Ask {
    /// How many were found. Pages of all leads follow each other, from place to place.
    async fn run(self, store: &Store, place: &mut Option<Cursor>) -> usize {
        match self {
            Self::Page(query) => {
                let after = place.take().filter(|_| query.filter == Filter::All);
                let page = store.page(query.after(after)).await.expect("a page");
                *place = page.next;
                page.leads.len()
            }
            Self::Count(filter) => store.count(filter).await.expect("a count") as usize,
            Self::Estimate(filter) => store.estimate(filter).await.expect("an estimate").count as usize,
            Self::Get(id) => usize::from(store.get(id).await.expect("an answer").is_some()),
            Self::Keys(keys) => store.matching(keys).await.expect("an answer").len(),
        }
    }
}

fn page(asked: &str, field: SortField, descending: bool) -> Ask {
    let mut sort = Sort::default();
    (sort.field, sort.descending) = (field, descending);
    Ask::Page(LeadQuery::new(filter(asked)).sort(sort).limit(50))
}

const TOWNS: [&str; 8] = [
    "Valmeur",
    "Orvaine",
    "Pontclair",
    "Sauvelle",
    "Mirebourg",
    "Castelnoir",
    "Brémont",
    "Lurcey",
];
const TRADES: [&str; 4] = ["shop=bakery", "amenity=dentist", "craft=plumber", "craft=brewery"];

fn town(turn: u64) -> &'static str {
    TOWNS[turn as usize % TOWNS.len()]
}

type Asks = fn(u64, u64) -> Ask;

fn filter(text: &str) -> Filter {
    Filter::parse(text).expect("a filter")
}

/// A surname with two letters in each other's place.
fn misspelt(name: &str) -> String {
    let mut letters: Vec<char> = name.to_lowercase().chars().collect();
    let at = letters.len() / 2;
    letters.swap(at - 1, at);
    letters.into_iter().collect()
}

/// What an application asks all the time, and below the line what it should not be surprised by: leads of several long lists in an
/// order that has nothing to do with them, and exact counts of long lists.
const QUERIES: [(&str, Asks); 17] = [
    ("first page by id", |_, _| page("*", SortField::Id, false)),
    ("first page by name", |_, _| page("*", SortField::Name, false)),
    ("newest first", |_, _| page("*", SortField::LastSeen, true)),
    ("surest first", |_, _| page("*", SortField::Confidence, true)),
    ("a lead by its id", |turn, count| {
        Ask::Get(sighting(turn * 7919 % count).record.into())
    }),
    ("records by key", |turn, count| {
        let number = |at| format!("+334{:08}", (turn * 7919 + at) % count);
        let key = |at| MatchKey::Phone(E164::new(&number(at)).expect("a number"));
        Ask::Keys((0..20).map(key).collect())
    }),
    ("numbers that begin so", |turn, _| {
        page(&format!("phone:+33400{turn:03}*"), SortField::Name, false)
    }),
    ("a town's with mailbox, newest first", |turn, _| {
        let asked = format!("city:{} has:email", town(turn));
        page(&asked, SortField::LastSeen, true)
    }),
    ("a rare word in a town", |turn, _| {
        let asked = format!("city:{} text:{}", town(turn), surname(turn * 37));
        page(&asked, SortField::LastSeen, true)
    }),
    ("a common word and a rare one, with number", |turn, _| {
        let asked = format!("has:phone text:\"boulangerie {}\"", surname(turn * 41));
        page(&asked, SortField::Confidence, true)
    }),
    ("a misspelt name", |turn, _| {
        let asked = format!("text~{}", misspelt(&surname(turn * 43)));
        page(&asked, SortField::Name, false)
    }),
    ("about how many of a trade in a town with mailbox", |turn, _| {
        Ask::Estimate(filter(&of_trade(turn, "has:email")))
    }),
    ("– two common words, by id", |turn, _| {
        page(&two_words(turn), SortField::Id, false)
    }),
    ("– two common words, by name", |turn, _| {
        page(&two_words(turn), SortField::Name, false)
    }),
    ("– trade, town, well rated, by name", |turn, _| {
        page(&of_trade(turn, "rating>=4"), SortField::Name, false)
    }),
    ("– exactly how many in a town", |turn, _| {
        Ask::Count(filter(&format!("city:{}", town(turn))))
    }),
    (
        "– exactly how many of a trade in a town with mailbox",
        |turn, _| Ask::Count(filter(&of_trade(turn, "has:email"))),
    ),
];

fn two_words(turn: u64) -> String {
    format!("text:\"restaurant {}\"", town(turn))
}

fn of_trade(turn: u64, more: &str) -> String {
    let trade = TRADES[turn as usize % TRADES.len()];
    format!("category:{trade} city:{} {more}", town(turn / 4))
}
