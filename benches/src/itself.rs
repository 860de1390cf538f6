//! This program once more, in a process of its own: a server, a first use, an input that may be the end of it.

use std::process::Command;

/// The command that runs this program with `args`.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(args);
    command
}

/// What this program prints when it is run with `args`: the numbers of each line. A run that fails ends the list early.
pub(crate) fn figures(args: &[&str]) -> Vec<Vec<f64>> {
    let output = command(args).output().expect("this program starts");
    let numbers = |line: &str| {
        line.split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect()
    };
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(numbers)
        .collect()
}
