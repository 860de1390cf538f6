//! What somebody may use, as a file says it: rules for users, endpoints, keys and more, and what holds for single ones instead.
//!
//! | file | what |
//! |---|---|
//! | `usage` | who uses what: the parties of one request |
//! | `rule` | a rule, and what overrides it |
//! | `plan` | the rules together: a request's policies |
//! | `check` | what a plan must be |
//! | `file` | plans in TOML; a fault is told with line and key |

mod check;
mod file;
mod plan;
mod rule;
#[cfg(test)]
mod tests;
mod usage;

pub use file::Plans;
pub use plan::Plan;
pub use rule::{Override, Rule};
pub use usage::{Party, Usage, fingerprint};
