//! What went wrong, as a caller of the service is told: problem details (RFC 9457).

mod details;
mod field;
mod fields;
mod json;
mod of_error;
mod reason;

pub use details::Problem;
pub use field::{FieldError, Pointer};
pub use fields::Fields;
pub use json::read_json;
