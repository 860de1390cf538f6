//! `lead changes`

use clap::{Args, ValueEnum};
use lead_core::record::filter::Filter;
use lead_core::record::{Change, ChangeKind, ChangedValue};
use lead_storage::changes::{Changes as Since, Compared};
use serde_json::json;

use crate::Exit;
use crate::app::App;
use crate::halt::Outcome;
use crate::screen::one_line;
use crate::store::StoreArgs;
use crate::table::table;

/// Show what is new and what says something else since a run or a day
///
/// Each lead seen since then is held against what it was just before: numbers, mailboxes, addresses and all other values added,
/// removed or changed. How sure a value is and how often it was seen are no change.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    lead changes --since last\n  \
    lead changes --since 2026-01-31 --filter city:Lyon --format jsonl")]
pub(crate) struct Changes {
    #[command(flatten)]
    store: StoreArgs,
    /// Since this run began (its id, or last), or since a day or time: 2026-01-31, 2026-01-31T09:30:00Z
    #[arg(long, value_name = "RUN|T")]
    since: String,
    /// Which leads, as they are now; as in `lead leads`
    #[arg(long, value_name = "EXPR", value_parser = Filter::parse, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    filter: Filter,
    /// Form of the changes
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Show so many at most in a table
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

/// Form of the changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people.
    #[default]
    Table,
    /// One indented JSON object: the changes, and how many there are.
    Json,
    /// One JSON object a line.
    Jsonl,
}

impl Changes {
    pub(crate) async fn run(self, app: &mut App) -> Outcome<Exit> {
        let store = self.store.open_to_read(app).await?;
        let since = Since::since_text(&store, &self.since).await?.filter(self.filter);
        let moment = since.moment();
        let mut walk = since.walk(&store);
        let mut shown: Vec<Change> = Vec::new();
        while let Some(change) = walk.next().await? {
            match self.format {
                Format::Jsonl => app.json(&change, false)?,
                Format::Table if shown.len() >= self.limit => {}
                Format::Table | Format::Json => shown.push(change),
            }
        }
        let compared = walk.compared();
        match self.format {
            Format::Jsonl => {}
            Format::Json => {
                let all = json!({"since": moment, "changes": shown, "compared": compared});
                app.json(&all, true)?;
            }
            Format::Table => print(app, &shown)?,
        }
        app.flush()?;
        app.screen.remark(&told(&compared));
        Ok(Exit::Done)
    }
}

/// What was compared, in a line.
pub(super) fn told(compared: &Compared) -> String {
    format!(
        "{} leads seen since then: {} new, {} changed, {} the same",
        compared.seen, compared.new, compared.changed, compared.unchanged
    )
}

fn print(app: &mut App, changes: &[Change]) -> Outcome<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut rows = table(&["Lead", "Field", "Was", "Is"], app.width);
    for change in changes {
        let name = change.name.as_deref().unwrap_or("–");
        let new = if change.kind == ChangeKind::New {
            " (new)"
        } else {
            ""
        };
        let mut lead = format!("{}{new}", one_line(name));
        for field in &change.fields {
            let changed = field
                .changed
                .iter()
                .map(|value| (text(&value.was), text(&value.is)));
            let gone = field.removed.iter().map(|value| (text(value), String::new()));
            let came = field.added.iter().map(|value| (String::new(), text(value)));
            for (was, is) in changed.chain(gone).chain(came) {
                // The name stands once.
                let lead = std::mem::take(&mut lead);
                rows.add_row([lead, field.field.name().to_owned(), was, is]);
            }
        }
    }
    app.line(&rows.to_string())
}

fn text(value: &ChangedValue) -> String {
    one_line(&value.text)
}
