//! A report as tables for people.

use comfy_table::Table;
use lead_storage::analytics::{Comparison, Expected, Facet, Report, SourceFigures};

use crate::app::App;
use crate::commands::facets;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::table::{percent, table};

/// So many of the newest periods and runs are shown.
const SHOWN: usize = 12;

/// Every part that says something.
pub(super) fn report(app: &mut App, report: &Report) -> Outcome<()> {
    app.line(&format!("{} leads\n", report.leads))?;
    coverage(app, report)?;
    for (heading, facet) in [("Confidence", &report.confidence), ("Score", &report.score)] {
        distribution(app, heading, facet)?;
    }
    sources(app, &report.sources)?;
    for (heading, facet) in [
        ("Category", &report.categories),
        ("City", &report.cities),
        ("Country", &report.countries),
    ] {
        distribution(app, heading, facet)?;
    }
    runs(app, report)?;
    stages(app, report)?;
    series(app, report)?;
    if let Some(comparison) = &report.comparison {
        compared(app, comparison)?;
    }
    forecast(app, report)
}

fn distribution(app: &mut App, heading: &str, facet: &Facet) -> Outcome<()> {
    if facet.counts.is_empty() {
        Ok(())
    } else {
        facets::show(app, heading, facet)
    }
}

/// A table and a line of air, unless it is empty.
fn told(app: &mut App, rows: &Table) -> Outcome<()> {
    if rows.is_empty() {
        Ok(())
    } else {
        app.line(&format!("{rows}\n"))
    }
}

fn coverage(app: &mut App, report: &Report) -> Outcome<()> {
    let mut rows = table(&["Has", "Leads", "Share"], app.width);
    for has in &report.coverage {
        rows.add_row([has.field.to_owned(), has.leads.to_string(), percent(has.share)]);
    }
    told(app, &rows)
}

fn sources(app: &mut App, sources: &[SourceFigures]) -> Outcome<()> {
    let columns = [
        "Source",
        "Leads",
        "Share",
        "Phone",
        "E-mail",
        "Requests",
        "Listings",
        "New",
        "Requests per new",
    ];
    let mut rows = table(&columns, app.width);
    for source in sources {
        rows.add_row([
            one_line(&source.source),
            source.leads.to_string(),
            percent(source.share),
            source.with_phone.to_string(),
            source.with_email.to_string(),
            source.requests.to_string(),
            source.listings.to_string(),
            source.new.to_string(),
            source
                .requests_per_new
                .map_or_else(|| "–".to_owned(), |cost| format!("{cost:.2}")),
        ]);
    }
    told(app, &rows)
}

fn runs(app: &mut App, report: &Report) -> Outcome<()> {
    let columns = [
        "Run",
        "Began",
        "Query",
        "Near",
        "New leads",
        "Requests",
        "Listings",
        "Sites",
    ];
    let mut rows = table(&columns, app.width);
    for run in report.runs.iter().take(SHOWN) {
        rows.add_row([
            run.run.to_string(),
            run.started.to_string(),
            one_line(&run.query),
            run.near.as_deref().map_or_else(|| "–".to_owned(), one_line),
            run.new.to_string(),
            run.requests.to_string(),
            run.listings.to_string(),
            run.sites.to_string(),
        ]);
    }
    told(app, &rows)
}

fn stages(app: &mut App, report: &Report) -> Outcome<()> {
    let mut rows = table(&["Stage", "Leads", "Of all", "Of the stage before"], app.width);
    for stage in &report.stages {
        rows.add_row([
            one_line(&stage.name),
            stage.leads.to_string(),
            percent(stage.of_all),
            percent(stage.of_previous),
        ]);
    }
    told(app, &rows)
}

fn series(app: &mut App, report: &Report) -> Outcome<()> {
    let heading = format!("{:?} in {}", report.series.unit, report.series.zone);
    let mut rows = table(&[&heading, "New leads", "Until its end"], app.width);
    let points = &report.series.points;
    for point in points.iter().skip(points.len().saturating_sub(SHOWN)) {
        let label = &point.period.label;
        let label = if point.complete {
            label.clone()
        } else {
            format!("{label} (part)")
        };
        rows.add_row([label, point.new.to_string(), point.total.to_string()]);
    }
    told(app, &rows)
}

fn compared(app: &mut App, comparison: &Comparison) -> Outcome<()> {
    let (before, now) = (comparison.before, comparison.now);
    let from = |from, to| format!("{from} to {to}");
    let (before, now) = (from(before.start, before.end), from(now.start, now.end));
    let mut rows = table(&["First seen", &before, &now, "Change"], app.width);
    for change in &comparison.changes {
        let relative = change
            .relative
            .map_or_else(String::new, |part| format!(" ({:+.1} %)", part * 100.0));
        rows.add_row([
            change.figure.to_owned(),
            change.before.to_string(),
            change.now.to_string(),
            format!("{:+}{relative}", change.change),
        ]);
    }
    told(app, &rows)
}

fn forecast(app: &mut App, report: &Report) -> Outcome<()> {
    let Some(forecast) = &report.forecast else {
        return app.line("No forecast: it takes six whole periods.");
    };
    let mut rows = table(&["Forecast", "New leads", "80 %", "95 %"], app.width);
    for expected in &forecast.periods {
        let Expected {
            period,
            new,
            within_80,
            within_95,
            ..
        } = expected;
        let within = |(from, to): (f64, f64)| format!("{from:.1} to {to:.1}");
        rows.add_row([
            period.label.clone(),
            format!("{new:.1}"),
            within(*within_80),
            within(*within_95),
        ]);
    }
    told(app, &rows)
}
