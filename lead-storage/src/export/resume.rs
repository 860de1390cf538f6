//! Exports that go on where an earlier one was broken off.
//!
//! After each page the file is brought to disk, then a note beside it tells how far it is. Whatever happens between the two, the next
//! export cuts the file to where the note ends and goes on there. Those who were forgotten meanwhile must not go out: then the file is
//! begun anew.

use std::path::Path;

use lead_core::Result;
use lead_core::record::ContentHash;
use lead_core::seam::Store;
use tokio::io::AsyncWriteExt as _;

use super::forgotten::Memory;
use super::note::{Note, Terms};
use super::part::Part;
use super::pass::Pass;
use super::{Anew, Export, Exported, Progress, failed};

impl Export {
    /// Writes the file, and leaves what there is of it when that is broken off.
    pub(super) async fn to_part(
        &self,
        origin: ContentHash,
        store: &Store,
        path: &Path,
        mut progress: impl FnMut(Progress),
    ) -> Result<Exported> {
        let mut part = Part::wait(path).await?;
        let terms = Terms::of(self, origin, store);
        let (mut from, mut anew) = match part.found()? {
            Ok(None) => (None, None),
            Ok(Some(note)) => go_on(note, &terms, store).await?,
            Err(why) => (None, Some(why)),
        };
        loop {
            let exported = self
                .through(&mut part, &terms, store, from.as_ref(), &mut progress)
                .await?;
            // An export in one go holds each lead as it was when its page was read. What an earlier one wrote may be older than that.
            let outdated = match from.take() {
                Some(note) => note.memory.is_outdated(store).await?,
                None => false,
            };
            if !outdated {
                part.finish(path)?;
                return Ok(Exported { anew, ..exported });
            }
            anew = Some(Anew::Forgotten);
        }
    }

    async fn through(
        &self,
        part: &mut Part,
        terms: &Terms,
        store: &Store,
        from: Option<&Note>,
        progress: &mut impl FnMut(Progress),
    ) -> Result<Exported> {
        let memory = match from {
            Some(note) => note.memory.clone(),
            None => Memory::of(store).await?,
        };
        let mut writer = part.after(from.map_or(0, |note| note.bytes))?;
        let mut pass = Pass::begin(self, store, from).await?;
        while pass.step(&mut writer, progress).await? {
            writer.flush().await.map_err(failed)?;
            writer.get_ref().sync_data().await.map_err(failed)?;
            if let Some(next) = pass.next() {
                let written = pass.exported();
                part.remember(&Note {
                    terms: terms.clone(),
                    memory: memory.clone(),
                    next: next.clone(),
                    leads: written.leads,
                    suppressed: written.suppressed,
                    bytes: written.bytes,
                })?;
            }
        }
        let exported = pass.end(&mut writer).await?;
        writer.get_ref().sync_all().await.map_err(failed)?;
        Ok(exported)
    }
}

/// Where to go on; from the beginning when what is there cannot be used, and why.
///
/// # Errors
/// What [`Terms::agree`] says.
async fn go_on(note: Note, terms: &Terms, store: &Store) -> Result<(Option<Note>, Option<Anew>)> {
    terms.agree(&note.terms)?;
    if !terms.same_version(&note.terms) {
        return Ok((None, Some(Anew::Damaged)));
    }
    if note.memory.is_outdated(store).await? {
        return Ok((None, Some(Anew::Forgotten)));
    }
    Ok((Some(note), None))
}
