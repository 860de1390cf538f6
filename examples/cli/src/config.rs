//! The settings file: TOML whose keys are the flags, at the top for every command or in a table of the command's name.
//!
//! What stands there becomes the default of the flag, so a flag and the environment win over it.

use std::path::Path;

use clap::{Arg, ArgAction, Command};
use lead_core::{Error, ErrorKind};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::halt::io_error;
use crate::secret::untold;
use crate::suggest::nearest;

/// Flags that make no sense in a file.
const NEVER: &[&str] = &["config", "help", "version"];

/// `command` with the settings of the file at `path` as defaults.
///
/// # Errors
/// [`ErrorKind::Config`] with line and column: no TOML, a key that is no flag, a value the flag does not take.
pub(crate) fn apply(command: Command, path: &Path) -> Result<Command, Error> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|cause| io_error("config", &name, cause))?;
    let file = File {
        name: &name,
        text: &text,
    };
    let table = DeTable::parse(&text).map_err(|cause| {
        let at = cause.span().map_or(0, |span| span.start);
        file.error(at, format!("not TOML: {}", cause.message()))
    })?;
    file.check(&command, table.get_ref())?;
    let top: Vec<_> = settings(table.get_ref()).collect();
    file.defaults(command, table.get_ref(), &top)
}

struct File<'a> {
    name: &'a str,
    text: &'a str,
}

type Setting<'a> = (String, &'a Spanned<DeValue<'a>>);

/// The keys of a table that are no tables themselves, spelled as flags.
fn settings<'a>(table: &'a DeTable<'a>) -> impl Iterator<Item = Setting<'a>> {
    table
        .iter()
        .filter(|(_, value)| !matches!(value.get_ref(), DeValue::Table(_)))
        .map(|(key, value)| (flag_of(key.get_ref()), value))
}

fn flag_of(key: &str) -> String {
    key.replace('_', "-")
}

fn flags(command: &Command) -> impl Iterator<Item = &str> {
    command
        .get_arguments()
        .filter_map(Arg::get_long)
        .filter(|long| !NEVER.contains(long))
}

fn flags_of_all(command: &Command) -> Vec<&str> {
    let below = command.get_subcommands().flat_map(flags_of_all);
    flags(command).chain(below).collect()
}

impl File<'_> {
    fn error(&self, at: usize, message: String) -> Error {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        Error::new(ErrorKind::Config, "config", message).with("at", format!("{}:{line}:{column}", self.name))
    }

    /// Every key is a flag of its command, or of any command when it stands at the top; every table is a command.
    fn check(&self, command: &Command, table: &DeTable<'_>) -> Result<(), Error> {
        let known = flags_of_all(command);
        for (key, value) in table {
            let (key, at) = (key.get_ref().as_ref(), key.span().start);
            match value.get_ref() {
                DeValue::Table(inner) => {
                    let Some(below) = command.find_subcommand(key) else {
                        let commands = command.get_subcommands().map(Command::get_name);
                        return Err(self.error(at, unknown("command", key, commands)));
                    };
                    self.check(below, inner)?;
                }
                _ if known.contains(&flag_of(key).as_str()) => {}
                _ => return Err(self.error(at, unknown("key", key, known.iter().copied()))),
            }
        }
        Ok(())
    }

    /// Sets the defaults in `command` and everything below it; the nearest table wins.
    fn defaults(
        &self,
        command: Command,
        table: &DeTable<'_>,
        outer: &[Setting<'_>],
    ) -> Result<Command, Error> {
        let mut failed = None;
        let mut command = command.mut_args(|arg| {
            let long = arg.get_long().unwrap_or_default().to_owned();
            let own = settings(table).find(|(key, _)| *key == long);
            let found = own.or_else(|| outer.iter().find(|(key, _)| *key == long).cloned());
            match found {
                Some((_, value)) if !NEVER.contains(&long.as_str()) => {
                    self.with_default(arg.clone(), value).unwrap_or_else(|error| {
                        failed.get_or_insert(error);
                        arg
                    })
                }
                _ => arg,
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let names: Vec<String> = command
            .get_subcommands()
            .map(|below| below.get_name().to_owned())
            .collect();
        let empty = DeTable::new();
        for name in names {
            let inner = table
                .iter()
                .find(|(key, _)| key.get_ref() == &name)
                .map(|(_, value)| value.get_ref());
            let inner = if let Some(DeValue::Table(inner)) = inner {
                inner
            } else {
                &empty
            };
            let outer: Vec<_> = settings(inner).chain(outer.iter().cloned()).collect();
            let mut result = Ok(());
            command = command.mut_subcommand(name, |below| {
                let untouched = below.clone();
                self.defaults(below, inner, &outer).unwrap_or_else(|error| {
                    result = Err(error);
                    untouched
                })
            });
            result?;
        }
        Ok(command)
    }

    fn with_default(&self, arg: Arg, value: &Spanned<DeValue<'_>>) -> Result<Arg, Error> {
        let at = value.span().start;
        let wrong = |wanted: &str| {
            let flag = arg.get_long().unwrap_or_default();
            self.error(at, format!("`{flag}` wants {wanted}"))
        };
        let texts = match (value.get_ref(), arg.get_action()) {
            (DeValue::Boolean(on), ArgAction::SetTrue) => vec![on.to_string()],
            (_, ArgAction::SetTrue) => return Err(wrong("true or false")),
            (DeValue::Array(values), ArgAction::Append) => values
                .iter()
                .map(|value| scalar(value.get_ref()).ok_or_else(|| wrong("a list of plain values")))
                .collect::<Result<_, _>>()?,
            (value, _) => vec![scalar(value).ok_or_else(|| wrong("one plain value"))?],
        };
        for text in &texts {
            probe(&arg, text).map_err(|says| self.error(at, says))?;
        }
        Ok(arg.required(false).default_values(texts))
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(on) => Some(on.to_string()),
        DeValue::Datetime(time) => Some(time.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// Whether the flag takes this value: clap would panic over a bad default instead of telling.
fn probe(arg: &Arg, text: &str) -> Result<(), String> {
    let long = arg.get_long().unwrap_or_default().to_owned();
    let parser = arg.get_value_parser().clone();
    let probe = Arg::new("value")
        .long(long.clone())
        .value_parser(parser)
        .action(ArgAction::Append);
    let parsed = Command::new("config")
        .no_binary_name(true)
        .arg(probe)
        .try_get_matches_from([format!("--{long}={text}")]);
    match parsed {
        Ok(_) => Ok(()),
        Err(error) => {
            let told = untold(error).to_string();
            let first = told.lines().next().unwrap_or_default();
            Err(first.trim_start_matches("error: ").to_owned())
        }
    }
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = nearest(name, known).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    format!("there is no {what} `{}`{near}", name.escape_debug())
}
