//! Logs: what the library traces, as text or JSON on standard error.

use clap::ValueEnum;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;

use crate::screen::Screen;

/// The form of logs and errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Sends what is traced to `screen`. A process has one log: where an application that embeds this command line has
/// one already, that stays.
pub(crate) fn install(format: LogFormat, verbose: u8, quiet: bool, screen: &Screen) {
    let writer = screen.clone();
    let layer = fmt::layer().with_ansi(false).with_writer(move || writer.clone());
    let layer = match format {
        LogFormat::Text => layer.compact().boxed(),
        LogFormat::Json => layer.json().flatten_event(true).boxed(),
    };
    let subscriber = tracing_subscriber::registry().with(layer.with_filter(wanted(verbose, quiet)));
    let _ = tracing::subscriber::set_global_default(subscriber);
}

/// The library's own events first; those of what it is built on only when everything is asked for.
fn wanted(verbose: u8, quiet: bool) -> Targets {
    let own = match verbose {
        _ if quiet => LevelFilter::OFF,
        0 => LevelFilter::WARN,
        1 => LevelFilter::INFO,
        2 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let others = match verbose {
        _ if quiet => LevelFilter::OFF,
        0..=2 => LevelFilter::WARN.min(own),
        _ => LevelFilter::TRACE,
    };
    Targets::new().with_default(others).with_targets([
        ("lead_cli", own),
        ("lead_core", own),
        ("lead_storage", own),
    ])
}
