//! `lead man`

use clap::Args;

use crate::Exit;
use crate::app::App;
use crate::halt::{Halt, Outcome};

/// Print the manual page, in roff
///
/// To read it: `lead man | man -l -`; that of one command: `lead man collect | man -l -`
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// The command; without one, the page that lists them
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(self, app: &mut App) -> Outcome<Exit> {
        let mut tree = crate::command();
        tree.build();
        let page = match &self.command {
            None => tree,
            Some(name) => {
                let found = tree.find_subcommand(name).cloned();
                let full = format!("lead-{name}");
                found.ok_or_else(|| no_such(name))?.name(full)
            }
        };
        let mut text = Vec::new();
        clap_mangen::Man::new(page)
            .render(&mut text)
            .map_err(Halt::of_output)?;
        app.out().write_all(&text).map_err(Halt::of_output)?;
        Ok(Exit::Done)
    }
}

fn no_such(name: &str) -> lead_core::Error {
    lead_core::Error::invalid("man", "there is no such command").with("command", name.escape_debug())
}
