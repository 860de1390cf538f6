//! The rule in what serde says: never the value that broke it, which may be a secret sent to the wrong field.

/// How messages of the record's types begin: `INVALID_INPUT at query: at most 200 characters (length: 300)`.
const OURS: &str = "INVALID_INPUT at ";

/// What may be told of a message of serde's.
pub(super) fn reason(message: &str) -> String {
    if let Some((_, rule)) = message.strip_prefix(OURS).and_then(|rest| rest.split_once(": ")) {
        return without_context(rule).to_owned();
    }
    let begins = |start: &str| message.starts_with(start);
    if begins("missing field") {
        "is missing".to_owned()
    } else if begins("unknown field") {
        "is not known".to_owned()
    } else if begins("duplicate field") {
        "is there twice".to_owned()
    } else {
        // From the right: what stands before may be what was sent.
        let wanted = message.rsplit_once(", expected ").map(|(_, wanted)| wanted);
        wanted.map_or_else(
            || "is not valid".to_owned(),
            |wanted| format!("expected {wanted}"),
        )
    }
}

/// The sentence without the pairs in brackets, which may hold what was sent.
fn without_context(rule: &str) -> &str {
    rule.split_once(" (").map_or(rule, |(sentence, _)| sentence)
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn rules_are_told_and_values_are_not() {
        for (message, told) in [
            (
                "INVALID_INPUT at query: at most 200 characters (length: 300)",
                "at most 200 characters",
            ),
            ("invalid type: string \"s3cret\", expected u64", "expected u64"),
            (
                "invalid value: string \"a, expected s3cret\", expected a day",
                "expected a day",
            ),
            (
                "unknown variant `s3cret`, expected one of `a`, `b`",
                "expected one of `a`, `b`",
            ),
            ("missing field `text`", "is missing"),
            (
                "unknown field `s3cret, expected s3cret`, expected `a`",
                "is not known",
            ),
            ("duplicate field `a`", "is there twice"),
            ("s3cret", "is not valid"),
        ] {
            assert_eq!(reason(message), told);
        }
    }
}
