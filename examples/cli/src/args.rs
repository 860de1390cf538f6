//! The command line: what every command takes, and how flags, environment and file come together.

use std::ffi::OsString;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser};
use lead_core::Error;
use lead_core::record::TenantId;

use crate::commands::Command;
use crate::config;
use crate::logs::LogFormat;
use crate::secret::untold;

/// Finds businesses and the ways to reach them, with proof for every value.
#[derive(Debug, Parser)]
#[command(
    name = "lead",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "Every option can also stand in the file given by --config (TOML: `limit = 100`, or under the\n\
                  command's name: `[collect]`) or in the environment (LEAD_LIMIT=100). A flag wins over the\n\
                  environment, the environment over the file.\n\n\
                  Exit codes: 0 done, 1 failed, 2 bad usage, 3 partly done, 130 interrupted."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// Settings in TOML; the keys are the flags
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Whose data it is
    #[arg(long, global = true, value_name = "T", default_value = "main")]
    pub(crate) tenant: TenantId,
    /// Form of logs and errors on standard error
    #[arg(long, global = true, value_enum, value_name = "FORM", default_value_t)]
    pub(crate) log: LogFormat,
    /// Serve figures for Prometheus at this address while the command runs; a bare port is one of 127.0.0.1
    #[arg(long, global = true, value_name = "ADDR", value_parser = metrics_address)]
    pub(crate) metrics: Option<SocketAddr>,
    /// Tell more; repeat for still more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
    /// Tell nothing but results and errors
    #[arg(short, long, global = true, value_parser = BoolishValueParser::new())]
    pub(crate) quiet: bool,
}

fn metrics_address(text: &str) -> Result<SocketAddr, String> {
    if let Ok(port) = text.trim_start_matches(':').parse::<u16>() {
        return Ok((Ipv4Addr::LOCALHOST, port).into());
    }
    text.parse()
        .map_err(|_| "an address such as 127.0.0.1:9090, or a port, is wanted".to_owned())
}

/// Why there is nothing to run.
pub(crate) enum Refusal {
    /// clap's: bad usage, or help and version, which are none.
    Clap(clap::Error),
    /// The settings file's.
    Config(Error),
}

/// The whole command tree, each option with its variable of the environment.
pub(crate) fn command() -> clap::Command {
    with_environment(Cli::command())
}

/// Reads the arguments (the first is the program's name), the environment and the settings file.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Refusal> {
    let args: Vec<OsString> = args.into_iter().collect();
    let mut command = command();
    // Clap fills in what it needs at the first use; whatever is wrong with the call is told by the second reading.
    let first = command.clone().ignore_errors(true).try_get_matches_from(&args);
    if let Some(path) = first.ok().as_ref().and_then(config_path) {
        command = config::apply(command, &path).map_err(Refusal::Config)?;
    }
    let refused = |told| Refusal::Clap(untold(told));
    let matches = command.try_get_matches_from(&args).map_err(refused)?;
    Cli::from_arg_matches(&matches).map_err(refused)
}

/// The file given by `--config`, before or after the command's name.
fn config_path(matches: &ArgMatches) -> Option<PathBuf> {
    matches.get_one::<PathBuf>("config").cloned()
}

fn with_environment(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|arg| match arg.get_long() {
        Some(long) if !matches!(long, "help" | "version") => {
            let variable = format!("LEAD_{}", long.to_uppercase().replace('-', "_"));
            arg.env(variable).hide_env(true)
        }
        _ => arg,
    });
    command.mut_subcommands(with_environment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_tree_is_sound() {
        command().debug_assert();
    }
}
