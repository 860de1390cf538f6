//! All fields at fault at once.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::json::{parse, read_value};
use super::{FieldError, Pointer, Problem};

/// Reads the members of an object one by one and keeps what is wrong with each, so that a form is mended in one go.
///
/// ```
/// use lead_core::record::{CountryCode, QueryText};
/// use lead_core::service::Fields;
///
/// let mut fields = Fields::read(br#"{"country": "ZZ", "colour": "red"}"#)?;
/// let text = fields.want::<QueryText>("text");
/// let country = fields.may::<CountryCode>("country");
/// let problem = fields.finish(text.map(|text| (text, country))).unwrap_err();
///
/// let told: Vec<_> = problem.errors().iter().map(|error| error.pointer.to_string()).collect();
/// assert_eq!(told, ["#/text", "#/country", "#/colour"]);
/// # Ok::<(), lead_core::service::Problem>(())
/// ```
#[derive(Debug)]
pub struct Fields {
    left: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Fields {
    /// The members of a body.
    ///
    /// # Errors
    /// 400 when it is no JSON, 422 when it is no object.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        match parse(body)? {
            Value::Object(left) => Ok(Self {
                left,
                errors: Vec::new(),
            }),
            _ => Err(Problem::invalid([FieldError::new(
                Pointer::root(),
                "expected an object",
            )])),
        }
    }

    /// A member that must be there, and not as `null`.
    pub fn want<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        if self.left.get(name).is_none_or(Value::is_null) {
            self.left.remove(name);
            self.wrong(Pointer::root().key(name), "is missing");
            return None;
        }
        self.may(name)
    }

    /// A member that may be left out; `null` is as if it were.
    pub fn may<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let value = self.left.remove(name)?;
        match read_value(value, Pointer::root().key(name)) {
            Ok(value) => value,
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }

    /// A rule of the application's that was broken there.
    pub fn wrong(&mut self, pointer: Pointer, reason: impl Into<String>) {
        self.errors.push(FieldError::new(pointer, reason));
    }

    /// What was made of the fields: `Some` when those that must be there are.
    ///
    /// # Errors
    /// 422 with every field that broke a rule, and every one that nobody asked for.
    pub fn finish<T>(mut self, whole: Option<T>) -> Result<T, Problem> {
        let strangers = self.left.keys().map(|name| Pointer::root().key(name));
        let strangers: Vec<_> = strangers.map(|at| FieldError::new(at, "is not known")).collect();
        self.errors.extend(strangers);
        match whole {
            Some(whole) if self.errors.is_empty() => Ok(whole),
            None if self.errors.is_empty() => Err(Problem::invalid([FieldError::new(
                Pointer::root(),
                "is not whole",
            )])),
            _ => Err(Problem::invalid(self.errors)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{CountryCode, QueryText};

    #[test]
    fn what_is_right_is_read() {
        let mut fields = Fields::read(br#"{"text": "dentists", "country": null}"#).unwrap();
        let text = fields.want::<QueryText>("text");
        assert_eq!(fields.may::<CountryCode>("country"), None);
        assert_eq!(fields.finish(text).unwrap().as_str(), "dentists");
    }

    #[test]
    fn a_null_is_not_what_must_be_there() {
        let mut fields = Fields::read(br#"{"text": null}"#).unwrap();
        let text = fields.want::<QueryText>("text");
        let problem = fields.finish(text).unwrap_err();
        assert_eq!(problem.errors()[0].reason, "is missing");
    }

    #[test]
    fn only_an_object_has_fields() {
        assert_eq!(Fields::read(b"[]").unwrap_err().status(), 422);
        assert_eq!(Fields::read(b"\xff").unwrap_err().status(), 400);
    }
}
