//! The file of sinks and rules.

use std::fs;
use std::path::Path;
use std::str::FromStr;

use lead_core::clock::Clock;
use lead_core::seam::Fetcher;
use lead_core::{Error, ErrorKind, Result};
use serde::Deserialize;

use super::rule::checked;
use super::secret::LookUp;
use super::sinks::ATTEMPTS;
use super::{Change, Rule, SINK, Sink};
use super::{google_sheets, hubspot, pipedrive, salesforce, webhook, zoho};

/// The largest file of settings that is read.
const LARGEST: u64 = 1 << 20;

/// Sinks and rules, as a file of TOML names them (`docs/sinks.md`). It holds names of secrets, never a secret.
#[derive(Clone, Debug)]
pub struct Settings {
    sinks: Vec<SinkSettings>,
    rules: Vec<Rule>,
}

/// What the sinks are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A POST of JSON an event, signed as Standard Webhooks says.
    Webhook,
    /// Companies or contacts of HubSpot.
    Hubspot,
    /// Records of Salesforce.
    Salesforce,
    /// Organizations and persons of Pipedrive.
    Pipedrive,
    /// Records of Zoho CRM.
    Zoho,
    /// Rows of Google Sheets.
    GoogleSheets,
}

/// What every sink is told.
#[derive(Clone, Debug)]
pub struct SinkSettings {
    name: String,
    kind: Kind,
    attempts: u32,
    own: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    sink: Vec<SinkTable>,
    #[serde(default)]
    rule: Vec<RuleTable>,
}

#[derive(Deserialize)]
struct SinkTable {
    name: String,
    kind: Kind,
    #[serde(default = "usual_attempts")]
    max_attempts: u32,
    #[serde(flatten)]
    own: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleTable {
    name: String,
    sink: String,
    #[serde(default)]
    filter: String,
    on: Option<Vec<Change>>,
}

fn usual_attempts() -> u32 {
    ATTEMPTS
}

impl Kind {
    /// As the file names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Hubspot => "hubspot",
            Self::Salesforce => "salesforce",
            Self::Pipedrive => "pipedrive",
            Self::Zoho => "zoho",
            Self::GoogleSheets => "google_sheets",
        }
    }
}

impl Settings {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] and the like when it cannot be read; as [`Settings::from_str`](FromStr::from_str).
    pub fn read(path: &Path) -> Result<Self> {
        let named = |error: Error| error.with("file", path.display());
        let failed = |cause: std::io::Error| {
            named(
                Error::new(ErrorKind::of_io(&cause), SINK, "the file of sinks cannot be read").because(cause),
            )
        };
        if fs::metadata(path).map_err(failed)?.len() > LARGEST {
            return Err(named(Error::new(
                ErrorKind::TooLarge,
                SINK,
                "a file of sinks has at most 1 MiB",
            )));
        }
        fs::read_to_string(path).map_err(failed)?.parse().map_err(named)
    }

    /// What stands in such a file, as an application has it: `{"sink": [{"name": …}], "rule": […]}`.
    ///
    /// # Errors
    /// As [`Settings::from_str`](FromStr::from_str).
    pub fn from_json(value: serde_json::Value) -> Result<Self> {
        // What serde says would repeat values, which may be secrets in the wrong place.
        let refuse = |_| {
            let message = "these are no sinks and rules: sink and rule are wanted, each a list of tables as in the file";
            Error::new(ErrorKind::Config, SINK, message)
        };
        Self::of(serde_json::from_value(value).map_err(refuse)?)
    }

    fn of(file: File) -> Result<Self> {
        let mut sinks: Vec<SinkSettings> = Vec::new();
        for one in file.sink {
            checked(&one.name)?;
            if sinks.iter().any(|known| known.name == one.name) {
                return Err(
                    Error::new(ErrorKind::Config, SINK, "two sinks have one name").with("name", one.name)
                );
            }
            sinks.push(SinkSettings {
                name: one.name,
                kind: one.kind,
                attempts: one.max_attempts,
                own: one.own,
            });
        }
        let mut rules: Vec<Rule> = Vec::new();
        for one in file.rule {
            let mut rule = Rule::new(&one.name, &one.sink, &one.filter)?;
            if let Some(on) = one.on {
                rule = rule.on(on);
            }
            let refuse = |message| Error::new(ErrorKind::Config, SINK, message).with("rule", &one.name);
            if rules.iter().any(|known| known.name() == rule.name()) {
                return Err(refuse("two rules have one name"));
            }
            if !sinks.iter().any(|sink| sink.name == one.sink) {
                return Err(refuse("there is no such sink").with("sink", &one.sink));
            }
            rules.push(rule);
        }
        Ok(Self { sinks, rules })
    }

    /// The sinks, in the order of the file.
    pub fn sinks(&self) -> &[SinkSettings] {
        &self.sinks
    }

    /// The rules, in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }
}

impl FromStr for Settings {
    type Err = Error;

    /// # Errors
    /// [`ErrorKind::Config`] for what is no TOML, a key that is not known, a name that is none or stands twice, and a rule without its
    /// sink; [`ErrorKind::InvalidInput`] for a filter that cannot be read.
    fn from_str(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|cause| told(&cause, Some(text)))?;
        Self::of(file)
    }
}

impl SinkSettings {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How often an event is tried.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The sink these settings speak of; `fetcher` makes its calls, and `secret` knows the values of `env:NAME`.
    ///
    /// # Errors
    /// [`ErrorKind::Config`] for a secret that is not set, and for settings this kind does not know or cannot use.
    pub fn build(
        &self,
        fetcher: &Fetcher,
        clock: &Clock,
        secret: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Sink> {
        let with = With {
            fetcher,
            clock,
            secret,
        };
        let own = self.own.clone();
        let built = match self.kind {
            Kind::Webhook => read(own).and_then(|own| webhook::build(&own, &with)),
            Kind::Hubspot => read(own).and_then(|own| hubspot::build(&own, &with)),
            Kind::Salesforce => read(own).and_then(|own| salesforce::build(&own, &with)),
            Kind::Pipedrive => read(own).and_then(|own| pipedrive::build(&own, &with)),
            Kind::Zoho => read(own).and_then(|own| zoho::build(&own, &with)),
            Kind::GoogleSheets => read(own).and_then(|own| google_sheets::build(&own, &with)),
        };
        built.map_err(|error| error.with("sink", &self.name))
    }
}

/// What a sink is built with.
pub(super) struct With<'a> {
    pub(super) fetcher: &'a Fetcher,
    pub(super) clock: &'a Clock,
    pub(super) secret: LookUp<'a>,
}

/// Whether words of the settings may stand in a path.
pub(super) fn for_path<'a>(words: impl IntoIterator<Item = &'a String>) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut words = words.into_iter();
    match words.find(|word| word.is_empty() || !word.chars().all(plain)) {
        None => Ok(()),
        Some(word) => {
            let message = "a name as the other side's API has it is wanted";
            Err(Error::new(ErrorKind::Config, SINK, message).with("word", word.escape_debug()))
        }
    }
}

fn read<T: for<'a> Deserialize<'a>>(own: toml::Table) -> Result<T> {
    own.try_into().map_err(|cause| told(&cause, None))
}

/// An error without the words of the file: its values may be secrets that were written where a name is wanted.
fn told(cause: &toml::de::Error, text: Option<&str>) -> Error {
    let said = cause.message();
    // "invalid type: string \"…\", expected …" and the like quote the value, which may run over lines.
    let quotes = ["invalid type", "invalid value", "invalid length"];
    let quotes = quotes.iter().any(|begin| said.starts_with(begin));
    let message = match said.rsplit_once(", expected ") {
        Some((_, wanted)) if quotes => format!("a value is wrong: expected {wanted}"),
        _ if quotes => "a value is wrong".to_owned(),
        _ => said.to_owned(),
    };
    let error = Error::new(ErrorKind::Config, SINK, message);
    let before = cause.span().and_then(|span| text?.get(..span.start));
    match before {
        Some(before) => error.with("line", before.matches('\n').count() + 1),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SINK_TOML: &str = "[[sink]]\nname='a'\nkind='webhook'\nurl='https://a.example/'\n";

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (bad, says) in [
            ("[[sink", "line: 1"),
            ("[[sink]]\nname='a'\nkind='fax'", "unknown variant"),
            ("[[sinks]]", "unknown field"),
            ("[[rule]]\nname='r'\nsink='a'", "no such sink"),
            ("[[sink]]\nname='A b'\nkind='zoho'", "1 to 64 characters"),
        ] {
            let error = bad.parse::<Settings>().unwrap_err();
            assert!(error.to_string().contains(says), "{error}");
        }
        let twice = format!("{SINK_TOML}{SINK_TOML}");
        assert!(
            twice
                .parse::<Settings>()
                .unwrap_err()
                .to_string()
                .contains("one name")
        );
        let filter = format!("{SINK_TOML}[[rule]]\nname='r'\nsink='a'\nfilter='has:'");
        assert_eq!(
            filter.parse::<Settings>().unwrap_err().kind(),
            ErrorKind::InvalidInput
        );
    }

    #[test]
    fn an_application_may_hand_over_what_stands_in_the_file() {
        let sink = serde_json::json!({"name": "a", "kind": "webhook", "url": "https://a.example/"});
        let rule = serde_json::json!({"name": "r", "sink": "a", "filter": "has:phone", "on": ["created"]});
        let settings = Settings::from_json(serde_json::json!({"sink": [sink], "rule": [rule]})).unwrap();
        assert_eq!(
            (settings.sinks()[0].name(), settings.rules()[0].said()),
            ("a", "has:phone")
        );
        assert!(!settings.rules()[0].is_on(Change::Changed));
        let wrong = serde_json::json!({"sink": [{"name": "a", "kind": "hunter2"}]});
        let error = Settings::from_json(wrong).unwrap_err();
        assert!(error.kind() == ErrorKind::Config && !format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn a_secret_in_the_wrong_place_is_not_repeated() {
        let fetcher = super::super::fetcher(&lead_core::fetch::FetchConfig::default()).unwrap();
        for own in [
            "secrets='whsec_hunter2'",
            "secrets=['whsec_hunter2']",
            "secrets=[7, 'hunter2']",
            "hunter=2\nhunter2='hunter2'",
        ] {
            let settings: Settings = format!("{SINK_TOML}{own}\n").parse().unwrap();
            let built = settings.sinks()[0].build(&fetcher, &Clock::system(), &|_| None);
            let error = built.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            let told = format!("{error:?}");
            assert!(
                !told.contains("'hunter2'") && !told.contains("whsec_hunter2"),
                "{told}"
            );
        }
    }
}
