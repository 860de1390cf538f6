//! The command line `lead`, as a library: the binary and the command lines of the Python and Node packages call [`run`].
//!
//! It is a thin user of the public interfaces of `lead_core` and `lead_storage`. Results go to standard output; errors,
//! hints, logs and bars to standard error. Exit codes are those of [`Exit`].

mod apart;
mod app;
mod args;
mod bars;
mod commands;
mod config;
mod crawl_bar;
mod exit;
mod follow;
mod halt;
mod inputs;
mod interrupt;
mod io;
mod limits;
mod lines;
mod logs;
mod metrics;
mod mirror;
mod model;
mod net;
mod osm;
mod parallel;
mod periods;
mod place;
mod platforms;
mod queue;
mod rendering;
mod screen;
mod secret;
mod sources;
mod store;
mod suggest;
mod summary;
mod table;
mod when;
mod which;
mod wording;
mod world;

use std::ffi::OsString;
use std::io::Write;

use lead_core::{Error, ErrorKind};

use app::App;
use args::{Cli, Refusal};
pub use exit::{Exit, exit_of, hint_for};
use halt::{Halt, Outcome};
use interrupt::Interrupt;
pub use io::Io;
use screen::Screen;

/// Runs one command within a tokio runtime of the caller's (with I/O, time and, for Ctrl-C, signals). The first of `args`
/// is the program's name.
///
/// Logs, figures and Ctrl-C are the process' own: the first call that asks for them sets them up.
pub async fn run(args: impl IntoIterator<Item = OsString>, io: Io) -> Exit {
    let mut screen = Screen::new(io.err, io.bars);
    let cli = match args::parse(args) {
        Ok(cli) => cli,
        Err(refusal) => return refuse(refusal, io.out, &screen),
    };
    let Cli { global, command } = cli;
    screen.set(
        global.log == logs::LogFormat::Json,
        global.quiet,
        global.verbose > 0,
    );
    logs::install(global.log, global.verbose, global.quiet, &screen);
    if let Some(Err(error)) = global.metrics.map(metrics::serve) {
        screen.error_with_hint(&error);
        return exit_of(error.kind());
    }
    let interrupt = Interrupt::listen();
    let patience = command.patience();
    let mut app = App::new(
        io.input,
        io.out,
        io.width,
        screen.clone(),
        interrupt.clone(),
        global.tenant,
    );
    let ran = interrupt.unless_asked(patience, async { command.run(&mut app).await });
    let ran = ran.await;
    app.close().await;
    let flushed = app.flush(); // what was done is kept, however it ended
    finish(
        ran.map(|ran| ran.and_then(|exit| flushed.map(|()| exit))),
        &screen,
    )
}

/// As [`run`], with a runtime of its own, for callers that have none. Blocks until the command is done.
pub fn run_blocking(args: impl IntoIterator<Item = OsString>, io: Io) -> Exit {
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => {
            let exit = runtime.block_on(run(args, io));
            // What still blocks (a read of a terminal, a name look-up) must not keep the caller.
            runtime.shutdown_background();
            exit
        }
        Err(cause) => {
            let error =
                Error::new(ErrorKind::Io, "runtime", "the program could not be set up").because(cause);
            Screen::new(io.err, false).error(&error);
            Exit::Failed
        }
    }
}

/// The whole command tree, for completions, the manual and tests of the help texts.
pub fn command() -> clap::Command {
    args::command()
}

fn finish(ran: Option<Outcome<Exit>>, screen: &Screen) -> Exit {
    match ran {
        Some(Ok(exit)) => exit,
        Some(Err(Halt::Pipe)) => Exit::Done,
        Some(Err(Halt::Error(error))) => {
            screen.error_with_hint(&error);
            exit_of(error.kind())
        }
        None => Exit::Interrupted,
    }
}

fn refuse(refusal: Refusal, mut out: Box<dyn Write + Send>, screen: &Screen) -> Exit {
    match refusal {
        Refusal::Config(error) => {
            screen.error(&error);
            exit_of(error.kind())
        }
        Refusal::Clap(told) if told.use_stderr() => {
            screen.line(&told.render().to_string());
            Exit::Usage
        }
        Refusal::Clap(asked) => match write!(out, "{}", asked.render()).and_then(|()| out.flush()) {
            Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => Exit::Failed,
            _ => Exit::Done,
        },
    }
}
