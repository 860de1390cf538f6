//! `lead completions`

use clap::Args;
use clap_complete::Shell;

use crate::Exit;
use crate::app::App;
use crate::halt::{Halt, Outcome};

/// Print completions for a shell
///
/// For bash: `lead completions bash > ~/.local/share/bash-completion/completions/lead`
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, app: &mut App) -> Outcome<Exit> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut crate::command(), "lead", &mut text);
        app.out().write_all(&text).map_err(Halt::of_output)?;
        Ok(Exit::Done)
    }
}
