//! The command `lead`.

use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::process::ExitCode;

/// Pages and rows are read on one thread and let go of on another, which the system's own allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    panic::set_hook(Box::new(tell));
    let ran = panic::catch_unwind(|| lead_cli::run_blocking(std::env::args_os(), lead_cli::Io::std()));
    ran.unwrap_or(lead_cli::Exit::Failed).into()
}

/// One line instead of a backtrace.
fn tell(info: &PanicHookInfo<'_>) {
    let at = info.location().map_or(String::new(), ToString::to_string);
    let what = info.payload_as_str().unwrap_or("no message");
    let what = what.escape_debug();
    let _ = writeln!(
        std::io::stderr(),
        "error: INTERNAL at {at}: {what}\n  hint: this is a fault of the program: please report it with the output of -vv"
    );
}
