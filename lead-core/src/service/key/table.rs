//! The keys of a service.

use crate::clock::Clock;
use crate::record::TenantId;
use crate::seam::State;
use crate::service::Caller;
use crate::{Error, ErrorKind, Result};

use super::{ApiKey, ApiKeyId, ApiKeyRecord, KeyPrefix, KeyRefusal, NewApiKey};

/// How often a revocation is tried while others write the same key.
const TRIES: usize = 16;
/// Lines of a log that are read at once.
const LINES: usize = 1_000;

/// The keys of a service, in a [`State`] of its own: one entry a key, and a log a tenant of the names of its keys. The state's tenant is the service's,
/// not a caller's: whose a key is, is not known before it is looked up.
///
/// ```
/// use lead_core::clock::Clock;
/// use lead_core::prelude::TenantId;
/// use lead_core::seam::State;
/// use lead_core::service::{ApiKeys, Caller, KeyPrefix, NewApiKey, Scope};
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let keys = ApiKeys::new(State::memory(), KeyPrefix::new("lead")?);
/// let acme = TenantId::new("acme")?;
/// let caller = Caller::new(acme.clone(), "crm")?.scope(Scope::new("leads:read")?);
/// let (key, record) = keys.issue(NewApiKey::new(caller.clone())).await?;
///
/// assert_eq!(keys.open(key.expose()).await, Ok(caller));
/// keys.revoke(&acme, record.id()).await?;
/// assert!(keys.open(key.expose()).await.is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(()) })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ApiKeys {
    state: State,
    prefix: KeyPrefix,
    clock: Clock,
}

impl ApiKeys {
    /// Keys that begin with `prefix`, kept in `state`.
    pub fn new(state: State, prefix: KeyPrefix) -> Self {
        Self {
            state,
            prefix,
            clock: Clock::system(),
        }
    }

    /// Goes by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Makes a key. It is shown here and never again.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub async fn issue(&self, new: NewApiKey) -> Result<(ApiKey, ApiKeyRecord)> {
        let key = ApiKey::draw(&self.prefix)?;
        let log = log(new.caller.tenant());
        let record = ApiKeyRecord::new(key.id().clone(), key.hash(), new, self.clock.now());
        // Named first: a key that is not named could not be found to be revoked.
        let name = bytes::Bytes::copy_from_slice(key.id().as_str().as_bytes());
        self.state.append(log, name).await?;
        let set = self
            .state
            .compare_and_set(entry(key.id()), 0, written(&record)?, None)
            .await?;
        if set.is_none() {
            return Err(Error::new(
                ErrorKind::Conflict,
                "service.key",
                "a key of this name is there",
            ));
        }
        Ok((key, record))
    }

    /// Who holds a key. A key that is not known takes the same look-up and the same comparison as one that is.
    ///
    /// # Errors
    /// Why it does not open.
    pub async fn open(&self, text: &str) -> Result<Caller, KeyRefusal> {
        let (_, caller) = self.opened(text).await?;
        Ok(caller)
    }

    /// [`Self::open`], with the key's name.
    pub(super) async fn opened(&self, text: &str) -> Result<(ApiKeyId, Caller), KeyRefusal> {
        let key = ApiKey::parse(&self.prefix, text).map_err(|_| KeyRefusal::Malformed)?;
        let found = self.read(key.id()).await.map_err(|_| KeyRefusal::Unavailable)?;
        let now = self.clock.now();
        if let Some((record, _)) = found {
            record.opens(key.hash(), now)?;
            return Ok((key.id().clone(), record.caller().clone()));
        }
        let nobody = Caller::new(TenantId::default(), "nobody").map_err(|_| KeyRefusal::Unavailable)?;
        let other = ApiKeyRecord::new(key.id().clone(), &[0; 32], NewApiKey::new(nobody), now);
        let _ = other.opens(key.hash(), now);
        Err(KeyRefusal::Unknown)
    }

    /// Revokes a key of a tenant's, for good. Once more does nothing.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when the tenant has no such key, whether or not another has; those of the state.
    pub async fn revoke(&self, tenant: &TenantId, id: &ApiKeyId) -> Result<()> {
        for _ in 0..TRIES {
            let found = self.read(id).await?;
            let own = found.filter(|(record, _)| record.caller().tenant() == tenant);
            let Some((mut record, version)) = own else {
                return Err(Error::new(
                    ErrorKind::NotFound,
                    "service.key",
                    "there is no such key",
                ));
            };
            record.revoke(self.clock.now());
            let set = self
                .state
                .compare_and_set(entry(id), version, written(&record)?, None)
                .await?;
            if set.is_some() {
                return Ok(());
            }
        }
        Err(Error::new(
            ErrorKind::Conflict,
            "service.key",
            "others write this key all the time",
        )
        .temporary())
    }

    /// What is kept of a tenant's keys, the oldest first, those that were revoked included.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub async fn list(&self, tenant: &TenantId) -> Result<Vec<ApiKeyRecord>> {
        let mut records = Vec::new();
        let mut after = 0;
        loop {
            let lines = self.state.read_log(log(tenant), after, LINES).await?;
            let Some((last, _)) = lines.last() else {
                return Ok(records);
            };
            after = *last;
            for (_, line) in lines {
                let id = std::str::from_utf8(&line)
                    .ok()
                    .and_then(|text| ApiKeyId::new(text).ok());
                let Some(id) = id else { continue };
                let found = self.read(&id).await?;
                records.extend(found.map(|(record, _)| record));
            }
        }
    }

    async fn read(&self, id: &ApiKeyId) -> Result<Option<(ApiKeyRecord, u64)>> {
        let Some(kept) = self.state.get(entry(id)).await? else {
            return Ok(None);
        };
        // The cause may quote what is kept: it goes no further.
        let record = serde_json::from_slice(&kept.value).map_err(|_| {
            Error::new(
                ErrorKind::Corrupt,
                "service.key",
                "what is kept of a key cannot be read",
            )
        })?;
        Ok(Some((record, kept.version)))
    }
}

fn entry(id: &ApiKeyId) -> String {
    format!("api-key:{id}")
}

fn log(tenant: &TenantId) -> String {
    format!("api-keys:{tenant}")
}

fn written(record: &ApiKeyRecord) -> Result<bytes::Bytes> {
    let json = serde_json::to_vec(record).map_err(|_| {
        Error::new(
            ErrorKind::Internal,
            "service.key",
            "a key's record cannot be written",
        )
    })?;
    Ok(json.into())
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;
    use crate::clock::Timestamp;
    use crate::seam::memory::MemoryState;

    fn tenant(name: &str) -> TenantId {
        TenantId::new(name).unwrap()
    }

    fn new(of: &str) -> NewApiKey {
        NewApiKey::new(Caller::new(tenant(of), "crm").unwrap())
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[tokio::test]
    async fn a_key_opens_until_it_runs_out_or_is_revoked() {
        let state = State::memory();
        let prefix = KeyPrefix::new("lead").unwrap();
        let keys = |second| ApiKeys::new(state.clone(), prefix.clone()).clock(Clock::fixed(at(second)));
        let (key, record) = keys(0).issue(new("acme").expires(at(10))).await.unwrap();
        assert_eq!(
            keys(9).open(key.expose()).await.unwrap().tenant(),
            &tenant("acme")
        );
        assert_eq!(keys(10).open(key.expose()).await, Err(KeyRefusal::Expired));

        let other = keys(0).revoke(&tenant("other"), record.id()).await.unwrap_err();
        let absent = ApiKeyId::new(&"A".repeat(16)).unwrap();
        let none = keys(0).revoke(&tenant("other"), &absent).await.unwrap_err();
        assert_eq!(other.to_string(), none.to_string(), "another's key is none");
        keys(5).revoke(&tenant("acme"), record.id()).await.unwrap();
        keys(6).revoke(&tenant("acme"), record.id()).await.unwrap();
        assert_eq!(keys(9).open(key.expose()).await, Err(KeyRefusal::Revoked));
        let listed = keys(9).list(&tenant("acme")).await.unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].revoked(), Some(at(5)), "the first time counts");
        assert!(keys(9).list(&tenant("other")).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_key_of_another_name_or_secret_is_none() {
        let keys = ApiKeys::new(State::memory(), KeyPrefix::new("lead").unwrap());
        let (key, _) = keys.issue(new("acme")).await.unwrap();
        let stranger = ApiKey::draw(&KeyPrefix::new("lead").unwrap()).unwrap();
        assert_eq!(keys.open(stranger.expose()).await, Err(KeyRefusal::Unknown));
        assert_eq!(keys.open("lead_").await, Err(KeyRefusal::Malformed));
        // What is kept says that another secret has this name.
        let other = ApiKeyRecord::new(key.id().clone(), &[7; 32], new("acme"), at(0));
        keys.state
            .put(entry(key.id()), written(&other).unwrap(), None)
            .await
            .unwrap();
        assert_eq!(keys.open(key.expose()).await, Err(KeyRefusal::Wrong));
    }

    /// Guards what lies in the store: neither a key nor its secret.
    #[test]
    fn the_key_is_not_kept() {
        let state = State::new(MemoryState::default());
        let keys = ApiKeys::new(state.clone(), KeyPrefix::new("lead").unwrap());
        let (key, record) = keys.issue(new("acme")).now_or_never().unwrap().unwrap();
        let kept = state
            .get(entry(key.id()))
            .now_or_never()
            .unwrap()
            .unwrap()
            .unwrap();
        let kept = String::from_utf8(kept.value.to_vec()).unwrap();
        let secret = &key.expose()["lead_".len() + 16..];
        assert!(!kept.contains(secret) && !kept.contains(key.expose()));
        assert!(!format!("{record:?}").contains(&record.hash));
    }
}
