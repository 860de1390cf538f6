//! The conformance suite catches a store that breaks a promise: stores with one planted bug each, and the case that must
//! notice it. Without this test a suite that checks nothing would pass for every backend.
#![allow(clippy::unwrap_used, reason = "test code fails by panicking")]

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use lead_core::Result;
use lead_core::record::filter::{Filter, Visibility};
use lead_core::record::{
    Lead, LeadId, Link, MatchKey, Observation, RecordId, RunId, Subject, Suppression, TenantId,
};
use lead_core::seam::conformance::store as cases;
use lead_core::seam::{
    AuditEntry, By, Capability, Checkpoint, Cursor, Erased, Estimate, Hid, Hiding, JsonPage, LeadPage,
    LeadQuery, LeadVersion, Persist, Receipt, Sort, Store, Tallied, Tally, Versioned, WriteBatch,
};

/// What the store does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bug {
    None,
    WritesTwice,
    ForgetsHistory,
    DropsLinks,
    TakesOnlyTheFirstLink,
    ForgetsLinksOfStrangers,
    KnowsOnlyAnchors,
    FindsNoKeys,
    FindsKeysOfOthers,
    FindsKeysInAnyOrder,
    LosesTheCursor,
    RepeatsThePage,
    SkipsALead,
    IgnoresTheOrder,
    SortsUpwardsOnly,
    TakesAnyCursor,
    TakesAnyLimit,
    IgnoresTheFilterOfPages,
    WritesLeadsWithoutNames,
    CountsEverything,
    EstimatesEverything,
    MarksTheNext,
    MarksFromTheBeginning,
    TakesAnyStep,
    TalliesEverything,
    TalliesInAnyOrder,
    TalliesOnlyWhatIsTold,
    PutsEdgesBelow,
    TakesAnyTally,
    DoesNotErase,
    ErasesWithoutANote,
    DoesNotSuppress,
    ForgetsWhoIsSuppressed,
    NeverUnsuppresses,
    MixesTenants,
    ReadsTheFirstTenant,
    KeepsDroppedCheckpoints,
    ForgetsCheckpoints,
    SortsRunsBackwards,
    ForgetsNotes,
    SkipsNotes,
    RefusesJobs,
    KnowsNoLinks,
    WithdrawsWhatChanged,
    OverlooksLinks,
    WithdrawsNothing,
    WithdrawsWithoutANote,
    HidesNothing,
    PagesShowTheHidden,
    CountsTheHidden,
    TalliesTheHidden,
    UnhidesWhatIsSeen,
    HidesOnlyWhatWasJoinedBefore,
    HidesWhatChanged,
    HidesWithoutANote,
    DoesNotEraseTheHidden,
}

/// Each bug and the case that must fail for it.
const PLANTED: &[(Bug, &str)] = &[
    (Bug::WritesTwice, "a_commit_is_idempotent"),
    (
        Bug::ForgetsHistory,
        "another_content_is_another_observation_and_the_newest_speaks",
    ),
    (Bug::DropsLinks, "links_make_one_lead_whatever_the_order"),
    (
        Bug::TakesOnlyTheFirstLink,
        "links_make_one_lead_whatever_the_order",
    ),
    (Bug::ForgetsLinksOfStrangers, "a_link_may_come_before_its_records"),
    (Bug::KnowsOnlyAnchors, "every_record_leads_to_its_lead"),
    (Bug::FindsNoKeys, "keys_find_records"),
    (Bug::FindsKeysOfOthers, "keys_find_records"),
    (Bug::FindsKeysInAnyOrder, "keys_find_records"),
    (Bug::LosesTheCursor, "pages_visit_every_lead_once_in_order"),
    (Bug::RepeatsThePage, "pages_visit_every_lead_once_in_order"),
    (Bug::SkipsALead, "pages_visit_every_lead_once_in_order"),
    (Bug::SortsUpwardsOnly, "pages_visit_every_lead_once_in_order"),
    (Bug::IgnoresTheOrder, "pages_visit_every_lead_once_in_order"),
    (Bug::TakesAnyCursor, "a_cursor_belongs_to_its_order"),
    (Bug::TakesAnyCursor, "a_cursor_is_one_that_the_store_gave"),
    (Bug::TakesAnyLimit, "limits_are_checked"),
    (Bug::IgnoresTheFilterOfPages, "filters_mean_the_same_everywhere"),
    (Bug::WritesLeadsWithoutNames, "a_page_as_json_is_the_page"),
    (Bug::CountsEverything, "filters_mean_the_same_everywhere"),
    (Bug::EstimatesEverything, "an_estimate_holds_what_is_counted"),
    (Bug::MarksTheNext, "marks_lead_anywhere_in_an_order"),
    (Bug::MarksFromTheBeginning, "marks_lead_anywhere_in_an_order"),
    (Bug::TakesAnyStep, "marks_lead_anywhere_in_an_order"),
    (Bug::TalliesEverything, "tallies_mean_the_same_everywhere"),
    (
        Bug::TalliesInAnyOrder,
        "a_lead_counts_once_for_each_of_its_values",
    ),
    (
        Bug::TalliesOnlyWhatIsTold,
        "a_lead_counts_once_for_each_of_its_values",
    ),
    (Bug::PutsEdgesBelow, "a_lead_counts_once_for_each_of_its_values"),
    (Bug::TakesAnyTally, "tallies_are_checked"),
    (Bug::DoesNotErase, "erasing_is_final_and_audited"),
    (Bug::ErasesWithoutANote, "erasing_is_final_and_audited"),
    (Bug::DoesNotSuppress, "suppression_holds_at_the_door_and_inside"),
    (
        Bug::ForgetsWhoIsSuppressed,
        "suppression_holds_at_the_door_and_inside",
    ),
    (Bug::NeverUnsuppresses, "suppression_holds_at_the_door_and_inside"),
    (Bug::MixesTenants, "tenants_do_not_see_each_other"),
    (Bug::ReadsTheFirstTenant, "tenants_do_not_see_each_other"),
    (
        Bug::KeepsDroppedCheckpoints,
        "checkpoints_change_by_deltas_with_the_commit",
    ),
    (
        Bug::ForgetsCheckpoints,
        "checkpoints_change_by_deltas_with_the_commit",
    ),
    (
        Bug::SortsRunsBackwards,
        "checkpoints_change_by_deltas_with_the_commit",
    ),
    (Bug::ForgetsNotes, "the_audit_log_has_no_gaps"),
    (Bug::SkipsNotes, "the_audit_log_has_no_gaps"),
    (Bug::RefusesJobs, "jobs_commit_with_leads"),
    (Bug::KnowsNoLinks, "links_tell_why_records_are_one"),
    (Bug::WithdrawsWhatChanged, "only_what_is_unchanged_is_withdrawn"),
    (Bug::OverlooksLinks, "only_what_is_unchanged_is_withdrawn"),
    (Bug::WithdrawsNothing, "only_what_is_unchanged_is_withdrawn"),
    (Bug::WithdrawsWithoutANote, "only_what_is_unchanged_is_withdrawn"),
    (Bug::DropsLinks, "what_was_withdrawn_comes_back_by_a_commit"),
    (Bug::HidesNothing, "hidden_leads_are_told_only_to_who_asks"),
    (Bug::PagesShowTheHidden, "hidden_leads_are_told_only_to_who_asks"),
    (Bug::CountsTheHidden, "hidden_leads_are_told_only_to_who_asks"),
    (Bug::TalliesTheHidden, "hidden_leads_are_told_only_to_who_asks"),
    (
        Bug::IgnoresTheOrder,
        "pages_of_hidden_leads_and_others_keep_their_order",
    ),
    (
        Bug::UnhidesWhatIsSeen,
        "a_hidden_lead_that_is_seen_again_stays_hidden",
    ),
    (
        Bug::HidesOnlyWhatWasJoinedBefore,
        "whatever_is_joined_to_a_hidden_lead_is_hidden",
    ),
    (Bug::HidesWhatChanged, "hiding_minds_the_version_that_was_read"),
    (Bug::HidesWithoutANote, "hiding_minds_the_version_that_was_read"),
    (
        Bug::DoesNotEraseTheHidden,
        "hidden_leads_can_be_erased_withdrawn_and_suppressed",
    ),
];

/// A store in memory with a bug.
#[derive(Debug)]
struct Buggy(Store, Bug);

impl Buggy {
    fn has(&self, bug: Bug) -> bool {
        self.1 == bug
    }

    /// The tenant a write goes to.
    fn tenant(&self, tenant: &TenantId) -> TenantId {
        if self.has(Bug::MixesTenants) {
            TenantId::default()
        } else {
            tenant.clone()
        }
    }

    /// The tenant leads are read from.
    fn reading(&self, tenant: &TenantId) -> TenantId {
        if self.has(Bug::ReadsTheFirstTenant) {
            TenantId::default()
        } else {
            self.tenant(tenant)
        }
    }

    /// The version of a lead as it stands, and as it would be without its latest link.
    async fn stands(&self, tenant: &TenantId, id: LeadId) -> Result<(LeadVersion, LeadVersion)> {
        let seen = Persist::observations(&self.0, tenant, id).await?;
        let mut links = Persist::links(&self.0, tenant, id).await?;
        let whole = LeadVersion::of(&seen, &links);
        links.retain(|link| matches!(link.because, MatchKey::Phone(_)));
        Ok((whole, LeadVersion::of(&seen, &links)))
    }

    async fn spoil(&self, tenant: &TenantId, mut batch: WriteBatch) -> Result<WriteBatch> {
        match self.1 {
            Bug::WritesTwice => drop(Persist::commit(&self.0, tenant, batch.clone()).await?),
            Bug::DropsLinks => batch.links.clear(),
            Bug::TakesOnlyTheFirstLink => batch.links.truncate(1),
            Bug::ForgetsLinksOfStrangers => {
                let mut known = Vec::new();
                for link in std::mem::take(&mut batch.links) {
                    if Persist::get(&self.0, tenant, link.left.into()).await?.is_some() {
                        known.push(link);
                    }
                }
                batch.links = known;
            }
            Bug::KeepsDroppedCheckpoints => batch.checkpoint.iter_mut().for_each(|delta| delta.drop.clear()),
            Bug::ForgetsCheckpoints => batch.checkpoint = None,
            Bug::ForgetsNotes => batch.audit.clear(),
            _ => {}
        }
        Ok(batch)
    }
}

impl Persist for Buggy {
    fn capability(&self) -> Capability {
        self.0.capability()
    }

    async fn commit(&self, tenant: &TenantId, batch: WriteBatch) -> Result<Receipt> {
        if self.has(Bug::RefusesJobs) && !batch.jobs.is_empty() {
            return Err(lead_core::Error::new(
                lead_core::ErrorKind::Unsupported,
                "store.commit",
                "no jobs",
            ));
        }
        let tenant = self.tenant(tenant);
        let batch = self.spoil(&tenant, batch).await?;
        let seen: Vec<LeadId> = batch.observations.iter().map(|seen| seen.record.into()).collect();
        let tied: Vec<LeadId> = batch
            .links
            .iter()
            .flat_map(|link| [link.left.into(), link.right.into()])
            .collect();
        let receipt = Persist::commit(&self.0, &tenant, batch).await?;
        let shown = match self.1 {
            Bug::UnhidesWhatIsSeen => seen,
            Bug::HidesOnlyWhatWasJoinedBefore => tied,
            _ => Vec::new(),
        };
        Persist::set_hidden(&self.0, &tenant, Hiding::unhide("bug").leads(shown)).await?;
        Ok(receipt)
    }

    async fn get(&self, tenant: &TenantId, id: LeadId) -> Result<Option<Lead>> {
        let lead = Persist::get(&self.0, &self.reading(tenant), id).await?;
        Ok(lead.filter(|lead| !self.has(Bug::KnowsOnlyAnchors) || lead.id == id))
    }

    async fn observations(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Observation>> {
        let all = Persist::observations(&self.0, &self.reading(tenant), id).await?;
        if !self.has(Bug::ForgetsHistory) {
            return Ok(all);
        }
        let newest: BTreeMap<RecordId, Observation> =
            all.into_iter().map(|seen| (seen.record, seen)).collect();
        Ok(newest.into_values().collect())
    }

    async fn links(&self, tenant: &TenantId, id: LeadId) -> Result<Vec<Link>> {
        let mut links = Persist::links(&self.0, &self.reading(tenant), id).await?;
        if self.has(Bug::KnowsNoLinks) {
            links.clear();
        }
        Ok(links)
    }

    async fn matching(&self, tenant: &TenantId, keys: Vec<MatchKey>) -> Result<Vec<(MatchKey, RecordId)>> {
        let mut found = Persist::matching(&self.0, &self.reading(tenant), keys.clone()).await?;
        match self.1 {
            Bug::FindsNoKeys => found.clear(),
            Bug::FindsKeysInAnyOrder => found.reverse(),
            Bug::FindsKeysOfOthers => {
                let records: Vec<RecordId> = found.iter().map(|(_, record)| *record).collect();
                found = keys
                    .iter()
                    .flat_map(|key| records.iter().map(|record| (key.clone(), *record)))
                    .collect();
            }
            _ => {}
        }
        Ok(found)
    }

    async fn page(&self, tenant: &TenantId, mut query: LeadQuery) -> Result<LeadPage> {
        let first = query.after.is_none();
        match self.1 {
            Bug::RepeatsThePage => query.after = None,
            Bug::IgnoresTheOrder => query.sort = Sort::default(),
            Bug::SortsUpwardsOnly => query.sort.descending = false,
            Bug::TakesAnyLimit => query.limit = query.limit.clamp(1, LeadQuery::MAX_LIMIT),
            Bug::IgnoresTheFilterOfPages => query.filter = Filter::All,
            Bug::PagesShowTheHidden => query.filter = query.filter.with_hidden(),
            Bug::TakesAnyCursor if Persist::page(&self.0, tenant, query.clone()).await.is_err() => {
                query.after = None;
            }
            _ => {}
        }
        let mut page = Persist::page(&self.0, &self.reading(tenant), query).await?;
        match self.1 {
            Bug::LosesTheCursor => page.next = None,
            Bug::SkipsALead if !first => drop(page.leads.pop()),
            _ => {}
        }
        Ok(page)
    }

    async fn page_json(&self, tenant: &TenantId, query: LeadQuery) -> Result<JsonPage> {
        let mut page = JsonPage::of(&Persist::page(self, tenant, query).await?)?;
        if self.has(Bug::WritesLeadsWithoutNames) {
            for lead in &mut page.leads {
                *lead = lead.replacen("\"name\":\"", "\"name\":null,\"was\":\"", 1);
            }
        }
        Ok(page)
    }

    async fn count(&self, tenant: &TenantId, filter: Filter) -> Result<u64> {
        let filter = match self.1 {
            Bug::CountsEverything => Filter::All,
            Bug::CountsTheHidden => filter.with_hidden(),
            _ => filter,
        };
        Persist::count(&self.0, &self.reading(tenant), filter).await
    }

    async fn estimate(&self, tenant: &TenantId, filter: Filter) -> Result<Estimate> {
        let filter = if self.has(Bug::EstimatesEverything) {
            Filter::All
        } else {
            filter
        };
        Persist::estimate(&self.0, &self.reading(tenant), filter).await
    }

    async fn marks(&self, tenant: &TenantId, mut query: LeadQuery, every: usize) -> Result<Vec<Cursor>> {
        if self.has(Bug::TakesAnyStep) && every == 0 {
            return Ok(Vec::new());
        }
        if self.has(Bug::MarksFromTheBeginning) {
            query.after = None;
        }
        let mut marks = Persist::marks(&self.0, &self.reading(tenant), query, every).await?;
        if self.has(Bug::MarksTheNext) {
            let one = 1.min(marks.len());
            marks.rotate_left(one);
        }
        Ok(marks)
    }

    async fn tally(&self, tenant: &TenantId, mut tally: Tally) -> Result<Tallied> {
        match self.1 {
            Bug::TakesAnyTally if tally.check().is_err() => return Ok(Tallied::default()),
            Bug::TalliesEverything => tally.filter = Filter::All,
            Bug::TalliesTheHidden => tally.filter = tally.filter.with_hidden(),
            Bug::PutsEdgesBelow => {
                if let By::Numbers(edges) = &mut tally.by {
                    for edge in edges {
                        *edge = edge.next_up();
                    }
                }
            }
            _ => {}
        }
        let mut told = Persist::tally(&self.0, &self.reading(tenant), tally).await?;
        match self.1 {
            Bug::TalliesInAnyOrder => told.values.reverse(),
            Bug::TalliesOnlyWhatIsTold => told.distinct = told.values.len() as u64,
            _ => {}
        }
        Ok(told)
    }

    async fn erase(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Erased> {
        if self.has(Bug::DoesNotErase) {
            return Ok(Erased::new(1, 1));
        }
        let mut ids = ids;
        if self.has(Bug::DoesNotEraseTheHidden) {
            let hidden = LeadQuery::new(Filter::Is(Visibility::Hidden)).limit(LeadQuery::MAX_LIMIT);
            let hidden = Persist::page(&self.0, &self.tenant(tenant), hidden).await?;
            ids.retain(|id| hidden.leads.iter().all(|lead| lead.id != *id));
        }
        Persist::erase(&self.0, &self.tenant(tenant), ids).await
    }

    async fn withdraw(
        &self,
        tenant: &TenantId,
        mut asked: Vec<(LeadId, LeadVersion)>,
    ) -> Result<Vec<LeadId>> {
        let tenant = self.tenant(tenant);
        for (id, version) in &mut asked {
            let now = self.stands(&tenant, *id).await?;
            match self.1 {
                Bug::WithdrawsWhatChanged => *version = now.0,
                // It takes a lead for the same whose links alone differ.
                Bug::OverlooksLinks if *version == now.1 => *version = now.0,
                _ => {}
            }
        }
        if self.has(Bug::WithdrawsNothing) {
            return Ok(asked.into_iter().map(|(id, _)| id).collect());
        }
        Persist::withdraw(&self.0, &tenant, asked).await
    }

    async fn set_hidden(&self, tenant: &TenantId, mut wanted: Hiding) -> Result<Vec<Hid>> {
        match self.1 {
            Bug::HidesNothing => return Ok(vec![Hid::Done; wanted.leads.len()]),
            Bug::HidesWhatChanged => wanted.leads.iter_mut().for_each(|(_, version)| *version = None),
            _ => {}
        }
        Persist::set_hidden(&self.0, &self.tenant(tenant), wanted).await
    }

    async fn versioned(&self, tenant: &TenantId, ids: Vec<LeadId>) -> Result<Vec<Option<Versioned>>> {
        Persist::versioned(&self.0, &self.reading(tenant), ids).await
    }

    async fn suppress(&self, tenant: &TenantId, entries: Vec<Suppression>) -> Result<()> {
        let tenant = self.tenant(tenant);
        match self.1 {
            Bug::DoesNotSuppress => Ok(()),
            Bug::ForgetsWhoIsSuppressed => {
                let subjects = entries.iter().map(|entry| entry.subject.clone()).collect();
                Persist::suppress(&self.0, &tenant, entries).await?;
                Persist::unsuppress(&self.0, &tenant, subjects).await
            }
            _ => Persist::suppress(&self.0, &tenant, entries).await,
        }
    }

    async fn unsuppress(&self, tenant: &TenantId, subjects: Vec<Subject>) -> Result<()> {
        if self.has(Bug::NeverUnsuppresses) {
            return Ok(());
        }
        Persist::unsuppress(&self.0, &self.tenant(tenant), subjects).await
    }

    async fn suppressions(&self, tenant: &TenantId) -> Result<Vec<Suppression>> {
        Persist::suppressions(&self.0, &self.tenant(tenant)).await
    }

    async fn checkpoint(&self, tenant: &TenantId, run: RunId) -> Result<Option<Checkpoint>> {
        Persist::checkpoint(&self.0, &self.tenant(tenant), run).await
    }

    async fn runs(&self, tenant: &TenantId) -> Result<Vec<RunId>> {
        let mut runs = Persist::runs(&self.0, &self.tenant(tenant)).await?;
        if self.has(Bug::SortsRunsBackwards) {
            runs.reverse();
        }
        Ok(runs)
    }

    async fn audit(&self, tenant: &TenantId, after: u64, limit: usize) -> Result<Vec<AuditEntry>> {
        let after = after + u64::from(self.has(Bug::SkipsNotes));
        let mut notes = Persist::audit(&self.0, &self.tenant(tenant), after, limit).await?;
        if self.has(Bug::ErasesWithoutANote) {
            notes.retain(|entry| entry.note.action != "lead.erased");
        }
        if self.has(Bug::HidesWithoutANote) {
            notes.retain(|entry| entry.note.action != "lead.hidden");
        }
        if self.has(Bug::WithdrawsWithoutANote) {
            notes.retain(|entry| entry.note.action != "lead.withdrawn");
        }
        Ok(notes)
    }
}

type Case = fn(Store) -> Pin<Box<dyn Future<Output = ()> + Send>>;

macro_rules! every_case {
    ($($case:ident)+) => {
        &[$((stringify!($case), |store| Box::pin(cases::$case(store))),)+]
    };
}

const CASES: &[(&str, Case)] = every_case! {
    a_commit_is_idempotent
    another_content_is_another_observation_and_the_newest_speaks
    links_make_one_lead_whatever_the_order
    a_link_may_come_before_its_records
    every_record_leads_to_its_lead
    keys_find_records
    pages_visit_every_lead_once_in_order
    a_cursor_belongs_to_its_order
    a_cursor_is_one_that_the_store_gave
    a_page_as_json_is_the_page
    limits_are_checked
    filters_mean_the_same_everywhere
    an_estimate_holds_what_is_counted
    marks_lead_anywhere_in_an_order
    a_lead_counts_once_for_each_of_its_values
    tallies_mean_the_same_everywhere
    tallies_are_checked
    erasing_is_final_and_audited
    suppression_holds_at_the_door_and_inside
    tenants_do_not_see_each_other
    checkpoints_change_by_deltas_with_the_commit
    the_audit_log_has_no_gaps
    jobs_commit_with_leads
    links_tell_why_records_are_one
    only_what_is_unchanged_is_withdrawn
    what_was_withdrawn_comes_back_by_a_commit
    hidden_leads_are_told_only_to_who_asks
    pages_of_hidden_leads_and_others_keep_their_order
    a_hidden_lead_that_is_seen_again_stays_hidden
    whatever_is_joined_to_a_hidden_lead_is_hidden
    hiding_minds_the_version_that_was_read
    hidden_leads_can_be_erased_withdrawn_and_suppressed
};

/// The cases that fail for a store with this bug.
async fn failing(bug: Bug) -> Vec<&'static str> {
    let mut failing = Vec::new();
    for (name, case) in CASES {
        let task = tokio::spawn(case(Store::new(Buggy(Store::memory(), bug))));
        if task.await.is_err_and(|error| error.is_panic()) {
            failing.push(*name);
        }
    }
    failing
}

#[tokio::test]
async fn a_store_without_a_bug_passes() {
    assert_eq!(failing(Bug::None).await, Vec::<&str>::new());
}

#[tokio::test]
async fn every_planted_bug_is_caught_by_the_case_that_promises_it() {
    for (bug, case) in PLANTED {
        let failing = failing(*bug).await;
        assert!(
            failing.contains(case),
            "{bug:?} got past {case}; these noticed: {failing:?}"
        );
    }
}
