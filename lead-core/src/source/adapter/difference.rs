//! Where what is read today differs from what was recorded.

use std::fmt;

use serde_json::Value;

/// The longest value that is told in full.
const LONGEST: usize = 80;

/// A place at which two readings differ.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// Where, as a JSON pointer (RFC 6901) into the outcome.
    pub at: String,
    /// What was recorded there.
    pub recorded: Option<Value>,
    /// What stands there now.
    pub now: Option<Value>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (recorded, now) = (short(self.recorded.as_ref()), short(self.now.as_ref()));
        let at = if self.at.is_empty() { "/" } else { &self.at };
        write!(f, "{at}: recorded {recorded}, now {now}")
    }
}

fn short(value: Option<&Value>) -> String {
    let Some(value) = value else {
        return "nothing".to_owned();
    };
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

/// The first places at which two values differ, `most` of them.
pub(super) fn differences(recorded: &Value, now: &Value, most: usize) -> Vec<Difference> {
    let mut found = Vec::new();
    walk(String::new(), Some(recorded), Some(now), most, &mut found);
    found
}

fn walk(at: String, recorded: Option<&Value>, now: Option<&Value>, most: usize, found: &mut Vec<Difference>) {
    if recorded == now || found.len() >= most {
        return;
    }
    match (recorded, now) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let added = new.keys().filter(|key| !old.contains_key(*key));
            for key in old.keys().chain(added) {
                let name = key.replace('~', "~0").replace('/', "~1");
                walk(format!("{at}/{name}"), old.get(key), new.get(key), most, found);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            for place in 0..old.len().max(new.len()) {
                walk(
                    format!("{at}/{place}"),
                    old.get(place),
                    new.get(place),
                    most,
                    found,
                );
            }
        }
        _ => found.push(Difference {
            at,
            recorded: recorded.cloned(),
            now: now.cloned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_places_that_differ_are_told() {
        let recorded = json!({"a": [1, {"b/c": "x"}], "same": [2], "gone": "y".repeat(100)});
        let now = json!({"a": [1, {"b/c": null}, 3], "same": [2]});
        let told: Vec<String> = differences(&recorded, &now, 5)
            .iter()
            .map(ToString::to_string)
            .collect();
        let gone = format!("/gone: recorded \"{}…, now nothing", "y".repeat(79));
        assert_eq!(
            told,
            [
                "/a/1/b~1c: recorded \"x\", now null",
                "/a/2: recorded nothing, now 3",
                &gone
            ]
        );
        assert_eq!(differences(&recorded, &now, 1).len(), 1);
        assert!(differences(&now, &now, 5).is_empty());
    }
}
