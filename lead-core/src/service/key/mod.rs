//! API keys: drawn by chance, kept as hashes, each with its scopes and its time.

mod admit;
mod record;
mod refusal;
mod table;
mod text;

pub use admit::ApiKeyGate;
pub use record::{ApiKeyId, ApiKeyRecord, NewApiKey};
pub use refusal::KeyRefusal;
pub use table::ApiKeys;
pub use text::{ApiKey, KeyPrefix};
