//! What may be told of an answer: codes and names of fields. Messages quote the values they are about, so they are left out.

use serde_json::Value;

/// The most characters of a code that are told.
const LONGEST: usize = 64;

/// A code as the other side gives it, when it looks like one: `INVALID_DATA`, `duplicate-value`, `lead.Email`.
pub(super) fn code(value: Option<&Value>) -> Option<&str> {
    let text = value?.as_str()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!text.is_empty() && text.len() <= LONGEST && text.chars().all(plain)).then_some(text)
}

/// Codes in a line; `status` when there is none.
pub(super) fn told<'a>(codes: impl IntoIterator<Item = Option<&'a str>>, status: &str) -> String {
    let codes: Vec<&str> = codes.into_iter().flatten().collect();
    if codes.is_empty() {
        return status.to_owned();
    }
    codes.join(" ")
}

/// What to say when an answer is no answer of this API.
pub(super) const UNREAD: &str = "the answer cannot be read";

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_looks_like_a_code_is_told() {
        assert_eq!(code(Some(&json!("INVALID_DATA"))), Some("INVALID_DATA"));
        for quoted in [
            json!("Anna Rossi"),
            json!("info@rossi.example"),
            json!(7),
            json!("a".repeat(65)),
            json!(""),
        ] {
            assert_eq!(code(Some(&quoted)), None, "{quoted}");
        }
        assert_eq!(told([None, Some("A"), Some("b")], "status 400"), "A b");
        assert_eq!(told([None], "status 400"), "status 400");
    }
}
