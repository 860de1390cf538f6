//! What every backend must do, as cases any backend can run.
//!
//! A case is one promise: an async function that takes a fresh backend and panics when the promise is broken, as a test
//! should. A macro makes one `#[tokio::test]` of each:
//!
//! ```ignore
//! lead_core::store_conformance!(lead_storage::open("sqlite://:memory:").await.unwrap());
//! lead_core::queue_conformance!(|clock| Queue::new(MemoryQueue::new(clock)));
//! ```
//!
//! With `each` before the expression the macro is a block instead, which runs one case after another where it stands.
//!
//! A case that needs more than the floor asks [`Capability`](super::Capability) first and says when it does not run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::missing_panics_doc,
    reason = "cases are test code: they panic to fail, and say when they do not run"
)]

mod cursors;
mod hiding;
mod jobs;
pub mod limiter;
mod long_lists;
pub mod queue;
pub mod sample;
mod schedules;
pub mod state;
pub mod store;
mod tally;
mod withdrawing;

/// Makes the macro of a suite: one test a case, each over a fresh backend.
macro_rules! suite {
    ($(#[$doc:meta])* $name:ident, $module:ident: $($case:ident)+) => {
        $(#[$doc])*
        #[macro_export]
        macro_rules! $name {
            (each $make:expr) => {{
                $($crate::seam::conformance::$module::$case($make).await;)+
            }};
            ($make:expr) => {
                $(#[tokio::test]
                async fn $case() {
                    $crate::seam::conformance::$module::$case($make).await;
                })+
            };
        }
    };
}

suite! {
    /// One test a promise of [`Persist`](crate::seam::Persist), over a fresh [`Store`](crate::seam::Store) made by the expression.
    store_conformance, store:
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
    places_and_slips_are_found
    a_lead_counts_once_for_each_of_its_values
    tallies_mean_the_same_everywhere
    tallies_are_checked
    erasing_is_final_and_audited
    suppression_holds_at_the_door_and_inside
    tenants_do_not_see_each_other
    checkpoints_change_by_deltas_with_the_commit
    the_audit_log_has_no_gaps
    jobs_commit_with_leads
    a_commit_for_a_lost_lease_writes_nothing
    links_tell_why_records_are_one
    only_what_is_unchanged_is_withdrawn
    what_was_withdrawn_comes_back_by_a_commit
    hidden_leads_are_told_only_to_who_asks
    pages_of_hidden_leads_and_others_keep_their_order
    a_hidden_lead_that_is_seen_again_stays_hidden
    whatever_is_joined_to_a_hidden_lead_is_hidden
    hiding_minds_the_version_that_was_read
    hidden_leads_can_be_erased_withdrawn_and_suppressed
}

suite! {
    /// One test a promise of [`Dispatch`](crate::seam::Dispatch), over a fresh [`Queue`](crate::seam::Queue) that goes by the
    /// clock handed to the closure.
    queue_conformance, queue:
    a_live_key_is_not_pushed_twice
    higher_priorities_go_first
    a_lost_lease_is_given_again_and_fenced
    attempts_run_out_also_when_workers_die
    a_failed_job_waits_its_delay
    queues_of_tenants_are_apart
    work_of_the_library_is_given_only_to_who_names_it
    the_dead_are_listed_and_revived
    a_revived_job_is_never_twice
    who_waits_long_goes_before_who_is_urgent
    a_job_is_listed_as_it_was_pushed
    jobs_are_listed_by_kind_and_phase
    a_group_runs_no_more_than_it_may
    jobs_of_a_group_keep_their_distance
    paused_kinds_wait
    cancelled_jobs_end
    reports_and_lines_outlive_their_worker
    many_are_done_in_one_go
    each_due_time_gives_one_job
    missed_runs_are_made_up_for_as_it_is_said
    each_so_long_keeps_its_beat
    a_schedule_that_is_set_again_keeps_its_time
    schedules_are_paused_and_removed
    a_due_time_is_turned_once_however_many_ask
    schedules_of_tenants_are_apart
}

suite! {
    /// One test a promise of [`Keep`](crate::seam::Keep), over a fresh [`State`](crate::seam::State) that goes by the clock
    /// handed to the closure.
    state_conformance, state:
    a_write_is_read_back
    an_entry_past_its_time_is_gone
    compare_and_set_lets_one_win
    logs_keep_their_order
    states_of_tenants_are_apart
}

suite! {
    /// One test a promise of [`Limit`](crate::seam::Limit), over a fresh [`Limiter`](crate::seam::Limiter) that goes by the
    /// clock handed to the closure.
    limiter_conformance, limiter:
    a_burst_passes_and_the_next_waits
    a_refused_use_charges_nobody
    units_come_back_evenly
    a_cost_above_the_burst_is_an_error
    a_key_is_counted_by_its_quota_and_window
    a_look_charges_nobody
    uses_at_the_same_time_add_up
    any_text_is_a_key
    a_snapshot_shows_who_has_the_least_left
}
