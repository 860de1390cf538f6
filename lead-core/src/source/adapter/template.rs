//! Texts with placeholders that a search fills: `https://guide.example/search?what={query}&page={page}`.

use url::form_urlencoded::byte_serialize;

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// What is looked for.
    Query,
    /// The place, by name.
    Near,
    /// Both, as people type them into one box.
    Words,
    /// The number of the page, or of its first entry.
    Page,
    /// Where the page before said to go on.
    Token,
    /// The user's key.
    Key,
    /// A side of the box, in degrees.
    West,
    South,
    East,
    North,
}

const SLOTS: &[(&str, Slot)] = &[
    ("query", Slot::Query),
    ("near", Slot::Near),
    ("words", Slot::Words),
    ("page", Slot::Page),
    ("token", Slot::Token),
    ("key", Slot::Key),
    ("west", Slot::West),
    ("south", Slot::South),
    ("east", Slot::East),
    ("north", Slot::North),
];

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Text(String),
    Slot(Slot),
}

/// A text with placeholders.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Template(Vec<Piece>);

impl Template {
    /// Reads a text; the error says which placeholders there are. A brace that holds no name stands for itself, so that
    /// JSON can be written plainly.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let name = after.split_once('}').filter(|(name, _)| is_name(name));
            let Some((name, behind)) = name else {
                pieces.push(Piece::Text(format!("{before}{{")));
                rest = after;
                continue;
            };
            let slot = SLOTS.iter().find(|(own, _)| *own == name).map(|(_, slot)| *slot);
            let names = || SLOTS.iter().map(|(own, _)| format!("{{{own}}}"));
            let slot = slot.ok_or_else(|| {
                let known = names().collect::<Vec<_>>().join(", ");
                format!("a placeholder ({known}), not `{{{name}}}`")
            })?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Slot(slot));
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| *piece != Piece::Text(String::new()));
        Ok(Self(pieces))
    }

    /// Whether it has this placeholder.
    pub(super) fn has(&self, slot: Slot) -> bool {
        self.0.contains(&Piece::Slot(slot))
    }

    /// The text with every placeholder filled and `written` in the way of its place; the first one that has no value is
    /// the error.
    pub(super) fn fill(
        &self,
        value: impl Fn(Slot) -> Option<String>,
        written: impl Fn(&str) -> String,
    ) -> Result<String, Slot> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(own) => text.push_str(own),
                Piece::Slot(slot) => text.push_str(&written(&value(*slot).ok_or(*slot)?)),
            }
        }
        Ok(text)
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_lowercase() || c == b'_')
}

/// As a value of a query string.
pub(super) fn in_query(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

/// As a segment of a path.
pub(super) fn in_path(text: &str) -> String {
    in_query(text).replace('+', "%20")
}

/// Within a string of JSON.
pub(super) fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted
        .trim_start_matches('"')
        .strip_suffix('"')
        .unwrap_or_default()
        .to_owned()
}

impl Slot {
    /// What a user is to give for it.
    pub(super) fn wanted(self) -> &'static str {
        match self {
            Self::Query => "a query",
            Self::Near | Self::Words => "a place by name (near)",
            Self::Page | Self::Token => "a page",
            Self::Key => "a key",
            Self::West | Self::South | Self::East | Self::North => "a box (area)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(slot: Slot) -> Option<String> {
        match slot {
            Slot::Query => Some("bread & \"rolls\"".to_owned()),
            Slot::Page => Some("2".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn placeholders_are_filled_in_the_way_of_their_place() {
        let of = |text: &str, written: fn(&str) -> String| Template::new(text).unwrap().fill(value, written);
        assert_eq!(
            of("q={query}&p={page}", in_query).unwrap(),
            "q=bread+%26+%22rolls%22&p=2"
        );
        assert_eq!(
            of("/s/{query}/", in_path).unwrap(),
            "/s/bread%20%26%20%22rolls%22/"
        );
        assert_eq!(
            of(r#"{"q": "{query}", "n": {"x": 1}}"#, in_json).unwrap(),
            r#"{"q": "bread & \"rolls\"", "n": {"x": 1}}"#
        );
        assert_eq!(of("{near}", in_query).unwrap_err(), Slot::Near);
    }

    #[test]
    fn an_unknown_placeholder_is_told_with_those_there_are() {
        let error = Template::new("q={what}").unwrap_err();
        assert!(
            error.contains("{query}") && error.contains("not `{what}`"),
            "{error}"
        );
    }
}
