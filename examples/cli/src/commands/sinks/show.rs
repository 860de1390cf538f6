//! The rules of a file.

use lead_storage::sink::{Change, Rule, Settings};
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::table::table;

/// A row a rule, and one for each sink without a rule.
pub(super) fn rules(app: &mut App, settings: &Settings, as_json: bool) -> Outcome<Exit> {
    let kind = |name: &str| {
        settings
            .sinks()
            .iter()
            .find(|sink| sink.name() == name)
            .map(|sink| sink.kind().name())
    };
    let mut rows = table(&["Rule", "Sink", "Kind", "On", "Filter"], app.width);
    for rule in settings.rules() {
        let kind = kind(rule.sink()).unwrap_or("–");
        if as_json {
            app.json(
                &json!({"rule": rule.name(), "sink": rule.sink(), "kind": kind, "on": on(rule), "filter": rule.said()}),
                false,
            )?;
            continue;
        }
        let words = [rule.name(), rule.sink(), kind].map(str::to_owned);
        rows.add_row(
            words
                .into_iter()
                .chain([on(rule).join(", "), one_line(rule.said())]),
        );
    }
    let idle = settings
        .sinks()
        .iter()
        .filter(|sink| !settings.rules().iter().any(|rule| rule.sink() == sink.name()));
    for sink in idle {
        if as_json {
            app.json(
                &json!({"rule": null, "sink": sink.name(), "kind": sink.kind().name()}),
                false,
            )?;
            continue;
        }
        rows.add_row(["–", sink.name(), sink.kind().name(), "", ""]);
    }
    if !as_json {
        app.line(&rows.to_string())?;
    }
    Ok(Exit::Done)
}

fn on(rule: &Rule) -> Vec<&'static str> {
    let all = [Change::Created, Change::Changed].into_iter();
    all.filter(|change| rule.is_on(*change))
        .map(Change::name)
        .collect()
}
