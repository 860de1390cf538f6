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
            Self::Get(id) => usize::from(store.get(id).await.expect("an answer").is_some()),
            Self::Keys(keys) => store.matching(keys).await.expect("an answer").len(),
        }
    }
}

fn page(filter: &str, field: SortField, descending: bool) -> Ask {
    let filter = Filter::parse(filter).expect("a filter");
    let mut sort = Sort::default();
    (sort.field, sort.descending) = (field, descending);
    Ask::Page(LeadQuery::new(filter).sort(sort).limit(50))
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

const QUERIES: [(&str, Asks); 14] = [
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
        page(
            &format!("city:{} has:email", town(turn)),
            SortField::LastSeen,
            true,
        )
    }),
    ("trade, town, well rated, by name", |turn, _| {
        let (trade, town) = (TRADES[turn as usize % TRADES.len()], town(turn / 5));
        page(
            &format!("category:{trade} city:{town} rating>=4"),
            SortField::Name,
            false,
        )
    }),
    ("a rare word in a town", |turn, _| {
        page(
            &format!("city:{} text:{}", town(turn), surname(turn * 37)),
            SortField::LastSeen,
            true,
        )
    }),
    ("a common word and a rare one, with number", |turn, _| {
        page(
            &format!("has:phone text:\"boulangerie {}\"", surname(turn * 41)),
            SortField::Confidence,
            true,
        )
    }),
    ("two common words", |turn, _| {
        page(
            &format!("text:\"restaurant {}\"", town(turn)),
            SortField::Name,
            false,
        )
    }),
    ("how many in a town", |turn, _| {
        Ask::Count(Filter::parse(&format!("city:{}", town(turn))).expect("a filter"))
    }),
    ("how many of a trade in a town with mailbox", |turn, _| {
        let (trade, town) = (TRADES[turn as usize % TRADES.len()], town(turn));
        Ask::Count(Filter::parse(&format!("category:{trade} city:{town} has:email")).expect("a filter"))
    }),
];
