//! JSON pointers (RFC 6901) with two more kinds of step: `*` is every member, `?key=value` those whose `key` is, or holds,
//! `value`.

use serde_json::Value;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Every,
    Those(String, String),
}

/// A path into JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Path(Vec<Step>);

/// Values that a page can bring up at one path: pages have some hundreds.
const MOST: usize = 10_000;

impl Path {
    /// Reads a path; the error says what is wanted.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let Some(rest) = text.strip_prefix('/') else {
            return Err(format!("a path that is empty or begins with `/`, not `{text}`"));
        };
        rest.split('/').map(step).collect::<Result<_, _>>().map(Self)
    }

    /// Everything it leads to, each with its own pointer.
    pub(super) fn find<'a>(&self, root: &'a Value, at: &str) -> Vec<(&'a Value, String)> {
        let mut found = vec![(root, at.to_owned())];
        for step in &self.0 {
            found = found
                .into_iter()
                .flat_map(|(value, at)| step.go(value, &at))
                .take(MOST)
                .collect();
        }
        found.retain(|(value, _)| !value.is_null());
        found
    }

    /// Whether it leads anywhere: nothing is gathered for that.
    pub(super) fn leads(&self, root: &Value) -> bool {
        leads(&self.0, root)
    }
}

fn leads(steps: &[Step], value: &Value) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return !value.is_null();
    };
    match (step, value) {
        (Step::Key(key), _) => child(value, key).is_some_and(|next| leads(rest, next)),
        (_, Value::Array(list)) => list.iter().any(|next| step.takes(next) && leads(rest, next)),
        (_, Value::Object(map)) => map.values().any(|next| step.takes(next) && leads(rest, next)),
        _ => false,
    }
}

/// The member of this name or number.
fn child<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(key),
        Value::Array(list) => key.parse().ok().and_then(|index: usize| list.get(index)),
        _ => None,
    }
}

fn step(text: &str) -> Result<Step, String> {
    match text.strip_prefix('?') {
        _ if text == "*" => Ok(Step::Every),
        None => Ok(Step::Key(text.replace("~1", "/").replace("~0", "~"))),
        Some(choice) => choice
            .split_once('=')
            .map(|(key, value)| Step::Those(key.to_owned(), value.to_owned()))
            .ok_or_else(|| format!("a choice `?key=value`, not `{text}`")),
    }
}

impl Step {
    fn go<'a>(&self, value: &'a Value, at: &str) -> Vec<(&'a Value, String)> {
        match self {
            Self::Key(key) => {
                let next = child(value, key).map(|next| (next, format!("{at}/{key}")));
                next.into_iter().collect()
            }
            Self::Every => members(value, at),
            Self::Those(..) => {
                let mut all = members(value, at);
                all.retain(|(one, _)| self.takes(one));
                all
            }
        }
    }

    /// Whether a step to members takes this one.
    fn takes(&self, member: &Value) -> bool {
        match self {
            Self::Those(key, wanted) => member.get(key).is_some_and(|own| says(own, wanted)),
            _ => true,
        }
    }
}

fn members<'a>(value: &'a Value, at: &str) -> Vec<(&'a Value, String)> {
    match value {
        Value::Array(list) => {
            let numbered = list.iter().enumerate();
            numbered
                .map(|(index, one)| (one, format!("{at}/{index}")))
                .collect()
        }
        Value::Object(map) => map
            .iter()
            .map(|(key, one)| (one, format!("{at}/{key}")))
            .collect(),
        _ => Vec::new(),
    }
}

fn says(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Array(list) => list.iter().any(|one| one.as_str() == Some(wanted)),
        Value::Number(number) => number.to_string() == wanted,
        Value::Bool(yes) => yes.to_string() == wanted,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn wildcards_and_choices_lead_to_values_with_their_pointers() {
        let answer =
            json!({"parts": [{"types": ["city", "x"], "name": "Lyon"}, {"types": ["street"], "name": null}]});
        let at = |path: &str| {
            let found = Path::new(path).unwrap().find(&answer, "");
            found
                .into_iter()
                .map(|(value, at)| (value.to_string(), at))
                .collect::<Vec<_>>()
        };
        let lyon = vec![("\"Lyon\"".to_owned(), "/parts/0/name".to_owned())];
        assert_eq!(at("/parts/?types=city/name"), lyon);
        assert_eq!(at("/parts/*/name"), lyon, "null is nothing");
        assert!(at("/parts/9/name").is_empty());
        for path in [
            "",
            "/parts",
            "/parts/*/name",
            "/parts/?types=street",
            "/parts/?types=street/name",
            "/parts/1/name",
            "/x",
            "/parts/0/name/*",
        ] {
            let leads = Path::new(path).unwrap().leads(&answer);
            assert_eq!(leads, !at(path).is_empty(), "{path}");
        }
        assert!(Path::new("parts").is_err() && Path::new("/?x").is_err());
    }
}
