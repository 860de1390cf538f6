//! A store that an application holds open: what it is asked, as a word and options, and what it answers, as JSON.
//!
//! | call | options | answer |
//! |---|---|---|
//! | `leads` | `filter`, `sort`, `limit`, `cursor`, `as_of` | `{leads, next}` |
//! | `count` | `filter` | a number |
//! | `estimate` | `filter` | `{count, least, most}` |
//! | `marks` | `filter`, `sort`, `every` | cursors |
//! | `lead`, `history` | `id` | the lead; what it is made of: `{version, sightings, links}`; or null |
//! | `matching` | `keys` | `[{key, record}]` |
//! | `runs`, `audit` | `limit`, `after` | `[{run, state}]`, notes |
//! | `write` | `source`, `listings`, `seen_at` | [`Written`](write::Written) |
//! | `link` | `links` | what became of the leads |
//! | `erase` | `ids` or `filter`, `archive`, `dry_run` | `{leads, sightings, archived}` |
//! | `withdraw` | `leads`: pairs of an id and a version | ids of those taken |
//! | `suppress`, `unsuppress`, `suppressed`, `suppressions` | `subjects`, `reason` | the list |
//! | `save_filter`, `remove_filter`, `filters` | `name`, `filter` | the filters |
//! | `mirror_lag`, `mirror_drain`, `mirror_check`, `mirror_repair` | `seconds`, `most`, `erase` | how far it is behind, how it differs |

mod calls;
mod filters;
mod forget;
mod held;
mod list;
mod mirror;
mod read;
#[cfg(test)]
mod tests;
pub mod write;

pub use calls::Store;
pub(crate) use held::Held;
