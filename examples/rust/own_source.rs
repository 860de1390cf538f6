//! A source of your own: a trait with one step, resumable by its cursor.
#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use lead_core::prelude::*;
use lead_core::record::{Findings, Found, Listing, Method, NaturalKey, Organization, SourceId, Trace};
use lead_core::seam::{Batch, Context, Cursor, Search, SourceInfo, Terms};

/// The members of a guild, ten a step.
#[derive(Debug)]
struct Guild;

impl Search for Guild {
    fn id(&self) -> SourceId {
        SourceId::new("guild").unwrap_or_else(|_| unreachable!("the id is valid"))
    }

    fn info(&self) -> SourceInfo {
        SourceInfo::new("Guild of Examples", Terms::Own)
    }

    async fn step(&self, _cx: &Context, query: &Query, at: Option<&Cursor>) -> Result<Batch> {
        let start: usize = at.and_then(|cursor| cursor.0.parse().ok()).unwrap_or(0);
        let listings = (start..start + 10).map(|number| {
            let mut findings = Findings::default();
            let name = Organization::new(format!("{} {number}", query.text));
            findings.organizations.push(Found::new(
                name,
                Confidence::MAX,
                Trace::new(Method::Platform).at("name"),
            ));
            Ok(Listing::new(
                NaturalKey::new(&format!("member/{number}"))?,
                None,
                findings,
            ))
        });
        let next = (start + 10 < 25).then(|| Cursor((start + 10).to_string()));
        Ok(Batch::new(listings.collect::<Result<_>>()?, next))
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let store = Store::memory();
    let mut run = Collector::new(store.clone())
        .source(Source::new(Guild))
        .query("Joiner")
        .max(25)
        .start()
        .await?;
    while let Some(event) = run.next().await {
        if let Event::Lead { lead, new: true } = event {
            println!("{}", lead.name.as_deref().unwrap_or("?"));
        }
    }
    assert_eq!(store.count(Filter::All).await?, 25);
    Ok(())
}
