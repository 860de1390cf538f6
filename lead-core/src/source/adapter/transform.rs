//! What is done to a text before it is taken, written `name` or `name:argument`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use regex::Regex;
use url::Url;

/// One step.
#[derive(Clone, Debug)]
pub(super) enum Transform {
    /// White space around it goes; runs of it become one space.
    Trim,
    /// Lower case.
    Lower,
    /// Only the first of several values.
    First,
    /// Only the last of several values.
    Last,
    /// Parts between this text.
    Split(String),
    /// Several values into one, with this text between.
    Join(String),
    /// Without this in front; dropped when it does not stand there.
    Strip(String),
    /// With this in front.
    Prefix(String),
    /// The first group of this pattern (the whole match without a group); dropped when it does not match.
    Match(Regex),
    /// Character references resolved.
    Unescape,
    /// A parameter of an address.
    Query(String),
    /// URL-safe base64 of a text.
    Base64,
    /// Only when it is a number; separators of thousands go, `1.2K` and `3M` are written out.
    Number,
    /// `%XX` resolved.
    Unpercent,
    /// A text inside JSON that is itself a text: `json:/pointer`.
    Json(String),
}

impl Transform {
    /// Reads a step; the error says what is wanted.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        let (name, argument) = text.split_once(':').unwrap_or((text, ""));
        let argument = argument.to_owned();
        Ok(match name {
            "trim" => Self::Trim,
            "lower" => Self::Lower,
            "first" => Self::First,
            "last" => Self::Last,
            "split" if !argument.is_empty() => Self::Split(argument),
            "join" => Self::Join(argument),
            "strip" => Self::Strip(argument),
            "prefix" => Self::Prefix(argument),
            "match" => Self::Match(Regex::new(&argument).map_err(|cause| format!("a pattern: {cause}"))?),
            "unescape" => Self::Unescape,
            "query" => Self::Query(argument),
            "base64" => Self::Base64,
            "number" => Self::Number,
            "unpercent" => Self::Unpercent,
            "json" => Self::Json(argument),
            _ => {
                return Err(format!(
                    "trim, lower, first, last, split:…, join:…, strip:…, prefix:…, match:…, unescape, query:…, base64, number, \
                     unpercent or json:…, not `{text}`"
                ));
            }
        })
    }

    /// The values after this step.
    pub(super) fn apply(&self, values: Vec<String>) -> Vec<String> {
        match self {
            Self::First => values.into_iter().take(1).collect(),
            Self::Last => values.into_iter().next_back().into_iter().collect(),
            Self::Join(between) => vec![values.join(between)],
            Self::Split(between) => values
                .iter()
                .flat_map(|value| value.split(between.as_str()))
                .map(str::to_owned)
                .collect(),
            one => values.iter().filter_map(|value| one.of(value)).collect(),
        }
    }

    fn of(&self, value: &str) -> Option<String> {
        Some(match self {
            Self::Trim => value.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Lower => value.to_lowercase(),
            Self::Strip(front) => value.strip_prefix(front.as_str())?.to_owned(),
            Self::Prefix(front) => format!("{front}{value}"),
            Self::Match(pattern) => {
                let captures = pattern.captures(value)?;
                captures.get(1).or_else(|| captures.get(0))?.as_str().to_owned()
            }
            Self::Unescape => unescape(value),
            Self::Query(name) => {
                let base = Url::parse("https://relative.invalid/").ok()?;
                let url = base.join(value).ok()?;
                url.query_pairs().find(|(own, _)| own == name)?.1.into_owned()
            }
            Self::Base64 => {
                let bytes = URL_SAFE_NO_PAD.decode(value.trim_end_matches('=')).ok()?;
                String::from_utf8(bytes).ok()?
            }
            Self::Json(pointer) => {
                let json: serde_json::Value = serde_json::from_str(value).ok()?;
                super::text_of(json.pointer(pointer)?)?
            }
            Self::Number => number(value)?.to_string(),
            Self::Unpercent => percent_encoding::percent_decode_str(value)
                .decode_utf8()
                .ok()?
                .into_owned(),
            Self::First | Self::Last | Self::Join(_) | Self::Split(_) => value.to_owned(),
        })
    }
}

/// Character references of HTML, by the same reader as pages.
fn unescape(value: &str) -> String {
    let options = crate::page::ParseOptions::new();
    crate::page::Document::from_html(value.replace('<', "&lt;"), &options)
        .map_or_else(|_| value.to_owned(), |document| document.text().to_owned())
}

/// `1,234`, `1.2K`, `3 M`, `4.5`: the first number of the text.
pub(super) fn number(value: &str) -> Option<f64> {
    let text = value.trim().replace([',', '\u{a0}', '\u{202f}'], "");
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-')))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let factor = match rest.trim_start().chars().next() {
        Some('K' | 'k') => 1e3,
        Some('M') => 1e6,
        Some('B') => 1e9,
        _ => 1.0,
    };
    let number: f64 = digits.parse().ok()?;
    Some(number * factor).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_do_what_they_say() {
        let run = |step: &str, value: &str| {
            Transform::new(step)
                .unwrap()
                .apply(vec![value.to_owned()])
                .join("|")
        };
        assert_eq!(run("trim", " a \n b "), "a b");
        assert_eq!(run("split:;", "a;b"), "a|b");
        assert_eq!(run("match:u=([a-z]+)", "x?u=abc9"), "abc");
        assert_eq!(
            run("query:q", "/url?q=https%3A%2F%2Fa.test%2F&x=1"),
            "https://a.test/"
        );
        assert_eq!(run("base64", "aHR0cHM6Ly9hLnRlc3Qv"), "https://a.test/");
        assert_eq!(run("unescape", "Rossi &amp; Figli"), "Rossi & Figli");
        assert_eq!(run("number", "1.5K followers"), "1500");
        assert_eq!(run("number", "many"), "");
        assert!(Transform::new("shout").unwrap_err().contains("not `shout`"));
    }
}
