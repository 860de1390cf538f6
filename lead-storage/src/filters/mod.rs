//! Filters by name: built-in ones, and those that were saved in a store.
//!
//! ```
//! use lead_core::clock::Clock;
//! use lead_core::record::filter::Filter;
//! use lead_core::seam::State;
//! use lead_storage::filters::{Choice, SavedFilters};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> lead_core::Result<()> {
//! let saved = SavedFilters::new(State::memory());
//! saved.save("bakers", &Filter::parse("category:*bakery* has:phone")?).await?;
//! let choice: Choice = "@bakers city:Lyon".parse()?;
//! let filter = choice.filter(Some(&saved), Clock::system().now()).await?;
//! assert_eq!(filter.to_string(), r#"(category:"*bakery*" has:phone) city:"lyon""#);
//! # Ok(())
//! # }
//! ```

mod choice;
mod preset;
mod saved;

pub use choice::Choice;
pub use preset::{PRESETS, Preset};
pub use saved::{KEY, SavedFilters};

/// The operation that errors name.
const FILTERS: &str = "filters";
