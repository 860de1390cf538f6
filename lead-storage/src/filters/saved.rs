//! Filters that were saved under a name.

use std::collections::BTreeMap;

use bytes::Bytes;
use lead_core::record::filter::Filter;
use lead_core::seam::{Entry, State};
use lead_core::{Error, ErrorKind, Result};

use super::FILTERS;
use super::preset::Preset;

/// The key under which a tenant's filters stand in [`State`]: a JSON object of names and filters in the filter language.
pub const KEY: &str = "filters";

/// The most filters of a tenant.
const MOST: usize = 1_000;

/// The longest name, in characters.
const LONGEST: usize = 64;

/// So often a change is tried anew when others change something meanwhile.
const TRIES: usize = 50;

/// The saved filters of a tenant.
#[derive(Clone, Debug)]
pub struct SavedFilters {
    state: State,
}

type Filters = BTreeMap<String, String>;

impl SavedFilters {
    /// Those that this state keeps: [`open_state`](crate::open_state) of the store's URI.
    pub fn new(state: State) -> Self {
        Self { state }
    }

    /// Saves a filter, over an earlier one of the name.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`] for a name that is not of small letters, digits, `-` and `_`, is too long or built in, and when there
    /// are too many; and what [`State`] says.
    pub async fn save(&self, name: &str, filter: &Filter) -> Result<()> {
        check(name)?;
        if Preset::named(name).is_some() {
            return Err(Error::invalid(FILTERS, "this name is built in").with("name", name));
        }
        let text = filter.to_string();
        self.change(|filters| {
            filters.insert(name.to_owned(), text.clone());
            filters.len() <= MOST
        })
        .await?
        .then_some(())
        .ok_or_else(|| Error::invalid(FILTERS, "there are too many saved filters").with("most", MOST))
    }

    /// The filter of a name, in the filter language.
    ///
    /// # Errors
    /// What [`State`] says; [`ErrorKind::Corrupt`] when what is kept cannot be read.
    pub async fn get(&self, name: &str) -> Result<Option<String>> {
        Ok(self.list().await?.remove(name))
    }

    /// All names with their filters, in order.
    ///
    /// # Errors
    /// As [`SavedFilters::get`].
    pub async fn list(&self) -> Result<BTreeMap<String, String>> {
        Ok(read(self.state.get(KEY.to_owned()).await?.as_ref())?.0)
    }

    /// Drops a filter; whether it was there.
    ///
    /// # Errors
    /// As [`SavedFilters::save`].
    pub async fn remove(&self, name: &str) -> Result<bool> {
        self.change(|filters| filters.remove(name).is_some()).await
    }

    /// Changes the filters, unless `change` says that there is nothing to write; what it said.
    async fn change(&self, change: impl Fn(&mut Filters) -> bool) -> Result<bool> {
        for _ in 0..TRIES {
            let (mut filters, version) = read(self.state.get(KEY.to_owned()).await?.as_ref())?;
            if !change(&mut filters) {
                return Ok(false);
            }
            let json = serde_json::to_vec(&filters).map_err(|cause| {
                Error::new(ErrorKind::Internal, FILTERS, "filters cannot be written").because(cause)
            })?;
            let set = self
                .state
                .compare_and_set(KEY.to_owned(), version, Bytes::from(json), None);
            if set.await?.is_some() {
                return Ok(true);
            }
        }
        Err(Error::new(
            ErrorKind::Conflict,
            FILTERS,
            "others change the filters all the time",
        )
        .temporary())
    }
}

fn read(entry: Option<&Entry>) -> Result<(Filters, u64)> {
    let Some(entry) = entry else {
        return Ok((Filters::new(), 0));
    };
    let filters = serde_json::from_slice(&entry.value).map_err(|cause| {
        Error::new(ErrorKind::Corrupt, FILTERS, "the saved filters cannot be read").because(cause)
    })?;
    Ok((filters, entry.version))
}

/// Whether a filter may be called so.
pub(super) fn check(name: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if !name.is_empty() && name.len() <= LONGEST && name.chars().all(plain) {
        return Ok(());
    }
    let why = "a name is of 1 to 64 small letters, digits, - and _";
    Err(Error::invalid(FILTERS, why).with("name", name.escape_debug()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn filters_are_kept_by_name() {
        let saved = SavedFilters::new(State::memory());
        let filter = |text: &str| Filter::parse(text).unwrap();
        saved.save("bakers", &filter("category:bakery")).await.unwrap();
        saved.save("lyon", &filter("city:Lyon")).await.unwrap();
        saved.save("bakers", &filter("category:*bakery*")).await.unwrap();
        let names: Vec<String> = saved.list().await.unwrap().into_keys().collect();
        assert_eq!(names, ["bakers", "lyon"]);
        assert_eq!(
            saved.get("bakers").await.unwrap().as_deref(),
            Some("category:\"*bakery*\"")
        );
        assert!(saved.remove("bakers").await.unwrap() && !saved.remove("bakers").await.unwrap());
        assert_eq!(saved.get("bakers").await.unwrap(), None);
        for name in ["", "With Space", "@x", "with-phone", &"x".repeat(65)] {
            let error = saved.save(name, &Filter::All).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{name}");
        }
    }

    /// Those who save at the same time lose nothing of each other.
    #[tokio::test(flavor = "multi_thread")]
    async fn nobody_writes_over_another() {
        let saved = SavedFilters::new(State::memory());
        let names = (0..8).map(|number| format!("filter-{number}"));
        let tasks: Vec<_> = names
            .map(|name| {
                let saved = saved.clone();
                tokio::spawn(async move { saved.save(&name, &Filter::All).await.unwrap() })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(saved.list().await.unwrap().len(), 8);
    }
}
