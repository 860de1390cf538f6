//! A whole collection: query → listings → sites → leads. Offline: the generated web answers on loopback.
#![allow(clippy::print_stdout, reason = "an example prints what it shows")]

use lead_core::prelude::*;

#[tokio::main]
async fn main() -> Result<()> {
    let web = e2e::web(7, 500).await;
    let store = Store::memory();
    let mut run = Collector::new(store.clone())
        .source(e2e::osm(&web)) // against the real servers: sources::osm()
        .query("dentists")
        .near("Lyon")
        .fetcher(Fetcher::http(&e2e::fetch_config(&web))?) // without this line: polite, and never onto loopback
        .start()
        .await?;
    println!("run {} (resume it with this id)", run.id());
    while let Some(event) = run.next().await {
        match event {
            Event::Found { source, listings, .. } => println!("{source}: {listings} listings"),
            Event::Failed(failure) => println!("kept aside: {} ({})", failure.what, failure.code),
            Event::Done(summary) => {
                println!(
                    "{} leads, {} pages, {:?}",
                    summary.created - summary.merged,
                    summary.pages,
                    summary.elapsed
                );
            }
            _ => {}
        }
    }
    let wanted = Filter::parse("has:phone has:email city:Lyon")?;
    let page = store
        .page(
            LeadQuery::new(wanted)
                .sort(Sort::ascending(SortField::Name))
                .limit(5),
        )
        .await?;
    for lead in &page.leads {
        let phones: Vec<_> = lead
            .findings
            .phones
            .iter()
            .map(|phone| phone.national.as_str())
            .collect();
        println!("{}: {}", lead.name.as_deref().unwrap_or("?"), phones.join(", "));
    }
    Ok(())
}
