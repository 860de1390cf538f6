//! The house rules, as far as a linter cannot see them: each check reads text and names what breaks a rule.
//!
//! | file | rule |
//! |---|---|
//! | `stations` | imports go one way, in the order of the architecture |
//! | `size` | a file is one thing: its length, and the median of all |
//! | `habits` | reasons beside allowances, no printing in libraries, lints inherited |
//! | `leaks` | no path of one machine and no registry address in a tracked file |
//! | `tree`, `scan` | what files there are, and Rust source without comments, literals and tests |

pub mod habits;
pub mod leaks;
mod scan;
pub mod size;
pub mod stations;
pub mod tree;

pub use scan::{blank, without_tests};

/// A rule that a place breaks: `lead-core/src/page/mod.rs:12: page must not import fetch`.
pub type Breach = String;

/// The line, counted from 1, on which `at` lies.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(at)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}
